"""The editor of levels: a grid in which each cell is chosen, and beneath it the picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.toolkit.answers import Levels as LevelsBlock
from retention_desktop.toolkit.answers import blocks, only_text
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.runner.editors.rows import Rows, rows_to_show, scroll_to
from retention_desktop.ui.theme import SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.heat_table import (
    HeatTable,
    LevelBars,
    LevelLabel,
    level_fill,
    widest_word,
)
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import announce, label

_NAME_WIDTH = 104  # pixels at 100 % text
_CELL_HEIGHT = 44
_PART = 22  # the narrowest part of a cell that can be hit; its number and its letter choose it too
_SIDES = 4
_GAP = 3


class Levels(Editor):
    """A row for each case. A grid where it has room, else a card for each row; then the picture."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._around = around
        self._meanings = _Meanings(prompt.columns[1:])
        self._grid: LevelGrid | None = LevelGrid(prompt)
        self._cards: Rows | None = None
        self._needed = self._grid.needed_width
        self._place = QVBoxLayout()
        self._picture = _Picture()
        self.body.setSpacing(14)
        self.body.addWidget(self._meanings)
        self.body.addLayout(self._place)
        self.body.addWidget(self._picture)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides between grid and cards, not the reverse
        self._take_in(self._grid)

    @property
    def value(self) -> Value | None:
        return self._shown.value

    def set_value(self, value: Value) -> None:
        self._shown.set_value(value)
        self._draw()

    @property
    def is_grid(self) -> bool:
        """Whether there is room for the grid; else there are cards."""
        return self._grid is not None

    @property
    def _shown(self) -> LevelGrid | Rows:
        shown = self._grid or self._cards
        assert shown is not None
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() >= self._needed) is not self.is_grid:
            self._change_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a name goes to its first level, not to the next page."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    @property
    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _change_over(self) -> None:
        """From the grid to cards or back; what was written comes along."""
        before = self._shown
        value, had_focus = before.value, self._has_focus
        if self._grid is not None:
            self._grid, self._cards = None, Rows(self.prompt, self._around)
        else:
            self._grid, self._cards = LevelGrid(self.prompt), None
        if value is not None:
            self._shown.set_value(value)
        self._place.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._take_in(self._shown)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in(self, shown: LevelGrid | Rows) -> None:
        shown.changed.connect(self._on_changed)
        self._place.addWidget(shown)
        self.setFocusProxy(shown)
        if self._grid is not None:
            self._grid.column_entered.connect(self._meanings.show_column)
        # Each card says the meanings itself.
        self._meanings.setVisible(self._grid is not None and self._meanings.has_words)
        self._draw()

    @Slot()
    def _on_changed(self) -> None:
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        value = self.value
        shown = blocks(self.prompt, value) if value is not None else ()
        levels = next((each for each in shown if isinstance(each, LevelsBlock)), None)
        self._picture.show_levels(levels, with_table=not self.is_grid)


class _Picture(QWidget):
    """How it looks together. The grid is a heat table itself; beneath cards there is one to see."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 0)
        self._layout.setSpacing(12)
        self._layout.addWidget(label(_("How it looks together"), "section"))
        self._table: HeatTable | None = None
        self._bars: LevelBars | None = None

    def show_levels(self, levels: LevelsBlock | None, *, with_table: bool) -> None:
        self.setVisible(levels is not None)
        if self._table is not None:
            self._table.setVisible(with_table)
        if levels is None:
            return
        if self._bars is None:
            self._bars = LevelBars(levels)
            self._layout.addWidget(self._bars)
        else:
            self._bars.show_levels(levels)
        if not with_table:
            return
        if self._table is None:
            self._table = HeatTable(levels)
            self._layout.insertWidget(1, self._table)
        else:
            self._table.show_levels(levels)


class _Meanings(QFrame):
    """What the column in focus asks, and what each level means there."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.has_words = any(column.help or column.meanings for column in columns)
        self._pages = QStackedLayout(self)  # as high as the highest, so that nothing jumps
        for column in columns:
            page = QWidget()
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
            self._pages.addWidget(page)

    @Slot(int)
    def show_column(self, place: int) -> None:
        self._pages.setCurrentIndex(place)


class LevelGrid(QWidget):
    """A row for each case, a cell for each dimension. `column_entered` carries a place from 0."""

    changed = Signal()
    column_entered = Signal(int)

    def __init__(self, prompt: Prompt) -> None:
        super().__init__()
        self._prompt = prompt
        self._levels = prompt.columns[1:]
        self._scale = self._levels[0].options
        self._rows: list[_Row] = []
        self._column = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._cells = QGridLayout()
        self._cells.setSpacing(_GAP)
        layout.addLayout(self._cells)
        self._heads = [label(column.label, "small-strong") for column in prompt.columns]
        for place, (head, width) in enumerate(zip(self._heads, self._widths, strict=True)):
            across = Qt.AlignmentFlag.AlignHCenter if place else Qt.AlignmentFlag.AlignLeft
            head.setAlignment(across | Qt.AlignmentFlag.AlignBottom)
            self._cells.addWidget(head, 0, place)
            self._cells.setColumnMinimumWidth(place, width)
            self._cells.setColumnStretch(place, 1 if place else 2)
        self._add = button(_("Add another row"), "quiet", icon="plus")
        self._add.clicked.connect(self._on_add)
        self._add.setVisible(not prompt.rows)
        layout.addLayout(button_row(self._add))
        self.set_value([])

    @property
    def needed_width(self) -> int:
        """In pixels: less, and words would be cut."""
        remove = 0 if self._prompt.rows else 40 + _GAP
        return sum(self._widths) + _GAP * (len(self._widths) - 1) + remove

    @property
    def _widths(self) -> list[int]:
        bold = QFont.Weight.DemiBold
        word = max(widest_word(self._scale, SMALL, bold), _PART * len(self._scale))
        name = max(
            theme.px(_NAME_WIDTH),
            widest_word([self._prompt.columns[0].label, *self._prompt.rows], SMALL, bold),
        )
        return [name] + [
            max(word, widest_word([column.label], SMALL, bold)) + 2 * _SIDES for column in self._levels
        ]

    @property
    def value(self) -> Value | None:
        """What is written and chosen now."""
        return [row for each in self._rows if (row := each.value)] or None

    def set_value(self, value: Value) -> None:
        """Show these rows; the tool's own rows, or one to write in, are there anyway."""
        for each in self._rows[:]:
            self._drop(each)
        for row in rows_to_show(self._prompt, cast("list[TableRow]", value)):
            self._add_row(row)

    def _add_row(self, values: TableRow) -> _Row:
        made = _Row(self, self._prompt, values, self._column)
        made.changed.connect(self.changed)
        made.remove_requested.connect(self._on_remove)
        for cell in made.cells:
            cell.step_requested.connect(self._on_step)
            cell.entered.connect(self._on_entered)
        self._rows.append(made)
        line = self._cells.rowCount()
        for place, each in enumerate((made.name, *made.cells, made.remove)):
            self._cells.addWidget(each, line, place)
        self._number()
        return made

    def _drop(self, gone: _Row) -> None:
        self._rows.remove(gone)
        for each in (gone.name, *gone.cells, gone.remove):
            self._cells.removeWidget(each)
            each.hide()
            each.deleteLater()
        gone.deleteLater()

    def _number(self) -> None:
        for number, each in enumerate(self._rows, 1):
            each.set_number(number, removable=len(self._rows) > 1 and not self._prompt.rows)
        self.setFocusProxy(self._rows[0].first)

    @Slot()
    def _on_add(self) -> None:
        self._newest = self._add_row({})
        self._newest.first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._bring_into_sight)  # once it has its place

    @Slot()
    def _bring_into_sight(self) -> None:
        if shiboken6.isValid(self._newest):
            scroll_to(self._newest.first)

    @Slot(object)
    def _on_remove(self, gone: _Row) -> None:
        place = self._rows.index(gone)
        self._drop(gone)
        self._number()
        next_one = self._rows[min(place, len(self._rows) - 1)]
        next_one.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot(object, int, int)
    def _on_step(self, cell: LevelCell, right: int, down: int) -> None:
        row = next(number for number, each in enumerate(self._rows) if cell in each.cells)
        column = self._rows[row].cells.index(cell) + right
        row += down
        if 0 <= row < len(self._rows) and 0 <= column < len(self._levels):
            there = self._rows[row].cells[column]
            there.setFocus(Qt.FocusReason.TabFocusReason)
            scroll_to(there)

    @Slot(object)
    def _on_entered(self, cell: LevelCell) -> None:
        """Tab stops once in each row, at the column where one was last; the arrows do the rest."""
        self._column = next(r.cells.index(cell) for r in self._rows if cell in r.cells)
        for each in self._rows:
            each.set_stop(self._column)
        for place, head in enumerate(self._heads[1:]):
            head.setProperty("accent", "true" if place == self._column else "false")
            head.style().unpolish(head)
            head.style().polish(head)
        self.column_entered.emit(self._column)


class _Row(QObject):
    """The name of one case, a cell for each dimension, and the button that takes it away.

    A name that the tool has given says nothing by itself: such a row counts once it has a level.
    """

    changed = Signal()
    remove_requested = Signal(object)

    def __init__(self, grid: LevelGrid, prompt: Prompt, values: TableRow, stop: int) -> None:
        super().__init__(grid)
        self._column, *levels = prompt.columns
        self._given = str(values.get(self._column.id, ""))
        self.name: QLineEdit | QLabel
        if prompt.rows:
            self.name = label(self._given, "strong")
        else:
            self.name = QLineEdit(self._given)
            self.name.setMinimumWidth(theme.px(_NAME_WIDTH))
            self.name.setAccessibleDescription(self._column.help)
            self.name.textEdited.connect(self._on_renamed)
        self.cells = [LevelCell(column, str(values.get(column.id, ""))) for column in levels]
        for each in self.cells:
            each.changed.connect(self.changed)
        self.set_stop(stop)
        self.remove = icon_button("trash-2", "")
        self.remove.clicked.connect(self._on_remove)

    @property
    def first(self) -> QWidget:
        """Where one begins."""
        return self.name if isinstance(self.name, QLineEdit) else self.cells[0]

    @property
    def value(self) -> TableRow:
        """The cells in which there is something."""
        row: TableRow = {each.column.id: each.word for each in self.cells if each.word}
        is_asked = isinstance(self.name, QLineEdit)
        if self._case and (row or is_asked):
            row = {self._column.id: self._case, **row}
        return row

    @property
    def _case(self) -> str:
        typed = isinstance(self.name, QLineEdit)
        return only_text(self.name.text()).strip() if typed else self._given

    def set_number(self, number: int, *, removable: bool) -> None:
        """Say which row this is; the last one cannot be removed."""
        self._number = number
        if isinstance(self.name, QLineEdit):
            row = _("Row {number}").format(number=number)
            self.name.setAccessibleName(f"{row}, {self._column.label}")
        removal = _("Remove row {number}").format(number=number)
        self.remove.setAccessibleName(removal)
        self.remove.setToolTip(removal)
        self.remove.setVisible(removable)
        self._name_cells()

    def set_stop(self, place: int) -> None:
        """Tab comes to the cell at this place, and not to the others of the row."""
        for number, each in enumerate(self.cells):
            is_stop = number == place
            each.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            )

    def _name_cells(self) -> None:
        row = _("Row {number}").format(number=self._number)
        for each in self.cells:
            each.set_row(self._case or row)

    @Slot()
    def _on_renamed(self) -> None:
        self._name_cells()
        self.changed.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self)


class LevelCell(QAbstractButton):
    """One level, or none yet. A click on a part of the cell chooses that level, or takes it back.

    Its number or its first letter chooses a level, Space the next one, Delete none; the arrows go
    to the cells around.
    """

    changed = Signal()
    entered = Signal(object)
    step_requested = Signal(object, int, int)  # the cell; how many to the right; how many down

    def __init__(self, column: Column, word: str) -> None:
        super().__init__()
        self.column = column
        self._scale = column.options
        self._row = ""
        self._pressed_at: float | None = None
        self._hovered = -1
        self.word = word if word in self._scale else ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setFont(theme.font(SMALL, QFont.Weight.DemiBold))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def set_row(self, name: str) -> None:
        """Say which case this is."""
        self._row = name
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(_PART * len(self._scale) + 2 * _SIDES, max(_CELL_HEIGHT, theme.px(_CELL_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text().casefold()
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        initials = [word for word in self._scale if text and word.casefold().startswith(text)]
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & _HELD:
            super().keyPressEvent(event)  # a shortcut of the page
        elif key in steps:
            self.step_requested.emit(self, *steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose("")
        elif text in _DIGITS[: len(self._scale)] and text:
            self._choose(self._scale[int(text) - 1])
        elif len(initials) == 1 and not text.isspace():
            self._choose(initials[0])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().x()
        super().mouseReleaseEvent(event)
        self._pressed_at = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hovered = self._part_at(event.position().x())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two quick ones does not take back what the first has chosen."""
        event.accept()

    @Slot()
    def _on_clicked(self) -> None:
        if self._pressed_at is None:  # Space, or a screen reader's press
            following = self._scale.index(self.word) + 1 if self.word else 0
            self._choose((*self._scale, "")[following])
            return
        word = self._scale[self._part_at(self._pressed_at)]
        self._choose("" if word == self.word else word)

    def _part_at(self, x: float) -> int:
        part = int(x * len(self._scale) / max(1, self.width()))
        return min(max(part, 0), len(self._scale) - 1)

    def _choose(self, word: str) -> None:
        if word == self.word:
            return
        self.word = word
        self._say()
        announce(self, word or _("not chosen"))
        self.update()
        self.changed.emit()

    def _say(self) -> None:
        chosen = self.word or _("not chosen")
        self.setAccessibleName(f"{self._row}, {self.column.label}: {chosen}")
        meanings = dict(zip(self._scale, self.column.meanings, strict=False))
        self.setAccessibleDescription(meanings.get(self.word) or self.column.help)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        places = len(self._scale)
        chosen = self._scale.index(self.word) if self.word else -1
        painter.setPen(QPen(theme.colour("accent" if self.underMouse() else "edge"), 1))
        painter.setBrush(level_fill(chosen, places) if self.word else theme.colour("surface"))
        painter.drawRoundedRect(whole, 6, 6)
        bar = theme.px(6)
        above = whole.adjusted(0, 0, 0, -bar - 6)
        part = (whole.width() - 2 * _SIDES) / places
        for place, word in enumerate(self._scale):
            left = whole.left() + _SIDES + place * part
            painter.setPen(QPen(theme.colour("accent"), 1))
            is_on = place <= chosen or place == self._hovered
            painter.setBrush(theme.colour("accent") if is_on else theme.colour("surface"))
            painter.drawRoundedRect(QRectF(left + 2, whole.bottom() - bar - 5, part - 4, bar), 2, 2)
            if not self.word:
                painter.setPen(theme.colour("muted"))
                initial = QRectF(left, above.top(), part, above.height())
                painter.drawText(initial, Qt.AlignmentFlag.AlignCenter, word[:1])
        if self.word:
            painter.setPen(theme.colour("text"))
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self.word)
        painter.end()


_DIGITS = "123456789"
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
