"""Words that run from right to left, within lines that run from left to right.

Arabic letters join their neighbours, and the font has a form of each for every place in a word.
What is here is enough for names and short phrases; it is not the whole of Unicode's rules.
"""

import re
import unicodedata
from collections.abc import Iterator

_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def _forms() -> Iterator[tuple[str, str, str]]:
    """Each form with its place in a word and the letters that it stands for."""
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        place, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        if letters:
            yield chr(code), place[1:], "".join(chr(int(each, 16)) for each in letters.split())


UNJOINED = {form: letters for form, _, letters in _forms()}
_JOINED = {(letters, place): form for form, place, letters in _forms()}
_BACKWARD = {letters for letters, place in _JOINED if place == "final"} | {"\u0640", "\u200d"}
_FORWARD = {letters for letters, place in _JOINED if place == "initial"} | {"\u0640", "\u200d"}
_ARABIC = re.compile("[\u0620-\u06ff]")
_LIGATURE = re.compile("\u0644[\u0622\u0623\u0625\u0627]|.", re.DOTALL)  # lam and alef are one


def joined(text: str) -> str:
    """`text` with each Arabic letter in the form that joins it to those beside it."""
    if not _ARABIC.search(text):
        return text
    units = _LIGATURE.findall(text)
    letters = [place for place, unit in enumerate(units) if not unicodedata.combining(unit[0])]
    drawn = list(units)
    for before, here, after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        joins_before = before is not None and units[before] in _FORWARD and units[here] in _BACKWARD
        joins_after = after is not None and units[here] in _FORWARD and units[after] in _BACKWARD
        form = ("isolated", "initial", "final", "medial")[2 * joins_before + joins_after]
        drawn[here] = _JOINED.get((units[here], form), units[here])
    return "".join(drawn)


# Right-to-left letters and what stands between them; a number that follows belongs to them.
_TURNED = re.compile(r"R(?:[^L]*[RN])?")
_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}
_UNITS = re.compile(r"\d+(?:[.,:/]\d+)*|.[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]*")
_OPENING, _CLOSING = "([{<«‹", ")]}>»›"

# A bracket in such words looks the other way: each has a private character that is drawn so.
MIRRORED = dict(zip(_OPENING + _CLOSING, map(chr, range(0x10FFE0, 0x10FFEC)), strict=True))
MIRROR_IMAGES = dict(zip(MIRRORED.values(), _CLOSING + _OPENING, strict=True))
_MIRROR = str.maketrans(MIRRORED)


def turned(text: str) -> list[tuple[int, int]]:
    """From where to where in `text` it runs from right to left."""
    if text.isascii():
        return []
    kinds = "".join(_KINDS.get(unicodedata.bidirectional(char), " ") for char in text)
    return [(found.start(), _closed(text, *found.span())) for found in _TURNED.finditer(kinds)]


def _closed(text: str, start: int, end: int) -> int:
    """The end, after the bracket that closes one before it."""
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        is_open = text.count(opening, start, end) > text.count(closing, start, end)
        if is_open and text.startswith(closing, end):
            return end + 1
    return end


def mirrored(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with the brackets within the spans as they look from right to left."""
    for start, end in spans:
        text = text[:start] + text[start:end].translate(_MIRROR) + text[end:]
    return text


def reading_units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What keeps its own order in `text[start:end]`, which runs from right to left.

    A number does, and the marks on a letter.
    """
    return [found.span() for found in _UNITS.finditer(text, start, end)]
