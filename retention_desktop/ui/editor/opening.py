"""What an editor opens with, and how a version is put to use or given up. Off the UI thread."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from retention_desktop.errors import FileProblem
from retention_desktop.toolkit import loading
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.drafts import list_drafts, load_draft, remove_draft
from retention_desktop.toolkit.editing import copied, skeleton
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.naming import passing_ids, with_lasting_ids
from retention_desktop.toolkit.packs import (
    OWN_PACK,
    PACKS_FOLDER,
    KeptPacks,
    load_all,
    load_packs,
    remove_own_tool,
    save_own_tool,
)

_DRAFTS_FOLDER = "tool-drafts"  # in the folder of this person for this program, beside the packs


class Opened(Struct, frozen=True):
    """A tool to edit. `published` is what is in use now.

    `is_own` says that it is one's own, and `hides` that a tool of the program or of a pack stands
    behind it. `notice` is a sentence about a draft that could not be read.
    """

    tool: Tool
    published: Tool | None = None
    is_own: bool = False
    hides: bool = False
    notice: str = ""


class Places(Struct, frozen=True):
    """Where packs and drafts lie."""

    packs: Path
    drafts: Path


def places_in(folder: Path) -> Places:
    """The places in the folder of this person for this program."""
    return Places(folder / PACKS_FOLDER, folder / _DRAFTS_FOLDER)


def open_tool(places: Places, toolkit: Toolkit, tool_id: str) -> Opened:
    """The tool to go on with: its draft, or else how it is now."""
    published = next((tool for tool in toolkit.every if tool.id == tool_id), None)
    notice = ""
    try:
        draft = load_draft(places.drafts, tool_id)
    except FileProblem as error:
        if published is None:
            raise
        draft, notice = None, str(error)
    tool = draft or published
    if tool is None:
        raise FileProblem("This draft is no longer there.", "Begin a new tool.")
    if published is None:
        return Opened(tool)
    packs = load_packs(places.packs).packs
    own = {each.id for pack in packs if pack.about.id == OWN_PACK for each in pack.tools}
    others = {each.id for pack in packs if pack.about.id != OWN_PACK for each in pack.tools}
    others |= {each.id for each in loading.load_toolkit().tools}
    return Opened(tool, published, tool_id in own, tool_id in own & others, notice)


def begin_copy(places: Places, toolkit: Toolkit, tool_id: str) -> Opened:
    """A new tool made from another."""
    return Opened(copied(toolkit.tool(tool_id), _new_id(places, toolkit)))


def begin_new(places: Places, toolkit: Toolkit) -> Opened:
    """A new tool made from nothing."""
    return Opened(skeleton(_new_id(places, toolkit)))


def unfinished(places: Places, toolkit: Toolkit) -> tuple[Tool, ...]:
    """The drafts of tools that were never used, or that are no longer there."""
    used = {tool.id for tool in toolkit.every}
    return tuple(tool for tool in list_drafts(places.drafts) if tool.id not in used)


def publish(
    places: Places, toolkit: Toolkit, opened: Opened, tool: Tool, turned_off: tuple[str, ...]
) -> tuple[str, Toolkit, KeptPacks]:
    """Put the tool to use and let its draft go; gives its id and all tools that are there now."""
    taken = {each.id for each in toolkit.every} - {tool.id}
    version = opened.published.version + 1 if opened.published else 1
    made = with_lasting_ids(msgspec.structs.replace(tool, version=version), taken=taken)
    save_own_tool(places.packs, made)
    remove_draft(places.drafts, tool.id)
    return made.id, *load_all(places.packs, turned_off)


def go_back(
    places: Places, tool_id: str, turned_off: tuple[str, ...]
) -> tuple[str, Toolkit, KeptPacks]:
    """Give one's own tool up, and its draft; gives its id and all tools that are there now."""
    remove_own_tool(places.packs, tool_id)
    remove_draft(places.drafts, tool_id)
    return tool_id, *load_all(places.packs, turned_off)


def _new_id(places: Places, toolkit: Toolkit) -> str:
    taken = {tool.id for tool in toolkit.every}
    taken |= {path.stem for path in places.drafts.glob("*.toml")}
    return next(passing_ids(taken))
