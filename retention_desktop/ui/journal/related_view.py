"""Records that have something to do with the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.related import Related, related_records
from retention_desktop.ui.journal.records_model import record_date
from retention_desktop.ui.journal.wording import why_related
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import record_title


class RelatedView(QWidget):
    """A button for each record, at most five; hidden where there is none."""

    record_requested = Signal(int)

    def __init__(
        self, session: Session, record_id: int, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(label(_("Related records"), "section"))
        self.hide()
        session.ask(
            self,
            partial(related_records, record_id=record_id),
            done=self._on_found,
            failed=failed,
        )

    def _on_found(self, found: tuple[Related, ...]) -> None:
        for related in found:
            self._layout.addWidget(self._row(related))
        self.setVisible(bool(found))

    def _row(self, related: Related) -> QWidget:
        head = related.head
        title, when, why = record_title(head), record_date(head), why_related(related)
        row = ContentButton("card-button", f"{title}. {when}. {why}")
        row.setProperty("record", head.id)
        row.clicked.connect(self._on_row)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(12)
        icon = icon_label(DRIVER_ICONS[head.driver], head.driver.value)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(title, "strong"))
        words.addWidget(label(f"{when} · {why}", "small"))
        line.addLayout(words, 1)
        row.set_content(line)
        return row

    @Slot()
    def _on_row(self) -> None:
        self.record_requested.emit(self.sender().property("record"))
