"""Bars with their words; where there is something behind one, it can be opened."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.toolkit.blocks import Bar, Bars
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.heat_table import CountBar
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label


class BarsView(QWidget):
    """Each bar under its words. Where it `leads`, `chosen` carries the Bar whose records one wants.

    Without `drawn`, it is the words alone.
    """

    chosen = Signal(object)

    def __init__(self, bars: Bars, *, leads: bool = False, drawn: bool = True) -> None:
        super().__init__()
        self._bars = bars
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if bars.name:
            layout.addWidget(selectable(bars.name, "strong"))
        for place, bar in enumerate(bars.bars):
            words = f"{bar.name}: {bar.words}"
            row = QVBoxLayout()
            row.setSpacing(4)
            if leads and bar.records:
                row.setContentsMargins(8, 6, 8, 8)
                row.addWidget(label(words))
                opens = ContentButton(
                    "row-button", _("{words}. See the records").format(words=words)
                )
                opens.setProperty("bar", place)
                opens.clicked.connect(self._on_clicked)
                opens.set_content(row)
                layout.addWidget(opens)
            else:
                row.setContentsMargins(8 if leads else 0, 6, 8 if leads else 0, 8)
                row.addWidget(selectable(words, "body"))
                layout.addLayout(row)
            if drawn:
                row.addWidget(self._drawn(bar))

    def _drawn(self, bar: Bar) -> CountBar:
        made = CountBar()
        made.show_counts(bar.pieces, self._bars.longest)
        return made

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._bars.bars[self.sender().property("bar")])
