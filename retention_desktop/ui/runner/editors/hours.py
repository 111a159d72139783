"""The editor of an amount of time in hours."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.text import label


class Hours(Editor):
    """Hours, such as 1.5. Nothing else can be typed, and a comma will do for the point."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._line = QLineEdit()
        self._line.setAccessibleName(prompt.label)
        self._line.setAccessibleDescription(" ".join(filter(None, (_("In hours."), prompt.help))))
        self._line.setPlaceholderText(_("For example, 1.5"))
        hours = QRegularExpression(r"[0-9]{0,4}([.,][0-9]{0,2})?")
        self._line.setValidator(QRegularExpressionValidator(hours, self._line))
        self._line.setMaximumWidth(theme.px(200))
        self._line.textEdited.connect(self.changed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._line, 1)
        row.addWidget(label(_("hours"), "muted", wrap=False))
        row.addStretch(1)
        self.body.addLayout(row)
        self.setFocusProxy(self._line)

    @property
    def value(self) -> Value | None:
        whole, _point, part = self._line.text().replace(",", ".").partition(".")
        if not whole and not part:
            return None
        return f"{whole or 0}.{part}" if part else whole

    def set_value(self, value: Value) -> None:
        self._line.setText(str(value))
