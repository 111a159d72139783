"""Bars with their words; where there is something behind one, it can be opened."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from retention_desktop.toolkit.blocks import Bar, Bars
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.heat_table import CountBar
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label, with_icon


class BarsView(QWidget):
    """Each bar under its words. Where it `leads`, `chosen` carries the Bar whose records one wants.

    Without `drawn`, it is a table: the names at the left, beside them the words.
    """

    chosen = Signal(object)

    def __init__(self, bars: Bars, *, leads: bool = False, drawn: bool = True) -> None:
        super().__init__()
        self._bars = bars
        self._drawn = drawn
        self._margins = QMargins(8, 6, 8, 8) if leads else QMargins(0, 0, 0, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        if bars.name:
            layout.addWidget(selectable(bars.name, "strong"))
        for place, bar in enumerate(bars.bars):
            if leads and bar.records:
                layout.addWidget(self._leading(place, bar))
            else:
                layout.addLayout(self._row(bar))

    def _leading(self, place: int, bar: Bar) -> ContentButton:
        words = f"{bar.name}: {bar.words}"
        opens = ContentButton("row-button", _("{words}. See the records").format(words=words))
        opens.setProperty("bar", place)
        opens.clicked.connect(self._on_clicked)
        opens.set_content(self._row(bar))
        return opens

    def _row(self, bar: Bar) -> QBoxLayout:
        row: QBoxLayout
        if self._drawn:
            row = QVBoxLayout()
            row.setSpacing(4)
            row.addWidget(_with_driver(bar, label(f"{bar.name}: {bar.words}")))
            if any(bar.pieces):
                length = CountBar(bar.driver.value if bar.driver else "accent")
                length.show_counts(bar.pieces, self._bars.longest)
                row.addWidget(length)
        else:
            row = QHBoxLayout()
            row.setSpacing(14)
            row.addWidget(_with_driver(bar, label(bar.name)), 1, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(bar.words), 1, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(self._margins)
        return row

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._bars.bars[self.sender().property("bar")])


def _with_driver(bar: Bar, words: QLabel) -> QWidget:
    """The words, beside the icon of their driver if they tell of one."""
    if bar.driver is None:
        return words
    return with_icon(DRIVER_ICONS[bar.driver], bar.driver.value, words, pixels=18)
