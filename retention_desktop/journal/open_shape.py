"""Parsed JSON in the shape of the open format, or one sentence about what is not."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from retention_desktop.errors import BadInput
from retention_desktop.journal.open_format import FORMAT, VERSION, Journal
from retention_desktop.journal.saved import SavedSearch
from retention_desktop.journal.strict_json import Json, named, refuse
from retention_desktop.toolkit.checking import prompt_faults

_PLACE = re.compile(r" - at `(?:key in )?\$?([^`]*)`$")
_WAY = re.compile(r"\.(\w+)|\[(\d+)\]")
_FIELD = re.compile(r"(unknown|required) field `(.*?)`(?: - at |$)", re.DOTALL)


def in_shape(path: Path, raw: Json) -> Journal:
    """The journal that the content of a file is, as far as its fields and their kinds go.

    Its questions are such as a tool can ask. Raises BadInput, which names the place.
    """
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise BadInput(
            f"{path} is not a journal in the open format.",
            f"Such a file says that its format is “{FORMAT}”.",
        )
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        refuse(path, ("version",), f"this must be a whole number such as {VERSION}.")
    if version > VERSION:
        raise BadInput(
            f"{path} has version {version} of the open format, which is not known here.",
            "Bring it in with the newest version of this program.",
        )
    _check_fields(path, raw)
    try:
        return msgspec.convert(raw, Journal)
    except msgspec.ValidationError as error:
        message = str(error)  # it may repeat what stands there
        found = _PLACE.search(message)
        way = _WAY.findall(found[1]) if found else ()
        refuse(path, tuple(int(n) if n else name for name, n in way), _in_words(message))


def _check_fields(path: Path, raw: Mapping[str, Json]) -> None:
    """Look at what has rules of its own, which a Struct does not tell."""
    for n, question in _objects(raw.get("questions")):
        asked = question.get("asked")
        if not isinstance(asked, dict) or prompt_faults(asked, ""):
            refuse(path, ("questions", n, "asked"), "this is nothing that a tool could ask.")
    for n, search in _objects(raw.get("searches")):
        for name in search:
            if name not in SavedSearch.__struct_fields__:
                refuse(path, ("searches", n), f"there is no field {named(name)}.")


def _objects(value: Json) -> Iterable[tuple[int, dict[str, Json]]]:
    """The objects of a list, with their numbers; what is no object is msgspec's to name."""
    items = value if isinstance(value, list) else ()
    return ((n, each) for n, each in enumerate(items) if isinstance(each, dict))


def _in_words(message: str) -> str:
    """What msgspec says, without what stands in the file."""
    if found := _FIELD.search(message):
        kind, name = found.groups()
        missing = kind == "required"
        return f"the field “{name}” is missing." if missing else f"there is no field {named(name)}."
    if "datetime" in message:
        return "this must be a moment such as 2026-11-22T14:02:00Z."
    if "date" in message:
        return "this must be a day such as 2026-11-22."
    if message.startswith("Invalid enum value"):
        return "this is none of the words that can stand here."
    return "what stands here is of another kind."
