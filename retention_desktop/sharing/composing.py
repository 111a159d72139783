"""What is to leave, as it is being put together: which parts of which records, in what words.

What is shortened or said otherwise here changes the copy alone. The records stay as they are.
"""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from enum import StrEnum

import msgspec
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

    The writer's own words stand in a single one; before and after several they stand alone. Raises
    as `tell_each` does.
    """
    told = [summary for _, summary in tell_each(composition, tz)]
    before = _own(INTRODUCTION, "Introduction", composition.introduction)
    after = _own(STATEMENT, "Who wrote this", composition.statement)
    if len(told) == 1:
        return (replace(told[0], sections=(*before, *told[0].sections, *after)),)
    if told and before:
        told.insert(0, _page("Before you read", before))
    if told and after:
        told.append(_page("About this summary", after))
    return tuple(told)


def tell_each(
    composition: Composition, tz: tzinfo | None = None
) -> tuple[tuple[Record, Summary], ...]:
    """Each record of which anything leaves, with that.

    Days are those of `tz`, or of this computer. Raises BadInput for a part that a record does not
    have, and for a copy with more or fewer texts than the part.
    """
    told = []
    for record in composition.records:
        record_id = record.head.id
        summary = summarise(record, composition.chosen[record_id], tz)
        sections = (
            _said(section, composition.copies.get((record_id, section.part)))
            for section in summary.sections
        )
        kept = tuple(section for section in sections if section.blocks)
        if kept or summary.review:
            told.append((record, replace(summary, sections=kept)))
    return tuple(told)


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


def _page(title: str, sections: tuple[Section, ...]) -> Summary:
    return Summary(title=title, when="", person=None, sections=sections, review="")


def to_words(
    composition: Composition, reader: Reader, records: Collection[Record]
) -> dict[str, str]:
    """The composition as the fields of a form, so that the journal can keep it until it is saved.

    `records` are those that it began with. Nothing where nobody has changed anything.
    """
    if composition == begin(records):
        return {}
    copies = [(record_id, part, texts) for (record_id, part), texts in composition.copies.items()]
    return {
        "of": _json(sorted(record.head.id for record in records)),
        "order": _json([record.head.id for record in composition.records]),
        "reader": reader,
        "chosen": _json([(each, sorted(parts)) for each, parts in composition.chosen.items()]),
        "copies": _json(copies),
        "introduction": composition.introduction,
        "statement": composition.statement,
    }


def from_words(words: Mapping[str, str], records: Collection[Record]) -> tuple[Composition, Reader]:
    """The composition of these very records that `to_words` made, and for whom it is.

    What no longer fits a record is left out: a part that it has no more, other words for another
    number of texts. Words about other records, or none that can be read, give the beginning.
    """
    by_id = {record.head.id: record for record in records}
    try:
        of = msgspec.json.decode(words["of"], type=list[int])
        order = msgspec.json.decode(words["order"], type=list[int])
        chosen = msgspec.json.decode(words["chosen"], type=list[tuple[int, frozenset[str]]])
        copies = msgspec.json.decode(words["copies"], type=list[tuple[int, str, tuple[str, ...]]])
        reader = Reader(words["reader"])
    except (KeyError, ValueError):  # msgspec's own errors are ValueErrors
        return begin(records), Reader.ANYONE
    told = [record_id for record_id in dict.fromkeys(order) if record_id in dict(chosen)]
    if of != sorted(by_id) or not told or not set(told) <= set(by_id):
        return begin(records), Reader.ANYONE
    texts = {
        (record_id, section.part): len(written_texts(section.blocks))
        for record_id, record in by_id.items()
        for section in summarise(record, all_parts(record)).sections
    }
    composition = Composition(
        tuple(by_id[record_id] for record_id in told),
        {each: parts & all_parts(by_id[each]) for each, parts in chosen if each in told},
        {
            (record_id, part): said
            for record_id, part, said in copies
            if texts.get((record_id, part)) == len(said)
        },
        words.get("introduction", ""),
        words.get("statement", ""),
    )
    return composition, reader


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
