"""A PDF that is still being written when one goes on."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from retention_desktop.errors import DiskFull
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.collection.screen import CollectionScreen

from .agreements import ROUND, keep, themes
from .conftest import OpenWindow
from .user import User


@pytest.fixture
def saver(open_window: OpenWindow, empty_vault: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who looks at a collection."""
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: Toolkit((ROUND,)))
    user = open_window(vault=empty_vault)
    keep(user.folder, ROUND, {"themes": themes("Late rotas")})
    user.unlock()
    user.go("toolkit")
    user.press("Our round. ")
    user.press("What we hear")
    user.screen(CollectionScreen)
    return user


@pytest.mark.parametrize("is_full", [False, True])
def test_who_has_gone_on_meanwhile_hears_how_it_ended(
    saver: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_full: bool
) -> None:
    may_end = Event()

    def write_slowly(summary: Summary, target: Path) -> None:
        assert may_end.wait(30)
        if is_full:
            raise DiskFull("The disk is full.", "Make room.")

    monkeypatch.setattr("retention_desktop.ui.collection.screen.write_pdf", write_slowly)
    saver.dialogs.answer = tmp_path / "out.pdf"
    QTest.mouseClick(saver.button("Save PDF…"), Qt.MouseButton.LeftButton)
    assert not saver.button("Save PDF…").isEnabled()
    saver.shell.go_to("today")
    saver.qtbot.wait(20)  # the page is freed
    may_end.set()
    saver.settle()
    assert saver.message.startswith("The disk is full." if is_full else "Saved as out.pdf")


def test_a_drive_that_has_gone_does_not_keep_the_journal_open(
    saver: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()

    def write_slowly(summary: Summary, target: Path) -> None:
        assert may_end.wait(30)

    monkeypatch.setattr("retention_desktop.ui.session._PATIENCE_MS", 50)
    monkeypatch.setattr("retention_desktop.ui.collection.screen.write_pdf", write_slowly)
    saver.dialogs.answer = tmp_path / "out.pdf"
    saver.button("Save PDF…").click()
    with saver.qtbot.waitSignal(saver.window.locked):
        saver.key_without_waiting("Ctrl+L")
    may_end.set()
