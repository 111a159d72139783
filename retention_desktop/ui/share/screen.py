"""Share: tick what is to leave, see exactly that, and save it as a PDF."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from retention_desktop.models.enums import Audience
from retention_desktop.models.views import Record
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import (
    PERSON,
    REVIEW,
    Section,
    all_parts,
    default_parts,
    summarise,
)
from retention_desktop.toolkit.blocks import plain_text
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page, clear
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import Look, label

_BESIDE_FROM = 860  # the width, at 100 % text, from which the page stands beside the choices
_GLIMPSE = 48


class ShareScreen(QWidget):
    """Chooses the parts of one record. Private parts start unticked."""

    closed = Signal(int)

    def __init__(self, session: Session, dialogs: FileDialogs, record: Record) -> None:
        super().__init__()
        self._session = session
        self._record = record

        choices = Page(_("Share a summary"), width=540)
        self._choices = choices
        choices.column.setSpacing(10)
        choices.column.addWidget(
            label(_("Choose what leaves. Everything else stays here."), "lead")
        )
        self._message = Message()
        choices.column.addWidget(self._message)
        self._ticks: dict[str, Choice] = {}
        ticked = default_parts(record)
        everything = summarise(record, all_parts(record))
        for section in everything.sections:
            choices.column.addWidget(self._part(section, ticked=section.part in ticked))
        if everything.person:
            name = _("Who it was with: {person}").format(person=everything.person)
            choices.column.addWidget(self._tick_row(PERSON, name, "", "", ticked=False))
        if everything.review:
            choices.column.addWidget(self._tick_row(REVIEW, everything.review, "", "", ticked=True))
        choices.column.addStretch(1)
        self._cancel = button(_("Back to the record"), icon="arrow-left")
        self._save = button(_("Save PDF…"), "primary", icon="file-down")
        self._cancel.clicked.connect(self._on_cancel)
        self._save.clicked.connect(self._on_save)
        choices.set_footer(self._cancel, self._save)
        self._saving = PdfSaving(choices, self._save, self._message, session, dialogs)

        self._paper = QFrame()
        self._paper.setObjectName("paper")
        self._on_paper = QVBoxLayout(self._paper)
        self._on_paper.setContentsMargins(36, 32, 36, 32)
        self._on_paper.setSpacing(12)
        self._preview = QScrollArea()
        self._preview.setWidgetResizable(True)
        self._preview.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._preview.setAccessibleName(_("What will leave"))
        self._preview.setWidget(self._paper)
        beside = QWidget()
        around = QVBoxLayout(beside)
        around.setContentsMargins(0, 36, 32, 24)
        around.addWidget(self._preview)
        self._beside = beside
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(choices, 11)
        self._layout.addWidget(beside, 9)
        self._below = label(_("What will leave"), "section")
        self._below.hide()
        self._is_wide = True
        self._show_paper()

    @property
    def chosen(self) -> frozenset[str]:
        """The parts that are ticked."""
        return frozenset(part for part, tick in self._ticks.items() if tick.isChecked())

    def arrive(self) -> None:
        """Start at the title."""
        self._choices.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the record."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the choices where there is room, else below them."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_BESIDE_FROM)
        if wide != self._is_wide:
            self._is_wide = wide
            self._move_paper()

    def _move_paper(self) -> None:
        column = self._choices.column
        if self._is_wide:
            column.removeWidget(self._below)
            column.removeWidget(self._paper)
            self._preview.setWidget(self._paper)
        else:
            self._preview.takeWidget()
            column.insertWidget(column.count() - 1, self._below)
            column.insertWidget(column.count() - 1, self._paper)
        self._paper.show()
        self._below.setVisible(not self._is_wide)
        self._beside.setVisible(self._is_wide)

    def _part(self, section: Section, *, ticked: bool) -> QFrame:
        is_private = section.audience is Audience.PRIVATE
        glimpse = " ".join(plain_text(section.blocks).split())
        if is_private:
            glimpse = _("Only you can see this. Tick it if you mean it to leave.")
        elif len(glimpse) > _GLIMPSE:
            glimpse = glimpse[:_GLIMPSE].rsplit(" ", 1)[0] + "…"
        chip = audience_name(section.audience)
        return self._tick_row(section.part, section.heading, glimpse, chip, ticked=ticked)

    def _tick_row(self, part: str, name: str, glimpse: str, chip: str, *, ticked: bool) -> QFrame:
        frame = QFrame()
        frame.setObjectName("card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 10, 14, 12)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        tick = Choice(name)
        tick.setFont(theme.font(15, theme.font(15).Weight.DemiBold))
        tick.setChecked(ticked)
        tick.setAccessibleDescription(f"{chip}. {glimpse}" if chip else glimpse)
        tick.toggled.connect(self._show_paper)
        self._ticks[part] = tick
        words.addWidget(tick)
        if glimpse:
            below = label(glimpse, "muted")
            below.setContentsMargins(Choice.indent(), 0, 0, 0)
            words.addWidget(below)
        row.addLayout(words, 1)
        if chip:
            look: Look = "chip" if chip == audience_name(Audience.PRIVATE) else "chip-on"
            row.addWidget(label(chip, look, wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        return frame

    @Slot()
    def _show_paper(self) -> None:
        clear(self._on_paper)
        summary = summarise(self._record, self.chosen)
        self._on_paper.addWidget(label(summary.title, "big-card-title"))
        with_whom = _(", with {person}").format(person=summary.person) if summary.person else ""
        self._on_paper.addWidget(label(summary.when + with_whom, "small"))
        for section in summary.sections:
            self._on_paper.addWidget(section_view(section, look="body"))
        for ending in filter(None, (summary.agreed, summary.review)):
            self._on_paper.addWidget(label(ending, "strong"))
        if not summary.sections:
            self._on_paper.addWidget(label(_("Nothing is ticked yet."), "muted"))
        self._on_paper.addStretch(1)

    @Slot()
    def _on_cancel(self) -> None:
        self.closed.emit(self._record.head.id)

    @Slot()
    def _on_save(self) -> None:
        if not self.chosen:
            self._message.say(_("Tick at least one part first."), tone="warn")
            return
        # The name says nothing of what is in it: file names are seen by other programs.
        name = f"Summary {self._session.today.isoformat()}.pdf"
        write = partial(write_pdf, summarise(self._record, self.chosen))
        self._saving.ask(_("Save the summary"), name, write)
