"""Ids of what is new in a tool.

While it is edited, a new part has a passing id. When the tool is kept, each takes an id made from
the words that people read, and has it for good, so that old answers still belong to it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.checking import PARTS_OF_EVERY_RECORD
from retention_desktop.toolkit.definition import Tool

_S = TypeVar("_S", bound=Struct)

NEW_LIST = "new-list"  # the passing name of a list that people add to

_PASSING = re.compile(r"new-[0-9]+")
_LONGEST = 50
# Fields that name prompts of the same tool, or "prompt/column".
_REFERENCES = {"about", "recalls", "prompt", "prompts", "like", "asked", "matched"}


def is_passing(an_id: str) -> bool:
    """Whether an id is still to be made from words."""
    return _PASSING.fullmatch(an_id) is not None


def passing_ids(taken: Collection[str]) -> Iterator[str]:
    """Passing ids, none of them taken."""
    number = 1
    while True:
        if f"new-{number}" not in taken:
            yield f"new-{number}"
        number += 1


def ids_in(tool: Tool) -> set[str]:
    """The ids of all steps, prompts and columns."""
    ids = {step.id for step in tool.steps} | {prompt.id for prompt in tool.prompts}
    return ids | {column.id for prompt in tool.prompts for column in prompt.columns}


def with_lasting_ids(tool: Tool, *, taken: Collection[str]) -> Tool:
    """The tool in which no id is passing any more. `taken` are the ids of all other tools."""
    steps = {step.id: step.title for step in tool.steps}
    prompts = {prompt.id: prompt.label for prompt in tool.prompts}
    step_ids = _lasting(steps, "step", ())
    made = tuple(
        msgspec.structs.replace(
            step,
            id=step_ids[step.id],
            prompts=tuple(_with_column_ids(prompt) for prompt in step.prompts),
        )
        for step in tool.steps
    )
    tool_id = _lasting({tool.id: tool.title}, "tool", taken)[tool.id]
    named = msgspec.structs.replace(tool, id=tool_id, steps=made)
    return _with_list_names(
        with_prompt_ids(named, _lasting(prompts, "question", PARTS_OF_EVERY_RECORD))
    )


def with_prompt_ids(struct: _S, ids: Mapping[str, str]) -> _S:
    """The same with other ids of prompts, where they are given and wherever they are named."""
    changed: dict[str, object] = {}
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if isinstance(value, Struct):
            changed[name] = with_prompt_ids(value, ids)
        elif isinstance(value, str) and name in _REFERENCES:
            changed[name] = _renamed(value, ids)
        elif isinstance(value, tuple):
            changed[name] = tuple(
                with_prompt_ids(each, ids)
                if isinstance(each, Struct)
                else (_renamed(each, ids) if name in _REFERENCES else each)
                for each in value
            )
    if isinstance(struct, Prompt):
        changed["id"] = _renamed(struct.id, ids)
    return msgspec.structs.replace(struct, **changed)


def _with_list_names(tool: Tool) -> Tool:
    """Each new list is the question's alone: lists of the same name are shared between tools."""
    steps = tuple(
        msgspec.structs.replace(
            step,
            prompts=tuple(
                msgspec.structs.replace(prompt, own_list=f"{tool.id}-{prompt.id}")
                if prompt.own_list == NEW_LIST
                else prompt
                for prompt in step.prompts
            ),
        )
        for step in tool.steps
    )
    return msgspec.structs.replace(tool, steps=steps)


def _with_column_ids(prompt: Prompt) -> Prompt:
    ids = _lasting({column.id: column.label for column in prompt.columns}, "column", ())
    return msgspec.structs.replace(
        prompt,
        columns=tuple(msgspec.structs.replace(each, id=ids[each.id]) for each in prompt.columns),
    )


def _lasting(words: Mapping[str, str], otherwise: str, reserved: Collection[str]) -> dict[str, str]:
    """The lasting id for each id; `words` are what people read of what has it."""
    taken = {*reserved, *words}
    ids: dict[str, str] = {}
    for an_id, text in words.items():
        ids[an_id] = _made_from(text, otherwise, taken) if is_passing(an_id) else an_id
        taken.add(ids[an_id])
    return ids


def _made_from(text: str, otherwise: str, taken: Collection[str]) -> str:
    """Lower-case words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    made = ""
    for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")):
        if made and len(made) + len(word) < _LONGEST:
            made = f"{made}-{word}"
        elif not made and word[0].isalpha():
            made = word[:_LONGEST]
    made = made or otherwise
    tries = (made, *(f"{made}-{number}" for number in range(2, len(taken) + 4)))
    return next(each for each in tries if each not in taken and not is_passing(each))


def _renamed(path: str, ids: Mapping[str, str]) -> str:
    prompt, slash, column = path.partition("/")
    return f"{ids.get(prompt, prompt)}{slash}{column}"
