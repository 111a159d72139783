"""What an answer may be, by kind of prompt.

No error here carries a word of what was written: it names the place by ids and row numbers.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value

LONGEST_ANSWER = 1_000_000  # bytes of UTF-8, all texts of the answer together
LONGEST_CHOICE = 120  # characters of a choice that somebody added
MOST_ROWS = 1_000
MOST_COUNTED = 9_999
YEARS = range(1900, 2201)

_LINE_END = re.compile("\r\n?")
_SOFT_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # how word processors break a line
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HOURS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_value(prompt: Prompt, value: object) -> Value:
    """The value, fit to be kept as an answer to the prompt; raises `BadInput` naming the place.

    Line ends become "\\n", choices stand in the order of the options, and rows and cells in which
    nothing was written are left out.
    """
    place = f'answer "{prompt.id}"'
    checked = _CHECKS[prompt.kind](prompt, value, place)
    if prompt.most and isinstance(checked, list) and len(checked) > prompt.most:
        raise BadInput(f"{place}: there are more than {prompt.most}.", "Remove some.")
    if _size(checked) > LONGEST_ANSWER:
        raise BadInput(f"{place}: the text is over 1 MB.", "Shorten it.")
    return checked


def only_text(text: str) -> str:
    """What was typed or pasted, without the characters that are not text."""
    return _NOT_TEXT.sub("", _SOFT_BREAK.sub("\n", _LINE_END.sub("\n", text)))


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


def _check_hours(_asked: Prompt | Column, value: object, place: str) -> str:
    if not isinstance(value, str) or not _HOURS.fullmatch(value):
        raise BadInput(f"{place}: this must be hours such as 3 or 1.5, at most 9999.99.")
    return f"{Decimal(value).normalize():f}"


def _check_table(prompt: Prompt, value: object, place: str) -> list[TableRow]:
    columns = {column.id: column for column in prompt.columns}
    rows: list[TableRow] = []
    for number, raw in _rows(value, place):
        row_place = f"{place}, row {number}"
        cells = _cells(raw, columns, row_place)
        row: TableRow = {}
        for column in prompt.columns:
            if column.id in cells:
                cell_place = f'{row_place}, column "{column.id}"'
                row[column.id] = _check_cell(column, cells[column.id], cell_place)
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
                key: _check_cell(column, cells[key], f'{row_place}, "{key}"')
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


def _check_cell(column: Column, value: object, place: str) -> str | int:
    return _CELL_CHECKS[column.kind](column, value, place)


_CHECKS: Mapping[PromptKind, Callable[[Prompt, object, str], Value]] = {
    PromptKind.LONG_TEXT: _check_text,
    PromptKind.SHORT_TEXT: _check_line,
    PromptKind.SINGLE_CHOICE: _check_choice,
    PromptKind.SEVERAL_CHOICES: _check_choices,
    PromptKind.SCALE: _check_scale,
    PromptKind.TABLE: _check_table,
    PromptKind.ACTION: _check_actions,
    PromptKind.DATE: _check_date,
    PromptKind.THEMES: _check_themes,
    PromptKind.MATCHED: _check_matched,
    PromptKind.OVERLAP: _check_overlap,
    PromptKind.LEVELS: _check_table,
    PromptKind.HOURS: _check_hours,
}
_CELL_CHECKS: Mapping[PromptKind, Callable[[Column, object, str], str | int]] = {
    PromptKind.LONG_TEXT: _check_text,
    PromptKind.SHORT_TEXT: _check_line,
    PromptKind.SINGLE_CHOICE: _check_choice,
    PromptKind.SCALE: _check_scale,
    PromptKind.DATE: _check_date,
    PromptKind.HOURS: _check_hours,
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
