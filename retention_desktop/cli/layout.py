"""How commands print: wrapped text, columns, and JSON."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from retention_desktop.toolkit.wording import long_date

_WIDEST = 96


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say_json(content: object) -> None:
    """Print JSON that a person can read, too."""
    say(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text within the terminal's width, its own line breaks kept.

    `first` stands in the place of the first line's indent, such as a bullet.
    """
    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    lines = [
        line
        for own_line in text.splitlines()
        for line in textwrap.wrap(own_line, max(width - len(indent), 20)) or [""]
    ]
    shown = textwrap.indent("\n".join(lines), indent)
    return shown if first is None else first + shown[len(indent) :]


def columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """The rows as lines, their cells under one another; numbers go to the right."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if cell.isdigit() else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def counted(count: int, one: str) -> str:
    """The number with its noun: "1 record", "1,200 records"."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def local_date(moment: datetime) -> str:
    """The day of a moment where this computer is, in words."""
    return long_date(moment.astimezone().date())


def whole(struct: Struct) -> dict[str, object]:
    """A Struct as JSON has it, with every field: those left at their default, too."""
    config = struct.__struct_config__
    kind: dict[str, object] = {config.tag_field: config.tag} if config.tag_field else {}
    return kind | {name: _plain(getattr(struct, name)) for name in struct.__struct_fields__}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return whole(value) if isinstance(value, Struct) else value
