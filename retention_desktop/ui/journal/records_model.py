"""The records in a list: a model that fetches as one scrolls, and how each row is drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retention_desktop.journal.matching import Pieces
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import RecordHead
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.theme import BODY, CARD_TITLE, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS, DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.paged_model import Index, PagedModel
from retention_desktop.ui.widgets.pieces import draw_pieces
from retention_desktop.ui.wording import record_title

ROW_ROLE = Qt.ItemDataRole.UserRole


class RecordRow(Struct, frozen=True):
    """A record in the list, its tags, and what to show: (text, was it searched for) pieces."""

    head: RecordHead
    excerpt: Pieces
    tags: tuple[str, ...] = ()


class RecordsModel(PagedModel[RecordRow]):
    """The records that have arrived."""

    def places_of(self, records: Collection[int]) -> Iterator[QModelIndex]:
        """Where those of these records are that have arrived."""
        for place, row in enumerate(self._rows):
            if row.head.id in records:
                yield self.index(place)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return record_title(row.head)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            excerpt = "".join(text for text, _found in row.excerpt)
            driver = DRIVER_SHORT_NAMES[row.head.driver]
            tags = _("Tags: {tags}").format(tags=", ".join(row.tags)) if row.tags else ""
            told = (record_title(row.head), record_date(row.head), excerpt, driver, tags)
            return ". ".join(filter(None, told))
        return None


def record_date(head: RecordHead) -> str:
    """When a record was finished, or that it is a draft and from when."""
    if head.state is RecordState.DRAFT or head.finished is None:
        return _("Draft, {date}").format(date=long_date(head.updated.astimezone().date()))
    return long_date(head.finished.astimezone().date())


class RecordDelegate(QStyledItemDelegate):
    """Draws a record as a card: icon and title, first words or what was found, driver, tags, date.

    While several are chosen, each of them has a tick in the place of its icon.
    """

    _PAD, _GAP, _BETWEEN = 16, 6, 10

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.shows_ticks = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        lines = sum(QFontMetrics(theme.font(size)).height() for size in (CARD_TITLE, BODY, SMALL))
        return QSize(200, lines + 2 * self._PAD + 2 * self._GAP + self._BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RecordRow = index.data(ROW_ROLE)
        state, area = option.state, option.rect
        card = area.adjusted(2, 2, -2, -self._BETWEEN + 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        chosen = selected and self.shows_ticks
        edge = "accent" if focused or hovered or chosen else "border"
        painter.setPen(QPen(theme.colour(edge), 2 if focused else 1))
        ground = "accent_soft" if selected and (focused or chosen) else "surface"
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(card, 12, 12)

        icon = theme.px(20)
        inner = card.adjusted(self._PAD, self._PAD, -self._PAD, -self._PAD)
        driver = row.head.driver
        picture = ("circle-check", "accent") if chosen else (DRIVER_ICONS[driver], driver.value)
        painter.drawPixmap(inner.x(), inner.y() + 1, theme.pixmap(*picture))
        inner.setLeft(inner.left() + icon + 12)
        top = self._draw_head(painter, inner, row.head)
        inner.setTop(top)
        draw_pieces(painter, inner, row.excerpt, BODY, "muted")
        top += QFontMetrics(theme.font(BODY)).height() + self._GAP
        self._draw_foot(painter, inner, top, row)
        painter.restore()

    def _draw_head(self, painter: QPainter, inner: QRect, head: RecordHead) -> int:
        """The title, and the date at the right; gives where the next line begins."""
        painter.setFont(theme.font(SMALL))
        when = record_date(head)
        width = painter.fontMetrics().horizontalAdvance(when) + 4
        painter.setFont(theme.font(CARD_TITLE, QFont.Weight.DemiBold))
        height = painter.fontMetrics().height()
        title = painter.fontMetrics().elidedText(
            record_title(head), Qt.TextElideMode.ElideRight, inner.width() - width - 14
        )
        painter.setPen(theme.colour("text"))
        line = QRect(inner.left(), inner.top(), inner.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        return inner.top() + height + self._GAP

    def _draw_foot(self, painter: QPainter, inner: QRect, top: int, row: RecordRow) -> None:
        """The driver in its colour, and the tags beside it."""
        painter.setFont(theme.font(SMALL, QFont.Weight.DemiBold))
        painter.setPen(theme.colour(row.head.driver.value))
        metrics = painter.fontMetrics()
        line = QRect(inner.left(), top, inner.width(), metrics.height())
        name = metrics.elidedText(
            DRIVER_SHORT_NAMES[row.head.driver], Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
        line.setLeft(line.left() + metrics.horizontalAdvance(name) + 16)
        side = theme.px(14)
        if not row.tags or line.width() < 4 * side:
            return
        picture = QRect(line.left(), top + (line.height() - side) // 2, side, side)
        painter.drawPixmap(picture, theme.pixmap("tag", "muted", 14))
        line.setLeft(line.left() + side + 5)
        painter.setFont(theme.font(SMALL))
        painter.setPen(theme.colour("muted"))
        tags = painter.fontMetrics().elidedText(
            ", ".join(row.tags), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, tags)
