"""The later looks at a record and at what was agreed in it, ready to be read."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from retention_desktop.models.enums import ReviewOutcome
from retention_desktop.models.views import Review
from retention_desktop.toolkit.blocks import Block, Grid
from retention_desktop.toolkit.wording import long_date

HEADING = "Looked at again"

_RECORD = "The record"
_OUTCOMES = {
    ReviewOutcome.KEEP: "Keep",
    ReviewOutcome.ADJUST: "Adjust",
    ReviewOutcome.STOP: "Stop",
}


def look_blocks(
    reviews: Iterable[Review], actions: Mapping[int, str], tz: tzinfo | None
) -> tuple[Block, ...]:
    """A row for each look, in their order; none without any. `actions` are what was agreed.

    An action that is not among them is not named. Days are those of `tz`, or of this computer.
    """
    looks = list(reviews)
    columns = {
        "Day": [_day(each.done, tz) for each in looks],
        "About": [_about(each, actions) for each in looks],
        "Outcome": [_outcome(each) for each in looks],
        "What changed": [_changed(each) for each in looks],
    }
    # On paper a table has room for few columns: those that say nothing are left out.
    said = {name: cells for name, cells in columns.items() if set(cells) - {"", _RECORD}}
    return (Grid(tuple(said), tuple(zip(*said.values(), strict=True))),) if looks else ()


def _changed(review: Review) -> str:
    whom = f"For whom: {review.for_whom}" if review.for_whom else ""
    return "\n".join(filter(None, (review.changed, whom)))


def _outcome(review: Review) -> str:
    outcome = _OUTCOMES[review.outcome]
    return f"{outcome}, next on {long_date(review.next_on)}" if review.next_on else outcome


def _about(review: Review, actions: Mapping[int, str]) -> str:
    if review.action_id is None:
        return _RECORD
    return actions.get(review.action_id, "Something agreed")


def _day(moment: datetime, tz: tzinfo | None) -> str:
    return long_date(moment.astimezone(tz).date())
