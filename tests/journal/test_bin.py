"""The bin: gone from everywhere meanwhile, back as it was, and after 30 days really gone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.actions import list_actions
from retention_desktop.journal.begun import keep_begun, read_begun
from retention_desktop.journal.bin import (
    DAYS,
    MOST_AT_ONCE,
    bin_records,
    count_binned,
    empty_binned,
    forget_old_binned,
    last_day,
    list_binned,
    restore_binned,
    restore_binned_at,
)
from retention_desktop.journal.disclosures import list_disclosures, note_disclosure
from retention_desktop.journal.exporting import export_journal
from retention_desktop.journal.insights import read_insights
from retention_desktop.journal.people import (
    change_person,
    erase_person,
    everything_about,
    list_people,
    timeline,
)
from retention_desktop.journal.records import (
    count_records,
    finish_record,
    get_record,
    list_drafts,
    list_records,
    set_person,
    set_tags,
    tools_used,
)
from retention_desktop.journal.reviews import due, review_record
from retention_desktop.journal.search import search_records
from retention_desktop.models import tables as t
from retention_desktop.models.enums import Form, ReviewOutcome, WayOut
from retention_desktop.models.views import Place, Record
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault
from tests.vault.pages import decrypted

from .conftest import NOW, PASSPHRASE
from .test_erasing import fill
from .writing import draft, finished, write

TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)


def a_whole_record(vault: Vault, tool: Tool) -> int:
    """A finished record to which everything belongs that can."""
    record_id = draft(
        vault, tool, NOW, {"text": "Ring the ward", "due": "2026-11-20"}, person="Person A"
    )
    write(vault, record_id, tool, "happened", "A kestrel flew past", NOW)
    write(vault, record_id, tool, "several", ["A", "C"], NOW)
    finish_record(vault, record_id, review_on=TODAY, now=NOW, agreed=True)
    set_tags(vault, record_id, ["supervision"], now=NOW)
    review_record(vault, record_id, ReviewOutcome.KEEP, now=NOW, changed="Lunch", next_on=TODAY)
    note_disclosure(vault, WayOut.PDF, {record_id: ["In short?"]}, now=NOW, for_whom="My manager")
    keep_begun(vault, Place(Form.REVIEW, record_id=record_id), {"changed": "Hal"}, now=NOW)
    return record_id


def numberless(record: Record) -> Record:
    """The record without what a vault numbers anew."""
    return replace(
        record,
        head=replace(record.head, id=0),
        actions=tuple(replace(each, id=0) for each in record.actions),
        reviews=tuple(replace(each, id=0, record_id=0) for each in record.reviews),
    )


def counted(vault: Vault) -> dict[str, int]:
    with vault.reading() as connection:
        return {
            table.name: len(connection.execute(table.select()).all())
            for table in t.metadata.sorted_tables
        }


def test_a_record_comes_back_as_it_was(vault: Vault, tool: Tool) -> None:
    record_id = a_whole_record(vault, tool)
    before = get_record(vault, record_id)
    left = list_disclosures(vault, record_id)
    exported = export_journal(vault)

    bin_records(vault, [record_id], now=NOW + HOUR)
    (lying,) = list_binned(vault)
    assert (lying.at, lying.title, lying.person) == (NOW + HOUR, before.head.title, "Person A")
    changes = restore_binned(vault, [lying.id])

    (back,) = changes.records
    after = get_record(vault, back)
    assert numberless(after) == numberless(before)
    assert [replace(each, id=0) for each in list_disclosures(vault, back)] == [
        replace(each, id=0) for each in left
    ]
    assert read_begun(vault, Place(Form.REVIEW, record_id=back)) == {"changed": "Hal"}
    assert changes.people == ("Person A",)
    assert changes.actions == tuple(each.id for each in after.actions)
    assert export_journal(vault) == exported
    assert list_binned(vault) == ()


def test_meanwhile_nothing_knows_of_it(vault: Vault, tool: Tool) -> None:
    record_id = a_whole_record(vault, tool)
    assert [hit.head.id for hit in search_records(vault, "kestrel")] == [record_id]
    assert due(vault, TODAY)

    changes = bin_records(vault, [record_id], now=NOW)

    assert changes.records == (record_id,)
    assert changes.people == ("Person A",)
    assert len(changes.actions) == 1
    with pytest.raises(NotFound):
        get_record(vault, record_id)
    assert search_records(vault, "kestrel") == ()
    assert search_records(vault, "ward") == ()
    assert (count_records(vault), list_records(vault), list_actions(vault)) == (0, (), ())
    assert due(vault, TODAY) == ()
    assert tools_used(vault) == {}
    assert timeline(vault, "Person A") == ()
    figures = read_insights(vault, {tool.id: frozenset({"happened"})})
    assert (figures.drivers, figures.became) == ({}, ())
    (person,) = list_people(vault)
    assert (person.alias, person.last_met) == ("Person A", None)
    there = {name for name, count in counted(vault).items() if count}
    assert there == {"vault_meta", "person", "binned"}

    restore_binned_at(vault, NOW)
    assert len(search_records(vault, "kestrel")) == 1
    assert len(due(vault, TODAY)) == 2


def test_a_draft_comes_back_as_a_draft(vault: Vault, tool: Tool) -> None:
    record_id = draft(vault, tool, NOW, {"text": "Rest"})
    before = get_record(vault, record_id)
    assert bin_records(vault, [record_id], now=NOW).actions == ()
    assert list_drafts(vault) == ()
    (lying,) = list_binned(vault)
    assert lying.finished is None
    restore_binned(vault, [lying.id])
    (back,) = list_drafts(vault)
    assert numberless(get_record(vault, back.id)) == numberless(before)
    write(vault, back.id, tool, "scale", 3, NOW)  # and one can go on


def test_several_go_and_come_back_together(vault: Vault, tool: Tool) -> None:
    ids = [finished(vault, tool, NOW + n * HOUR, {"text": f"Try {n}"}) for n in range(5)]
    set_tags(vault, ids[0], ["one"], now=NOW)
    bin_records(vault, ids[:4], now=NOW)
    assert (count_binned(vault), count_records(vault)) == (4, 1)
    first = list_binned(vault, limit=3)
    rest = list_binned(vault, limit=3, after=(first[-1].at, first[-1].id))
    assert len({each.id for each in (*first, *rest)}) == 4
    restore_binned_at(vault, NOW)
    assert [each.started for each in reversed(list_records(vault))] == [
        NOW + n * HOUR for n in range(5)
    ]


def test_all_or_none(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW)
    with pytest.raises(NotFound, match="record 4711"):
        bin_records(vault, [record_id, 4711], now=NOW)
    with pytest.raises(BadInput, match="1,000"):
        bin_records(vault, range(MOST_AT_ONCE + 1), now=NOW)
    assert (count_binned(vault), count_records(vault)) == (0, 1)
    bin_records(vault, [record_id], now=NOW)
    (lying,) = list_binned(vault)
    with pytest.raises(NotFound, match="no longer in the bin"):
        restore_binned(vault, [lying.id, 4711])
    with pytest.raises(NotFound, match="no longer in the bin"):
        restore_binned_at(vault, NOW + HOUR)
    assert (count_binned(vault), count_records(vault)) == (1, 0)


def test_a_person_in_the_bin_may_be_called_anew(vault: Vault, tool: Tool) -> None:
    bin_records(vault, [a_whole_record(vault, tool)], now=NOW)
    change_person(
        vault,
        "Person A",
        new_alias="Heron",
        role="",
        profession="",
        working_pattern="",
        meet_every=None,
    )
    assert [each.person for each in list_binned(vault)] == ["Heron"]
    (back,) = restore_binned_at(vault, NOW).records
    assert get_record(vault, back).head.person == "Heron"
    assert [hit.head.id for hit in search_records(vault, "heron")] == [back]


def test_somebody_of_whom_only_the_bin_knew_goes_with_it(vault: Vault, tool: Tool) -> None:
    bin_records(vault, [finished(vault, tool, NOW, person="Person A")], now=NOW)
    assert [each.alias for each in list_people(vault)] == ["Person A"]
    assert empty_binned(vault).people == ("Person A",)
    assert (list_people(vault), list_binned(vault)) == ((), ())


def test_one_can_be_removed_and_the_rest_stays(vault: Vault, tool: Tool) -> None:
    bin_records(vault, [finished(vault, tool, NOW), finished(vault, tool, NOW)], now=NOW)
    first, second = list_binned(vault)
    empty_binned(vault, [first.id])
    assert list_binned(vault) == (second,)


def test_somebody_of_whom_the_bin_alone_knows_stays_known(vault: Vault, tool: Tool) -> None:
    bin_records(vault, [finished(vault, tool, NOW, person="Person A")], now=NOW)
    other = finished(vault, tool, NOW, person="Person A")
    set_person(vault, other, None, now=NOW)
    assert [each.alias for each in list_people(vault)] == ["Person A"]
    assert [each.person for each in list_binned(vault)] == ["Person A"]


def test_what_is_removed_for_good_has_left_the_file(vault: Vault, tool: Tool) -> None:
    fill(vault, tool)
    search_records(vault, "anything")
    theirs = [each.id for each in list_records(vault) if each.person == "Person A"]
    keep_begun(vault, Place(Form.SUMMARY), {"copies": "ZQCANARY"}, now=NOW)
    bin_records(vault, theirs, now=NOW)
    empty_binned(vault)
    vault.close()
    left = decrypted(vault.folder, PASSPHRASE).lower()
    assert b"zqcan" not in left
    assert b"person a" not in left
    assert b"try 1" in left


def test_who_is_erased_leaves_the_bin_and_the_file(vault: Vault, tool: Tool) -> None:
    record_id = draft(vault, tool, NOW, person="Person A")
    write(vault, record_id, tool, "happened", "ZQCANARY", NOW)
    other = finished(vault, tool, NOW, person="Person B")
    bin_records(vault, [record_id, other], now=NOW)
    erase_person(vault, "Person A")
    assert [each.person for each in list_binned(vault)] == ["Person B"]
    vault.close()
    left = decrypted(vault.folder, PASSPHRASE).lower()
    assert b"zqcan" not in left
    assert b"person a" not in left
    assert b"person b" in left


def test_everything_about_somebody_holds_what_is_in_the_bin(vault: Vault, tool: Tool) -> None:
    record_id = a_whole_record(vault, tool)
    before = everything_about(vault, "Person A")
    assert before.in_bin == {}
    bin_records(vault, [record_id], now=NOW + HOUR)
    lying = export_journal(vault)

    held = everything_about(vault, "Person A")

    (record,) = held.records
    assert numberless(record) == numberless(before.records[0])
    assert held.in_bin == {record.head.id: NOW + HOUR}
    assert [each.words for each in held.begun] == [{"changed": "Hal"}]
    assert [each.for_whom for each in held.disclosures] == ["My manager"]
    assert held.person.last_met is None
    assert export_journal(vault) == lying  # it only looked
    assert search_records(vault, "kestrel") == ()


@pytest.mark.parametrize(
    ("zone", "binned_at"),
    [
        ("UTC", datetime(2026, 11, 22, 14, 2, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 3, 10, 23, 30, tzinfo=UTC)),  # the clocks go on
        ("Europe/London", datetime(2026, 10, 10, 22, 30, tzinfo=UTC)),  # the clocks go back
        ("Pacific/Auckland", datetime(2024, 2, 10, 11, 30, tzinfo=UTC)),  # a leap year
    ],
)
def test_after_thirty_days_it_is_gone(
    vault: Vault,
    tool: Tool,
    in_zone: Callable[[str], None],
    zone: str,
    binned_at: datetime,
) -> None:
    in_zone(zone)
    bin_records(vault, [finished(vault, tool, NOW, person="Person A")], now=binned_at)
    bin_records(vault, [finished(vault, tool, NOW)], now=binned_at + timedelta(days=2))
    day = binned_at.astimezone().date() + timedelta(days=DAYS)
    assert last_day(binned_at) == day
    last_moment = datetime(day.year, day.month, day.day, 23, 59, 59).astimezone()
    assert last_moment - binned_at >= timedelta(days=DAYS) - HOUR

    assert forget_old_binned(vault, last_moment).people == ()
    assert count_binned(vault) == 2
    assert forget_old_binned(vault, last_moment + timedelta(seconds=1)).people == ("Person A",)
    assert count_binned(vault) == 1
