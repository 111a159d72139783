"""Two areas that overlap, drawn, with what lies in one, in both and in the other."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.ui.theme import CARD_TITLE, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.heat_table import widest_word
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import Look, label
from retention_desktop.ui.widgets.tints import mixed, tint

Three: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

ONE, OTHER = "accent", "belonging"
_SHARE = 0.11
_SIDES = 20  # between the edge of an area and its words
_ROUND = 36
_LEAST_COLUMN = 120  # pixels at 100 % text


def area_fills() -> tuple[QColor, QColor, QColor]:
    """The fills of one area, of what is common, and of the other."""
    one = tint(ONE, _SHARE)
    return one, mixed(one, theme.colour(OTHER), _SHARE), tint(OTHER, _SHARE)


class OverlapView(QWidget):
    """Three columns upon two areas of which the middle one is common; lists where room is short.

    The words are labels, so they wrap, the areas grow with them, and a screen reader reads them as
    three lists.
    """

    def __init__(
        self, names: tuple[str, str, str], items: Three, look: Look = "body", *, live: bool = False
    ) -> None:
        """A `live` view changes while somebody writes; its words cannot be marked."""
        super().__init__()
        self._names = names
        self._look: Look = look
        self._live = live
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides between drawing and lists, not the reverse
        self._is_drawn = False
        self.show_items(items)

    @property
    def is_drawn(self) -> bool:
        """Whether the areas are drawn; else there are lists."""
        return self._is_drawn

    def show_items(self, items: Three) -> None:
        """Show these instead."""
        self._items = items
        self._needed = self._drawing_width()
        self._is_drawn = self.width() >= self._needed
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_drawn = self.width() >= self._needed
        if is_drawn is not self._is_drawn:
            self._is_drawn = is_drawn
            self._fill()

    def _drawing_width(self) -> int:
        """Three columns, each as wide as the longest word anywhere."""
        texts = [*self._names, *(text for area in self._items for text in area)]
        word = widest_word(texts, CARD_TITLE, QFont.Weight.DemiBold)
        return 3 * (max(word, theme.px(_LEAST_COLUMN)) + 2 * _SIDES + 2)

    def _fill(self) -> None:
        clear(self._layout)
        drawn = self._is_drawn
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if drawn else direction.TopToBottom)
        self._layout.setSpacing(0 if drawn else 10)
        self._areas = [
            self._area(name, texts) for name, texts in zip(self._names, self._items, strict=True)
        ]
        for each in self._areas:
            self._layout.addWidget(each, 1)
        self.update()

    def _area(self, name: str, texts: tuple[str, ...]) -> QWidget:
        area = QWidget()
        layout = QVBoxLayout(area)
        layout.setContentsMargins(_SIDES, _SIDES, _SIDES, _SIDES)
        layout.setSpacing(8)
        layout.addWidget(label(name, "strong"))
        for text in texts:
            layout.addWidget((label if self._live else selectable)(text, self._look))
        if not texts:
            layout.addWidget(label(_("Nothing here"), "muted"))
        layout.addStretch(1)
        return area

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        one, both, other = (QRectF(each.geometry()) for each in self._areas)
        fills = area_fills()
        if self._is_drawn:
            one, other = one | both, both | other
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for shape, fill in ((one, fills[0]), (other, fills[2]), (both, fills[1])):
            painter.setBrush(fill)
            _draw_round(painter, shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edges = [(one, ONE), (other, OTHER)]
        for shape, token in edges if self._is_drawn else [*edges, (both, "edge")]:
            painter.setPen(QPen(theme.colour(token), 1.5))
            _draw_round(painter, shape)
        painter.end()


def _draw_round(painter: QPainter, shape: QRectF) -> None:
    painter.drawRoundedRect(shape.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
