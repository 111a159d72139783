"""The dates of a vault, saved for another calendar."""

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from .conftest import Run

STDIN = ("--passphrase-file", "-")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "dates.ics"


def test_the_dates_are_saved_in_neutral_words(filled: Path, run: Run, target: Path) -> None:
    done = run("calendar", filled, "--out", target, *STDIN)
    assert done.code == 0, done.err
    events = Calendar.from_ical(target.read_bytes()).events
    assert done.out == f"{len(events)} date{'' if len(events) == 1 else 's'} saved: {target}\n"
    assert "20270131" in {f"{event.start:%Y%m%d}" for event in events}
    assert {str(event["summary"]) for event in events} <= {"Look again", "Something agreed"}
    for word in (b"Shadow", b"Person A", b"Career"):
        assert word not in target.read_bytes()


def test_the_tools_are_named_where_asked_for(filled: Path, run: Run, target: Path) -> None:
    assert run("calendar", filled, "--out", target, "--titles", *STDIN).code == 0
    titles = {str(each["summary"]) for each in Calendar.from_ical(target.read_bytes()).events}
    assert "Something agreed: Career conversation" in titles
    assert b"Shadow" not in target.read_bytes()


def test_a_vault_without_dates_is_said_and_nothing_is_saved(
    vault: Path, refused: Callable[..., str], target: Path
) -> None:
    assert "No date lies ahead" in refused("calendar", vault, "--out", target, *STDIN)
    assert not target.exists()


def test_a_file_is_asked_for(vault: Path, refused: Callable[..., str]) -> None:
    assert "--out" in refused("calendar", vault, *STDIN)
