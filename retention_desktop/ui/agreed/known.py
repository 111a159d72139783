"""What is known of an agreed action."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.models.views import ActionHead
from retention_desktop.ui.agreed.wording import facts, standing
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label


class KnownView(QWidget):
    """Says what was agreed, where it stands and the facts; leads to the record it comes from."""

    record_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._title = label()

    def arrive(self) -> None:
        """Put the keyboard at the top; a screen reader hears what was agreed."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, action: ActionHead, today: date) -> None:
        """Show an action as it is now."""
        clear(self._column)
        self._title = label(action.text, "big-card-title")
        self._column.addWidget(self._title)
        if action.driver is not None:
            self._column.addWidget(driver_label(action.driver))
        stands = standing(action, today)
        self._column.addWidget(label(stands[:1].upper() + stands[1:], "strong"))
        if action.why:
            self._column.addWidget(selectable(action.why, "body"))
        for fact in facts(action, today):
            self._column.addWidget(label(fact, "muted"))
        if action.record_id is not None:
            opens = button(_("Read the record"), "quiet", icon="book-open")
            opens.setAccessibleDescription(action.title)
            opens.clicked.connect(self.record_wanted)
            self._column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeft)
