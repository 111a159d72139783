"""What has come back on its day, and the later look at it: keep, adjust or stop."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, null, select, update

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.actions import HEADS as ACTIONS
from retention_desktop.journal.actions import find_action, find_open, write_action
from retention_desktop.journal.begun import drop_begun
from retention_desktop.models import tables as t
from retention_desktop.models.enums import ActionState, Form, RecordState, ReviewOutcome
from retention_desktop.models.views import Changes, Due, Place, Review
from retention_desktop.vault import Vault

_a = t.action.c
_r = t.record.c
_DUE_RECORDS = (
    store.HEADS.with_only_columns(
        _r.review_on, _r.id, null(), _r.title, _r.preview, t.person.c.alias, _r.driver
    )
    .where(_r.state == RecordState.FINISHED)
    .order_by(_r.review_on, _r.id)
)
_DUE_ACTIONS = (
    ACTIONS.with_only_columns(
        _a.due,
        _a.record_id,
        _a.id,
        func.coalesce(_r.title, ""),
        _a.text,
        t.person.c.alias,
        _a.driver,
    )
    .where(_a.state == ActionState.OPEN)
    .order_by(_a.due, _a.id)
)


def due(vault: Vault, today: date, *, limit: int = 100) -> tuple[Due, ...]:
    """The finished records and open actions whose day has come, the longest waiting first.

    At most `limit`. The cost does not grow with what is not due.
    """
    records = _DUE_RECORDS.where(_r.review_on <= today).limit(limit)
    actions = _DUE_ACTIONS.where(_a.due <= today).limit(limit)
    with vault.reading() as connection:
        rows = [*connection.execute(records), *connection.execute(actions)]
    return tuple(sorted((Due(*row) for row in rows), key=_since)[:limit])


def review_record(
    vault: Vault,
    record_id: int,
    outcome: ReviewOutcome,
    *,
    now: datetime,
    changed: str = "",
    for_whom: str = "",
    next_on: date | None = None,
) -> Changes:
    """Keep what a later look at a finished record found, and when to look the next time.

    What is stopped has no next time; raises BadInput for one, and for a draft.
    """
    written = _written(outcome, changed, for_whom, next_on, now)
    with vault.writing() as connection:
        record = _finished(connection, record_id)
        review = {"record_id": record_id, "on": record.review_on or _day(now)}
        store.inserted(connection, t.review, review | written)
        drop_begun(connection, Place(Form.REVIEW, record_id=record_id))
        store.update_record(connection, record_id, review_on=next_on)
    return Changes(records=(record_id,), people=_people(record.alias))


def review_action(
    vault: Vault,
    action_id: int,
    outcome: ReviewOutcome,
    *,
    now: datetime,
    changed: str = "",
    for_whom: str = "",
    next_on: date | None = None,
    closed: ActionState | None = None,
) -> Changes:
    """Keep what a later look at an open action found, and when to look the next time.

    `closed` is how the action ends with that, if it does: a stopped one does, and is let go unless
    this says otherwise. What has ended has no next time; raises BadInput for one.
    """
    if closed is None and outcome is ReviewOutcome.STOP:
        closed = ActionState.LET_GO
    written = _written(outcome, changed, for_whom, next_on, now)
    if closed is not None and next_on is not None:
        raise _no_next_time()
    with vault.writing() as connection:
        action = find_open(connection, action_id)
        review = {"action_id": action_id, "on": action.due or _day(now)}
        store.inserted(connection, t.review, review | written)
        drop_begun(connection, Place(Form.REVIEW, action_id=action_id))
        if closed is None:
            return write_action(connection, action, due=next_on)
        return write_action(connection, action, state=closed, closed=now, why=written["changed"])


def list_reviews(vault: Vault, record_id: int) -> tuple[Review, ...]:
    """The reviews of a record and of its actions, in the order in which they took place."""
    with vault.reading() as connection:
        return tuple(review for _, review in store.reviews_of(connection, [record_id]))


def list_action_reviews(vault: Vault, action_id: int) -> tuple[Review, ...]:
    """The reviews of an action, in the order in which they took place; raises NotFound."""
    of_action = select(t.review).where(t.review.c.action_id == action_id)
    with vault.reading() as connection:
        find_action(connection, action_id)
        rows = connection.execute(of_action.order_by(t.review.c.done, t.review.c.id))
        return tuple(Review(*row) for row in rows)


def snooze_record(vault: Vault, record_id: int, until: date) -> Changes:
    """Let a finished record come back on another day."""
    with vault.writing() as connection:
        record = _finished(connection, record_id)
        connection.execute(update(t.record).where(_r.id == record_id).values(review_on=until))
    return Changes(records=(record_id,), people=_people(record.alias))


def _since(waiting: Due) -> tuple[date, bool, int]:
    return waiting.on, waiting.action_id is not None, waiting.action_id or waiting.record_id or 0


def _written(
    outcome: ReviewOutcome, changed: str, for_whom: str, next_on: date | None, now: datetime
) -> dict[str, Any]:
    if outcome is ReviewOutcome.STOP and next_on is not None:
        raise _no_next_time()
    return {
        "done": now,
        "outcome": outcome,
        "changed": store.checked_text(changed, "changed"),
        "for_whom": store.checked_text(for_whom, "for-whom"),
        "next_on": next_on,
    }


def _no_next_time() -> BadInput:
    return BadInput("What has ended is not looked at again.", "Leave the next date out.")


def _finished(connection: Connection, record_id: int) -> Row[*tuple[Any, ...]]:
    query = store.HEADS.where(_r.id == record_id)
    record = connection.execute(query).first()
    if record is None:
        raise store.not_found(record_id)
    if record.state is not RecordState.FINISHED:
        raise BadInput(f"Record {record_id} is still a draft.", "Finish it first.")
    return record


def _people(alias: str | None) -> tuple[str, ...]:
    return () if alias is None else (alias,)


def _day(now: datetime) -> date:
    """The day of a moment where this computer is."""
    return now.astimezone().date()
