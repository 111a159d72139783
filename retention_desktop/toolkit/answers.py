"""What an answer may be and how it reads, by kind of prompt: everything that depends on the kind.

No error here carries a word of what was written: it names the place by ids and row numbers.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.models.views import Action, Record
from retention_desktop.toolkit.wording import action_line, long_date

LONGEST_ANSWER = 1_000_000  # bytes of UTF-8, all texts of the answer together
LONGEST_CHOICE = 120  # characters of a choice that somebody added
MOST_ROWS = 1_000
MOST_COUNTED = 9_999
YEARS = range(1900, 2201)

_LINE_END = re.compile("\r\n?")
_SOFT_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # how word processors break a line
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Paragraph(Struct, frozen=True):
    """A piece of running text; it may hold line breaks."""

    text: str


class Bullets(Struct, frozen=True):
    """A list of short texts."""

    items: tuple[str, ...]


class Grid(Struct, frozen=True):
    """A table. Every row has as many cells as the header; an empty cell is ""."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Levels(Struct, frozen=True):
    """A table of how high each thing is: as `Grid`, and each cell after the first is on `scale`.

    A cell in which nothing was chosen is "". The words of the scale rise.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    scale: tuple[str, ...]


class Overlap(Struct, frozen=True):
    """Two areas that overlap: what lies in one, in both and in the other, under three names."""

    names: tuple[str, str, str]
    items: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


Block: TypeAlias = Paragraph | Bullets | Grid | Levels | Overlap


def agreed(record: Record, prompt_id: str | None) -> list[TableRow]:
    """What was agreed under an action prompt, as its answer; under none, what stands outside."""
    return [_action_row(action) for action in record.actions if action.prompt_id == prompt_id]


def _action_row(action: Action) -> TableRow:
    row: TableRow = {"text": action.text}
    if action.owner:
        row["owner"] = action.owner
    if action.due:
        row["due"] = action.due.isoformat()
    return row


def check_value(prompt: Prompt, value: object) -> Value:
    """The value, fit to be kept as an answer to the prompt; raises `BadInput` naming the place.

    Line ends become "\\n", choices stand in the order of the options, and rows and cells in which
    nothing was written are left out.
    """
    place = f'answer "{prompt.id}"'
    checked = _KINDS[prompt.kind].check(prompt, value, place)
    if prompt.most and isinstance(checked, list) and len(checked) > prompt.most:
        raise BadInput(f"{place}: there are more than {prompt.most}.", "Remove some.")
    if _size(checked) > LONGEST_ANSWER:
        raise BadInput(f"{place}: the text is over 1 MB.", "Shorten it.")
    return checked


def blocks(prompt: Prompt, value: Value) -> tuple[Block, ...]:
    """A checked answer as readable text, wherever it is shown; () when nothing was written."""
    return _KINDS[prompt.kind].blocks(prompt, value)


def is_empty(prompt: Prompt, value: Value) -> bool:
    """Whether there is nothing to read in the answer."""
    return not blocks(prompt, value)


def only_text(text: str) -> str:
    """What was typed or pasted, without the characters that are not text."""
    return _NOT_TEXT.sub("", _SOFT_BREAK.sub("\n", _LINE_END.sub("\n", text)))


def plain_text(content: Iterable[Block]) -> str:
    """The blocks as bare text, a line for each item and row, without the headers of tables."""
    lines: list[str] = []
    for block in content:
        match block:
            case Paragraph(text):
                lines.append(text)
            case Bullets(items):
                lines += items
            case Grid(_, rows) | Levels(_, rows):
                lines += ("; ".join(filter(None, row)) for row in rows)
            case Overlap(names, items):
                for name, area in zip(names, items, strict=True):
                    lines += (f"{name}: {item}" for item in area)
    return "\n".join(lines)


def _size(value: Value) -> int:
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, int):
        return 0
    cells = (c for item in value for c in (item.values() if isinstance(item, dict) else (item,)))
    return sum(len(cell.encode()) for cell in cells if isinstance(cell, str))


def _check_text(_asked: Prompt | Column, value: object, place: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{place}: this must be text.")
    text = _LINE_END.sub("\n", value)
    if _NOT_TEXT.search(text):
        raise BadInput(f"{place}: there is a character that is not text.", "Remove it.")
    return text


def _check_line(asked: Prompt | Column, value: object, place: str) -> str:
    return _check_text(asked, value, place).replace("\n", " ")


def _check_choice(asked: Prompt | Column, value: object, place: str) -> str:
    if not isinstance(value, str) or value not in asked.options:
        raise BadInput(f"{place}: this must be one of: {', '.join(asked.options)}.")
    return value


def _check_choices(prompt: Prompt, value: object, place: str) -> list[str]:
    if not isinstance(value, list):
        raise BadInput(f"{place}: this must be a list of choices.")
    check = _check_own_choice if prompt.own_list else _check_choice
    chosen = {check(prompt, each, f"{place}, choice {n}"): n for n, each in enumerate(value, 1)}
    if len(chosen) < len(value):
        raise BadInput(f"{place}: the same choice is there twice.")
    own = (each for each in chosen if each not in prompt.options)
    return [*(option for option in prompt.options if option in chosen), *own]


def _check_own_choice(prompt: Prompt | Column, value: object, place: str) -> str:
    if isinstance(value, str) and value in prompt.options:
        return value
    text = _check_line(prompt, value, place).strip()
    if not 0 < len(text) <= LONGEST_CHOICE:
        raise BadInput(f"{place}: a choice of one's own is 1 to {LONGEST_CHOICE} characters long.")
    return text


def _check_scale(asked: Prompt | Column, value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= asked.points:
        raise BadInput(f"{place}: this must be a whole number from 1 to {asked.points}.")
    return value


def _check_date(_asked: Prompt | Column, value: object, place: str) -> str:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value) or not _is_date(value):
        raise BadInput(f"{place}: this must be a date such as 2026-11-22.")
    if int(value[:4]) not in YEARS:
        raise BadInput(f"{place}: the year must be from {YEARS[0]} to {YEARS[-1]}.")
    return value


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_table(prompt: Prompt, value: object, place: str) -> list[TableRow]:
    columns = {column.id: column for column in prompt.columns}
    rows: list[TableRow] = []
    for number, raw in _rows(value, place):
        row_place = f"{place}, row {number}"
        cells = _cells(raw, columns, row_place)
        row: TableRow = {}
        for column in prompt.columns:
            if column.id in cells:
                check = _COLUMN_KINDS[column.kind].check
                cell_place = f'{row_place}, column "{column.id}"'
                row[column.id] = check(column, cells[column.id], cell_place)
        if row:
            rows.append(row)
    return _in_fixed_rows(prompt, rows, place) if prompt.rows else rows


def _in_fixed_rows(prompt: Prompt, rows: list[TableRow], place: str) -> list[TableRow]:
    """The rows in the order of the prompt's own, without those that hold only their name."""
    name = prompt.columns[0].id
    by_name = {row.get(name): row for row in rows}
    if len(by_name) < len(rows) or not by_name.keys() <= set(prompt.rows):
        raise BadInput(f"{place}: each row must be one of the prompt's, once.")
    return [by_name[each] for each in prompt.rows if len(by_name.get(each, ())) > 1]


def _check_themes(prompt: Prompt, value: object, place: str) -> list[TableRow]:
    columns = {"text": _TEXT_COLUMN}
    if prompt.groups:
        columns["group"] = Column("group", "", PromptKind.SINGLE_CHOICE, options=prompt.groups)
    if prompt.counted:
        columns["count"] = Column("count", "", PromptKind.SCALE, points=MOST_COUNTED)
    return _check_rows(columns, ("text",), value, place)


def _check_matched(_prompt: Prompt, value: object, place: str) -> list[TableRow]:
    rows = _check_rows(_MATCHED_COLUMNS, ("noticed",), value, place)
    return [row for row in rows if "response" in row]


def _check_overlap(prompt: Prompt, value: object, place: str) -> list[TableRow]:
    area = Column("area", "", PromptKind.SINGLE_CHOICE, options=prompt.options)
    return _check_rows({"text": _TEXT_COLUMN, "area": area}, ("text", "area"), value, place)


def _check_rows(
    columns: Mapping[str, Column], needed: tuple[str, ...], value: object, place: str
) -> list[TableRow]:
    """Rows of named cells, of which the needed ones must be there; empty rows are left out."""
    rows: list[TableRow] = []
    for number, raw in _rows(value, place):
        row_place = f"{place}, row {number}"
        cells = _cells(raw, columns, row_place)
        if not cells:
            continue
        for key in needed:
            if key not in cells:
                raise BadInput(f'{row_place}: "{key}" is missing.')
        rows.append(
            {
                key: _COLUMN_KINDS[column.kind].check(column, cells[key], f'{row_place}, "{key}"')
                for key, column in columns.items()
                if key in cells
            }
        )
    return rows


def _check_actions(_prompt: Prompt, value: object, place: str) -> list[TableRow]:
    return _check_rows(_ACTION_COLUMNS, ("text",), value, place)


def _rows(value: object, place: str) -> Iterable[tuple[int, object]]:
    if not isinstance(value, list):
        raise BadInput(f"{place}: this must be a list of rows.")
    if len(value) > MOST_ROWS:
        raise BadInput(f"{place}: there are more than {MOST_ROWS:,} rows.")
    return enumerate(value, 1)


def _cells(raw: object, columns: Mapping[str, Column], place: str) -> dict[str, object]:
    """The cells of a row in which something was written."""
    if not isinstance(raw, dict):
        raise BadInput(f"{place}: this must be a row of named fields.")
    if not columns.keys() >= raw.keys():
        raise BadInput(f"{place}: there is an unknown field.", f"Known: {', '.join(columns)}.")
    return {key: c for key, c in raw.items() if not (isinstance(c, str) and not c.strip())}


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
            _COLUMN_KINDS[column.kind].cell(column, row[column.id]) if column.id in row else ""
            for column in prompt.columns
        )
        for row in _dicts(value)
    )
    read = tuple(row for row in rows if any(cell.strip() for cell in row))
    return tuple(column.label for column in prompt.columns), read


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


class _Kind(NamedTuple):
    check: Callable[[Prompt, object, str], Value]
    blocks: Callable[[Prompt, Value], tuple[Block, ...]]


class _ColumnKind(NamedTuple):
    check: Callable[[Column, object, str], str | int]
    cell: Callable[[Column, str | int], str]


_KINDS = {
    PromptKind.LONG_TEXT: _Kind(_check_text, _paragraphs),
    PromptKind.SHORT_TEXT: _Kind(_check_line, _paragraphs),
    PromptKind.SINGLE_CHOICE: _Kind(_check_choice, _paragraphs),
    PromptKind.SEVERAL_CHOICES: _Kind(_check_choices, _bullets),
    PromptKind.SCALE: _Kind(_check_scale, _rating),
    PromptKind.TABLE: _Kind(_check_table, _grid),
    PromptKind.ACTION: _Kind(_check_actions, _agreed),
    PromptKind.DATE: _Kind(_check_date, _day),
    PromptKind.THEMES: _Kind(_check_themes, _themes),
    PromptKind.MATCHED: _Kind(_check_matched, _responses),
    PromptKind.OVERLAP: _Kind(_check_overlap, _overlap),
    PromptKind.LEVELS: _Kind(_check_table, _levels),
}
_COLUMN_KINDS = {
    PromptKind.LONG_TEXT: _ColumnKind(_check_text, lambda _, cell: str(cell)),
    PromptKind.SHORT_TEXT: _ColumnKind(_check_line, lambda _, cell: str(cell)),
    PromptKind.SINGLE_CHOICE: _ColumnKind(_check_choice, lambda _, cell: str(cell)),
    PromptKind.SCALE: _ColumnKind(
        _check_scale, lambda column, cell: f"{cell} out of {column.points}"
    ),
    PromptKind.DATE: _ColumnKind(
        _check_date, lambda _, cell: long_date(date.fromisoformat(str(cell)))
    ),
}
_ACTION_COLUMNS = {
    "text": Column("text", "What"),
    "owner": Column("owner", "Who"),
    "due": Column("due", "By when", PromptKind.DATE),
}
_TEXT_COLUMN = Column("text", "Text")
_MATCHED_COLUMNS = {
    "noticed": Column("noticed", "What was noticed"),
    "response": Column("response", "What could help", PromptKind.LONG_TEXT),
}
