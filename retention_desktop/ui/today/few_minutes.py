"""What could be done in the minutes one has now."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.suggestions import suggest_tools
from retention_desktop.ui.settings.file import MINUTES_NOW, SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import setting_words

_ABREAST_FROM = 640  # the width, at 100 % text
_CHOICES_ABREAST_FROM = 480


class FewMinutes(QWidget):
    """Three tools that fit into ten, twenty or forty-five minutes. The choice is remembered."""

    tool_requested = Signal(str)
    failed = Signal(object)  # the choice could not be kept

    def __init__(self, toolkit: Toolkit, settings: SettingsFile) -> None:
        super().__init__()
        self._toolkit = toolkit
        self._settings = settings
        self._last_used: Mapping[str, datetime] = {}
        self._waiting: Container[str] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(_("How many minutes do you have now?"), "section"))
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(0)
        self._minutes = dict(zip(MINUTES_NOW, map(_choice, MINUTES_NOW), strict=True))
        for minutes, choice in self._minutes.items():
            choice.setChecked(minutes == settings.current.minutes_now)
            choice.toggled.connect(self._on_chosen)
            self._choices.addWidget(choice)
        self._choices.addStretch(1)
        layout.addLayout(self._choices)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14)
        layout.addLayout(self._row)

    def suggest(self, last_used: Mapping[str, datetime], waiting: Container[str]) -> None:
        """Suggest anew, from when each tool was last used and the titles of those that are due."""
        self._last_used = last_used
        self._waiting = waiting
        clear(self._row)
        minutes = self._settings.current.minutes_now
        suggested = suggest_tools(self._toolkit.tools, last_used, minutes=minutes, waiting=waiting)
        for tool in suggested:
            self._row.addWidget(self._suggestion(tool, minutes), 1)
        if not suggested:
            self._row.addWidget(label(_("No other tool is as short as that."), "muted"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row, needs in ((self._row, _ABREAST_FROM), (self._choices, _CHOICES_ABREAST_FROM)):
            is_wide = self.width() >= theme.px(needs)
            row.setDirection(
                QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
            )

    def _suggestion(self, tool: Tool, has: int) -> QWidget:
        words = (
            _("{minutes} minutes, a little longer, {setting}")
            if tool.minutes > has
            else _("{minutes} min, {setting}")
        )
        minutes = words.format(minutes=tool.minutes, setting=setting_words(tool))
        made = ContentButton("card-button", f"{tool.title}. {minutes}")
        made.setProperty("tool", tool.id)
        made.clicked.connect(self._on_tool)
        layout = QVBoxLayout()
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(driver_label(tool.driver))
        layout.addWidget(label(tool.title, "card-title"))
        layout.addWidget(label(minutes, "small"))
        layout.addStretch(1)
        made.set_content(layout)
        return made

    @Slot(bool)
    def _on_chosen(self, on: bool) -> None:
        if not on:
            return
        chosen = next(minutes for minutes, each in self._minutes.items() if each.isChecked())
        try:
            self._settings.change(minutes_now=chosen)
        except KnownError as error:
            self.failed.emit(error)
        self.suggest(self._last_used, self._waiting)

    @Slot()
    def _on_tool(self) -> None:
        self.tool_requested.emit(self.sender().property("tool"))


def _choice(minutes: int) -> Choice:
    words = {10: _("Ten"), 20: _("Twenty"), 45: _("Forty-five")}
    choice = Choice(words[minutes], one_of_several=True)
    choice.setAccessibleName(_("{number} minutes").format(number=words[minutes]))
    return choice
