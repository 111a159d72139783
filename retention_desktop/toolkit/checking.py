"""Checking a tool file against what a tool is, and naming every fault with its place.

Tool files are adapted by hand, so nobody should have to mend one fault to hear of the next. A file
is therefore first walked against the fields of the Structs, each fault noted. Only a file without
one is converted; what its parts say of each other is checked after that.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import PurePosixPath
from types import GenericAlias, NoneType
from typing import Any, TypeAlias, get_args

import msgspec
from msgspec import NODEFAULT, Struct

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    FixedDays,
    Repeating,
    Source,
    Step,
    Tool,
)
from retention_desktop.toolkit.kinds import may_have, needs
from retention_desktop.toolkit.references import reference_faults, shape_faults
from retention_desktop.toolkit.wording import quoted

# What a field may hold: a type, a union of Structs, or a tuple of either.
_Expected: TypeAlias = Any

_RANGES = {
    (Tool, "version"): (1, 999_999),
    (Tool, "minutes"): (1, 240),
    (Step, "minutes"): (1, 240),
    (Prompt, "minutes"): (1, 240),
    (Prompt, "words"): (5, 2_000),
    (Prompt, "most"): (1, 100),
    (Prompt, "days"): (1, 366),
    (AnsweredDate, "days"): (0, 366),
    (Source, "position"): (1, 999_999),
    (FixedDays, "days"): (1, 366),
    (Repeating, "months"): (1, 12),
    (Prompt, "points"): (2, 10),
    (Column, "points"): (2, 10),
    (About, "version"): (1, 999_999),
}
_LONGEST = {
    (Tool, "id"): 60,
    (Step, "id"): 60,
    (Prompt, "id"): 60,
    (Column, "id"): 60,
    (Tool, "title"): 60,
    (Step, "title"): 40,
    (About, "id"): 60,
    (About, "title"): 60,
    (About, "publisher"): 100,
    (About, "text"): 1_000,
}
_MAY_HAVE_LINES = {"text", "help", "closing"}

_COLUMN_KINDS = {
    PromptKind.SHORT_TEXT,
    PromptKind.SINGLE_CHOICE,
    PromptKind.SCALE,
    PromptKind.DATE,
    PromptKind.HOURS,
}

_KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ITEM_NAMES = {
    "steps": "step",
    "prompts": "prompt",
    "columns": "column",
    "options": "option",
    "responses": "response",
    "collections": "collection",
}
# A summary is chosen by the ids of prompts and by these names.
PARTS_OF_EVERY_RECORD = ("actions", "later-looks", "person", "review")

_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
}


class Problem(Struct, frozen=True):
    """One fault in a tool file. `place` is such as "step 3, prompt 1"; "" is the whole file.

    `key` is the one at the place that is missing, or that does not belong there.
    """

    file: str
    place: str
    fault: str
    key: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.fault) if part)


class Checked(Struct, frozen=True):
    """What became of one file: the tool, or every fault that keeps it from being one."""

    tool: Tool | None
    problems: tuple[Problem, ...]


def check_tool(raw: dict[str, Any], file: str) -> Checked:
    """The tool that a parsed file describes. `file` is its name, which the faults name."""
    walk = _Walk(file)
    walk.check_tool(raw)
    if not walk.problems:
        tool = msgspec.convert(raw, Tool)
        walk.problems += (Problem(file, *each) for each in reference_faults(tool))
        if not walk.problems:
            return Checked(tool, ())
    return Checked(None, tuple(walk.problems))


def about_faults(raw: dict[str, Any], file: str) -> tuple[Problem, ...]:
    """Every fault of what a pack says of itself."""
    walk = _Walk(file)
    walk.check_table(raw, About, "")
    return tuple(walk.problems)


def prompt_faults(raw: dict[str, Any], file: str) -> tuple[Problem, ...]:
    """Every fault of a prompt that stands without the rest of its tool, such as one in a record."""
    walk = _Walk(file)
    walk.check_table(raw, Prompt, "")
    if not walk.problems:
        walk.problems += (
            Problem(file, *each) for each in shape_faults(msgspec.convert(raw, Prompt))
        )
    return tuple(walk.problems)


class _Walk:
    """Reads one file against the Structs and notes every fault on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._first_places: dict[tuple[object, ...], str] = {}
        self.problems: list[Problem] = []

    def check_tool(self, raw: dict[str, Any]) -> None:
        self.check_table(raw, Tool, "")
        tool_id = raw.get("id")
        if isinstance(tool_id, str) and PurePosixPath(self._file).name != f"{tool_id}.toml":
            self._note("id", f"{quoted(tool_id)} does not match the name of the file")

    def _note(self, place: str, fault: str, key: str = "") -> None:
        self.problems.append(Problem(self._file, place, fault, key))

    def _check_value(
        self, raw: object, expected: _Expected, owner: type[Struct], place: str
    ) -> None:
        """Notes what is wrong with one value. The last word of `place` is the name of its key."""
        if isinstance(expected, GenericAlias):
            self._check_list(raw, get_args(expected)[0], owner, place)
        elif shapes := _structs(expected):
            self._check_one_of(raw, shapes, place)
        elif issubclass(expected, StrEnum):
            self._check_word(raw, list(expected), place)
        elif type(raw) is not expected:
            self._note(place, f"must be {_TYPE_NAMES[expected]}, not {_type_name(raw)}")
        elif isinstance(raw, str):
            self._check_text(raw, owner, place)
        elif type(raw) is int:
            low, high = _RANGES[owner, _key(place)]
            if not low <= raw <= high:
                self._note(place, f"must be from {low} to {high}")

    def _check_list(self, raw: object, item: _Expected, owner: type[Struct], place: str) -> None:
        if not isinstance(raw, list):
            self._note(place, f"must be a list, not {_type_name(raw)}")
            return
        if not raw:
            self._note(place, "is empty")
        before, key = _split(place)
        for number, value in enumerate(raw, 1):
            item_place = _join(before, f"{_ITEM_NAMES.get(key, key)} {number}")
            self._check_value(value, item, owner, item_place)
            if isinstance(value, str):
                self._check_unique(value, (place,), item_place)

    def _check_one_of(self, raw: object, shapes: tuple[type[Struct], ...], place: str) -> None:
        tags = {str(shape.__struct_config__.tag): shape for shape in shapes}
        tag_field = str(shapes[0].__struct_config__.tag_field)
        if not isinstance(raw, dict):
            self._note(place, f"must be a table, not {_type_name(raw)}")
        elif len(shapes) == 1:
            self.check_table(raw, shapes[0], place)
        elif tag_field not in raw:
            self._note(place, f"missing key {quoted(tag_field)}")
        else:
            word = raw[tag_field]
            self._check_word(word, list(tags), _join(place, tag_field))
            if isinstance(word, str) and word in tags:
                self.check_table(raw, tags[word], place)

    def check_table(self, raw: dict[str, Any], shape: type[Struct], place: str) -> None:
        """Notes what is wrong with one table, and with all that is in it."""
        fields = _fields(shape)
        known = {*fields, shape.__struct_config__.tag_field}
        for key in raw:
            if key not in known:
                self._note(place, f"unknown key {quoted(key)}{_near(key, fields)}")
        for name, (expected, required) in fields.items():
            if name in raw:
                self._check_value(raw[name], expected, shape, _join(place, name))
            elif required:
                self._note(place, f"missing key {quoted(name)}", name)
        if "id" in fields and isinstance(raw.get("id"), str):
            # Prompt ids are unique in the whole tool, column ids in their table.
            scope = (shape, _split(place)[0] if shape is Column else "")
            self._check_unique(raw["id"], scope, _join(place, "id"))
        if shape in (Prompt, Column):
            self._check_kind(raw, shape, place)
        if shape is Tool:
            self._check_whole(raw)

    def _check_kind(self, raw: dict[str, Any], shape: type[Struct], place: str) -> None:
        """What a kind needs must be there, and nothing that belongs to another kind."""
        default = PromptKind.SHORT_TEXT if shape is Column else PromptKind.LONG_TEXT
        word = raw.get("kind", default)
        if word not in list(PromptKind):
            return  # noted already
        kind = PromptKind(word)
        if shape is Column and kind not in _COLUMN_KINDS:
            self._note(place, f"a column cannot be of the kind {quoted(kind)}")
            return
        for name in _fields(shape):
            if needs(kind, name) and name not in raw:
                self._note(place, f"missing key {quoted(name)}, which {quoted(kind)} needs", name)
            elif not may_have(kind, name) and name in raw:
                fault = f"{quoted(name)} does not belong to the kind {quoted(kind)}"
                self._note(place, fault, name)

    def _check_whole(self, raw: dict[str, Any]) -> None:
        """What has to fit together over the whole tool."""
        others = raw.get("also_suits")
        if isinstance(others, list) and raw.get("setting") in others:
            self._note("also_suits", "repeats the setting")
        steps = raw.get("steps")
        places = [
            f"step {number}"
            for number, step in enumerate(steps if isinstance(steps, list) else (), 1)
            if isinstance(step, dict) and step.get("review") is True
        ]
        for place in places[1:]:
            self._note(_join(place, "review"), f"the date is already chosen in {places[0]}")
        follow_up = raw.get("follow_up")
        if places and isinstance(follow_up, dict) and follow_up.get("kind") == "none":
            self._note(_join(places[0], "review"), "there is no follow-up to choose a date for")

    def _check_word(self, raw: object, words: list[str], place: str) -> None:
        if not isinstance(raw, str):
            self._note(place, f"must be text, not {_type_name(raw)}")
        elif raw not in words:
            self._note(place, f"{quoted(raw)} is not one of: {', '.join(words)}")

    def _check_text(self, raw: str, owner: type[Struct], place: str) -> None:
        key = _key(place)
        longest = _LONGEST.get((owner, key), len(raw))
        one_line = raw.replace("\N{NO-BREAK SPACE}", " ")  # word processors write it
        if key in _MAY_HAVE_LINES:
            one_line = one_line.replace("\n", " ")
        if not raw.strip():
            self._note(place, "is empty")
        elif not one_line.isprintable():
            self._note(place, "holds a line break or another character that cannot be shown")
        elif key in ("id", "own_list") and not _KEBAB_CASE.fullmatch(raw):
            self._note(place, f"{quoted(raw)} is not lower-case words joined by hyphens")
        elif key == "id" and owner is Prompt and raw in PARTS_OF_EVERY_RECORD:
            self._note(place, f"{quoted(raw)} already names a part of every record")
        if len(raw) > longest:
            self._note(place, f"is longer than {longest} characters")

    def _check_unique(self, word: str, scope: tuple[object, ...], place: str) -> None:
        first = self._first_places.setdefault((scope, word), place)
        if first != place:
            self._note(place, f"{quoted(word)} is already used at {first}")


@cache
def _fields(shape: type[Struct]) -> dict[str, tuple[_Expected, bool]]:
    return {
        field.name: (field.type, field.default is NODEFAULT)
        for field in msgspec.structs.fields(shape)
    }


@cache
def _structs(expected: _Expected) -> tuple[type[Struct], ...]:
    """The Structs of which the value may be one; () when a plain value is expected."""
    types = tuple(each for each in get_args(expected) or (expected,) if each is not NoneType)
    return types if all(issubclass(each, Struct) for each in types) else ()


def _type_name(raw: object) -> str:
    return _TYPE_NAMES.get(type(raw), "a date or time")


def _near(key: str, fields: Iterable[str]) -> str:
    from difflib import get_close_matches  # only files with a slip need it

    near = get_close_matches(key, fields, n=1)
    return f"; did you mean {quoted(near[0])}?" if near else ""


def _join(place: str, key: str) -> str:
    return f"{place}, {key}" if place else key


def _split(place: str) -> tuple[str, str]:
    before, _, key = place.rpartition(", ")
    return before, key


def _key(place: str) -> str:
    return _split(place)[1]
