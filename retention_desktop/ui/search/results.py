"""Everything found, in one list: how each thing is drawn, and how the keyboard goes through it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retention_desktop.journal.matching import Pieces
from retention_desktop.ui.search.looking import Hit, Kind, More, Row
from retention_desktop.ui.theme import BODY, CARD_TITLE, SECTION, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.card_list import CardList
from retention_desktop.ui.widgets.paged_model import Index, PagedModel
from retention_desktop.ui.widgets.pieces import draw_pieces

ROW_ROLE = Qt.ItemDataRole.UserRole


class ResultsModel(PagedModel[Row]):
    """What was found."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return more_words(row) if isinstance(row, More) else _text(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, More):
                return more_words(row)
            told = (row.heading, _text(row.title), row.aside, _text(row.detail))
            return ". ".join(filter(None, told))
        return None


def more_words(more: More) -> str:
    """What the line under some things of a kind says."""
    if more.kind is Kind.RECORD:
        if more.count is None:
            return _("Show more in the journal")
        return _("Show all {count} in the journal").format(count=more.count)
    if more.count is None:
        return _("Show more")
    return _("Show all {count}").format(count=more.count)


class ResultList(CardList):
    """`chosen` carries a `Row`; `left` when the keyboard goes back to what one types."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("What was found"), _("Enter opens it. Escape goes back to what you type.")
        )
        self.setUniformItemSizes(False)
        self.found = ResultsModel(self)
        self.setModel(self.found)
        self.setItemDelegate(_Delegate(self))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def show_rows(self, rows: tuple[Row, ...], *, stay: bool) -> None:
        """Show these; stay at the thing where one was, or begin at the top."""
        here = self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.found.show_first(rows, may_have_more=False)
        if stay and rows and here >= 0:
            self.setCurrentIndex(self.found.index(min(here, len(rows) - 1)))
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
        else:
            self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up from the first thing leaves the list, as Escape does."""
        is_first = self.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and is_first):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the cards, such as on a heading, chooses nothing."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            card = _card_in(self.visualRect(index), index.data(ROW_ROLE))
            if card.contains(event.position().toPoint()):
                super().mousePressEvent(event)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW_ROLE))


_PAD, _GAP, _BETWEEN, _ABOVE = 13, 4, 8, 14


class _Delegate(QStyledItemDelegate):
    """A card of two lines: what it is, and what was found in it. Headings stand above."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        row: Row = index.data(ROW_ROLE)
        if isinstance(row, More):
            return QSize(200, max(40, _height(BODY) + 16) + _BETWEEN)
        lines = _height(CARD_TITLE) + (_height(BODY) + _GAP if row.detail else 0)
        return QSize(200, _above(row) + max(theme.px(20), lines) + 2 * _PAD + _BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        card = _card_in(option.rect, row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_card(painter, card, option.state, is_bare=isinstance(row, More))
        if isinstance(row, More):
            self._draw_more(painter, card, row)
        else:
            if row.heading:
                painter.setFont(theme.font(SECTION, QFont.Weight.DemiBold))
                painter.setPen(theme.colour("text"))
                line = QRect(card.left(), option.rect.top(), card.width(), _above(row) - _GAP - 2)
                painter.drawText(line, Qt.AlignmentFlag.AlignBottom, row.heading)
            self._draw_hit(painter, card.adjusted(_PAD, _PAD, -_PAD, -_PAD), row)
        painter.restore()

    def _draw_card(
        self, painter: QPainter, card: QRect, state: QStyle.StateFlag, *, is_bare: bool
    ) -> None:
        here = bool(state & QStyle.StateFlag.State_Selected)
        focused = here and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if is_bare and not (focused or hovered):
            return
        painter.setPen(
            QPen(theme.colour("accent" if focused or hovered else "border"), 1 + focused)
        )
        painter.setBrush(theme.colour("accent_soft" if focused else "surface"))
        painter.drawRoundedRect(card, 12, 12)

    def _draw_more(self, painter: QPainter, card: QRect, row: More) -> None:
        side = theme.px(16)
        middle = card.top() + (card.height() - side) // 2
        painter.drawPixmap(
            card.left() + _PAD + 2, middle, theme.pixmap("arrow-right", "accent", 16)
        )
        painter.setFont(theme.font(BODY, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("accent"))
        line = card.adjusted(_PAD + theme.px(20) + 12, 0, -_PAD, 0)
        words = painter.fontMetrics().elidedText(
            more_words(row), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_hit(self, painter: QPainter, inner: QRect, row: Hit) -> None:
        painter.drawPixmap(inner.left(), inner.top(), theme.pixmap(row.icon, row.tint))
        inner.setLeft(inner.left() + theme.px(20) + 12)
        painter.setFont(theme.font(SMALL))
        aside = painter.fontMetrics().elidedText(
            row.aside, Qt.TextElideMode.ElideRight, inner.width() // 2
        )
        width = painter.fontMetrics().horizontalAdvance(aside)
        painter.setPen(theme.colour("muted"))
        line = QRect(inner.left(), inner.top(), inner.width(), _height(CARD_TITLE))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)
        line.setRight(line.right() - width - (14 if width else 0))
        draw_pieces(painter, line, row.title, CARD_TITLE, "text", QFont.Weight.DemiBold)
        inner.setTop(inner.top() + _height(CARD_TITLE) + _GAP)
        draw_pieces(painter, inner, row.detail, BODY, "muted")


def _card_in(area: QRect, row: Row) -> QRect:
    """Where the card of a row stands: under its heading, apart from the next."""
    return area.adjusted(2, _above(row) + 2, -2, -_BETWEEN + 2)


def _above(row: Row) -> int:
    """The room for the heading above a row."""
    return _ABOVE + _height(SECTION) + _GAP if isinstance(row, Hit) and row.heading else 0


def _height(pixels: int) -> int:
    return QFontMetrics(theme.font(pixels)).height()


def _text(pieces: Pieces) -> str:
    return "".join(text for text, _found in pieces)
