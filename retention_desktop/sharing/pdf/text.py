"""The words of a person on their way into a PDF: the only place where markup is made of text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from retention_desktop.paths import resource


class Typeface(NamedTuple):
    """A font, and the one that steps in for the characters it lacks. Both are file names."""

    main: str
    fallback: str


REGULAR = Typeface("AtkinsonHyperlegibleNext-Regular", "NotoSans-Regular")
SEMIBOLD = Typeface("AtkinsonHyperlegibleNext-SemiBold", "NotoSans-Bold")
BOLD = Typeface("AtkinsonHyperlegibleNext-Bold", "NotoSans-Bold")

BOX = "□"

# Laying out a paragraph takes time that grows with the square of its length, and of a word's.
_LONG_WORD = re.compile(r"(\S{500})(?=\S)")
_PIECE = re.compile(r".{1,5000}(?:\s|$)")

# A letter and the marks on it come from one font, or the marks would stand beside it.
_CLUSTER = re.compile(r"\s*\S[\u0300-\u036f]*|\s+")

# Control characters, text directions and joiners, and the halves of a broken character.
_UNSEEN = {"Cc", "Cf", "Cs"}
_VARIATION_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@cache
def letters(font: str) -> frozenset[str]:
    """The characters that `font` draws; at its first use the font is loaded."""
    loaded = TTFont(font, resource(f"fonts/{font}.ttf"))
    # A font draws a box for what it lacks. Naming that box makes it read back as a box too.
    loaded.face.charToGlyph.setdefault(ord(BOX), 0)
    loaded.face.charWidths.setdefault(ord(BOX), loaded.face.defaultWidth)
    pdfmetrics.registerFont(loaded)
    # reportlab writes characters beyond U+FFFF so that they read back as others
    known = (chr(code) for code in loaded.face.charToGlyph if code < 0x10000)
    unfit = "CM" if font.startswith("Atkinson") else "C"  # its marks stand beside the letter
    return frozenset(char for char in known if unicodedata.category(char)[0] not in unfit)


def plain(text: str) -> str:
    """`text` on one line as bare words, for where there is no markup."""
    return _visible(" ".join(text.split()))


def pieces(text: str) -> Iterator[str]:
    """The lines of `text` that hold words; the very long ones are cut between words."""
    for line in _LONG_WORD.sub(r"\1\n", text.expandtabs(1)).splitlines():
        yield from filter(None, map(str.strip, _PIECE.findall(line)))


def markup(line: str, typeface: Typeface) -> str:
    """`line` as inert markup for a paragraph set in `typeface`; a box for what no font has."""
    line = unicodedata.normalize("NFC", line)
    if letters(typeface.main).issuperset(line):
        return escape(line)
    runs = groupby(_CLUSTER.findall(_visible(line)), lambda cluster: _font(cluster, typeface))
    return "".join(
        f'<font name="{font}">{escape(_boxed("".join(run), font))}</font>' for font, run in runs
    )


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    kept = (char for char in composed if unicodedata.category(char) not in _UNSEEN)
    return _VARIATION_SELECTORS.sub("", "".join(kept))


def _font(cluster: str, typeface: Typeface) -> str:
    return typeface.main if letters(typeface.main).issuperset(cluster) else typeface.fallback


def _boxed(text: str, font: str) -> str:
    drawn = letters(font)
    return "".join(char if char in drawn else BOX for char in text)
