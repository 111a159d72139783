"""The records behind a figure, the newest first."""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.insights import list_these
from retention_desktop.models.views import RecordHead
from retention_desktop.toolkit.blocks import Bar
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, button_row
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import record_title

_PAGE = 50


class Behind(Struct, frozen=True):
    """A figure, and how many days were looked back over when it was chosen; None is everything."""

    bar: Bar
    days: int | None


class BehindPage(Page):
    """Lists the records of a figure. `record_requested` carries an id."""

    record_requested = Signal(int)
    back_requested = Signal(object)  # the Behind it shows

    def __init__(self, session: Session, behind: Behind) -> None:
        super().__init__(behind.bar.name, width=READING)
        self._session = session
        self._behind = behind
        self._last: RecordHead | None = None
        self.column.addWidget(label(behind.bar.words, "lead"))
        self._message = Message()
        self.column.addWidget(self._message)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.column.addLayout(self._rows)
        self._more = button(_("Show more"))
        self._more.hide()
        self._more.clicked.connect(self._look)
        self.column.addLayout(button_row(self._more))
        self.column.addStretch(1)
        back = button(_("Back to insights"), icon="arrow-left")
        back.clicked.connect(self._on_back)
        self.set_footer(back)
        self._look()

    @Slot()
    def _look(self) -> None:
        self._session.ask(
            self,
            partial(list_these, record_ids=self._behind.bar.records, limit=_PAGE, after=self._last),
            done=self._on_found,
            failed=self._message.say_error,
        )

    def _on_found(self, heads: tuple[RecordHead, ...]) -> None:
        is_first = self._last is None
        rows = [self._row(head) for head in heads]
        for row in rows:
            self._rows.addWidget(row)
        if heads:
            self._last = heads[-1]
        self._more.setVisible(len(heads) == _PAGE)
        if rows and not is_first:
            rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, head: RecordHead) -> QWidget:
        title, when = (
            record_title(head),
            long_date((head.finished or head.updated).astimezone().date()),
        )
        row = ContentButton("row-button", ". ".join(filter(None, (title, when, head.preview))))
        row.setProperty("record", head.id)
        row.clicked.connect(self._on_row)
        content = QHBoxLayout()
        content.setContentsMargins(8, 8, 8, 8)
        content.setSpacing(12)
        icon = icon_label(DRIVER_ICONS[head.driver], head.driver.value, 18)
        content.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "row"))
        words.addWidget(label(" · ".join(filter(None, (when, head.preview))), "small"))
        content.addLayout(words, 1)
        row.set_content(content)
        return row

    @Slot()
    def _on_row(self) -> None:
        self.record_requested.emit(self.sender().property("record"))

    @Slot()
    def _on_back(self) -> None:
        self.back_requested.emit(self._behind)
