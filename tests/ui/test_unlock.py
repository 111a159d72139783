"""The unlock screen."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.ui.unlock.screen import UnlockScreen

from .conftest import OpenWindow
from .user import PASSPHRASE, User


@pytest.fixture
def locked(open_window: OpenWindow, empty_vault: Path) -> User:
    return open_window(vault=empty_vault)


def field(user: User) -> QLineEdit:
    found = user.edit("Passphrase")
    assert isinstance(found, QLineEdit)
    return found


def try_wrong(user: User) -> None:
    user.type("not this one", into="Passphrase")
    user.key("Return")


def test_the_right_passphrase_and_enter_open_the_journal(locked: User) -> None:
    locked.type(PASSPHRASE)  # the keyboard is in the field at once
    locked.key("Return")
    locked.qtbot.waitUntil(lambda: locked.window.shell is not None)
    assert isinstance(locked.screen(TodayScreen), TodayScreen)
    assert locked.sees("Your journal is empty")


def test_nothing_typed(locked: User) -> None:
    locked.press("Unlock")
    assert locked.error("Passphrase") == "Type your passphrase."
    assert locked.window.shell is None


def test_a_wrong_passphrase_is_told_beside_the_field_and_taken_out_of_it(locked: User) -> None:
    try_wrong(locked)
    assert "not the right passphrase" in locked.error("Passphrase")
    assert "not the right passphrase" in field(locked).accessibleDescription()
    assert field(locked).text() == ""
    assert locked.focus is field(locked)
    locked.unlock()  # and one can go on at once


def test_after_five_wrong_tries_each_further_one_waits(locked: User) -> None:
    for _ in range(4):
        try_wrong(locked)
        assert locked.button("Unlock").isEnabled()
    try_wrong(locked)
    assert not locked.button("Wait 1 second").isEnabled()
    locked.type(PASSPHRASE, into="Passphrase")
    locked.key("Return")
    assert locked.window.shell is None
    locked.qtbot.waitUntil(lambda: locked.has_button("Unlock"))
    assert field(locked).text() == PASSPHRASE  # what was typed while waiting is still there
    locked.press("Unlock")
    locked.qtbot.waitUntil(lambda: locked.window.shell is not None)


def test_the_wait_doubles_up_to_half_a_minute(locked: User) -> None:
    screen = locked.window.centralWidget()
    assert isinstance(screen, UnlockScreen)
    waits = []
    for _ in range(12):
        screen.show_failure("", wrong_passphrase=True)
        running = [t for t in screen.findChildren(QTimer) if t.isActive() and t.interval() >= 1000]
        waits.append(max((t.interval() // 1000 for t in running), default=0))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_the_passphrase_is_hidden_unless_one_asks_to_see_it(locked: User) -> None:
    assert field(locked).echoMode() is QLineEdit.EchoMode.Password
    locked.press("Show the passphrase")
    assert field(locked).echoMode() is QLineEdit.EchoMode.Normal
    locked.press("Hide the passphrase")
    assert field(locked).echoMode() is QLineEdit.EchoMode.Password
    locked.press("Show the passphrase")
    try_wrong(locked)
    assert field(locked).echoMode() is QLineEdit.EchoMode.Password  # a new try starts hidden


def test_forgotten(locked: User) -> None:
    locked.press("I have forgotten it")
    assert "nobody can open this journal" in locked.message


def test_another_journal(locked: User, tmp_path: Path, filled_vault: Path) -> None:
    other = tmp_path / "The other.rvault"
    shutil.copytree(filled_vault, other)
    locked.dialogs.answer = other
    locked.press("Another journal")
    locked.press("Open a journal I already have")
    assert locked.sees("The other")
    locked.unlock()
    assert not locked.sees("Your journal is empty")


def test_back_from_another_journal(locked: User) -> None:
    locked.press("Another journal")
    locked.press("Back")
    locked.unlock()
    assert locked.sees("Good")


def test_a_folder_that_is_no_journal(locked: User, tmp_path: Path) -> None:
    locked.dialogs.answer = tmp_path
    locked.press("Another journal")
    locked.press("Open a journal I already have")
    locked.type(PASSPHRASE)
    locked.press("Unlock")
    assert str(tmp_path) in locked.message
    assert locked.button("Unlock").isEnabled()


def test_no_other_journal_can_be_chosen_while_one_is_being_opened(locked: User) -> None:
    locked.type(PASSPHRASE)
    locked.key_without_waiting("Return")
    assert not locked.button("Another journal").isEnabled()
    locked.qtbot.waitUntil(lambda: locked.window.shell is not None)


def test_a_journal_that_is_open_elsewhere(
    locked: User, open_window: OpenWindow, empty_vault: Path
) -> None:
    locked.unlock()
    second = open_window()
    second.type(PASSPHRASE)
    second.press("Unlock")
    assert "already open" in second.message
    assert second.window.shell is None
