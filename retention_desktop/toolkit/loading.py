"""Loading tool files, and naming every fault of every file with its place."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from retention_desktop import paths
from retention_desktop.errors import BadInput, FileProblem, NotFound
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.checking import Problem, check_tool
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.wording import quoted

LARGEST_FILE = 256 * 1024  # bytes; the longest of our own has about ten thousand

# `tomllib` takes minutes over a key of thousands of dotted parts.
_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){30}""")


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
    """The tools to choose from, those of one driver together, and those that were turned off."""

    tools: tuple[Tool, ...]
    turned_off: tuple[Tool, ...] = ()

    @property
    def every(self) -> tuple[Tool, ...]:
        """All tools, turned off or not: a record may have been made with any of them."""
        return self.tools + self.turned_off

    def tool(self, tool_id: str) -> Tool:
        """The tool of this id, turned off or not; raises `NotFound`."""
        for tool in self.every:
            if tool.id == tool_id:
                return tool
        raise NotFound(
            f"There is no tool called {quoted(tool_id)}.", "“retention-desktop tools” lists them."
        )


def load_toolkit(folder: Path | None = None) -> Toolkit:
    """The tools of a folder (ours, unless another is named); raises `ToolFileErrors`."""
    return _shipped() if folder is None else _load(folder)


@cache
def _shipped() -> Toolkit:
    return _load(paths.resource("tools"))


def _load(folder: Path) -> Toolkit:
    tools, problems = _read_all(folder)
    if problems:
        raise ToolFileErrors(problems)
    return Toolkit(in_order(tools))


def check_tools(path: Path) -> tuple[Problem, ...]:
    """Every fault of a tool file, or of all tool files of a folder; () when there is none."""
    return _read_all(path)[1]


def in_order(tools: Iterable[Tool]) -> tuple[Tool, ...]:
    """The tools as they are listed: those of one driver together, as their document has them."""
    return tuple(sorted(tools, key=_place))


def _place(tool: Tool) -> tuple[int, str, int, str]:
    return list(Driver).index(tool.driver), tool.source.document, tool.source.position, tool.id


def read_tools(files: Mapping[str, bytes]) -> tuple[list[Tool], tuple[Problem, ...]]:
    """The tools in the contents of tool files, given by name, and every fault of every file."""
    tools: list[Tool] = []
    problems: list[Problem] = []
    first_file: dict[str, str] = {}
    for name, content in files.items():
        try:
            raw = read_toml(content)
        except UnreadableFile as error:
            problems.append(Problem(name, "", str(error)))
            continue
        checked = check_tool(raw, name)
        problems += checked.problems
        tool_id = raw.get("id")
        if isinstance(tool_id, str) and first_file.setdefault(tool_id, name) != name:
            fault = f"{quoted(tool_id)} is also the id of {first_file[tool_id]}"
            problems.append(Problem(name, "id", fault))
        elif checked.tool is not None:
            tools.append(checked.tool)
    return tools, tuple(problems)


def _read_all(path: Path) -> tuple[list[Tool], tuple[Problem, ...]]:
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in _tool_files(path):
        try:
            contents[file.name] = _content(file)
        except UnreadableFile as error:
            problems.append(Problem(file.name, "", str(error)))
    tools, more = read_tools(contents)
    return tools, (*problems, *more)


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


class UnreadableFile(Exception):
    """A file without anything in it that could be walked; says why."""


def _content(file: Path) -> bytes:
    if not file.is_file():  # opening a pipe would wait for ever
        raise UnreadableFile("is not a file")
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableFile(f"could not be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(f"is larger than {LARGEST_FILE // 1024} KB")
    return content


def read_toml(content: bytes) -> dict[str, Any]:
    """What a TOML file holds; raises `UnreadableFile`."""
    try:
        text = content.decode("utf-8-sig")  # editors on Windows put a byte order mark first
        if _DEEP_KEY.search(text):
            raise UnreadableFile("is nested too deeply")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"line {line} is not UTF-8 text; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFile(f"is not valid TOML: {error}") from None
    except ValueError:  # Python refuses to read numbers of thousands of digits
        raise UnreadableFile("holds a number that is too long") from None
    except RecursionError:
        raise UnreadableFile("is nested too deeply") from None
