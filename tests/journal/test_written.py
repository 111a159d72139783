"""What was written when, and how much of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.records import get_record, start_record
from retention_desktop.journal.written import a_year_before, count_words, days_written
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW
from .writing import write


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/London", {date(2026, 6, 1): 2, date(2026, 6, 3): 1}),
        ("America/New_York", {date(2026, 5, 31): 2, date(2026, 6, 2): 1}),
    ],
)
def test_each_day_is_that_of_this_computer(
    vault: Vault,
    tool: Tool,
    in_zone: Callable[[str], None],
    zone: str,
    days: dict[date, int],
) -> None:
    for moment in ((5, 31, 23, 30), (6, 1, 0, 30), (6, 2, 23, 59), (7, 2, 12, 0)):
        month, day, hour, minute = moment
        start_record(vault, tool, now=datetime(2026, month, day, hour, minute, tzinfo=UTC))
    in_zone(zone)
    wanted = Filter(since=date(2026, 5, 20), until=date(2026, 6, 30))
    assert days_written(vault, wanted) == days


@given(st.dates(date(1972, 1, 1), date(2100, 12, 31)))
def test_a_year_ago_is_a_fortnight_around_the_same_day(today: date) -> None:
    first, last = a_year_before(today)
    assert (last - first).days == 13
    same_day = min(today.day, 28) if today.month == 2 else today.day
    assert first <= date(today.year - 1, today.month, same_day) <= last


def test_what_a_person_wrote_is_counted_and_what_they_chose_is_not(
    vault: Vault, tool: Tool
) -> None:
    (record_id,) = start_record(vault, tool, now=NOW).records
    assert count_words(get_record(vault, record_id)) == 0
    write(vault, record_id, tool, "happened", "We saw\n two otters.", NOW)
    write(vault, record_id, tool, "short", "Calm river", NOW)
    write(vault, record_id, tool, "one", "Green", NOW)
    write(vault, record_id, tool, "several", ["A", "B"], NOW)
    write(vault, record_id, tool, "scale", 3, NOW)
    write(vault, record_id, tool, "table", [{"who": "Me and you", "load": 2}, {"load": 1}], NOW)
    write(vault, record_id, tool, "agreed", [{"text": "Go again", "owner": "Sam"}], NOW)
    write(vault, record_id, tool, "when", "2026-12-01", NOW)
    assert count_words(get_record(vault, record_id)) == 4 + 2 + 3 + 2
