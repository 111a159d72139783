"""What every PDF of ours has in common: nothing about who made it, and how its words are set."""

from collections.abc import Iterator
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Paragraph

from retention_desktop.sharing.pdf.text import REGULAR, Typeface, letters, markup, pieces, plain

INK, MUTED, ACCENT, LINE = (
    HexColor(colour) for colour in ("#1D2A2E", "#54636A", "#0E6767", "#D9D4C8")
)


def new_document(target: BinaryIO, title: str, page: tuple[float, float]) -> BaseDocTemplate:
    """A document without pages. It holds no author, path, date of making or name of a machine."""
    return BaseDocTemplate(
        target,
        pagesize=page,
        title=plain(title),
        author="",
        subject="",
        creator="Retention Desktop",
        lang="en-GB",
        invariant=1,
        displayDocTitle=True,
        initialFontName=REGULAR.main,  # else every page names a Helvetica that is not embedded
    )


def new_style(typeface: Typeface, size: float, leading: float, **rest: object) -> ParagraphStyle:
    """How a paragraph is set, in points; `rest` is as reportlab names it."""
    letters(typeface.main)  # loads the font
    return ParagraphStyle(
        "",
        typeface=typeface,
        fontName=typeface.main,
        bulletFontName=typeface.main,
        fontSize=size,
        bulletFontSize=size,
        leading=leading,
        **{"textColor": INK} | rest,
    )


def paragraphs(text: str, style: ParagraphStyle, bullet: str | None = None) -> Iterator[Paragraph]:
    """The lines of the text, set in the style; the bullet stands before the first."""
    for piece in pieces(text):
        yield Paragraph(markup(piece, style.typeface), style, bulletText=bullet)
        bullet = None
