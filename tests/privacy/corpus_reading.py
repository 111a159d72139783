"""The labelled sentences, and how well the check does on them, kind by kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from retention_desktop.privacy.checking import find
from retention_desktop.privacy.findings import Kind

FOLDER = Path(__file__).parent / "corpus"
OWN_WORDS = ("Northlight", "Team Kestrel", "Siân", "Jo Bell", "the Annexe")

_INDIRECT = "{indirect}"
_MARK = re.compile(r"\{([a-z-]+):([^{}]+)\}")


class Place(NamedTuple):
    """Something that is, or was found, in a sentence; of an indirect one only that it is there."""

    kind: Kind
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence without its marks, and what they say."""

    text: str
    labels: frozenset[Place]


class Score(NamedTuple):
    """How many of a kind there are, were found, and of these were right to the character."""

    labelled: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """How much of what is there was found."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """How much of what was found is there."""
        return self.right / self.found if self.found else 1.0


def read_sentences(part: str) -> list[Sentence]:
    """The sentences of a part of the corpus: "tuned" or "held-out"."""
    lines = (FOLDER / f"{part}.txt").read_text("utf-8").splitlines()
    return [_sentence(line) for line in lines if line and not line.startswith("#")]


def found_in(text: str) -> frozenset[Place]:
    """What the check finds, as labels are."""
    return frozenset(
        Place(each.kind, 0, 0)
        if each.kind is Kind.INDIRECT
        else Place(each.kind, each.start, each.end)
        for each in find(text, own_words=OWN_WORDS)
    )


def scores(sentences: Iterable[Sentence]) -> dict[Kind, Score]:
    """The score of each kind. What is found a character too long or too short is wrong."""
    labelled: Counter[Kind] = Counter()
    found: Counter[Kind] = Counter()
    right: Counter[Kind] = Counter()
    for sentence in sentences:
        places = found_in(sentence.text)
        labelled.update(place.kind for place in sentence.labels)
        found.update(place.kind for place in places)
        right.update(place.kind for place in places & sentence.labels)
    return {kind: Score(labelled[kind], found[kind], right[kind]) for kind in Kind}


def together(some: Iterable[Score]) -> Score:
    """Several scores as one."""
    return Score(*map(sum, zip(*some, strict=True)))


def _sentence(line: str) -> Sentence:
    labels = [Place(Kind.INDIRECT, 0, 0)] if line.startswith(_INDIRECT) else []
    line = line.removeprefix(_INDIRECT)
    pieces: list[str] = []
    for piece, kind in _pieces(line):
        start = sum(map(len, pieces))
        if kind:
            labels.append(Place(Kind(kind), start, start + len(piece)))
        pieces.append(piece)
    return Sentence("".join(pieces), frozenset(labels))


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    end = 0
    for mark in _MARK.finditer(line):
        yield line[end : mark.start()], ""
        yield mark[2], mark[1]
        end = mark.end()
    yield line[end:], ""
