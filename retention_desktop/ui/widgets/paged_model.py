"""A list model whose rows arrive page by page, as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Signal

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractListModel, Generic[Row]):
    """Rows that have arrived. `more_wanted` asks the screen for the next page."""

    more_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._may_have_more = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that have arrived."""
        return tuple(self._rows)

    def show_first(self, rows: Sequence[Row], *, may_have_more: bool) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._rows = list(rows)
        self._may_have_more = may_have_more
        self.endResetModel()

    def show_more(self, rows: Sequence[Row], *, may_have_more: bool) -> None:
        """Add a page at the end."""
        self._may_have_more = may_have_more
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return self._may_have_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        self._may_have_more = False  # until the page has arrived
        self.more_wanted.emit()
