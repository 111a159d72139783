"""A tool that is written to a file and read again is the same tool."""

import tomllib
from enum import Enum
from functools import cache
from types import GenericAlias, NoneType
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct

from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import load_toolkit, read_tools
from retention_desktop.toolkit.writing import to_toml

# Whatever may stand in a tool file, line breaks and quotation marks of every kind included.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["C", "Z"]),
        st.sampled_from(" \n\"'\\#=[]{}"),
    ),
    max_size=12,
)
LONGEST_LIST = 2


@cache
def values(expected: Any) -> st.SearchStrategy[Any]:
    """Any value of a type, in as many shapes as the types of a tool have."""
    if isinstance(expected, GenericAlias):
        return st.lists(values(get_args(expected)[0]), max_size=LONGEST_LIST).map(tuple)
    if types := get_args(expected):
        return st.one_of([values(each) for each in types])
    if expected is NoneType:
        return st.none()
    if issubclass(expected, Struct):
        return structs(expected)
    if issubclass(expected, Enum):
        return st.sampled_from(list(expected))
    plain: dict[type, st.SearchStrategy[Any]] = {
        str: TEXTS,
        bool: st.booleans(),
        int: st.integers(0, 999),
    }
    return plain[expected]


def structs(shape: type[Struct]) -> st.SearchStrategy[Any]:
    fields = msgspec.structs.fields(shape)
    return st.fixed_dictionaries(
        {each.name: values(each.type) for each in fields if each.default is NODEFAULT},
        optional={each.name: values(each.type) for each in fields if each.default is not NODEFAULT},
    ).map(lambda given_values: shape(**given_values))


@given(structs(Tool))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_a_tool_holds_comes_back(tool: Tool) -> None:
    assert msgspec.convert(tomllib.loads(to_toml(tool)), Tool) == tool


@pytest.mark.parametrize("tool", load_toolkit().tools, ids=lambda tool: tool.id)
def test_every_tool_of_the_program_comes_back(tool: Tool) -> None:
    written = to_toml(tool)
    assert read_tools({f"{tool.id}.toml": written.encode()}) == ([tool], ())


def test_what_is_written_reads_like_what_people_write() -> None:
    tool = load_toolkit().tool("career-conversation")
    lines = to_toml(tool).splitlines()
    assert lines[:2] == ['id = "career-conversation"', f"version = {tool.version}"]
    assert lines.count("[[steps]]") == len(tool.steps)
    assert lines.count("[source]") == 1


def test_what_would_be_so_anyway_is_not_written() -> None:
    written = "\n".join(to_toml(tool) for tool in load_toolkit().tools)
    for needless in ('audience = "private"', 'kind = "long-text"', "= []", '= ""', "= false"):
        assert needless not in written


def test_long_texts_keep_their_lines() -> None:
    tool = msgspec.structs.replace(load_toolkit().tools[0], closing="One.\n\nTwo.")
    assert 'closing = """\nOne.\n\nTwo."""' in to_toml(tool)
