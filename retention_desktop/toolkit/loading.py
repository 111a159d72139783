"""Loading tool files, and naming every fault of every file with its place.

Tool files are adapted by hand, so nobody should have to mend one fault to hear of the next. A file
is therefore first walked against the fields of the Structs, each fault noted; only a file without a
fault is converted.
"""

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeAlias, get_args

import msgspec
from msgspec import NODEFAULT, Struct

from retention_desktop import paths
from retention_desktop.errors import BadInput, FileProblem, NotFound
from retention_desktop.models.enums import Driver, PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import FixedDays, Repeating, Source, Step, Tool
from retention_desktop.toolkit.wording import quoted

# What a field may hold: a type, a union of Structs, or a tuple of either.
_Expected: TypeAlias = Any

_LARGEST_FILE = 256 * 1024  # bytes; the longest of our own has about ten thousand

_RANGES = {
    (Tool, "version"): (1, 999_999),
    (Tool, "minutes"): (1, 240),
    (Source, "position"): (1, 999_999),
    (FixedDays, "days"): (1, 366),
    (Repeating, "months"): (1, 12),
    (Prompt, "points"): (2, 10),
    (Column, "points"): (2, 10),
}
_LONGEST = {
    (Tool, "id"): 60,
    (Step, "id"): 60,
    (Prompt, "id"): 60,
    (Column, "id"): 60,
    (Tool, "title"): 60,
    (Step, "title"): 40,
}
_MAY_HAVE_LINES = {"text", "help", "closing"}

_CHOICES = {PromptKind.SINGLE_CHOICE, PromptKind.SEVERAL_CHOICES}
_BELONGS_TO = {
    "options": _CHOICES,
    "low": {PromptKind.SCALE},
    "high": {PromptKind.SCALE},
    "points": {PromptKind.SCALE},
    "columns": {PromptKind.TABLE},
}
_COLUMN_KINDS = {
    PromptKind.SHORT_TEXT,
    PromptKind.SINGLE_CHOICE,
    PromptKind.SCALE,
    PromptKind.DATE,
}

# `tomllib` takes minutes over a key of thousands of dotted parts.
_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){30}""")
_KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ITEM_NAMES = {"steps": "step", "prompts": "prompt", "columns": "column", "options": "option"}
# A summary is chosen by the ids of prompts and by these names.
_PARTS_OF_EVERY_RECORD = ("actions", "person", "review")

_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
}


class Problem(Struct, frozen=True):
    """One fault in a tool file. `place` is such as "step 3, prompt 1"; "" is the whole file."""

    file: str
    place: str
    fault: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.fault) if part)


class ToolFileErrors(BadInput):
    """Tool files that cannot be used; `problems` holds every fault of every file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        more = f" There {'is' if count == 2 else 'are'} {count - 1} more." if count > 1 else ""
        super().__init__(
            f"A tool file cannot be used: {problems[0]}.{more}",
            "“retention-desktop check-tools” lists every problem with its place.",
        )
        self.problems = problems


class Toolkit(Struct, frozen=True):
    """All tools, those of one driver together."""

    tools: tuple[Tool, ...]

    def tool(self, tool_id: str) -> Tool:
        """The tool of this id; raises `NotFound`."""
        for tool in self.tools:
            if tool.id == tool_id:
                return tool
        raise NotFound(
            f"There is no tool called {quoted(tool_id)}.", "“retention-desktop tools” lists them."
        )


def load_toolkit(folder: Path | None = None) -> Toolkit:
    """The tools of a folder (ours, unless another is named); raises `ToolFileErrors`."""
    tools, problems = _read_all(folder or paths.resource("tools"))
    if problems:
        raise ToolFileErrors(problems)
    drivers = list(Driver)
    tools.sort(key=lambda tool: (drivers.index(tool.driver), tool.source.position, tool.id))
    return Toolkit(tuple(tools))


def check_tools(path: Path) -> tuple[Problem, ...]:
    """Every fault of a tool file, or of all tool files of a folder; () when there is none."""
    return _read_all(path)[1]


def _read_all(path: Path) -> tuple[list[Tool], tuple[Problem, ...]]:
    tools: list[Tool] = []
    problems: list[Problem] = []
    first_file: dict[str, str] = {}
    for file in _tool_files(path):
        walk = _Walk(file.name)
        try:
            raw = _parse(file)
        except _UnreadableError as error:
            problems.append(Problem(file.name, "", str(error)))
            continue
        walk.check_tool(raw, first_file)
        if walk.problems:
            problems += walk.problems
        else:
            tools.append(msgspec.convert(raw, Tool))
    return tools, tuple(problems)


def _tool_files(path: Path) -> list[Path]:
    try:
        files = sorted(f for f in path.iterdir() if f.suffix == ".toml") if path.is_dir() else None
    except OSError as error:
        raise FileProblem(f"The folder {path} could not be read: {error.strerror}.") from None
    if files is None and not path.exists():
        raise FileProblem(f"There is no file or folder at {path}.", "Check the path.")
    if files == []:
        raise FileProblem(f"The folder {path} holds no tool files.", "Their names end in “.toml”.")
    return files or [path]


class _UnreadableError(Exception):
    """A file without anything in it that could be walked; says why."""


def _parse(file: Path) -> dict[str, Any]:
    if not file.is_file():  # opening a pipe would wait for ever
        raise _UnreadableError("is not a file")
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _UnreadableError(f"could not be read: {error.strerror}") from None
    if len(content) > _LARGEST_FILE:
        raise _UnreadableError(f"is larger than {_LARGEST_FILE // 1024} KB")
    try:
        text = content.decode("utf-8-sig")  # editors on Windows put a byte order mark first
        if _DEEP_KEY.search(text):
            raise _UnreadableError("is nested too deeply")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(f"line {line} is not UTF-8 text; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _UnreadableError(f"is not valid TOML: {error}") from None
    except ValueError:  # Python refuses to read numbers of thousands of digits
        raise _UnreadableError("holds a number that is too long") from None
    except RecursionError:
        raise _UnreadableError("is nested too deeply") from None


class _Walk:
    """Reads one file against the Structs and notes every fault on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._first_places: dict[tuple[object, ...], str] = {}
        self.problems: list[Problem] = []

    def check_tool(self, raw: dict[str, Any], first_file: dict[str, str]) -> None:
        self._check_table(raw, Tool, "")
        tool_id = raw.get("id")
        if not isinstance(tool_id, str):
            return
        if self._file != f"{tool_id}.toml":
            self._note("id", f"{quoted(tool_id)} does not match the name of the file")
        if first_file.setdefault(tool_id, self._file) != self._file:
            self._note("id", f"{quoted(tool_id)} is also the id of {first_file[tool_id]}")

    def _note(self, place: str, fault: str) -> None:
        self.problems.append(Problem(self._file, place, fault))

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
            self._check_table(raw, shapes[0], place)
        elif tag_field not in raw:
            self._note(place, f"missing key {quoted(tag_field)}")
        else:
            word = raw[tag_field]
            self._check_word(word, list(tags), _join(place, tag_field))
            if isinstance(word, str) and word in tags:
                self._check_table(raw, tags[word], place)

    def _check_table(self, raw: dict[str, Any], shape: type[Struct], place: str) -> None:
        fields = _fields(shape)
        known = {*fields, shape.__struct_config__.tag_field}
        for key in raw:
            if key not in known:
                self._note(place, f"unknown key {quoted(key)}{_near(key, fields)}")
        for name, (expected, required) in fields.items():
            if name in raw:
                self._check_value(raw[name], expected, shape, _join(place, name))
            elif required:
                self._note(place, f"missing key {quoted(name)}")
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
            kinds = _BELONGS_TO.get(name, set())
            if kind in kinds and name not in raw and name != "points":
                self._note(place, f"missing key {quoted(name)}, which {quoted(kind)} needs")
            elif kinds and kind not in kinds and name in raw:
                self._note(place, f"{quoted(name)} does not belong to the kind {quoted(kind)}")

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
        one_line = raw.replace("\n", " ") if key in _MAY_HAVE_LINES else raw
        if not raw.strip():
            self._note(place, "is empty")
        elif not one_line.isprintable():
            self._note(place, "holds a line break or another character that cannot be shown")
        elif key == "id" and not _KEBAB_CASE.fullmatch(raw):
            self._note(place, f"{quoted(raw)} is not lower-case words joined by hyphens")
        elif key == "id" and owner is Prompt and raw in _PARTS_OF_EVERY_RECORD:
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
    types = get_args(expected) or (expected,)
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
