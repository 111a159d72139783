"""What can be done with several records at once: tag them, share a summary, move to the bin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from retention_desktop.journal.tags import tag_records
from retention_desktop.models.views import Changes
from retention_desktop.ui.journal.binning import Binning
from retention_desktop.ui.journal.tag_line import TagLine
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import card
from retention_desktop.ui.widgets.text import announce, label

MOST_TOGETHER = 60  # more would take seconds to show, and nobody reads through so many


class ChosenBar(QWidget):
    """Says how many records are chosen and what can be done. `message` says how it ended."""

    none_requested = Signal()
    share_requested = Signal(object)  # the ids of the records, as they are listed
    binned = Signal()

    def __init__(self, session: Session, message: Message) -> None:
        super().__init__()
        self._session = session
        self._message = message
        self._records: tuple[int, ...] = ()
        frame, inner = card()
        self._words = label("", "strong")
        self._binning = Binning(session, message, self)
        self._binning.moved.connect(self.binned)
        self._bin = button(_("Move to the bin"), "quiet", icon="trash-2")
        self._bin.clicked.connect(self._on_bin)
        self._none = button(_("Choose none"), "quiet")
        self._tag = TagLine()
        self._tag.setAccessibleName(_("Tag for the chosen records"))
        self._tag.setPlaceholderText(_("A tag for all of them"))
        self._add = button(_("Add the tag"), icon="tag")
        self._share = button(_("Share a summary"), icon="share-2")
        self._none.clicked.connect(self.none_requested)
        self._tag.returnPressed.connect(self._on_tag)
        self._add.clicked.connect(self._on_tag)
        self._share.clicked.connect(self._on_share)
        note = label(_("You choose what of each leaves, and what stays."), "small")
        rows = QGridLayout()
        rows.setSpacing(10)
        rows.setColumnStretch(0, 1)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self._bin)
        head.addWidget(self._none)
        rows.addLayout(head, 0, 0, 1, 2)
        for row, (wide, control) in enumerate(
            ((self._tag, self._add), (note, self._share)), start=1
        ):
            rows.addWidget(wide, row, 0)
            rows.addWidget(control, row, 1)
        inner.addLayout(rows)
        inner.setContentsMargins(16, 10, 16, 12)
        outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 16)
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
    def _on_bin(self) -> None:
        self._binning.move(self._records)

    @Slot()
    def _on_share(self) -> None:
        if len(self._records) > MOST_TOGETHER:
            self._message.say(
                _("At most {count} records can be shared together. Choose fewer.").format(
                    count=MOST_TOGETHER
                )
            )
        else:
            self.share_requested.emit(self._records)
