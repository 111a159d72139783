"""The guide for workforce leads is right: its example is a pack, and it explains every word."""

import re
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct

from retention_desktop.models.enums import ActionKind, Audience, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, OnlyIf, Prompt, Response
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.archives import LARGEST_PACK, MOST_ENTRIES
from retention_desktop.toolkit.definition import Card, Collection, FollowUp, Source, Step, Tool
from retention_desktop.toolkit.loading import LARGEST_FILE
from retention_desktop.toolkit.packs import check_pack, read_pack

from .pack_samples import write_folder

GUIDE = (Path(__file__).parents[2] / "docs" / "adding-a-tool.md").read_text("utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example, written down as the guide says."""
    about, tool = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    return write_folder({"pack.toml": about, "tools/week-ahead.toml": tool}, tmp_path)


def test_the_example_is_a_whole_pack(example: Path) -> None:
    assert check_pack(example) == ()
    (tool,) = read_pack(example).tools
    assert tool.title == "The week ahead"
    assert len(tool.prompts) == 3


@pytest.mark.parametrize(
    "shape",
    [
        *(About, Tool, Step, Prompt, Column, OnlyIf, Response, Source, Card),
        *get_args(FollowUp),
        *get_args(Collection),
    ],
)
def test_every_word_of_a_tool_file_is_explained(shape: type[Struct]) -> None:
    for name in shape.__struct_fields__:
        assert re.search(rf"\b{name}\b", GUIDE.split("## How such a file works")[1]), name


@pytest.mark.parametrize("words", [Driver, Setting, Role, Audience, PromptKind, ActionKind])
def test_every_choice_is_named(words: type[Enum]) -> None:
    for word in words:
        assert f"`{word.value}`" in GUIDE


@pytest.mark.parametrize("union", [FollowUp, Collection])
def test_every_kind_of_follow_up_and_collection_is_named(union: object) -> None:
    for shape in get_args(union):
        assert f"| `{shape.__struct_config__.tag}` |" in GUIDE


def test_the_limits_are_those_of_the_program() -> None:
    text = " ".join(GUIDE.split())
    assert f"at most {LARGEST_FILE // 1024} KB and a pack {LARGEST_PACK // 1024**2} MB" in text
    assert f"in at most {MOST_ENTRIES} files" in text


def test_the_guide_is_easy_to_read() -> None:
    prose = re.sub(r"```.*?```|^[|#].*?$", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    for sentence in re.split(r"(?<=[.:!?])\s+|\n\n|\n- ", prose):
        assert len(sentence.split()) <= 20, sentence
