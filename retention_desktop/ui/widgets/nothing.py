"""What stands in the place of a list that has nothing in it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from retention_desktop.ui.widgets.page import button_row, card
from retention_desktop.ui.widgets.text import label


class NothingThere(QFrame):
    """Says why there is nothing, and offers one of its buttons. Hidden until then."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._title = label("", "card-title")
        self._help = label("", "muted")
        frame, layout = card()
        layout.addWidget(self._title)
        layout.addWidget(self._help)
        layout.addSpacing(4)
        layout.addLayout(button_row(*buttons))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)
        self.hide()

    def tell(self, title: str, help_text: str, offered: QPushButton) -> None:
        """Say why there is nothing, and offer this."""
        self._title.setText(title)
        self._help.setText(help_text)
        for each in self._buttons:
            each.setVisible(each is offered)
        self.show()
