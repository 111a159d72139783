"""A lock that cannot be had for another reason than another window is a sentence, too."""

import errno
import os
from pathlib import Path

import filelock
import pytest

from retention_desktop.errors import FileProblem
from retention_desktop.vault import lock
from tests.vault.conftest import Opener


def test_a_place_without_locks_is_said(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_descriptor: int, *, blocking: bool) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(filelock, "lock_descriptor", refuses)
    with pytest.raises(FileProblem, match="could not be locked") as caught:
        opened()
    assert str(folder / lock.LOCK_NAME) in str(caught.value)
    assert os.strerror(errno.ENOLCK) in str(caught.value)


def test_a_lock_file_that_cannot_be_made_is_said(folder: Path, opened: Opener) -> None:
    (folder / lock.LOCK_NAME).unlink(missing_ok=True)
    (folder / lock.LOCK_NAME).mkdir()
    with pytest.raises(FileProblem, match="could not be opened"):
        opened()


def test_what_fails_while_the_lock_is_held_stays_what_it_is(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock.holding(folder):
        raise ZeroDivisionError
    with lock.holding(folder):  # it was let go
        pass
