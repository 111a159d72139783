"""The files of a pack, out of a folder or an archive that somebody sent: one gate for both.

Nothing is unpacked to the disk. Names are looked at before contents, and contents are counted while
they are read, because what an archive says about itself may be a lie.
"""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize

from retention_desktop.errors import BadInput
from retention_desktop.files import explain_reading, read_start
from retention_desktop.toolkit.checking import Problem
from retention_desktop.toolkit.loading import LARGEST_FILE
from retention_desktop.toolkit.wording import quoted

PACK_FILE = "pack.toml"
TOOLS_FOLDER = "tools"

MOST_ENTRIES = 200
LONGEST_NAME = 200  # characters, with the folder
LARGEST_PACK = 5 * 1024 * 1024  # bytes

_ROOM_FOR_NAMES = 1024 * 1024  # what an archive of the largest pack may take beside the contents
_TEXTS = {".md", ".txt"}
_DRIVE = re.compile("[A-Za-z]:")
_SEALED = 0x1 | 0x40  # the flags of an entry that is encrypted
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that an archive can say
# What `zipfile` raises over damaged archives, as measured by mutating them.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


class UnusablePack(BadInput):
    """A pack that cannot be used; `problems` holds every fault of every file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        more = f" There {'is' if count == 2 else 'are'} {count - 1} more." if count > 1 else ""
        super().__init__(
            f"This pack cannot be used: {problems[0]}.{more}",
            "“retention-desktop check-tools” lists every problem with its place.",
        )
        self.problems = problems


class _Entry(NamedTuple):
    """A file or a folder by its name; `read` gives at most so many bytes of a file."""

    name: str
    read: Callable[[int], bytes] | None


def read_files(path: Path) -> dict[str, bytes]:
    """The files of the pack in a folder or a .zip, by name, such as "tools/my-tool.toml".

    Raises `UnusablePack`, and `FileProblem` when there is nothing to read.
    """
    if os.path.isdir(path):  # noqa: PTH112 - never raises
        return _read_all(_in_folder(path), path.name)
    largest = LARGEST_PACK + _ROOM_FOR_NAMES
    content = _read_file(path, largest + 1)
    if len(content) > largest:
        raise _too_large(path.name)
    return files_in_archive(content, path.name)


def files_in_archive(content: bytes, archive: str) -> dict[str, bytes]:
    """The files of the pack in a .zip, whose name is for the faults; raises `UnusablePack`."""
    return _read_all(_in_archive(content, archive), archive)


def to_archive(files: Mapping[str, bytes]) -> bytes:
    """The files as a .zip: the same bytes for the same files, on every computer."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3  # or it would say which system made it
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def _read_all(found: Iterable[_Entry], pack: str) -> dict[str, bytes]:
    entries = sorted(_checked(found, pack), key=lambda entry: entry.name)
    root = _root([entry.name for entry in entries], pack)
    files: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.name.removeprefix(root)
        if entry.read is None:
            if name not in (TOOLS_FOLDER, root.removesuffix("/")):
                raise _refusal(name, f"is no folder of a pack; only {quoted(TOOLS_FOLDER)} is")
            continue
        _check_kind(name)
        files[name] = _read(entry.read, name)
        total += len(files[name])
        if total > LARGEST_PACK:
            raise _too_large(pack)
    return files


def _read(read: Callable[[int], bytes], name: str) -> bytes:
    content = read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _refusal(name, f"is larger than {LARGEST_FILE // 1024} KB")
    if not name.endswith(".toml"):
        _check_text(name, content)
    return content


def _in_folder(folder: Path) -> Iterator[_Entry]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as found:
                for each in found:
                    name = f"{inside}{each.name}"
                    if each.is_dir(follow_symlinks=False):
                        yield _Entry(name, None)
                        if not _is_litter(name):
                            waiting.append(f"{name}/")
                    elif each.is_file(follow_symlinks=False):
                        yield _Entry(name, partial(_read_file, folder / name))
                    else:
                        raise _refusal(name, "is a link or another special file")
        except OSError as error:
            raise explain_reading(error, folder / inside) from None


def _read_file(path: Path, limit: int) -> bytes:
    try:
        return read_start(path, limit)
    except OSError as error:
        raise explain_reading(error, path) from None


def _in_archive(content: bytes, archive_name: str) -> Iterator[_Entry]:
    if not content.startswith(b"PK\x03\x04"):
        raise _refusal(archive_name, "is neither a folder nor a .zip")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE:
        raise _refusal(archive_name, "is damaged: it cannot be opened as a .zip") from None
    for info in archive.infolist():
        # `filename` ends at a NUL, and on Windows its backslashes are turned.
        name = info.orig_filename
        is_folder = name.endswith("/")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG):
            raise _refusal(name, "is a link or another special file")
        if info.flag_bits & _SEALED:
            raise _refusal(name, "is encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refusal(name, "is compressed in a way that is not known here")
        if is_folder:
            yield _Entry(name.removesuffix("/"), None)
        else:
            yield _Entry(name, partial(_read_entry, archive, info))


def _read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as stream:
            return stream.read(limit)
    except _DAMAGE:
        raise _refusal(info.orig_filename, "is damaged") from None


def _checked(entries: Iterable[_Entry], pack: str) -> Iterator[_Entry]:
    """The entries that are a person's own, every name of them sound and there but once."""
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if number > MOST_ENTRIES:
            raise _refusal(pack, f"holds more than {MOST_ENTRIES} files and folders")
        if fault := _fault_of_name(entry.name):
            raise _refusal(entry.name, fault)
        name = normalize("NFC", entry.name)
        if name.casefold() in seen:
            raise _refusal(name, "is there twice; capital and small letters are taken as one")
        seen.add(name.casefold())
        if not _is_litter(name):
            yield _Entry(name, entry.read)


def _fault_of_name(name: str) -> str:
    if not name.isprintable():
        return "has a name with characters that cannot be shown"
    if len(name) > LONGEST_NAME:
        return f"has a name of more than {LONGEST_NAME} characters"
    if "\\" in name:
        return "has a backslash in its name"
    if _DRIVE.match(name) or not {"", ".", ".."}.isdisjoint(name.split("/")):
        return "names a place outside the pack"
    return ""


def _is_litter(name: str) -> bool:
    """Whether a computer puts such a file beside a person's own, by itself."""
    first, last = name.split("/")[0], name.split("/")[-1]
    return first == "__MACOSX" or first.startswith(".") or last.startswith(".")


def _root(names: list[str], pack: str) -> str:
    """The folder of the archive in which everything is, as the start of a name; "" is its top."""
    tops = {name.split("/")[0] for name in names}
    for root in ("", *(f"{top}/" for top in tops if len(tops) == 1)):
        if f"{root}{PACK_FILE}" in names:
            return root
    raise _refusal(pack, f"holds no {quoted(PACK_FILE)}, at its top or in its one folder")


def _check_kind(name: str) -> None:
    path = PurePosixPath(name)
    if path.parent.as_posix() not in (".", TOOLS_FOLDER):
        raise _refusal(name, f"lies in a folder other than {quoted(TOOLS_FOLDER)}")
    if not (path.suffix == ".toml" or path.suffix.lower() in _TEXTS or path.name == "LICENSE"):
        raise _refusal(name, "is no part of a pack; only .toml, .md and .txt files and LICENSE are")


def _check_text(name: str, content: bytes) -> None:
    try:
        is_text = "\0" not in content.decode()
    except UnicodeDecodeError:
        is_text = False
    if not is_text:
        raise _refusal(name, "is not UTF-8 text")


def _too_large(pack: str) -> UnusablePack:
    return _refusal(pack, f"holds more than {LARGEST_PACK // 1024**2} MB")


def _refusal(name: str, fault: str) -> UnusablePack:
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name[:120])
    return UnusablePack((Problem(shown, "", fault),))
