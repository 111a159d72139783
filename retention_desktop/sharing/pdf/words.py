"""A line of a person's words, set into as many lines as it takes and tagged as what it is.

reportlab has paragraphs of its own. These drop the space at the end of a line, read markup in the
text, know one font, and take minutes where a text is very long.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import nullcontext
from typing import NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from retention_desktop.sharing.pdf.canvas import Element, TagCanvas
from retention_desktop.sharing.pdf.fonts import Typeface
from retention_desktop.sharing.pdf.joining import reading_units
from retention_desktop.sharing.pdf.text import Setting, plain

INK, MUTED, ACCENT, LINE = (
    HexColor(colour) for colour in ("#1D2A2E", "#54636A", "#0E6767", "#D9D4C8")
)

_WORD = re.compile(r"\S+\s*")
_BULLET, _BULLET_LEFT = "•", 2
_CAPITAL = 0.69  # of the size
_ROUNDING = 1e-6


class Style(NamedTuple):
    """How words are set. All measures are points; `before` and `after` are room between blocks."""

    typeface: Typeface
    size: float
    leading: float
    colour: Color = INK
    before: float = 0
    after: float = 0
    indent: float = 0
    centred: bool = False


class Words(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """One line of text, which wraps and goes over pages.

    Without an element it belongs to what it is drawn within. `label` is the element of the bullet
    before it, if there is one.
    """

    def __init__(
        self, line: Setting, style: Style, element: Element | None, label: Element | None = None
    ) -> None:
        super().__init__()
        self._line, self._style = line, style
        self._element, self._label = element, label
        self._rows: list[tuple[int, int]] = []
        self._room = 0.0
        self.spaceBefore, self.spaceAfter = style.before, style.after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Takes the whole width."""
        room = width - self._style.indent
        if room != self._room:
            first = self._rows[0][0] if self._rows else 0
            last = self._rows[-1][1] if self._rows else len(self._line.text)
            self._rows = list(_rows(self._line, first, last, room / self._style.size))
            self._room = room
        self.width, self.height = width, len(self._rows) * self._style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> "list[Words]":
        """What fits into the height, and the rest; never one row alone, if it can be helped."""
        self.wrap(width, height)
        count, fitting = len(self._rows), int((height + _ROUNDING) / self._style.leading)
        if fitting >= count:
            return [self]
        if fitting == count - 1 and count > 3:
            fitting -= 1
        if fitting < min(2, max(1, count - 1)):
            return []
        return [self._part(0, fitting), self._part(fitting, count)]

    def _part(self, first: int, last: int) -> "Words":
        part = Words(self._line, self._style, self._element, None if first else self._label)
        part._rows, part._room = self._rows[first:last], self._room
        part.spaceBefore = 0 if first else self.spaceBefore
        part.spaceAfter = self.spaceAfter if last == len(self._rows) else 0
        return part

    def draw(self) -> None:
        """Draws it; again, as the header of a table is on each page, for the eye alone."""
        element, self._element = self._element, None
        label, self._label = self._label, None
        canvas, style = self.canv, self._style
        canvas.setFillColor(style.colour)
        first = self.height - (style.leading + _CAPITAL * style.size) / 2
        if label:
            with canvas.tagged(label):
                canvas.setFont(style.typeface.main, style.size)
                canvas.drawString(_BULLET_LEFT, first, _BULLET)
        if element and element.bookmark and not element.content:
            canvas.bookmark(element, self.height)
        with canvas.tagged(element) if element else nullcontext():
            for number, (start, end) in enumerate(self._rows):
                left = style.indent
                if style.centred:
                    left += (self._room - self._width(start, self._seen_end(start, end))) / 2
                self._draw_row(canvas, start, end, left, first - number * style.leading)

    def _seen_end(self, start: int, end: int) -> int:
        return start + len(self._line.text[start:end].rstrip())

    def _width(self, start: int, end: int) -> float:
        return sum(self._line.widths[start:end]) * self._style.size / 1000

    def _draw_row(
        self, canvas: TagCanvas, start: int, end: int, left: float, bottom: float
    ) -> None:
        """Draws the row in the order of reading; what runs from right to left has other places.

        Readers that go by order and those that go by place both get the words as they were written.
        """
        seen_end = self._seen_end(start, end)
        for first, last in self._line.turned:
            turned_start, turned_end = max(first, start), min(last, seen_end)
            if turned_start < turned_end:
                self._draw(canvas, start, turned_start, left, bottom)
                left += self._width(start, turned_start)
                right = left + self._width(turned_start, turned_end)
                start, left = turned_end, right
                for unit in reading_units(self._line.text, turned_start, turned_end):
                    right -= self._width(*unit)
                    self._draw(canvas, *unit, right, bottom)
        self._draw(canvas, start, end, left, bottom)

    def _draw(self, canvas: TagCanvas, start: int, end: int, left: float, bottom: float) -> None:
        """Draws a piece from the left to the right."""
        if start < end:
            text = canvas.beginText(left, bottom)
            for font, first, last in self._runs(start, end):
                text.setFont(font, self._style.size)
                text.textOut(self._line.text[first:last])
            canvas.drawText(text)

    def _runs(self, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        starts, fonts = self._line.starts, self._line.fonts
        at = bisect_right(starts, start) - 1
        while start < end:
            last = min(end, starts[at + 1]) if at + 1 < len(starts) else end
            yield fonts[at], start, last
            start, at = last, at + 1


def widest_word(text: str, style: Style) -> float:
    """How wide the widest word of a text is, in points."""
    line = Setting(plain(text), style.typeface)
    found = (sum(line.widths[each.start() : each.end()]) for each in re.finditer(r"\S+", line.text))
    return max(found, default=0) * style.size / 1000


def _rows(line: Setting, start: int, last: int, room: float) -> Iterator[tuple[int, int]]:
    """From where to where each row goes; `room` is how wide one is at size 1."""
    widths, room = line.widths, room * 1000 + _ROUNDING
    used = 0.0
    for word in _WORD.finditer(line.text, start, last):
        begin, end = word.span()
        letters = len(word[0].rstrip())
        seen = sum(widths[begin : begin + letters])
        if used + seen > room and begin > start:
            yield start, begin
            start, used = begin, 0.0
        if seen > room:  # a word that fits into no row is cut; marks have no width, so they stay
            for place in range(begin, end):
                if used + widths[place] > room and start < place < begin + letters:
                    yield start, place
                    start, used = place, 0.0
                used += widths[place]
        else:
            used += sum(widths[begin:end])
    yield start, last
