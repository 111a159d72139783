"""Locking and closing: saved, closed, handed over."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QPushButton
from sqlalchemy import Connection

from retention_desktop.errors import DiskFull
from retention_desktop.ui.app import App
from retention_desktop.ui.cover import Cover
from retention_desktop.ui.idle import IdleWatch
from retention_desktop.vault import Vault, open_vault

from .conftest import OpenWindow
from .samples import answers_in, every_kind
from .user import CHEAP, PASSPHRASE, User

TOOL = every_kind()


@pytest.fixture
def writer(any_kind_user: User) -> User:
    any_kind_user.start(TOOL)
    any_kind_user.type("In the middle of a sen")
    return any_kind_user


def is_closed(user: User) -> bool:
    """Whether nobody holds the vault: it can be opened here."""
    open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP).close()
    return True


def in_draft(user: User) -> dict[str, object]:
    (record,) = user.records()
    return dict(answers_in(record))


@pytest.mark.parametrize("way", ["Ctrl+L", "the button", "idle"])
def test_locking_in_the_middle_of_a_sentence(writer: User, way: str) -> None:
    with writer.qtbot.waitSignal(writer.window.locked) as signal:
        if way == "Ctrl+L":
            writer.key("Ctrl+L")
        elif way == "the button":
            writer.press("Lock now")
        else:
            (watch,) = writer.app.findChildren(IdleWatch)
            watch.idle.emit()
    assert signal.args == [writer.folder]
    assert writer.app.next_vault == writer.folder
    assert not writer.window.isVisible()
    assert is_closed(writer)
    assert in_draft(writer) == {"long": "In the middle of a sen"}


@pytest.mark.skipif(
    os.environ["QT_QPA_PLATFORM"] == "offscreen",
    reason="without a screen no window owns a clipboard",
)
def test_locking_empties_the_clipboard(writer: User) -> None:
    QApplication.clipboard().setText("copied from the journal")
    with writer.qtbot.waitSignal(writer.window.locked):
        writer.key("Ctrl+L")
    assert QApplication.clipboard().text() == ""


def test_locking_twice_is_locking_once(writer: User) -> None:
    locked: list[object] = []
    writer.window.locked.connect(locked.append)
    writer.key_without_waiting("Ctrl+L")
    writer.window.lock()
    writer.settle()
    writer.window.lock()
    writer.settle()
    assert locked == [writer.folder]


def test_the_unlock_screen_is_not_locked_again(open_window: OpenWindow, user: User) -> None:
    with user.qtbot.waitSignal(user.window.locked):
        user.key("Ctrl+L")
    fresh = open_window()
    (watch,) = fresh.app.findChildren(IdleWatch)
    watch.idle.emit()
    fresh.settle()
    assert fresh.window.isVisible()
    assert fresh.app.next_vault is None


def test_a_fresh_window_goes_on_where_one_was(writer: User, open_window: OpenWindow) -> None:
    with writer.qtbot.waitSignal(writer.window.locked):
        writer.key("Ctrl+L")
    fresh = open_window()
    assert not fresh.sees("In the middle of a sen")
    fresh.unlock()
    fresh.press("Continue: ")
    assert fresh.editor.value == "In the middle of a sen"


def test_closing_the_window_saves_first(writer: User) -> None:
    event = QCloseEvent()
    with writer.qtbot.waitSignal(writer.window.ended):
        writer.window.closeEvent(event)
        assert not event.isAccepted()
    assert not writer.window.isVisible()
    assert is_closed(writer)
    assert in_draft(writer) == {"long": "In the middle of a sen"}
    assert writer.app.next_vault is None  # nothing is to be opened afterwards


def test_closing_a_locked_window(open_window: OpenWindow, user: User) -> None:
    with user.qtbot.waitSignal(user.window.locked):
        user.key("Ctrl+L")
    fresh = open_window()
    with fresh.qtbot.waitSignal(fresh.window.ended):
        fresh.window.close()
    assert not fresh.window.isVisible()


def test_the_window_stands_where_it_stood(user: User, open_window: OpenWindow) -> None:
    user.window.resize(713, 577)  # the offscreen platform has a small screen
    user.settle()
    user.window.close()
    user.settle()
    again = open_window()
    assert (again.window.width(), again.window.height()) == (713, 577)


def test_a_spoilt_place_of_the_window_is_no_error(open_window: OpenWindow) -> None:
    user = open_window(geometry="zz not hex")
    assert user.window.isVisible()
    assert isinstance(user.app, App)


class TestWhatCannotBeSaved:
    @pytest.fixture
    def full(self, writer: User, monkeypatch: pytest.MonkeyPatch) -> User:
        """Somebody whose disk has become full in the middle of a sentence."""
        writing = Vault.writing

        @contextmanager
        def refuse(vault: Vault) -> Iterator[Connection]:
            if self.is_full:
                raise DiskFull("There is no room left on this disk.", "Free some space.")
            with writing(vault) as connection:
                yield connection

        self.is_full = True
        monkeypatch.setattr(Vault, "writing", refuse)
        writer.type("tence")
        return writer

    def test_it_is_covered_and_comes_back(self, full: User) -> None:
        full.key("Ctrl+L")
        assert full.sees("Your journal is not locked")
        assert full.window.isVisible()
        full.press("Back to what I wrote")
        assert "no room left" in full.message
        assert full.editor.value == "In the middle of a sentence"

    def test_with_room_again_it_locks(self, full: User) -> None:
        full.key("Ctrl+L")
        full.press("Back to what I wrote")
        self.is_full = False
        with full.qtbot.waitSignal(full.window.locked):
            full.key_without_waiting("Ctrl+L")
        assert in_draft(full) == {"long": "In the middle of a sentence"}


def test_a_journal_that_is_not_there_is_not_taken_for_a_first_run(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    kept = json.dumps({"vault": str(tmp_path / "stick" / "x.rvault")})
    (tmp_path / "data" / "settings.json").write_text(kept)
    gone = open_window()
    assert "There is no journal at" in gone.message
    assert gone.button("Unlock").isEnabled()


class TestCover:
    """One key hides everything at once, from two people or from one who walks in."""

    def test_nothing_of_the_page_can_be_seen_or_reached(self, writer: User) -> None:
        writer.key("F9")
        assert writer.sees("The page is covered")
        assert writer.all(QPlainTextEdit) == []
        assert [each.text() for each in writer.all(QAbstractButton)] == ["Show the page again"]
        writer.key("Tab")
        writer.type("x")
        for keys in ("Ctrl+1", "Ctrl+3", "F1", "F6", "Escape"):
            writer.key(keys)
        assert writer.sees("The page is covered")

    @pytest.mark.parametrize("key", ["F9", "B", "Period", "Return"])
    def test_one_goes_on_where_one_was(self, writer: User, key: str) -> None:
        writer.key("Home")
        writer.key("F9")
        writer.key(key)
        writer.type("Right ")
        assert writer.editor.value == "Right In the middle of a sen"

    def test_it_covers_every_place(self, user: User) -> None:
        for place in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+,", "F1"):
            user.key(place)
            shown = user.shell.screen_shown
            user.key("F9")
            assert shown is not None
            assert not shown.isVisible()
            user.key("F9")
            assert shown.isVisible()

    def test_what_is_under_it_is_saved_and_can_be_locked(self, writer: User) -> None:
        writer.key_without_waiting("F9")
        with writer.qtbot.waitSignal(writer.window.locked):
            writer.key("Ctrl+L")
        assert in_draft(writer) == {"long": "In the middle of a sen"}

    def test_it_covers_an_open_menu_too(self, writer: User) -> None:
        change = writer.button("Change who this is for")
        assert isinstance(change, QPushButton)
        change.menu().popup(writer.window.mapToGlobal(QPoint(300, 300)))
        writer.settle()
        assert QApplication.activePopupWidget() is change.menu()
        QTest.keyClick(change.menu().windowHandle(), Qt.Key.Key_F9)
        writer.settle()
        assert writer.sees("The page is covered")
        assert not change.menu().isVisible()

    def test_it_grows_with_the_window(self, writer: User) -> None:
        writer.key("F9")
        writer.window.resize(1100, 720)
        writer.settle()
        (cover,) = writer.all(Cover)
        assert cover.size() == writer.shell.size()
