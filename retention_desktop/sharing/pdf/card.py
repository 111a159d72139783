"""A card as a PDF the size of a postcard (A6): as large as it fits, on more cards where it must."""

from collections.abc import Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.styles import ParagraphStyle
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
from retention_desktop.sharing.pdf.document import (
    ACCENT,
    LINE,
    MUTED,
    new_document,
    new_style,
    paragraphs,
)
from retention_desktop.sharing.pdf.text import REGULAR, SEMIBOLD, Typeface

_PAGE = landscape(A6)
_MARGIN = 11 * mm
_WIDTH, _HEIGHT = _PAGE[0] - 2 * _MARGIN, _PAGE[1] - 2 * _MARGIN
_TOGETHER = 16 * mm  # what was asked, and the beginning of what was answered
_SIZES = (22, 20, 18, 16, 14, 12, 11)  # points of the answers; the smallest is still easy to read


def render_card(card: Card) -> bytes:
    """The bytes of the PDF: the same for the same card, and nothing in them but the card."""
    buffer = BytesIO()
    document = new_document(buffer, card.title, _PAGE)
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, _HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(_fitting(card))
    return buffer.getvalue()


def _fitting(card: Card) -> list[Flowable]:
    """The card at the largest size at which it fits, in the middle of what room is left."""
    head = list(_head(card))
    for size in _SIZES:
        body = [part for line in card.lines for part in _line(line, size)]
        spare = _HEIGHT - _height([*head, *body])
        if spare >= 0:
            return [*head, Spacer(0, spare / 2), *body]
    together = CondPageBreak(_TOGETHER)
    return [*head, *(part for line in card.lines for part in (together, *_line(line, size)))]


def _height(content: list[Flowable]) -> float:
    return sum(
        float(each.wrap(_WIDTH, _HEIGHT)[1] + each.getSpaceBefore() + each.getSpaceAfter())
        for each in content
    )


def _head(card: Card) -> Iterator[Flowable]:
    yield from paragraphs(card.title, _style(SEMIBOLD, 15, textColor=ACCENT))
    yield HRFlowable(width="100%", thickness=0.75, color=LINE, spaceBefore=6, spaceAfter=6)


def _line(line: CardLine, size: float) -> Iterator[Flowable]:
    lead = _style(REGULAR, max(9, size * 0.6), textColor=MUTED, spaceBefore=size * 0.5)
    yield from paragraphs(line.lead, lead)
    yield from paragraphs(line.text, _style(REGULAR, size))


def _style(typeface: Typeface, size: float, **rest: object) -> ParagraphStyle:
    return new_style(typeface, size, size * 1.35, **rest)
