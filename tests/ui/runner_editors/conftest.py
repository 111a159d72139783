"""An editor in a window of its own, and somebody at the keyboard."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.runner.editors import Around, Editor, make_editor
from retention_desktop.ui.tab_order import next_stop
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.controls import Choice

from ..user import TODAY

W = TypeVar("W", bound=QWidget)


class Person:
    """Somebody in front of one editor."""

    def __init__(self, qtbot: QtBot, window: QWidget, editor: Editor) -> None:
        self.qtbot = qtbot
        self.window = window
        self.editor = editor
        self.went_on = 0  # how often Enter came through to the page
        self.added: list[tuple[str, str]] = []
        self.removed: list[tuple[str, str]] = []
        self.changes = 0
        editor.own_added.connect(self._on_added)
        editor.own_removed.connect(self._on_removed)
        editor.changed.connect(self._on_changed)

    def _on_added(self, name: str, text: str) -> None:
        self.added.append((name, text))

    def _on_removed(self, name: str, text: str) -> None:
        self.removed.append((name, text))

    def _on_changed(self) -> None:
        self.changes += 1

    @property
    def value(self) -> Value | None:
        return self.editor.value

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def key(self, *keys: str) -> None:
        for each in keys:
            *held, last = each.split("+")
            shift = Qt.KeyboardModifier.ShiftModifier
            modifiers = shift if held == ["Shift"] else Qt.KeyboardModifier.NoModifier
            if last == "Tab":
                stop = next_stop(self.window, self.focus, forward=not held)
                assert stop is not None
                stop.setFocus()
            else:
                QTest.keyClick(self.focus, getattr(Qt.Key, f"Key_{last}"), modifiers)
        self.qtbot.wait(1)  # what comes or goes has its place

    def named(self, name: str) -> QWidget:
        """The control that a screen reader calls so."""
        found = [each for each in self._visible(QWidget) if each.accessibleName() == name]
        assert found, f"no {name!r} among {[e.accessibleName() for e in self._visible(QWidget)]}"
        return found[0]

    def press(self, name: str) -> None:
        found = self.named(name)
        assert isinstance(found, (Choice, QPushButton))
        assert found.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        self.qtbot.wait(1)

    def choice(self, name: str) -> Choice:
        return next(each for each in self._visible(Choice) if each.text() == name)

    def has(self, name: str) -> bool:
        return any(each.accessibleName() == name for each in self._visible(QWidget))

    @property
    def texts(self) -> list[str]:
        return [each.text().replace("\u200b", "") for each in self._visible(QLabel) if each.text()]

    @property
    def choices(self) -> list[Choice]:
        return self._visible(Choice)

    @property
    def unnamed(self) -> list[str]:
        """What the keyboard comes to and a screen reader has no name for."""
        return [
            type(each).__name__
            for each in self._visible(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
            and not each.accessibleName()
            and not isinstance(each.parent(), QAbstractSpinBox)
        ]

    def _visible(self, kind: type[W]) -> list[W]:
        return [each for each in self.editor.findChildren(kind) if each.isVisible()]


class _Window(QWidget):
    person: Person

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, ARG002
        self.person.went_on += 1


Shown = Callable[..., Person]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    """Opens the editor of a prompt, with the keyboard in it."""
    windows: list[QWidget] = []

    def show(
        prompt: Prompt,
        value: Value | None = None,
        *,
        answers: Mapping[str, Value] | None = None,
        own: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Person:
        window = _Window()
        window.resize(640, 700)
        editor = make_editor(prompt, Around(TODAY, answers or {}, own or {}))
        if value is not None:
            editor.set_value(value)
        QVBoxLayout(window).addWidget(editor)
        window.person = Person(qtbot, window, editor)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        editor.setFocus()
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        # A part that is shown before it has its place would be a window, and take the keyboard.
        assert len(shown) == len(windows)
        return window.person

    yield show
    for window in windows:
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(params=[100, 200])
def dressed(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """The dress of the window, at two sizes of text."""
    before = qapp.styleSheet(), qapp.font(), qapp.palette()
    theme.apply(qapp, scheme="light", text_percent=request.param)
    yield
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is asked to say while somebody writes."""
    said: list[str] = []

    def listen(_source: QWidget, text: str) -> None:
        said.append(text)

    for module in ("choices", "themes", "language"):
        monkeypatch.setattr(f"retention_desktop.ui.runner.editors.{module}.announce", listen)
    return said
