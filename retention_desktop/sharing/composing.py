"""What is to leave, as it is being put together: which parts of which records, in what words.

What is shortened or said otherwise here changes the copy alone. The records stay as they are.
"""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience
from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import (
    LOOKS,
    PERSON,
    REVIEW,
    Section,
    Summary,
    all_parts,
    default_parts,
    summarise,
)
from retention_desktop.toolkit.blocks import Paragraph, with_texts, written_texts

INTRODUCTION = "introduction"
STATEMENT = "statement"
# No prompt can have such an id, so neither takes the place of a part.

_Parts = Mapping[int, frozenset[str]]
_Copies = Mapping[tuple[int, str], tuple[str, ...]]


class Reader(StrEnum):
    """For whom a summary is. It decides which parts are taken in to begin with."""

    ANYONE = "anyone"  # all that is not private
    MANAGER = "manager"
    OTHER_PERSON = "other-person"
    THEMES_ONLY = "themes-only"
    REGISTRATION = "registration"


_MEANT_FOR: Mapping[Reader, frozenset[Audience]] = {
    Reader.MANAGER: frozenset({Audience.MANAGER, Audience.THEMES}),
    Reader.OTHER_PERSON: frozenset({Audience.SHARED, Audience.THEMES}),
    Reader.THEMES_ONLY: frozenset({Audience.THEMES}),
    Reader.REGISTRATION: frozenset({Audience.SHARED, Audience.MANAGER, Audience.THEMES}),
}


class Composition(Struct, frozen=True):
    """Some records in the order in which they are told, and what of them is to leave.

    `chosen` are the parts of each record, by its id. `copies` are the texts of a part as they are
    to leave, by record and part, in the order of `written_texts`; an empty one leaves with nothing.
    `introduction` stands before everything, `statement` after it: who wrote it, or that it was
    agreed. Both are the writer's own words, "" for none.
    """

    records: tuple[Record, ...]
    chosen: _Parts
    copies: _Copies = {}
    introduction: str = ""
    statement: str = ""

    def choosing(self, record_id: int, part: str, *, taken_in: bool) -> "Composition":
        """The same with a part of a record taken in, or left out."""
        parts = self.chosen[record_id]
        parts = parts | {part} if taken_in else parts - {part}
        return replace(self, chosen={**self.chosen, record_id: parts})

    def saying(self, record_id: int, part: str, texts: tuple[str, ...]) -> "Composition":
        """The same with a part in other words."""
        return replace(self, copies={**self.copies, (record_id, part): texts})

    def as_written(self, record_id: int, part: str) -> "Composition":
        """The same with a part in the words of the record again."""
        copies = {key: texts for key, texts in self.copies.items() if key != (record_id, part)}
        return replace(self, copies=copies)


def begin(records: Collection[Record], reader: Reader = Reader.ANYONE) -> Composition:
    """What leaves to begin with; a private part, and whom a record was with, never do."""
    return Composition(tuple(records), {each.head.id: parts_for(each, reader) for each in records})


def parts_for(record: Record, reader: Reader) -> frozenset[str]:
    """The parts of a record that are taken in for this reader to begin with."""
    if reader is Reader.ANYONE:
        return default_parts(record)
    sections = summarise(record, all_parts(record)).sections
    meant = frozenset(each.part for each in sections if each.audience in _MEANT_FOR[reader])
    review = {REVIEW} if reader in (Reader.MANAGER, Reader.OTHER_PERSON) else set()
    return (meant | review) - {LOOKS, PERSON}


def compose(composition: Composition, tz: tzinfo | None = None) -> tuple[Summary, ...]:
    """What leaves, and nothing else: a summary of each record of which anything does.

    Days are those of `tz`, or of this computer. Raises BadInput for a part that a record does not
    have, and for a copy with more or fewer texts than the part.
    """
    made = []
    for record in composition.records:
        record_id = record.head.id
        summary = summarise(record, composition.chosen[record_id], tz)
        sections = [_said(each, composition.copies.get((record_id, each.part))) for each in
                    summary.sections]  # fmt: skip
        kept = tuple(each for each in sections if each.blocks)
        if kept or summary.review:
            made.append(replace(summary, sections=kept))
    if made:
        before = _own(INTRODUCTION, "Introduction", composition.introduction)
        made[0] = replace(made[0], sections=(*before, *made[0].sections))
        after = _own(STATEMENT, "Who wrote this", composition.statement)
        made[-1] = replace(made[-1], sections=(*made[-1].sections, *after))
    return tuple(made)


def _said(section: Section, texts: tuple[str, ...] | None) -> Section:
    if texts is None:
        return section
    if len(texts) != len(written_texts(section.blocks)):
        raise BadInput(
            "A part of the copy does not fit its record any more.",
            "Take the words of the record again, and change them anew.",
        )
    return replace(section, blocks=with_texts(section.blocks, texts))


def _own(part: str, heading: str, text: str) -> tuple[Section, ...]:
    lines = tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    return (Section(part, heading, Audience.SHARED, lines),) if lines else ()
