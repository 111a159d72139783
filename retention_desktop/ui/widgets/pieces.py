"""Text on one line in which what was searched for stands out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from retention_desktop.journal.matching import Pieces
from retention_desktop.ui.theme import theme


def draw_pieces(
    painter: QPainter,
    line: QRect,
    pieces: Pieces,
    pixels: int,
    token: str,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    """Draw the text in a colour; what was found stands out by weight and ground."""
    left, height = line.left(), QFontMetrics(theme.font(pixels)).height()
    for text, found in pieces:
        painter.setFont(theme.font(pixels, QFont.Weight.Bold if found else weight))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.right() - left)
        width = metrics.horizontalAdvance(shown)
        if found:
            ground = QRect(left - 1, line.top(), width + 2, height)
            painter.fillRect(ground, theme.colour("warn_soft"))
        painter.setPen(theme.colour("text" if found else token))
        place = QRect(left, line.top(), width + 4, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, shown)
        left += width
        if shown != text or left >= line.right():
            break
