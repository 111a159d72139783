"""The check itself: everything in a text that could identify a person, and its replacement.

It is never complete. A nickname, an event that everybody heard of or a turn of phrase can identify
somebody too, so a person must read what leaves.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from msgspec.structs import replace as changed

from retention_desktop.privacy.ages import find_ages
from retention_desktop.privacy.details import find_meetings
from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.letters import Letters
from retention_desktop.privacy.names import find_names
from retention_desktop.privacy.numbers import find_numbers
from retention_desktop.privacy.own import find_own_words
from retention_desktop.privacy.places import find_places
from retention_desktop.privacy.words import plain

_RANKS = {kind: rank for rank, kind in enumerate(Kind)}


def find(
    text: str,
    *,
    own_words: Iterable[str] = (),
    ignored: Iterable[str] = (),
    letters: Letters | None = None,
) -> tuple[Finding, ...]:
    """What could identify a person, in the order of the text.

    No two findings overlap, but that an indirect one is a whole paragraph and may hold others.
    `own_words` are found wherever they stand; words in `ignored` never are. Both are compared
    without capitals and accents. Texts that belong together share their `letters`.
    """
    found = _without_overlaps(
        chain(
            find_numbers(text),
            find_ages(text),
            find_names(text),
            find_places(text),
            find_own_words(text, own_words),
        ),
        len(text),
    )
    if skipped := {plain(words) for words in ignored}:
        found = [each for each in found if plain(text[each.start : each.end]) not in skipped]
    meetings = find_meetings(text, found)
    letters = letters or Letters((text,))
    named = (
        changed(each, suggestion=letters.instead_of(text[each.start : each.end]))
        if each.kind is Kind.NAME
        else each
        for each in found
    )
    return tuple(sorted(chain(meetings, named), key=_place))


def replace(text: str, choices: Mapping[Finding, str]) -> str:
    """The text with other words in the place of some findings of this very text.

    No two of them may overlap.
    """
    pieces = []
    end = 0
    for finding in sorted(choices, key=_place):
        if finding.start < end:
            raise ValueError("two findings to replace overlap")
        pieces += [text[end : finding.start], choices[finding]]
        end = finding.end
    return "".join([*pieces, text[end:]])


def _without_overlaps(found: Iterable[Finding], length: int) -> list[Finding]:
    """Of findings in the same place the longest; of equally long ones the most specific."""
    kept = []
    taken = bytearray(length)
    for each in sorted(found, key=_importance):
        if taken.find(1, each.start, each.end) < 0:
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            kept.append(each)
    return sorted(kept, key=_place)


def _importance(finding: Finding) -> tuple[int, int, int]:
    return finding.start - finding.end, _RANKS[finding.kind], finding.start


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, -finding.end
