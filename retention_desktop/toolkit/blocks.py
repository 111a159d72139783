"""The pieces of readable text that answers become, wherever they are shown."""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct


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

    `records` are the ids of the records in which it is.
    """

    name: str
    words: str
    pieces: tuple[int, ...]
    records: tuple[int, ...] = ()


class Bars(Struct, frozen=True, omit_defaults=True):
    """Bars of the same thing under one another; `longest` is how much the longest could hold.

    With a `scale`, whose words rise, each bar has a piece for each word of it; without, it has one.
    """

    name: str
    bars: tuple[Bar, ...]
    longest: int
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
