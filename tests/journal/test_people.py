import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal import store
from retention_desktop.journal.actions import (
    ActionFilter,
    add_action,
    close_action,
    get_action,
    list_actions,
)
from retention_desktop.journal.begun import keep_begun
from retention_desktop.journal.people import (
    add_person,
    change_person,
    erase_person,
    everything_about,
    get_person,
    list_people,
    longer_than_agreed,
    timeline,
)
from retention_desktop.journal.records import (
    finish_record,
    get_record,
    list_records,
    set_person,
    set_tags,
    start_record,
)
from retention_desktop.journal.reviews import due, list_reviews, review_action, review_record
from retention_desktop.journal.saved import (
    SAVED_SEARCHES,
    SavedSearch,
    save_search,
    saved_searches,
)
from retention_desktop.journal.search import refresh_search, search_records
from retention_desktop.models import tables
from retention_desktop.models.enums import ActionState, Form, RecordState, ReviewOutcome
from retention_desktop.models.views import ActionHead, Changes, Place, RecordHead, Review
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault
from tests.vault.pages import decrypted

from .conftest import NOW, PASSPHRASE, make_tool
from .writing import draft, finished, steps, write

TODAY = NOW.astimezone().date()
KNOWN: dict[str, Any] = {
    "role": "Occupational therapist",
    "profession": "OT",
    "working_pattern": "Mondays to Thursdays",
    "meet_every": 28,
}


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def describe(vault: Vault, alias: str, **columns: Any) -> Changes:
    return change_person(vault, alias, **{"new_alias": alias} | KNOWN | columns)


def moment(days: int) -> datetime:
    return NOW + timedelta(days=days)


# --- What is known of a person


def test_everybody_is_listed_with_when_one_met_and_meets_next(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, moment(-40), person="Person B")
    finished(vault, tool, moment(-10), person="Person B")
    draft(vault, tool, moment(-1), person="Person B")
    add_person(vault, " Colleague 1 ", now=moment(-3))
    describe(vault, "Person B")
    describe(vault, "colleague 1", meet_every=7)
    start_record(vault, tool, now=NOW, person="Person A")

    people = list_people(vault)
    assert [each.alias for each in people] == ["colleague 1", "Person A", "Person B"]
    assert [(each.last_met, each.next_meeting) for each in people] == [
        (None, in_days(4)),
        (None, None),
        (in_days(-10), in_days(18)),
    ]
    known = people[2]
    assert get_person(vault, "person b") == known
    assert (known.role, known.profession) == ("Occupational therapist", "OT")
    assert (known.working_pattern, known.meet_every) == ("Mondays to Thursdays", 28)


def test_adding_somebody_who_is_known_changes_nothing(vault: Vault) -> None:
    add_person(vault, "Person A", now=NOW)
    describe(vault, "Person A")
    before = list_people(vault)
    add_person(vault, "person a", now=moment(3))
    assert list_people(vault) == before


def test_a_new_alias_stands_everywhere(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, {"text": "Visit"}, person="Person A")
    (action,) = list_actions(vault)
    assert [hit.head.id for hit in search_records(vault, "Person")] == [record_id]
    changes = describe(vault, "Person A", new_alias="Kingfisher")
    assert changes == Changes(records=(record_id,), people=("Person A", "Kingfisher"))
    assert get_record(vault, record_id).head.person == "Kingfisher"
    assert get_action(vault, action.id).person == "Kingfisher"
    assert [hit.head.id for hit in search_records(vault, "kingfisher")] == [record_id]
    assert search_records(vault, "person") == ()
    with pytest.raises(NotFound):
        get_person(vault, "Person A")


def test_only_the_capitals_of_an_alias_can_change(vault: Vault) -> None:
    add_person(vault, "person a", now=NOW)
    describe(vault, "person a", new_alias="Person A")
    assert [each.alias for each in list_people(vault)] == ["Person A"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_alias": ""},
        {"new_alias": "Person B"},
        {"role": "a\x00b"},
        {"meet_every": 0},
        {"meet_every": 367},
    ],
)
def test_what_cannot_be_known_of_a_person_is_refused(vault: Vault, wrong: dict[str, Any]) -> None:
    for alias in ("Person A", "Person B"):
        add_person(vault, alias, now=NOW)
    before = list_people(vault)
    with pytest.raises(BadInput) as caught:
        describe(vault, "Person A", **wrong)
    assert "Person" not in str(caught.value)
    assert list_people(vault) == before


@pytest.mark.parametrize(
    "verb",
    [get_person, timeline, everything_about, erase_person, describe],
)
def test_nobody_is_not_found_and_not_named(vault: Vault, verb: Any) -> None:
    with pytest.raises(NotFound, match="nobody") as caught:
        verb(vault, "Kingfisher")
    assert "Kingfisher" not in str(caught.value)


def test_somebody_of_whom_something_is_known_is_not_forgotten(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, person="Person A")
    describe(vault, "Person A")
    set_person(vault, record_id, None, now=NOW)
    assert [each.alias for each in list_people(vault)] == ["Person A"]


# --- When one meets


def test_who_was_not_met_for_longer_than_agreed_is_told(vault: Vault, tool: Tool) -> None:
    for alias, met, every in (("A", -30, 28), ("B", -28, 28), ("C", -60, 28), ("D", -90, None)):
        finished(vault, tool, moment(met), person=alias)
        describe(vault, alias, meet_every=every)
    add_person(vault, "E", now=moment(-50))
    describe(vault, "E", meet_every=7)
    assert [each.alias for each in longer_than_agreed(vault, TODAY)] == ["E", "C", "A"]
    assert [each.alias for each in longer_than_agreed(vault, in_days(1))] == ["E", "C", "A", "B"]


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    day=st.dates(date(2026, 1, 1), date(2028, 3, 31)),
    clock=st.times(),
    every=st.integers(1, 366),
    zone=st.sampled_from(["Europe/London", "Pacific/Auckland", "Pacific/Honolulu", "UTC"]),
)
@example(date(2028, 2, 28), time(23, 59), 1, "Europe/London")  # a leap year
@example(date(2027, 3, 27), time(23, 30), 1, "Europe/London")  # summer time begins
@example(date(2027, 10, 31), time(1, 30), 1, "Europe/London")  # an hour that comes twice
def test_the_next_meeting_is_so_many_days_after_the_local_day_of_the_last(
    vault: Vault,
    in_zone: Callable[[str], None],
    day: date,
    clock: time,
    every: int,
    zone: str,
) -> None:
    in_zone(zone)
    met = datetime.combine(day, clock).astimezone()
    with vault.writing() as connection:
        connection.execute(delete(tables.record))
        store.person_id(connection, "Person A", now=NOW)
        connection.execute(update(tables.person).values(meet_every=every))
        store.new_record(
            connection, make_tool(), "Person A", now=NOW, state=RecordState.FINISHED,
            started=met, updated=met, finished=met,
        )  # fmt: skip
    (known,) = list_people(vault)
    assert (known.last_met, known.next_meeting) == (day, day + timedelta(days=every))
    assert longer_than_agreed(vault, day + timedelta(days=every)) == ()
    assert longer_than_agreed(vault, day + timedelta(days=every + 1)) == (known,)


def test_who_is_to_be_met_costs_no_more_the_more_records_there_are(
    vault: Vault, tool: Tool
) -> None:
    """The steps that SQLite takes are counted: a look through the records would take thousands."""
    finished(vault, tool, moment(-90), person="Person A")
    describe(vault, "Person A")
    look = partial(longer_than_agreed, vault, TODAY)
    before = steps(vault, look), steps(vault, partial(list_people, vault))
    with vault.writing() as connection:
        connection.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                "INSERT INTO record (tool_id, tool_version, title, driver, state, started, "
                "updated, finished, person_id) SELECT tool_id, 1, title, driver, 'finished', "
                "started, updated, finished, person_id FROM n, record WHERE record.id = 1"
            )
        )
    assert len(look()) == 1
    assert steps(vault, look) <= before[0] * 1.5
    assert steps(vault, partial(list_people, vault)) <= before[1] * 1.5


# --- All that is held


def fill(vault: Vault, tool: Tool) -> dict[str, int]:
    """Much about Person A, with words that stand nowhere else, and a little about others."""
    talk = draft(
        vault, tool, moment(-9), {"text": "zebrafinch", "owner": "goldcrest"}, person="Person A"
    )
    write(vault, talk, tool, "happened", "Of a kittiwake " * 200, moment(-9))
    set_tags(vault, talk, ["razorbill", "supervision"], now=moment(-9))
    finish_record(vault, talk, review_on=TODAY, agreed=True, now=moment(-9))
    (agreed,) = get_record(vault, talk).actions
    review_action(
        vault, agreed.id, ReviewOutcome.KEEP, changed="nightjar", for_whom="dunlin", now=moment(-5)
    )
    review_record(
        vault, talk, ReviewOutcome.ADJUST, changed="whimbrel", for_whom="fulmar",
        next_on=in_days(9), now=moment(-4),
    )  # fmt: skip
    unfinished = draft(vault, tool, moment(-2), {"text": "corncrake"}, person="Person A")
    write(vault, unfinished, tool, "short", "A dotterel", moment(-2))
    (by_hand,) = add_action(vault, "phalarope", owner="siskin", person="Person A", now=NOW).actions
    review_action(vault, by_hand, ReviewOutcome.KEEP, changed="wigeon", now=moment(1))
    close_action(vault, by_hand, ActionState.DONE, why="pochard", now=moment(2))
    describe(vault, "Person A", role="gadwall", profession="smew", working_pattern="turnstone")
    other = finished(vault, tool, NOW, {"text": "Ring oystercatcher"}, person="Person B")
    set_tags(vault, other, ["supervision"], now=NOW)
    (kept,) = add_action(vault, "Rest with avocet", now=NOW).actions
    for place, words in (
        (Place(Form.REVIEW, record_id=talk), "sanderling"),
        (Place(Form.ENDING, action_id=agreed.id), "redshank"),
        (Place(Form.DETAILS, person="Person A"), "guillemot"),
    ):
        keep_begun(vault, place, {"text": words}, now=NOW)
    keep_begun(vault, Place(Form.NEW_ACTION), {"text": "curlew", "person": "person a"}, now=NOW)
    refresh_search(vault)
    return {
        "talk": talk,
        "agreed": agreed.id,
        "unfinished": unfinished,
        "by_hand": by_hand,
        "other": other,
        "kept": kept,
    }


WORDS = (
    "zebrafinch",
    "goldcrest",
    "kittiwake",
    "razorbill",
    "nightjar",
    "dunlin",
    "whimbrel",
    "fulmar",
    "corncrake",
    "dotterel",
    "phalarope",
    "siskin",
    "wigeon",
    "pochard",
    "gadwall",
    "smew",
    "turnstone",
    "sanderling",
    "redshank",
    "guillemot",
    "curlew",
)


def test_everything_about_a_person_is_whole(vault: Vault, tool: Tool) -> None:
    ids = fill(vault, tool)
    everything = everything_about(vault, "person a")
    assert everything.person == get_person(vault, "Person A")
    assert everything.records == (
        get_record(vault, ids["talk"]),
        get_record(vault, ids["unfinished"]),
    )
    assert everything.actions == (get_action(vault, ids["by_hand"]),)
    assert [each.changed for each in everything.reviews] == ["wigeon"]
    held = repr(everything)
    for word in WORDS:
        assert word in held, word
    for word in ("oystercatcher", "avocet", "Person B"):
        assert word not in held


def test_the_timeline_holds_all_there_was_the_newest_first(vault: Vault, tool: Tool) -> None:
    ids = fill(vault, tool)
    events = timeline(vault, "Person A")
    assert [event.at for event in events] == sorted((e.at for e in events), reverse=True)
    told = [
        ("action", event.what.id, event.agreed)
        if isinstance(event.what, ActionHead)
        else ("record", event.what.id, event.agreed)
        if isinstance(event.what, RecordHead)
        else ("review", event.what.id, event.agreed)
        for event in events
    ]
    assert told == [
        ("review", 3, False),
        ("action", ids["by_hand"], False),
        ("record", ids["unfinished"], False),
        ("review", 2, False),
        ("review", 1, False),
        ("record", ids["talk"], True),
        ("action", ids["agreed"], False),
    ]
    assert isinstance(events[0].what, Review)
    assert timeline(vault, "Person B") != ()


def test_more_records_than_a_page_are_all_held(vault: Vault, tool: Tool) -> None:
    with vault.writing() as connection:
        connection.execute(text("INSERT INTO person (alias, created) VALUES ('Person A', '2026')"))
        connection.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 205) "
                "INSERT INTO record (tool_id, tool_version, title, driver, state, started, "
                "updated, person_id) SELECT 'x', 1, 'X', 'growth', 'draft', "
                "'2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 1 FROM n"
            )
        )
        connection.execute(text("UPDATE person SET created = '2026-01-01T00:00:00.000000Z'"))
    held = everything_about(vault, "Person A").records
    assert [record.head.id for record in held] == list(range(1, 206))


def test_erasing_a_person_leaves_not_a_word_in_the_store_or_its_log(
    vault: Vault, tool: Tool, tmp_path: Path
) -> None:
    ids = fill(vault, tool)
    copy = tmp_path / "copy.rvault"

    def bytes_of_the_store() -> bytes:
        shutil.copytree(vault.folder, copy, dirs_exist_ok=True)
        return decrypted(copy, PASSPHRASE).lower()

    with vault.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    before = bytes_of_the_store()
    for word in (*WORDS, "person a"):
        assert word.encode() in before, word

    changes = erase_person(vault, "person a")

    assert (vault.folder / "store.db-wal").stat().st_size == 0
    after = bytes_of_the_store()
    for word in (*WORDS, "person a"):
        assert word.encode() not in after, word
    for word in ("oystercatcher", "avocet", "person b", "supervision"):
        assert word.encode() in after, word
    assert set(changes.records) == {ids["talk"], ids["unfinished"]}
    assert {ids["agreed"], ids["by_hand"]} <= set(changes.actions)


def test_erasing_a_person_leaves_everything_else(vault: Vault, tool: Tool) -> None:
    ids = fill(vault, tool)
    other, kept = get_record(vault, ids["other"]), get_action(vault, ids["kept"])
    erase_person(vault, "Person A")
    assert [each.alias for each in list_people(vault)] == ["Person B"]
    assert [head.id for head in list_records(vault)] == [ids["other"]]
    assert get_record(vault, ids["other"]) == other
    assert get_action(vault, ids["kept"]) == kept
    assert list_actions(vault, ActionFilter(person="Person A")) == ()
    assert list_reviews(vault, ids["talk"]) == ()
    assert due(vault, date(2100, 1, 1)) == ()
    assert search_records(vault, "kittiwake") == ()
    with vault.reading() as connection:
        for table in ("answer", "action", "review", "record_tag", "search_pending", "begun"):
            rows = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            expected = {"answer": 1, "action": 2, "record_tag": 1}
            assert rows == expected.get(table, 0), table
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_an_erasure_that_fails_leaves_everything(vault: Vault, tool: Tool) -> None:
    fill(vault, tool)
    before = everything_about(vault, "Person A")
    with vault.writing() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(RuntimeError):
        erase_person(vault, "Person A")
    assert everything_about(vault, "Person A") == before
    assert len(search_records(vault, "kittiwake")) == 1


def test_a_day_is_that_of_the_computer(
    vault: Vault, tool: Tool, in_zone: Callable[[str], None]
) -> None:
    finished(vault, tool, datetime(2026, 12, 31, 23, 30, tzinfo=UTC), person="Person A")
    for zone, day in (
        ("Europe/London", date(2026, 12, 31)),
        ("Pacific/Auckland", date(2027, 1, 1)),
    ):
        in_zone(zone)
        assert get_person(vault, "Person A").last_met == day


def test_saved_searches_know_somebody_by_their_new_alias_and_forget_who_is_erased(
    vault: Vault,
) -> None:
    add_person(vault, "Person A", now=NOW)
    save_search(vault, SavedSearch("Talks", 'person:"person a" tag:team visit '))
    save_search(vault, SavedSearch("Others", "person:Wren Person A"))
    save_search(vault, SavedSearch("Walks", "person:Person A river "))
    changes = change_person(
        vault,
        "Person A",
        new_alias="Kestrel",
        role="",
        profession="",
        working_pattern="",
        meet_every=None,
    )
    assert changes.lists == (SAVED_SEARCHES,)
    assert [each.text for each in saved_searches(vault)] == [
        "person:Wren Person A",
        "person:Kestrel tag:team visit ",
        "person:Kestrel river ",
    ]
    assert erase_person(vault, "kestrel").lists == (SAVED_SEARCHES,)
    assert [each.name for each in saved_searches(vault)] == ["Others"]
