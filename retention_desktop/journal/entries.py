"""Finished records as a JSON file brings them, checked against their tools before anything is kept.

Every fault is one sentence that names the file, the record's number in the file's list and the
field, and never what was written there.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from msgspec import Struct

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.filtering import EARLIEST
from retention_desktop.journal.store import checked_name
from retention_desktop.journal.strict_json import Json, Place, named, read_json, refuse
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import YEARS, check_value
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.reading import is_empty

_REQUIRED = ("tool", "started", "finished", "answers")
_OPTIONAL = ("person", "actions", "tags")
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_ACTIONS = Prompt("actions", "What we agreed", PromptKind.ACTION)


class Entry(Struct, frozen=True):
    """One finished record, whole and checked. Times are UTC; `answers` holds no empty ones."""

    tool: Tool
    started: datetime
    finished: datetime
    person: str | None
    answers: Mapping[str, Value]
    actions: list[TableRow]
    tags: tuple[str, ...]


def read_entries(path: Path, toolkit: Toolkit) -> tuple[Entry, ...]:
    """The finished records of a JSON file: one object, or a list of them.

    Raises FileProblem or BadInput for the first fault of the file.
    """
    content = read_json(path)
    if isinstance(content, list):
        return tuple(read_entry(path, (n,), record, toolkit) for n, record in enumerate(content))
    return (read_entry(path, (), content, toolkit),)


def read_entry(path: Path, place: Place, record: Json, toolkit: Toolkit) -> Entry:
    """One finished record, which stands at this place of the file; raises BadInput."""
    if not isinstance(record, dict):
        refuse(path, place, "a record must be an object with named fields.")
    for name in record:
        if name not in _REQUIRED + _OPTIONAL:
            known = ", ".join(_REQUIRED + _OPTIONAL)
            refuse(path, place, f"there is no field {named(name)}; the fields are {known}.")
    for name in _REQUIRED:
        if name not in record:
            refuse(path, place, f"the field “{name}” is missing.")
    tool = _tool(path, place, record["tool"], toolkit)
    started = _moment(path, (*place, "started"), record["started"], time.min)
    finished = _moment(path, (*place, "finished"), record["finished"], time(23, 59))
    if finished < started:
        refuse(path, (*place, "finished"), "the end is before the start.")
    person = record.get("person")
    if person is not None and tool.themes_only:
        refuse(path, (*place, "person"), "this tool keeps themes only, so nobody is named.")
    tags = record.get("tags", [])
    if not isinstance(tags, list):
        refuse(path, (*place, "tags"), "this must be a list of short texts.")
    return Entry(
        tool,
        started,
        finished,
        None if person is None else _name(path, (*place, "person"), person, "an alias"),
        _answers(path, place, record["answers"], tool),
        _actions(path, place, record.get("actions", [])),
        tuple(_name(path, (*place, "tags"), tag, "a tag") for tag in tags),
    )


def _tool(path: Path, place: Place, value: Json, toolkit: Toolkit) -> Tool:
    if not isinstance(value, str):
        refuse(path, (*place, "tool"), "this must be the id of a tool.")
    try:
        return toolkit.tool(value)
    except NotFound:
        refuse(
            path,
            (*place, "tool"),
            f"there is no tool {named(value)}; “retention-desktop tools” lists them.",
        )


def _moment(path: Path, place: Place, value: Json, time_of_a_date: time) -> datetime:
    """The moment in UTC. Without an offset it is local; a date alone takes `time_of_a_date`."""
    sentence = "this must be a date or a time such as 2026-11-22T14:02:00Z."
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        refuse(path, place, sentence)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        refuse(path, place, "there is no such date or time.")
    if not EARLIEST.year <= moment.year <= YEARS[-1]:
        refuse(path, place, f"the year must be from {EARLIEST.year} to {YEARS[-1]}.")
    if len(value) == len("2026-11-22"):
        moment = datetime.combine(moment, time_of_a_date)
    return moment.astimezone(UTC)


def _name(path: Path, place: Place, value: Json, what: str) -> str:
    if not isinstance(value, str):
        refuse(path, place, f"{what} must be text.")
    try:
        return checked_name(value, what)
    except BadInput as error:
        refuse(path, place, error.sentence)


def _answers(path: Path, place: Place, value: Json, tool: Tool) -> dict[str, Value]:
    if not isinstance(value, dict):
        refuse(path, (*place, "answers"), "this must be an object of prompt ids and answers.")
    prompts = {prompt.id: prompt for prompt in tool.prompts}
    answers: dict[str, Value] = {}
    for prompt_id, raw in value.items():
        if prompt_id not in prompts:
            refuse(
                path,
                (*place, "answers"),
                f"the tool “{tool.id}” has no prompt {named(prompt_id)}.",
            )
        checked = _checked(path, place, prompts[prompt_id], raw)
        if not is_empty(prompts[prompt_id], checked):
            answers[prompt_id] = checked
    return answers


def _actions(path: Path, place: Place, value: Json) -> list[TableRow]:
    rows = _checked(path, place, _ACTIONS, value)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _checked(path: Path, place: Place, prompt: Prompt, raw: Json) -> Value:
    if prompt.kind is PromptKind.ACTION and isinstance(raw, list):
        raw = [_without_nothing(row) for row in raw]
    try:
        return check_value(prompt, raw)
    except BadInput as error:
        refuse(path, place, str(error))


def _without_nothing(row: Json) -> Json:
    """An action without its fields that are null: nobody in particular, by no date."""
    if not isinstance(row, dict):
        return row
    return {name: value for name, value in row.items() if value is not None}
