"""A card as a PDF the size of a postcard (A6): as large as it fits, on more cards where it must."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageTemplate,
    Spacer,
)

from retention_desktop.sharing.card import Card, CardLine
from retention_desktop.sharing.pdf.canvas import Element
from retention_desktop.sharing.pdf.document import (
    Story,
    heading,
    made_pdf,
    paragraphs,
)
from retention_desktop.sharing.pdf.fonts import REGULAR, SEMIBOLD
from retention_desktop.sharing.pdf.words import ACCENT, LINE, MUTED, Style

_PAGE = landscape(A6)
_MARGIN = 11 * mm
_WIDTH, _HEIGHT = _PAGE[0] - 2 * _MARGIN, _PAGE[1] - 2 * _MARGIN
_TOGETHER = 16 * mm  # what was asked, and the beginning of what was answered
_SIZES = (22, 20, 18, 16, 14, 12, 11)  # points of the answers; the smallest is still easy to read
_TITLE = Style(SEMIBOLD, 15, 15 * 1.35, ACCENT)


def render_card(card: Card, made_on: date | None = None, password: str = "") -> bytes:
    """The bytes of the PDF: the same for the same card, and nothing in them but the card."""
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, _HEIGHT, 0, 0, 0, 0)
    template = PageTemplate(frames=[frame])
    return made_pdf(_fitting(card), template, _PAGE, card.title, made_on, password)


def _fitting(card: Card) -> Story:
    """The card at the largest size at which it fits, in the middle of what room is left."""
    for size in _SIZES:
        root = Element("Document")
        head = list(_head(card, root))
        body = [list(_line(line, size, root)) for line in card.lines]
        spare = _HEIGHT - _height([*head, *chain.from_iterable(body)])
        if spare >= 0:
            return Story([*head, Spacer(0, spare / 2), *chain.from_iterable(body)], root)
    together = CondPageBreak(_TOGETHER)
    return Story([*head, *(each for parts in body for each in (together, *parts))], root)


def _height(content: list[Flowable]) -> float:
    return sum(
        float(each.wrap(_WIDTH, _HEIGHT)[1] + each.getSpaceBefore() + each.getSpaceAfter())
        for each in content
    )


def _head(card: Card, within: Element) -> Iterator[Flowable]:
    yield from heading(card.title, _TITLE, within, 1)
    yield HRFlowable(width="100%", thickness=0.75, color=LINE, spaceBefore=6, spaceAfter=6)


def _line(line: CardLine, size: float, within: Element) -> Iterator[Flowable]:
    small = max(9, size * 0.6)
    lead = Style(REGULAR, small, small * 1.35, MUTED, before=size * 0.5)
    yield from paragraphs(line.lead, lead, within)
    yield from paragraphs(line.text, Style(REGULAR, size, size * 1.35), within)
