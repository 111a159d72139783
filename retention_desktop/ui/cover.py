"""A calm sheet over the whole window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.page import READING, button_row, centred
from retention_desktop.ui.widgets.text import label

# What the black-screen button of a presenter's clicker sends.
CLICKER_COVER_KEYS = frozenset({Qt.Key.Key_B, Qt.Key.Key_Period})


class Cover(QWidget):
    """Lies over everything and says why. Its button takes it away, and so does a clicker."""

    uncovered = Signal()

    def __init__(self, over: QWidget, *, title: str, text: str, back: str) -> None:
        super().__init__(over)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._back = button(back, "primary")
        self._back.setAccessibleDescription(f"{title}. {text}")
        self._back.clicked.connect(self.uncovered)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(label(title, "title"))
        column.addWidget(label(text, "lead"))
        column.addLayout(button_row(self._back))
        column.addStretch(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, READING))
        self.setGeometry(over.rect())
        self.show()
        self.raise_()
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLICKER_COVER_KEYS:
            self.uncovered.emit()
        else:
            super().keyPressEvent(event)
