"""One record in what is to leave: its parts, and its place among the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.models.views import Record
from retention_desktop.sharing.composing import Composition
from retention_desktop.sharing.summary import PERSON, REVIEW, all_parts, summarise
from retention_desktop.ui.share.part import PartRow, TickRow
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.text import label


class RecordPart(QWidget):
    """Takes what of a record leaves. Among others it is closed, and says how much of it leaves.

    `moved` and `taken_out` carry its id.
    """

    composed = Signal()
    moved = Signal(int, int)
    taken_out = Signal(int)

    def __init__(self, record: Record, composition: Composition, *, is_alone: bool) -> None:
        super().__init__()
        self.record = record
        self.record_id = record.head.id
        self.chosen = composition.chosen[self.record_id]
        self.copies = {
            key: texts for key, texts in composition.copies.items() if key[0] == self.record_id
        }
        self._everything = summarise(record, all_parts(record))
        self._ticks: dict[str, TickRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(10)
        head = self._head()
        head.setVisible(not is_alone)
        layout.addWidget(head)
        layout.addLayout(self._rows)
        if is_alone:
            self._open()

    def choose(self, chosen: frozenset[str]) -> None:
        """Tick these, and no others."""
        self.chosen = chosen
        for part, row in self._ticks.items():
            row.tick.setChecked(part in chosen)
        self._say_how_much()

    def show_copy(self, part: str, texts: tuple[str, ...]) -> None:
        """Take other words for a part, and show them where it is open."""
        self.copies[self.record_id, part] = texts
        row = self._ticks.get(part)
        if isinstance(row, PartRow):
            row.show_texts(texts)

    def show_place(self, *, is_first: bool, is_last: bool) -> None:
        """The first cannot go up, the last not down, and one alone must stay."""
        self._up.setEnabled(not is_first)
        self._down.setEnabled(not is_last)
        self._out.setEnabled(not (is_first and is_last))

    def take_focus(self, moved_by: int) -> None:
        """Stay on what moved it, or on what can be done with it."""
        wanted = {-1: self._up, 1: self._down}.get(moved_by, self._toggle)
        (wanted if wanted.isEnabled() else self._toggle).setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QWidget:
        told = self._everything
        self._toggle = button("", "quiet", icon="chevron-down")
        self._toggle.setAccessibleDescription(f"{told.title}, {told.when}")
        self._toggle.clicked.connect(self._on_toggle)
        self._up = icon_button("arrow-up", _("Tell this one earlier"))
        self._down = icon_button("arrow-down", _("Tell this one later"))
        self._out = icon_button("x", _("Leave this one out"))
        for each, slot in (
            (self._up, self._on_up),
            (self._down, self._on_down),
            (self._out, self._on_out),
        ):
            each.setAccessibleDescription(f"{told.title}, {told.when}")
            each.clicked.connect(slot)
        made = QWidget(self)
        head = QHBoxLayout(made)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(told.title, "section"))
        words.addWidget(label(told.when, "small"))
        words.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(words, 1)
        for each in (self._up, self._down, self._out):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        self._say_how_much()
        return made

    def _say_how_much(self) -> None:
        parts = [section.part for section in self._everything.sections]
        words = _("{count} of {all} parts are in it").format(
            count=len(self.chosen.intersection(parts)), all=len(parts)
        )
        self._toggle.setText(f" {words}")
        self._toggle.setAccessibleName(words)

    def _open(self) -> None:
        for section in self._everything.sections:
            row = PartRow(section, taken_in=section.part in self.chosen)
            row.said.connect(self._on_said)
            row.unsaid.connect(self._on_unsaid)
            self._add(section.part, row)
            if texts := self.copies.get((self.record_id, section.part)):
                row.show_texts(texts)
        if self._everything.person:
            name = _("Who it was with: {person}").format(person=self._everything.person)
            self._add(PERSON, TickRow(name))
        if self._everything.review:
            self._add(REVIEW, TickRow(self._everything.review))

    def _add(self, part: str, row: TickRow) -> None:
        row.tick.setChecked(part in self.chosen)
        row.tick.clicked.connect(self._on_ticked)
        self._ticks[part] = row
        self._rows.addWidget(row)

    @Slot()
    def _on_toggle(self) -> None:
        if not self._ticks:
            self._open()
        else:
            is_open = next(iter(self._ticks.values())).isVisible()
            for row in self._ticks.values():
                row.setVisible(not is_open)

    @Slot()
    def _on_ticked(self) -> None:
        self.chosen = frozenset(part for part, row in self._ticks.items() if row.tick.isChecked())
        self._say_how_much()
        self.composed.emit()

    @Slot()
    def _on_up(self) -> None:
        self.moved.emit(self.record_id, -1)

    @Slot()
    def _on_down(self) -> None:
        self.moved.emit(self.record_id, 1)

    @Slot()
    def _on_out(self) -> None:
        self.taken_out.emit(self.record_id)

    @Slot(str, object)
    def _on_said(self, part: str, texts: tuple[str, ...]) -> None:
        self.copies[self.record_id, part] = texts
        self.composed.emit()

    @Slot(str)
    def _on_unsaid(self, part: str) -> None:
        self.copies.pop((self.record_id, part), None)
        self.composed.emit()
