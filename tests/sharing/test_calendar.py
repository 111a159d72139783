"""The file for other calendars: read back by a small parser of its own, word for word."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Struct

from retention_desktop.errors import FileProblem, NotFound
from retention_desktop.journal.actions import add_action, snooze_action
from retention_desktop.models.enums import Driver
from retention_desktop.models.views import Due
from retention_desktop.sharing.calendar import Coming, calendar, what_comes, write_calendar
from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
VAULT_ID = "8d3c6a52-0f0e-4a5c-9d44-6f5c5b8b9c01"
PASSPHRASE = "otter lantern basket violin"
CHEAP = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)
DAYS = st.dates(min_value=date(1971, 1, 1), max_value=date(2200, 12, 31))

InZone = Callable[[str], None]


class Part(Struct):
    """A component of an iCalendar file: its properties by name, and what stands in it."""

    name: str
    lines: dict[str, tuple[str, str]]  # (parameters, value)
    inside: list["Part"]

    def __getitem__(self, name: str) -> str:
        return self.lines[name][1]


def read_back(content: bytes) -> Part:
    """Reads as RFC 5545 says, and refuses what it forbids."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(each.encode()) <= 75 for each in text.split("\r\n"))
    root = Part("", {}, [])
    open_parts = [root]
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        head, value = line.split(":", 1)
        name, _, parameters = head.partition(";")
        if name == "BEGIN":
            part = Part(value, {}, [])
            open_parts[-1].inside.append(part)
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop().name == value
        else:
            assert name not in open_parts[-1].lines, f"{name} stands there twice"
            open_parts[-1].lines[name] = (parameters, unescaped(value))
    assert open_parts == [root]
    (found,) = root.inside
    assert found.name == "VCALENDAR"
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def to_look_at(on: date, number: int = 1, title: str = "Career conversation") -> Due:
    return Due(on, number, None, title, "CANARY words", "CANARY Ms B", Driver.GROWTH)


def to_do(on: date, number: int = 1, title: str = "Career conversation") -> Due:
    return Due(on, 7, number, title, "CANARY agreed", "CANARY Ms B", Driver.GROWTH)


def events(*dues: Due, now: datetime = NOW, with_titles: bool = False) -> list[Part]:
    return read_back(calendar(Coming(VAULT_ID, dues), now=now, with_titles=with_titles)).inside


@pytest.fixture
def in_zone() -> Iterator[InZone]:
    """Moves this computer to another time zone; back home after the test."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    before = os.environ.get("TZ")

    def move(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield move
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_what_every_calendar_asks_for_is_there() -> None:
    found = read_back(calendar(Coming(VAULT_ID, (to_look_at(TODAY),)), now=NOW))
    assert found["VERSION"] == "2.0"
    assert found["PRODID"].startswith("-//Retention Desktop//")
    (event,) = found.inside
    assert event.name == "VEVENT"
    assert event["DTSTAMP"] == "20261122T140200Z"
    assert event["UID"]


@given(DAYS)
@example(date(2028, 2, 29))
@example(date(2026, 12, 31))
def test_a_date_is_one_whole_day(day: date) -> None:
    (event,) = events(to_look_at(day))
    assert event.lines["DTSTART"] == ("VALUE=DATE", f"{day:%Y%m%d}")
    assert event.lines["DTEND"] == ("VALUE=DATE", f"{day + timedelta(days=1):%Y%m%d}")


@given(st.lists(st.tuples(DAYS, st.integers(1, 2**62), st.booleans()), max_size=8))
def test_only_neutral_words_are_in_the_file(rows: list[tuple[date, int, bool]]) -> None:
    dues = tuple(
        (to_do if is_action else to_look_at)(day, number) for day, number, is_action in rows
    )
    content = calendar(Coming(VAULT_ID, dues), now=NOW)
    for word in (b"CANARY", b"Career", b"growth", VAULT_ID.encode()):
        assert word not in content
    said = ["Something agreed" if is_action else "Look again" for _, _, is_action in rows]
    assert [event["SUMMARY"] for event in read_back(content).inside] == said
    for event, words in zip(read_back(content).inside, said, strict=True):
        for alarm in event.inside:
            assert alarm["DESCRIPTION"] == words


def test_an_entry_is_private_and_leaves_the_day_free() -> None:
    (event,) = events(to_do(TODAY))
    assert event["CLASS"] == "PRIVATE"
    assert event["TRANSP"] == "TRANSPARENT"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120))
@example("Fit, for; all \\n " + "ŵŷ" * 60)
def test_titles_are_named_only_where_asked_for(title: str) -> None:
    for each, words in ((to_look_at, "Look again"), (to_do, "Something agreed")):
        (event,) = events(each(TODAY, title=title), with_titles=True)
        assert event["SUMMARY"] == (f"{words}: {title}" if title else words)
        assert "CANARY" not in event["SUMMARY"]


def test_a_newer_file_moves_an_entry_and_doubles_nothing() -> None:
    dues = [to_look_at(TODAY, 1), to_look_at(TODAY, 2), to_do(TODAY, 1), to_do(TODAY, 2)]
    first = events(*dues)
    assert len({event["UID"] for event in first}) == 4
    moved = events(to_do(TODAY + timedelta(days=7), 2), now=NOW + timedelta(minutes=5))
    assert moved[0]["UID"] == first[3]["UID"]
    assert int(moved[0]["SEQUENCE"]) > int(first[3]["SEQUENCE"])
    assert int(moved[0]["SEQUENCE"]) < 2**31  # Outlook keeps it in 31 bits


def test_two_vaults_never_share_an_entry() -> None:
    other = calendar(Coming(VAULT_ID.replace("8d", "9d"), (to_do(TODAY),)), now=NOW)
    assert read_back(other).inside[0]["UID"] != events(to_do(TODAY))[0]["UID"]


def alarm_of(day: date, now: datetime = NOW) -> datetime:
    (event,) = events(to_look_at(day), now=now)
    (alarm,) = event.inside
    assert (alarm.name, alarm["ACTION"]) == ("VALARM", "DISPLAY")
    parameters, value = alarm.lines["TRIGGER"]
    assert parameters == "VALUE=DATE-TIME"
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
)
@given(days=st.integers(1, 4000))
@example(days=(date(2027, 3, 28) - TODAY).days)  # the clocks of London go forward
@example(days=(date(2027, 10, 31) - TODAY).days)  # and back
@example(days=(date(2028, 2, 29) - TODAY).days)
def test_the_alarm_rings_at_nine_in_the_morning_there(zone: str, days: int) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        day = TODAY + timedelta(days=days)
        rings = alarm_of(day).astimezone(ZoneInfo(zone))
    time.tzset()
    assert (rings.date(), rings.hour, rings.minute) == (day, 9, 0)


def test_nothing_rings_at_once(in_zone: InZone) -> None:
    in_zone("Europe/London")
    (event,) = events(to_look_at(TODAY))  # it is 14:02
    assert event.inside == []
    early = NOW.replace(hour=8, minute=59)
    assert alarm_of(TODAY, early) == NOW.replace(hour=9, minute=0)


# From a vault to a file


@pytest.fixture(scope="module")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vaults") / "Empty.rvault"
    create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
    return folder


@pytest.fixture
def vault(empty_vault: Path, tmp_path: Path) -> Iterator[Vault]:
    folder = shutil.copytree(empty_vault, tmp_path / "Copy.rvault")
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as opened:
        yield opened


def agree(vault: Vault, due: date | None, text: str = "CANARY") -> int:
    return add_action(vault, text, now=NOW, due=due, person="CANARY Ms B").actions[0]


def save(vault: Vault, target: Path, now: datetime = NOW) -> int:
    """What the command and the window do; how many days are saved."""
    coming = what_comes(vault, now=now)
    write_calendar(coming, target, now=now)
    return len(coming.dues)


def starts(target: Path) -> list[str]:
    return [event["DTSTART"] for event in read_back(target.read_bytes()).inside]


def test_the_days_from_today_on_are_saved(vault: Vault, tmp_path: Path, in_zone: InZone) -> None:
    in_zone("Europe/London")
    for days in (-1, 0, 1, 40_000):
        agree(vault, TODAY + timedelta(days=days))
    agree(vault, None)
    assert save(vault, tmp_path / "dates.ics") == 3
    assert starts(tmp_path / "dates.ics") == ["20261122", "20261123", "21360529"]
    assert b"CANARY" not in (tmp_path / "dates.ics").read_bytes()


def test_today_is_the_day_where_one_is(vault: Vault, tmp_path: Path, in_zone: InZone) -> None:
    agree(vault, TODAY)
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    in_zone("Europe/London")
    assert save(vault, tmp_path / "dates.ics", evening) == 1
    in_zone("Pacific/Auckland")  # where it is the 23rd
    with pytest.raises(NotFound):
        save(vault, tmp_path / "dates.ics", evening)


def test_what_was_put_off_is_the_same_entry_on_its_new_day(vault: Vault, tmp_path: Path) -> None:
    action_id = agree(vault, TODAY + timedelta(days=1))
    save(vault, tmp_path / "first.ics")
    snooze_action(vault, action_id, TODAY + timedelta(days=8))
    save(vault, tmp_path / "second.ics", NOW + timedelta(hours=1))
    first, second = (
        read_back((tmp_path / f"{name}.ics").read_bytes()).inside[0] for name in ("first", "second")
    )
    assert (first["UID"], first["DTSTART"]) == (second["UID"], "20261123")
    assert second["DTSTART"] == "20261130"


def test_without_a_date_there_is_no_file(vault: Vault, tmp_path: Path) -> None:
    agree(vault, None)
    with pytest.raises(NotFound, match="No date lies ahead"):
        save(vault, tmp_path / "dates.ics")
    assert not (tmp_path / "dates.ics").exists()


def test_a_place_that_is_not_there(vault: Vault, tmp_path: Path) -> None:
    agree(vault, TODAY + timedelta(days=1))
    with pytest.raises(FileProblem, match="folder is not there"):
        save(vault, tmp_path / "gone" / "dates.ics")
