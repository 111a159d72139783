"""One case in an editor of levels: its name, a cell for each dimension, and a card of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.runner.editors.base import Around
from retention_desktop.ui.runner.editors.level_cell import LevelCell
from retention_desktop.ui.runner.editors.rows import offer_texts
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.text import label

NAME_WIDTH = 104  # pixels at 100 % text


class LevelRow(QObject):
    """The name of one case, a cell for each dimension, and the button that takes it away.

    A name that the tool has given says nothing by itself: such a row counts once it has a level.
    """

    changed = Signal()
    remove_requested = Signal(object)

    def __init__(self, parent: QObject, prompt: Prompt, values: TableRow, around: Around) -> None:
        super().__init__(parent)
        self._column, *levels = prompt.columns
        self.card: CaseCard | None = None
        self._given = str(values.get(self._column.id, ""))
        self.name: QLineEdit | QLabel
        if prompt.rows:
            self.name = label(self._given, "strong")
        else:
            self.name = QLineEdit(self._given)
            self.name.setCursorPosition(0)
            self.name.setMinimumWidth(theme.px(NAME_WIDTH))
            self.name.setAccessibleDescription(self._column.help)
            self.name.textEdited.connect(self._on_renamed)
            if self._column.like:
                offered = offer_texts(self.name, self._column.like, around)
                offered.activated.connect(self._on_renamed)
        self.cells = [LevelCell(column, str(values.get(column.id, ""))) for column in levels]
        for each in self.cells:
            each.changed.connect(self.changed)
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


class CaseCard(QFrame):
    """The fields of a row below one another; under each, what its levels mean."""

    def __init__(self, columns: Sequence[Column], row: LevelRow) -> None:
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
