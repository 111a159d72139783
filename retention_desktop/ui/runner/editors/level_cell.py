"""A cell in which one level of a scale is chosen, by click, by number or by letter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from retention_desktop.models.prompts import Column
from retention_desktop.ui.theme import SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.heat_table import level_fill, widest_word
from retention_desktop.ui.widgets.text import announce, breakable

_HEIGHT = 44  # pixels at 100 % text
_BAR = 6
_PART = 22  # the narrowest part of a cell that can be hit; its number and its letter choose it too
_SIDES = 4
_CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_DIGITS = "123456789"
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


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
        return max(theme.px(_HEIGHT), text + theme.px(_BAR) + 12)

    def sizeHint(self) -> QSize:
        return QSize(_PART * len(self._scale) + 2 * _SIDES, theme.px(_HEIGHT))

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


def needed_width(column: Column) -> int:
    """Of a cell and of the head above it, in pixels: with less, words would be cut."""
    bold = QFont.Weight.DemiBold
    words = widest_word([column.label, *column.options], SMALL, bold)
    return max(words, _PART * len(column.options)) + 2 * _SIDES
