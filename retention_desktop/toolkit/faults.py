"""Every fault of a tool that is being edited, with the part and the field it belongs to."""

import re
import tomllib
from collections.abc import Collection, Iterator
from typing import NamedTuple

from retention_desktop.toolkit.checking import check_tool
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.parts import Part
from retention_desktop.toolkit.references import reference_faults
from retention_desktop.toolkit.writing import to_toml

_NUMBERED = re.compile(r"(?:step|prompt|column) ([0-9]+)(?:, |$)")
_ITEM = re.compile(r"([a-z_]+) [0-9]+")
_FIELDS_OF_ITEMS = {"option": "options", "response": "responses", "collection": "collections"}


class Fault(NamedTuple):
    """One fault: the part it belongs to, the field ("" is the part as a whole), what is wrong."""

    part: Part
    field: str
    text: str


def tool_faults(tool: Tool) -> tuple[Fault, ...]:
    """Every fault that keeps the tool from being used, in the order of its parts."""
    return tuple(sorted(dict.fromkeys(_faults(tool)), key=_part_of))


def prompt_faults(faults: Collection[Fault], part: Part) -> tuple[Fault, ...]:
    """Those of a prompt and of its columns."""
    return tuple(fault for fault in faults if fault.part[:2] == part)


def _part_of(fault: Fault) -> Part:
    return fault.part


def _faults(tool: Tool) -> Iterator[Fault]:
    """Every fault of the tool as the file that it would be."""
    problems = check_tool(tomllib.loads(to_toml(tool)), f"{tool.id}.toml").problems
    for problem in problems:
        yield _located(problem.place, problem.fault, problem.key)
    # A file is checked for these only when nothing else is wrong; an editor can show them at once.
    if problems and not any(prompt.rows and not prompt.columns for prompt in tool.prompts):
        for place, fault in reference_faults(tool):
            yield _located(place, fault)


def _located(place: str, fault: str, key: str = "") -> Fault:
    part: Part = ()
    while found := _NUMBERED.match(place):
        part = (*part, int(found[1]) - 1)
        place = place[found.end() :]
    first, comma, rest = place.partition(", ")
    if item := _ITEM.fullmatch(first):
        first = _FIELDS_OF_ITEMS.get(item[1], item[1])
    return Fault(part, first + comma + rest or key, fault)
