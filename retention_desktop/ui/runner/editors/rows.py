"""Rows of fields, a card each."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
)

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.ui.runner.editors.base import Around, Editor, number_word, scroll_to
from retention_desktop.ui.runner.editors.choices import Scale, SingleChoice
from retention_desktop.ui.runner.editors.days import Day
from retention_desktop.ui.runner.editors.hours import Hours
from retention_desktop.ui.runner.editors.texts import ShortText
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import announce, breakable, label

_TWO_ABREAST_FROM = 560  # pixels at 100 % text


class Rows(Editor):
    """Rows of fields, a card each: a table, or what was agreed."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._around = around
        is_action = prompt.kind is PromptKind.ACTION
        self._columns = _action_columns() if is_action else prompt.columns
        self._row_name = _("Action {number}") if is_action else _("Row {number}")
        self._cards: list[RowCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addLayout(self._list)
        self._add = button(
            _("Add another action") if is_action else _("Add another row"), "quiet", icon="plus"
        )
        self._add.clicked.connect(self._on_add)
        self.body.addLayout(button_row(self._add))
        self._full = label("", "muted")
        self.body.addWidget(self._full)
        self.set_value([])

    @property
    def value(self) -> Value | None:
        rows = [row for each in self._cards if (row := each.row)]
        if self.prompt.kind is PromptKind.ACTION:
            # An owner or a date alone is not yet an action.
            rows = [row for row in rows if "text" in row]
        return rows or None

    @property
    def problem(self) -> str:
        for number, each in enumerate(self._cards, 1):
            if self.prompt.kind is PromptKind.ACTION and each.row and "text" not in each.row:
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                return _("Say what was agreed in action {number}.").format(number=number)
        return ""

    def set_value(self, value: Value) -> None:
        for each in self._cards[:]:
            self._drop(each)
        for row in rows_to_show(self.prompt, cast("list[TableRow]", value)):
            self._add_row(row)
        self._number_cards()

    def _add_row(self, row: TableRow) -> RowCard:
        made = RowCard(self._columns, row, self._around, is_fixed=bool(self.prompt.rows))
        made.changed.connect(self.changed)
        made.remove_requested.connect(self._on_remove)
        self._cards.append(made)
        self._list.addWidget(made)
        return made

    def _drop(self, gone: RowCard) -> None:
        self._cards.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _number_cards(self) -> None:
        if not self.prompt.rows:
            for number, each in enumerate(self._cards, 1):
                name = self._row_name.format(number=number)
                each.set_name(name, removable=len(self._cards) > 1)
        self.setFocusProxy(self._cards[0])
        most = self.prompt.most
        is_full = 0 < most <= len(self._cards)
        self._add.setVisible(not is_full and not self.prompt.rows)
        self._full.setVisible(is_full and not self.prompt.rows)
        self._full.setText(_most_words(self.prompt))

    @Slot()
    def _on_add(self) -> None:
        made = self._add_row({})
        made.show()  # now, so that it has its place
        self._number_cards()
        made.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(made)
        if not self._full.isHidden():
            announce(self._full, self._full.text())

    @Slot(object)
    def _on_remove(self, gone: RowCard) -> None:
        self._drop(gone)
        self._number_cards()
        self._cards[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def rows_to_show(prompt: Prompt, rows: list[TableRow]) -> list[TableRow]:
    """The prompt's own rows, each with what was written there; else these, or one to write in."""
    if not prompt.rows:
        return rows or [{}]
    name = prompt.columns[0].id
    by_name = {row.get(name): row for row in rows}
    return [by_name.get(each, {name: each}) for each in prompt.rows]


class RowCard(QFrame):
    """One row: its fields two abreast where there is room, else below one another.

    A fixed row has its name in the first column, which is not asked for.
    """

    changed = Signal()
    remove_requested = Signal(object)

    def __init__(
        self,
        columns: tuple[Column, ...],
        row: TableRow,
        around: Around,
        *,
        is_fixed: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 14, 16)
        layout.setSpacing(8)
        self._given: TableRow = {columns[0].id: row[columns[0].id]} if is_fixed else {}
        self._name = label("", "small-strong")
        self._remove = icon_button("trash-2", "")
        self._remove.clicked.connect(self._on_remove)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._remove)
        layout.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(14)
        layout.addLayout(self._grid)
        self._editors: list[Editor] = []
        self._fields: list[Field] = []
        for column in columns[1:] if is_fixed else columns:
            editor = _column_editor(column, around)
            if column.id in row:
                editor.set_value(row[column.id])
            editor.changed.connect(self.changed)
            self._editors.append(editor)
            self._fields.append(Field(column.label, editor, help_text=column.help))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides how many stand abreast, not the reverse
        self._across = 0
        self._place_fields(1)
        self.setFocusProxy(self._editors[0])
        if is_fixed:
            self._name.setProperty("look", "strong")
            self.set_name(str(self._given[columns[0].id]), removable=False)

    @property
    def row(self) -> TableRow:
        """The cells in which something is written."""
        found = ((each.prompt.id, each.value) for each in self._editors)
        written = {key: cast("str | int", value) for key, value in found if value is not None}
        return self._given | written if written else {}

    def set_name(self, name: str, *, removable: bool) -> None:
        """Name the card; the last one cannot be removed."""
        self.setAccessibleName(name)
        self._name.setText(breakable(name))
        removal = _("Remove {row}").format(row=name.lower())
        self._remove.setAccessibleName(removal)
        self._remove.setToolTip(removal)
        self._remove.setVisible(removable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_fields(2 if self.width() >= theme.px(_TWO_ABREAST_FROM) else 1)

    def _place_fields(self, across: int) -> None:
        """The first field takes a whole line, and the last one what is left of its own.

        The others stand `across` to a line.
        """
        if across == self._across:
            return
        self._across = across
        for index, field in enumerate(self._fields):
            self._grid.removeWidget(field)
            row, column = divmod(index - 1, across) if index else (-1, 0)
            last = index == len(self._fields) - 1
            span = across - column if not index or last else 1
            self._grid.addWidget(field, row + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self)


def _column_editor(column: Column, around: Around) -> Editor:
    if column.meanings:
        return SingleChoice(_as_prompt(column), around, column.meanings)
    editor = _COLUMN_EDITORS[column.kind](_as_prompt(column), around)
    line = editor.focusProxy()
    if column.like and isinstance(line, QLineEdit):
        offer_texts(line, column.like, around).activated.connect(editor.changed)
    return editor


def offer_texts(line: QLineEdit, place: str, around: Around) -> QCompleter:
    """Offer, while somebody writes, what was written in a column; the place is "prompt/column"."""
    offered = QCompleter(_texts_of(place, around), line)
    offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    offered.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = QListView()
    popup.setObjectName("offered")
    popup.setWordWrap(True)
    popup.setAccessibleName(_("Written before"))
    offered.setPopup(popup)
    line.setCompleter(offered)
    return offered


def _texts_of(place: str, around: Around) -> list[str]:
    """What was written in one column of another answer, each text once."""
    prompt_id, _slash, column_id = place.partition("/")
    rows = around.answers.get(prompt_id, [])
    assert isinstance(rows, list)
    texts = (str(row[column_id]) for row in rows if isinstance(row, dict) and column_id in row)
    return list(dict.fromkeys(texts))


def _most_words(prompt: Prompt) -> str:
    if prompt.kind is PromptKind.ACTION:
        one, many = _("One action is enough here."), _("At most {number} actions here.")
    else:
        one, many = _("One row is enough here."), _("At most {number} rows here.")
    return one if prompt.most == 1 else many.format(number=number_word(prompt.most))


def _as_prompt(column: Column) -> Prompt:
    """A cell is asked for like an answer."""
    return Prompt(
        column.id,
        column.label,
        column.kind,
        column.help,
        options=column.options,
        low=column.low,
        high=column.high,
        points=column.points,
    )


def _action_columns() -> tuple[Column, ...]:
    return (
        Column("text", _("What was agreed")),
        Column("owner", _("Who will do it")),
        Column("due", _("By when"), PromptKind.DATE),
    )


_COLUMN_EDITORS: dict[PromptKind, Callable[[Prompt, Around], Editor]] = {
    PromptKind.SHORT_TEXT: ShortText,
    PromptKind.SINGLE_CHOICE: SingleChoice,
    PromptKind.SCALE: Scale,
    PromptKind.DATE: Day,
    PromptKind.HOURS: Hours,
}
