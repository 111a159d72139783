"""A line to add something of one's own to a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from retention_desktop.toolkit.answers import LONGEST_CHOICE, only_text
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button


class AddLine(QWidget):
    """A line and a button. `added` carries what was written, and the line is empty again."""

    added = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(name)
        self._line.setMaxLength(LONGEST_CHOICE)
        self._button = button(_("Add"), icon="plus")
        self._button.setAccessibleName(_("Add: {what}").format(what=name))
        self._button.clicked.connect(self._on_add)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self._line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what is written; in an empty line it does what it does everywhere else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._text:
            self._on_add()
        else:
            super().keyPressEvent(event)

    @property
    def _text(self) -> str:
        return " ".join(only_text(self._line.text()).split())

    @Slot()
    def _on_add(self) -> None:
        text = self._text
        self._line.clear()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.added.emit(text)
