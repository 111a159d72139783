"""What in a composition could identify somebody, where it stands, and other words in its place."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.models.views import Record
from retention_desktop.privacy.checking import find
from retention_desktop.privacy.checking import replace as put
from retention_desktop.privacy.findings import Finding
from retention_desktop.privacy.letters import Letters
from retention_desktop.sharing.composing import INTRODUCTION, STATEMENT, Composition
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.toolkit.blocks import written_texts

_AROUND = 48  # letters of what stands beside, so that one knows the place


class Spot(Struct, frozen=True):
    """One text of what leaves: of a part of a record, or one's own words before or after."""

    record_id: int | None
    part: str
    number: int  # of the text within the part


class Found(Struct, frozen=True):
    """Something that could identify somebody, under which heading, and what stands around it."""

    spot: Spot
    heading: str
    finding: Finding
    before: str
    words: str
    after: str


def letters_for(records: Iterable[Record], aliases: Iterable[str] = ()) -> Letters:
    """The letters for the names in these records, kept for as long as they are put together.

    A letter that is already somebody's alias, such as Person B, is given to nobody else.
    """
    sections = (
        each for record in records for each in summarise(record, all_parts(record)).sections
    )
    texts = (text for section in sections for text in written_texts(section.blocks))
    return Letters((*aliases, *texts))


def look_for(
    composition: Composition,
    letters: Letters,
    *,
    own_words: Iterable[str] = (),
    ignored: Iterable[str] = (),
) -> tuple[Found, ...]:
    """What could identify somebody in what leaves, in its order. No such check is complete."""
    own, left_alone = tuple(own_words), tuple(ignored)
    return tuple(
        Found(
            spot,
            heading,
            finding,
            _end(text[: finding.start]),
            text[finding.start : finding.end],
            _beginning(text[finding.end :]),
        )
        for spot, heading, text in _texts(composition)
        for finding in find(text, own_words=own, ignored=left_alone, letters=letters)
    )


def with_instead(composition: Composition, found: Found, words: str) -> Composition:
    """The composition with other words in the place of what was found; records stay as they are.

    `found` must be of this very composition.
    """
    spot = found.spot
    text = next(text for each, _, text in _texts(composition) if each == spot)
    said = put(text, {found.finding: words})
    if spot.record_id is None:
        return replace(composition, **{spot.part: said})
    texts = list(_said(composition, spot.record_id, spot.part))
    texts[spot.number] = said
    return composition.saying(spot.record_id, spot.part, tuple(texts))


def _texts(composition: Composition) -> Iterator[tuple[Spot, str, str]]:
    """Each text of what leaves, under its heading."""
    yield Spot(None, INTRODUCTION, 0), "", composition.introduction
    for record in composition.records:
        record_id = record.head.id
        for section in summarise(record, composition.chosen[record_id]).sections:
            as_written = written_texts(section.blocks)
            texts = composition.copies.get((record_id, section.part), as_written)
            for number, text in enumerate(texts):
                yield Spot(record_id, section.part, number), section.heading, text
    yield Spot(None, STATEMENT, 0), "", composition.statement


def _said(composition: Composition, record_id: int, part: str) -> tuple[str, ...]:
    spots = (each for each in _texts(composition) if each[0].record_id == record_id)
    return tuple(text for spot, _, text in spots if spot.part == part)


def _end(text: str) -> str:
    short = " ".join(text[-_AROUND:].split())
    return f"…{short}" if len(text) > _AROUND else short


def _beginning(text: str) -> str:
    short = " ".join(text[:_AROUND].split())
    return f"{short}…" if len(text) > _AROUND else short
