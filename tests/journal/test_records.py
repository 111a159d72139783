from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import text

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal import store
from retention_desktop.journal.actions import ActionFilter, list_actions
from retention_desktop.journal.disclosures import note_disclosure
from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.records import (
    count_records,
    discard_draft,
    finish_record,
    finished_records,
    get_record,
    last_use,
    list_drafts,
    list_records,
    list_versions,
    next_use,
    save_answer,
    save_place,
    set_person,
    set_review_date,
    set_tags,
    start_record,
    tools_used,
)
from retention_desktop.journal.reviews import review_record
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import (
    ActionState,
    Audience,
    Driver,
    PromptKind,
    RecordState,
    ReviewOutcome,
    Setting,
    WayOut,
)
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    ChosenDate,
    FixedDays,
    FollowUp,
    NoFollowUp,
    Register,
    Repeating,
    Tool,
)
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool

LATER = NOW + timedelta(minutes=5)

EVERY_ANSWER: dict[str, Any] = {
    "happened": "A long talk.\n\nIt went <b>well</b> & we laughed ŵ 🙂",
    "short": "A good day",
    "one": "Green",
    "several": ["A", "C"],
    "scale": 4,
    "table": [{"who": "Person A", "load": 2}, {"who": "Person B"}],
    "when": "2026-12-24",
}


def start(vault: Vault, tool: Tool, at: datetime = NOW) -> int:
    (record_id,) = start_record(vault, tool, now=at).records
    return record_id


def write(
    vault: Vault, record_id: int, tool: Tool, prompt_id: str, value: Any, at: datetime = LATER
) -> None:
    step, prompt = next(
        (step, prompt) for step in tool.steps for prompt in step.prompts if prompt.id == prompt_id
    )
    save_answer(vault, record_id, step, prompt, value, now=at)


def finished(vault: Vault, tool: Tool, at: datetime) -> int:
    record_id = start(vault, tool, at)
    write(vault, record_id, tool, "happened", "Something", at)
    finish_record(vault, record_id, review_on=None, now=at)
    return record_id


def count_rows(vault: Vault, table: str) -> int:
    with vault.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_a_new_record_is_an_empty_draft_of_its_tool(vault: Vault, tool: Tool) -> None:
    changes = start_record(vault, tool, now=NOW, person=" Person A ")
    record = get_record(vault, changes.records[0])
    assert record.head.state is RecordState.DRAFT
    assert (record.head.tool_id, record.tool_version) == ("every-kind", 3)
    assert (record.head.title, record.head.driver) == (tool.title, Driver.GROWTH)
    assert (record.head.started, record.head.updated, record.head.finished) == (NOW, NOW, None)
    assert (record.head.person, record.head.page, record.head.preview) == ("Person A", "", "")
    assert record.answers == ()
    assert record.actions == ()


def test_every_kind_of_answer_comes_back_in_the_order_of_the_tool(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    for prompt_id in reversed(EVERY_ANSWER):
        write(vault, record_id, tool, prompt_id, EVERY_ANSWER[prompt_id])
    record = get_record(vault, record_id)
    assert {answer.prompt.id: answer.value for answer in record.answers} == EVERY_ANSWER
    assert [answer.prompt.id for answer in record.answers] == list(EVERY_ANSWER)
    assert [answer.prompt for answer in record.answers] == [
        prompt for prompt in tool.prompts if prompt.id in EVERY_ANSWER
    ]
    assert (record.answers[0].step_id, record.answers[0].step_title) == ("first", "First")
    assert record.head.updated == LATER
    assert record.head.preview == "A long talk. It went <b>well</b> & we laughed ŵ 🙂"


def test_saving_again_replaces_the_answer_and_changes_nothing_else(
    vault: Vault, tool: Tool
) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "short", "before")
    write(vault, record_id, tool, "happened", "A")
    once = get_record(vault, record_id)
    write(vault, record_id, tool, "short", "before")
    assert get_record(vault, record_id) == once
    write(vault, record_id, tool, "short", "after")
    assert [answer.value for answer in get_record(vault, record_id).answers] == ["A", "after"]


@pytest.mark.parametrize(
    ("written", "preview"),
    [
        ("It went\nwell.", "It went well."),
        ("kestrel " * 20, "kestrel " * 19 + "kestrel"),
        ("kestrel " * 21, "kestrel " * 18 + "kestrel kestrel…"),
        ("k" * 160, "k" * 160),
        ("k" * 161, "k" * 159 + "…"),
        ("heron" + " " * 700 + "owl", "heron owl"),
    ],
)
def test_the_first_words_end_at_a_word_and_say_that_there_are_more(
    vault: Vault, tool: Tool, written: str, preview: str
) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", written)
    assert get_record(vault, record_id).head.preview == preview
    assert len(preview) <= 160


@pytest.mark.parametrize("nothing", [None, "", "   \n "])
def test_an_answer_can_be_taken_away(vault: Vault, tool: Tool, nothing: str | None) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "A secret")
    write(vault, record_id, tool, "happened", nothing)
    record = get_record(vault, record_id)
    assert record.answers == ()
    assert record.head.preview == ""


def test_an_answer_keeps_the_wording_it_was_asked_with(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "Much")
    finish_record(vault, record_id, review_on=None, now=LATER)
    reworded = make_tool(label="And what happened then?")
    other_id = start(vault, reworded)
    write(vault, other_id, reworded, "happened", "More")
    assert get_record(vault, record_id).answers[0].prompt.label == "What happened?"
    assert get_record(vault, other_id).answers[0].prompt.label == "And what happened then?"


def test_a_prompt_that_came_with_a_new_version_stands_at_the_end_of_a_draft(
    vault: Vault, tool: Tool
) -> None:
    step = tool.steps[0]
    record_id = start(vault, tool)
    new = type(step.prompts[0])("new", "And this?")
    save_answer(vault, record_id, step, new, "Yes", now=LATER)
    write(vault, record_id, tool, "when", "2026-12-24")
    assert [answer.prompt.id for answer in get_record(vault, record_id).answers] == ["when", "new"]


def test_an_answer_moves_with_its_prompt_to_another_step(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "Before")
    moved = msgspec.structs.replace(tool.steps[0], id="opening", title="The opening")
    save_answer(vault, record_id, moved, tool.prompts[0], "After", now=LATER)
    (answer,) = get_record(vault, record_id).answers
    assert (answer.step_id, answer.step_title, answer.value) == ("opening", "The opening", "After")


def test_what_is_no_answer_is_refused_and_what_was_there_stays(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "one", "Red")
    with pytest.raises(BadInput):
        write(vault, record_id, tool, "one", "Blue")
    assert get_record(vault, record_id).answers[0].value == "Red"


def test_actions_are_replaced_by_what_is_agreed_now(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "agreed", [{"text": "Ring the ward"}, {"text": "Rest"}])
    agreed = [{"text": "Visit", "owner": "Sam", "due": "2026-12-01"}, {"text": "Rest", "due": ""}]
    write(vault, record_id, tool, "agreed", agreed)
    record = get_record(vault, record_id)
    assert [(a.text, a.owner, a.due, a.state, a.prompt_id) for a in record.actions] == [
        ("Visit", "Sam", date(2026, 12, 1), ActionState.OPEN, "agreed"),
        ("Rest", "", None, ActionState.OPEN, "agreed"),
    ]
    assert [(answer.prompt.id, answer.value) for answer in record.answers] == [("agreed", None)]
    assert record.head.preview == "Visit"
    write(vault, record_id, tool, "agreed", [])
    assert get_record(vault, record_id).actions == ()
    assert get_record(vault, record_id).answers == ()


def test_an_audience_once_chosen_stays(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    step, prompt = tool.steps[0], tool.prompts[0]
    save_answer(vault, record_id, step, prompt, "Something", now=LATER, audience=Audience.THEMES)
    write(vault, record_id, tool, "happened", "More")
    assert get_record(vault, record_id).answers[0].audience is Audience.THEMES
    save_answer(vault, record_id, step, prompt, "Less", now=LATER, audience=Audience.MANAGER)
    assert get_record(vault, record_id).answers[0].audience is Audience.MANAGER


def test_finishing_keeps_everything_and_closes_the_record_for_writing(
    vault: Vault, tool: Tool
) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "Something")
    write(vault, record_id, tool, "agreed", [{"text": "Visit"}])
    finish_record(vault, record_id, review_on=date(2026, 12, 20), now=LATER)
    before = get_record(vault, record_id)
    assert before.head.state is RecordState.FINISHED
    assert (before.head.finished, before.head.review_on) == (LATER, date(2026, 12, 20))
    assert [answer.prompt.id for answer in before.answers] == ["happened", "agreed"]
    with pytest.raises(BadInput):
        write(vault, record_id, tool, "happened", "Something else")
    with pytest.raises(BadInput):
        finish_record(vault, record_id, review_on=None, now=LATER)
    with pytest.raises(BadInput):
        discard_draft(vault, record_id)
    with pytest.raises(BadInput):
        save_place(vault, record_id, "first")
    assert get_record(vault, record_id) == before


def test_the_review_date_of_the_draft_gives_way_to_the_one_it_is_finished_with(
    vault: Vault, tool: Tool
) -> None:
    record_id = start(vault, tool)
    set_review_date(vault, record_id, date(2026, 12, 20), now=LATER)
    finish_record(vault, record_id, review_on=None, now=LATER)
    assert get_record(vault, record_id).head.review_on is None


def test_a_finished_record_can_still_be_put_in_order_without_moving_in_the_list(
    vault: Vault, tool: Tool
) -> None:
    record_id = finished(vault, tool, NOW)
    set_person(vault, record_id, "Person A", now=LATER)
    set_tags(vault, record_id, ["supervision", "Supervision", "autumn"], now=LATER)
    set_review_date(vault, record_id, date(2027, 1, 5), now=LATER)
    record = get_record(vault, record_id)
    assert (record.head.person, record.head.review_on) == ("Person A", date(2027, 1, 5))
    assert record.tags == ("autumn", "supervision")
    assert record.head.updated == NOW


def test_names_that_no_record_uses_are_forgotten(vault: Vault, tool: Tool) -> None:
    first, second = start(vault, tool), start(vault, tool)
    for record_id in (first, second):
        set_person(vault, record_id, "Person A", now=LATER)
    set_tags(vault, first, ["one", "two"], now=LATER)
    set_person(vault, first, "person a", now=LATER)
    assert count_rows(vault, "person") == 1
    set_person(vault, first, None, now=LATER)
    assert count_rows(vault, "person") == 1
    set_person(vault, second, "Person B", now=LATER)
    assert count_rows(vault, "person") == 1
    set_tags(vault, first, ["two"], now=LATER)
    assert count_rows(vault, "tag") == 1
    discard_draft(vault, first)
    discard_draft(vault, second)
    assert (count_rows(vault, "person"), count_rows(vault, "tag")) == (0, 0)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "x" * 81, "half \ud83d"])
def test_a_name_that_is_none_is_refused(vault: Vault, tool: Tool, name: str) -> None:
    record_id = start(vault, tool)
    with pytest.raises(BadInput):
        set_person(vault, record_id, name, now=LATER)
    with pytest.raises(BadInput):
        set_tags(vault, record_id, ["fine", name], now=LATER)
    assert get_record(vault, record_id).tags == ()


def test_a_discarded_draft_leaves_nothing(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "Something")
    write(vault, record_id, tool, "agreed", [{"text": "Visit"}])
    set_tags(vault, record_id, ["one"], now=LATER)
    note_disclosure(vault, WayOut.PDF, {record_id: ["All?"]}, now=LATER, for_whom="My manager")
    discard_draft(vault, record_id)
    with pytest.raises(NotFound):
        get_record(vault, record_id)
    for table in (
        *("record", "answer", "action", "record_tag", "tag", "search_pending"),
        *("disclosure", "disclosed"),
    ):
        assert count_rows(vault, table) == 0, table
    assert count_rows(vault, "record_search") == 0


def test_the_place_in_a_draft_is_kept(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    save_place(vault, record_id, "second/scale")
    assert get_record(vault, record_id).head.page == "second/scale"
    assert get_record(vault, record_id).head.updated == NOW


@pytest.mark.parametrize("verb", [get_record, finish_record, discard_draft, set_tags, save_place])
def test_a_record_that_is_not_there_is_named(vault: Vault, verb: Any) -> None:
    arguments: dict[Any, tuple[tuple[Any, ...], dict[str, Any]]] = {
        finish_record: ((), {"review_on": None, "now": NOW}),
        set_tags: (([],), {"now": NOW}),
        save_place: (("first",), {}),
    }
    positional, named = arguments.get(verb, ((), {}))
    with pytest.raises(NotFound, match="record 4711"):
        verb(vault, 4711, *positional, **named)


def test_lists_are_newest_first_and_come_in_pages(vault: Vault, tool: Tool) -> None:
    # Several at the very same moment, so that pages must be told apart by the id.
    moments = [NOW + timedelta(days=number // 3) for number in range(10)]
    ids = [finished(vault, tool, moment) for moment in moments]
    everything = list_records(vault)
    assert [head.id for head in everything] == list(reversed(ids))
    pages: list[int] = []
    page = list_records(vault, limit=4)
    while page:
        pages += (head.id for head in page)
        page = list_records(vault, limit=4, after=(page[-1].updated, page[-1].id))
    assert pages == list(reversed(ids))


def test_lists_and_counts_can_be_narrowed(vault: Vault, tool: Tool) -> None:
    other = make_tool("other", Driver.WELLBEING)
    old = finished(vault, tool, NOW - timedelta(days=10))
    recent = finished(vault, other, NOW)
    draft = start(vault, other, NOW + timedelta(hours=1))
    today = NOW.astimezone().date()
    cases: list[tuple[Filter, list[int]]] = [
        (Filter(), [draft, recent, old]),
        (Filter(tool="every-kind"), [old]),
        (Filter(driver=Driver.WELLBEING), [draft, recent]),
        (Filter(state=RecordState.DRAFT), [draft]),
        (Filter(driver=Driver.WELLBEING, state=RecordState.FINISHED), [recent]),
        (Filter(until=today - timedelta(days=10)), [old]),
        (Filter(since=today - timedelta(days=9)), [draft, recent]),
        (Filter(since=today - timedelta(days=10), until=today - timedelta(days=10)), [old]),
        (Filter(since=date(1900, 1, 1)), [draft, recent, old]),
        (Filter(until=date(1900, 1, 1)), []),
        (Filter(tool="no-such-tool"), []),
    ]
    for wanted, expected in cases:
        assert [head.id for head in list_records(vault, wanted)] == expected, wanted
        assert count_records(vault, wanted) == len(expected), wanted
    assert [head.id for head in list_drafts(vault)] == [draft]


def test_the_last_use_of_each_tool_is_known(vault: Vault, tool: Tool) -> None:
    other = make_tool("other")
    assert tools_used(vault) == {}
    for day in range(3):
        finished(vault, tool, NOW + timedelta(days=day))
    finished(vault, other, NOW)
    assert tools_used(vault) == {"every-kind": NOW + timedelta(days=2), "other": NOW}


def test_the_last_use_of_each_tool_is_found_through_the_index_alone(vault: Vault) -> None:
    from retention_desktop.journal.records import _TOOLS_USED

    with vault.reading() as connection:
        compiled = _TOOLS_USED.compile(connection.engine)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    steps = [row[3] for row in plan if " record" in row[3]]
    assert steps
    assert all(step.startswith("SEARCH record USING COVERING INDEX") for step in steps), steps


def test_a_write_that_fails_leaves_nothing_half_done(vault: Vault, tool: Tool) -> None:
    record_id = start(vault, tool)
    write(vault, record_id, tool, "happened", "Kept")
    with vault.writing() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE UPDATE OF state ON record "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(RuntimeError):
        finish_record(vault, record_id, review_on=date(2026, 12, 20), now=LATER)
    with vault.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    record = get_record(vault, record_id)
    assert (record.head.state, record.head.review_on) == (RecordState.DRAFT, None)
    write(vault, record_id, tool, "short", "The empty prompts are still there")
    assert [answer.prompt.id for answer in get_record(vault, record_id).answers] == [
        "happened",
        "short",
    ]


# --- What both people agreed


def test_a_record_knows_whether_both_agreed_it(vault: Vault, tool: Tool) -> None:
    agreed, alone = start(vault, tool), start(vault, tool)
    finish_record(vault, agreed, review_on=None, now=LATER, agreed=True)
    finish_record(vault, alone, review_on=None, now=LATER)

    assert get_record(vault, agreed).agreed == LATER
    assert get_record(vault, alone).agreed is None


# --- The last time


def finished_with(vault: Vault, tool: Tool, person: str | None, at: datetime) -> int:
    (record_id,) = start_record(vault, tool, now=at, person=person).records
    finish_record(vault, record_id, review_on=None, now=at)
    return record_id


def last_use_id(vault: Vault, record_id: int) -> int | None:
    found = last_use(vault, record_id)
    return None if found is None else found.head.id


def test_the_last_use_is_of_the_same_tool_with_the_same_person(vault: Vault, tool: Tool) -> None:
    day = timedelta(days=1)
    with_a = finished_with(vault, tool, "Person A", NOW)
    alone = finished_with(vault, tool, None, NOW + day)
    finished_with(vault, make_tool("other"), "Person A", NOW + 2 * day)
    with_b = finished_with(vault, tool, "Person B", NOW + 3 * day)
    with_a_again = finished_with(vault, tool, "person a", NOW + 4 * day)
    (draft,) = start_record(vault, tool, now=NOW, person="Person A").records
    start_record(vault, tool, now=NOW + 9 * day, person="Person A")

    assert last_use_id(vault, with_a) is None
    assert last_use_id(vault, alone) is None
    assert last_use_id(vault, with_b) is None
    assert last_use_id(vault, with_a_again) == with_a
    assert last_use_id(vault, draft) == with_a_again
    assert last_use_id(vault, start(vault, tool)) == alone
    with pytest.raises(NotFound):
        last_use(vault, 999)


def test_two_that_were_finished_at_once_follow_one_another(vault: Vault, tool: Tool) -> None:
    first, second = finished(vault, tool, NOW), finished(vault, tool, NOW)

    assert (last_use_id(vault, first), last_use_id(vault, second)) == (None, first)
    assert [head.id for head in list_versions(vault, first)] == [first, second]


def test_the_versions_are_the_finished_uses_with_one_person_in_order(
    vault: Vault, tool: Tool
) -> None:
    second = finished_with(vault, tool, "Person A", NOW + timedelta(days=1))
    first = finished_with(vault, tool, "Person A", NOW)
    finished_with(vault, tool, "Person B", NOW)
    finished_with(vault, make_tool("other"), "Person A", NOW)
    (draft,) = start_record(vault, tool, now=NOW, person="Person A").records

    for record_id in (first, second, draft):
        assert [head.id for head in list_versions(vault, record_id)] == [first, second]
    with pytest.raises(NotFound):
        list_versions(vault, 999)


@pytest.mark.parametrize("person", [None, "Person A"])
def test_the_last_use_and_a_start_read_no_more_the_more_there_is(
    vault: Vault, tool: Tool, person: str | None
) -> None:
    """The steps that SQLite takes are counted: a look through the records would take thousands."""
    carrying = carrying_tool(tool, "happened", "agreed")
    finished_with(vault, carrying, person, NOW)

    def steps() -> tuple[int, int]:
        (draft,) = start_record(vault, carrying, now=LATER, person=person).records
        looked = _steps(vault, lambda: last_use(vault, draft))
        started = _steps(vault, lambda: start_record(vault, carrying, now=LATER, person=person))
        return looked, started

    before = steps()
    with vault.writing() as connection:
        connection.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                "INSERT INTO record (tool_id, tool_version, title, driver, state, started, "
                "updated, finished, person_id) SELECT tool_id, 1, title, driver, 'finished', "
                "started, updated, '2020-01-01T00:00:00.000000Z', person_id FROM n, record "
                "WHERE record.id = 1"
            )
        )
    after = steps()
    assert after[0] <= before[0] * 1.5
    assert after[1] <= before[1] * 1.5


def _steps(vault: Vault, work: Callable[[], object]) -> int:
    """How many hundreds of steps SQLite's machine takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    driver = vault._engine.raw_connection().driver_connection
    assert driver is not None
    driver.set_progress_handler(count, 10)
    work()
    driver.set_progress_handler(None, 0)
    return counted


# --- What carries


def carrying_tool(tool: Tool, *prompt_ids: str, **changed: Any) -> Tool:
    """The tool, in which these prompts begin with the answers of the last time."""

    def carrying(prompt: Prompt) -> Prompt:
        return replace(prompt, carries=True, **changed) if prompt.id in prompt_ids else prompt

    steps = tuple(replace(step, prompts=tuple(map(carrying, step.prompts))) for step in tool.steps)
    return replace(tool, steps=steps)


def values(vault: Vault, record_id: int) -> dict[str, Any]:
    return {answer.prompt.id: answer.value for answer in get_record(vault, record_id).answers}


def test_a_start_begins_with_what_carries_and_nothing_else(vault: Vault, tool: Tool) -> None:
    everything = carrying_tool(tool, *EVERY_ANSWER, "agreed")
    first = start(vault, everything)
    for prompt_id, value in EVERY_ANSWER.items():
        write(vault, first, everything, prompt_id, value)
    agreed = [{"text": "Shadow", "owner": "Sam", "due": "2027-01-31"}, {"text": "Ask"}]
    write(vault, first, everything, "agreed", agreed)
    finish_record(vault, first, review_on=None, now=LATER)

    assert values(vault, start(vault, everything, LATER)) == EVERY_ANSWER | {"agreed": None}
    (second,) = start_record(vault, everything, now=LATER).records
    carried = get_record(vault, second)
    assert [(a.text, a.owner, a.due, a.state) for a in carried.actions] == [
        ("Shadow", "Sam", date(2027, 1, 31), ActionState.OPEN),
        ("Ask", "", None, ActionState.OPEN),
    ]
    assert carried.head.preview.startswith("A long talk.")

    some = carrying_tool(tool, "short")
    assert values(vault, start(vault, some, LATER)) == {"short": "A good day"}
    assert values(vault, start(vault, tool, LATER)) == {}


def test_what_was_carried_is_found_by_a_search(vault: Vault, tool: Tool) -> None:
    carrying = carrying_tool(tool, "happened")
    finished(vault, carrying, NOW)
    second = start(vault, carrying, LATER)

    assert second in [hit.head.id for hit in search_records(vault, "something")]


def test_nothing_is_carried_from_another_person_or_a_draft(vault: Vault, tool: Tool) -> None:
    carrying = carrying_tool(tool, "happened")
    finished(vault, carrying, NOW)
    write(vault, start(vault, carrying), carrying, "happened", "Not finished")
    (with_a,) = start_record(vault, carrying, now=LATER, person="Person A").records

    assert values(vault, with_a) == {}
    assert values(vault, start(vault, carrying, LATER)) == {"happened": "Something"}


def test_in_a_talk_of_two_without_a_name_nothing_is_carried(vault: Vault, tool: Tool) -> None:
    for_two = replace(carrying_tool(tool, "happened"), setting=Setting.ONE_TO_ONE)
    finished(vault, for_two, NOW)

    assert values(vault, start(vault, for_two, LATER)) == {}
    also_alone = replace(for_two, also_suits=(Setting.SOLO,))
    assert values(vault, start(vault, also_alone, LATER)) == {"happened": "Something"}


def test_what_no_longer_fits_is_not_carried(vault: Vault, tool: Tool) -> None:
    first = start(vault, tool)
    write(vault, first, tool, "one", "Green")
    write(vault, first, tool, "short", "A good day")
    finish_record(vault, first, review_on=None, now=LATER)
    reworded = carrying_tool(carrying_tool(tool, "short"), "one", options=("Blue", "Red"))

    assert values(vault, start(vault, reworded, LATER)) == {"short": "A good day"}


def test_a_point_of_another_scale_is_not_carried(vault: Vault, tool: Tool) -> None:
    first = start(vault, tool)
    write(vault, first, tool, "scale", 4)
    finish_record(vault, first, review_on=None, now=LATER)

    assert values(vault, start(vault, carrying_tool(tool, "scale"), LATER)) == {"scale": 4}
    assert values(vault, start(vault, carrying_tool(tool, "scale", points=10), LATER)) == {}


def test_of_rows_that_are_fixed_now_an_empty_answer_is_not_carried(
    vault: Vault, tool: Tool
) -> None:
    first = start(vault, tool)
    write(vault, first, tool, "table", [{"who": "Person A"}])
    finish_record(vault, first, review_on=None, now=LATER)
    fixed = carrying_tool(tool, "table", rows=("Person A", "Person B"))

    assert values(vault, start(vault, fixed, LATER)) == {}


def test_what_was_an_action_and_is_one_no_more_is_not_carried(vault: Vault, tool: Tool) -> None:
    first = start(vault, tool)
    write(vault, first, tool, "agreed", [{"text": "Ask"}])
    finish_record(vault, first, review_on=None, now=LATER)
    changed = carrying_tool(tool, "agreed", kind=PromptKind.LONG_TEXT)
    record = get_record(vault, start(vault, changed, LATER))

    assert (record.answers, record.actions) == ((), ())


def test_an_action_that_is_done_is_not_carried(vault: Vault, tool: Tool) -> None:
    carrying = carrying_tool(tool, "agreed")
    first = start(vault, carrying)
    agreed = [{"text": each} for each in ("Open", "Done", "Changed", "Let go")]
    write(vault, first, carrying, "agreed", agreed)
    finish_record(vault, first, review_on=None, now=LATER)
    with vault.writing() as connection:
        for state in ("done", "changed", "let-go"):
            connection.execute(
                text(
                    "UPDATE action SET state = :state, closed = created "
                    "WHERE lower(replace(text, ' ', '-')) = :state"
                ),
                {"state": state},
            )

    record = get_record(vault, start(vault, carrying, LATER))
    assert [action.text for action in record.actions] == ["Open", "Changed"]


def test_the_audience_that_was_chosen_carries_and_the_tools_own_does_not(
    vault: Vault, tool: Tool
) -> None:
    first = start(vault, tool)
    write(vault, first, tool, "short", "Shared by the tool")
    step, prompt = tool.steps[0], tool.steps[0].prompts[0]
    save_answer(vault, first, step, prompt, "Shared by me", now=LATER, audience=Audience.MANAGER)
    finish_record(vault, first, review_on=None, now=LATER)
    later = carrying_tool(carrying_tool(tool, "happened"), "short", audience=Audience.PRIVATE)
    record = get_record(vault, start(vault, later, LATER))

    assert {answer.prompt.id: answer.audience for answer in record.answers} == {
        "happened": Audience.MANAGER,
        "short": Audience.PRIVATE,
    }


# --- Themes only


def test_a_tool_that_keeps_themes_only_names_nobody(vault: Vault, tool: Tool) -> None:
    themes = replace(tool, themes_only=True)
    with pytest.raises(BadInput, match="themes only") as caught:
        start_record(vault, themes, now=NOW, person="Kestrel")

    assert "Kestrel" not in str(caught.value)
    assert count_rows(vault, "record") == count_rows(vault, "person") == 0
    start_record(vault, themes, now=NOW)


# --- All uses of a tool


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 205])
def test_all_finished_records_of_a_tool_come_whole_newest_first(
    vault: Vault, tool: Tool, count: int
) -> None:
    with vault.writing() as connection:
        for number in range(count):
            at = NOW + timedelta(hours=number // 3)
            store.new_record(
                connection, tool, None, now=at, state=RecordState.FINISHED,
                started=at, updated=at, finished=at,
            )  # fmt: skip
    finished(vault, make_tool("other"), NOW)
    start(vault, tool)

    found = list(finished_records(vault, tool.id))
    assert [record.head.id for record in found] == list(range(count, 0, -1))


def test_a_finished_record_among_all_is_the_same_as_alone(vault: Vault, tool: Tool) -> None:
    ids = [finished(vault, tool, NOW), finished(vault, tool, LATER)]
    (draft,) = start_record(vault, tool, now=NOW, person="Person A").records
    for prompt_id, value in EVERY_ANSWER.items():
        write(vault, draft, tool, prompt_id, value)
    write(vault, draft, tool, "agreed", [{"text": "Ask"}, {"text": "Tell"}])
    set_tags(vault, draft, ["b", "a"], now=NOW)
    finish_record(vault, draft, review_on=date(2027, 1, 1), now=LATER + timedelta(1), agreed=True)

    found = list(finished_records(vault, tool.id))
    assert found == [get_record(vault, record_id) for record_id in (draft, *reversed(ids))]


def test_finished_records_can_be_taken_since_a_day(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW - timedelta(days=2))
    kept = finished(vault, tool, NOW)

    since = NOW.astimezone().date() - timedelta(days=1)
    assert [each.head.id for each in finished_records(vault, tool.id, since=since)] == [kept]


# --- What a new use settles

VISIT = {"text": "Visit"}
IN_A_MONTH = date(2026, 12, 22)


def monthly(tool: Tool, **changed: Any) -> Tool:
    return replace(tool, follow_up=Repeating(1, "Look again"), **changed)


def use(
    vault: Vault,
    tool: Tool,
    at: datetime,
    *,
    person: str | None = None,
    review_on: date | None = IN_A_MONTH,
) -> int:
    (record_id,) = start_record(vault, tool, now=at, person=person).records
    write(vault, record_id, tool, "agreed", [VISIT], at)
    finish_record(vault, record_id, review_on=review_on, now=at, tool=tool)
    return record_id


def comes_back(vault: Vault, record_id: int) -> date | None:
    return get_record(vault, record_id).head.review_on


@pytest.mark.parametrize("person", [None, "Person A"])
@pytest.mark.parametrize("next_on", [None, date(2027, 1, 22)])
def test_the_next_use_of_a_repeating_tool_is_the_look_that_the_last_one_waited_for(
    vault: Vault, tool: Tool, person: str | None, next_on: date | None
) -> None:
    again = monthly(tool)
    first = use(vault, again, NOW, person=person)
    (second,) = start_record(vault, again, now=LATER, person=person).records
    assert comes_back(vault, first) == IN_A_MONTH
    changes = finish_record(vault, second, review_on=next_on, now=LATER, tool=again)

    assert (comes_back(vault, first), comes_back(vault, second)) == (None, next_on)
    assert changes.records == (second, first)
    following = next_use(vault, first)
    assert following is not None
    assert following.id == second
    assert next_use(vault, second) is None
    assert next_use(vault, start(vault, again)) is None


def test_a_new_use_leaves_the_dates_of_other_people_and_other_tools(
    vault: Vault, tool: Tool
) -> None:
    again = monthly(tool)
    others = [
        use(vault, again, NOW),
        use(vault, again, NOW, person="Person B"),
        use(vault, monthly(make_tool("other")), NOW, person="Person A"),
    ]
    use(vault, again, LATER, person="Person A")
    assert [comes_back(vault, each) for each in others] == [IN_A_MONTH] * 3
    assert next_use(vault, others[1]) is None


@pytest.mark.parametrize(
    "follow_up",
    [
        FixedDays(14, "Look again"),
        ChosenDate("Look again"),
        AnsweredDate("when", "The trial ends"),
        NoFollowUp(),
    ],
)
def test_a_date_that_waits_for_what_was_agreed_outlives_the_next_use(
    vault: Vault, tool: Tool, follow_up: FollowUp
) -> None:
    once = replace(tool, follow_up=follow_up)
    first = use(vault, once, NOW, person="Person A")
    use(vault, once, LATER, person="Person A")
    assert comes_back(vault, first) == IN_A_MONTH


def test_in_a_register_each_line_keeps_its_own_next_review(vault: Vault, tool: Tool) -> None:
    documents = Register("Documents", "A line each", ("short",))
    registered = monthly(tool, collections=(documents,))
    first = use(vault, registered, NOW)
    use(vault, registered, LATER)
    assert comes_back(vault, first) == IN_A_MONTH


def test_a_date_that_was_chosen_in_a_later_look_outlives_the_next_use(
    vault: Vault, tool: Tool
) -> None:
    again = monthly(tool)
    first = use(vault, again, NOW)
    review_record(vault, first, ReviewOutcome.KEEP, now=LATER, next_on=date(2027, 3, 1))
    use(vault, again, LATER)
    assert comes_back(vault, first) == date(2027, 3, 1)

    set_review_date(vault, first, IN_A_MONTH, now=LATER)
    use(vault, again, LATER + timedelta(1))
    assert comes_back(vault, first) == IN_A_MONTH  # another use stands between the two


def test_a_talk_of_two_without_a_name_follows_no_other(vault: Vault, tool: Tool) -> None:
    for_two = monthly(tool, setting=Setting.ONE_TO_ONE)
    first = use(vault, for_two, NOW)
    use(vault, for_two, LATER)

    assert comes_back(vault, first) == IN_A_MONTH
    open_ones = list_actions(vault, ActionFilter(state=ActionState.OPEN))
    assert [each.text for each in open_ones] == ["Visit", "Visit"]
    use(vault, replace(for_two, also_suits=(Setting.SOLO,)), LATER + timedelta(1))
    assert len(list_actions(vault, ActionFilter(state=ActionState.OPEN))) == 2
