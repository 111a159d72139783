"""The writer's own words, such as colleagues, teams and places."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.words import plain

_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f][^\W_]*)*")
_JOINS = " \t\r\n\u00a0-\u2010\u2011/'’."


def find_own_words(text: str, own_words: Iterable[str]) -> Iterator[Finding]:
    """Each of the words, whole, whatever its capitals and accents."""
    wanted: dict[str, list[list[str]]] = {}
    for own in own_words:
        if parts := [_plain(word) for word in _WORD.findall(own)]:
            wanted.setdefault(parts[0], []).append(parts)
    if not wanted:
        return
    words = list(_WORD.finditer(text))
    folded = [_plain(word.group()) for word in words]
    for place, first in enumerate(folded):
        for parts in wanted.get(first, ()):
            last = place + len(parts) - 1
            if folded[place : last + 1] == parts and _is_joined(text, words[place : last + 1]):
                yield Finding(Kind.OWN_WORD, words[place].start(), words[last].end(), "[left out]")


def _is_joined(text: str, words: list[re.Match[str]]) -> bool:
    """Whether nothing but space, hyphen or the like stands between the words."""
    between = pairwise(words)
    return all(not text[one.end() : other.start()].strip(_JOINS) for one, other in between)


def _plain(word: str) -> str:
    return word.casefold() if word.isascii() else plain(word)
