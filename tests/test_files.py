"""A private file is replaced whole, and nothing of the person's own is touched on the way."""

import errno
import os
from pathlib import Path

import pytest

from retention_desktop import files
from retention_desktop.errors import DiskFull, FileProblem


def test_a_file_is_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 240 + ".pdf")  # as long as a name may be
    for data in (b"old", b"", b"new"):
        files.write_whole(target, data)
        assert target.read_bytes() == data
    assert list(tmp_path.iterdir()) == [target]
    if os.name != "nt":
        assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_of_the_persons_own_with_a_like_name_stays(tmp_path: Path) -> None:
    for name in ("X.pdf.new", ".X.pdf.new", "X.pdf.part"):
        (tmp_path / name).write_bytes(b"mine")
    files.write_whole(tmp_path / "X.pdf", b"summary")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "X.pdf": b"summary",
        "X.pdf.new": b"mine",
        ".X.pdf.new": b"mine",
        "X.pdf.part": b"mine",
    }


def test_a_write_that_fails_leaves_the_old_file_alone_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "X.pdf"
    files.write_whole(target, b"old")

    def fails(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(files, "sync", fails)
    with pytest.raises(OSError, match=f"{errno.ENOSPC}"):
        files.write_whole(target, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_forbidden_read_does_not_ask_for_the_right_to_write(number: int) -> None:
    reading = str(files.explain_reading(OSError(number, ""), Path("vault.keys")))
    assert "vault.keys could not be read" in reading
    assert "right to read" in reading
    assert "writ" not in reading
    writing = str(files.explain(OSError(number, ""), Path("vault.keys"), "saved"))
    assert "right to write" in writing


def test_each_fault_has_its_own_words() -> None:
    place = Path("folder") / "X.pdf"
    full = files.explain(OSError(errno.ENOSPC, ""), place, "saved")
    assert isinstance(full, DiskFull)
    gone = files.explain(OSError(errno.ENOENT, ""), place, "saved")
    assert "its folder is not there" in str(gone)
    assert "it is not there" in str(files.explain_reading(OSError(errno.ENOENT, ""), place))
    for error in (
        files.explain(OSError(errno.EIO, ""), place, "saved"),
        files.explain_reading(OSError(errno.EIO, ""), place),
    ):
        assert isinstance(error, FileProblem)
        assert os.strerror(errno.EIO) in str(error)
