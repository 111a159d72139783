"""Buttons in rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget


class InRows(QWidget):
    """Buttons in rows, as many abreast as there is room for."""

    _GAP = 10

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._GAP)
        self._across = 0
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(each.sizeHint().width() for each in self._buttons) + self._GAP
        self._arrange(max(1, min(len(self._buttons), (self.width() + self._GAP) // widest)))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, each in enumerate(self._buttons):
            self._grid.addWidget(each, *divmod(place, across))
