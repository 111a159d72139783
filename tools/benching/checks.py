"""The row of the identifiable-information check, against finding every word once."""

import re
import time
from collections.abc import Callable
from itertools import islice

from benching.table import Row
from benching.vaults import texts
from retention_desktop.privacy.checking import find

_ANSWERS = 100  # of a hundred words each
_TELLING = (
    "I saw Mrs Khan, 82, at 14 Rowan Avenue on 3 April; her case number is 123456.\n"
    "She came from Willow Ward at St Mary's Hospital, has 3 visits a day and misses her sister."
)
_OFTEN = 5  # one answer in so many is followed by what is found
_WORD = re.compile(r"\w+")
_MOMENT = 50  # ms


def privacy(runs: int) -> Row:
    """Ten thousand words checked, with a list of own words."""
    written = list(islice(texts(0), _ANSWERS))
    for place in range(_ANSWERS, 0, -_OFTEN):
        written.insert(place, _TELLING)
    text = "\n".join(written)
    pairs = [
        (
            _timed(lambda: find(text, own_words=("Team Kestrel", "Siân"))),
            _timed(lambda: list(_WORD.finditer(text))),
        )
        for _ in range(runs)
    ]
    ours, bare = zip(*pairs, strict=True)
    return Row("check of 10,000 words", ours, bare, _MOMENT, is_ratio=False)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
