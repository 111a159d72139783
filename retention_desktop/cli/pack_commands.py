"""The commands about packs: which there are, bringing one in, passing tools on."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from retention_desktop import paths
from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, say, say_json, whole, wrapped
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.packs import (
    PACKS_FOLDER,
    Pack,
    export_pack,
    import_pack,
    load_packs,
    remove_pack,
    with_packs,
)


def kept_packs(options: Namespace) -> tuple[Pack, ...]:
    """The packs of this person; one that cannot be read is named on standard error."""
    found = load_packs(_folder(options))
    sys.stderr.writelines(f"retention-desktop: {notice}\n" for notice in found.notices)
    return found.packs


def all_tools(options: Namespace) -> Toolkit:
    """The tools of the program and of this person's packs."""
    return with_packs(load_toolkit(), kept_packs(options))


def show_packs(options: Namespace, _context: Context) -> None:
    """Print what each pack says of itself, and its tools."""
    packs = kept_packs(options)
    if options.json:
        say_json(
            [whole(pack.about) | {"tools": [tool.id for tool in pack.tools]} for pack in packs]
        )
    elif packs:
        for pack in packs:
            say(*_pack_lines(pack), "")
    else:
        say("There are no packs.")


def add_pack(options: Namespace, _context: Context) -> None:
    """Bring in a pack, whole or not at all."""
    pack = import_pack(options.path, _folder(options))
    say(f"{pack.about.title} is here, with {counted(len(pack.tools), 'tool')}.")


def drop_pack(options: Namespace, _context: Context) -> None:
    """Let a pack go; records that were made with its tools stay."""
    remove_pack(options.id, _folder(options))
    say(f"The pack is removed: {options.id}")


def write_pack(options: Namespace, _context: Context) -> None:
    """Write some tools into a pack for others."""
    toolkit = all_tools(options)
    tools = [toolkit.tool(tool_id) for tool_id in dict.fromkeys(options.tools)]
    about = About(options.id, options.pack_version, options.title, options.publisher, options.text)
    export_pack(tools, about, options.out)
    say(f"The pack is saved, with {counted(len(tools), 'tool')}: {options.out}")


def _folder(options: Namespace) -> Path:
    return (options.data_dir or paths.data_folder()) / PACKS_FOLDER


def _pack_lines(pack: Pack) -> Iterator[str]:
    about = pack.about
    yield f"{about.title}  ({about.id}, version {about.version})"
    yield wrapped(f"From: {about.publisher}", "    ", "  ")
    yield wrapped(about.text, "  ")
    for tool in pack.tools:
        yield wrapped(f"{tool.title} [{tool.id}]", "    ", "  - ")
