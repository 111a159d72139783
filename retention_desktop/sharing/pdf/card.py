"""A card as a PDF the size of a postcard (A6): as large as it fits, on more cards where it must."""

from collections.abc import Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A6, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
)

from retention_desktop.sharing.card import Card, CardLine
from retention_desktop.sharing.pdf.layout import ACCENT, INK, LINE, MUTED
from retention_desktop.sharing.pdf.text import (
    REGULAR,
    SEMIBOLD,
    Typeface,
    letters,
    markup,
    pieces,
    plain,
)

_PAGE = landscape(A6)
_MARGIN = 11 * mm
_WIDTH, _HEIGHT = _PAGE[0] - 2 * _MARGIN, _PAGE[1] - 2 * _MARGIN
_TOGETHER = 16 * mm  # what was asked, and the beginning of what was answered
_SIZES = (22, 20, 18, 16, 14, 12, 11)  # points of the answers; the smallest is still easy to read


def render_card(card: Card) -> bytes:
    """The bytes of the PDF: the same for the same card, and nothing in them but the card."""
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=_PAGE,
        title=plain(card.title),
        author="",
        subject="",
        creator="Retention Desktop",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR.main,
    )
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, _HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=_name_the_window))
    document.build(_fitting(card))
    return buffer.getvalue()


def _name_the_window(canvas: Canvas, _document: BaseDocTemplate) -> None:
    canvas.setViewerPreference("DisplayDocTitle", "true")


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
    yield from _paragraphs(card.title, _style(SEMIBOLD, 15, textColor=ACCENT))
    yield HRFlowable(width="100%", thickness=0.75, color=LINE, spaceBefore=6, spaceAfter=6)


def _line(line: CardLine, size: float) -> Iterator[Flowable]:
    lead = _style(REGULAR, max(9, size * 0.6), textColor=MUTED, spaceBefore=size * 0.5)
    yield from _paragraphs(line.lead, lead)
    yield from _paragraphs(line.text, _style(REGULAR, size, textColor=INK))


def _style(typeface: Typeface, size: float, **rest: object) -> ParagraphStyle:
    letters(typeface.main)  # loads the font
    return ParagraphStyle(
        "",
        typeface=typeface,
        fontName=typeface.main,
        bulletFontName=typeface.main,
        fontSize=size,
        leading=size * 1.35,
        **rest,
    )


def _paragraphs(text: str, style: ParagraphStyle) -> Iterator[Flowable]:
    for piece in pieces(text):
        yield Paragraph(markup(piece, style.typeface), style)
