"""Levels as a picture: a table of words on soft fills, and a bar for each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.sharing.levels import level_counts, shade
from retention_desktop.toolkit.blocks import Levels
from retention_desktop.ui.theme import BODY, SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import breakable, label
from retention_desktop.ui.widgets.tints import tint

CELL_PADDING = 8
_GAP = 4


def level_fill(place: int, places: int, colour: str = "accent") -> QColor:
    """The fill of a level, counted from 0; the higher the level, the deeper."""
    return tint(colour, shade(place, places))


def widest_word(texts: Iterable[str], pixels: int, weight: QFont.Weight) -> int:
    """How wide the widest word of the texts is, in pixels, where nothing but long words break."""
    metrics = QFontMetrics(theme.font(pixels, weight))
    words = (word for text in texts for word in breakable(text).replace("\u200b", " ").split())
    return max(map(metrics.horizontalAdvance, words), default=0)


class LevelLabel(QLabel):
    """The word of a level on its fill."""

    def __init__(self, scale: Sequence[str], word: str) -> None:
        super().__init__(breakable(word) or "–")
        self._fill = level_fill(scale.index(word), len(scale)) if word else None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "level" if word else "muted")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(CELL_PADDING, 5, CELL_PADDING, 5)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fill is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._fill)
            painter.drawRoundedRect(self.rect(), 6, 6)
            painter.end()
        super().paintEvent(event)


class HeatTable(QWidget):
    """What was chosen, to read: a table where all words have room, else a card for each row."""

    def __init__(self, levels: Levels) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides between table and cards, not the reverse
        self._levels = levels
        self._needed = _table_width(levels)
        self._is_table = self.width() >= self._needed
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_table = self.width() >= self._needed
        if is_table is not self._is_table:
            self._is_table = is_table
            self._fill()

    def _fill(self) -> None:
        clear(self._layout)
        if self._is_table:
            self._layout.addWidget(_table(self._levels))
            return
        for row in self._levels.rows:
            self._layout.addWidget(_card(self._levels, row))


def _columns(levels: Levels) -> list[int]:
    """How wide each column must be at least, so that no word is cut."""
    names = [row[0] for row in levels.rows]
    name = max(
        widest_word([levels.header[0]], SMALL, QFont.Weight.DemiBold),
        widest_word(names, BODY, QFont.Weight.DemiBold),
        theme.px(90),
    )
    word = widest_word(levels.scale, SMALL, QFont.Weight.DemiBold)
    return [name] + [
        max(word, widest_word([head], SMALL, QFont.Weight.DemiBold)) + 2 * CELL_PADDING + 2
        for head in levels.header[1:]
    ]


def _table_width(levels: Levels) -> int:
    columns = _columns(levels)
    return sum(columns) + _GAP * (len(columns) - 1)


def _table(levels: Levels) -> QWidget:
    view = QWidget()
    grid = QGridLayout(view)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(_GAP)
    for place, (head, width) in enumerate(zip(levels.header, _columns(levels), strict=True)):
        grid.addWidget(_head(head, centred=place > 0), 0, place)
        grid.setColumnMinimumWidth(place, width)
        grid.setColumnStretch(place, 1 if place else 2)
    for number, row in enumerate(levels.rows, 1):
        grid.addWidget(selectable(row[0] or "–", "strong"), number, 0)
        for place, cell in enumerate(_cells(levels, row), 1):
            grid.addWidget(cell, number, place)
    return view


def _cells(levels: Levels, row: tuple[str, ...]) -> list[QLabel]:
    """The levels of a row; a screen reader hears with each whose it is and of what."""
    made: list[QLabel] = []
    for name, word in zip(levels.header[1:], row[1:], strict=True):
        cell = LevelLabel(levels.scale, word)
        cell.setAccessibleName(f"{row[0] or '–'}, {name}: {word or _('not chosen')}")
        made.append(cell)
    return made


def _head(text: str, *, centred: bool) -> QLabel:
    made = label(text, "small-strong")
    across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(across | Qt.AlignmentFlag.AlignBottom)
    return made


def _card(levels: Levels, row: tuple[str, ...]) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(5)
    layout.addWidget(selectable(row[0] or "–", "strong"))
    for name, cell in zip(levels.header[1:], _cells(levels, row), strict=True):
        pair = QHBoxLayout()
        pair.setSpacing(14)
        pair.addWidget(label(name, "muted"), 1)
        pair.addWidget(cell, 1)
        layout.addLayout(pair)
    return frame


class LevelBars(QWidget):
    """For each dimension, how many cases stand at each level: in words, and as a bar."""

    def __init__(self, levels: Levels, *, live: bool = False) -> None:
        """A `live` view changes while somebody chooses; its words cannot be marked."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._lines: list[tuple[QLabel, CountBar]] = []
        for _dimension in levels.header[1:]:
            line = (label if live else selectable)("", "body"), CountBar()
            self._lines.append(line)
            for each in line:
                layout.addWidget(each)
            layout.addSpacing(6)
        self.show_levels(levels)

    def show_levels(self, levels: Levels) -> None:
        """Show these, of the same dimensions, instead."""
        for (words, bar), each in zip(self._lines, level_counts(levels), strict=True):
            words.setText(breakable(f"{each.name}: {each.words}"))
            bar.show_counts(each.counts, len(levels.rows))


class CountBar(QWidget):
    """As long as all cases; a piece for each level that has any. The words above say the same.

    With one piece there is nothing it is a part of, so no room is drawn that it does not fill.
    """

    def __init__(self, colour: str = "accent") -> None:
        super().__init__()
        self._colour = colour
        self._counts: tuple[float, ...] = ()
        self._cases: float = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: tuple[float, ...], cases: float) -> None:
        self._counts, self._cases = counts, max(1, cases)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), QFontMetrics(theme.font(SMALL)).height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(SMALL, QFont.Weight.DemiBold))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if len(self._counts) > 1:
            painter.setPen(QPen(theme.colour("border"), 1))
            painter.setBrush(theme.colour("bg"))
            painter.drawRoundedRect(whole, 4, 4)
        left = whole.left()
        for place, count in enumerate(self._counts):
            if count:
                width = whole.width() * count / self._cases
                piece = QRectF(left, whole.top(), width, whole.height())
                left = piece.right()
                painter.setPen(QPen(theme.colour("edge"), 1))
                painter.setBrush(level_fill(place, len(self._counts), self._colour))
                painter.drawRoundedRect(piece, 4, 4)
                if painter.fontMetrics().horizontalAdvance(str(count)) + 4 <= piece.width():
                    painter.setPen(theme.colour("text"))
                    painter.drawText(piece, Qt.AlignmentFlag.AlignCenter, str(count))
        painter.end()
