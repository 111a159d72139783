"""What somebody sent is read only if it is no more than a pack; one sentence says why not."""

import io
import os
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.errors import FileProblem, KnownError
from retention_desktop.toolkit.archives import (
    LARGEST_PACK,
    MOST_ENTRIES,
    UnusablePack,
    files_in_archive,
    read_files,
    to_archive,
)
from retention_desktop.toolkit.loading import LARGEST_FILE

from .pack_samples import pack_files, write_folder, zip_of

WHOLE = pack_files("a-tool", "b-tool")
NAMES = set(WHOLE)


def fault_of(archive: bytes) -> str:
    with pytest.raises(UnusablePack) as caught:
        files_in_archive(archive, "sent.zip")
    (problem,) = caught.value.problems
    assert str(problem) in caught.value.sentence
    return str(problem)


def with_entry(info: zipfile.ZipInfo, content: str = "x") -> bytes:
    """A whole pack and one more entry, as it is described."""
    whole = io.BytesIO(zip_of(WHOLE))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(info, content)
    return whole.getvalue()


def test_a_folder_and_an_archive_hold_the_same(tmp_path: Path) -> None:
    folder = write_folder(WHOLE, tmp_path / "pack")
    archive = tmp_path / "pack.zip"
    archive.write_bytes(zip_of(WHOLE))
    assert read_files(folder) == read_files(archive)
    assert read_files(folder) == {name: text.encode() for name, text in WHOLE.items()}


def test_everything_may_lie_in_one_folder_of_the_archive() -> None:
    inside = {f"Our pack/{name}": text for name, text in WHOLE.items()}
    assert set(files_in_archive(zip_of({"Our pack/": "", **inside}), "sent.zip")) == NAMES
    assert set(files_in_archive(zip_of(inside), "sent.zip")) == NAMES


def test_tool_files_may_lie_beside_pack_toml_and_texts_may_come_along() -> None:
    flat = {name.removeprefix("tools/"): text for name, text in WHOLE.items()}
    texts = {"README.md": "ŵ", "notes.TXT": "b", "LICENSE": "MIT", "tools/why.txt": "c"}
    assert set(files_in_archive(zip_of(flat | texts), "sent.zip")) == {*flat, *texts}


def test_what_computers_put_beside_files_is_passed_over(tmp_path: Path) -> None:
    litter = {
        "__MACOSX/._pack.toml": b"\0\5\26",
        ".DS_Store": b"\0",
        "tools/.DS_Store": b"\0",
        ".git/config": b"[core]",
    }
    assert set(files_in_archive(zip_of({**WHOLE, **litter}), "sent.zip")) == NAMES
    assert set(read_files(write_folder({**WHOLE, **litter}, tmp_path / "pack"))) == NAMES


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("../evil.toml", "outside the pack"),
        ("tools/../../evil.toml", "outside the pack"),
        ("/etc/evil.toml", "outside the pack"),
        ("//server/share/evil.toml", "outside the pack"),
        ("C:evil.toml", "outside the pack"),
        ("c:/evil.toml", "outside the pack"),
        ("./a.toml", "outside the pack"),
        ("tools//a.toml", "outside the pack"),
        ("tools\\evil.toml", "a backslash"),
        ("..\\evil.toml", "a backslash"),
        ("evil\n.toml", "cannot be shown"),
        ("evil\u202etxt.toml", "cannot be shown"),
        ("evil.toml\0.txt", "cannot be shown"),
        ("x" * 200 + ".toml", "more than 200 characters"),
        ("inner.zip", "no part of a pack"),
        ("inner.tar.gz", "no part of a pack"),
        ("run.exe", "no part of a pack"),
        ("run.py", "no part of a pack"),
        ("evil.TOML", "no part of a pack"),
        ("nothing", "no part of a pack"),
        ("steps/a.toml", "other than “tools”"),
        ("tools/deep/a.toml", "other than “tools”"),
        ("tools/deep/", "no folder of a pack"),
        ("TOOLS/A-TOOL.toml", "there twice"),
        ("tools/a-tool.toml", "there twice"),
        ("Pack.toml", "there twice"),
    ],
)
def test_a_name_that_has_no_place_in_a_pack_is_refused(name: str, fault: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    with warnings.catch_warnings(action="ignore"):
        archive = with_entry(info)
    said = fault_of(archive)
    assert fault in said
    assert said.isprintable()


def test_names_that_differ_in_their_accents_alone_are_one() -> None:
    assert "there twice" in fault_of(zip_of({**WHOLE, "s\u00eb.md": "a", "se\u0308.md": "b"}))


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_a_link_or_a_special_entry_is_refused(kind: int) -> None:
    info = zipfile.ZipInfo("tools/c-tool.toml")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    assert "a link or another special file" in fault_of(with_entry(info, "/etc/passwd"))


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x40])
def test_an_encrypted_entry_is_refused(flag: int) -> None:
    archive = zip_of(WHOLE)
    at = archive.rindex(b"PK\x01\x02") + 8
    (flags,) = struct.unpack_from("<H", archive, at)
    assert "is encrypted" in fault_of(
        archive[:at] + struct.pack("<H", flags | flag) + archive[at + 2 :]
    )


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_refused(compression: int) -> None:
    assert "not known here" in fault_of(zip_of(WHOLE, compression))


def test_a_bomb_is_refused_after_little_was_read() -> None:
    bomb = zip_of({**WHOLE, "tools/c-tool.toml": b"#" * 50_000_000})
    assert len(bomb) < 100_000
    assert "larger than 256 KB" in fault_of(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(zip_of({**WHOLE, "tools/c-tool.toml": b"#" * 2_000_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", bomb, bomb.rindex(mark) + offset, 100)
    assert "c-tool.toml: is damaged" in fault_of(bytes(bomb))


def test_many_files_are_too_large_together() -> None:
    count = LARGEST_PACK // LARGEST_FILE + 1
    files = {f"{number}.md": b" " * LARGEST_FILE for number in range(count)}
    assert "more than 5 MB" in fault_of(zip_of({**WHOLE, **files}))


def test_an_archive_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "sent.zip"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(10_000_000_000)  # takes no room on the disk
    with pytest.raises(UnusablePack, match="more than 5 MB"):
        read_files(path)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    files = {f"{number}.md": "" for number in range(MOST_ENTRIES)}
    assert f"more than {MOST_ENTRIES}" in fault_of(zip_of({**WHOLE, **files}))
    with pytest.raises(UnusablePack, match=f"more than {MOST_ENTRIES}"):
        read_files(write_folder({**WHOLE, **files}, tmp_path / "pack"))


@pytest.mark.parametrize("text", [b"\xff\xfe", b"PK\x03\x04\0\0"])
def test_a_text_that_is_none_is_refused(text: bytes) -> None:
    assert "README.md: is not UTF-8 text" in fault_of(zip_of({**WHOLE, "README.md": text}))


@pytest.mark.parametrize(
    ("files", "name"),
    [({"a.md": "x"}, "pack.toml"), ({"a/pack.toml": "", "b/x.md": ""}, "pack.toml"), ({}, "")],
)
def test_what_is_no_pack_at_all_is_refused(files: dict[str, str], name: str) -> None:
    assert name in fault_of(zip_of(files))


@pytest.mark.parametrize("keep", [0, 3, 4, 30, 200, -1, -10, -22, -60])
def test_a_damaged_archive_is_refused(keep: int) -> None:
    assert fault_of(zip_of(WHOLE)[:keep]).startswith("sent.zip: is")


def test_a_damaged_entry_is_named() -> None:
    archive = bytearray(zip_of(WHOLE, zipfile.ZIP_STORED))
    archive[archive.index(b"b-tool") + 300] ^= 1
    assert fault_of(bytes(archive)) == "tools/b-tool.toml: is damaged"


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("x = 1")
    folder = write_folder(WHOLE, tmp_path / "pack")
    (folder / "tools" / "c.toml").symlink_to(secret)
    with pytest.raises(UnusablePack, match=r"c\.toml: is a link"):
        read_files(folder)
    (folder / "tools" / "c.toml").unlink()
    (folder / "elsewhere").symlink_to(tmp_path)
    with pytest.raises(UnusablePack, match="elsewhere: is a link"):
        read_files(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_nothing_waits_on_a_pipe(tmp_path: Path) -> None:
    folder = write_folder(WHOLE, tmp_path / "pack")
    os.mkfifo(folder / "tools" / "c.toml")
    with pytest.raises(UnusablePack, match=r"c\.toml: is a link or another special file"):
        read_files(folder)
    os.mkfifo(tmp_path / "sent.zip")
    with pytest.raises(FileProblem):
        read_files(tmp_path / "sent.zip")


def test_a_deep_folder_is_refused(tmp_path: Path) -> None:
    write_folder({**WHOLE, "a/" * 80 + "b.md": "x"}, tmp_path / "pack")
    with pytest.raises(UnusablePack, match="no folder of a pack"):
        read_files(tmp_path / "pack")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.zip", "x" * 300])
def test_what_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError, match="could not be read"):
        read_files(tmp_path / name)


Names = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,5})?", fullmatch=True).map(
    lambda stem: f"tools/{stem}.toml"
)


@given(st.dictionaries(Names, st.binary(max_size=2000), max_size=12))
def test_what_is_packed_comes_out_again(files: dict[str, bytes]) -> None:
    whole = {"pack.toml": b"", **files}
    archive = to_archive(whole)
    assert files_in_archive(archive, "x.zip") == whole
    assert to_archive(dict(reversed(whole.items()))) == archive


def test_an_archive_says_nothing_of_who_made_it_and_when() -> None:
    with zipfile.ZipFile(io.BytesIO(to_archive({"pack.toml": b"x"}))) as archive:
        (info,) = archive.infolist()
    assert info.date_time == (1980, 1, 1, 0, 0, 0)
    assert (info.extra, info.comment, archive.comment) == (b"", b"", b"")
