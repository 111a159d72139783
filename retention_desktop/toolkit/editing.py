"""Editing a tool: every change gives a new state, and each can be taken back. Pure, no files."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct

from retention_desktop.models.enums import Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import NoFollowUp, Source, Step, Tool
from retention_desktop.toolkit.faults import Fault, tool_faults
from retention_desktop.toolkit.kinds import fields_of_others
from retention_desktop.toolkit.naming import ids_in, passing_ids, with_prompt_ids
from retention_desktop.toolkit.parts import (
    Inner,
    Part,
    Piece,
    inner_at,
    nearest,
    parts_of,
    piece_at,
    prompt_at,
    with_inserted,
    with_piece,
    without_part,
)
from retention_desktop.toolkit.references import reference_faults

_S = TypeVar("_S", bound=Struct)

_LONGEST_TITLE = 60
_COLLECTION = re.compile(r"collection ([0-9]+)")
# What a kind begins with, so that there is something to change.
_BEGINNINGS: Mapping[PromptKind, Mapping[str, object]] = {
    PromptKind.SCALE: {"low": "Not at all", "high": "Very much"},
    PromptKind.TABLE: {"columns": (Column("what", "What"),)},
    PromptKind.OVERLAP: {"options": ("The first alone", "Both", "The second alone")},
    PromptKind.LEVELS: {"columns": (Column("what", "What"),)},
}
_LEVEL = Column("level", "Level", PromptKind.SINGLE_CHOICE, options=("Low", "Medium", "High"))


class _Moment(NamedTuple):
    tool: Tool
    part: Part


@dataclass(frozen=True)
class Editing:
    """A tool that is being edited, with all that was done to it. `at` is the part to look at."""

    tool: Tool
    at: Part = ()
    _past: tuple[_Moment, ...] = field(default=(), repr=False)
    _future: tuple[_Moment, ...] = field(default=(), repr=False)
    _typed_in: tuple[Part, str] | None = field(default=None, repr=False)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back that can be made again."""
        return bool(self._future)

    @cached_property
    def problems(self) -> tuple[Fault, ...]:
        """Every fault that keeps the tool from being used, in the order of its parts."""
        return tool_faults(self.tool)

    @property
    def labels(self) -> dict[str, str]:
        """The words of each question by its id; of those that are gone, as they first were."""
        first = self._past[0].tool if self._past else self.tool
        return {prompt.id: prompt.label for prompt in (*first.prompts, *self.tool.prompts)}

    def look_at(self, part: Part) -> "Editing":
        """The same tool; what is typed next is a change of its own."""
        return replace(self, at=part, _typed_in=None)

    def change(self, part: Part, **fields: object) -> "Editing":
        """Set fields of a part."""
        tool = self._with(part, fields)
        return self if tool == self.tool else self._then(tool, part, part)

    def type_in(self, part: Part, name: str, value: object) -> "Editing":
        """Set a field of a part; what is typed into one field in a row is undone at once."""
        tool = self._with(part, {name: value})
        if tool == self.tool:
            return self
        if (part, name) == self._typed_in:
            return replace(self, tool=tool, at=part, _future=())
        return replace(self._then(tool, part, part), _typed_in=(part, name))

    def type_levels(self, part: Part, options: tuple[str, ...]) -> "Editing":
        """Set the choices of levels, which all their columns share."""
        columns = tuple(
            msgspec.structs.replace(column, options=options)
            if column.kind is PromptKind.SINGLE_CHOICE
            else column
            for column in prompt_at(self.tool, part).columns
        )
        return self.type_in(part, "columns", columns)

    def change_kind(self, part: Part, kind: PromptKind) -> "Editing":
        """Ask a prompt or a column in another way; what the new way cannot hold is let go."""
        piece = piece_at(self.tool, part)
        beginning = {
            name: value
            for name, value in _BEGINNINGS.get(kind, {}).items()
            if name in piece.__struct_fields__ and not getattr(piece, name)
        }
        asked = msgspec.structs.replace(piece, kind=kind, **beginning)
        if kind is PromptKind.LEVELS and isinstance(asked, Prompt):
            asked = msgspec.structs.replace(asked, columns=_levels(asked.columns))
        tool = with_piece(self.tool, part, _with_defaults(asked, fields_of_others(kind)))
        return self if tool == self.tool else self._then(tool, part, part)

    def add_step(self) -> "Editing":
        """A new step after the one that is looked at, or at the end."""
        place = self.at[0] + 1 if self.at else len(self.tool.steps)
        return self._insert((place,), Step(self._new_id(), "", ""))

    def add_prompt(self) -> "Editing":
        """A new question after the one that is looked at, or at the end of its step."""
        step = self.at[0] if self.at else len(self.tool.steps) - 1
        place = self.at[1] + 1 if len(self.at) > 1 else len(self.tool.steps[step].prompts)
        return self._insert((step, place), Prompt(self._new_id(), ""))

    def add_column(self, part: Part) -> "Editing":
        """A new column at the end of a table."""
        prompt = prompt_at(self.tool, part)
        column = Column(self._new_id(), "")
        if prompt.kind is PromptKind.LEVELS and len(prompt.columns) > 1:
            # All its columns but the first have the same choices.
            column = msgspec.structs.replace(
                column, kind=PromptKind.SINGLE_CHOICE, options=prompt.columns[1].options
            )
        return self._insert((*part, len(prompt.columns)), column)

    def copy(self, part: Part) -> "Editing":
        """A copy of a step, a prompt or a column right after it, with everything in it."""
        piece = inner_at(self.tool, part[:-1])[part[-1]]
        new_id, *inside = islice(passing_ids(ids_in(self.tool)), 1 + len(ids_in(self.tool)))
        if isinstance(piece, Step):
            ids = dict(zip((prompt.id for prompt in piece.prompts), inside, strict=False))
            # Only one step can be the one in which the date is chosen.
            piece = msgspec.structs.replace(with_prompt_ids(piece, ids), review=False)
        copied_piece = msgspec.structs.replace(piece, id=new_id)
        return self._insert((*part[:-1], part[-1] + 1), copied_piece)

    def remove(self, part: Part) -> "Editing":
        """The tool without a step, a prompt or a column."""
        tool = without_part(self.tool, part)
        return self._then(tool, nearest(tool, part), part)

    def move(self, part: Part, by: int) -> "Editing":
        """The part moved by one place, up (-1) or down (1); a prompt goes on into the next step."""
        target = self._target(part, by)
        if target is None:
            return self
        piece = inner_at(self.tool, part[:-1])[part[-1]]
        tool = with_inserted(without_part(self.tool, part), target, piece)
        return self._then(tool, target, part)

    def can_move(self, part: Part, by: int) -> bool:
        """Whether there is a place to move the part to."""
        return self._target(part, by) is not None

    def mend(self, fault: Fault) -> "Editing":
        """The tool without the names that lead nowhere in a field that cannot be edited."""
        tool = with_piece(self.tool, fault.part, self._mended(fault))
        return self if tool == self.tool else self._then(tool, fault.part, fault.part)

    def can_mend(self, fault: Fault) -> bool:
        """Whether `mend` has something to take away."""
        return self._mended(fault) != piece_at(self.tool, fault.part)

    def undo(self) -> "Editing":
        """As it was before the last change."""
        if not self._past:
            return self
        tool, part = self._past[-1]
        future = (*self._future, _Moment(self.tool, self.at))
        return Editing(tool, nearest(tool, part), self._past[:-1], future)

    def redo(self) -> "Editing":
        """As it was before the last change was taken back."""
        if not self._future:
            return self
        tool, part = self._future[-1]
        past = (*self._past, _Moment(self.tool, self.at))
        return Editing(tool, nearest(tool, part), past, self._future[:-1])

    def _with(self, part: Part, fields: Mapping[str, object]) -> Tool:
        piece = piece_at(self.tool, part)
        changed = msgspec.structs.replace(piece, **fields)
        tool = with_piece(self.tool, part, changed)
        if isinstance(piece, Prompt) and isinstance(changed, Prompt):
            return _with_reworded(tool, piece.id, piece.options, changed.options)
        if isinstance(changed, Tool):
            others = tuple(each for each in changed.also_suits if each is not changed.setting)
            return msgspec.structs.replace(changed, also_suits=others)
        return tool

    def _then(self, tool: Tool, at: Part, changed: Part) -> "Editing":
        return Editing(tool, at, (*self._past, _Moment(self.tool, changed)))

    def _insert(self, part: Part, piece: Inner) -> "Editing":
        return self._then(with_inserted(self.tool, part, piece), part, self.at)

    def _new_id(self) -> str:
        return next(passing_ids(ids_in(self.tool)))

    def _target(self, part: Part, by: int) -> Part | None:
        place = part[-1] + by
        if 0 <= place < len(inner_at(self.tool, part[:-1])):
            return (*part[:-1], place)
        step = part[0] + by
        if len(part) == 2 and 0 <= step < len(self.tool.steps):
            return (step, len(self.tool.steps[step].prompts) if by < 0 else 0)
        return None

    def _mended(self, fault: Fault) -> Piece:
        """The piece with a fault, without what leads nowhere."""
        piece = piece_at(self.tool, fault.part)
        name = fault.field.partition(",")[0]
        ids = {prompt.id for prompt in self.tool.prompts}
        changed: dict[str, object] = {}
        match piece, name:
            case Prompt(recalls=recalls), "recalls":
                changed = {"recalls": tuple(each for each in recalls if each in ids)}
            case Prompt(kind=PromptKind.DATE | PromptKind.OVERLAP), "about":
                changed = {"about": (), "days": 0}
            case Prompt(responses=responses), "responses":
                signs = _options_of(self.tool, piece.about)
                changed = {"responses": tuple(each for each in responses if each.to in signs)}
            case (Prompt(), "only_if") | (Column(), "like"):
                return _with_defaults(piece, {name})
            case Tool(card=card), "card" if card is not None:
                left = tuple(each for each in card.prompts if each in ids)
                changed = {"card": msgspec.structs.replace(card, prompts=left) if left else None}
            case Tool(), "collections":
                changed = {"collections": _sound_collections(piece)}
        return msgspec.structs.replace(piece, **changed)


def copied(tool: Tool, tool_id: str) -> Tool:
    """The beginning of a tool that is made from another."""
    title = f"Copy of {tool.title}"
    if len(title) > _LONGEST_TITLE:
        title = tool.title
    return msgspec.structs.replace(tool, id=tool_id, version=1, title=title)


def skeleton(tool_id: str) -> Tool:
    """The beginning of a tool that is made from nothing: one step with one question."""
    return Tool(
        id=tool_id,
        version=1,
        title="",
        driver=Driver.LEADERSHIP,
        setting=Setting.SOLO,
        roles=(Role.PRACTITIONER,),
        audience="",
        when="",
        purpose="",
        minutes=20,
        steps=(Step("new-1", "", "", (Prompt("new-2", ""),)),),
        closing="",
        follow_up=NoFollowUp(),
        source=Source("Our own tools", 1),
    )


def _options_of(tool: Tool, about: tuple[str, ...]) -> tuple[str, ...]:
    return next((prompt.options for prompt in tool.prompts if (prompt.id,) == about), ())


def _with_reworded(
    tool: Tool, prompt_id: str, before: tuple[str, ...], now: tuple[str, ...]
) -> Tool:
    """Where one option was reworded, what goes with it goes with its new words."""
    reworded = [words for words in zip(before, now, strict=False) if words[0] != words[1]]
    if len(before) != len(now) or len(reworded) != 1:
        return tool
    names = dict(reworded)
    for part in parts_of(tool):
        prompt = piece_at(tool, part)
        if not isinstance(prompt, Prompt):
            continue
        condition, responses = prompt.only_if, prompt.responses
        if condition is not None and condition.prompt == prompt_id:
            answers = tuple(names.get(each, each) for each in condition.answers)
            condition = msgspec.structs.replace(condition, answers=answers)
        if prompt.about == (prompt_id,):
            responses = tuple(
                msgspec.structs.replace(each, to=names.get(each.to, each.to)) for each in responses
            )
        changed = msgspec.structs.replace(prompt, only_if=condition, responses=responses)
        tool = with_piece(tool, part, changed)
    return tool


def _levels(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A name and then choices of the same options, from the columns of a table."""
    name = columns[0]
    if name.kind is not PromptKind.SHORT_TEXT:
        name = Column(name.id, name.label, help=name.help)
    choices = [each for each in columns[1:] if each.kind is PromptKind.SINGLE_CHOICE]
    alike = [each for each in choices if each.options == choices[0].options]
    return (name, *(alike or (_LEVEL,)))


def _sound_collections(tool: Tool) -> tuple[Struct, ...]:
    wrong = {
        int(found[1])
        for place, _fault in reference_faults(tool)
        if (found := _COLLECTION.match(place))
    }
    return tuple(each for number, each in enumerate(tool.collections, 1) if number not in wrong)


def _with_defaults(piece: _S, names: Collection[str]) -> _S:
    """The piece with its defaults in these fields."""
    defaults = {
        each.name: each.default
        for each in msgspec.structs.fields(piece)
        if each.default is not NODEFAULT and each.name in names
    }
    return msgspec.structs.replace(piece, **defaults)
