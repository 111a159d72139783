"""What has come back, and the ways in which a look at it can end."""

from __future__ import annotations

from msgspec import Struct

from retention_desktop.journal.actions import get_action
from retention_desktop.journal.begun import read_begun
from retention_desktop.journal.records import get_record
from retention_desktop.journal.reviews import list_action_reviews
from retention_desktop.models.enums import ActionState, Form, ReviewOutcome
from retention_desktop.models.views import ActionHead, Due, Place, Record, Review
from retention_desktop.ui.translation import _
from retention_desktop.ui.wording import record_title
from retention_desktop.vault import Vault


class Matter(Struct, frozen=True):
    """What has come back: a record, or an action with the record it comes from, if any.

    `reviews` are the earlier looks at it, `begun` what stands in the form of one that is not kept.
    """

    due: Due
    action: ActionHead | None
    record: Record | None
    reviews: tuple[Review, ...]
    begun: dict[str, str]

    @property
    def place(self) -> Place:
        """The form of the look."""
        return _place(self.due)

    @property
    def title(self) -> str:
        """What it is called."""
        if self.action is not None:
            return self.action.text
        assert self.record is not None
        return record_title(self.record.head)


class Ending(Struct, frozen=True):
    """One of the choices: what it says, and what is kept with it."""

    name: str
    words: str
    outcome: ReviewOutcome
    closed: ActionState | None = None

    @property
    def goes_on(self) -> bool:
        """Whether there is a next time."""
        return self.outcome is not ReviewOutcome.STOP and self.closed is None


def look_back(vault: Vault, due: Due) -> Matter:
    """What was written then; raises NotFound where it is gone."""
    record = get_record(vault, due.record_id) if due.record_id is not None else None
    begun = read_begun(vault, _place(due))
    if due.action_id is not None:
        reviews = list_action_reviews(vault, due.action_id)
        return Matter(due, get_action(vault, due.action_id), record, reviews, begun)
    assert record is not None
    own = tuple(each for each in record.reviews if each.action_id is None)
    return Matter(due, None, record, own, begun)


def _place(due: Due) -> Place:
    if due.action_id is not None:
        return Place(Form.REVIEW, action_id=due.action_id)
    return Place(Form.REVIEW, record_id=due.record_id)


def endings(matter: Matter) -> tuple[Ending, ...]:
    """The choices there are."""
    keep, adjust, stop = ReviewOutcome.KEEP, ReviewOutcome.ADJUST, ReviewOutcome.STOP
    if matter.action is None:
        return (
            Ending("keep", _("Keep: it goes on as it is"), keep),
            Ending("adjust", _("Adjust: it goes on, but differently"), adjust),
            Ending("stop", _("Stop: it is no longer needed"), stop),
        )
    return (
        Ending("keep", _("Keep: it goes on as it is"), keep),
        Ending("done", _("It is done"), keep, ActionState.DONE),
        Ending("adjust", _("Adjust: it goes on, but differently"), adjust),
        Ending("stop", _("Stop: let it go"), stop, ActionState.LET_GO),
    )
