"""The editor of levels: a grid in which each cell is chosen, and beneath it the picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.toolkit.blocks import Levels as LevelsBlock
from retention_desktop.toolkit.reading import blocks
from retention_desktop.ui.runner.editors.base import Around, Editor, scroll_to
from retention_desktop.ui.runner.editors.level_cell import LevelCell, needed_width
from retention_desktop.ui.runner.editors.level_row import NAME_WIDTH, CaseCard, LevelRow
from retention_desktop.ui.runner.editors.rows import rows_to_show
from retention_desktop.ui.theme import BODY, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.heat_table import LevelBars, LevelLabel, widest_word
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label

_GAP = 3


class Levels(Editor):
    """A row for each case: a grid where all words have room, else a card; then the picture.

    The grid is a heat table itself. Either way the same fields are shown, only laid out otherwise.
    """

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._around = around
        self._levels = prompt.columns[1:]
        self._scale = self._levels[0].options
        self._rows: list[LevelRow] = []
        self._column = 0
        self._meanings = _Meanings(self._levels)
        self._place = QVBoxLayout()
        self._add = button(_("Add another row"), "quiet", icon="plus")
        self._add.clicked.connect(self._on_add)
        self._picture = QWidget()
        self._in_picture = QVBoxLayout(self._picture)
        self._in_picture.setContentsMargins(0, 6, 0, 0)
        self._in_picture.setSpacing(12)
        self._in_picture.addWidget(label(_("How it looks together"), "section"))
        self._bars: LevelBars | None = None
        self.body.setSpacing(12)
        self.body.addWidget(self._meanings)
        self.body.addLayout(self._place)
        keys = _("Click a level, or use the arrow keys and 1 to {last}. Delete takes it back.")
        self.body.addWidget(label(keys.format(last=len(self._scale)), "small"))
        self.body.addLayout(button_row(self._add))
        self._add.setVisible(not prompt.rows)
        self.body.addWidget(self._picture)
        self.body.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides between grid and cards, not the reverse
        self._is_grid = True
        self._holder: QWidget | None = None
        self._lay_out()
        self.set_value([])

    @property
    def value(self) -> Value | None:
        return [row for each in self._rows if (row := each.value)] or None

    def set_value(self, value: Value) -> None:
        for each in self._rows[:]:
            self._drop(each)
        for row in rows_to_show(self.prompt, cast("list[TableRow]", value)):
            self._add_row(row)
        self._number()
        self._draw()

    @property
    def is_grid(self) -> bool:
        """Whether there is room for the grid; else there are cards."""
        return self._is_grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_grid = self.width() >= self._needed_width
        if is_grid is not self._is_grid:
            self._is_grid = is_grid
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a name goes to the levels of its row, not to the next page."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        named = next((each for each in self._rows if each.name.hasFocus()), None)
        if is_enter and named is not None:
            named.cells[self._column].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    @property
    def _needed_width(self) -> int:
        """Of the grid, in pixels: with less, words would be cut."""
        remove = 0 if self.prompt.rows else 40 + _GAP
        return sum(self._widths) + _GAP * (len(self._widths) - 1) + remove

    @property
    def _widths(self) -> list[int]:
        bold = QFont.Weight.DemiBold
        name = max(
            theme.px(NAME_WIDTH),
            widest_word([self.prompt.columns[0].label], SMALL, bold),
            widest_word(self.prompt.rows, BODY, bold),
        )
        return [name, *map(needed_width, self._levels)]

    def _lay_out(self) -> None:
        """Put the fields into a grid or into cards; the keyboard stays where it is."""
        focused = QApplication.focusWidget()
        before, self._holder = self._holder, QWidget()
        if self._is_grid:
            above_grid = QVBoxLayout(self._holder)
            above_grid.setContentsMargins(0, 0, 0, 0)
            above_grid.setSpacing(8)
            if help_text := self.prompt.columns[0].help:
                above_grid.addWidget(label(help_text, "muted"))
            self._grid = QGridLayout()
            above_grid.addLayout(self._grid)
            self._grid.setSpacing(_GAP)
            self._add_heads()
        else:
            self._cards = QVBoxLayout(self._holder)
            self._cards.setContentsMargins(0, 0, 0, 0)
            self._cards.setSpacing(12)
        self._place.addWidget(self._holder)
        for each in self._rows:
            self._place_row(each)
        self._meanings.setVisible(self._is_grid and self._meanings.has_words)
        if before is not None:
            self._place.removeWidget(before)
            before.hide()
            before.deleteLater()
        if focused is not None and any(focused in each.fields for each in self._rows):
            focused.show()
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_heads(self) -> None:
        self._heads = [label(column.label, "small-strong") for column in self.prompt.columns]
        for place, (head, width) in enumerate(zip(self._heads, self._widths, strict=True)):
            across = Qt.AlignmentFlag.AlignHCenter if place else Qt.AlignmentFlag.AlignLeft
            head.setAlignment(across | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(head, 0, place)
            self._grid.setColumnMinimumWidth(place, width)
            self._grid.setColumnStretch(place, 1 if place else 2)

    def _place_row(self, row: LevelRow) -> None:
        if self._is_grid:
            row.card = None
            line = self._grid.rowCount()
            for place, each in enumerate(row.fields):
                self._grid.addWidget(each, line, place)
        else:
            row.card = CaseCard(self.prompt.columns, row)
            self._cards.addWidget(row.card)

    def _add_row(self, values: TableRow) -> LevelRow:
        made = LevelRow(self, self.prompt, values, self._around)
        made.set_stop(self._column)
        made.changed.connect(self._on_changed)
        made.remove_requested.connect(self._on_remove)
        for cell in made.cells:
            cell.step_requested.connect(self._on_step)
            cell.entered.connect(self._on_entered)
        self._rows.append(made)
        self._place_row(made)
        return made

    def _drop(self, gone: LevelRow) -> None:
        self._rows.remove(gone)
        for each in (gone.card, *gone.fields):
            if each is not None:
                each.hide()
                each.deleteLater()
        gone.deleteLater()

    def _number(self) -> None:
        for number, each in enumerate(self._rows, 1):
            each.set_number(number, removable=len(self._rows) > 1 and not self.prompt.rows)
        self.setFocusProxy(self._rows[0].first)

    def _draw(self) -> None:
        value = self.value
        shown = blocks(self.prompt, value) if value is not None else ()
        self._picture.setVisible(bool(shown))
        for each in shown:
            assert isinstance(each, LevelsBlock)
            if self._bars is None:
                self._bars = LevelBars(each, live=True)
                self._in_picture.addWidget(self._bars)
            else:
                self._bars.show_levels(each)

    @Slot()
    def _on_changed(self) -> None:
        self._draw()
        self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        self._column = 0  # a new row is filled from its first level on
        made = self._add_row({})
        (made.card or made.first).show()  # now, so that it has its place
        self._number()
        made.first.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(made.first)

    @Slot(object)
    def _on_remove(self, gone: LevelRow) -> None:
        place = self._rows.index(gone)
        self._drop(gone)
        self._number()
        next_one = self._rows[min(place, len(self._rows) - 1)]
        next_one.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_changed()

    @Slot(object, int, int)
    def _on_step(self, cell: LevelCell, right: int, down: int) -> None:
        row, column = self._place_of(cell)
        if self._is_grid:
            row, column = row + down, column + right
        else:  # one below the other, from card to card
            across = len(self._levels)
            row, column = divmod(row * across + column + right + down, across)
        if 0 <= row < len(self._rows) and 0 <= column < len(self._levels):
            there = self._rows[row].cells[column]
            there.setFocus(Qt.FocusReason.TabFocusReason)
            scroll_to(there)

    def _place_of(self, cell: LevelCell) -> tuple[int, int]:
        return next((n, r.cells.index(cell)) for n, r in enumerate(self._rows) if cell in r.cells)

    @Slot(object)
    def _on_entered(self, cell: LevelCell) -> None:
        """Tab stops once in each row, at the column where one was last; the arrows do the rest."""
        _row, self._column = self._place_of(cell)
        for each in self._rows:
            each.set_stop(self._column)
        if not self._is_grid:
            return  # each card says the meanings itself
        self._meanings.show_column(self._column)
        for place, head in enumerate(self._heads[1:]):
            head.setProperty("accent", "true" if place == self._column else "false")
            head.style().unpolish(head)
            head.style().polish(head)


class _Meanings(QFrame):
    """What the column in focus asks, and what each level means there."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.has_words = any(column.help or column.meanings for column in columns)
        self._pages: list[QWidget] = []
        together = QGridLayout(self)
        together.setContentsMargins(0, 0, 0, 0)
        for column in columns:
            page = QWidget()
            policy = page.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # as high as the highest, so that nothing jumps
            page.setSizePolicy(policy)
            layout = QVBoxLayout(page)
            layout.setContentsMargins(16, 10, 16, 12)
            layout.setSpacing(4)
            layout.addWidget(label(column.label, "strong"))
            if column.help:
                layout.addWidget(label(column.help, "muted"))
            for word, meaning in zip(column.options, column.meanings, strict=False):
                pair = QHBoxLayout()
                pair.setSpacing(10)
                chip = LevelLabel(column.options, word)
                chip.setMinimumWidth(widest_word(column.options, SMALL, QFont.Weight.DemiBold) + 18)
                pair.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
                pair.addWidget(label(meaning, "muted"), 1)
                layout.addLayout(pair)
            layout.addStretch(1)
            together.addWidget(page, 0, 0)
            self._pages.append(page)
        self.show_column(0)

    def show_column(self, place: int) -> None:
        """Show what belongs to the column at this place."""
        for number, page in enumerate(self._pages):
            page.setVisible(number == place)
