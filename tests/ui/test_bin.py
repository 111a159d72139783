"""The bin at the window: moved there, taken back, put back, removed for good, by keys alone too."""

import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retention_desktop.errors import KnownError
from retention_desktop.journal.bin import bin_records, count_binned
from retention_desktop.journal.records import list_records
from retention_desktop.ui import session as session_module
from retention_desktop.ui.journal.bin_page import BinPage, left_words
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.records_list import RecordList
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.vault import open_vault

from .conftest import NAME, OpenWindow
from .user import CHEAP, NOW, PASSPHRASE, User

IN_BIN = "Moved to the bin. It stays there for 30 days."


@pytest.fixture
def binner(open_window: OpenWindow, filled_vault: Path) -> User:
    user = open_window(vault=filled_vault, unlocked=True)
    user.go("journal")
    return user


@pytest.fixture(scope="session")
def with_bin(filled_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with three records in its bin: one since today, one for its last day, one older."""
    folder = tmp_path_factory.mktemp("bin") / NAME
    shutil.copytree(filled_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        heads = list_records(vault)
        for head, days in zip(heads, (0, 30, 31), strict=False):
            bin_records(vault, [head.id], now=NOW - timedelta(days=days))
    return folder


@pytest.fixture
def keeper(open_window: OpenWindow, with_bin: Path) -> User:
    user = open_window(vault=with_bin, unlocked=True)
    user.go("journal")
    user.press("Bin")
    user.screen(BinPage)
    return user


def count(user: User) -> int:
    return len(user.screen(JournalScreen).heads())


def in_bin(user: User) -> int:
    """How many lie in the bin, as the file has it once the window has closed."""
    user.app.window.close()
    user.settle()
    user.qtbot.waitUntil(lambda: not user.window.isVisible())
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        return count_binned(vault)


def tab_to(user: User, name: str) -> None:
    for _ in range(80):
        if user.focus is user.button(name):
            return
        user.key("Tab")
    raise AssertionError(f"Tab does not come to {name}")


def test_a_record_goes_to_the_bin_by_keys_alone_and_comes_back(binner: User) -> None:
    before = count(binner)
    binner.key("Return")
    binner.key("Return")
    binner.screen(RecordPage)
    tab_to(binner, "Move to the bin")
    binner.key("Space")
    assert count(binner) == before - 1
    assert IN_BIN in binner.message
    tab_to(binner, "Undo")
    binner.key("Return")
    assert "It is back in your journal." in binner.message
    assert not binner.has_button("Undo")
    assert count(binner) == before


def test_to_press_twice_moves_once(binner: User) -> None:
    before = count(binner)
    binner.key("Return")
    binner.key("Return")
    binner.button("Move to the bin").setFocus()
    binner.key_without_waiting("Space")
    binner.key("Space")
    assert binner.message == IN_BIN
    assert count(binner) == before - 1


def test_several_go_to_the_bin_together_and_come_back(binner: User) -> None:
    before = count(binner)
    binner.key("Return")
    binner.key("Shift+Down")
    binner.press("Move to the bin")
    assert count(binner) == before - 2
    assert "2 records are in the bin. They stay there for 30 days." in binner.message
    assert not binner.sees("records chosen")
    assert binner.focus is binner.edit("Search what you wrote")
    binner.press("Undo")
    assert count(binner) == before
    assert "They are back in your journal." in binner.message


def test_what_one_is_about_to_undo_may_be_gone(binner: User) -> None:
    binner.screen(JournalScreen).findChildren(RecordList)[0].enter()
    binner.key("Return")
    binner.press("Move to the bin")
    binner.press("Bin")
    binner.press("Empty the bin…")
    binner.press("Empty the bin for good")
    assert "Everything in it is removed for good." in binner.message
    assert not binner.has_button("Undo")
    assert binner.sees("The bin is empty.")


def test_the_bin_says_how_long_each_stays_and_the_oldest_has_gone(keeper: User) -> None:
    words = " ".join(keeper.texts())
    assert "30 days left" in words
    assert "the last day" in words
    assert sum("left" in each or "last day" in each for each in keeper.texts()) == 2


def test_one_is_put_back_by_keys_alone(keeper: User) -> None:
    tab_to(keeper, "Put back: ")
    keeper.key("Return")
    assert "It is back in your journal." in keeper.message
    assert keeper.focus is keeper.button("Put back: ")  # of the other one
    keeper.key("Escape")
    keeper.screen(JournalScreen)
    assert in_bin(keeper) == 1


def test_it_asks_before_it_removes_and_escape_takes_that_back(keeper: User) -> None:
    tab_to(keeper, "Remove for good: ")
    keeper.key("Return")
    assert keeper.sees("This removes it for good. Nobody can bring it back.")
    assert keeper.focus is keeper.button("Keep it")
    keeper.key("Escape")
    keeper.screen(BinPage)
    assert not keeper.sees("Nobody can bring it back.")
    assert keeper.focus is keeper.button("Remove for good: ")
    keeper.key("Return")
    keeper.key("Tab")
    keeper.key("Space")
    assert "It is removed for good." in keeper.message
    assert in_bin(keeper) == 1


def test_the_bin_is_emptied(keeper: User) -> None:
    tab_to(keeper, "Empty the bin…")
    keeper.key("Space")
    assert keeper.sees("This removes all 2 records in the bin for good.")
    keeper.key("Escape")
    keeper.press("Empty the bin…")
    QTest.keyClick(keeper.button("Empty the bin for good"), Qt.Key.Key_Space)
    keeper.settle()
    assert keeper.sees("The bin is empty.")
    assert in_bin(keeper) == 0


def test_what_cannot_be_forgotten_yet_keeps_nobody_from_their_journal(
    open_window: OpenWindow, with_bin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise KnownError("There is no room.")

    monkeypatch.setattr(session_module, "forget_old_binned", full)
    user = open_window(vault=with_bin, unlocked=True)
    user.go("journal")
    user.press("Bin")
    assert user.sees("30 days left")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "30 days left"), (29, "1 day left"), (30, "the last day")]
)
def test_the_days_that_are_left(days: int, words: str) -> None:
    today: date = (NOW + timedelta(days=days)).astimezone().date()
    assert left_words(NOW, today) == words
