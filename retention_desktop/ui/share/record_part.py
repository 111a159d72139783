"""One record in what is to leave: its parts, and its place among the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import PERSON, REVIEW, all_parts, summarise
from retention_desktop.ui.share.part import PartRow, TickRow
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.text import label


class RecordPart(QWidget):
    """Takes what of a record leaves. `moved` and `taken_out` carry its id."""

    composed = Signal()
    moved = Signal(int, int)
    taken_out = Signal(int)

    def __init__(self, record: Record, chosen: frozenset[str]) -> None:
        super().__init__()
        self.record = record
        self.record_id = record.head.id
        self.copies: dict[tuple[int, str], tuple[str, ...]] = {}
        self._ticks: dict[str, TickRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(10)
        everything = summarise(record, all_parts(record))
        self._up = icon_button("arrow-up", _("Tell this one earlier"))
        self._down = icon_button("arrow-down", _("Tell this one later"))
        self._out = icon_button("x", _("Leave this one out"))
        for each in (self._up, self._down, self._out):
            each.setAccessibleDescription(f"{everything.title}, {everything.when}")
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._out.clicked.connect(self._on_out)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(everything.title, "section"))
        words.addWidget(label(everything.when, "small"))
        head.addLayout(words, 1)
        for each in (self._up, self._down, self._out):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._head)
        for section in everything.sections:
            row = PartRow(section, taken_in=section.part in chosen)
            row.said.connect(self._on_said)
            row.unsaid.connect(self._on_unsaid)
            self._add(section.part, row)
        if everything.person:
            name = _("Who it was with: {person}").format(person=everything.person)
            self._add(PERSON, TickRow(name))
        if everything.review:
            self._add(REVIEW, TickRow(everything.review))
        self.choose(chosen)

    @property
    def chosen(self) -> frozenset[str]:
        """The parts that are ticked."""
        return frozenset(part for part, row in self._ticks.items() if row.tick.isChecked())

    def choose(self, chosen: frozenset[str]) -> None:
        """Tick these, and no others."""
        for part, row in self._ticks.items():
            row.tick.setChecked(part in chosen)

    def show_copy(self, part: str, texts: tuple[str, ...]) -> None:
        """Show the words of the copy, in which something was replaced."""
        row = self._ticks[part]
        assert isinstance(row, PartRow)
        row.show_texts(texts)

    def show_place(self, *, is_first: bool, is_last: bool) -> None:
        """One record alone has no order, and cannot be left out."""
        is_alone = is_first and is_last
        self._head.setVisible(not is_alone)
        self._up.setEnabled(not is_first)
        self._down.setEnabled(not is_last)

    def take_focus(self, moved_by: int) -> None:
        """Stay on what moved it, or on what can be done with it."""
        wanted = {-1: self._up, 1: self._down}.get(moved_by, self._out)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, part: str, row: TickRow) -> None:
        self._ticks[part] = row
        row.tick.clicked.connect(self.composed)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(row)

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
