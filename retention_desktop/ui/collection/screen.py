"""A collection of a tool: what all its uses hold together, over the time one chooses."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from retention_desktop.journal.records import finished_records
from retention_desktop.models.enums import Audience
from retention_desktop.sharing.gathering import gather
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit.blocks import Bullets, Grid
from retention_desktop.toolkit.definition import Collection, Comparison, Tool
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, Combo
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, clear, line
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_THREE_MONTHS, _YEAR = 92, 365  # days
_MOST_SHOWN = 100  # rows or lines of one part: more would make the page slow


class Gathered(Struct, frozen=True):
    """What was gathered: all of it, and what of it may leave unless one says otherwise."""

    everything: Summary
    not_private: Summary


def look_through(tool: Tool, collection: Collection, since: date | None, vault: Vault) -> Gathered:
    """The collection over all finished records of its tool since a day."""

    def gathered(*, with_private: bool) -> Summary:
        records = finished_records(vault, tool.id, since=since)
        return gather(records, tool, collection, with_private=with_private)

    return Gathered(gathered(with_private=True), gathered(with_private=False))


class CollectionScreen(Page):
    """Shows everything that was gathered. What is private leaves only where one ticks it."""

    closed = Signal(str)  # the id of the tool

    def __init__(
        self, session: Session, dialogs: FileDialogs, tool: Tool, collection: Collection
    ) -> None:
        super().__init__(collection.title, width=READING)
        self._session = session
        self._tool = tool
        self._collection = collection
        self._gathered: Gathered | None = None
        self.column.setSpacing(12)
        self.column.addWidget(label(collection.text, "lead"))
        self._message = Message()
        self.column.addWidget(self._message)
        self._period: Combo | None = None
        if not isinstance(collection, Comparison):  # which is of the last two, whenever they were
            name = _("Which time")
            self._period = Combo(
                name,
                [
                    (_("Everything"), None),
                    (_("The last year"), _YEAR),
                    (_("The last three months"), _THREE_MONTHS),
                ],
            )
            self._period.currentIndexChanged.connect(self._look)
            self.column.addWidget(Field(name, self._period))
        self._when = label("", "small")
        self.column.addWidget(self._when)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(12)
        self.column.addLayout(self._sections)
        self._private_too = Choice(_("Put private answers into the PDF too"))
        self._private_too.hide()
        self.column.addWidget(self._private_too)
        self.column.addStretch(1)
        back = button(_("Back to the tool"), icon="arrow-left")
        self._save = button(_("Save PDF…"), "primary", icon="file-down")
        self._save.setEnabled(False)
        back.clicked.connect(self._on_back)
        self._save.clicked.connect(self._on_save)
        self.set_footer(back, self._save)
        self._saving = PdfSaving(self, self._save, self._message, session, dialogs)
        self._look()

    @Slot()
    def _look(self) -> None:
        days = self._period.currentData() if self._period else None
        since = None if days is None else self._session.today - timedelta(days=days)
        self._session.ask(
            self,
            partial(look_through, self._tool, self._collection, since),
            done=self._on_gathered,
            failed=self._message.say_error,
        )

    def _on_gathered(self, gathered: Gathered) -> None:
        self._gathered = gathered
        shown = gathered.everything
        clear(self._sections)
        self._when.setText(shown.when)
        for section in shown.sections:
            short, left_out = _shortened(section)
            chip = audience_name(section.audience)
            self._sections.addWidget(section_view(short, chip=chip))
            if left_out:
                sentence = _("The first {shown} are here. The PDF holds {count} more.")
                text = sentence.format(shown=_MOST_SHOWN, count=f"{left_out:,}")
                self._sections.addWidget(label(text, "muted"))
            self._sections.addWidget(line())
        if not shown.sections:
            sentence = _(
                "There is nothing here yet. What you write in “{title}” is gathered here once you "
                "have finished it."
            )
            self._sections.addWidget(label(sentence.format(title=self._tool.title), "muted"))
        self._save.setEnabled(bool(shown.sections))
        self._private_too.setVisible(
            any(section.audience is Audience.PRIVATE for section in shown.sections)
        )

    @Slot()
    def _on_back(self) -> None:
        self.closed.emit(self._tool.id)

    @Slot()
    def _on_save(self) -> None:
        assert self._gathered is not None
        with_private = self._private_too.isChecked()
        summary = self._gathered.everything if with_private else self._gathered.not_private
        if not summary.sections:
            self._message.say(
                _("All of this is private. Tick the box below it if you mean it to leave."),
                tone="warn",
            )
            self._private_too.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name = f"Gathered {self._session.today.isoformat()}.pdf"
        self._saving.ask(_("Save what was gathered"), name, partial(write_pdf, summary))


def _shortened(section: Section) -> tuple[Section, int]:
    """The section with as much of each list and table as a page holds, and how much is left out."""
    left_out = 0
    blocks = []
    for block in section.blocks:
        match block:
            case Grid(rows=entries):
                block = replace(block, rows=entries[:_MOST_SHOWN])
            case Bullets(items=entries):
                block = replace(block, items=entries[:_MOST_SHOWN])
            case _:
                entries = ()
        left_out += len(entries[_MOST_SHOWN:])
        blocks.append(block)
    return replace(section, blocks=tuple(blocks)), left_out
