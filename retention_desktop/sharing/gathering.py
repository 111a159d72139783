"""What all uses of one tool hold together: a register, themes, rows, a fairness view, a comparison.

What is gathered is a Summary, so the screen and the PDF take it like that of one record. Answers
are found by the id of their prompt and read as they were worded then. A record's person is never
part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import TableRow, Value
from retention_desktop.models.views import Answer, Record
from retention_desktop.sharing.summary import (
    Section,
    Summary,
    all_parts,
    default_parts,
    summarise,
)
from retention_desktop.sharing.themes import Theme, merge_themes
from retention_desktop.toolkit.blocks import Block, Bullets, Grid, Levels, Paragraph, plain_text
from retention_desktop.toolkit.definition import (
    Collection,
    Comparison,
    Fairness,
    GatheredRows,
    GatheredThemes,
    PlannedAndHad,
    Register,
    Tool,
)
from retention_desktop.toolkit.reading import blocks, hours_in
from retention_desktop.toolkit.wording import hours_words, long_date

_WRITTEN = ("What was written",)
_BETWEEN_NAMES = re.compile(r"[,;\n]")


class _Use(Struct, frozen=True):
    """One record, and those of its parts that may be shown."""

    record: Record
    shown: Summary

    def part(self, prompt_id: str) -> Section | None:
        """What was written under a prompt."""
        return next((each for each in self.shown.sections if each.part == prompt_id), None)

    def answer(self, prompt_id: str) -> Answer | None:
        """The answer to a prompt, where it may be shown."""
        if self.part(prompt_id) is None:
            return None
        return next(each for each in self.record.answers if each.prompt.id == prompt_id)

    def themes(self, prompt_id: str) -> Answer | None:
        """The same, where it was a prompt of themes then: an older version may ask otherwise."""
        found = self.answer(prompt_id)
        return found if found and found.prompt.kind is PromptKind.THEMES else None


def gather(
    records: Iterable[Record],
    tool: Tool,
    collection: Collection,
    *,
    with_private: bool = False,
    tz: tzinfo | None = None,
) -> Summary:
    """The collection over these records of its tool; it has no sections where nothing was written.

    The records are finished, the newest first; no more of them are taken than it needs. What was
    written as private is left out, or not. Days are those of `tz`, or of this computer.
    """
    if isinstance(collection, Comparison):
        records = _last_two(records)
    uses = [_use(record, collection, tz, with_private=with_private) for record in records]
    return Summary(
        title=collection.title,
        when=_when(tool, uses),
        person=None,
        sections=tuple(_sections(uses, collection)),
        review="",
    )


def _last_two(records: Iterable[Record]) -> Iterator[Record]:
    """The newest record, and the one before with the same person or nobody."""
    newest = None
    for record in records:
        if newest is None:
            newest = record
            yield record
        elif record.head.person == newest.head.person:
            yield record
            return


def _use(record: Record, collection: Collection, tz: tzinfo | None, *, with_private: bool) -> _Use:
    match collection:
        case Fairness(asked=asked, matched=matched):
            wanted = {_place(asked)[0], _place(matched)[0]}
        case PlannedAndHad(prompt=prompt_id):
            wanted = {prompt_id}
        case _:
            wanted = set(collection.prompts)
    allowed = all_parts(record) if with_private else default_parts(record)
    answered = {answer.prompt.id for answer in record.answers}
    return _Use(record, summarise(record, wanted & allowed & answered, tz))


def _when(tool: Tool, uses: Sequence[_Use]) -> str:
    """The tool, and the first and the last day of which something is shown."""
    days = list(dict.fromkeys(use.shown.when for use in uses if use.shown.sections))
    if not days:
        return tool.title
    return f"{tool.title}, {days[0] if len(days) == 1 else f'{days[-1]} to {days[0]}'}"


def _sections(uses: Sequence[_Use], collection: Collection) -> Iterator[Section]:
    match collection:
        case Register(prompts=prompts):
            return _register(uses, prompts)
        case GatheredThemes(prompts=prompts):
            return _themes(uses, prompts)
        case GatheredRows(prompts=prompts):
            return _rows(uses, prompts)
        case Fairness(asked=asked, matched=matched):
            return _fairness(uses, asked, matched)
        case Comparison(prompts=prompts):
            return _comparison(uses, prompts)
        case PlannedAndHad():
            return _planned_and_had(uses, collection)


def _register(uses: Sequence[_Use], prompts: Sequence[str]) -> Iterator[Section]:
    """One table with a line for each use."""
    parts = {each: found for each in prompts if (found := _parts(uses, each))}
    if not parts:
        return
    written = [use for use in uses if use.shown.sections]
    reviews = [use.record.head.review_on for use in written]
    header = ["Day", *(found[0].heading for found in parts.values())]
    rows = [
        [use.shown.when, *(_cell(use.part(prompt_id)) for prompt_id in parts)] for use in written
    ]
    if any(reviews):
        header.append("Look again")
        for row, review in zip(rows, reviews, strict=True):
            row.append(long_date(review) if review else "")
    everything = [section for found in parts.values() for section in found]
    table = Grid(tuple(header), tuple(map(tuple, rows)))
    yield Section("register", "Each time, the newest first", _audience(everything), (table,))


def _themes(uses: Sequence[_Use], prompts: Sequence[str]) -> Iterator[Section]:
    """A part for each prompt: its themes, those with the same words as one, the most heard first.

    The newest wording stands for all.
    """
    for prompt_id in prompts:
        answers = [found for use in uses if (found := use.themes(prompt_id))]
        if not answers:
            continue
        merged: Value = [_theme_row(theme) for theme in merge_themes(_theme_rows(uses, prompt_id))]
        groups = dict.fromkeys(group for answer in answers for group in answer.prompt.groups)
        prompt = replace(answers[0].prompt, groups=tuple(groups))
        audience = _audience(_parts(uses, prompt_id))
        yield Section(prompt_id, prompt.label, audience, blocks(prompt, merged))


def _theme_rows(uses: Sequence[_Use], prompt_id: str) -> Iterator[tuple[int, TableRow]]:
    for use in uses:
        if answer := use.themes(prompt_id):
            yield from ((use.record.head.id, row) for row in _table_rows([answer]))


def _theme_row(theme: Theme) -> TableRow:
    row: TableRow = {"text": theme.text}
    if theme.group:
        row["group"] = theme.group
    if theme.count > 1:
        row["count"] = theme.count
    return row


def _rows(uses: Sequence[_Use], prompts: Sequence[str]) -> Iterator[Section]:
    """A part for each prompt: what was written there each time, with its day.

    Rows of tables with the same columns stand in one table.
    """
    for prompt_id in prompts:
        tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for use in uses:
            part = use.part(prompt_id)
            for header, row in _lines(part.blocks if part else ()):
                tables.setdefault(("Day", *header), []).append((use.shown.when, *row))
        if tables:
            parts = _parts(uses, prompt_id)
            grids = tuple(Grid(header, tuple(rows)) for header, rows in tables.items())
            yield Section(prompt_id, parts[0].heading, _audience(parts), grids)


def _lines(content: Iterable[Block]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each row of a table under its header; what is no table under words that say so."""
    texts = []
    for block in content:
        match block:
            case Grid(header, rows) | Levels(header, rows):
                for row in rows:
                    yield header, row
            case Bullets(items):
                for item in items:
                    yield _WRITTEN, (item,)
            case _:
                texts.append(plain_text([block]))
    if texts:
        yield _WRITTEN, ("\n".join(texts),)


def _fairness(uses: Sequence[_Use], asked: str, matched: str) -> Iterator[Section]:
    """Who was asked and never matched, then who was matched; each by name, so nobody is ranked."""
    names: dict[str, str] = {}
    times_asked = _counted(uses, asked, names)
    times_matched = _counted(uses, matched, names)
    parts = [section for place in (asked, matched) for section in _parts(uses, _place(place)[0])]
    by_name = sorted(names)
    waiting = [key for key in by_name if key not in times_matched]
    if waiting:
        table = Grid(
            ("Who", "Asked"), tuple((names[key], _times(times_asked[key])) for key in waiting)
        )
        yield Section("waiting", "Not matched yet", _audience(parts), (table,))
    if times_matched:
        rows = tuple(
            (names[key], _times(times_asked.get(key, 0)), _times(times_matched[key]))
            for key in by_name
            if key in times_matched
        )
        table = Grid(("Who", "Asked", "Matched"), rows)
        yield Section("matched", "Matched at least once", _audience(parts), (table,))


def _counted(uses: Sequence[_Use], place: str, names: dict[str, str]) -> dict[str, int]:
    """How often each alias stands in a column; `names` gets the newest way to write it."""
    prompt_id, column = _place(place)
    counts: dict[str, int] = {}
    answers = [found for use in uses if (found := use.answer(prompt_id))]
    for row in _table_rows(answers):
        for name in _BETWEEN_NAMES.split(str(row.get(column, ""))):
            if name := " ".join(name.split()):
                key = name.casefold()
                names.setdefault(key, name)
                counts[key] = counts.get(key, 0) + 1
    return counts


def _times(count: int) -> str:
    return {0: "not asked", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _comparison(uses: Sequence[_Use], prompts: Sequence[str]) -> Iterator[Section]:
    """Each answer of the last use, followed by that of the use before, under its day."""
    for prompt_id in prompts:
        parts = _parts(uses, prompt_id)
        for use in islice(uses, 2) if parts else ():
            part = use.part(prompt_id) or replace(
                parts[0], blocks=(Paragraph("Nothing was written."),)
            )
            yield replace(part, heading=f"{part.heading} {use.shown.when}")


def _planned_and_had(uses: Sequence[_Use], asked: PlannedAndHad) -> Iterator[Section]:
    """One table with the hours of each use."""
    rows = []
    for use in uses:
        if answer := use.answer(asked.prompt):
            columns = (asked.planned, asked.had)
            hours = [hours_in(answer.prompt, answer.value, each) for each in columns]
            if any(each is not None for each in hours):
                cells = ("" if each is None else hours_words(each) for each in hours)
                rows.append((use.shown.when, *cells))
    if rows:
        table = Grid(("Day", "Planned", "Had"), tuple(rows))
        audience = _audience(_parts(uses, asked.prompt))
        yield Section("hours", "Each time, the newest first", audience, (table,))


def _parts(uses: Sequence[_Use], prompt_id: str) -> list[Section]:
    return [found for use in uses if (found := use.part(prompt_id))]


def _table_rows(answers: Iterable[Answer]) -> Iterator[TableRow]:
    for answer in answers:
        if isinstance(answer.value, list):
            yield from (row for row in answer.value if isinstance(row, dict))


def _cell(section: Section | None) -> str:
    return plain_text(section.blocks) if section else ""


def _audience(sections: Sequence[Section]) -> Audience:
    """Private where anything of it is; else as the newest."""
    audiences = [section.audience for section in sections]
    return Audience.PRIVATE if Audience.PRIVATE in audiences else audiences[0]


def _place(place: str) -> tuple[str, str]:
    prompt_id, _, column = place.partition("/")
    return prompt_id, column
