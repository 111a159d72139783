"""A summary as words in their order: what any kind of document can hold. Drawings become words."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from retention_desktop.sharing.levels import level_counts
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.blocks import (
    Bars,
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)

# What neither XML nor a terminal takes, and half characters, which no file can hold.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Heading(Struct, frozen=True):
    """A heading: of the whole (1), of a part (2) or within a part (3)."""

    level: int
    text: str


Piece: TypeAlias = Heading | Paragraph | Bullets | Grid


def pieces(summary: Summary) -> Iterator[Piece]:
    """All of the summary, in the order in which it is read."""
    yield Heading(1, summary.title)
    if told := " · ".join(filter(None, (summary.when, summary.person))):
        yield Paragraph(told)
    for section in summary.sections:
        yield Heading(2, section.heading)
        for block in section.blocks:
            yield from _in_words(block)
    for ending in filter(None, (summary.agreed, summary.review)):
        yield Paragraph(ending)


def lines(text: str) -> list[str]:
    """The lines of a text that hold words; a character that is no text becomes a visible one."""
    found = (_NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", line) for line in text.splitlines())
    return [line for line in found if line.strip()]


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(lines(text))


def _in_words(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph() | Bullets() | Grid():
            yield block
        case Levels(header, rows):
            yield Grid(header, rows)
            yield Bullets(tuple(f"{each.name}: {each.words}" for each in level_counts(block)))
        case Overlap(names, items):
            for name, area in zip(names, items, strict=True):
                yield Heading(3, name)
                yield Bullets(area) if area else Paragraph("Nothing here")
        case Bars(name, bars):
            if name:
                yield Heading(3, name)
            yield Bullets(tuple(f"{bar.name}: {bar.words}" for bar in bars))
