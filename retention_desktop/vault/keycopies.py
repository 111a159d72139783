"""The two copies of the key file on disk: which one counts, and how the other is made whole.

The copy with the highest `seq` that belongs to the store counts. Copies are only ever replaced
whole, `vault.keys.bak` first, so that at every moment one of them opens the vault.
"""

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from retention_desktop import files
from retention_desktop.errors import (
    FileProblem,
    KnownError,
    NotFound,
    VaultDamaged,
    VaultInUse,
    VaultTooNew,
    WrongPassphrase,
)
from retention_desktop.vault import keyfile
from retention_desktop.vault.keyfile import KeyFile, Unlocked

KEYS_NAME = "vault.keys"
BACKUP_NAME = "vault.keys.bak"
NAMES = (KEYS_NAME, BACKUP_NAME)


class Copy(Struct, frozen=True):
    """One copy as it was found: whole, or the problem with it. Neither: it is missing."""

    path: Path
    file: KeyFile | None = None
    problem: KnownError | None = None


class Opened(Struct, frozen=True):
    """The key file that counts, unlocked, and the copies that are not like it."""

    file: KeyFile
    unlocked: Unlocked
    weaker: tuple[Copy, ...]


def read(folder: Path) -> tuple[Copy, ...]:
    """Both copies, as they are on disk."""
    return tuple(_read_one(folder / name) for name in NAMES)


def _read_one(path: Path) -> Copy:
    try:
        return Copy(path, keyfile.parse(files.read_start(path, keyfile.MAX_BYTES + 1)))
    except FileNotFoundError:
        return Copy(path)
    except OSError as error:
        return Copy(path, problem=files.explain_reading(error, path))
    except KnownError as error:
        return Copy(path, problem=error)


def unlock(copies: tuple[Copy, ...], passphrase: str, salt: bytes) -> Opened:
    """Open the copy that counts; `salt` is that of the store. The caller wipes the master key.

    Raises WrongPassphrase; VaultTooNew; VaultDamaged when no copy is whole, or when one was
    tampered with and no other is good.
    """
    first_of_all = _in_order(copies, salt)[0]
    failure: KnownError | None = None
    tried: set[bytes] = set()
    for file in _in_order(copies, salt):
        if file.raw in tried:
            continue
        tried.add(file.raw)
        try:
            unlocked = keyfile.unlock(file, passphrase)
        except WrongPassphrase as error:
            failure = failure or error
            continue
        except VaultDamaged as error:
            failure = error
            continue
        if isinstance(failure, WrongPassphrase) and file.body.seq < first_of_all.body.seq:
            keyfile.wipe(unlocked.master)
            raise WrongPassphrase(
                "That passphrase was replaced by a newer one.", "Type the newer passphrase."
            )
        weaker = tuple(copy for copy in copies if not copy.file or copy.file.raw != file.raw)
        return Opened(file, unlocked, weaker)
    raise failure or RuntimeError("there was a key file, and it was not tried")


def _in_order(copies: tuple[Copy, ...], salt: bytes) -> list[KeyFile]:
    problems = [copy.problem for copy in copies if copy.problem]
    for problem in problems:
        if isinstance(problem, VaultTooNew):
            raise problem
    whole = [copy.file for copy in copies if copy.file]
    if not whole:
        folder = copies[0].path.parent
        what = "damaged" if problems else "missing"
        if len(problems) == 1:
            what = "damaged or missing"
        raise VaultDamaged(
            f"Both copies of the key file in {folder} are {what}.",
            f"Put {KEYS_NAME} from a backup of this vault there. Nothing has been changed.",
        )
    return sorted(whole, key=lambda file: (file.body.db.salt == salt, file.body.seq), reverse=True)


def save(folder: Path, file: KeyFile) -> None:
    """Write both copies, the backup first. Raises FileProblem or DiskFull; then one copy stands."""
    for name in (BACKUP_NAME, KEYS_NAME):
        try:
            files.write_whole(folder / name, file.raw)
        except OSError as error:
            raise files.explain(error, folder / name, "saved") from None


def make_whole(opened: Opened) -> tuple[str, ...]:
    """Replace the weaker copies by the one that counts; says so in sentences for the person."""
    notices = []
    for copy in opened.weaker:
        state = "older than the other" if copy.file else "damaged" if copy.problem else "missing"
        if copy.file and copy.file.body.seq == opened.file.body.seq:
            state = "not what this program wrote"
        try:
            files.write_whole(copy.path, opened.file.raw)
        except (OSError, FileProblem):
            notices.append(f"{copy.path.name}, a copy of the key file, is {state}. It still is.")
        else:
            notices.append(
                f"{copy.path.name}, a copy of the key file, was {state}. It is whole again."
            )
    return tuple(notices)


def replace(folder: Path, opened: Opened, fresh: KeyFile, salt: bytes) -> None:
    """Put `fresh` in the place of the key file that was opened, if that still counts.

    Raises VaultInUse, FileProblem or DiskFull; then the old one counts, unless the error says that
    the new passphrase does.
    """
    if _in_order(read(folder), salt)[0].raw != opened.file.raw:
        raise VaultInUse(
            f"Something else has just changed the key file in {folder}.",
            "Nothing has been changed. Try again.",
        )
    try:
        save(folder, fresh)
    except KnownError as error:
        if _take_back(folder, fresh, opened.file):
            raise
        raise type(error)(
            f"Only one copy of the key file in {folder} could be saved. "
            "The new passphrase counts from now on.",
            "Use the new passphrase. Make sure that the disk has room and can be written to.",
        ) from None


def _take_back(folder: Path, fresh: KeyFile, old: KeyFile) -> bool:
    """Put the old key file where the fresh one is; whether the fresh one is gone."""
    for copy in _copies_of(folder, fresh):
        with suppress(OSError, FileProblem):
            files.write_whole(copy.path, old.raw)
    return not _copies_of(folder, fresh)


def _copies_of(folder: Path, file: KeyFile) -> list[Copy]:
    return [copy for copy in read(folder) if copy.file and copy.file.raw == file.raw]


def require_vault(folder: Path) -> None:
    """Raise NotFound or FileProblem when there is no vault in `folder`. Opens no file."""
    try:
        if not folder.exists():
            raise NotFound(f"There is no vault at {folder}.", "Check the path.")
        if not folder.is_dir():
            raise FileProblem(f"{folder} is a file, not a vault.", "A vault is a folder.")
        if not any((folder / name).exists() for name in (*NAMES, "store.db")):
            raise NotFound(
                f"The folder {folder} is not a vault.", f"A vault has {KEYS_NAME} in it."
            )
    except OSError as error:
        raise files.explain_reading(error, folder) from None
