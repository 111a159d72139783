"""Private files, read with suspicion and written so that a power cut leaves the old one or the new.

Folders are 0700 and files 0600. Nothing here follows a link, waits on a pipe or reads without end.
"""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from retention_desktop.errors import DiskFull, FileProblem, KnownError

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would translate line ends
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def read_start(path: Path, limit: int) -> bytes:
    """The first `limit` bytes of a regular file.

    Raises OSError as the system gives it, and FileProblem for a link, a pipe or a folder.
    """
    try:
        descriptor = os.open(path, _READ | _BINARY)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _not_a_plain_file(path) from None
        raise
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _not_a_plain_file(path)
        return file.read(limit)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: at every moment, and after a power cut, the old file or the new one.

    Raises OSError as the system gives it; then the old file stands, unless all that failed was to
    make sure of the new one's name.
    """
    # A name that nobody else has: one that could be guessed may be a file of the person's own.
    fresh = path.with_name(f".{os.urandom(8).hex()}.new")
    try:
        with os.fdopen(os.open(fresh, _WRITE | _BINARY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            sync(file.fileno())
        _require_same(fresh, data)
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _require_same(path: Path, data: bytes) -> None:
    if read_start(path, len(data) + 1) != data:
        raise FileProblem(f"The disk did not keep what was written to {path}.", "Try again.")


def create_empty(path: Path) -> None:
    """Make a new, empty, private file. Raises OSError."""
    os.close(os.open(path, _WRITE, 0o600))


def sync(descriptor: int) -> None:
    """Wait until the disk has what was written to an open file."""
    if sys.platform == "darwin":
        import fcntl  # is not there on Windows

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Wait until the disk has all of a file."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the disk has the names in a folder. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def explain(error: OSError, place: Path, doing: str) -> KnownError:
    """The error for the person: what could not be done (such as "saved"), where, and what to do."""
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"There is not enough room on the disk: {place} could not be {doing}.",
            "Make some room, then try again.",
        )
    if error.errno in _FORBIDDEN:
        return FileProblem(
            f"{place} could not be {doing}: this place is read-only for you.",
            "Choose another place, or ask for the right to write there.",
        )
    if error.errno == errno.ENOENT:
        return FileProblem(
            f"{place} could not be {doing}: its folder is not there.", "Check the path."
        )
    return FileProblem(f"{place} could not be {doing} ({_reason(error)}).", "Choose another place.")


def explain_reading(error: OSError, place: Path) -> FileProblem:
    """The error for the person when `place` could not be read."""
    if error.errno in _FORBIDDEN:
        return FileProblem(
            f"{place} could not be read: it is not open to you.", "Ask for the right to read it."
        )
    if error.errno == errno.ENOENT:
        return FileProblem(f"{place} could not be read: it is not there.", "Check the path.")
    return FileProblem(
        f"{place} could not be read ({_reason(error)}).", "Check the disk, then try again."
    )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "unknown reason"


def _not_a_plain_file(path: Path) -> FileProblem:
    return FileProblem(
        f"{path} is not a plain file.", "Put the real file there: links and pipes are not opened."
    )
