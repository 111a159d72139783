"""Drafts of tools: kept as they are, faults and all, and never in the way of each other."""

from pathlib import Path

import pytest

from retention_desktop.errors import FileProblem
from retention_desktop.toolkit.drafts import list_drafts, load_draft, remove_draft, save_draft

from .small_tool import TOOL


def test_a_draft_that_was_removed_does_not_come_back(tmp_path: Path) -> None:
    save_draft(tmp_path / "drafts", TOOL)
    assert list_drafts(tmp_path / "drafts") == (TOOL,)
    remove_draft(tmp_path / "drafts", TOOL.id)
    remove_draft(tmp_path / "drafts", TOOL.id)
    assert load_draft(tmp_path / "drafts", TOOL.id) is None
    assert list_drafts(tmp_path / "elsewhere") == ()


@pytest.mark.parametrize("content", [b"title = ", b'id = "other"', b"\xff\xfe", b""])
def test_a_damaged_draft_is_named_and_never_stops_the_others(
    tmp_path: Path, content: bytes
) -> None:
    save_draft(tmp_path, TOOL)
    (tmp_path / "damaged.toml").write_bytes(content)
    with pytest.raises(FileProblem, match="damaged"):
        load_draft(tmp_path, "damaged")
    assert list_drafts(tmp_path) == (TOOL,)


def test_a_draft_is_private_to_the_person(tmp_path: Path) -> None:
    save_draft(tmp_path / "drafts", TOOL)
    assert (tmp_path / "drafts").stat().st_mode & 0o077 == 0
    assert (tmp_path / "drafts" / f"{TOOL.id}.toml").stat().st_mode & 0o077 == 0
