"""Mutated packs: each is imported whole or refused in words, and nothing is ever left half done.

Some hundreds by default; thousands with RETENTION_LONG=1, as `make fuzz` runs it.
"""

import os
import random
import struct
import time
import tomllib
import warnings
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from retention_desktop.errors import KnownError
from retention_desktop.paths import resource
from retention_desktop.toolkit.packs import check_pack, import_pack, load_packs

from .pack_samples import ABOUT, everything_in, pack_files, write_folder, zip_of

ROUNDS = 2_500 if os.environ.get("RETENTION_LONG") else 60
LONGEST = 5.0  # seconds that one pack may take on a busy computer; most take some thousandths

Chance = random.Random
Files = dict[str, bytes]

HOSTILE_NAMES = (
    "../x.toml",
    "/x.toml",
    "C:\\x.toml",
    "tools/..",
    "pack.toml/x.toml",
    "tools",
    "tools/" * 40 + "x.toml",
    "x\0.toml",
    "x\u202e.toml",
    "x" * 5_000 + ".toml",
    "PACK.TOML",
    "tools/a-tool.toml/",
    "",
    " ",
    ".",
    "\ud7ff.md",
    "con.toml",
    "x.zip",
    "__MACOSX/../x.toml",
)
HOSTILE_TEXTS = (
    "\0",
    "\u2028",
    "\U0010ffff",
    "[[" * 2_000,
    "a." * 5_000 + "a = 1\n",
    "x = " + "[" * 5_000,
    "x = " + "9" * 5_000 + "\n",
    "x = 1e999\n",
    "x = 1979-05-27T07:32:00Z\n",
    'id = "a"\nid = "b"\n',
    '"""',
    "'''",
    "\\u0000",
    "[steps]\n",
    "[[steps]]\n",
    "[[steps.prompts.columns]]\n",
)
HOSTILE_VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    "\n",
    "x" * 100_000,
    "<img src='file:///x'>",
    -1,
    0,
    10**30,
    2.5,
    float("nan"),
    True,
    [],
    [[]],
    [{}],
    {},
    {"kind": "table"},
    {"kind": []},
    ["a", "a"],
    [1, "a"],
)


def whole_pack() -> Files:
    """Two small tools and two of the program's, which ask in most of the ways there are."""
    own = resource("tools")
    files = {name: text.encode() for name, text in pack_files("a-tool", "b-tool").items()}
    for tool_id in ("early-support", "career-conversation"):
        files[f"tools/{tool_id}.toml"] = (own / f"{tool_id}.toml").read_bytes()
    return files


def damage(chance: Chance, content: bytes) -> bytes:
    """The bytes with some of them changed, lost, doubled or moved."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + chance.choice((1, 2, 4, 30, 500)))
        match chance.randrange(6):
            case 0:
                changed[at:to] = chance.randbytes(to - at)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[chance.randrange(len(changed) + 1) :][: to - at]
            case 3:
                changed[at : at + 4] = struct.pack(
                    "<L", chance.choice((0, 1, 0xFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF))
                )
            case 4:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 5 if chance.random() < 0.2:
                del changed[at:]
        if not changed:
            break
    return bytes(changed)


def damaged_archive(chance: Chance) -> bytes:
    """An archive with damage anywhere in it."""
    compression = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    return damage(chance, zip_of(whole_pack(), compression))


def damaged_directory(chance: Chance) -> bytes:
    """An archive with damage in what it says about its files."""
    archive = zip_of(whole_pack())
    start = archive.index(b"PK\x01\x02")
    return archive[:start] + damage(chance, archive[start:])


def damaged_text(chance: Chance) -> bytes:
    """A sound archive with damage in one file."""
    files = whole_pack()
    name = chance.choice(list(files))
    content = files[name]
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            files[name] = damage(chance, content)
        case 1:
            hostile = chance.choice(HOSTILE_TEXTS).encode()
            files[name] = content[:at] + hostile + content[at:]
        case 2:
            lines = content.splitlines(keepends=True)
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
            files[name] = b"".join(lines)
        case 3:
            lines = content.splitlines(keepends=True)
            del lines[chance.randrange(len(lines))]
            files[name] = b"".join(lines)
    return zip_of(files)


def wrong_values(chance: Chance) -> bytes:
    """A sound archive of sound TOML in which values are of another kind, gone, or one too many."""
    files = whole_pack()
    name = chance.choice(list(files))
    content = tomllib.loads(files[name].decode())
    for _ in range(chance.choice((1, 1, 2, 5))):
        at: Any = content
        while True:
            keys = list(at) if isinstance(at, dict) else range(len(at))
            if not keys:
                break
            key = chance.choice(keys)
            if isinstance(at[key], dict | list) and at[key] and chance.random() < 0.85:
                at = at[key]
                continue
            value = deepcopy(chance.choice(HOSTILE_VALUES))
            if value is None:
                del at[key]
            elif chance.random() < 0.1 and isinstance(at, dict):
                at["extra"] = value
            else:
                at[key] = value
            break
    files[name] = tomli_w.dumps(content).encode()
    return zip_of(files)


def wrong_names(chance: Chance) -> bytes:
    """A sound archive whose entries are called, or said to be, something else."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive, warnings.catch_warnings(action="ignore"):
        for name, content in whole_pack().items():
            info = zipfile.ZipInfo(name)
            if chance.random() < 0.3:
                info.filename = chance.choice((*HOSTILE_NAMES, *archive.namelist(), "x/" + name))
            if chance.random() < 0.1:
                info.external_attr = chance.getrandbits(32)
            if chance.random() < 0.1:
                info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, b"" if info.filename.endswith("/") else content)
    return whole.getvalue()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "make", [damaged_archive, damaged_directory, damaged_text, wrong_values, wrong_names]
)
def test_a_mutated_archive(make: Callable[[Chance], bytes], tmp_path: Path) -> None:
    kept, sent = tmp_path / "packs", tmp_path / "sent.zip"
    import_pack(write_folder(pack_files("a-tool", "old-tool"), tmp_path / "old"), kept)
    other = ABOUT.replace("northshire", "southshire")
    import_pack(write_folder(pack_files("other-tool", about=other), tmp_path / "other"), kept)
    before = everything_in(kept)
    for seed in range(ROUNDS):
        sent.write_bytes(make(Chance(seed)))
        began = time.perf_counter()
        refused = is_refused(sent, kept)
        took = time.perf_counter() - began
        assert took < LONGEST, (make, seed)
        if refused:
            assert everything_in(kept) == before, (make, seed)
        else:
            restore(kept, before)


@pytest.mark.timeout(1800)
def test_a_mutated_folder(tmp_path: Path) -> None:
    kept = tmp_path / "packs"
    import_pack(write_folder(pack_files("a-tool", "old-tool"), tmp_path / "old"), kept)
    before = everything_in(kept)
    for seed in range(ROUNDS // 5):
        chance = Chance(seed)
        files = whole_pack()
        name = chance.choice(list(files))
        files[name] = damage(chance, files[name])
        if chance.random() < 0.3:
            new_name = chance.choice(("x.exe", "tools/x/y.toml", "PACK.toml", "a.md", "tools/a"))
            files[new_name] = chance.randbytes(20)
        sent = write_folder(files, tmp_path / f"sent {seed}")
        if is_refused(sent, kept):
            assert everything_in(kept) == before, seed
        else:
            restore(kept, before)


def is_refused(sent: Path, kept: Path) -> bool:
    """Whether an import was refused, in words that can be shown; else the pack is there, whole."""
    problems = check_pack(sent)
    try:
        pack = import_pack(sent, kept)
    except KnownError as error:
        said = [error.sentence, *map(str, problems)]
        assert all(text.isprintable() and len(text) < 5_000 for text in said), said
        return True
    assert problems == ()
    found = load_packs(kept)
    assert pack in found.packs
    assert found.notices == ()
    return False


def restore(kept: Path, before: dict[str, bytes]) -> None:
    for path in kept.iterdir():
        path.unlink()
    for name, content in before.items():
        (kept / name).write_bytes(content)
