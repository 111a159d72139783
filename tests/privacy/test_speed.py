"""The check is fast enough to run at each key, and no text makes it slow."""

import re
import time
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_desktop.privacy.checking import find

from .corpus_reading import read_sentences

WORD = re.compile(r"\w+")
OWN = ("a a a", "A", "Team Kestrel")
# What begins or goes on with something that is looked for.
PIECES = (
    *"Aa1Z07+()/@.,'’-‑&_xéÉİß\u0301\u00a0\n😀 ",
    *("12 ", "0", "AB", "mr ", "Mr ", "Mr A ", "Mrs", "and ", "van ", "son ", "called ", "man "),
    *(
        "ward ",
        "Ward ",
        "House ",
        "Flat ",
        "flat 1 ",
        "St. ",
        "of ",
        "The ",
        "in ",
        "University of ",
    ),
    *(
        "is ",
        "he ",
        "aged ",
        "turned ",
        "year old ",
        "born ",
        "DOB ",
        "3/4/19",
        "May ",
        "birthday ",
    ),
    *("1st ", "NHS ", "ref: ", "case no ", "1234/", "ext ", "12 34 56 ", "dementia ", "A of "),
)


def seconds(text: str, *, floor: bool = False) -> float:
    """How long the check takes, or the floor: every word found once."""
    start = time.process_time()
    if floor:
        list(WORD.finditer(text))
    else:
        find(text, own_words=OWN)
    return time.process_time() - start


def test_ten_thousand_words_take_a_moment() -> None:
    words = " ".join(sentence.text for sentence in read_sentences("tuned") if not sentence.labels)
    text = "\n".join([words] * (10_000 // len(words.split()) + 1))
    pairs = [(seconds(text), seconds(text, floor=True)) for _ in range(5)]
    assert median(ours / bare for ours, bare in pairs) < 40


@pytest.mark.parametrize("piece", ["A\u0301", "82 year old ", "Mr A ", "1 A A ", "'a", "aged 9 "])
def test_a_text_twice_as_long_takes_about_twice_as_long(piece: str) -> None:
    short, long = (
        min(seconds(piece * (size // len(piece))) for _ in range(3)) for size in (8_000, 32_000)
    )
    assert long / short < 8  # four times as long; a quadratic search would take sixteen times


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
@settings(max_examples=60)
def test_no_text_makes_it_slow(pieces: list[str]) -> None:
    piece = "".join(pieces)
    assert seconds(piece * (10_000 // len(piece))) < 1  # one that is not linear takes a minute
