"""What changed between two records of one tool, such as two versions of an agreement."""

from difflib import SequenceMatcher

from msgspec import Struct

from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import LOOKS, Section, all_parts, summarise
from retention_desktop.toolkit.blocks import plain_text


class Difference(Struct, frozen=True):
    """One part that changed: the lines that are new, and those that are there no more."""

    part: str
    heading: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """The parts of `after` that are not as they were in `before`, in order, then those left out.

    Parts are found by the id of their prompt, so a question that was only reworded is no change.
    """
    old, new = _parts(before), _parts(after)
    found = []
    for part in dict.fromkeys((*new, *old)):
        removed, added = _apart(_lines(old.get(part)), _lines(new.get(part)))
        if removed or added:
            heading = (new.get(part) or old[part]).heading
            found.append(Difference(part, heading, added, removed))
    return tuple(found)


def _parts(record: Record) -> dict[str, Section]:
    written = summarise(record, all_parts(record) - {LOOKS})
    return {section.part: section for section in written.sections}


def _apart(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that are in the old text alone, and those that are in the new one alone."""
    removed: list[str] = []
    added: list[str] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            removed += old[old_from:old_to]
            added += new[new_from:new_to]
    return tuple(removed), tuple(added)


def _lines(section: Section | None) -> list[str]:
    """What was written, a line for each item and row, so that a change of one shows it alone."""
    lines = plain_text(section.blocks).splitlines() if section else ()
    return [line.strip() for line in lines if line.strip()]
