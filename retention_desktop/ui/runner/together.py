"""Together mode: one screen that two people or a team read, so nothing private is on it.

A presenter's clicker goes on and back and covers the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.enums import Setting
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import Page, Run
from retention_desktop.ui.cover import CLICKER_COVER_KEYS
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.text import label


def suits_together(tool: Tool) -> bool:
    """Whether the tool is one to use with somebody."""
    return bool({tool.setting, *tool.also_suits} & {Setting.ONE_TO_ONE, Setting.TEAM})


@dataclass(frozen=True)
class TogetherRun(Run):
    """The run as everybody may see it: as if the questions of `private` were not asked."""

    private: frozenset[str] = frozenset()

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for page in super().pages if not self._is_private(page))

    @property
    def unanswered(self) -> tuple[Prompt, ...]:
        return tuple(prompt for prompt in super().unanswered if prompt.id not in self.private)

    def _is_private(self, page: Page) -> bool:
        return page.prompt is not None and page.prompt.id in self.private


def run_together(run: Run, private: frozenset[str]) -> TogetherRun:
    """The run without these questions, at its page or else at the next one that is shown."""
    shown = TogetherRun(run.tool, run.answers, run.at, private)
    here = run.pages.index(run.page)
    return replace(shown, at=next(p.key for p in run.pages[here:] if p in shown.pages))


class PresenterKeys(QObject):
    """Turns pages and covers the screen by key: a clicker's, or the arrows where nobody writes.

    It filters what the widget with the keyboard gets, since text fields and choices would otherwise
    use these keys up. It looks at nothing outside of `within`, so menus and calendars keep theirs.
    """

    on_pressed = Signal()
    back_pressed = Signal()
    cover_pressed = Signal()

    def __init__(self, within: QWidget) -> None:
        super().__init__(within)
        self._within = within
        self._followed: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        pressed = self._meaning(watched, event)
        if pressed is None:
            return False
        if not event.isAutoRepeat():  # a key that is held down turns one page
            pressed.emit()
        return True

    def _meaning(self, watched: QObject, event: QKeyEvent) -> SignalInstance | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        key = Qt.Key(event.key())
        writes = isinstance(watched, _WRITES)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return self.on_pressed if key is Qt.Key.Key_PageDown else self.back_pressed
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not _needs_arrows(watched):
            return self.on_pressed if key is Qt.Key.Key_Right else self.back_pressed
        return self.cover_pressed if key in CLICKER_COVER_KEYS and not writes else None

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._followed is not None and shiboken6.isValid(self._followed):
            self._followed.removeEventFilter(self)
        self._followed = now if now is not None and self._within.isAncestorOf(now) else None
        if self._followed is not None:
            self._followed.installEventFilter(self)


def _needs_arrows(watched: QObject) -> bool:
    """Whether the arrows write, choose or move there: of several choices they find the next."""
    if isinstance(watched, QAbstractButton):
        return watched.autoExclusive()
    return isinstance(watched, (*_WRITES, QAbstractSlider, QAbstractItemView))


_WRITES = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


class Agreement(QFrame):
    """The last look before a record is finished: who was there says that it is what they agreed."""

    changed = Signal()

    def __init__(self, tool: Tool, person: str | None) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(8)
        layout.addWidget(label(_("Before you finish"), "section"))
        layout.addWidget(
            label(
                _("Tick when you have read it and agree. You can also finish without agreeing."),
                "muted",
            )
        )
        self._ticks = [Choice(words) for words in _who_agrees(tool, person)]
        for each in self._ticks:
            each.clicked.connect(self.changed)
            layout.addWidget(each)
        self.setFocusProxy(self._ticks[0])

    @property
    def is_agreed(self) -> bool:
        """Whether everybody has ticked."""
        return all(each.isChecked() for each in self._ticks)


def _who_agrees(tool: Tool, person: str | None) -> tuple[str, ...]:
    settings = {tool.setting, *tool.also_suits}
    if person is None and (tool.setting is Setting.TEAM or Setting.ONE_TO_ONE not in settings):
        return (_("We have read this and agree"),)
    other = person or _("The other person")
    return (
        _("Me: I have read this and agree"),
        _("{person}: I have read this and agree").format(person=other),
    )
