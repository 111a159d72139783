"""The command that says where a text could identify a person, without repeating the text."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from retention_desktop.cli import Context
from retention_desktop.cli.layout import columns, counted, say, say_json
from retention_desktop.errors import BadInput
from retention_desktop.files import explain_reading, read_start
from retention_desktop.privacy.checking import find
from retention_desktop.privacy.findings import Finding, Kind

SOMETHING_FOUND = 1

_LARGEST = 10_000_000  # bytes; more than anybody writes
_STANDARD_INPUT = "-"
_READ_IT = "No check is complete: read it once more yourself."


def check_text(options: Namespace, _context: Context) -> int:
    """Print the place and the kind of each finding; the exit code says whether there was one."""
    text = _read(options.file)
    own_words = _read(str(options.words)).splitlines() if options.words else []
    found = find(text, own_words=own_words)
    places = _places(text, found)
    if options.json:
        say_json([_as_json(*place) for place in zip(found, places, strict=True)])
    elif found:
        say(*columns([_as_row(*place) for place in zip(found, places, strict=True)]))
        say("", f"{counted(len(found), 'finding')}. {_READ_IT}")
    else:
        say(f"Nothing was found. {_READ_IT}")
    return SOMETHING_FOUND if found else 0


def _places(text: str, found: Sequence[Finding]) -> list[tuple[int, int]]:
    """The line and the column of each finding, both counted from 1."""
    places = []
    line, line_start = 1, 0
    for finding in found:
        line += text.count("\n", line_start, finding.start)
        line_start = text.rfind("\n", 0, finding.start) + 1
        places.append((line, finding.start - line_start + 1))
    return places


def _as_json(finding: Finding, place: tuple[int, int]) -> dict[str, object]:
    line, column = place
    return {
        "line": line,
        "column": column,
        "length": finding.end - finding.start,
        "kind": finding.kind,
        "suggestion": finding.suggestion or None,
        "details": list(finding.details),
    }


def _as_row(finding: Finding, place: tuple[int, int]) -> tuple[str, str, str]:
    if finding.kind is Kind.INDIRECT:
        says = f"together: {', '.join(finding.details)}"
    else:
        says = f"perhaps: {finding.suggestion}"
    return f"{place[0]}:{place[1]}", finding.kind, says


def _read(file: str) -> str:
    if file == _STANDARD_INPUT:
        name, content = "standard input", sys.stdin.buffer.read(_LARGEST + 1)
    else:
        name = file
        try:
            content = read_start(Path(file), _LARGEST + 1)
        except OSError as error:
            raise explain_reading(error, Path(file)) from None
    if len(content) > _LARGEST:
        raise BadInput(f"{name} is too long to check.", "Check it in parts.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not UTF-8 text.", "Save it as plain text in UTF-8.") from None
