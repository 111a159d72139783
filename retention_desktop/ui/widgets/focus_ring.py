"""A ring around whatever the keyboard is on, in every theme: yellow with a dark line inside."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QWidget

from retention_desktop.ui.theme import theme


class FocusRing(QObject):
    """Follows the focus while it is moved by keyboard. Text fields and lists show it themselves.

    It is an event filter of the windows, to know the keyboard from the mouse. As a filter of the
    whole application it would see every event of every widget, which costs time at each of them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._by_keyboard = False
        self._ring: _Ring | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes what was used last."""
        if event.type() is QEvent.Type.KeyPress:
            self._by_keyboard = True
        elif event.type() is QEvent.Type.MouseButtonPress:
            self._by_keyboard = False
            self._take_away()
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The focus has moved."""
        self._take_away()
        shows_itself = isinstance(now, (QLabel, QLineEdit, QPlainTextEdit, QAbstractItemView))
        if now is not None and self._by_keyboard and not shows_itself:
            self._ring = _Ring(now)

    def _take_away(self) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None


class _Ring(QWidget):
    """Lies upon a control, moves and goes with it, and lets the mouse through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(around.rect())
        around.installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect())
        # On a dark ground the yellow stands out; on a bright button the dark line does.
        inner = "bg" if theme.is_dark else "text"
        for inset, width, token in ((1.5, 3.0, "focus"), (3.5, 1.5, inner)):
            painter.setPen(QPen(theme.colour(token), width))
            painter.drawRoundedRect(ring.adjusted(inset, inset, -inset, -inset), 8, 8)
        painter.end()
