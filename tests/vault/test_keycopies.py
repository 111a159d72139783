"""A key file that could not be saved counts nowhere, or the error says that it counts."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from retention_desktop import files
from retention_desktop.errors import DiskFull, FileProblem, WrongPassphrase
from retention_desktop.vault import change_passphrase
from tests.vault.conftest import FAST, PASSPHRASE, Opener

OTHER = "quarry thimble ŵyl magnet"


def failing(monkeypatch: pytest.MonkeyPatch, fails: Callable[[Path, int], bool]) -> None:
    """Let writes fail as on a full disk; `fails` hears the path and the number of the write."""
    write_whole = files.write_whole
    writes = 0

    def write(path: Path, data: bytes) -> None:
        nonlocal writes
        writes += 1
        if fails(path, writes):
            raise OSError(errno.ENOSPC, "")
        write_whole(path, data)

    monkeypatch.setattr(files, "write_whole", write)


def test_when_the_second_copy_cannot_be_written_the_old_passphrase_counts(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folder / "vault.keys").read_bytes()
    with monkeypatch.context() as patch:
        failing(patch, lambda path, _: path.name == "vault.keys")
        with pytest.raises(DiskFull, match="could not be saved"):
            change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    assert (folder / "vault.keys").read_bytes() == before
    assert (folder / "vault.keys.bak").read_bytes() == before
    with pytest.raises(WrongPassphrase):
        opened(OTHER)
    assert opened().notices == ()


def test_when_that_cannot_be_undone_the_error_says_which_passphrase_counts(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, lambda _, number: number > 1)
        with pytest.raises(DiskFull, match="The new passphrase counts from now on") as caught:
            change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    assert str(folder) in str(caught.value)
    assert OTHER not in str(caught.value)
    with pytest.raises(WrongPassphrase, match="was replaced"):
        opened()
    assert "whole again" in opened(OTHER).notices[0]


@pytest.mark.parametrize("failing_sync", [1, 2])
def test_a_copy_that_took_its_place_without_being_certain_is_taken_back(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch, failing_sync: int
) -> None:
    """The last step of a write makes sure of the name: by then the new copy is there."""
    sync_folder = files.sync_folder
    syncs = 0

    def sync(path: Path) -> None:
        nonlocal syncs
        syncs += 1
        if syncs == failing_sync:
            raise OSError(errno.EIO, "")
        sync_folder(path)

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_folder", sync)
        with pytest.raises(FileProblem, match="could not be saved"):
            change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    with pytest.raises(WrongPassphrase):
        opened(OTHER)
    assert opened().notices == ()
