"""The lock that keeps two windows from opening one vault.

It is the operating system's own lock, so it goes when its holder dies. The file says who holds it.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retention_desktop import __version__, files
from retention_desktop.errors import VaultInUse

LOCK_NAME = "vault.lock"

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold the vault in `folder` for oneself; raises VaultInUse when somebody else holds it."""
    from filelock import lock_descriptor, unlock_descriptor

    path = folder / LOCK_NAME
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError as error:
        raise files.explain(error, path, "opened") from None
    try:
        try:
            is_ours = lock_descriptor(descriptor, blocking=False)
        except OSError as error:  # such as a network folder that knows no locks
            raise files.explain(error, path, "locked") from None
        if not is_ours:
            raise VaultInUse(
                f"This vault is already open{_holder(descriptor)}: {folder}.",
                "Lock it there first, or use the window that has it open.",
            )
        # The note is for people and helps nobody on a full disk; the lock is what counts.
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            note = f"{os.getpid()}\n{platform.node()}\n{__version__}\n"
            os.write(descriptor, note.encode())
        try:
            yield
        finally:
            unlock_descriptor(descriptor)
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    try:
        lines = os.read(descriptor, 1000).decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    if len(lines) < 2 or not lines[0].isdigit() or not lines[1].isprintable():
        return ""
    return f" in another window or program (process {lines[0]} on {lines[1]})"
