"""How an answer reads, by kind of prompt."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.models.views import Action, Record
from retention_desktop.toolkit.blocks import Block, Bullets, Grid, Levels, Overlap, Paragraph
from retention_desktop.toolkit.wording import action_line, hours_words, long_date

_BLANK_LINES = re.compile(r"\n[ \t]*\n")


def blocks(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    """A checked answer as readable text, wherever it is shown; () when nothing was written."""
    return _READINGS[prompt.kind](prompt, value)


def is_empty(prompt: Prompt, value: Value) -> bool:
    """Whether there is nothing to read in the answer."""
    return not blocks(prompt, value)


def agreed(record: Record, prompt_id: str | None) -> list[TableRow]:
    """What was agreed under an action prompt, as its answer; under none, what stands outside."""
    return [_action_row(action) for action in record.actions if action.prompt_id == prompt_id]


def hours_in(prompt: Prompt, value: Value | None, column_id: str) -> Decimal | None:
    """All hours in a column of a table, together; None where none are written in such a column."""
    if not any(c.id == column_id and c.kind is PromptKind.HOURS for c in prompt.columns):
        return None  # an older version may have asked otherwise
    cells = [Decimal(str(row[column_id])) for row in _dicts(value or []) if column_id in row]
    return sum(cells, Decimal()) if cells else None


def _action_row(action: Action) -> TableRow:
    row: TableRow = {"text": action.text}
    if action.owner:
        row["owner"] = action.owner
    if action.due:
        row["due"] = action.due.isoformat()
    return row


def _paragraphs(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    pieces = (piece.strip() for piece in _BLANK_LINES.split(str(value)))
    return tuple(Paragraph(piece) for piece in pieces if piece)


def _bullets(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    items = tuple(str(item) for item in value) if isinstance(value, list) else ()
    return (Bullets(items),) if items else ()


def _rating(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    ends = f"from “{prompt.low}” (1) to “{prompt.high}” ({prompt.points})"
    return (Paragraph(f"{value} out of {prompt.points}, {ends}"),)


def _day(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    return (Paragraph(long_date(date.fromisoformat(str(value)))),) if value else ()


def _hours(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    return (Paragraph(hours_words(Decimal(str(value)))),) if value else ()


def _grid(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    header, rows = _cells_shown(prompt, value)
    return (Grid(header, rows),) if rows else ()


def _levels(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    header, rows = _cells_shown(prompt, value)
    return (Levels(header, rows, prompt.columns[1].options),) if rows else ()


def _cells_shown(
    prompt: Prompt, value: Value
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header, and the rows in which there is something to read."""
    rows = (
        tuple(
            _cell(column, row[column.id]) if column.id in row else "" for column in prompt.columns
        )
        for row in _dicts(value)
    )
    read = tuple(row for row in rows if any(cell.strip() for cell in row))
    return tuple(column.label for column in prompt.columns), read


def _cell(column: Column, cell: str | int) -> str:
    match column.kind:
        case PromptKind.SCALE:
            return f"{cell} out of {column.points}"
        case PromptKind.DATE:
            return long_date(date.fromisoformat(str(cell)))
        case PromptKind.HOURS:
            return hours_words(Decimal(str(cell)))
    return str(cell)


def _themes(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    """The themes as a list; those that were sorted stand under the name of their group."""
    found: list[Block] = []
    for group in (*prompt.groups, None):
        themes = tuple(_theme(row) for row in _dicts(value) if row.get("group") == group)
        if themes:
            found += [Paragraph(group), Bullets(themes)] if group else [Bullets(themes)]
    return tuple(found)


def _theme(row: TableRow) -> str:
    count = row.get("count")
    if count is None:
        return str(row["text"])
    return f"{row['text']} (heard once)" if count == 1 else f"{row['text']} (heard {count} times)"


def _responses(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    rows = tuple((str(row["noticed"]), str(row["response"])) for row in _dicts(value))
    return (Grid(("What was noticed", "What could help"), rows),) if rows else ()


def _overlap(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    one, both, other = (
        tuple(str(row["text"]) for row in _dicts(value) if row["area"] == area)
        for area in prompt.options
    )
    names = (prompt.options[0], prompt.options[1], prompt.options[2])
    return (Overlap(names, (one, both, other)),) if one or both or other else ()


def _agreed(_prompt: Prompt, value: Value) -> tuple[Block, ...]:
    items = tuple(
        action_line(
            str(row.get("text", "")),
            str(row.get("owner", "")),
            date.fromisoformat(str(row["due"])) if row.get("due") else None,
        )
        for row in _dicts(value)
    )
    items = tuple(item for item in items if item)
    return (Bullets(items),) if items else ()


def _dicts(value: Value) -> Iterable[TableRow]:
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


_READINGS: Mapping[PromptKind, Callable[[Prompt, Value], tuple[Block, ...]]] = {
    PromptKind.LONG_TEXT: _paragraphs,
    PromptKind.SHORT_TEXT: _paragraphs,
    PromptKind.SINGLE_CHOICE: _paragraphs,
    PromptKind.SEVERAL_CHOICES: _bullets,
    PromptKind.SCALE: _rating,
    PromptKind.TABLE: _grid,
    PromptKind.ACTION: _agreed,
    PromptKind.DATE: _day,
    PromptKind.THEMES: _themes,
    PromptKind.MATCHED: _responses,
    PromptKind.OVERLAP: _overlap,
    PromptKind.LEVELS: _levels,
    PromptKind.HOURS: _hours,
}
