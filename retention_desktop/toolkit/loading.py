"""Loading tool files, and naming every fault of every file with its place."""

import re
import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

from retention_desktop import paths
from retention_desktop.errors import BadInput, FileProblem, NotFound
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.checking import Problem, check_tool
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.wording import quoted

_LARGEST_FILE = 256 * 1024  # bytes; the longest of our own has about ten thousand

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
        try:
            raw = _parse(file)
        except _UnreadableError as error:
            problems.append(Problem(file.name, "", str(error)))
            continue
        checked = check_tool(raw, file.name)
        problems += checked.problems
        tool_id = raw.get("id")
        if isinstance(tool_id, str) and first_file.setdefault(tool_id, file.name) != file.name:
            fault = f"{quoted(tool_id)} is also the id of {first_file[tool_id]}"
            problems.append(Problem(file.name, "id", fault))
        elif checked.tool is not None:
            tools.append(checked.tool)
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
