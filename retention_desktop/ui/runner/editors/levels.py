"""The editor of levels: a grid in which each cell is chosen, and beneath it the picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
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
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.blocks import Levels as LevelsBlock
from retention_desktop.toolkit.reading import blocks
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.runner.editors.rows import offer_texts, rows_to_show, scroll_to
from retention_desktop.ui.theme import BODY, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.heat_table import (
    LevelBars,
    LevelLabel,
    level_fill,
    widest_word,
)
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import announce, breakable, label

_NAME_WIDTH = 104  # pixels at 100 % text
_CELL_HEIGHT = 44
_BAR = 6
_PART = 22  # the narrowest part of a cell that can be hit; its number and its letter choose it too
_SIDES = 4
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
        self._rows: list[_Row] = []
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
        word = max(widest_word(self._scale, SMALL, bold), _PART * len(self._scale))
        name = max(
            theme.px(_NAME_WIDTH),
            widest_word([self.prompt.columns[0].label], SMALL, bold),
            widest_word(self.prompt.rows, BODY, bold),
        )
        return [name] + [
            max(word, widest_word([column.label], SMALL, bold)) + 2 * _SIDES
            for column in self._levels
        ]

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

    def _place_row(self, row: _Row) -> None:
        if self._is_grid:
            row.card = None
            line = self._grid.rowCount()
            for place, each in enumerate(row.fields):
                self._grid.addWidget(each, line, place)
        else:
            row.card = CaseCard(self.prompt.columns, row)
            self._cards.addWidget(row.card)

    def _add_row(self, values: TableRow) -> _Row:
        made = _Row(self, values, self._around, self._column)
        made.changed.connect(self._on_changed)
        made.remove_requested.connect(self._on_remove)
        for cell in made.cells:
            cell.step_requested.connect(self._on_step)
            cell.entered.connect(self._on_entered)
        self._rows.append(made)
        self._place_row(made)
        return made

    def _drop(self, gone: _Row) -> None:
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
        self._newest = self._add_row({})
        self._number()
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


class CaseCard(QFrame):
    """The fields of a row below one another; under each, what its levels mean."""

    def __init__(self, columns: Sequence[Column], row: _Row) -> None:
        super().__init__()
        self.setObjectName("card")
        name, *cells, remove = row.fields
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 16)
        layout.setSpacing(6)
        if isinstance(name, QLineEdit):
            layout.addWidget(label(columns[0].label, "strong"))
        if columns[0].help:
            layout.addWidget(label(columns[0].help, "muted"))
        head = QHBoxLayout()
        head.addWidget(name, 1)
        head.addWidget(remove)
        layout.addLayout(head)
        for column, cell in zip(columns[1:], cells, strict=True):
            layout.addSpacing(6)
            layout.addWidget(label(column.label, "strong"))
            if column.help:
                layout.addWidget(label(column.help, "muted"))
            layout.addWidget(cell)
            for word, meaning in zip(column.options, column.meanings, strict=False):
                text = _("{level}: {meaning}").format(level=word, meaning=meaning)
                layout.addWidget(label(text, "small"))


class _Row(QObject):
    """The name of one case, a cell for each dimension, and the button that takes it away.

    A name that the tool has given says nothing by itself: such a row counts once it has a level.
    """

    changed = Signal()
    remove_requested = Signal(object)

    def __init__(self, editor: Levels, values: TableRow, around: Around, stop: int) -> None:
        super().__init__(editor)
        self._column, *levels = editor.prompt.columns
        self.card: CaseCard | None = None
        self._given = str(values.get(self._column.id, ""))
        self.name: QLineEdit | QLabel
        if editor.prompt.rows:
            self.name = label(self._given, "strong")
        else:
            self.name = QLineEdit(self._given)
            self.name.setCursorPosition(0)
            self.name.setMinimumWidth(theme.px(_NAME_WIDTH))
            self.name.setAccessibleDescription(self._column.help)
            self.name.textEdited.connect(self._on_renamed)
            if self._column.like:
                offered = offer_texts(self.name, self._column.like, around)
                offered.activated.connect(self._on_renamed)
        self.cells = [LevelCell(column, str(values.get(column.id, ""))) for column in levels]
        for each in self.cells:
            each.changed.connect(self.changed)
        self.set_stop(stop)
        self.remove = icon_button("trash-2", "")
        self.remove.clicked.connect(self._on_remove)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """All of it, in reading order."""
        return (self.name, *self.cells, self.remove)

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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)

    def set_row(self, name: str) -> None:
        """Say which case this is."""
        self._row = name
        self._say()

    def heightForWidth(self, width: int) -> int:
        room = self._part(width) - 4 if self._has_all_words(width) else width - 2 * _SIDES
        space = QRect(0, 0, int(room), 10_000)
        text = max(
            self.fontMetrics().boundingRect(space, _CENTRED, breakable(each)).height()
            for each in self._scale
        )
        return max(theme.px(_CELL_HEIGHT), text + theme.px(_BAR) + 12)

    def sizeHint(self) -> QSize:
        return QSize(_PART * len(self._scale) + 2 * _SIDES, theme.px(_CELL_HEIGHT))

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

    def _part(self, width: int) -> float:
        """How wide the place of one level is in a cell of this width."""
        return (width - 2 * _SIDES) / len(self._scale)

    def _has_all_words(self, width: int) -> bool:
        """Whether the words of all levels have room beside one another."""
        widest = widest_word(self._scale, SMALL, QFont.Weight.DemiBold)
        return widest + 8 <= self._part(width)

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
        places, bar, part = len(self._scale), theme.px(_BAR), self._part(self.width())
        chosen = self._scale.index(self.word) if self.word else -1
        above = whole.adjusted(_SIDES, 0, -_SIDES, -bar - 6)
        all_words = self._has_all_words(self.width())
        fill = level_fill(chosen, places) if self.word else theme.colour("surface")
        painter.setPen(QPen(theme.colour("accent" if self.underMouse() else "edge"), 1))
        painter.setBrush(theme.colour("surface") if all_words else fill)
        painter.drawRoundedRect(whole, 6, 6)
        for place, word in enumerate(self._scale):
            here = QRectF(_SIDES + place * part, above.top(), part, above.height())
            if all_words and place == chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill)
                painter.drawRoundedRect(here.adjusted(2, 4, -2, 0), 4, 4)
            painter.setPen(QPen(theme.colour("accent"), 1))
            is_on = place <= chosen or place == self._hovered
            painter.setBrush(theme.colour("accent") if is_on else theme.colour("surface"))
            mark = QRectF(here.left() + 2, whole.bottom() - bar - 5, part - 4, bar)
            painter.drawRoundedRect(mark, 2, 2)
            if all_words or not self.word:
                painter.setPen(theme.colour("text" if place == chosen else "muted"))
                text = breakable(word) if all_words else word[:1]
                painter.drawText(here.adjusted(2, 0, -2, 0), _CENTRED, text)
        if self.word and not all_words:
            painter.setPen(theme.colour("text"))
            painter.drawText(above, _CENTRED, breakable(self.word))
        painter.end()


_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_DIGITS = "123456789"
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
