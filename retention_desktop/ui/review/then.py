"""What was written then, and the earlier looks at it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from retention_desktop.models.views import ActionHead, Record
from retention_desktop.sharing.summary import LOOKS, all_parts, summarise
from retention_desktop.ui.agreed.wording import facts, kind_name
from retention_desktop.ui.review.history import HistoryView
from retention_desktop.ui.review.matter import Matter
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.page import READING, Page, button_row, line
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import due_words


class ThenPage(Page):
    """The page to read. `record_requested` carries the id of the record."""

    record_requested = Signal(int)

    def __init__(self, matter: Matter, today: date) -> None:
        super().__init__(matter.title, width=READING)
        self._matter = matter
        if matter.due.driver is not None:
            self.column.insertWidget(0, driver_label(matter.due.driver))
        waits = due_words(matter.due.on, today)
        self.column.addWidget(label(waits[:1].upper() + waits[1:], "lead"))
        self.to_now = button(_("Go to what is true now"), "quiet", icon="arrow-down")
        self.column.addLayout(button_row(self.to_now))
        if matter.action is not None:
            self._add_facts(matter.action, today)
        if matter.record is not None:
            self._add_record(matter.record)
        if matter.reviews:
            self.column.addWidget(line())
            self.column.addWidget(HistoryView(matter.reviews))
        self.column.addStretch(1)

    def _add_facts(self, action: ActionHead, today: date) -> None:
        told = QVBoxLayout()
        told.setSpacing(4)
        for words in (kind_name(action.kind), *facts(action, today)):
            told.addWidget(label(words, "muted"))
        self.column.addLayout(told)

    def _add_record(self, record: Record) -> None:
        summary = summarise(record, all_parts(record) - {LOOKS})
        said = _("What was written on {day}").format(day=summary.when)
        self.column.addWidget(label(said, "section"))
        for section in summary.sections:
            self.column.addWidget(section_view(section, look="body"))
        if not summary.sections:
            self.column.addWidget(label(_("Nothing was written here."), "muted"))
        opens = button(_("Read the record"), "quiet", icon="book-open")
        opens.setAccessibleDescription(record.head.title)
        opens.clicked.connect(self._on_record)
        self.column.addLayout(button_row(opens))

    @Slot()
    def _on_record(self) -> None:
        assert self._matter.record is not None
        self.record_requested.emit(self._matter.record.head.id)
