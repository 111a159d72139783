from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.actions import (
    add_action,
    close_action,
    get_action,
    list_actions,
    snooze_action,
)
from retention_desktop.journal.records import (
    discard_draft,
    get_record,
    set_review_date,
    start_record,
)
from retention_desktop.journal.reviews import (
    due,
    list_action_reviews,
    list_reviews,
    review_action,
    review_record,
    snooze_record,
)
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import ActionState, Driver, ReviewOutcome
from retention_desktop.models.views import Changes, Due, Review
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW
from .writing import draft, finished, steps

TODAY = NOW.astimezone().date()
LATER = NOW + timedelta(days=30)
NEXT = date(2027, 1, 31)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def agreed(words: str, days: int) -> dict[str, str | int]:
    return {"text": words, "due": in_days(days).isoformat()}


def add(vault: Vault, words: str, due: date | None, **columns: Any) -> int:
    (action_id,) = add_action(vault, words, now=NOW, due=due, **columns).actions
    return action_id


# --- What is due


def test_nothing_is_due_in_an_empty_journal(vault: Vault) -> None:
    assert due(vault, TODAY) == ()


def test_what_has_waited_longest_is_due_first(vault: Vault, tool: Tool) -> None:
    record_id = finished(
        vault, tool, NOW, agreed("Visit", 0), agreed("Rest", 1), person="Person A",
        review_on=in_days(-3),
    )  # fmt: skip
    visit = get_record(vault, record_id).actions[0].id
    old = add(vault, "Ring", in_days(-9))
    add(vault, "No date", None)
    close_action(vault, add(vault, "Done", in_days(-9)), ActionState.DONE, now=NOW)
    finished(vault, tool, NOW, review_on=in_days(1))

    waiting = (
        Due(in_days(-9), None, old, "", "Ring", None, None),
        Due(in_days(-3), record_id, None, tool.title, "Visit", "Person A", Driver.GROWTH),
        Due(in_days(0), record_id, visit, tool.title, "Visit", "Person A", Driver.GROWTH),
    )
    assert due(vault, TODAY) == waiting
    for limit in range(4):
        assert due(vault, TODAY, limit=limit) == waiting[:limit]
    assert due(vault, in_days(-4)) == waiting[:1]


def test_a_draft_is_never_due(vault: Vault, tool: Tool) -> None:
    record_id = draft(vault, tool, NOW, agreed("Visit", -5))
    set_review_date(vault, record_id, in_days(-5), now=NOW)
    assert due(vault, TODAY) == ()


def test_the_last_day_of_a_month_comes_and_so_does_the_last_of_february(vault: Vault) -> None:
    for number, day in enumerate((date(2028, 2, 29), date(2027, 2, 28), date(2026, 12, 31)), 1):
        add(vault, f"Action {number}", day)
    for day, count in (
        (date(2026, 12, 30), 0),
        (date(2026, 12, 31), 1),
        (date(2027, 2, 28), 2),
        (date(2028, 2, 28), 2),
        (date(2028, 2, 29), 3),
        (date(2028, 3, 1), 3),
    ):
        assert len(due(vault, day)) == count, day


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    days=st.lists(st.none() | st.dates(date(2027, 2, 26), date(2027, 3, 2)), max_size=10),
    today=st.dates(date(2027, 2, 26), date(2027, 3, 2)),
)
def test_exactly_what_is_not_after_today_is_due(
    vault: Vault, days: list[date | None], today: date
) -> None:
    with vault.writing() as connection:
        connection.execute(text("DELETE FROM action"))
    for day in days:
        add(vault, "Something", day)
    expected = sorted(day for day in days if day is not None and day <= today)
    assert [each.on for each in due(vault, today)] == expected


def test_what_is_due_costs_no_more_the_more_there_is(vault: Vault, tool: Tool) -> None:
    """The steps that SQLite takes are counted: a look through everything would take thousands."""
    finished(vault, tool, NOW, agreed("Visit", -5), review_on=in_days(-5))
    look = partial(due, vault, TODAY, limit=5)
    few = steps(vault, look)
    with vault.writing() as connection:
        for row, day in enumerate(("2030-01-01", None, TODAY.isoformat())):
            connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                    " INSERT INTO record (tool_id, tool_version, title, driver, state, started, "
                    "updated, finished, review_on) SELECT tool_id, 1, title, driver, 'finished', "
                    "started, updated, finished, :day FROM n, record WHERE record.id = 1"
                ),
                {"day": day},
            )
            connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                    " INSERT INTO action (record_id, position, kind, text, due, state, created, "
                    "driver, closed) SELECT record_id, 0, kind, text, :day, :state, created, "
                    "driver, iif(:state = 'open', NULL, created) FROM n, action "
                    "WHERE action.id = 1"
                ),
                {"day": day, "state": "done" if row == 1 else "open"},
            )
    assert len(look()) == 5
    assert steps(vault, look) <= few * 4  # five of each instead of one


# --- A look at a record


def test_a_review_says_what_changed_and_sets_the_next_date(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, person="Person A", review_on=TODAY)
    changes = review_record(
        vault,
        record_id,
        ReviewOutcome.ADJUST,
        changed=" Calmer handovers ",
        for_whom="The night staff",
        next_on=NEXT,
        now=LATER,
    )
    assert changes == Changes((record_id,), people=("Person A",))
    review = Review(
        1,
        record_id,
        None,
        TODAY,
        LATER,
        ReviewOutcome.ADJUST,
        "Calmer handovers",
        "The night staff",
        NEXT,
    )
    assert list_reviews(vault, record_id) == (review,)
    record = get_record(vault, record_id)
    assert (record.reviews, record.head.review_on) == ((review,), NEXT)
    assert record.head.updated == NOW
    assert due(vault, in_days(1)) == ()
    for word in ("calmer", "night"):
        assert [hit.head.id for hit in search_records(vault, word)] == [record_id]


@pytest.mark.parametrize("outcome", [ReviewOutcome.KEEP, ReviewOutcome.ADJUST, ReviewOutcome.STOP])
def test_a_review_without_a_next_date_ends_the_waiting(
    vault: Vault, tool: Tool, outcome: ReviewOutcome
) -> None:
    record_id = finished(vault, tool, NOW, review_on=TODAY)
    review_record(vault, record_id, outcome, now=LATER)
    assert get_record(vault, record_id).head.review_on is None
    assert due(vault, date(2100, 1, 1)) == ()


def test_a_record_without_a_date_is_reviewed_on_the_day_itself(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW)
    review_record(vault, record_id, ReviewOutcome.KEEP, now=LATER)
    (review,) = list_reviews(vault, record_id)
    assert review.on == LATER.astimezone().date()


def test_what_is_stopped_has_no_next_date(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, agreed("Visit", 0), review_on=TODAY)
    (action,) = list_actions(vault)
    for verb, which in ((review_record, record_id), (review_action, action.id)):
        with pytest.raises(BadInput):
            verb(vault, which, ReviewOutcome.STOP, next_on=NEXT, now=LATER)
    with pytest.raises(BadInput):
        review_action(
            vault, action.id, ReviewOutcome.KEEP, next_on=NEXT, closed=ActionState.DONE, now=LATER
        )
    assert list_reviews(vault, record_id) == ()
    assert len(due(vault, TODAY)) == 2


def test_a_draft_is_not_reviewed_or_put_off(vault: Vault, tool: Tool) -> None:
    (record_id,) = start_record(vault, tool, now=NOW).records
    with pytest.raises(BadInput, match="draft"):
        review_record(vault, record_id, ReviewOutcome.KEEP, now=LATER)
    with pytest.raises(BadInput, match="draft"):
        snooze_record(vault, record_id, NEXT)
    with pytest.raises(NotFound, match="record 4711"):
        review_record(vault, 4711, ReviewOutcome.KEEP, now=LATER)
    discard_draft(vault, record_id)


def test_a_review_that_is_no_text_is_refused(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, review_on=TODAY)
    wrongs: tuple[dict[str, Any], ...] = ({"changed": "a\x00b"}, {"for_whom": "half \ud83d"})
    for wrong in wrongs:
        with pytest.raises(BadInput):
            review_record(vault, record_id, ReviewOutcome.KEEP, now=LATER, **wrong)
    assert due(vault, TODAY) != ()


def test_a_record_can_be_put_off(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, person="Person A", review_on=TODAY)
    before = get_record(vault, record_id)
    assert snooze_record(vault, record_id, in_days(1)).records == (record_id,)
    assert due(vault, TODAY) == ()
    assert [each.record_id for each in due(vault, in_days(1))] == [record_id]
    snooze_record(vault, record_id, TODAY)
    assert get_record(vault, record_id) == before


# --- A look at an action


def test_an_action_that_goes_on_comes_back_on_its_next_date(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, agreed("Visit", 0), person="Person A")
    (action,) = list_actions(vault)
    changes = review_action(
        vault,
        action.id,
        ReviewOutcome.KEEP,
        changed="Trust grows",
        for_whom="Both",
        next_on=NEXT,
        now=LATER,
    )
    assert changes == Changes((record_id,), actions=(action.id,), people=("Person A",))
    reviewed = get_action(vault, action.id)
    assert (reviewed.state, reviewed.due) == (ActionState.OPEN, NEXT)
    (review,) = list_action_reviews(vault, action.id)
    assert (review.action_id, review.record_id, review.on) == (action.id, None, TODAY)
    assert get_record(vault, record_id).reviews == list_reviews(vault, record_id) == (review,)
    assert [hit.head.id for hit in search_records(vault, "trust")] == [record_id]


@pytest.mark.parametrize(
    ("outcome", "closed", "state"),
    [
        (ReviewOutcome.STOP, None, ActionState.LET_GO),
        (ReviewOutcome.STOP, ActionState.CHANGED, ActionState.CHANGED),
        (ReviewOutcome.KEEP, ActionState.DONE, ActionState.DONE),
        (ReviewOutcome.KEEP, None, ActionState.OPEN),
    ],
)
def test_an_action_that_is_stopped_or_done_is_closed(
    vault: Vault, outcome: ReviewOutcome, closed: ActionState | None, state: ActionState
) -> None:
    action_id = add(vault, "Visit", TODAY)
    review_action(vault, action_id, outcome, changed="It works", closed=closed, now=LATER)
    action = get_action(vault, action_id)
    assert action.state is state
    assert due(vault, date(2100, 1, 1)) == ()
    if state is not ActionState.OPEN:
        assert (action.why, action.closed) == ("It works", LATER)
        with pytest.raises(BadInput, match="closed"):
            review_action(vault, action_id, ReviewOutcome.KEEP, now=LATER)
    assert [each.outcome for each in list_action_reviews(vault, action_id)] == [outcome]


def test_reviews_stand_in_the_order_in_which_they_took_place(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, agreed("Visit", 0), agreed("Rest", 0), review_on=TODAY)
    visit, rest = (each.id for each in get_record(vault, record_id).actions)
    later = iter(NOW + timedelta(days=day) for day in (3, 1, 4, 2))
    review_record(vault, record_id, ReviewOutcome.KEEP, next_on=NEXT, now=next(later))
    review_action(vault, rest, ReviewOutcome.KEEP, next_on=NEXT, now=next(later))
    review_record(vault, record_id, ReviewOutcome.KEEP, now=next(later))
    review_action(vault, visit, ReviewOutcome.KEEP, next_on=NEXT, now=next(later))
    other = finished(vault, tool, NOW, agreed("Other", 0))
    review_record(vault, other, ReviewOutcome.KEEP, now=NOW)

    found = [(each.record_id, each.action_id) for each in list_reviews(vault, record_id)]
    assert found == [(None, rest), (None, visit), (record_id, None), (record_id, None)]


def test_the_reviews_of_an_action_that_is_not_there_are_not_found(vault: Vault) -> None:
    with pytest.raises(NotFound, match="action 7"):
        list_action_reviews(vault, 7)


# --- Where the computer is


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Pacific/Auckland", datetime(2026, 12, 31, 11, 30, tzinfo=UTC), date(2027, 1, 1)),
        ("Pacific/Honolulu", datetime(2027, 3, 1, 9, 30, tzinfo=UTC), date(2027, 2, 28)),
        ("Europe/London", datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 1)),
        ("Europe/London", datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),
    ],
)
def test_a_review_is_of_the_day_that_people_see(
    vault: Vault, tool: Tool, in_zone: Callable[[str], None], zone: str, moment: datetime, day: date
) -> None:
    record_id = finished(vault, tool, NOW)
    in_zone(zone)
    review_record(vault, record_id, ReviewOutcome.KEEP, now=moment)
    (review,) = list_reviews(vault, record_id)
    assert (review.on, review.done) == (day, moment)


def test_a_due_date_is_the_same_day_in_every_time_zone(
    vault: Vault, in_zone: Callable[[str], None]
) -> None:
    action_id = add(vault, "Visit", date(2027, 1, 1))
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        in_zone(zone)
        assert get_action(vault, action_id).due == date(2027, 1, 1)
        assert due(vault, date(2026, 12, 31)) == ()
        snooze_action(vault, action_id, date(2027, 1, 1))
