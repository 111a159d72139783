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


class Levels(Struct, frozen=True):
    """A table of how high each thing is: as `Grid`, and each cell after the first is on `scale`.

    A cell in which nothing was chosen is "". The words of the scale rise.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    scale: tuple[str, ...]


class Overlap(Struct, frozen=True):
    """Two areas that overlap: what lies in one, in both and in the other, under three names."""

    names: tuple[str, str, str]
    items: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


Block: TypeAlias = Paragraph | Bullets | Grid | Levels | Overlap


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
    return "\n".join(lines)
