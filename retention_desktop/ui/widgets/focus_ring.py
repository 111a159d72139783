"""A ring around whatever the keyboard is on, in every theme: yellow with a dark line inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFocusFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from retention_desktop.ui.theme import theme

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QFocusFrame):
    """Follows the focus while it is moved by keyboard. Text fields show their own edge instead."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Installed on the application: looks at every change of focus."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            assert isinstance(event, QFocusEvent)
            plain = isinstance(watched, (QLabel, QLineEdit, QPlainTextEdit))
            if not plain and event.reason() in _BY_KEYBOARD:
                self.setWidget(watched)
            elif self.widget() is not None:
                self.setWidget(None)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect())
        for inset, width, token in ((1.5, 3.0, "focus"), (3.5, 1.5, "text")):
            painter.setPen(QPen(theme.colour(token), width))
            painter.drawRoundedRect(ring.adjusted(inset, inset, -inset, -inset), 9, 9)
        painter.end()
