"""Whether a text holds the words of a search, judged as the index of records judges it.

Accents and capitals make no difference, and neither do signs: "e-mail" is the words "e mail".
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")

_MOST_WORDS = 32
_NOT_IN_A_QUERY = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")  # an accent may be a character of its own

Pieces = tuple[tuple[str, bool], ...]  # a text in pieces: (text, was it searched for)


class Wanted(Struct, frozen=True):
    """The words that a text must hold, as they were typed; the last may only `begin` a word."""

    words: tuple[str, ...]
    begins: bool


class Findable(Struct, Generic[T], frozen=True):
    """Something with a name and a text to be found by, both `folded`; the text holds the name."""

    what: T
    name: str
    text: str


def wanted_words(query: str, *, as_you_type: bool) -> Wanted:
    """The words of a query. While somebody types, the last may be the beginning of one."""
    words = _NOT_IN_A_QUERY.sub(" ", query).split()[:_MOST_WORDS]
    begins = as_you_type and bool(words) and not query[-1:].isspace()
    if begins and len(words[-1]) == 1:
        # One letter begins too many words to look through at every key: wait for the second.
        begins = False
        if len(words) > 1:
            del words[-1]
    return Wanted(tuple(words), begins)


def folded(text: str) -> str:
    """The words of a text, in small letters and without accents, each between spaces."""
    return f" {' '.join(map(_plain, _WORD.findall(text)))} "


def holds(text: str, wanted: Wanted) -> bool:
    """Whether a `folded` text holds every word. None is held where there is none to look for."""
    runs = runs_of(wanted)
    return bool(runs) and all(run in text for run in runs)


def find_in(shelf: Iterable[Findable[T]], wanted: Wanted) -> tuple[T, ...]:
    """What holds the words, in its order; first what holds them in its name."""
    found = [each for each in shelf if holds(each.text, wanted)]
    found.sort(key=lambda each: not holds(each.name, wanted))
    return tuple(each.what for each in found)


def marked(text: str, wanted: Wanted) -> Pieces:
    """The text on one line, with the places that hold the words marked."""
    text = " ".join(text.split())
    found = list(_WORD.finditer(text))
    plain = [_plain(each[0]) for each in found]
    places: set[int] = set()
    for run in runs_of(wanted):
        length = len(run.split())
        for start in range(len(plain) - length + 1):
            if f" {' '.join(plain[start : start + length])} ".startswith(run):
                places.update(range(start, start + length))
    return _pieces(text, [found[place].span() for place in sorted(places)])


def near(pieces: Pieces, stands_before: int = 20) -> Pieces:
    """The text from so many characters before what was found first, so that it is in sight."""
    if len(pieces) < 2 or pieces[0][1] or len(pieces[0][0]) <= 2 * stands_before:
        return pieces
    before = pieces[0][0][-stands_before:]
    return ((f"…{before.partition(' ')[2] or before}", False), *pieces[1:])


def runs_of(wanted: Wanted) -> list[str]:
    """How each word must stand in a folded text; none for what is only signs."""
    runs = [folded(word) for word in wanted.words]
    if runs and wanted.begins:
        runs[-1] = runs[-1].removesuffix(" ")
    return [run for run in runs if run.strip()]


def _pieces(text: str, spans: list[tuple[int, int]]) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        pieces += ((text[done:start], False), (text[start:end], True))
        done = end
    pieces.append((text[done:], False))
    return tuple(piece for piece in pieces if piece[0])


def _plain(word: str) -> str:
    word = word.lower()
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
