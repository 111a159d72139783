"""The demonstration: a throw-away journal that is open at once, and of which nothing stays."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from retention_desktop.__main__ import _demo
from retention_desktop.journal.people import list_people
from retention_desktop.journal.records import list_records
from retention_desktop.journal.reviews import due
from retention_desktop.ui.demo import PASSPHRASE, Demo, StandingLine, demo_in, new_demo
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .user import NOW, TODAY

# Closes the window as soon as the journal is open, and says what stands on it.
_OPEN_AND_CLOSE = """
import sys
from retention_desktop.__main__ import main
from retention_desktop.ui import app
from retention_desktop.ui.demo import StandingLine

run = app.App.run

def close_once_open(self):
    def close():
        print(self.window.findChild(StandingLine).text())
        self.window.close()
    self.window.opened.connect(close)
    return run(self)

app.App.run = close_once_open
sys.argv = ["retention-desktop", "--demo", "practitioner"]
sys.exit(main())
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def unfilled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Demonstrations have no journal: it is the folder that counts."""
    monkeypatch.setattr(Demo, "fill", lambda _demo, _who, _now: None)


@pytest.fixture
def demo(temporary: Path) -> Iterator[Demo]:
    made = new_demo("manager", NOW)
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("arguments", "who"),
    [
        (["--demo"], "manager"),
        (["--demo", "manager"], "manager"),
        (["--demo", "practitioner"], "practitioner"),
        (["--demo=practitioner"], "practitioner"),
        (["--demo", "nobody"], ""),
        (["--demo="], ""),
        (["manager"], ""),
        (["--demo", "manager", "--vault"], ""),
        ([], ""),
    ],
)
def test_who_is_shown(arguments: list[str], who: str) -> None:
    assert _demo(arguments) == who


def test_the_program_opens_it_unlocked_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_CLOSE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert "made up" in first
    assert second.startswith("A demonstration: ")
    assert list(tmp_path.glob("retention-desktop-demo-*")) == []


def test_its_six_months_end_today(demo: Demo) -> None:
    vault = open_vault(demo.vault, PASSPHRASE)
    try:
        assert len(list_people(vault)) == 7
        assert {each.on for each in due(vault, TODAY)} >= {TODAY}
        finished = [head.finished for head in list_records(vault) if head.finished]
    finally:
        vault.close()
    assert len(finished) >= 45
    assert max(finished) <= NOW
    assert (NOW - max(finished)).days < 7


def test_another_day_has_the_same_weekdays(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuesday = datetime.fromisoformat("2028-02-29T09:30:00+00:00")
    other = new_demo("practitioner", tuesday)
    vault = open_vault(other.vault, PASSPHRASE)
    try:
        heads = list_records(vault)
    finally:
        vault.close()
        other.remove()
    assert max(head.updated for head in heads) <= tuesday
    assert not {head.updated.weekday() for head in heads} & {5, 6}


def test_it_says_what_it_is_and_how_to_open_it_again(demo: Demo, open_window: OpenWindow) -> None:
    user = open_window(vault=demo.vault)
    assert user.has_button("Another journal")
    user.app.show_demo(demo.title)
    user.settle()
    assert user.window.windowTitle() == "A manager’s demonstration – Retention"
    assert user.sees(f"The passphrase is “{PASSPHRASE}”.")
    assert user.sees(f"This demonstration is locked. Its passphrase is “{PASSPHRASE}”.")
    assert not user.has_button("Another journal")
    (line,) = user.all(StandingLine)
    assert line.height() == line.heightForWidth(line.width())
    user.type(PASSPHRASE, into="Passphrase")
    user.press("Unlock")
    user.qtbot.waitUntil(lambda: user.window.shell is not None)
    user.settle()
    assert user.sees("Ten minutes together every Friday")
    assert user.sees(PASSPHRASE)


def test_what_a_crash_left_is_removed_and_what_goes_on_is_not(
    temporary: Path, unfilled: None
) -> None:
    goes_on = new_demo("manager", NOW)
    over = temporary / "retention-desktop-demo-over"
    over.mkdir()
    (over / "words").write_text("old")
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / "retention-desktop-demo-link").symlink_to(elsewhere)
    newest = new_demo("manager", NOW)
    assert not over.exists()
    assert goes_on.folder.exists()
    assert list(elsewhere.iterdir()) == []
    for each in (goes_on, newest):
        each.remove()
        assert not each.folder.exists()


def test_after_a_lock_it_goes_on_in_its_folder_alone(temporary: Path, unfilled: None) -> None:
    demo = new_demo("practitioner", NOW)
    demo.let_go()
    going_on = demo_in(demo.folder)
    assert going_on is not None
    assert going_on.title == demo.title == "A practitioner’s demonstration – Retention"
    with pytest.raises(Timeout):
        FileLock(demo.folder / "demonstration.lock").acquire(timeout=0)
    going_on.remove()
    for other in (temporary / "data", temporary / "retention-desktop-demo-own"):
        other.mkdir()
        assert demo_in(other) is None  # nobody's own folder is ever taken for one
