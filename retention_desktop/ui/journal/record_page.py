"""Reading a finished record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, line
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import record_title


class RecordPage(Page):
    """Shows every part of a record, and who each part is for."""

    share_requested = Signal(int)
    back_requested = Signal()

    def __init__(self, record: Record) -> None:
        super().__init__(record_title(record.head), width=READING)
        self._record_id = record.head.id
        summary = summarise(record, all_parts(record))
        self.column.setSpacing(12)
        self.column.insertWidget(0, driver_label(record.head.driver))
        self.column.addWidget(label(summary.when, "lead"))
        self.message = Message()
        self.column.addWidget(self.message)
        for section in summary.sections:
            self.column.addSpacing(6)
            self.column.addWidget(section_view(section, chip=audience_name(section.audience)))
            self.column.addWidget(line())
        if not summary.sections:
            self.column.addWidget(label(_("Nothing was written here."), "muted"))
        if summary.review:
            self.column.addWidget(label(summary.review, "strong"))
        share = button(_("Share a summary"), "primary", icon="share-2")
        back = button(_("Back to the journal"), icon="arrow-left")
        share.clicked.connect(self._on_share)
        back.clicked.connect(self.back_requested)
        self.column.addStretch(1)
        self.set_footer(back, share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_share(self) -> None:
        self.share_requested.emit(self._record_id)
