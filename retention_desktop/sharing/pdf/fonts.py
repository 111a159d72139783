"""The fonts of a PDF: what each draws, how wide, and what a reader gets back for it."""

import unicodedata
from functools import cache
from itertools import islice
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from retention_desktop.paths import resource
from retention_desktop.sharing.pdf.joining import MIRROR_IMAGES, MIRRORED, UNJOINED


class Typeface(NamedTuple):
    """A font, and the one that steps in for the characters it lacks. Both are file names."""

    main: str
    fallback: str


REGULAR = Typeface("AtkinsonHyperlegibleNext-Regular", "NotoSans-Regular")
SEMIBOLD = Typeface("AtkinsonHyperlegibleNext-SemiBold", "NotoSans-Bold")
BOLD = Typeface("AtkinsonHyperlegibleNext-Bold", "NotoSans-Bold")

HEBREW, ARABIC, SYMBOLS = "NotoSansHebrew-Regular", "NotoSansArabic-Regular", "NotoEmoji-Regular"

BOX = "□"

# Private characters that stand for others in what is drawn. reportlab would make a no-break space
# a plain one, and a mirrored bracket reads as it was written.
NO_BREAK = "\U0010fffd"
_DRAWN_AS = {NO_BREAK: " ", **MIRROR_IMAGES}
_READ_AS = {NO_BREAK: "\u00a0", **UNJOINED, **{drawn: read for read, drawn in MIRRORED.items()}}
STAND_INS = frozenset(_DRAWN_AS)
_JOINERS = "\u200c\u200d"


@cache
def letters(font: str) -> dict[str, float]:
    """What `font` draws, and how wide in thousandths of its size; its first use loads the font."""
    loaded = ttfonts.TTFont(font, resource(f"fonts/{font}.ttf"))
    face = loaded.face
    for stand_in, char in _DRAWN_AS.items():
        if ord(char) in face.charToGlyph:
            face.charToGlyph[ord(stand_in)] = face.charToGlyph[ord(char)]
            face.charWidths[ord(stand_in)] = face.charWidths[ord(char)]
    pdfmetrics.registerFont(loaded)
    return {chr(code): face.charWidths[code] for code in face.charToGlyph if _is_fit(code, font)}


def font_for(cluster: str, typeface: Typeface) -> str:
    """The font that draws all of `cluster`, a letter with the marks on it; "" where none does."""
    chosen = (*typeface, HEBREW, ARABIC, SYMBOLS)
    return next((font for font in chosen if letters(font).keys() >= set(cluster)), "")


def draw_as_box(char: str) -> str:
    """The font that from now on draws a box for `char`, which reads back as itself."""
    known, face = letters(SYMBOLS), pdfmetrics.getFont(SYMBOLS).face
    face.charToGlyph[ord(char)] = face.charToGlyph[ord(BOX)]
    face.charWidths[ord(char)] = known[char] = known[BOX]
    return SYMBOLS


def _is_fit(code: int, font: str) -> bool:
    char = chr(code)
    category = unicodedata.category(char)
    if font.startswith("Atkinson") and category.startswith("M"):
        return False  # its marks stand beside the letter
    return char in STAND_INS or char in _JOINERS or not category.startswith("C")


def _to_unicode(name: str, subset: list[int]) -> str:
    """What each code of the subset of a font reads back as.

    In place of reportlab's own, which writes what lies beyond U+FFFF so that it reads as another
    character, gives codes that stand for nothing a reading, and has more lines than are allowed.
    """
    read = ((code, _READ_AS.get(chr(char), chr(char))) for code, char in enumerate(subset) if char)
    lines = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in read]
    remaining = iter(lines)
    blocks: list[str] = []
    while block := list(islice(remaining, 100)):
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


ttfonts.makeToUnicodeCMap = _to_unicode
