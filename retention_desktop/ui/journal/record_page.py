"""Reading a finished record, and what one can do with it."""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.journal.records import last_use, list_versions
from retention_desktop.journal.written import count_words
from retention_desktop.models.enums import RecordState, WayOut
from retention_desktop.models.views import Record
from retention_desktop.sharing.card import card_text, make_card
from retention_desktop.sharing.differences import Difference, differences
from retention_desktop.sharing.leaving import write_card_out
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.clipboard import copy_text
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.journal.coming_back import ComingBack
from retention_desktop.ui.journal.related_view import RelatedView
from retention_desktop.ui.journal.shared_view import SharedView
from retention_desktop.ui.journal.tags_view import TagsView
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.share.remembering import remember
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, button_row, card, line
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import label, with_icon
from retention_desktop.ui.wording import record_title
from retention_desktop.vault import Vault


class Version(Struct, frozen=True):
    """Which version of an agreement a record is, from 1, and what changed since the one before."""

    number: int
    changes: tuple[Difference, ...]


def look_at_version(record: Record, vault: Vault) -> Version:
    """Which version of an agreement this finished record is."""
    ids = [head.id for head in list_versions(vault, record.head.id)]
    before = last_use(vault, record.head.id)
    return Version(ids.index(record.head.id) + 1, differences(before, record) if before else ())


class RecordPage(Page):
    """Shows every part of a record, and who each part is for.

    Without its tool it can only be read and shared. An agreement is given with its version.
    """

    share_requested = Signal(int)
    record_requested = Signal(int)  # another record
    again_requested = Signal(str, str)  # the id of the tool, and the other person's alias or ""
    review_requested = Signal(object)  # a Due, whether its day has come or not
    bin_requested = Signal(int)
    back_requested = Signal()

    def __init__(
        self,
        session: Session,
        dialogs: FileDialogs,
        record: Record,
        tool: Tool | None,
        version: Version | None = None,
    ) -> None:
        super().__init__(record_title(record.head), width=READING)
        self._session = session
        self._record = record
        summary = summarise(record, all_parts(record))
        self.column.setSpacing(12)
        self.column.insertWidget(0, driver_label(record.head.driver))
        self.column.addWidget(label(summary.when, "lead"))
        self.column.addWidget(label(_length_words(count_words(record)), "small"))
        self.message = Message()
        self.column.addWidget(self.message)
        if version is not None:
            self.column.addWidget(VersionView(version))
        for section in summary.sections:
            self.column.addSpacing(6)
            self.column.addWidget(section_view(section, chip=audience_name(section.audience)))
            self.column.addWidget(line())
        if not summary.sections:
            self.column.addWidget(label(_("Nothing was written here."), "muted"))
        if summary.agreed:
            self.column.addWidget(label(summary.agreed, "strong"))
        if record.head.state is RecordState.FINISHED:
            coming_back = ComingBack(session, record.head, tool)
            coming_back.review_requested.connect(self.review_requested)
            coming_back.record_requested.connect(self.record_requested)
            self.column.addWidget(coming_back)
        if tool is not None and record.head.state is RecordState.FINISHED:
            self._add_card(tool, dialogs)
            self._add_again(tool)
        self.column.addSpacing(10)
        self.column.addWidget(TagsView(session, record.head.id, record.tags))
        related = RelatedView(session, record.head.id, self.message.say_error)
        related.record_requested.connect(self.record_requested)
        self.column.addSpacing(10)
        self.column.addWidget(related)
        self.column.addSpacing(10)
        self.column.addWidget(SharedView(session, record.head.id, self.message.say_error))
        to_bin = button(_("Move to the bin"), "quiet", icon="trash-2")
        to_bin.clicked.connect(self._on_bin)
        self.column.addSpacing(10)
        self.column.addLayout(button_row(to_bin))
        share = button(_("Share a summary"), "primary", icon="share-2")
        back = button(_("Back"), icon="arrow-left")
        share.clicked.connect(self._on_share)
        back.clicked.connect(self.back_requested)
        self.column.addStretch(1)
        self.set_footer(back, share)

    def _add_card(self, tool: Tool, dialogs: FileDialogs) -> None:
        if tool.card is None:
            return
        self._card = make_card(self._record, tool.card)
        if not self._card.lines:
            return
        frame, inner = card()
        inner.addWidget(label(_("Make a card"), "card-title"))
        inner.addWidget(
            label(
                _("“{title}” on a page of its own, without names, to print or to paste.").format(
                    title=self._card.title
                ),
                "muted",
            )
        )
        save = button(_("Save the card as PDF…"), icon="file-down")
        copy = button(_("Copy as text"), icon="copy")
        save.clicked.connect(self._on_save_card)
        copy.clicked.connect(self._on_copy_card)
        inner.addLayout(button_row(save))
        inner.addLayout(button_row(copy))
        self._saving = PdfSaving(self, save, self.message, self._session, dialogs)
        self.column.addSpacing(6)
        self.column.addWidget(frame)

    def _add_again(self, tool: Tool) -> None:
        words = _("Make the next version") if tool.agreement else _("Use this tool again")
        again = button(words, icon="refresh-cw")
        again.clicked.connect(self._on_again)
        self._again_with = "" if tool.themes_only else self._record.head.person or ""
        self.column.addSpacing(6)
        self.column.addLayout(button_row(again))

    @Slot()
    def _on_share(self) -> None:
        self.share_requested.emit(self._record.head.id)

    @Slot()
    def _on_bin(self) -> None:
        self.bin_requested.emit(self._record.head.id)

    @Slot()
    def _on_again(self) -> None:
        self.again_requested.emit(self._record.head.tool_id, self._again_with)

    @property
    def _on_card(self) -> dict[int, tuple[str, ...]]:
        return {self._record.head.id: (self._card.title,)}

    @Slot()
    def _on_save_card(self) -> None:
        name = f"Card {self._session.today.isoformat()}.pdf"
        self._saving.ask(
            _("Save the card"),
            name,
            partial(write_card_out, self._card, made_on=self._session.today),
            then=partial(remember, self._session, WayOut.CARD, self._on_card, "", ""),
        )

    @Slot()
    def _on_copy_card(self) -> None:
        copy_text(card_text(self._card))
        self.message.say(
            _("Copied. Other programs can read it for half a minute, or until you lock.")
        )
        remember(self._session, WayOut.CLIPBOARD, self._on_card, "", "", "")
        self.scroller.verticalScrollBar().setValue(0)


def _length_words(count: int) -> str:
    if count == 1:
        return _("1 word written")
    return _("{count} words written").format(count=f"{count:,}")


class VersionView(QWidget):
    """The number of a version, and what changed since the one before, which can be folded away."""

    def __init__(self, version: Version) -> None:
        super().__init__()
        self._before = version.number - 1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            label(_("Version {number} of this agreement").format(number=version.number), "strong")
        )
        if not self._before:
            return
        self._toggle = button("", "quiet", icon="chevron-down")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self._changes, inner = card()
        for change in version.changes:
            _add_change(inner, change)
        if not version.changes:
            inner.addWidget(label(_("No words have changed."), "body"))
        layout.addLayout(button_row(self._toggle))
        layout.addWidget(self._changes)
        self._on_toggled(False)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        words = (
            _("Hide what changed since version {number}")
            if shown
            else _("What changed since version {number}")
        ).format(number=self._before)
        self._toggle.setText(f" {words}")
        self._toggle.setAccessibleName(words)
        self._toggle.setIcon(theme.icon("minus" if shown else "chevron-down", "accent", 18))
        self._changes.setVisible(shown)


def _add_change(layout: QVBoxLayout, change: Difference) -> None:
    """The question, then what is there no more and what is new; words and pictures say which."""
    layout.addWidget(label(change.heading, "strong"))
    for icon, sentence, texts in (
        ("minus", _("Removed: {text}"), change.removed),
        ("plus", _("Added: {text}"), change.added),
    ):
        for text in texts:
            said = selectable(sentence.format(text=text), "body")
            layout.addWidget(with_icon(icon, "accent" if icon == "plus" else "muted", said))
