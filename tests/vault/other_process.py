"""What the vault tests need a process of its own for: holding, being killed, running out of room.

Run as `python other_process.py JOB FOLDER`. Forks are safe: there is one thread and nothing open.
"""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from retention_desktop.errors import DiskFull, KnownError, WrongPassphrase
from retention_desktop.models.tables import person, record_search
from retention_desktop.vault import (
    KdfParams,
    Vault,
    change_passphrase,
    create_vault,
    open_vault,
    verify_vault,
)

FAST = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)
PASSPHRASE = "otter lantern ŵyl basket"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def open_fast(folder: Path, passphrase: str = PASSPHRASE) -> Vault:
    return open_vault(folder, passphrase, kdf_floor=FAST)


def hold(folder: Path) -> None:
    """Open the vault and keep it until standard input ends."""
    vault = open_fast(folder)
    say("open")
    sys.stdin.read()
    vault.close()


def try_to_open(folder: Path) -> None:
    try:
        open_fast(folder).close()
    except KnownError as error:
        say(f"{type(error).__name__}: {error}")
    else:
        say("open")


def save(vault: Vault, number: int) -> None:
    """One transaction: a row, and its words in the search index."""
    with vault.writing() as connection:
        connection.execute(person.insert().values(id=number, alias=f"p{number}", created=NOW))
        row = {"rowid": number, "title": f"t{number}", "body": f"word{number} " * 100}
        connection.execute(record_search.insert().values(row))


def counts(vault: Vault) -> tuple[int, int, int]:
    with vault.reading() as connection:
        rows, last = connection.execute(select(func.count(), func.max(person.c.id))).one()
        words = connection.execute(select(func.count()).select_from(record_search)).scalar_one()
    return rows, words, last or 0


def tell(pipe: int, number: int) -> None:
    os.write(pipe, number.to_bytes(8, "big"))


def killed_while(work: Callable[[Callable[[int], None]], None], seconds: float) -> int:
    """The last thing a forked child said, which was killed `seconds` after the first."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        work(partial(tell, told))
        os._exit(0)
    os.close(told)
    words = os.read(heard, 8)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(heard, 8 * 1024):
        words += more
    os.close(heard)
    return int.from_bytes(words[-8:], "big")


def killed_while_saving(folder: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(10):

        def work(tell: Callable[[int], None]) -> None:
            vault = open_fast(folder)
            number = counts(vault)[2]
            tell(number)
            while True:
                number += 1
                save(vault, number)
                tell(number)

        kept = killed_while(work, chance.uniform(0.005, 0.08))
        assert verify_vault(folder, PASSPHRASE).problems == ()
        vault = open_fast(folder)
        rows, words, last = counts(vault)
        vault.close()
        assert rows == words == last >= kept > 0, (rows, words, last, kept)
        say(f"kept {kept}")


def killed_while_changing(folder: Path) -> None:
    """The passphrases are "number 0", "number 1" and so on."""
    chance = random.Random(4)  # noqa: S311
    change_passphrase(folder, PASSPHRASE, "number 0", kdf=FAST)
    at = 0
    for _ in range(6):

        def work(tell: Callable[[int], None], number: int = at) -> None:
            tell(number)
            while True:
                change_passphrase(folder, f"number {number}", f"number {number + 1}", kdf=FAST)
                number += 1
                tell(number)

        kept = killed_while(work, chance.uniform(0.05, 0.5))
        at = the_one_that_opens(folder, kept, kept + 1)
        say(f"kept {kept}, opened {at}")


def killed_at_each_step(folder: Path) -> None:
    """Kill the change of a passphrase before its first, second, third, ... call to the system."""
    change_passphrase(folder, PASSPHRASE, "number 0", kdf=FAST)
    at = 0
    for step in range(1, 100):
        child = os.fork()
        if child == 0:
            left = step

            def kill_at_zero(event: str, arguments: tuple[object, ...]) -> None:
                nonlocal left
                ours = any(str(folder) in str(argument) for argument in arguments)
                if ours and event in ("open", "os.rename", "os.remove"):
                    left -= 1
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(kill_at_zero)
            change_passphrase(folder, f"number {at}", f"number {at + 1}", kdf=FAST)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        finished = not os.WIFSIGNALED(status)
        before = at
        at = the_one_that_opens(folder, at, at + 1)
        say(f"step {step} {'done' if finished else 'killed'} {'new' if at > before else 'old'}")
        if finished:
            assert at == before + 1
            return


def the_one_that_opens(folder: Path, *numbers: int) -> int:
    """Exactly one of the two passphrases opens the vault, and the other is called wrong."""
    opening = []
    for number in numbers:
        try:
            open_fast(folder, f"number {number}").close()
        except WrongPassphrase:
            continue
        opening.append(number)
    (one,) = opening
    return one


def disk_full(folder: Path) -> None:
    """Write until nothing more fits. What was kept is still there, and reading works."""
    vault = open_fast(folder)
    save(vault, 1)
    room = (folder / "store.db").stat().st_size + 300_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    kept = 1
    try:
        while kept < 10_000:
            save(vault, kept + 1)
            kept += 1
    except DiskFull as error:
        say(f"DiskFull after {'some' if kept > 5 else 'few'}: {error}")
    assert counts(vault) == (kept, kept, kept)
    vault.close()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert verify_vault(folder, PASSPHRASE).problems == ()
    vault = open_fast(folder)
    assert counts(vault) == (kept, kept, kept)
    save(vault, kept + 1)
    vault.close()
    say("kept")


def disk_full_for_keys(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, resource.RLIM_INFINITY))
    try:
        change_passphrase(folder, PASSPHRASE, "number 0", kdf=FAST)
    except DiskFull as error:
        say(f"DiskFull: {error}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    open_fast(folder).close()
    say(" ".join(sorted(path.name for path in folder.iterdir())))


def new(folder: Path) -> None:
    try:
        create_vault(folder, PASSPHRASE, kdf=FAST, now=NOW)
    except KnownError as error:
        say(f"{type(error).__name__}: {error}")


def new_on_a_full_disk(folder: Path) -> None:
    for room in (500, 50_000):  # too little for the key file; too little for the store
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        new(folder)


def new_and_killed(folder: Path) -> None:
    """Kill the making of a vault a little later each time."""
    for number in range(100):
        child = os.fork()
        if child == 0:
            create_vault(folder, PASSPHRASE, kdf=FAST, now=NOW)
            os._exit(0)
        time.sleep(0.02 + 0.04 * number)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if folder.exists():
            assert verify_vault(folder, PASSPHRASE).problems == ()
            say("whole")
            return
        say("nothing")


if __name__ == "__main__":
    job = {
        "hold": hold,
        "open": try_to_open,
        "saving": killed_while_saving,
        "changing": killed_while_changing,
        "steps": killed_at_each_step,
        "full": disk_full,
        "full-keys": disk_full_for_keys,
        "full-new": new_on_a_full_disk,
        "killed-new": new_and_killed,
        "new": new,
    }[sys.argv[1]]
    job(Path(sys.argv[2]))
