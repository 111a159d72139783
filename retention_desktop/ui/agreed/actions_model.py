"""The actions in a list: a model that fetches as one scrolls, and how each row is drawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retention_desktop.models.enums import ActionState, Driver
from retention_desktop.models.views import ActionHead
from retention_desktop.ui.agreed.wording import about, standing
from retention_desktop.ui.theme import CARD_TITLE, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.paged_model import Index, PagedModel

ACTION_ROLE = Qt.ItemDataRole.UserRole
STANDING_ROLE = ACTION_ROLE + 1

STATE_ICONS = {
    ActionState.OPEN: "circle",
    ActionState.DONE: "circle-check",
    ActionState.CHANGED: "refresh-cw",
    ActionState.LET_GO: "feather",
}


class ActionsModel(PagedModel[ActionHead]):
    """The actions that have arrived, as they stand `today`."""

    def __init__(self, parent: QObject, today: date) -> None:
        super().__init__(parent)
        self.today = today
        self._begun: frozenset[int] = frozenset()

    def know_begun(self, begun: frozenset[int]) -> None:
        """Say of these actions that something is begun about them."""
        if begun != self._begun:
            self._begun = begun
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def place_of(self, action_id: int | None) -> QModelIndex:
        """Where an action stands; nowhere, if it has not arrived."""
        places = (n for n, each in enumerate(self._rows) if each.id == action_id)
        return self.index(next(places, -1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        action = self._rows[index.row()]
        if role == ACTION_ROLE:
            return action
        if role == Qt.ItemDataRole.DisplayRole:
            return action.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            driver = DRIVER_SHORT_NAMES[action.driver] if action.driver else ""
            told = (action.text, self._standing(action), about(action), driver)
            return ". ".join(filter(None, told))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return action.why
        if role == STANDING_ROLE:
            return self._standing(action)
        return None

    def _standing(self, action: ActionHead) -> str:
        stands = standing(action, self.today)
        if action.id in self._begun:
            return _("{stands} · you began something here").format(stands=stands)
        return stands


class ActionDelegate(QStyledItemDelegate):
    """Draws an action as a card: what was agreed, what is known of it, and where it stands."""

    _PAD, _GAP, _BETWEEN = 14, 5, 10

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        lines = sum(QFontMetrics(theme.font(size)).height() for size in (CARD_TITLE, SMALL, SMALL))
        return QSize(200, lines + 2 * self._PAD + 2 * self._GAP + self._BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        action: ActionHead = index.data(ACTION_ROLE)
        card = option.rect.adjusted(2, 2, -2, -self._BETWEEN + 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_card(painter, card, option.state)
        inner = card.adjusted(self._PAD, self._PAD, -self._PAD, -self._PAD)
        is_open = action.state is ActionState.OPEN
        picture = theme.pixmap(STATE_ICONS[action.state], "accent" if is_open else "muted")
        painter.drawPixmap(inner.x(), inner.y() + 1, picture)
        inner.setLeft(inner.left() + theme.px(20) + 12)
        bold, plain = QFont.Weight.DemiBold, QFont.Weight.Normal
        ink, stands = theme.colour("text" if is_open else "muted"), index.data(STANDING_ROLE)
        top = _draw_line(painter, inner, action.text, theme.font(CARD_TITLE, bold), ink)
        inner.setTop(top + self._GAP)
        muted = theme.colour("muted")
        top = _draw_line(painter, inner, about(action), theme.font(SMALL, plain), muted)
        inner.setTop(top + self._GAP)
        ink = theme.colour("accent" if is_open else "muted")
        stands = stands[:1].upper() + stands[1:]
        _draw_line(painter, inner, stands, theme.font(SMALL, bold), ink)
        if action.driver:
            _draw_driver(painter, inner, action.driver, stands)
        painter.restore()

    def _draw_card(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(
            QPen(theme.colour("accent" if chosen or hovered else "border"), 2 if focused else 1)
        )
        painter.setBrush(theme.colour("accent_soft" if focused else "surface"))
        painter.drawRoundedRect(card, 12, 12)


def _draw_line(painter: QPainter, inner: QRect, text: str, font: QFont, ink: QColor) -> int:
    """One line, cut with an ellipsis where it is too long; gives where it ends."""
    painter.setFont(font)
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    line = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return line.top() + line.height()


def _draw_driver(painter: QPainter, inner: QRect, driver: Driver, beside: str) -> None:
    """The driver's name at the right, where there is room for all of it."""
    painter.setFont(theme.font(SMALL, QFont.Weight.DemiBold))
    metrics = painter.fontMetrics()
    name = DRIVER_SHORT_NAMES[driver]
    if metrics.horizontalAdvance(name) <= inner.width() - metrics.horizontalAdvance(beside) - 24:
        painter.setPen(theme.colour(driver.value))
        line = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, name)
