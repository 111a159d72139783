"""A summary laid out on A4 pages: a story of what is drawn and how it is told, then pages."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Spacer,
)

from retention_desktop.sharing.levels import level_counts
from retention_desktop.sharing.pdf import tables
from retention_desktop.sharing.pdf.canvas import Element, TagCanvas
from retention_desktop.sharing.pdf.charts import Areas, LevelBar
from retention_desktop.sharing.pdf.document import (
    Story,
    bullets,
    heading,
    made_pdf,
    paragraphs,
)
from retention_desktop.sharing.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from retention_desktop.sharing.pdf.page import BOTTOM, HEIGHT, SIDE, WIDTH
from retention_desktop.sharing.pdf.words import ACCENT, LINE, MUTED, Style
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit import blocks

_TOGETHER: float = 30 * mm  # a heading stays with the beginning of what it heads
# A taller picture, or one of longer texts, only says how many things there are; the lists follow.
_TALLEST_PICTURE = HEIGHT * 0.55
_MOST_IN_PICTURE = 3_000
_BETWEEN_BLOCKS = 8

_TITLE = Style(BOLD, 23, 29, after=4)
_META = Style(REGULAR, 10.5, 16, MUTED)
_HEADING = Style(SEMIBOLD, 13, 19, before=20, after=4)
_BODY = Style(REGULAR, 11, 17)
_BULLET = Style(REGULAR, 11, 17, indent=14)
_COUNT = Style(REGULAR, 10, 14.5, after=2)
_AREA = Style(SEMIBOLD, 10.5, 15, before=8)
_REVIEW = Style(SEMIBOLD, 11, 17, ACCENT, before=20)


def render(summaries: Sequence[Summary], made_on: date | None, password: str) -> bytes:
    """The bytes of the PDF."""
    frame = Frame(SIDE, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
    template = PageTemplate(frames=[frame], onPageEnd=_draw_footer)
    return made_pdf(_story(summaries), template, A4, summaries[0].title, made_on, password)


def _draw_footer(canvas: TagCanvas, _document: BaseDocTemplate) -> None:
    canvas.draw_page_number(SIDE, BOTTOM / 2, MUTED)


def _story(summaries: Sequence[Summary]) -> Story:
    root = Element("Document")
    parts: list[Flowable] = []
    for summary in summaries:
        parts += [PageBreak(), *_summary(summary, root)]
    return Story(parts[1:], root)


def _summary(summary: Summary, within: Element) -> Iterator[Flowable]:
    yield from heading(summary.title, _TITLE, within, 1)
    yield from paragraphs(" · ".join(filter(None, (summary.when, summary.person))), _META, within)
    yield HRFlowable(width="100%", thickness=0.75, color=LINE, spaceBefore=12, spaceAfter=2)
    for section in summary.sections:
        yield from _section(section, within)
    yield from paragraphs(summary.agreed, _REVIEW, within)
    yield from paragraphs(summary.review, _REVIEW, within)


def _section(section: Section, within: Element) -> Iterator[Flowable]:
    yield CondPageBreak(_room_to_begin(section.blocks[0]))
    yield from heading(section.heading, _HEADING, within, 2)
    for place, block in enumerate(section.blocks):
        yield Spacer(0, _BETWEEN_BLOCKS if place else 0)
        yield from _block(block, within)


def _room_to_begin(block: blocks.Block) -> float:
    """The height that a heading and the beginning of this block take."""
    match block:
        case blocks.Grid() | blocks.Levels():
            return tables.TALLEST_ROW
        case blocks.Overlap() if picture := _picture(block):
            return _TOGETHER + float(picture.wrap(WIDTH, HEIGHT)[1])
    return _TOGETHER


def _block(block: blocks.Block, within: Element) -> Iterator[Flowable]:
    match block:
        case blocks.Paragraph(text):
            yield from paragraphs(text, _BODY, within)
        case blocks.Bullets(items):
            yield from bullets(items, _BULLET, within)
        case blocks.Grid():
            yield from tables.grid(block, within)
        case blocks.Levels():
            yield from tables.levels(block, within)
            for each in level_counts(block):
                yield from _bar(each.name, each.words, each.counts, len(block.rows), within)
        case blocks.Overlap():
            yield from _overlap(block, within)
        case blocks.Bars():
            yield from _bars(block, within)


def _bars(bars: blocks.Bars, within: Element) -> Iterator[Flowable]:
    if bars.name:
        yield CondPageBreak(_TOGETHER)
        yield from heading(bars.name, _AREA, within, 3)
    for bar in bars.bars:
        yield from _bar(bar.name, bar.words, bar.pieces, bars.longest, within)


def _bar(
    name: str, words: str, pieces: Sequence[float], longest: float, within: Element
) -> Iterator[Flowable]:
    """What the bar shows in words, and below them the bar."""
    yield CondPageBreak(_TOGETHER)
    yield Spacer(0, _BETWEEN_BLOCKS)
    yield from paragraphs(f"{name}: {words}", _COUNT, within)
    if any(pieces):
        yield LevelBar(pieces, longest, within.add("Figure", alt=f"Bar: {words}"))


def _overlap(overlap: blocks.Overlap, within: Element) -> Iterator[Flowable]:
    """The picture where it has room on a page, then the three lists."""
    if picture := _picture(overlap):
        one, both, other = overlap.names
        picture.element = within.add(
            "Figure",
            alt=f"Two areas that overlap: {one}, and {other}. Where they overlap: {both}. "
            "The lists that follow say what is in each.",
        )
        yield picture
    for name, items in zip(overlap.names, overlap.items, strict=True):
        yield CondPageBreak(_TOGETHER)
        yield from heading(name, _AREA, within, 3)
        yield from bullets(items, _BULLET, within)
        if not items:
            yield from paragraphs(_things(0), _META, within)


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


def _in_area(name: str, texts: Sequence[str]) -> list[Flowable]:
    words = [part for text in texts for part in paragraphs(text, tables.CELL, None)]
    return [*paragraphs(name, _AREA, None), *words]


def _things(count: int) -> str:
    return {0: "Nothing here", 1: "1 thing"}.get(count, f"{count} things")
