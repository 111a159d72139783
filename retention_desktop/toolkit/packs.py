"""Packs: tools that somebody adapted or wrote, brought in, kept, and passed on.

A pack is a folder or a .zip with `pack.toml` and tool files. It is kept as one .zip in the folder
of packs, read strictly and written anew, so that replacing one is replacing a file: at every moment
the old pack is there or the new one, and what somebody sent is never unpacked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

import msgspec
from msgspec import Struct

from retention_desktop.errors import BadInput, KnownError, NotFound
from retention_desktop.files import explain, explain_reading, sync_folder, write_whole
from retention_desktop.toolkit import loading
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.archives import (
    PACK_FILE,
    TOOLS_FOLDER,
    UnusablePack,
    files_in_archive,
    read_files,
    to_archive,
)
from retention_desktop.toolkit.checking import Problem, about_faults
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import (
    Toolkit,
    UnreadableFile,
    in_order,
    read_toml,
    read_tools,
)
from retention_desktop.toolkit.wording import quoted
from retention_desktop.toolkit.writing import to_toml

PACKS_FOLDER = "packs"  # in the folder of this person for this program
OWN_PACK = "my-tools"

_SUFFIX = ".zip"
_LONGEST_ID = 60
_ABOUT_OWN = About(OWN_PACK, 1, "My tools", "Me", "Tools that I made or changed on this computer.")
_LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.new")  # what `write_whole` leaves when it is cut short


class Pack(Struct, frozen=True):
    """A pack that can be used: what it says of itself, and its tools."""

    about: About
    tools: tuple[Tool, ...]


class KeptPacks(Struct, frozen=True):
    """The packs of this computer, the ids of those that cannot be read, and a sentence for each."""

    packs: tuple[Pack, ...] = ()
    unreadable: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


NO_PACKS = KeptPacks()


def read_pack(path: Path) -> Pack:
    """The pack in a folder or a .zip; raises `UnusablePack` with every fault."""
    return _pack_of(read_files(path))


def check_pack(path: Path) -> tuple[Problem, ...]:
    """Every fault of the pack in a folder or a .zip; () when there is none."""
    try:
        _refuse_own_name(read_pack(path).about)
    except UnusablePack as error:
        return error.problems
    return ()


def is_pack(path: Path) -> bool:
    """Whether this is meant to be a pack, and not a tool file or a folder of them."""
    return path.suffix.lower() == _SUFFIX or (path / PACK_FILE).exists()


def load_packs(folder: Path) -> KeptPacks:
    """The packs that are kept in a folder; what cannot be read never keeps the others out."""
    try:
        paths = _kept_files(folder)
    except KnownError as error:
        return KeptPacks(notices=(str(error),))
    packs: list[Pack] = []
    unreadable: list[str] = []
    for path in paths:
        try:
            packs.append(_kept_pack(path))
        except KnownError:
            unreadable.append(path.stem)
    notices = tuple(
        f"The tools of the pack {quoted(pack_id)} are left out, because it could not be read. "
        "Import it again, or remove it."
        for pack_id in unreadable
    )
    return KeptPacks(tuple(packs), tuple(unreadable), notices)


def with_packs(shipped: Toolkit, packs: Iterable[Pack], turned_off: Sequence[str] = ()) -> Toolkit:
    """The tools of the program and of packs, each in its driver; the ids are those turned off.

    A pack's tool takes the place of the program's with the same id, and a person's own tool that
    of either.
    """
    by_id = {tool.id: tool for tool in shipped.every}
    for pack in _own_last(packs):
        by_id.update((tool.id, tool) for tool in pack.tools)
    tools = in_order(by_id.values())
    return Toolkit(
        tuple(tool for tool in tools if tool.id not in turned_off),
        tuple(tool for tool in tools if tool.id in turned_off),
    )


def load_all(folder: Path, turned_off: Sequence[str]) -> tuple[Toolkit, KeptPacks]:
    """The tools of the program and of the packs in a folder, and those packs."""
    kept = load_packs(folder)
    return with_packs(loading.load_toolkit(), kept.packs, turned_off), kept


def packs_by_tool(packs: Iterable[Pack]) -> dict[str, Pack]:
    """The pack that each tool comes from, by the tool's id; the program's own are not in it."""
    return {tool.id: pack for pack in _own_last(packs) for tool in pack.tools}


def import_pack(path: Path, folder: Path) -> Pack:
    """Keep the pack at `path` in the folder of packs, in the place of an older version of it.

    Raises `UnusablePack` with every fault, `BadInput` where it does not go with what is there, and
    `FileProblem` or `DiskFull`; then everything is as it was.
    """
    files = read_files(path)
    pack = _pack_of(files)
    _refuse_own_name(pack.about)
    _refuse_clash(pack, load_packs(folder).packs)
    _keep(pack.about.id, files, folder)
    return pack


def remove_pack(pack_id: str, folder: Path) -> None:
    """Let a pack go, whether or not it can be read; raises `NotFound`."""
    path = folder / f"{pack_id}{_SUFFIX}"
    if path not in _kept_files(folder):
        raise NotFound(
            f"There is no pack called {quoted(pack_id)}.", "“retention-desktop packs” lists them."
        )
    try:
        path.unlink()
        sync_folder(folder)
    except OSError as error:
        raise explain(error, path, "removed") from None


def export_pack(tools: Iterable[Tool], about: About, path: Path) -> None:
    """Write the tools as a pack, a .zip that others can import; raises `UnusablePack`."""
    _refuse_own_name(about)
    archive = _archive_of(_files_of(about, tools))
    try:
        write_whole(path, archive)
    except OSError as error:
        raise explain(error, path, "saved") from None


def pack_id(publisher: str, title: str) -> str:
    """The id of a pack that is called so: the same names give the same id."""
    plain = normalize("NFKD", f"{publisher} {title}").encode("ascii", "ignore").decode().lower()
    return "-".join(["pack", *re.findall("[a-z0-9]+", plain)])[:_LONGEST_ID].rstrip("-")


def save_own_tool(folder: Path, tool: Tool) -> None:
    """Keep a tool that the person made, in the place of their own tool with the same id.

    Raises `UnusablePack` with every fault of the tool.
    """
    _keep_own([*(own for own in _own_tools(folder) if own.id != tool.id), tool], folder)


def remove_own_tool(folder: Path, tool_id: str) -> None:
    """Let one of the person's own tools go; raises `NotFound`."""
    own = _own_tools(folder)
    rest = [tool for tool in own if tool.id != tool_id]
    if len(rest) == len(own):
        raise NotFound(f"None of your own tools is called {quoted(tool_id)}.")
    if rest:
        _keep_own(rest, folder)
    else:
        remove_pack(OWN_PACK, folder)


def remove_leftovers(folder: Path) -> None:
    """Tidy up what a crash in the midst of writing may have left in the folder of packs."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if _LEFTOVER.fullmatch(path.name):
                path.unlink()


def _own_last(packs: Iterable[Pack]) -> list[Pack]:
    return sorted(packs, key=lambda pack: pack.about.id == OWN_PACK)


def _kept_files(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise explain_reading(error, folder) from None
    return [path for path in found if path.suffix == _SUFFIX and not path.name.startswith(".")]


def _pack_of(files: Mapping[str, bytes]) -> Pack:
    about, problems = _about_in(files[PACK_FILE])
    tools, more = read_tools(
        {name: files[name] for name in files if name.endswith(".toml") and name != PACK_FILE}
    )
    problems += more
    if not tools and not problems:
        problems = (Problem(PACK_FILE, "", "there are no tool files beside it"),)
    if about is None or problems:
        raise UnusablePack(problems)
    return Pack(about, in_order(tools))


def _about_in(content: bytes) -> tuple[About | None, tuple[Problem, ...]]:
    try:
        raw = read_toml(content)
    except UnreadableFile as error:
        return None, (Problem(PACK_FILE, "", str(error)),)
    faults = about_faults(raw, PACK_FILE)
    return (None if faults else msgspec.convert(raw, About)), faults


def _files_of(about: About, tools: Iterable[Tool]) -> dict[str, bytes]:
    files = {f"{TOOLS_FOLDER}/{tool.id}.toml": to_toml(tool).encode() for tool in tools}
    return {PACK_FILE: to_toml(about).encode()} | files


def _refuse_own_name(about: About) -> None:
    if about.id == OWN_PACK:
        fault = f"{quoted(OWN_PACK)} is the name of everybody's own tools; give the pack another"
        raise UnusablePack((Problem(PACK_FILE, "id", fault),))


def _refuse_clash(pack: Pack, kept: Iterable[Pack]) -> None:
    ids = {tool.id: tool.title for tool in pack.tools}
    for other in kept:
        if other.about.id == pack.about.id:
            if other.about.version > pack.about.version:
                raise BadInput(
                    f"Version {other.about.version} of the pack {quoted(pack.about.title)} is "
                    f"already here, and this is version {pack.about.version}.",
                    "Remove the newer one first if you want this one.",
                )
        elif other.about.id != OWN_PACK:
            for tool in other.tools:
                if tool.id in ids:
                    raise BadInput(
                        f"The tool {quoted(tool.id)} is in this pack, "
                        f"{quoted(pack.about.title)}, and in one that is already here, "
                        f"{quoted(other.about.title)}.",
                        "Remove that one first, or ask for a pack in which the tool has an id "
                        "of its own.",
                    )


def _kept_pack(path: Path) -> Pack:
    pack = read_pack(path)
    if pack.about.id != path.stem:
        fault = f"{quoted(pack.about.id)} does not match the name of the file, {quoted(path.name)}"
        raise UnusablePack((Problem(PACK_FILE, "id", fault),))
    return pack


def _own_tools(folder: Path) -> tuple[Tool, ...]:
    path = folder / f"{OWN_PACK}{_SUFFIX}"
    return _kept_pack(path).tools if path in _kept_files(folder) else ()


def _keep_own(tools: Iterable[Tool], folder: Path) -> None:
    _keep(OWN_PACK, _files_of(_ABOUT_OWN, tools), folder)


def _keep(pack_id: str, files: Mapping[str, bytes], folder: Path) -> None:
    path = folder / f"{pack_id}{_SUFFIX}"
    archive = _archive_of(files)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        remove_leftovers(folder)
        write_whole(path, archive)
    except OSError as error:
        raise explain(error, path, "saved") from None


def _archive_of(files: Mapping[str, bytes]) -> bytes:
    """The files as a .zip that is known to be read again as the same pack."""
    archive = to_archive(files)
    _pack_of(files_in_archive(archive, PACK_FILE))
    return archive
