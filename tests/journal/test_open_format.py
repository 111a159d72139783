"""The whole journal out of one vault and into another: nothing is lost, nothing is doubled."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from retention_desktop.errors import BadInput
from retention_desktop.journal.actions import add_action, close_action, list_actions
from retention_desktop.journal.begun import keep_begun, read_begun
from retention_desktop.journal.bin import bin_records, list_binned, restore_binned
from retention_desktop.journal.disclosures import note_disclosure
from retention_desktop.journal.exporting import export_journal
from retention_desktop.journal.importing import import_journal
from retention_desktop.journal.lists import MOST_ITEMS, add_to_list, own_lists
from retention_desktop.journal.open_format import Journal
from retention_desktop.journal.open_reading import read_journal
from retention_desktop.journal.people import add_person, change_person, get_person
from retention_desktop.journal.records import (
    finish_record,
    get_record,
    list_records,
    save_answer,
    save_place,
    set_person,
    set_review_date,
    set_tags,
    start_record,
)
from retention_desktop.journal.reviews import review_action, review_record
from retention_desktop.journal.saved import (
    MOST_SEARCHES,
    SAVED_SEARCHES,
    SavedSearch,
    save_search,
    saved_searches,
)
from retention_desktop.journal.search import refresh_search, search_records
from retention_desktop.models import tables as t
from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Audience,
    Driver,
    Form,
    PromptKind,
    ReviewOutcome,
    WayOut,
)
from retention_desktop.models.prompts import Column
from retention_desktop.models.views import Place
from retention_desktop.sharing.journal_export import journal_json, write_journal
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault, open_vault
from tests.toolkit.any_tool import answers, tools

from .conftest import CHEAP, NOW, PASSPHRASE, make_tool
from .writing import draft, finished, write

TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)
NUMBERS = count()
LOAD = Column("load", "Load", PromptKind.SCALE, low="Light", high="Heavy")


@contextmanager
def another(empty_vault: Path, folder: Path) -> Iterator[Vault]:
    """A new, empty vault."""
    place = folder / f"Another {next(NUMBERS)}.rvault"
    shutil.copytree(empty_vault, place)
    opened = open_vault(place, PASSPHRASE, kdf_floor=CHEAP)
    yield opened
    opened.close()
    shutil.rmtree(place)


@pytest.fixture
def tool() -> Tool:
    """The tool that asks in every way there is, as a tool file could have it."""
    made = make_tool()
    *others, last = made.steps
    prompts = tuple(
        replace(prompt, columns=(Column("who", "Who"), LOAD)) if prompt.columns else prompt
        for prompt in last.prompts
    )
    return replace(made, steps=(*others, replace(last, prompts=prompts)))


@pytest.fixture
def fresh(empty_vault: Path, tmp_path: Path) -> Iterator[Vault]:
    """Another vault, empty."""
    with another(empty_vault, tmp_path) as opened:
        yield opened


@pytest.fixture
def passed_on(tmp_path: Path) -> Callable[[Journal], Journal]:
    """The journal after it was written to a file and read again."""

    def go(journal: Journal) -> Journal:
        path = tmp_path / "journal.json"
        write_journal(journal, path)
        return read_journal(path)

    return go


PassedOn = Callable[[Journal], Journal]


def fill(vault: Vault, tool: Tool) -> None:
    """Something in every table and column, in every state."""
    first = finished(
        vault,
        tool,
        NOW + timedelta(microseconds=12),
        {"text": "Visit together", "owner": "Sam", "due": "2026-12-01"},
        {"text": "Rest"},
        person="Person A",
        review_on=date(2026, 12, 6),
    )
    set_tags(vault, first, ["supervision", "Caseload"], now=NOW)
    review_record(
        vault, first, ReviewOutcome.KEEP, now=NOW + HOUR, changed="Lunch", next_on=date(2027, 1, 9)
    )
    visit, rest = (each.id for each in list_actions(vault))
    review_action(
        vault, visit, ReviewOutcome.ADJUST, now=NOW, for_whom="Us", next_on=date(2026, 12, 8)
    )
    review_action(vault, rest, ReviewOutcome.STOP, now=NOW, changed="No need any more")
    open_draft = draft(vault, tool, NOW, {"text": "Ring"}, person="Person B")
    write(vault, open_draft, tool, "happened", "A kestrel flew. Ŵyl 🦊 مرحبا", NOW)
    write(vault, open_draft, tool, "several", ["A", "C"], NOW)
    write(vault, open_draft, tool, "table", [{"who": "B", "load": 2}], NOW)
    save_place(vault, open_draft, "second/table")
    (agreed,) = start_record(vault, replace(tool, id="other"), now=NOW, person="person a").records
    finish_record(vault, agreed, review_on=None, now=NOW, agreed=True)
    add_action(vault, "Read the leaflet", now=NOW, kind=ActionKind.SUPPORT, person="Person C")
    (done,) = add_action(vault, "Tidy", now=NOW, due=TODAY, driver=Driver.GROWTH).actions
    close_action(vault, done, ActionState.DONE, now=NOW + HOUR, why="Quick")
    change_person(
        vault,
        "Person A",
        new_alias="Person A",
        role="Social worker",
        profession="Social work",
        working_pattern="Mondays",
        meet_every=28,
    )
    add_to_list(vault, "signs", "Quiet")
    add_to_list(vault, "signs", "late")
    save_search(vault, SavedSearch("Mine", "kestrel", driver=Driver.GROWTH, days=30))
    save_search(vault, SavedSearch("Old", tag="Caseload", until=TODAY))
    for place in (
        Place(Form.NEW_PERSON),
        Place(Form.REVIEW, record_id=first),
        Place(Form.EDIT, action_id=visit),
        Place(Form.ENDING, action_id=done),
        Place(Form.DETAILS, person="Person B"),
    ):
        keep_begun(vault, place, {"text": " half a wo", "person": "Person A"}, now=NOW)
    parts = {first: ["What happened?", "In short?"], agreed: ["In short?"]}
    note_disclosure(
        vault,
        WayOut.PDF,
        parts,
        now=NOW,
        for_whom="My manager",
        sha256="ab" * 32,
        kept_because="It is about me",
    )
    note_disclosure(vault, WayOut.CLIPBOARD, {agreed: ["In short?"]}, now=NOW - HOUR)
    thrown = finished(vault, tool, NOW - HOUR, {"text": "Thrown away"}, person="Person D")
    set_tags(vault, thrown, ["gone"], now=NOW)
    review_record(vault, thrown, ReviewOutcome.STOP, now=NOW, changed="All of it")
    bin_records(vault, [thrown, draft(vault, tool, NOW, {"text": "Half"})], now=NOW + HOUR)
    refresh_search(vault)


def rows(vault: Vault) -> dict[str, list[dict[str, Any]]]:
    """All that the tables hold. What a row belongs to is told by the row itself, not its number."""
    refresh_search(vault)
    with vault.reading() as connection:
        kept = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in (*t.metadata.sorted_tables, t.record_search)
        }
    places: Counter[int] = Counter()
    for each in sorted(kept["answer"], key=lambda row: (row["record_id"], row["position"])):
        # Prompts without an answer leave gaps, which say nothing.
        each["position"] = places[each["record_id"]]
        places[each["record_id"]] += 1
    keys = {
        "record": {each["id"]: (each["tool_id"], each["started"]) for each in kept["record"]},
        "action": {each["id"]: (each["text"], each["created"]) for each in kept["action"]},
        "person": {each["id"]: each["alias"] for each in kept["person"]},
        "tag": {each["id"]: each["name"] for each in kept["tag"]},
        "disclosure": {each["id"]: each["at"] for each in kept["disclosure"]},
    }
    told: dict[str, list[dict[str, Any]]] = {}
    for name, each_row in kept.items():
        told[name] = []
        for row in each_row:
            row.pop("id", None)
            for owner, known in keys.items():
                if row.get(f"{owner}_id") in known and f"{owner}_id" in row:
                    row[f"{owner}_id"] = known[row[f"{owner}_id"]]
            if name == "record_search":
                row["rowid"] = keys["record"][row["rowid"]]
            told[name].append(row)
        told[name].sort(key=repr)
    told["vault_meta"] = [
        row
        for row in told["vault_meta"]
        if row["key"] not in ("vault_id", "generation", "created", "app_version")
    ]
    return told


def test_everything_reaches_an_empty_vault(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    fill(vault, tool)
    before = rows(vault)
    assert [name for name, found in before.items() if not found] == ["search_pending"]

    imported = import_journal(fresh, passed_on(export_journal(vault)))

    assert (imported.records, imported.actions, imported.were_there) == (3, 2, 0)
    assert rows(fresh) == before
    assert export_journal(fresh) == export_journal(vault)


def test_every_table_and_column_has_its_place_in_the_format() -> None:
    """What is added to the store must be added to the open format and to docs/open-format.md."""
    tables = t.metadata.sorted_tables
    told = {f"{table.name}.{column.name}" for table in tables for column in table.c}
    derived = {"record.preview", "record.state", "search_pending.record_id"}
    numbers = {f"{table.name}.id" for table in tables}
    assert told - derived - numbers == {
        *("vault_meta.key", "vault_meta.value"),
        *("person.alias", "person.created", "person.role", "person.profession"),
        *("person.working_pattern", "person.meet_every"),
        *("record.tool_id", "record.tool_version", "record.title", "record.driver"),
        *("record.started", "record.updated", "record.finished", "record.agreed"),
        *("record.person_id", "record.review_on", "record.page"),
        *("answer.record_id", "answer.prompt_id", "answer.position", "answer.step_id"),
        *("answer.step_title", "answer.audience", "answer.asked", "answer.value"),
        *("action.record_id", "action.position", "action.prompt_id", "action.kind"),
        *("action.text", "action.owner", "action.due", "action.state", "action.why"),
        *("action.created", "action.closed", "action.person_id", "action.driver"),
        *("review.record_id", "review.action_id", "review.on", "review.done", "review.outcome"),
        *("review.changed", "review.for_whom", "review.next_on"),
        *("begun.form", "begun.record_id", "begun.action_id", "begun.person_id"),
        *("begun.words", "begun.written"),
        *("disclosure.at", "disclosure.way", "disclosure.for_whom", "disclosure.sha256"),
        "disclosure.kept_because",
        *("disclosed.disclosure_id", "disclosed.record_id", "disclosed.parts"),
        *("binned.at", "binned.person_id", "binned.title", "binned.driver", "binned.started"),
        *("binned.finished", "binned.content"),
        *("tag.name", "record_tag.record_id", "record_tag.tag_id"),
    }


def test_what_came_in_is_found(vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn) -> None:
    fill(vault, tool)
    import_journal(fresh, passed_on(export_journal(vault)))

    for words in ("kestrel", "Ŵyl", "visit together", "supervision", "no need", "Person B"):
        found = search_records(vault, words)
        assert [hit.head.started for hit in search_records(fresh, words)] == [
            hit.head.started for hit in found
        ]
        assert found


def test_the_same_file_twice_adds_nothing(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    fill(vault, tool)
    journal = passed_on(export_journal(vault))
    import_journal(fresh, journal)
    before = rows(fresh)

    for where in (fresh, vault):
        again = import_journal(where, journal)
        assert (again.records, again.actions, again.were_there) == (0, 0, 5)
        assert (again.changes.records, again.changes.actions, again.changes.lists) == ((), (), ())
    assert rows(fresh) == before


def test_two_records_that_are_alike_stay_two(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    for _ in range(2):
        finished(vault, tool, NOW, {"text": "Ring"})
        add_action(vault, "Read", now=NOW)
    journal = passed_on(export_journal(vault))
    first = replace(journal, records=journal.records[:1], actions=journal.actions[:1])

    assert import_journal(fresh, first).records == 1
    more = import_journal(fresh, journal)

    assert (more.records, more.actions, more.were_there) == (1, 1, 2)
    assert len(list_records(fresh)) == 2


def test_the_bin_of_a_file_is_not_put_beside_what_the_vault_holds(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    fill(vault, tool)
    journal = passed_on(export_journal(vault))
    import_journal(fresh, journal)
    assert len(list_binned(fresh)) == 2
    back = restore_binned(fresh, [each.id for each in list_binned(fresh)])
    assert get_record(fresh, back.records[0]).head.person == "Person D"

    import_journal(fresh, journal)

    assert list_binned(fresh) == ()
    assert len(list_records(fresh)) == 5


def test_what_happened_to_a_record_since_stays(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    record = finished(vault, tool, NOW, {"text": "Ring"}, person="Person A")
    journal = passed_on(export_journal(vault))
    set_tags(vault, record, ["later"], now=NOW)
    set_review_date(vault, record, TODAY, now=NOW)
    set_person(vault, record, "Person B", now=NOW)
    (action,) = list_actions(vault)
    close_action(vault, action.id, ActionState.DONE, now=NOW, why="Rang")
    before = rows(vault)

    assert import_journal(vault, journal).were_there == 1

    after = rows(vault)
    assert [each["alias"] for each in after.pop("person")] == ["Person A", "Person B"]
    del before["person"]
    assert after == before


def test_a_draft_that_was_written_in_since_stands_beside_the_one_of_the_file(
    vault: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    record = draft(vault, tool, NOW)
    write(vault, record, tool, "happened", "First words", NOW)
    journal = passed_on(export_journal(vault))
    write(vault, record, tool, "happened", "Second words", NOW + HOUR)

    assert import_journal(vault, journal).records == 1

    found = {each.preview for each in list_records(vault)}
    assert found == {"First words", "Second words"}


def test_people_are_one_where_their_alias_is_and_what_is_known_of_them_stays(
    vault: Vault, fresh: Vault, tool: Tool, passed_on: PassedOn
) -> None:
    finished(vault, tool, NOW, {"text": "Ring"}, person="person a")
    details = {"role": "Lead", "profession": "Nurse", "working_pattern": "", "meet_every": 14}
    change_person(vault, "person a", new_alias="person a", **details)  # type: ignore[arg-type]
    keep_begun(vault, Place(Form.DETAILS, person="person a"), {"role": "Le"}, now=NOW)
    keep_begun(vault, Place(Form.NEW_PERSON), {"alias": "X"}, now=NOW)
    add_person(fresh, "Person A", now=NOW - HOUR)
    mine = {"role": "Manager", "profession": "", "working_pattern": "Days", "meet_every": None}
    change_person(fresh, "Person A", new_alias="Person A", **mine)  # type: ignore[arg-type]
    keep_begun(fresh, Place(Form.DETAILS, person="Person A"), {"role": "Mana"}, now=NOW)

    import_journal(fresh, passed_on(export_journal(vault)))

    person = get_person(fresh, "PERSON A")
    assert (person.alias, person.created) == ("Person A", NOW - HOUR)
    assert (person.role, person.profession) == ("Manager", "Nurse")
    assert (person.working_pattern, person.meet_every) == ("Days", 14)
    assert [each.person for each in list_records(fresh)] == ["Person A"]
    assert [each.person for each in list_actions(fresh)] == ["Person A"]
    assert read_begun(fresh, Place(Form.DETAILS, person="Person A")) == {"role": "Mana"}
    assert read_begun(fresh, Place(Form.NEW_PERSON)) == {"alias": "X"}


def test_lists_and_searches_are_added_to_what_is_there(
    vault: Vault, fresh: Vault, passed_on: PassedOn
) -> None:
    for item in ("Quiet", "Late"):
        add_to_list(vault, "signs", item)
    add_to_list(fresh, "signs", "late")
    add_to_list(fresh, "signs", "Tired")
    save_search(vault, SavedSearch("mine", "theirs"))
    save_search(vault, SavedSearch("Another", "words"))
    save_search(fresh, SavedSearch("Mine", "own"))

    done = import_journal(fresh, passed_on(export_journal(vault)))

    assert done.changes.lists == ("signs", SAVED_SEARCHES)
    assert own_lists(fresh) == {"signs": ("late", "Tired", "Quiet")}
    assert saved_searches(fresh) == (SavedSearch("Another", "words"), SavedSearch("Mine", "own"))


def test_too_many_of_something_and_nothing_is_kept(vault: Vault, tool: Tool, fresh: Vault) -> None:
    finished(vault, tool, NOW, person="Person A")
    journal = export_journal(vault)
    many = {"signs": tuple(map(str, range(MOST_ITEMS)))}
    add_to_list(fresh, "signs", "One more")
    save_search(fresh, SavedSearch("One more"))
    searches = tuple(SavedSearch(str(number)) for number in range(MOST_SEARCHES))
    before = rows(fresh)

    with pytest.raises(BadInput, match="“signs” would hold more than 200"):
        import_journal(fresh, replace(journal, lists=many))
    with pytest.raises(BadInput, match="more than 50 saved searches"):
        import_journal(fresh, replace(journal, searches=searches))
    assert rows(fresh) == before


@given(st.data())
@settings(
    max_examples=6,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large,
    ],
)  # fmt: skip
def test_whatever_was_written_goes_out_and_comes_in_the_same(
    empty_vault: Path, tmp_path: Path, passed_on: PassedOn, data: st.DataObject
) -> None:
    with another(empty_vault, tmp_path) as vault, another(empty_vault, tmp_path) as fresh:
        for number in range(data.draw(st.integers(1, 3))):
            live(vault, data, replace(data.draw(tools()), id=f"tool-{number}"))
        journal = export_journal(vault)

        import_journal(fresh, passed_on(journal))

        assert journal_json(export_journal(fresh)) == journal_json(journal)
        assert rows(fresh) == rows(vault)
        assert import_journal(fresh, journal).records == 0


def live(vault: Vault, data: st.DataObject, tool: Tool) -> None:
    """Use a tool, and do some of what can be done with it later."""
    now = NOW + data.draw(st.timedeltas(timedelta(), timedelta(days=900)))
    person = data.draw(st.sampled_from([None, "Siân", "Person B"]))
    (record,) = start_record(vault, tool, now=now, person=person).records
    for prompt in tool.prompts:
        value: Any = data.draw(answers(prompt))
        audience = data.draw(st.sampled_from([None, *Audience]))
        step = next(each for each in tool.steps if prompt in each.prompts)
        save_answer(vault, record, step, prompt, value, now=now, audience=audience)
    set_tags(vault, record, data.draw(st.lists(st.sampled_from(["a", "B", "ŵ"]))), now=now)
    if data.draw(st.booleans()):
        finish_record(vault, record, review_on=TODAY, now=now + HOUR, agreed=True)
        looks = data.draw(st.lists(st.sampled_from(ReviewOutcome), max_size=2))
        for outcome in looks:
            review_record(vault, record, outcome, now=now, changed="Something")
        for action in get_record(vault, record).actions:
            if action.state is ActionState.OPEN and data.draw(st.booleans()):
                review_action(vault, action.id, ReviewOutcome.STOP, now=now, for_whom="Us")
    if data.draw(st.booleans()):
        add_action(vault, f"By hand {now}", now=now, person=person)
