"""A summary laid out on A4 pages with reportlab: a list of elements first, then pages."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, zip_longest

from reportlab.lib.colors import white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)

from retention_desktop.sharing.levels import level_counts
from retention_desktop.sharing.pdf.charts import Areas, LevelBar, level_fill
from retention_desktop.sharing.pdf.document import (
    ACCENT,
    LINE,
    MUTED,
    new_document,
    new_style,
    paragraphs,
)
from retention_desktop.sharing.pdf.text import BOLD, REGULAR, SEMIBOLD
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit import blocks

SIDE, TOP, BOTTOM = 26 * mm, 24 * mm, 28 * mm
WIDTH = A4[0] - 2 * SIDE
HEIGHT = A4[1] - TOP - BOTTOM

# A heading stays with the beginning of what it heads; a row taller than this is cut into several.
_TOGETHER: float = 30 * mm
_TALLEST_ROW: float = HEIGHT / 3
_NARROWEST_COLUMN = 18 * mm
_MOST_COLUMNS = int(WIDTH / _NARROWEST_COLUMN)
_GUTTER = 10
_LEVEL_COLUMN = 80  # where there is room
_NARROWEST_NAME = 28 * mm
# A taller picture, or one of longer texts, only says how many things there are; the lists follow.
_TALLEST_PICTURE = HEIGHT * 0.55
_MOST_IN_PICTURE = 3_000
_BETWEEN_BLOCKS = 8

_PAGE_COUNT = "page-count"


TITLE = new_style(BOLD, 23, 29, spaceAfter=4)
META = new_style(REGULAR, 10.5, 16, textColor=MUTED)
HEADING = new_style(SEMIBOLD, 13, 19, spaceBefore=20, spaceAfter=4)
BODY = new_style(REGULAR, 11, 17)
BULLET = new_style(REGULAR, 11, 17, leftIndent=14, bulletIndent=2)
COLUMN_HEAD = new_style(SEMIBOLD, 9.5, 13, textColor=MUTED)
CELL = new_style(REGULAR, 10, 14.5)
LEVEL_HEAD = new_style(SEMIBOLD, 8.5, 11.5, textColor=MUTED, alignment=TA_CENTER)
LEVEL = new_style(REGULAR, 10, 14.5, alignment=TA_CENTER)
COUNT = new_style(REGULAR, 10, 14.5, spaceAfter=2)
AREA = new_style(SEMIBOLD, 10.5, 15, spaceBefore=8)
REVIEW = new_style(SEMIBOLD, 11, 17, spaceBefore=20, textColor=ACCENT)


def render(summaries: Sequence[Summary]) -> bytes:
    """The bytes of the PDF."""
    buffer = BytesIO()
    document = new_document(buffer, summaries[0].title, A4)
    frame = Frame(SIDE, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=_draw_footer))
    pages = [[PageBreak(), *elements(each)] for each in summaries]
    document.build(list(chain.from_iterable(pages))[1:], canvasmaker=_Canvas)
    return buffer.getvalue()


class _Canvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Pages that say how many there are, which is known once the last one is drawn."""

    def save(self) -> None:
        self.beginForm(_PAGE_COUNT)
        self.setFont(REGULAR.main, 9)
        self.setFillColor(MUTED)
        self.drawString(0, 0, str(self.getPageNumber() - 1))  # the page not begun yet
        self.endForm()
        super().save()


def _draw_footer(canvas: Canvas, _document: BaseDocTemplate) -> None:
    text = f"Page {canvas.getPageNumber()} of "
    canvas.setFont(REGULAR.main, 9)
    canvas.setFillColor(MUTED)
    canvas.translate(SIDE, BOTTOM / 2)
    canvas.drawString(0, 0, text)
    canvas.translate(canvas.stringWidth(text), 0)
    canvas.doForm(_PAGE_COUNT)


def elements(summary: Summary) -> list[Flowable]:
    """The summary as a list of what is drawn, in reading order."""
    sections = chain.from_iterable(map(_section, summary.sections))
    ending = (*paragraphs(summary.agreed, REVIEW), *paragraphs(summary.review, REVIEW))
    return [*_head(summary), *sections, *ending]


def _head(summary: Summary) -> Iterator[Flowable]:
    yield from paragraphs(summary.title, TITLE)
    yield from paragraphs(" · ".join(filter(None, (summary.when, summary.person))), META)
    yield HRFlowable(width="100%", thickness=0.75, color=LINE, spaceBefore=12, spaceAfter=2)


def _section(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(_room_to_begin(section.blocks[0]))
    yield from paragraphs(section.heading, HEADING)
    for place, block in enumerate(section.blocks):
        yield Spacer(0, _BETWEEN_BLOCKS if place else 0)
        yield from _block(block)


def _room_to_begin(block: blocks.Block) -> float:
    """The height that a heading and the beginning of this block take."""
    match block:
        case blocks.Grid() | blocks.Levels():
            return _TALLEST_ROW
        case blocks.Overlap() if picture := _picture(block):
            return _TOGETHER + float(picture.wrap(WIDTH, HEIGHT)[1])
    return _TOGETHER


def _block(block: blocks.Block) -> Iterator[Flowable]:
    match block:
        case blocks.Paragraph(text):
            yield from paragraphs(text, BODY)
        case blocks.Bullets(items):
            for item in items:
                yield from paragraphs(item, BULLET, bullet="•")
        case blocks.Grid(header, rows) if len(header) <= _MOST_COLUMNS:
            yield _table(header, rows, _column_widths(header, rows))
        case blocks.Grid(header, rows):
            for row in rows:
                yield from _labelled_lines(header, row)
        case blocks.Levels():
            yield from _levels(block)
        case blocks.Overlap():
            yield from _overlap(block)
        case blocks.Bars():
            yield from _bars(block)


def _bars(bars: blocks.Bars) -> Iterator[Flowable]:
    """Under the name of all, each in words, and below them its bar."""
    if bars.name:
        yield CondPageBreak(_TOGETHER)
        yield from paragraphs(bars.name, AREA)
    for bar in bars.bars:
        yield CondPageBreak(_TOGETHER)
        yield Spacer(0, _BETWEEN_BLOCKS)
        yield from paragraphs(f"{bar.name}: {bar.words}", COUNT)
        if any(bar.pieces):
            yield LevelBar(bar.pieces, bars.longest)


def _levels(levels: blocks.Levels) -> Iterator[Flowable]:
    """The table, each word of it on a fill, then a bar for each dimension under its count."""
    if widths := _level_widths(levels):
        yield _table(levels.header, levels.rows, widths, levels.scale)
    else:
        for row in levels.rows:
            yield from _labelled_lines(levels.header, row)
    for each in level_counts(levels):
        yield CondPageBreak(_TOGETHER)
        yield Spacer(0, _BETWEEN_BLOCKS)
        yield from paragraphs(f"{each.name}: {each.words}", COUNT)
        yield LevelBar(each.counts, len(levels.rows))


def _overlap(overlap: blocks.Overlap) -> Iterator[Flowable]:
    """The picture where it has room on a page, then the three lists."""
    if picture := _picture(overlap):
        yield picture
    for name, items in zip(overlap.names, overlap.items, strict=True):
        yield CondPageBreak(_TOGETHER)
        yield from paragraphs(name, AREA)
        for item in items:
            yield from paragraphs(item, BULLET, bullet="•")
        if not items:
            yield from paragraphs(_things(0), META)


def _picture(overlap: blocks.Overlap) -> Areas | None:
    """The areas with what lies in them, else with how much does; None if even that is too tall."""
    counted = tuple((_things(len(items)),) for items in overlap.items)
    written = tuple(items or (_things(0),) for items in overlap.items)
    for items in (written, counted):
        columns = list(zip(overlap.names, items, strict=True))
        if sum(len(name) + sum(map(len, texts)) for name, texts in columns) <= _MOST_IN_PICTURE:
            areas = Areas([_in_area(name, texts) for name, texts in columns])
            if areas.wrap(WIDTH, HEIGHT)[1] <= _TALLEST_PICTURE:
                return areas
    return None


def _in_area(name: str, texts: Iterable[str]) -> list[Flowable]:
    words = chain.from_iterable(paragraphs(text, CELL) for text in texts)
    return [*paragraphs(name, AREA), *words]


def _things(count: int) -> str:
    return {0: "Nothing here", 1: "1 thing"}.get(count, f"{count} things")


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    scale: Sequence[str] = (),
) -> Table:
    """A table. With a `scale`, all cells but the first of a row are words of it, on their fills."""
    head = _fitting_rows(_cells(header, COLUMN_HEAD, LEVEL_HEAD if scale else COLUMN_HEAD), widths)
    data = [*head]
    look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR.main),  # else Helvetica, which is not embedded
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), _GUTTER),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, 0), 4),
        ("BOTTOMPADDING", (0, len(head) - 1), (-1, len(head) - 1), 5),
        ("LINEBELOW", (0, len(head) - 1), (-1, len(head) - 1), 1, ACCENT),
    ]
    if scale:
        look += [
            ("LEFTPADDING", (1, 0), (-1, -1), _GUTTER / 2),
            ("RIGHTPADDING", (1, 0), (-1, -1), _GUTTER / 2),
            ("VALIGN", (0, 0), (-1, len(head) - 1), "BOTTOM"),
            ("VALIGN", (1, len(head)), (-1, -1), "MIDDLE"),
            ("LINEBEFORE", (1, len(head)), (-1, -1), 2, white),
        ]
    for row in rows:
        first = len(data)
        data += _fitting_rows(_cells(row, CELL, LEVEL if scale else CELL), widths)
        last = len(data) - 1
        look += [
            ("TOPPADDING", (0, first), (-1, first), 6),
            ("BOTTOMPADDING", (0, last), (-1, last), 7),
            ("LINEBELOW", (0, last), (-1, last), 0.5, LINE),
        ]
        look += [
            ("BACKGROUND", (place, first), (place, last), level_fill(scale.index(word), len(scale)))
            for place, word in enumerate(row)
            if place and word in scale
        ]
    return Table(data, widths, repeatRows=1 if len(head) == 1 else 0, style=look)


def _cells(
    texts: Sequence[str], first: ParagraphStyle, others: ParagraphStyle
) -> list[list[Flowable]]:
    styles = (first, *[others] * (len(texts) - 1))
    return [list(paragraphs(text, style)) for text, style in zip(texts, styles, strict=True)]


def _column_widths(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Wider for columns with longer texts, up to a point, and never too narrow to read."""
    words = [max(text.split(), key=len, default="") for text in header]  # a header may wrap
    wanted = [min(max(map(len, column)), 80) or 1 for column in zip(words, *rows, strict=True)]
    spare = WIDTH - _NARROWEST_COLUMN * len(header)
    return [_NARROWEST_COLUMN + spare * wish / sum(wanted) for wish in wanted]


def _level_widths(levels: blocks.Levels) -> list[float]:
    """Widths in which no word of the header or the scale is cut; [] if there are none."""
    needed = [
        _GUTTER + 2 + max(_widest_word([head], LEVEL_HEAD), _widest_word(levels.scale, LEVEL))
        for head in levels.header[1:]
    ]
    wished = [max(_LEVEL_COLUMN, width) for width in needed]
    for widths in (wished, needed):
        name = WIDTH - sum(widths)
        if name >= _NARROWEST_NAME:
            return [name, *widths]
    return []


def _widest_word(texts: Iterable[str], style: ParagraphStyle) -> float:
    words = (word[:_MOST_IN_PICTURE] for text in texts for word in text.split())
    return max((stringWidth(word, style.fontName, style.fontSize) for word in words), default=0)


def _fitting_rows(
    cells: list[list[Flowable]], widths: Sequence[float]
) -> list[Sequence[list[Flowable]]]:
    """The row as it is, or cut into rows where it is too tall to be placed on any page.

    reportlab can split a row itself, but then repeats the header in the middle of a page.
    """
    placed = [(cell, width - _GUTTER) for cell, width in zip(cells, widths, strict=True)]
    height = max(sum(part.wrap(width, HEIGHT)[1] for part in cell) for cell, width in placed)
    if height <= _TALLEST_ROW:
        return [cells]
    columns = [[[piece] for part in cell for piece in _cut(part, width)] for cell, width in placed]
    return list(zip_longest(*columns, fillvalue=[]))


def _cut(part: Flowable, width: float) -> Iterator[Flowable]:
    while part.wrap(width, HEIGHT)[1] > _TALLEST_ROW:
        piece, part = part.split(width, _TALLEST_ROW)
        yield piece
    yield part


def _labelled_lines(header: Sequence[str], row: Sequence[str]) -> Iterator[Flowable]:
    for label, text in zip(header, row, strict=True):
        yield from paragraphs(label, COLUMN_HEAD)
        yield from paragraphs(text, CELL)
    yield HRFlowable(width="100%", thickness=0.5, color=LINE, spaceBefore=6, spaceAfter=6)
