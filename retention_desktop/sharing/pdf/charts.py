"""Pictures in a PDF: how many cases stand at each level, and two areas that overlap.

They are drawn straight onto the page, with the words set as all others, so that these wrap and
find their fonts. A screen reader tells what a picture shows in place of what is drawn in it. A
picture is never taller than a page lets it be.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor, linearlyInterpolatedColor, white
from reportlab.platypus import Flowable

from retention_desktop.sharing.levels import shade
from retention_desktop.sharing.pdf.canvas import Element
from retention_desktop.sharing.pdf.fonts import SEMIBOLD, letters

INK, EDGE, EMPTY = HexColor("#1D2A2E"), HexColor("#7C868B"), HexColor("#F6F4EF")
ONE, OTHER = HexColor("#0E6767"), HexColor("#7C4594")

_BAR = 14
_AREA_SHARE = 0.11
_ROUND = 26
_SIDES = 13  # between the edge of an area and its words


def tint(colour: Color, share: float, ground: Color = white) -> Color:
    """The ground, which is white paper, with a share of the colour in it, from 0 to 1."""
    return linearlyInterpolatedColor(ground, colour, 0, 1, share)


def level_fill(place: int, places: int) -> Color:
    """The fill of a level, counted from 0; the higher the level, the deeper."""
    return tint(ONE, shade(place, places))


AREA_FILLS = (
    tint(ONE, _AREA_SHARE),
    tint(OTHER, _AREA_SHARE, ground=tint(ONE, _AREA_SHARE)),
    tint(OTHER, _AREA_SHARE),
)


def _box(picture: Flowable) -> tuple[float, ...]:
    """Where on the page the picture is that is being drawn."""
    left, bottom = picture.canv.absolutePosition(0, 0)
    return (left, bottom, left + picture.width, bottom + picture.height)


class LevelBar(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A bar as long as all cases, with a piece for each level that any of them stands at.

    With one piece there is nothing it is a part of, so no room is drawn that it does not fill.
    """

    def __init__(self, counts: Sequence[float], cases: float, element: Element) -> None:
        super().__init__()
        letters(SEMIBOLD.main)  # loads the font
        self._counts, self._cases, self._element = counts, cases, element

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Takes the whole width."""
        self.width, self.height = width, _BAR
        return self.width, self.height

    def draw(self) -> None:
        """The pieces from the left; what was not chosen stays empty at the right."""
        with self.canv.tagged(self._element):
            self._element.box = _box(self)
            self._draw_pieces()

    def _draw_pieces(self) -> None:
        canvas = self.canv
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(EDGE)
        if len(self._counts) > 1:
            canvas.setFillColor(EMPTY)
            canvas.rect(0, 0, self.width, _BAR, fill=1)
        left = 0.0
        for place, count in enumerate(self._counts):
            wide = self.width * count / self._cases
            if count:
                canvas.setFillColor(level_fill(place, len(self._counts)))
                canvas.rect(left, 0, wide, _BAR, fill=1)
                canvas.setFillColor(INK)
                canvas.setFont(SEMIBOLD.main, 9)
                if canvas.stringWidth(f"{count:g}") + 4 <= wide:
                    canvas.drawCentredString(left + wide / 2, 4, f"{count:g}")
            left += wide


class Areas(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Two areas that overlap, with paragraphs in one, in both and in the other."""

    def __init__(self, columns: Sequence[Sequence[Flowable]]) -> None:
        super().__init__()
        self.element = Element("Figure")
        self._columns = columns

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Takes the whole width, and as much height as the longest of the three."""
        self._third = width / 3
        room = self._third - 2 * _SIDES
        self._heights = [[part.wrap(room, height)[1] for part in each] for each in self._columns]
        self.width = width
        self.height = max(map(sum, self._heights)) + 2 * _SIDES
        return self.width, self.height

    def draw(self) -> None:
        """The areas, their edges upon them, and then the words."""
        with self.canv.tagged(self.element):
            self.element.box = _box(self)
            self._draw_areas()

    def _draw_areas(self) -> None:
        canvas = self.canv
        third, high = self._third, self.height
        radius = min(_ROUND, high / 2)
        one, both, other = (0, 2 * third), (third, third), (third, 2 * third)
        fill_one, fill_both, fill_other = AREA_FILLS
        # The common area comes last, upon the two.
        for (left, wide), fill in ((one, fill_one), (other, fill_other), (both, fill_both)):
            canvas.setFillColor(fill)
            canvas.roundRect(left, 0, wide, high, radius, stroke=0, fill=1)
        canvas.setLineWidth(1)
        for (left, wide), colour in ((one, ONE), (other, OTHER)):
            canvas.setStrokeColor(colour)
            canvas.roundRect(left, 0, wide, high, radius, stroke=1, fill=0)
        for place, (column, heights) in enumerate(zip(self._columns, self._heights, strict=True)):
            top = high - _SIDES
            for part, tall in zip(column, heights, strict=True):
                top -= tall
                part.drawOn(canvas, place * third + _SIDES, top)
