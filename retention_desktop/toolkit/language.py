"""Wording that may confuse, diminish or leave somebody out. It is pointed out, never judged."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from retention_desktop import paths

LONGEST_SENTENCE = 25  # words

_MOST_WORDS = 8  # of a term; one that is longer is not looked for

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SPACE = re.compile(r"\s")
_END_MARK = re.compile("[.!?…]")
# What may stand between the words of one term.
_JOINS = " \t\r\n\N{NO-BREAK SPACE}-\N{HYPHEN}\N{NON-BREAKING HYPHEN}/'’"


class WordingKind(StrEnum):
    """Why wording is pointed out."""

    JARGON = "jargon"
    LONG_SENTENCE = "long-sentence"
    DEFICIT = "deficit"
    GENDERED = "gendered"
    OWN = "own"


class Finding(Struct, frozen=True):
    """A place in a text, from `start` up to `end`, why it stands out, and what one could do."""

    start: int
    end: int
    kind: WordingKind
    hint: str


class _Advice(NamedTuple):
    kind: WordingKind
    hint: str


# A term as its words, casefolded.
_Terms: TypeAlias = dict[tuple[str, ...], _Advice]

_LONG = _Advice(WordingKind.LONG_SENTENCE, "Perhaps make two sentences of this one.")
_OWN = _Advice(WordingKind.OWN, "Perhaps choose another word; this one is on your own list.")


def find_wording(text: str, own_words: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What stands out in the text, in its order; no two places overlap.

    A term is found as whole words. `own_words` are terms that the writer added, found as they are
    written. Of a sentence that is too long, the longest stretch is marked that holds no term.
    """
    words = list(_WORD.finditer(text))
    terms = {tuple(_plain_words(own)): _OWN for own in own_words} | _our_terms()
    found: list[Finding] = []
    is_free = [True] * len(words)
    for first, last, advice in _matches(text, words, terms):
        is_free[first : last + 1] = [False] * (last + 1 - first)
        found.append(Finding(words[first].start(), words[last].end(), *advice))
    for sentence in _sentences(text, words):
        if len(sentence) > LONGEST_SENTENCE and (stretch := _longest_free(sentence, is_free)):
            start, end = words[stretch[0]].start(), words[stretch[-1]].end()
            found.append(Finding(start, end, *_LONG))
    return tuple(sorted(found, key=_start))


def _start(finding: Finding) -> int:
    return finding.start


def _matches(
    text: str, words: list[re.Match[str]], terms: _Terms
) -> Iterator[tuple[int, int, _Advice]]:
    """The first and last word of each term in the text; where two begin, the longer."""
    longest: dict[str, int] = {}
    for term in terms:
        if 0 < len(term) <= _MOST_WORDS:
            longest[term[0]] = max(len(term), longest.get(term[0], 0))
    plain = [_plain(word.group()) for word in words]
    first = 0
    while first < len(words):
        most = longest.get(plain[first], 0)
        for last in range(first + _joined(text, words[first : first + most]) - 1, first - 1, -1):
            if advice := terms.get(tuple(plain[first : last + 1])):
                yield first, last, advice
                first = last
                break
        first += 1


def _joined(text: str, words: list[re.Match[str]]) -> int:
    """How many of the words follow one another with nothing but space, hyphen or slash between."""
    for count, (one, other) in enumerate(pairwise(words), 1):
        if text[one.end() : other.start()].strip(_JOINS):
            return count
    return len(words)


def _sentences(text: str, words: list[re.Match[str]]) -> Iterator[range]:
    """The words of each sentence. A new line ends one too: lists have few full stops."""
    first = 0
    for number, word in enumerate(words, 1):
        gap = text[word.end() : words[number].start()] if number < len(words) else "\n"
        mark = _END_MARK.search(gap)
        if "\n" in gap or (mark and _SPACE.search(gap, mark.end())):
            yield range(first, number)
            first = number


def _longest_free(sentence: range, is_free: list[bool]) -> range:
    longest = range(0)
    first = sentence.start
    for number in sentence:
        if not is_free[number]:
            first = number + 1
        elif number + 1 - first > len(longest):
            longest = range(first, number + 1)
    return longest


@cache
def _our_terms() -> _Terms:
    listed = tomllib.loads(paths.resource("words/language.toml").read_text("utf-8"))
    return {
        form: _Advice(WordingKind(kind), hint)
        for kind, hints in listed.items()
        for term, hint in hints.items()
        for form in product(*map(_forms, term.split()))
    }


def _forms(word: str) -> tuple[str, ...]:
    """The word as it can stand in a text; a star stands for its endings."""
    plain = _plain(word.removesuffix("*"))
    if not word.endswith("*"):
        return (plain,)
    if plain.endswith("e"):
        return (plain, f"{plain}s", f"{plain}d", f"{plain[:-1]}ing")
    if plain.endswith("y"):
        return (plain, *(f"{plain[:-1]}{ending}" for ending in ("ies", "ied", "ying")))
    return (plain, *(f"{plain}{ending}" for ending in ("s", "es", "ed", "ing")))


def _plain_words(text: str) -> Iterator[str]:
    return (_plain(word) for word in _WORD.findall(text))


def _plain(word: str) -> str:
    """The word as terms are compared: a person's or a term's "’s" is not part of it."""
    return word.casefold().replace("’", "'").removesuffix("'").removesuffix("'s")
