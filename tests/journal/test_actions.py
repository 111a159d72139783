from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import text

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.actions import (
    ActionFilter,
    add_action,
    change_action,
    close_action,
    count_actions,
    get_action,
    list_actions,
    remove_action,
    reopen_action,
    snooze_action,
)
from retention_desktop.journal.records import (
    discard_draft,
    finish_record,
    get_record,
    set_person,
    start_record,
)
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import ActionKind, ActionState, Driver, PromptKind
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool
from .writing import draft, finished, steps, write

Verb = Callable[[], object]

LATER = NOW + timedelta(days=3)
DAY = date(2026, 12, 1)
VISIT: dict[str, str | int] = {"text": "Visit", "owner": "Sam", "due": "2026-12-01"}


def texts(vault: Vault, wanted: ActionFilter | None = None, **options: Any) -> list[str]:
    return [each.text for each in list_actions(vault, wanted or ActionFilter(), **options)]


def by_hand(vault: Vault, words: str = "Ring the ward", **columns: Any) -> int:
    (action_id,) = add_action(vault, words, now=NOW, **columns).actions
    return action_id


def supporting(tool: Tool) -> Tool:
    """The tool, whose actions are support."""
    steps = tuple(
        replace(
            step,
            prompts=tuple(
                replace(prompt, agrees=ActionKind.SUPPORT)
                if prompt.kind is PromptKind.ACTION
                else prompt
                for prompt in step.prompts
            ),
        )
        for step in tool.steps
    )
    return replace(tool, steps=steps)


# --- What is in the register


def test_what_was_agreed_is_in_the_register_once_its_record_is_finished(
    vault: Vault, tool: Tool
) -> None:
    record_id = draft(vault, supporting(tool), NOW, VISIT, person="Person A")
    assert list_actions(vault) == ()
    assert count_actions(vault) == 0
    changes = finish_record(vault, record_id, review_on=None, now=LATER)

    (action,) = list_actions(vault)
    assert (action.text, action.owner, action.due) == ("Visit", "Sam", DAY)
    assert (action.kind, action.state) == (ActionKind.SUPPORT, ActionState.OPEN)
    assert (action.record_id, action.title) == (record_id, tool.title)
    assert (action.person, action.driver) == ("Person A", Driver.GROWTH)
    assert (action.created, action.closed, action.why) == (LATER, None, "")
    assert changes == Changes(records=(record_id,), actions=(action.id,), people=("Person A",))
    assert get_action(vault, action.id) == action
    assert get_record(vault, record_id).actions[0].kind is ActionKind.SUPPORT


def test_what_is_agreed_in_a_draft_cannot_be_reached(vault: Vault, tool: Tool) -> None:
    record_id = draft(vault, tool, NOW, VISIT)
    (action,) = get_record(vault, record_id).actions
    verbs: tuple[Verb, ...] = (
        lambda: get_action(vault, action.id),
        lambda: close_action(vault, action.id, ActionState.DONE, now=NOW),
        lambda: snooze_action(vault, action.id, DAY),
        lambda: remove_action(vault, action.id),
    )
    for verb in verbs:
        with pytest.raises(NotFound, match=f"no action {action.id}"):
            verb()
    discard_draft(vault, record_id)


def test_an_action_can_be_added_by_hand(vault: Vault) -> None:
    changes = add_action(
        vault,
        "Ring the ward ŵ",
        now=NOW,
        kind=ActionKind.ESCALATION,
        owner="Sam",
        due=DAY,
        person=" Person A ",
        driver=Driver.WELLBEING,
    )
    (action,) = list_actions(vault)
    assert changes == Changes(actions=(action.id,), people=("Person A",))
    assert (action.text, action.owner, action.due) == ("Ring the ward ŵ", "Sam", DAY)
    assert (action.kind, action.driver) == (ActionKind.ESCALATION, Driver.WELLBEING)
    assert (action.record_id, action.title, action.person) == (None, "", "Person A")
    assert action.created == NOW


@pytest.mark.parametrize(
    "wrong", [{"text": " \n"}, {"text": "a\x00b"}, {"owner": "\ud83d"}, {"due": date(1066, 1, 1)}]
)
def test_what_is_no_action_is_refused(vault: Vault, wrong: dict[str, Any]) -> None:
    action_id = by_hand(vault)
    columns: dict[str, Any] = {"text": "Visit", "owner": "", "due": None} | wrong
    with pytest.raises(BadInput):
        add_action(vault, columns.pop("text"), now=NOW, **columns)
    columns = {"text": "Visit", "owner": "", "due": None} | wrong
    with pytest.raises(BadInput):
        change_action(vault, action_id, **columns)
    assert texts(vault) == ["Ring the ward"]


def test_only_what_was_added_by_hand_can_be_removed(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW, VISIT)
    remove_action(vault, by_hand(vault, person="Person A"))
    (action,) = list_actions(vault)
    assert action.text == "Visit"
    with pytest.raises(BadInput):
        remove_action(vault, action.id)
    with vault.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar_one() == 0


def test_the_person_of_an_action_is_that_of_its_record(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, VISIT)
    (action,) = list_actions(vault)
    changes = set_person(vault, record_id, "Person A", now=LATER)
    assert (changes.actions, changes.people) == ((action.id,), ("Person A",))
    assert get_action(vault, action.id).person == "Person A"
    assert set_person(vault, record_id, "Person B", now=LATER).people == ("Person A", "Person B")
    assert texts(vault, ActionFilter(person="Person B")) == ["Visit"]
    set_person(vault, record_id, None, now=LATER)
    assert get_action(vault, action.id).person is None


def test_a_person_whom_only_an_action_names_is_not_forgotten(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, person="Person A")
    by_hand(vault, person="person a")
    set_person(vault, record_id, None, now=LATER)
    assert texts(vault, ActionFilter(person="Person A")) == ["Ring the ward"]


def test_what_is_agreed_again_in_the_same_words_stands_once(vault: Vault, tool: Tool) -> None:
    first = finished(vault, tool, NOW, VISIT, {"text": "Rest"}, person="Person A")
    finished(vault, tool, NOW, VISIT, person="Person B")
    second = draft(vault, tool, LATER, VISIT, {"text": "Walk"}, person="Person A")
    changes = finish_record(vault, second, review_on=None, now=LATER)

    standing = list_actions(vault, ActionFilter(person="Person A", state=ActionState.OPEN))
    assert {(each.record_id, each.text) for each in standing} == {
        (first, "Rest"),
        (second, "Visit"),
        (second, "Walk"),
    }
    (taken_over,) = list_actions(vault, ActionFilter(state=ActionState.CHANGED))
    assert (taken_over.record_id, taken_over.closed) == (first, LATER)
    assert changes.records == (second, first)
    agreed = get_record(vault, second).actions
    assert changes.actions == (*(each.id for each in agreed), taken_over.id)


# --- Its end


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.CHANGED, ActionState.LET_GO])
def test_an_action_ends_with_a_word_why_and_can_stand_again(
    vault: Vault, tool: Tool, state: ActionState
) -> None:
    record_id = finished(vault, tool, NOW, VISIT, person="Person A")
    (open_one,) = list_actions(vault)
    changes = close_action(vault, open_one.id, state, now=LATER, why=" The rota\r\nchanged ")

    assert changes == Changes((record_id,), actions=(open_one.id,), people=("Person A",))
    closed = get_action(vault, open_one.id)
    assert (closed.state, closed.why, closed.closed) == (state, "The rota\nchanged", LATER)
    (in_record,) = get_record(vault, record_id).actions
    assert (in_record.state, in_record.why, in_record.closed) == (state, closed.why, LATER)
    verbs: tuple[Verb, ...] = (
        lambda: close_action(vault, closed.id, state, now=LATER),
        lambda: snooze_action(vault, closed.id, DAY),
        lambda: change_action(vault, closed.id, text="Else", owner="", due=None),
    )
    for verb in verbs:
        with pytest.raises(BadInput, match="closed"):
            verb()
    reopen_action(vault, closed.id)
    assert get_action(vault, closed.id) == open_one


def test_an_action_is_not_closed_as_open(vault: Vault) -> None:
    with pytest.raises(ValueError, match="closed"):
        close_action(vault, by_hand(vault), ActionState.OPEN, now=NOW)


def test_an_open_action_can_be_put_otherwise_and_put_off(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW, VISIT)
    (action,) = list_actions(vault)
    change_action(vault, action.id, text="Telephone", owner="", due=None)
    changed = get_action(vault, action.id)
    assert (changed.text, changed.owner, changed.due) == ("Telephone", "", None)
    snooze_action(vault, action.id, date(2028, 2, 29))
    assert get_action(vault, action.id) == replace(changed, due=date(2028, 2, 29))


def test_a_finished_record_keeps_the_words_that_were_agreed(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, VISIT)
    (action,) = list_actions(vault)
    change_action(vault, action.id, text="Telephone", owner="", due=None)
    record = get_record(vault, record_id)
    (answer,) = record.answers
    assert answer.value == [VISIT]
    assert [each.text for each in record.actions] == ["Telephone"]


def test_a_search_finds_a_record_by_what_its_actions_say_now(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, VISIT)
    (action,) = list_actions(vault)
    change_action(vault, action.id, text="Telephone", owner="Kingfisher", due=None)
    close_action(vault, action.id, ActionState.LET_GO, now=LATER, why="Overtaken")
    for word in ("telephone", "kingfisher", "overtaken"):
        assert [hit.head.id for hit in search_records(vault, word)] == [record_id], word
    assert search_records(vault, "visit") == ()


# --- Lists


def test_the_register_begins_with_what_is_due_soonest(vault: Vault, tool: Tool) -> None:
    first, second = by_hand(vault, "No date"), by_hand(vault, "No date, later")
    late, early = by_hand(vault, "Late", due=DAY), by_hand(vault, "Early", due=date(2026, 11, 1))
    same = by_hand(vault, "Late too", due=DAY)
    done, let_go = by_hand(vault, "Done", due=date(2020, 1, 1)), by_hand(vault, "Let go")
    close_action(vault, done, ActionState.DONE, now=NOW)
    close_action(vault, let_go, ActionState.LET_GO, now=LATER)

    order = [early, late, same, second, first, let_go, done]
    assert [each.id for each in list_actions(vault)] == order
    for limit in range(1, 8):
        pages: list[int] = []
        page = list_actions(vault, limit=limit)
        while page:
            assert len(page) <= limit
            pages += (each.id for each in page)
            page = list_actions(vault, limit=limit, after=page[-1])
        assert pages == order, limit


def test_the_register_can_be_narrowed(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW, VISIT, person="Person A")
    finished(vault, make_tool("other", Driver.WELLBEING), NOW, {"text": "Rest 100%"})
    close_action(
        vault,
        by_hand(vault, person="Person A", kind=ActionKind.SUPPORT, owner="Kim"),
        ActionState.DONE,
        now=NOW,
        why="The nurse did",
    )
    ward = "Ring the ward"
    cases: list[tuple[ActionFilter, list[str]]] = [
        (ActionFilter(), ["Visit", "Rest 100%", ward]),
        (ActionFilter(person="person a"), ["Visit", ward]),
        (ActionFilter(person="Nobody"), []),
        (ActionFilter(driver=Driver.WELLBEING), ["Rest 100%"]),
        (ActionFilter(state=ActionState.OPEN), ["Visit", "Rest 100%"]),
        (ActionFilter(state=ActionState.DONE), [ward]),
        (ActionFilter(state=ActionState.LET_GO), []),
        (ActionFilter(kind=ActionKind.SUPPORT), [ward]),
        (ActionFilter(due_until=DAY), ["Visit"]),
        (ActionFilter(due_until=DAY - timedelta(days=1)), []),
        (ActionFilter(words="THE ring"), [ward]),
        (ActionFilter(words="nurse kim"), [ward]),
        (ActionFilter(words="100%"), ["Rest 100%"]),
        (ActionFilter(words="10_%"), []),
    ]
    for wanted, expected in cases:
        assert texts(vault, wanted) == expected, wanted
        assert count_actions(vault, wanted) == len(expected), wanted


def test_a_page_of_the_register_costs_no_more_the_more_there_is(vault: Vault, tool: Tool) -> None:
    """The steps that SQLite takes are counted: a look through the actions would take thousands."""
    finished(vault, tool, NOW, VISIT, {"text": "Rest"}, person="Person A")
    wanted = (
        ActionFilter(state=ActionState.OPEN),
        ActionFilter(person="Person A", state=ActionState.OPEN),
        ActionFilter(state=ActionState.DONE),
    )

    def looks() -> list[int]:
        pages = [steps(vault, partial(list_actions, vault, each, limit=2)) for each in wanted]
        (_, last) = list_actions(vault, wanted[0], limit=2)
        return [*pages, steps(vault, lambda: list_actions(vault, wanted[0], limit=2, after=last))]

    many(vault, 10)
    before = looks()
    many(vault, 3000)
    after = looks()
    assert all(now <= then * 1.5 for now, then in zip(after, before, strict=True)), (before, after)


def many(vault: Vault, count: int) -> None:
    """Add so many open actions with a date, without one, and closed ones."""
    with vault.writing() as connection:
        for due, state, closed in (
            ("'2027-01-01'", "open", "NULL"),
            ("NULL", "open", "NULL"),
            ("NULL", "done", "created"),
        ):
            connection.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "  # noqa: S608
                    f":count) INSERT INTO action (record_id, position, kind, text, due, state, "
                    f"created, closed, person_id, driver) SELECT record_id, 0, kind, text, {due}, "
                    f"'{state}', created, {closed}, person_id, driver FROM n, action WHERE id = 1"
                ),
                {"count": count},
            )


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    rows=st.lists(
        st.tuples(
            st.none() | st.dates(date(2026, 1, 30), date(2026, 2, 2)),
            st.none() | st.integers(0, 2),
        ),
        max_size=12,
    ),
    limit=st.integers(1, 5),
)
def test_pages_together_are_the_whole_register(
    vault: Vault, rows: list[tuple[date | None, int | None]], limit: int
) -> None:
    with vault.writing() as connection:
        connection.execute(text("DELETE FROM action"))
    for due, closed in rows:
        action_id = by_hand(vault, due=due)
        if closed is not None:
            at = NOW + timedelta(hours=closed)
            close_action(vault, action_id, ActionState.DONE, now=at)
    everything = list_actions(vault)
    assert len(everything) == count_actions(vault) == len(rows)
    pages = page = list_actions(vault, limit=limit)
    while page:
        page = list_actions(vault, limit=limit, after=page[-1])
        pages += page
    assert pages == everything


def test_a_carried_action_begins_with_the_kind_of_its_prompt(vault: Vault, tool: Tool) -> None:
    carrying = replace(
        tool,
        steps=tuple(
            replace(step, prompts=tuple(replace(prompt, carries=True) for prompt in step.prompts))
            for step in supporting(tool).steps
        ),
    )
    finished(vault, tool, NOW, VISIT)
    (second,) = start_record(vault, carrying, now=LATER).records
    assert [each.kind for each in get_record(vault, second).actions] == [ActionKind.SUPPORT]
    write(vault, second, carrying, "happened", "More", LATER)
    finish_record(vault, second, review_on=None, now=LATER, tool=carrying)
    assert [
        each.record_id for each in list_actions(vault, ActionFilter(state=ActionState.OPEN))
    ] == [second]


def test_to_finish_a_record_costs_no_more_the_more_there_is(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW, VISIT, person="Person A")

    def finishing() -> int:
        record_id = draft(vault, tool, LATER, VISIT, person="Person A")
        return steps(vault, partial(finish_record, vault, record_id, review_on=None, now=LATER))

    before = finishing()
    many(vault, 2000)
    with vault.writing() as connection:
        connection.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                "INSERT INTO record (tool_id, tool_version, title, driver, state, started, "
                "updated, finished, person_id) SELECT tool_id, 1, title, driver, 'finished', "
                "started, updated, finished, person_id FROM n, record WHERE record.id = 1"
            )
        )
    assert finishing() <= before * 1.5
