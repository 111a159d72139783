"""Insights: what was written over time, for oneself. Each figure leads to its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.insights import Insights, read_insights
from retention_desktop.models.enums import Audience
from retention_desktop.sharing.insights import asked_over_time, tell_insights
from retention_desktop.sharing.levels import level_bars
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit.blocks import Bar, Bars, Block, Levels
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.insights.behind import Behind
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.bars_view import BarsView
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, Combo
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.heat_table import HeatTable
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, button_row, card, clear, line
from retention_desktop.ui.widgets.summary_view import block_view
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

THREE_MONTHS, YEAR = 92, 365  # days


class _Told(Struct, frozen=True):
    """What was found, and all of it told."""

    found: Insights
    everything: Summary


def look_back(tools: Sequence[Tool], since: date | None, vault: Vault) -> _Told:
    """What the journal holds since a day."""
    found = read_insights(vault, asked_over_time(tools), since=since)
    return _Told(found, tell_insights(found, tools, with_private=True))


def write_not_private(found: Insights, tools: Sequence[Tool], target: Path) -> None:
    """Write what may leave unless one says otherwise, as a PDF."""
    write_pdf(tell_insights(found, tools), target)


class InsightsScreen(Page):
    """Shows everything. What is private leaves only where one ticks it.

    `days` is how far it looks back at first; None is everything.
    """

    records_requested = Signal(object)  # Behind
    toolkit_requested = Signal()

    def __init__(self, session: Session, dialogs: FileDialogs, *, days: int | None = YEAR) -> None:
        super().__init__(_("Insights"), width=READING)
        self._session = session
        self._told: _Told | None = None
        lead = _(
            "What your journal shows over time. It is for you alone: nobody is compared, and "
            "nothing here is a score."
        )
        self.column.addWidget(label(lead, "lead"))
        self._message = Message()
        self.column.addWidget(self._message)
        name = _("Which time")
        self._period = Combo(
            name,
            [
                (_("The last three months"), THREE_MONTHS),
                (_("The last year"), YEAR),
                (_("Everything"), None),
            ],
        )
        self._period.setCurrentIndex(self._period.findData(days))
        self._period.currentIndexChanged.connect(self._look)
        self.column.addWidget(Field(name, self._period))
        self._words_alone = Choice(_("Show tables of words, without bars"))
        self._words_alone.toggled.connect(self._show)
        self.column.addWidget(self._words_alone)
        self._when = label("", "small")
        self.column.addWidget(self._when)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(16)
        self.column.addLayout(self._sections)
        self._empty = self._nothing_yet()
        self.column.addWidget(self._empty)
        self._private_too = Choice(_("Put private answers into the PDF too"))
        self._private_too.hide()
        self.column.addWidget(self._private_too)
        self.column.addStretch(1)
        self._save = button(_("Save PDF…"), "primary", icon="file-down")
        self._save.setEnabled(False)
        self._save.clicked.connect(self._on_save)
        self.set_footer(None, self._save)
        self._saving = PdfSaving(self, self._save, self._message, session, dialogs)
        self._look()

    def _nothing_yet(self) -> QWidget:
        frame, inner = card()
        self._nothing = label("", "card-title")
        inner.addWidget(self._nothing)
        inner.addWidget(
            label(
                _("After a few records you will see here what you came back to, and what grew."),
                "muted",
            )
        )
        tools = button(_("Look at the tools"))
        tools.clicked.connect(self.toolkit_requested)
        inner.addLayout(button_row(tools))
        frame.hide()
        return frame

    @Slot()
    def _look(self) -> None:
        days = self._period.currentData()
        since = None if days is None else self._session.today - timedelta(days=days)
        self._session.ask(
            self,
            partial(look_back, self._session.toolkit.every, since),
            done=self._on_told,
            failed=self._message.say_error,
        )

    def _on_told(self, told: _Told) -> None:
        self._told = told
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._told is None:
            return
        shown = self._told.everything
        clear(self._sections)
        self._when.setText(shown.when)
        for section in shown.sections:
            self._sections.addWidget(self._section(section))
            self._sections.addWidget(line())
        anything = bool(shown.sections)
        is_all = self._period.currentData() is None
        self._nothing.setText(
            _("Nothing is finished yet") if is_all else _("Nothing was finished in this time")
        )
        self._empty.setVisible(not anything)
        self._words_alone.setVisible(anything)
        self._when.setVisible(anything)
        self._save.setEnabled(anything)
        self._save.setToolTip("" if anything else _("There is nothing to save yet."))
        self._private_too.setVisible(
            any(section.audience is Audience.PRIVATE for section in shown.sections)
        )

    def _section(self, section: Section) -> QWidget:
        view = QWidget()
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(section.heading, "section"), 1)
        if section.audience is Audience.PRIVATE:
            chip = label(audience_name(section.audience), "chip", wrap=False)
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for block in section.blocks:
            for each in self._views(block):
                layout.addWidget(each)
        return view

    def _views(self, block: Block) -> list[QWidget]:
        match block:
            case Bars():
                return [self._bars(block)]
            case Levels():
                return [HeatTable(block), self._bars(level_bars(block))]
        return [block_view(block, "body")]

    def _bars(self, bars: Bars) -> BarsView:
        shown = replace(bars, bars=tuple(map(_shortly, bars.bars)))
        view = BarsView(shown, leads=True, drawn=not self._words_alone.isChecked())
        view.chosen.connect(self._on_bar)
        return view

    @Slot(object)
    def _on_bar(self, bar: Bar) -> None:
        self.records_requested.emit(Behind(bar, self._period.currentData()))

    @Slot()
    def _on_save(self) -> None:
        assert self._told is not None
        if self._private_too.isChecked():
            write = partial(write_pdf, self._told.everything)
        else:
            write = partial(write_not_private, self._told.found, self._session.toolkit.every)
        name = f"Insights {self._session.today.isoformat()}.pdf"
        self._saving.ask(_("Save your insights"), name, write)


def _shortly(bar: Bar) -> Bar:
    """A driver is called here what it is called on every screen; the PDF has its long name."""
    return bar if bar.driver is None else replace(bar, name=DRIVER_SHORT_NAMES[bar.driver])
