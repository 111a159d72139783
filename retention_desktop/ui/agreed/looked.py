"""One agreed action, as its panel shows it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from retention_desktop.journal.actions import get_action
from retention_desktop.journal.begun import begun_about_action
from retention_desktop.journal.people import list_people
from retention_desktop.journal.reviews import list_action_reviews
from retention_desktop.models.enums import Form
from retention_desktop.models.views import ActionHead, Begun, Due, Review
from retention_desktop.vault import Vault


class Looked(Struct, frozen=True):
    """An action, the earlier looks at it, what its forms hold, and everybody's alias."""

    action: ActionHead
    reviews: tuple[Review, ...]
    begun: tuple[Begun, ...]
    aliases: tuple[str, ...]

    @property
    def words(self) -> dict[Form, dict[str, str]]:
        """What each form holds, the last written first."""
        return {begun.place.form: begun.words for begun in self.begun}


def look_at(vault: Vault, action_id: int) -> Looked:
    """An action as its panel shows it; raises NotFound."""
    return Looked(
        get_action(vault, action_id),
        list_action_reviews(vault, action_id),
        begun_about_action(vault, action_id),
        tuple(person.alias for person in list_people(vault)),
    )


def week_later(action: ActionHead, today: date) -> date:
    """A week after the day of an action, or after today where that has passed."""
    return max(action.due or today, today) + timedelta(weeks=1)


def due_of(action: ActionHead, today: date) -> Due:
    """An action as something to look at now."""
    return Due(
        action.due or today,
        action.record_id,
        action.id,
        action.title,
        action.text,
        action.person,
        action.driver,
    )
