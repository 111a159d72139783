"""What the tags of a PDF have to tell of a summary, worked out from the summary alone."""

import re
import unicodedata
from collections.abc import Iterator

from retention_desktop.sharing.levels import level_counts
from retention_desktop.sharing.pdf.tables import level_widths
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

Rows = list[tuple[str, str]]  # the innermost tag, and the text

# What nobody sees is left out: controls, directions, selectors, halves of characters.
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = "\u200c\u200d"
_OURS = {chr(code) for code in (*range(0x10FFE0, 0x10FFEC), 0x10FFFD)}
_MOST_COLUMNS = 6


def lines(text: str) -> list[str]:
    """The lines of a text that hold words, with every character that can be seen."""
    composed = unicodedata.normalize("NFC", text.expandtabs(1))
    read = ("".join(map(_read, line)).strip() for line in composed.splitlines())
    return [line for line in read if line]


def _read(char: str) -> str:
    if char in _JOINERS:
        return char
    if ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef" or char in _OURS:
        return "\ufffd"  # no character at all, or one that we use for something else
    if unicodedata.category(char) in {"Cc", "Cf", "Cs"} or _UNSEEN.match(char):
        return ""
    if "\ufb50" <= char <= "\ufbff" or "\ufe80" <= char <= "\ufefc":
        return unicodedata.normalize("NFKC", char)  # a form of Arabic letters is those letters
    return char


def one_line(text: str) -> str:
    return " ".join(" ".join(lines(text)).split())


def rows(summary: Summary) -> Rows:
    """Each text with its tag, in the order of reading; headings are "H", whatever their level."""
    found = _heading(summary.title)
    found += _lines(" · ".join(filter(None, (summary.when, summary.person))))
    for section in summary.sections:
        found += _heading(section.heading)
        for block in section.blocks:
            found += _block(block)
    return found + _lines(summary.agreed) + _lines(summary.review)


def _heading(text: str) -> Rows:
    return [("H", one_line(text))] if one_line(text) else []


def _lines(text: str, tag: str = "P") -> Rows:
    return [(tag, line) for line in lines(text)]


def _block(block: Block) -> Rows:
    match block:
        case Paragraph(text):
            return _lines(text)
        case Bullets(items):
            return list(_bullets(items))
        case Grid(header, body):
            return _table(header, body, has_room=len(header) <= _MOST_COLUMNS)
        case Levels(header, body):
            found = _table(header, body, has_room=bool(level_widths(block)))
            for each in level_counts(block):
                found += _lines(f"{each.name}: {each.words}")
            return found
        case Overlap(names, areas):
            found = []
            for name, items in zip(names, areas, strict=True):
                found += [*_heading(name), *_bullets(items)]
                found += [] if items else [("P", "Nothing here")]
            return found
        case Bars():
            bars = (_lines(f"{bar.name}: {bar.words}") for bar in block.bars)
            return [*_heading(block.name), *(row for each in bars for row in each)]


def _table(header: tuple[str, ...], body: tuple[tuple[str, ...], ...], *, has_room: bool) -> Rows:
    """Row by row; without room for so many or so wide columns, each cell after its header."""
    if has_room:
        cells = [text for row in (header, *body) for text in row]
    else:
        pairs = (pair for row in body for pair in zip(header, row, strict=True))
        cells = [text for pair in pairs for text in pair]
    return [row for text in cells for row in _lines(text)]


def _bullets(items: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for item in items:
        for number, line in enumerate(lines(item)):
            if not number:
                yield "Lbl", "•"
            yield "P", line
