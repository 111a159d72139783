"""Doubts about a theme: a line that looks like a person or like a quotation is pointed out."""

import re
from collections.abc import Iterator
from functools import cache
from operator import and_

from retention_desktop import paths

_PERSON = "This may point to a person; a few words about the theme are enough."
_QUOTATION = "This looks like somebody’s own words; put the theme in a few words of yours."

_TITLE = re.compile(
    r"\b(?:(?:Mrs?|Ms|Mx|Dr)\b\.?\s+[^\W\d_]|(?:Miss|Prof|Professor|Sir|Lady|Sister)\s+[^\W\d_a-z])"
    r"|\b(?:mrs?|dr)\b\.?\s+[^\W\d_]"
)
_EMAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
_PHONE = re.compile(r"\d(?:[ ()-]{0,2}\d){8}")  # an NHS number looks the same
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# Single quotation marks also stand in “don’t”, so one must open before a word.
_QUOTED = re.compile(r"[\"“”«»]|(?:^|\s)['‘]\w")
_SAID = re.compile(r"\b(?:said|says|told (?:me|us))\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\bI\b")
_LONG = 8  # words; a theme is shorter

_HEADING = 4  # so many capitals in a row are a heading or an organisation
_ORDINARY_ENDINGS = ("tion", "tions", "ness", "able", "ible", "ful", "less", "ings")


def theme_doubt(line: str) -> str:
    """A sentence about why the line may not be a theme, or "" when there is no doubt.

    It may be wrong either way: it never stands for reading the line again.
    """
    if _points_to_a_person(line):
        return _PERSON
    return _QUOTATION if _looks_quoted(line) else ""


def _points_to_a_person(line: str) -> bool:
    marks = (_TITLE, _EMAIL, _PHONE)
    return any(mark.search(line) for mark in marks) or any(map(_holds_name, _capitals(line)))


def _capitals(line: str) -> Iterator[list[str]]:
    """The words that begin with a capital, those with nothing but space between them together."""
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(line):
        word = match.group()
        is_capital = word[0].isupper() and not word.isupper()
        if run and (not is_capital or line[end : match.start()].strip()):
            yield run
            run = []
        if is_capital:
            run.append(word)
        end = match.end()
    yield run


def _holds_name(capitals: list[str]) -> bool:
    """Whether a first name and a surname seem to stand there."""
    could_be = [not _is_ordinary(word.casefold()) for word in capitals]
    return len(capitals) < _HEADING and any(map(and_, could_be, could_be[1:]))


def _is_ordinary(word: str) -> bool:
    """Whether it begins a line, a job, an organisation or a law rather than a person's name."""
    return (
        word in _ordinary_words()
        or word.endswith(_ORDINARY_ENDINGS)
        or word.startswith(("i'", "i’"))
    )


def _looks_quoted(line: str) -> bool:
    in_long_words = _FIRST_PERSON.search(line) and len(line.split()) >= _LONG
    return bool(_QUOTED.search(line) or _SAID.search(line) or in_long_words)


@cache
def _ordinary_words() -> frozenset[str]:
    return frozenset(paths.resource("words/ordinary-words.txt").read_text("utf-8").split())
