"""What the journal holds over time: drivers, what became of what was agreed, answers."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from retention_desktop.journal.actions import ActionFilter, add_action, close_action, list_actions
from retention_desktop.journal.insights import Insights, list_these, read_insights
from retention_desktop.journal.lists import add_to_list
from retention_desktop.journal.records import discard_draft, finish_record, start_record
from retention_desktop.journal.reviews import review_action
from retention_desktop.models.enums import ActionState, Driver, ReviewOutcome
from retention_desktop.models.prompts import TableRow
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool
from .writing import draft, finished, steps, write

TOOL = make_tool()
OTHER = make_tool("other", Driver.WELLBEING)
ASKED = {TOOL.id: frozenset({"several"})}
SHADOW: TableRow = {"text": "Shadow a visit"}
BOOK: TableRow = {"text": "Book the room"}


def chosen(vault: Vault, *options: str, days_ago: int = 0, tool: Tool = TOOL, **who: Any) -> int:
    """A finished record in which these were chosen."""
    at = NOW - timedelta(days=days_ago)
    (record_id,) = start_record(vault, tool, now=at, **who).records
    write(vault, record_id, tool, "several", list(options), at)
    finish_record(vault, record_id, review_on=None, now=at, tool=tool)
    return record_id


def became(found: Insights) -> dict[tuple[ActionState, bool], tuple[int | None, ...]]:
    return {(each.state, each.kept): each.records for each in found.became}


def test_a_new_journal_has_nothing_to_tell(vault: Vault) -> None:
    assert read_insights(vault, ASKED) == Insights(None, {}, (), {}, {})


def test_finished_records_count_under_their_driver_and_drafts_do_not(vault: Vault) -> None:
    first, second = finished(vault, TOOL, NOW), finished(vault, TOOL, NOW)
    third = finished(vault, OTHER, NOW)
    draft(vault, OTHER, NOW)

    found = read_insights(vault, {})

    assert {driver: set(ids) for driver, ids in found.drivers.items()} == {
        Driver.GROWTH: {first, second},
        Driver.WELLBEING: {third},
    }


def test_only_what_was_written_since_the_day_counts(vault: Vault) -> None:
    finished(vault, TOOL, NOW - timedelta(days=10), SHADOW)
    near = finished(vault, TOOL, NOW - timedelta(days=9), BOOK)
    chosen(vault, "A", days_ago=10)
    last = chosen(vault, "B", days_ago=9)
    since = NOW.date() - timedelta(days=9)

    found = read_insights(vault, ASKED, since=since)

    assert found.since == since
    assert {driver: set(ids) for driver, ids in found.drivers.items()} == {
        Driver.GROWTH: {near, last}
    }
    assert became(found) == {(ActionState.OPEN, False): (near,)}
    assert [each.record_id for each in found.answers[TOOL.id, "several"]] == [last]


def test_a_day_long_before_any_record_is_everything(vault: Vault) -> None:
    record = finished(vault, TOOL, NOW, SHADOW)

    found = read_insights(vault, {}, since=date(1, 1, 1))

    assert found.drivers == {Driver.GROWTH: (record,)}
    assert became(found) == {(ActionState.OPEN, False): (record,)}


def test_what_became_of_each_thing_that_was_agreed(vault: Vault) -> None:
    record = finished(vault, TOOL, NOW, SHADOW, BOOK, {"text": "Ask for time"}, {"text": "Wait"})
    draft(vault, TOOL, NOW, {"text": "Not agreed yet"})
    add_action(vault, "Ring the ward", now=NOW)
    ids = {each.text: each.id for each in list_actions(vault)}
    close_action(vault, ids["Shadow a visit"], ActionState.DONE, now=NOW)
    close_action(vault, ids["Wait"], ActionState.LET_GO, now=NOW)
    review_action(vault, ids["Book the room"], ReviewOutcome.KEEP, now=NOW)

    assert became(read_insights(vault, {})) == {
        (ActionState.DONE, False): (record,),
        (ActionState.LET_GO, False): (record,),
        (ActionState.OPEN, True): (record,),
        (ActionState.OPEN, False): (record, None),
    }


def test_the_last_look_says_whether_it_is_kept(vault: Vault) -> None:
    finished(vault, TOOL, NOW, SHADOW, BOOK)
    shadow, book = sorted(list_actions(vault), key=lambda each: each.id)
    review_action(vault, shadow.id, ReviewOutcome.KEEP, now=NOW)
    review_action(vault, shadow.id, ReviewOutcome.ADJUST, now=NOW + timedelta(days=1))
    review_action(vault, book.id, ReviewOutcome.ADJUST, now=NOW)
    review_action(vault, book.id, ReviewOutcome.KEEP, now=NOW + timedelta(days=1))

    kept = [each for each in read_insights(vault, {}).became if each.kept]

    assert len(kept) == 1
    assert len(kept[0].records) == 1


def test_what_is_agreed_again_in_the_same_words_counts_once(vault: Vault) -> None:
    finished(vault, TOOL, NOW - timedelta(days=7), SHADOW, BOOK)
    again = finished(vault, TOOL, NOW, SHADOW)
    states = [each.state for each in list_actions(vault)]
    assert states.count(ActionState.CHANGED) == 1

    found = became(read_insights(vault, {}))

    assert set(found) == {(ActionState.OPEN, False)}
    assert len(found[ActionState.OPEN, False]) == 2
    assert again in found[ActionState.OPEN, False]


def test_what_one_changed_oneself_counts_as_changed(vault: Vault) -> None:
    record = finished(vault, TOOL, NOW - timedelta(days=7), SHADOW)
    (action,) = list_actions(vault)
    before = NOW - timedelta(days=1)
    close_action(vault, action.id, ActionState.CHANGED, why="Two visits", now=before)
    finished(vault, TOOL, NOW, SHADOW)

    assert became(read_insights(vault, {}))[ActionState.CHANGED, False] == (record,)


def test_answers_come_as_they_were_asked_the_oldest_first(vault: Vault) -> None:
    newer = chosen(vault, "B", "C")
    older = chosen(vault, "A", days_ago=30, person="Kestrel")
    chosen(vault, "A", tool=OTHER)

    answers = read_insights(vault, ASKED).answers

    assert list(answers) == [(TOOL.id, "several")]
    first, second = answers[TOOL.id, "several"]
    assert (first.record_id, first.value, first.with_person) == (older, ["A"], True)
    assert (second.record_id, second.value, second.with_person) == (newer, ["B", "C"], False)
    assert first.at == NOW - timedelta(days=30)
    assert first.prompt.options == ("A", "B", "C")


def test_ones_own_lists_come_along(vault: Vault) -> None:
    add_to_list(vault, "reasons", "Travel")
    assert read_insights(vault, {}).lists == {"reasons": ("Travel",)}


def test_these_records_are_listed_the_newest_first_page_by_page(vault: Vault) -> None:
    older = finished(vault, TOOL, NOW - timedelta(days=1))
    newer = finished(vault, TOOL, NOW)
    finished(vault, TOOL, NOW)
    gone = draft(vault, TOOL, NOW)
    discard_draft(vault, gone)
    these = (older, gone, newer)

    (first,) = list_these(vault, these, limit=1)
    assert first.id == newer
    (second,) = list_these(vault, these, limit=1, after=first)
    assert second.id == older
    assert list_these(vault, these, limit=1, after=second) == ()
    assert list_these(vault, (), limit=1) == ()


@pytest.mark.parametrize("agreed_again", [False, True])
def test_the_work_grows_no_faster_than_the_records(vault: Vault, agreed_again: bool) -> None:
    def work() -> int:
        return steps(vault, lambda: read_insights(vault, ASKED))

    def fill(count: int, begin: datetime) -> None:
        for number in range(count):
            at = begin + timedelta(minutes=2 * number)
            finished(vault, TOOL, at, SHADOW if agreed_again else {"text": f"Try {at}"})
            chosen(vault, "A", days_ago=number)
        for action in list_actions(vault, ActionFilter(state=ActionState.OPEN), limit=1_000):
            close_action(vault, action.id, ActionState.CHANGED, now=begin + timedelta(days=2))

    fill(20, NOW)
    few = work()
    fill(60, NOW + timedelta(days=7))

    assert work() < 4 * few * 1.3
