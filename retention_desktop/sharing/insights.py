"""What a journal holds over time, told as a Summary: the one derivation of it.

The screen, the PDF and the command all take it. It counts records and answers, never people: no
two people stand side by side, and no number is a score.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal

from msgspec.structs import replace

from retention_desktop.journal.insights import Given, Insights
from retention_desktop.models.enums import ActionState, Audience, Driver, PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.sharing.levels import level_counts
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.sharing.themes import Theme, merge_themes
from retention_desktop.toolkit.blocks import Bar, Bars, Block, Levels, Paragraph
from retention_desktop.toolkit.definition import (
    Collection,
    Comparison,
    GatheredRows,
    GatheredThemes,
    PlannedAndHad,
    Register,
    Tool,
)
from retention_desktop.toolkit.reading import hours_in
from retention_desktop.toolkit.wording import DRIVER_NAMES, hours_words, long_date

_MOST_SIDE_BY_SIDE = 4  # columns of a table that has room on a page
_MOST_USES = 12
_MOST_THEMES = 10
_WITH_SOMEBODY = Paragraph(
    "Times with one person are not put beside others here. Their records hold them."
)
_TRIED = (ActionState.DONE, ActionState.CHANGED)


def asked_over_time(tools: Iterable[Tool]) -> dict[str, frozenset[str]]:
    """The prompts whose answers can be told over time, by tool: those that its collections name."""
    asked = {
        tool.id: frozenset(
            prompt.id for collection in tool.collections for prompt in _told(tool, collection)
        )
        for tool in tools
    }
    return {tool_id: prompts for tool_id, prompts in asked.items() if prompts}


def tell_insights(
    found: Insights,
    tools: Iterable[Tool],
    *,
    with_private: bool = False,
    tz: tzinfo | None = None,
) -> Summary:
    """What was found, in sections; none where there is nothing to tell.

    Answers that were written as private are left out, or not. Days are those of `tz`, or of this
    computer.
    """
    sections: list[Section] = []
    if found.drivers:
        sections.append(_balance(found.drivers))
    if found.became:
        sections.append(_follow_through(found))
    for tool in tools:
        for place, collection in enumerate(tool.collections):
            part = f"{tool.id}/{place}"
            given = [
                (prompt, shown)
                for prompt in _told(tool, collection)
                if (shown := _shown(found, tool, prompt, with_private=with_private))
            ]
            sections += _section(found, tool, collection, part, given, tz)
    since = found.since
    return Summary(
        title="Insights",
        when=f"Since {long_date(since)}" if since else "Everything in this journal",
        person=None,
        sections=tuple(sections),
        review="",
    )


def _told(tool: Tool, collection: Collection) -> Iterator[Prompt]:
    """The prompts of a collection that can be told over time."""
    match collection:
        case Comparison(prompts=named):
            kind = PromptKind.LEVELS
        case Register(prompts=named) | GatheredRows(prompts=named):
            kind = PromptKind.SEVERAL_CHOICES
        case GatheredThemes(prompts=named):
            kind = PromptKind.THEMES
        case PlannedAndHad(prompt=prompt_id):
            named, kind = (prompt_id,), PromptKind.TABLE
        case _:
            return
    for prompt in tool.prompts:
        if prompt.id in named and prompt.kind is kind:
            yield prompt


def _shown(found: Insights, tool: Tool, prompt: Prompt, *, with_private: bool) -> tuple[Given, ...]:
    """The answers to a prompt that may be shown; an older version may have asked otherwise."""
    return tuple(
        given
        for given in found.answers.get((tool.id, prompt.id), ())
        if given.prompt.kind is prompt.kind
        and (with_private or given.audience is not Audience.PRIVATE)
    )


def _section(
    found: Insights,
    tool: Tool,
    collection: Collection,
    part: str,
    given: Sequence[tuple[Prompt, tuple[Given, ...]]],
    tz: tzinfo | None,
) -> Iterator[Section]:
    """What is told of one collection."""
    blocks: list[Block] = []
    audiences: list[Audience] = []
    for prompt, answers in given:
        match prompt.kind:
            case PromptKind.TABLE if isinstance(collection, PlannedAndHad):
                told = list(_planned_and_had(collection, answers, tz))
            case PromptKind.LEVELS:
                told = list(_over_time(answers, tz))
            case PromptKind.SEVERAL_CHOICES:
                told = [_covered(found, prompt, answers)]
            case _:
                told = list(_themes(prompt, answers))
        if told:
            blocks += [Paragraph(prompt.label), *told]
            audiences += [each.audience for each in answers]
    if blocks:
        audience = Audience.PRIVATE if Audience.PRIVATE in audiences else audiences[-1]
        has_title = isinstance(collection, GatheredThemes | PlannedAndHad)
        heading = collection.title if has_title else tool.title
        yield Section(part, heading, audience, tuple(_to_one_scale(blocks)))


def _to_one_scale(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with bars of which the same length means as much in all of them."""
    longest = max((block.longest for block in blocks if isinstance(block, Bars)), default=1)
    for block in blocks:
        yield replace(block, longest=longest) if isinstance(block, Bars) else block


def _balance(drivers: Mapping[Driver, tuple[int, ...]]) -> Section:
    """How often each driver was thought about. They stand in their order, whatever the numbers."""
    bars = tuple(
        Bar(
            DRIVER_NAMES[driver].name,
            _times(len(records), "not in this time"),
            (len(records),),
            records,
            driver,
        )
        for driver in Driver
        for records in [drivers.get(driver, ())]
    )
    text = "The six have no order. Uneven is fine; it only shows where your time went."
    blocks = (Paragraph(text), Bars("", bars, _longest(bars)))
    return Section("balance", "The six drivers in your records", Audience.THEMES, blocks)


def _follow_through(found: Insights) -> Section:
    """What became of what was agreed: one thing can be tried and still be open."""
    pieces = (
        ("Agreed", [True for _ in found.became]),
        ("Tried", [each.kept or each.state in _TRIED for each in found.became]),
        ("Kept, when looked at again", [each.kept for each in found.became]),
        ("Still open", [each.state is ActionState.OPEN for each in found.became]),
        ("Let go", [each.state is ActionState.LET_GO for each in found.became]),
    )
    bars = []
    for name, belongs in pieces:
        those = [
            record
            for each, counts in zip(found.became, belongs, strict=True)
            if counts
            for record in each.records
        ]
        behind = dict.fromkeys(record for record in those if record is not None)
        bars.append(Bar(name, _things(len(those)), (len(those),), tuple(behind)))
    text = (
        "What was agreed in this time. What you tried is done, changed, or worth keeping. "
        "Something can be tried and still open, so these lines do not add up."
    )
    blocks: list[Block] = [Paragraph(text), Bars("", tuple(bars), _longest(bars))]
    if by_hand := sum(each.records.count(None) for each in found.became):
        blocks.append(Paragraph(f"Added by hand, in no record: {_things(by_hand)}."))
    return Section(
        "follow-through", "What became of what was agreed", Audience.THEMES, tuple(blocks)
    )


def _over_time(answers: Sequence[Given], tz: tzinfo | None) -> Iterator[Block]:
    """For each dimension, how many stand at each level, time after time.

    Where the rows are always the same, they stand beside one another, time after time. Times with a
    person are left out: people are not put side by side.
    """
    alone = [given for given in answers if not given.with_person]
    if alone:
        name, *columns = alone[-1].prompt.columns
        for column in columns:
            alike = [each for each in alone if _like(column, each.prompt)]
            if alone[-1].prompt.rows:
                yield from _side_by_side(name, column, alike, tz)
            else:
                yield from _counts(name, column, alike, tz)
    if len(alone) < len(answers):
        yield _WITH_SOMEBODY


def _planned_and_had(
    collection: PlannedAndHad, answers: Sequence[Given], tz: tzinfo | None
) -> Iterator[Block]:
    """For each time, the hours that were planned above those that there were."""
    alone = [given for given in answers if not given.with_person]
    columns = {"planned": collection.planned, "had": collection.had}
    times = []
    for given in alone:
        hours = {word: hours_in(given.prompt, given.value, each) for word, each in columns.items()}
        if any(each is not None for each in hours.values()):
            times.append((given, hours))
    bars = tuple(
        Bar(
            f"{_day(given, tz)}, {word}",
            "not written down" if each is None else hours_words(each),
            (_number(each or Decimal()),),
            (given.record_id,),
        )
        for given, hours in times[-_MOST_USES:]
        for word, each in hours.items()
    )
    if bars:
        yield Bars("", bars, _longest(bars))
        yield from _left_out(len(times), _MOST_USES)
        planned, had = (sum(h[word] or Decimal() for _, h in times) for word in columns)
        yield Paragraph(
            f"All these times together: {hours_words(Decimal(planned))} planned, "
            f"{hours_words(Decimal(had))} had."
        )
    if len(alone) < len(answers):
        yield _WITH_SOMEBODY


def _number(hours: Decimal) -> float:
    """The hours as they are drawn: 4 or 4.5."""
    return int(hours) if hours == int(hours) else float(hours)


def _side_by_side(
    name: Column, column: Column, given: Sequence[Given], tz: tzinfo | None
) -> Iterator[Block]:
    latest = given[-_MOST_SIDE_BY_SIDE:]
    cells = [
        {str(row.get(name.id, "")): str(row.get(column.id, "")) for row in _rows(each)}
        for each in latest
    ]
    rows = dict.fromkeys([*latest[-1].prompt.rows, *(row for each in cells for row in each)])
    table = tuple((row, *(each.get(row, "") for each in cells)) for row in rows if row)
    if any(cell for row in table for cell in row[1:]):
        header = (column.label, *(_day(each, tz) for each in latest))
        yield Levels(header, table, column.options, tuple(each.record_id for each in latest))
        yield from _left_out(len(given), len(latest))


def _counts(
    name: Column, column: Column, given: Sequence[Given], tz: tzinfo | None
) -> Iterator[Block]:
    latest = given[-_MOST_USES:]
    bars = []
    for each in latest:
        rows = tuple(("", str(row.get(column.id, ""))) for row in _rows(each))
        (count,) = level_counts(Levels((name.label, _day(each, tz)), rows, column.options))
        if rows:
            bars.append(Bar(count.name, count.words, count.counts, (each.record_id,)))
    if any(any(bar.pieces) for bar in bars):
        yield Bars(column.label, tuple(bars), _longest(bars), column.options)
        yield from _left_out(len(given), len(latest))


def _left_out(all_times: int, shown: int) -> Iterator[Block]:
    if shown < all_times:
        yield Paragraph(f"These are the last {shown} of {all_times} times.")


def _like(column: Column, prompt: Prompt) -> bool:
    """Whether a prompt asked for the same levels in such a column."""
    return any((each.id, each.options) == (column.id, column.options) for each in prompt.columns)


def _covered(found: Insights, prompt: Prompt, answers: Sequence[Given]) -> Block:
    """How often each choice was made: those of the tool and of one's own list, chosen or not."""
    records: dict[str, list[int]] = {
        option: [] for option in (*prompt.options, *found.lists.get(prompt.own_list, ()))
    }
    for given in answers:
        for choice in given.value if isinstance(given.value, list) else ():
            records.setdefault(str(choice), []).append(given.record_id)
    never = "not in this time" if found.since else "not yet"
    bars = tuple(
        Bar(choice, _times(len(behind), never), (len(behind),), tuple(behind))
        for choice, behind in records.items()
    )
    return Bars("", bars, _longest(bars))


def _themes(prompt: Prompt, answers: Sequence[Given]) -> Iterator[Block]:
    """The themes of all times, the most heard first, in their groups."""
    newest_first = ((each.record_id, row) for each in reversed(answers) for row in _rows(each))
    themes = merge_themes(newest_first)
    groups = dict.fromkeys([*prompt.groups, *(theme.group for theme in themes)])
    for group in groups:
        yield from _group(group, [theme for theme in themes if theme.group == group])


def _group(name: str, themes: Sequence[Theme]) -> Iterator[Block]:
    bars = tuple(
        Bar(theme.text, f"heard {_times(theme.count, '')}", (theme.count,), theme.records)
        for theme in themes[:_MOST_THEMES]
    )
    if bars:
        yield Bars(name, bars, _longest(bars))
    if more := len(themes) - len(bars):
        yield Paragraph(f"The page of the tool holds {more:,} more.")


def _rows(given: Given) -> list[TableRow]:
    rows = given.value if isinstance(given.value, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _longest(bars: Iterable[Bar]) -> float:
    return max((sum(bar.pieces) for bar in bars), default=0) or 1


def _day(given: Given, tz: tzinfo | None) -> str:
    return long_date(given.at.astimezone(tz).date())


def _times(count: int, never: str) -> str:
    return {0: never, 1: "once"}.get(count, f"{count:,} times")


def _things(count: int) -> str:
    return {0: "nothing", 1: "1 thing"}.get(count, f"{count:,} things")
