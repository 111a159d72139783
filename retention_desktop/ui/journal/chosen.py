"""What can be done with several records at once: tag them, save their summaries as one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from retention_desktop.journal.records import get_record
from retention_desktop.journal.tags import tag_records
from retention_desktop.models.views import Changes
from retention_desktop.sharing.pdf import write_one_pdf
from retention_desktop.sharing.summary import Summary, summarise
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.journal.tag_line import TagLine
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import card
from retention_desktop.ui.widgets.text import announce, label
from retention_desktop.vault import Vault


class ChosenBar(QWidget):
    """Says how many records are chosen and what can be done. `message` says how it ended."""

    none_requested = Signal()

    def __init__(self, session: Session, dialogs: FileDialogs, message: Message) -> None:
        super().__init__()
        self._session = session
        self._message = message
        self._records: tuple[int, ...] = ()
        frame, inner = card()
        self._words = label("", "strong")
        self._none = button(_("Choose none"), "quiet")
        self._tag = TagLine()
        self._tag.setAccessibleName(_("Tag for the chosen records"))
        self._tag.setPlaceholderText(_("A tag for all of them"))
        self._add = button(_("Add the tag"), icon="tag")
        self._save = button(_("Save as one PDF…"), icon="file-down")
        self._none.clicked.connect(self.none_requested)
        self._tag.returnPressed.connect(self._on_tag)
        self._add.clicked.connect(self._on_tag)
        self._save.clicked.connect(self._on_save)
        self._saving = PdfSaving(self, self._save, message, session, dialogs)
        note = label(_("The PDF leaves out what is private, and whom it was with."), "small")
        rows = QGridLayout()
        rows.setSpacing(10)
        rows.setColumnStretch(0, 1)
        for row, (wide, control) in enumerate(
            ((self._words, self._none), (self._tag, self._add), (note, self._save))
        ):
            rows.addWidget(wide, row, 0)
            rows.addWidget(control, row, 1)
        inner.addLayout(rows)
        inner.setContentsMargins(16, 10, 16, 12)
        outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.hide()

    def offer(self, tags: Sequence[str]) -> None:
        """Offer these tags."""
        self._tag.offer(tags)

    def show_chosen(self, records: tuple[int, ...]) -> None:
        """These are chosen; the bar is there for more than one."""
        is_news = len(records) != len(self._records)
        self._records = records
        words = _("{count} records chosen").format(count=f"{len(records):,}")
        self._words.setText(words)
        self.setVisible(len(records) > 1)
        if is_news and len(records) > 1:
            announce(self, words)

    @Slot()
    def _on_tag(self) -> None:
        if not self._tag.text().strip():
            self._message.say(_("Write the tag first."))
            self._tag.setFocus()
            return
        self._session.tell(
            self,
            partial(
                tag_records,
                records=self._records,
                tag=self._tag.text(),
                now=self._session.now(),
            ),
            done=self._on_tagged,
            failed=self._message.say_error,
        )

    def _on_tagged(self, changes: Changes) -> None:
        self._message.say(
            _("{count} records have the tag “{tag}”.").format(
                count=f"{len(changes.records):,}", tag=self._tag.text().strip()
            )
        )
        self._tag.clear()

    @Slot()
    def _on_save(self) -> None:
        self._session.ask(
            self,
            partial(_summaries, records=self._records),
            done=self._on_summaries,
            failed=self._message.say_error,
        )

    def _on_summaries(self, summaries: tuple[Summary, ...]) -> None:
        if not summaries:
            self._message.say(
                _("All that was written there is private, so nothing would be saved.")
            )
            return
        name = f"Summaries {self._session.today.isoformat()}.pdf"
        self._saving.ask(_("Save the summaries"), name, partial(write_one_pdf, summaries))


def _summaries(vault: Vault, records: tuple[int, ...]) -> tuple[Summary, ...]:
    """What is not private of each record, in the order of the list; records without it are out."""
    summaries = (summarise(get_record(vault, each)) for each in records)
    return tuple(each for each in summaries if each.sections)
