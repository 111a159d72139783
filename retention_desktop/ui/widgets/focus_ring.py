"""A ring around whatever the keyboard is on, in every theme: yellow with a dark line inside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFocusFrame, QLabel, QLineEdit, QPlainTextEdit, QWidget

from retention_desktop.ui.theme import theme


class FocusRing(QFocusFrame):
    """Follows the focus while it is moved by keyboard. Text fields show their own edge instead.

    It is an event filter of the windows, to know the keyboard from the mouse. As a filter of the
    whole application it would see every event of every widget, which costs time at each of them.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_keyboard = False
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes what was used last."""
        if event.type() is QEvent.Type.KeyPress:
            self._by_keyboard = True
        elif event.type() is QEvent.Type.MouseButtonPress:
            self._by_keyboard = False
            self._surround(None)
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The focus has moved."""
        shows_itself = isinstance(now, (QLabel, QLineEdit, QPlainTextEdit))
        self._surround(now if self._by_keyboard and not shows_itself else None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect())
        for inset, width, token in ((1.5, 3.0, "focus"), (3.5, 1.5, "text")):
            painter.setPen(QPen(theme.colour(token), width))
            painter.drawRoundedRect(ring.adjusted(inset, inset, -inset, -inset), 9, 9)
        painter.end()

    def _surround(self, widget: QWidget | None) -> None:
        if widget is not self.widget():
            self.setWidget(widget)  # type: ignore[arg-type] # None means nothing
