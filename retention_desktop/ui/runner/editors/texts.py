"""Editors of running text and of one line."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.widgets.controls import TextArea


class LongText(Editor):
    """Room to write."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._area = TextArea()
        self._area.setAccessibleName(prompt.label)
        self._area.setAccessibleDescription(prompt.help)
        self._area.textChanged.connect(self.changed)
        self.body.addWidget(self._area)
        self.setFocusProxy(self._area)

    @property
    def value(self) -> Value | None:
        text = only_text(self._area.toPlainText())
        return text if text.strip() else None

    def set_value(self, value: Value) -> None:
        self._area.setPlainText(str(value))
        self._area.moveCursor(QTextCursor.MoveOperation.End)  # to go on writing


class ShortText(Editor):
    """One line."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._line = QLineEdit()
        self._line.setAccessibleName(prompt.label)
        self._line.setAccessibleDescription(prompt.help)
        self._line.textEdited.connect(self.changed)
        self.body.addWidget(self._line)
        self.setFocusProxy(self._line)

    @property
    def value(self) -> Value | None:
        return only_text(self._line.text()).strip() or None

    def set_value(self, value: Value) -> None:
        self._line.setText(str(value))
