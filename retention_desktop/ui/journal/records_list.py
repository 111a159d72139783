"""The records as a list: one opens with a click, several are chosen with Ctrl or Shift."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from retention_desktop.ui.journal.filters import Asked
from retention_desktop.ui.journal.records_model import (
    ROW_ROLE,
    RecordDelegate,
    RecordRow,
    RecordsModel,
)
from retention_desktop.ui.listing import Found
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.card_list import CardList


class RecordList(CardList):
    """`opened` carries the head of a record, `chosen` the ids of those that are chosen."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            _("Records"), _("Enter opens a record. With Shift or Ctrl you choose several.")
        )
        self._is_choosing = False  # whether the last click was one to choose, not to open
        self.records = RecordsModel(self)
        self._delegate = RecordDelegate(self)
        self.setModel(self.records)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)

    def show_found(self, found: Found[Asked, RecordRow], *, stay: bool) -> None:
        """Show these; stay where one was, with what was chosen, or begin at the top."""
        chosen = self._chosen() if stay else ()
        scrolled = self.verticalScrollBar().value()
        self.records.show_first(found.rows, may_have_more=found.may_have_more)
        if chosen:
            for place in self.records.places_of(chosen):
                self.selectionModel().select(place, QItemSelectionModel.SelectionFlag.Select)
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
        self._tell_chosen()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        choosing = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self._is_choosing = bool(event.modifiers() & choosing)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to one record."""
        self._is_choosing = False
        if event.key() == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self.setCurrentIndex(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot()
    def choose_none(self) -> None:
        """Go back to the list with nothing chosen."""
        self.clearSelection()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if not self._is_choosing:
            self.opened.emit(index.data(ROW_ROLE).head)

    @Slot()
    def _tell_chosen(self) -> None:
        chosen = self._chosen()
        self._delegate.shows_ticks = len(chosen) > 1
        self.viewport().update()
        self.chosen.emit(chosen)

    def _chosen(self) -> tuple[int, ...]:
        places = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return tuple(place.data(ROW_ROLE).head.id for place in places)
