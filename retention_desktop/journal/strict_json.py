"""JSON from outside, read so strictly that nothing in it can surprise the journal.

What the standard reader lets through (repeated names, NaN, endless nesting, numbers of any length,
halves of characters, control characters) is refused here, with the place where it stands.
"""

import json
import re
from json import JSONDecodeError
from pathlib import Path
from typing import NoReturn, TypeAlias

from retention_desktop.errors import BadInput, FileProblem
from retention_desktop.toolkit.wording import quoted

MAX_BYTES = 50_000_000
MAX_PARTS = 10_000_000  # values; a file of many small ones would fill the memory
MAX_DEPTH = 64
_MAX_DIGITS = 15

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Place: TypeAlias = tuple[str | int, ...]

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}]', re.DOTALL)
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SAFE_NAME = re.compile(r"[\w.-]{1,60}")


class _Fault:
    """Stands in the parsed tree where something must be refused, until its place is known."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


def read_json(path: Path, largest: int = MAX_BYTES) -> Json:
    """The content of a JSON file. Raises FileProblem or BadInput, naming the file and the place."""
    text = _read_text(path, largest)
    if text.count(",") + text.count("[") + text.count("{") > MAX_PARTS:
        raise BadInput(
            f"{path} holds more than {MAX_PARTS:,} values.", "Divide it into smaller files."
        )
    _check_depth(path, text)
    try:
        content = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda _: _Fault("NaN and infinity are not values"),
            parse_int=_integer,
        )
    except JSONDecodeError as error:
        raise BadInput(
            f"{path} is not valid JSON at line {error.lineno}, column {error.colno}."
        ) from None
    _check(path, content, ())
    return content  # type: ignore[no-any-return]


def refuse(path: Path, place: Place, sentence: str) -> NoReturn:
    """Raise BadInput that says in which file, record and field something is wrong.

    A whole number that opens `place` is a record of the file's list; later ones are rows.
    """
    raise BadInput(f"{', '.join([str(path), *_spoken(place)])}: {sentence}")


def named(name: str) -> str:
    """A name from outside, fit to be shown: one that is no plain word may be what was written."""
    return quoted(name) if _SAFE_NAME.fullmatch(name) else "with an unusual name"


def _read_text(path: Path, largest: int) -> str:
    try:
        if path.is_dir():
            raise FileProblem(f"{path} is a folder, not a JSON file.")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise FileProblem(f"There is no file {path}.") from None
    except OSError as error:
        raise FileProblem(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > largest:
        size = f"{largest // 1_000_000} MB"
        raise BadInput(f"{path} is larger than {size}.", "Divide it into smaller files.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text at byte {error.start + 1}.") from None


def _check_depth(path: Path, text: str) -> None:
    """Refuse deep nesting before parsing: the parser would recurse without end."""
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise BadInput(f"{path} is nested more than {MAX_DEPTH} levels deep.")
        elif found[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, object]]) -> object:
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            return _Fault(f"the field {named(name)} stands there twice")
        fields[name] = value
    return fields


def _integer(digits: str) -> object:
    too_long = len(digits.lstrip("-")) > _MAX_DIGITS
    return _Fault("the number is too long") if too_long else int(digits)


def _check(path: Path, value: object, place: Place) -> None:
    match value:
        case _Fault():
            refuse(path, place, f"{value.sentence}.")
        case str():
            _check_text(path, value, place)
        case dict():
            for name, inner in value.items():
                _check_text(path, name, place)
                _check(path, inner, (*place, name))
        case list():
            for number, inner in enumerate(value):
                _check(path, inner, (*place, number))


def _check_text(path: Path, text: str, place: Place) -> None:
    if _CONTROL_CHARACTER.search(text):
        refuse(path, place, "the text holds a control character.")
    if _HALF_CHARACTER.search(text):
        refuse(path, place, "the text holds half of a character (a lone surrogate).")


def _spoken(place: Place) -> list[str]:
    words = []
    for index, part in enumerate(place):
        if isinstance(part, int):
            words.append(f"record {part + 1}" if index == 0 else f"row {part + 1}")
        else:
            words.append(part if _SAFE_NAME.fullmatch(part) else "a field with an unusual name")
    return words
