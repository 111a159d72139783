"""The editor of a date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.widgets.dates import DateField


class Day(Editor):
    """A date."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._date = DateField(prompt.label, around.today)
        self._date.changed.connect(self._on_changed)
        self.body.addWidget(self._date)
        self.setFocusProxy(self._date)

    @property
    def value(self) -> Value | None:
        chosen = self._date.value
        return chosen.isoformat() if chosen else None

    def set_value(self, value: Value) -> None:
        self._date.set_value(date.fromisoformat(str(value)))

    @Slot(object)
    def _on_changed(self, _date: object) -> None:
        self.changed.emit()
