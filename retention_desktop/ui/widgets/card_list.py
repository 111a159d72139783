"""A list of cards, which the keyboard enters at a card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListView


class CardList(QListView):
    """Cards under each other, all of one height."""

    def __init__(self, name: str, help_text: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(help_text)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def enter(self) -> None:
        """Put the keyboard at the first card, if there is one."""
        if self.model().rowCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(self.model().index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason  # which chooses by itself
        if not by_mouse and not self.selectionModel().hasSelection():
            here = self.currentIndex()
            # Qt makes the first card the current one, but shows it only once it is chosen.
            self.setCurrentIndex(here if here.isValid() else self.model().index(0, 0))
