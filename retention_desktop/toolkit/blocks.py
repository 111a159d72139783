"""The pieces of readable text that answers become, wherever they are shown."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.models.enums import Driver


class Paragraph(Struct, frozen=True):
    """A piece of running text; it may hold line breaks."""

    text: str


class Bullets(Struct, frozen=True):
    """A list of short texts."""

    items: tuple[str, ...]


class Grid(Struct, frozen=True):
    """A table. Every row has as many cells as the header; an empty cell is ""."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Levels(Struct, frozen=True, omit_defaults=True):
    """A table of how high each thing is: as `Grid`, and each cell after the first is on `scale`.

    A cell in which nothing was chosen is "". The words of the scale rise. Where each column after
    the first is one record, `records` are their ids.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    scale: tuple[str, ...]
    records: tuple[int, ...] = ()


class Overlap(Struct, frozen=True):
    """Two areas that overlap: what lies in one, in both and in the other, under three names."""

    names: tuple[str, str, str]
    items: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Bar(Struct, frozen=True, omit_defaults=True):
    """How much there is of one thing: in words, and in numbers for the pieces of its bar.

    `records` are the ids of the records in which it is. `driver` is the one that it tells of, if
    any: such bars are told apart by colour and icon, too.
    """

    name: str
    words: str
    pieces: tuple[float, ...]
    records: tuple[int, ...] = ()
    driver: Driver | None = None


class Bars(Struct, frozen=True, omit_defaults=True):
    """Bars of the same thing under one another; `longest` is how much the longest could hold.

    With a `scale`, whose words rise, each bar has a piece for each word of it; without, it has one.
    """

    name: str
    bars: tuple[Bar, ...]
    longest: float
    scale: tuple[str, ...] = ()


Block: TypeAlias = Paragraph | Bullets | Grid | Levels | Overlap | Bars


def plain_text(content: Iterable[Block]) -> str:
    """The blocks as bare text, a line for each item and row, without the headers of tables."""
    lines: list[str] = []
    for block in content:
        match block:
            case Paragraph(text):
                lines.append(text)
            case Bullets(items):
                lines += items
            case Grid(_, rows) | Levels(_, rows):
                lines += ("; ".join(filter(None, row)) for row in rows)
            case Overlap(names, items):
                for name, area in zip(names, items, strict=True):
                    lines += (f"{name}: {item}" for item in area)
            case Bars(_, bars):
                lines += (f"{bar.name}: {bar.words}" for bar in bars)
    return "\n".join(lines)


def written_texts(content: Iterable[Block]) -> tuple[str, ...]:
    """The texts in the blocks that somebody wrote, one by one, in reading order.

    What a tool says is left out: headers, the words of a scale, names of areas, bars.
    """
    return tuple(text for block in content for text in _written(block))


def with_texts(content: Iterable[Block], texts: Iterable[str]) -> tuple[Block, ...]:
    """The blocks with these in the place of their `written_texts`; as many are needed.

    What is empty then stays out: a paragraph, an item, a row of which nothing is left.
    """
    given = iter(texts)
    told = (_told(block, [next(given) for _ in _written(block)]) for block in content)
    return tuple(block for block in told if block is not None)


def _written(block: Block) -> list[str]:
    match block:
        case Paragraph(text):
            return [text]
        case Bullets(items):
            return [*items]
        case Grid(_, rows):
            return [cell for row in rows for cell in row if cell]
        case Levels(_, rows, scale):
            return [cell for row in rows for cell in row if cell and cell not in scale]
        case Overlap(_, items):
            return [item for area in items for item in area]
        case Bars():
            return []


def _told(block: Block, texts: list[str]) -> Block | None:
    given = iter(texts)
    match block:
        case Paragraph():
            return Paragraph(texts[0]) if texts[0].strip() else None
        case Bullets():
            items = tuple(text for text in texts if text.strip())
            return Bullets(items) if items else None
        case Grid(header, rows):
            cells = _filled(rows, given, ())
            return Grid(header, cells) if cells else None
        case Levels(header, rows, scale):
            cells = _filled(rows, given, scale)
            return replace(block, rows=cells) if cells else None
        case Overlap(_, items):
            areas = [tuple(filter(str.strip, (next(given) for _ in area))) for area in items]
            return replace(block, items=tuple(areas)) if any(areas) else None
        case Bars():
            return block


def _filled(
    rows: Iterable[tuple[str, ...]], given: Iterator[str], scale: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The rows with the given texts in their written cells, without those left with none."""
    filled = []
    for row in rows:
        cells = tuple(next(given) if cell and cell not in scale else cell for cell in row)
        if any(cell.strip() for cell in cells if cell not in scale):
            filled.append(cells)
    return tuple(filled)
