"""The words of a person on their way into a PDF: their lines, and the font of every letter.

There is no markup anywhere: text is only ever measured and drawn.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from retention_desktop.sharing.pdf.fonts import (
    NO_BREAK,
    STAND_INS,
    Typeface,
    draw_as_box,
    font_for,
    letters,
)
from retention_desktop.sharing.pdf.joining import UNJOINED, joined, mirrored, turned

_UNSEEN = {"Cc", "Cf", "Cs"}  # control characters, text directions, halves of a broken character
_LAST_OF_PLANES = "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_NOT_A_CHARACTER = re.compile(f"[\ufdd0-\ufdef{''.join(STAND_INS)}{_LAST_OF_PLANES}]")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PLAINER = str.maketrans(UNJOINED)
_JOINERS = "\u200c\u200d"  # they change how letters join, and which emoji are one

# A letter and the marks on it come from one font, or the marks would stand beside it.
_WORD = re.compile(r"\S+|\s+")
_CLUSTER = re.compile(".[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c\u200d]*", re.DOTALL)


def plain(text: str) -> str:
    """`text` on one line as bare words, for where nothing is drawn."""
    return " ".join(" ".join(lines(text)).split())


def lines(text: str) -> Iterator[str]:
    """The lines of `text` that hold words, without what cannot be seen."""
    composed = unicodedata.normalize("NFC", text.expandtabs(1))
    yield from filter(None, (_visible(line).strip() for line in composed.splitlines()))


def _visible(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    kept = "".join(
        char for char in line if char in _JOINERS or unicodedata.category(char) not in _UNSEEN
    )
    bare = _NOT_A_CHARACTER.sub("\ufffd", _SELECTOR.sub("", kept))
    return bare.translate(_PLAINER)


class Setting:
    """A line of text as it is drawn: which letters, in which fonts, how wide at size 1."""

    def __init__(self, line: str, typeface: Typeface) -> None:
        self.starts: list[int] = []
        self.fonts: list[str] = []
        self.widths: list[float] = []
        text = joined(line.replace("\u00a0", NO_BREAK))
        self.turned = turned(text)
        text = mirrored(text, self.turned)
        if letters(typeface.main).keys() >= set(text):
            runs = [(typeface.main, text)]
        else:
            runs = list(_runs(text, typeface))
        for font, run in runs:
            self.starts.append(len(self.widths))
            self.fonts.append(font)
            self.widths += map(letters(font).__getitem__, run)
        self.text = "".join(run for _, run in runs)


def _runs(text: str, typeface: Typeface) -> Iterator[tuple[str, str]]:
    placed = (pair for word in _WORD.findall(text) for pair in _placed(word, typeface))
    for font, pairs in groupby(placed, key=_font):
        yield font, "".join(piece for _, piece in pairs)


def _placed(word: str, typeface: Typeface) -> list[tuple[str, str]]:
    """The pieces of a word after the fonts that draw them: one font for all of it, if there is."""
    if font := font_for(word, typeface):
        return [(font, word)]
    clusters = _CLUSTER.findall(word)
    if len(clusters) > 1:
        return [pair for cluster in clusters for pair in _placed(cluster, typeface)]
    return [(font_for(char, typeface) or draw_as_box(char), char) for char in word]


def _font(pair: tuple[str, str]) -> str:
    return pair[0]
