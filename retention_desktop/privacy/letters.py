"""Person A, Person B: one letter for one surname, in all texts that belong together."""

import re
from collections.abc import Iterable, Iterator
from itertools import count

from retention_desktop.privacy.words import plain

_TAKEN = re.compile(r"\bPerson ([A-Z]{1,2})\b")
_TWO = re.compile(r"\s(?:and|&)\s")
_ALPHABET = 26


class Letters:
    """Who is called by which letter.

    Keep one for as long as texts are worked on together, so that a name keeps its letter in all of
    them and after some have been replaced. `texts` are all of them: a letter that already stands
    for somebody there is given to nobody else.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._given: dict[str, str] = {}
        taken = {letter for text in texts for letter in _TAKEN.findall(text)}
        self._free = (letter for letter in _in_order() if letter not in taken)

    def instead_of(self, name: str) -> str:
        """The words for a name as it stands in a text, such as "Mrs Khan" or "Mr and Mrs Khan"."""
        surname = plain(name).split(" ")[-1]
        if surname not in self._given:
            self._given[surname] = next(self._free)
        person = f"Person {self._given[surname]}"
        return f"{person} and their partner" if _TWO.search(name) else person


def _in_order() -> Iterator[str]:
    """A to Z, then AA, AB and so on."""
    for number in count():
        rounds, place = divmod(number, _ALPHABET)
        yield (chr(ord("A") + rounds - 1) if rounds else "") + chr(ord("A") + place)
