"""What the parts of a tool say of each other: a name must lead to something of the right kind."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    Fairness,
    GatheredThemes,
    PlannedAndHad,
    Tool,
)
from retention_desktop.toolkit.kinds import TABLES, TEXTS
from retention_desktop.toolkit.wording import quoted

_ANY = set(PromptKind)
_EARLIER = " before this one"
# In these a person cannot be described.
_IMPERSONAL = {
    PromptKind.THEMES,
    PromptKind.ACTION,
    PromptKind.SINGLE_CHOICE,
    PromptKind.SEVERAL_CHOICES,
    PromptKind.SCALE,
    PromptKind.DATE,
    PromptKind.HOURS,
}


class Fault(NamedTuple):
    """One fault: where, and what is wrong."""

    place: str
    fault: str


def reference_faults(tool: Tool) -> Iterator[Fault]:
    """Every name in the tool that leads nowhere, or to something of another kind."""
    everything = {prompt.id: prompt for prompt in tool.prompts}
    earlier: dict[str, Prompt] = {}
    for step_number, step in enumerate(tool.steps, 1):
        for number, prompt in enumerate(step.prompts, 1):
            place = f"step {step_number}, prompt {number}"
            for fault in _prompt_faults(prompt, earlier, everything):
                yield Fault(f"{place}, {fault.place}", fault.fault)
            if tool.themes_only and prompt.kind not in _IMPERSONAL:
                fault_text = f"{quoted(prompt.kind)} could describe one person"
                yield Fault(f"{place}, kind", f"{fault_text}, and the tool is for themes only")
            earlier[prompt.id] = prompt
    if tool.agreement and not any(prompt.carries for prompt in tool.prompts):
        yield Fault("agreement", "no prompt carries what was agreed the last time")
    if isinstance(tool.follow_up, AnsweredDate):
        yield from _named((tool.follow_up.prompt,), everything, {PromptKind.DATE}, "follow_up")
    if tool.card is not None:
        yield from _named(tool.card.prompts, everything, _ANY, "card")
    yield from _collection_faults(tool, everything)


def _prompt_faults(
    prompt: Prompt, earlier: Mapping[str, Prompt], everything: Mapping[str, Prompt]
) -> Iterator[Fault]:
    if prompt.only_if is not None:
        asked = prompt.only_if.prompt
        yield from _named((asked,), earlier, {PromptKind.SINGLE_CHOICE}, "only_if", _EARLIER)
        if asked in earlier:
            options = earlier[asked].options
            yield from _unknown(prompt.only_if.answers, options, "only_if, answers")
    yield from _named(prompt.recalls, everything, _ANY, "recalls")
    yield from _about_faults(prompt, earlier)
    for number, column in enumerate(prompt.columns, 1):
        if column.like:
            yield from _column_faults(column.like, everything, f"column {number}, like")
    yield from shape_faults(prompt)


def _about_faults(prompt: Prompt, earlier: Mapping[str, Prompt]) -> Iterator[Fault]:
    counts: tuple[int, ...]
    kinds: Collection[PromptKind]
    match prompt.kind:
        case PromptKind.MATCHED:
            counts, kinds = (1,), {PromptKind.SEVERAL_CHOICES}
        case PromptKind.OVERLAP:
            counts, kinds = (0, 2), TEXTS
        case PromptKind.DATE:
            counts, kinds = ((1,) if prompt.days else (0,)), {PromptKind.DATE}
        case _:
            return
    if len(prompt.about) not in counts:
        wanted = " or ".join(map(str, counts))
        yield Fault("about", f"names {len(prompt.about)} prompts, and must name {wanted}")
        return
    yield from _named(prompt.about, earlier, kinds, "about", _EARLIER)
    if prompt.kind is PromptKind.MATCHED and prompt.about[0] in earlier:
        signs = [response.to for response in prompt.responses]
        yield from _unknown(signs, earlier[prompt.about[0]].options, "responses, to")
        if len(set(signs)) < len(signs):
            yield Fault("responses, to", "the same option stands there twice")


def shape_faults(prompt: Prompt) -> Iterator[Fault]:
    """What does not fit together in a prompt by itself, whatever else its tool asks."""
    if prompt.kind is PromptKind.OVERLAP and len(prompt.options) != 3:
        yield Fault("options", "an overlap has three: one area, both, the other area")
    for number, column in enumerate(prompt.columns, 1):
        if column.meanings and len(column.meanings) != len(column.options):
            yield Fault(f"column {number}, meanings", "there must be one for each option")
    if prompt.rows:
        if prompt.columns and prompt.columns[0].kind is not PromptKind.SHORT_TEXT:
            yield Fault("column 1", "must be a short text, because the rows stand there")
        if prompt.most:
            yield Fault("most", "the rows are fixed already")
    if prompt.kind is PromptKind.LEVELS:
        yield from _levels_faults(prompt.columns)


def _levels_faults(columns: tuple[Column, ...]) -> Iterator[Fault]:
    if len(columns) < 2 or columns[0].kind is not PromptKind.SHORT_TEXT:
        yield Fault("columns", "levels need a short text first, for the name, and then choices")
        return
    for number, column in enumerate(columns[1:], 2):
        if column.kind is not PromptKind.SINGLE_CHOICE:
            yield Fault(f"column {number}, kind", "must be a single choice")
        elif column.options != columns[1].options:
            yield Fault(f"column {number}, options", "must be the same as in column 2")


def _collection_faults(tool: Tool, everything: Mapping[str, Prompt]) -> Iterator[Fault]:
    titles: set[str] = set()
    for number, collection in enumerate(tool.collections, 1):
        place = f"collection {number}"
        if collection.title in titles:
            yield Fault(f"{place}, title", f"{quoted(collection.title)} is used twice")
        titles.add(collection.title)
        if isinstance(collection, Fairness):
            yield from _column_faults(collection.asked, everything, f"{place}, asked")
            yield from _column_faults(collection.matched, everything, f"{place}, matched")
        elif isinstance(collection, PlannedAndHad):
            yield from _hours_faults(collection, everything, place)
        else:
            kinds = {PromptKind.THEMES} if isinstance(collection, GatheredThemes) else _ANY
            yield from _named(collection.prompts, everything, kinds, f"{place}, prompts")


def _named(
    names: Collection[str],
    prompts: Mapping[str, Prompt],
    kinds: Collection[PromptKind],
    place: str,
    where: str = "",
) -> Iterator[Fault]:
    for name in names:
        if name not in prompts:
            yield Fault(place, f"there is no prompt {quoted(name)}{where}")
        elif prompts[name].kind not in kinds:
            wanted = " or ".join(sorted(kinds))
            yield Fault(place, f"the prompt {quoted(name)} is not of the kind {wanted}")


def _unknown(words: Collection[str], options: Collection[str], place: str) -> Iterator[Fault]:
    for word in words:
        if word not in options:
            yield Fault(place, f"{quoted(word)} is not one of the options")


def _hours_faults(
    collection: PlannedAndHad, everything: Mapping[str, Prompt], place: str
) -> Iterator[Fault]:
    named = {"planned": collection.planned, "had": collection.had}
    yield from _named((collection.prompt,), everything, {PromptKind.TABLE}, f"{place}, prompt")
    if collection.prompt in everything:
        columns = everything[collection.prompt].columns
        hours = [each.id for each in columns if each.kind is PromptKind.HOURS]
        for key, column in named.items():
            if column not in hours:
                yield Fault(f"{place}, {key}", f"{quoted(column)} is not a column of hours there")
    if collection.planned == collection.had:
        yield Fault(f"{place}, had", "names the same column as “planned”")


def _column_faults(path: str, everything: Mapping[str, Prompt], place: str) -> Iterator[Fault]:
    prompt_id, _, column_id = path.partition("/")
    prompt = everything.get(prompt_id)
    columns = () if prompt is None or prompt.kind not in TABLES else prompt.columns
    column = next((each for each in columns if each.id == column_id), None)
    if column is None:
        yield Fault(place, f"{quoted(path)} names no column; write “prompt/column”")
    elif column.kind is not PromptKind.SHORT_TEXT:
        yield Fault(place, f"the column {quoted(path)} is not a short text")
