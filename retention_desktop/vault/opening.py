"""An open vault: the way in, the transactions, and the way out."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import sqlcipher3
from sqlalchemy import Connection, Engine, select

from retention_desktop import files
from retention_desktop.errors import (
    KnownError,
    VaultDamaged,
    VaultMismatch,
    WrongPassphrase,
)
from retention_desktop.models.tables import vault_meta
from retention_desktop.vault import engine, keycopies, keyfile, lock, passphrases, schema
from retention_desktop.vault.kdf import DEFAULT_KDF, KDF_FLOOR, KdfParams

STORE_NAME = "store.db"
SMALLEST_STORE = 4096  # one page; SQLite would take an empty file for a new, empty store


class Vault:
    """An open vault. Made by `open_vault`, used from one thread at a time, closed at the end.

    `notices` are sentences for the person. `generation` goes up by one each time it is opened.
    """

    def __init__(
        self,
        folder: Path,
        database: Engine,
        keys: keyfile.KeyFile,
        generation: int,
        notices: tuple[str, ...],
        on_close: ExitStack,
    ) -> None:
        self.folder = folder
        self.vault_id = keys.body.vault_id
        self.generation = generation
        self.notices = notices
        self._salt = keys.body.db.salt
        self._engine = database
        self._on_close = on_close

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Faults come out as KnownErrors."""
        with reading(self._engine, self.folder) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is kept at the end, or none. Faults: KnownErrors."""
        with writing(self._engine, self.folder) as connection:
            yield connection

    def write_anew(self) -> None:
        """Write the store anew, so that nothing of what was deleted is left in the file.

        It takes as much memory as the store is large, and about a second for 50 MB. Raises
        KnownErrors; then everything is as it was.
        """
        with _faults_in_words(self._engine, self.folder, writing=True):
            engine.write_anew(self._engine)

    def change_passphrase(self, old: str, new: str, *, kdf: KdfParams = DEFAULT_KDF) -> None:
        """Let `new` open the vault in the place of `old`. At every moment one of them opens it."""
        _change_passphrase(self.folder, old, new, self._salt, kdf)

    def close(self) -> None:
        """Put everything into the one store file and let the vault go. May be called again."""
        self._on_close.close()


def open_vault(
    folder: Path,
    passphrase: str,
    *,
    kdf_floor: KdfParams = KDF_FLOOR,
    known_generations: Mapping[str, int] = MappingProxyType({}),
) -> Vault:
    """The vault in `folder`, open and held against others until it is closed.

    `known_generations` is the newest that this computer has seen of each vault, by `vault_id`: an
    older one gets a notice.
    A slot whose cost is below `kdf_floor` is quietly raised. Raises KnownErrors, each for its case.
    """
    keycopies.require_vault(folder)
    with ExitStack() as stack:
        stack.enter_context(lock.holding(folder))
        store = stack.enter_context(unlocked_store(folder, passphrase))
        with writing(store.engine, folder) as connection:
            if check_schema(connection, store.keys.file, folder) != schema.REVISIONS[-1]:
                schema.migrate(connection)
            before, generation = _raise_generation(connection, folder)
            if store.salt_was_damaged:
                # Any write to the first page puts the salt back.
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {int(version)}")
        notices = list(keycopies.make_whole(store.keys))
        if known_generations.get(store.keys.file.body.vault_id, 0) > before:
            notices.append(
                "This vault is older than the one last opened on this computer. "
                "It may be a copy, or have been put back from a backup."
            )
        _raise_cost(folder, store.keys, passphrase, kdf_floor)
        keyfile.wipe(store.keys.unlocked.master)
        return Vault(
            folder,
            store.engine,
            store.keys.file,
            generation,
            tuple(notices),
            stack.pop_all(),
        )
    raise AssertionError  # for mypy: ExitStack may swallow an exception, but not ours


class UnlockedStore:
    """A store whose keys were right. Its schema has not been looked at."""

    def __init__(self, database: Engine, keys: keycopies.Opened, *, salt_was_damaged: bool) -> None:
        self.engine = database
        self.keys = keys
        self.salt_was_damaged = salt_was_damaged


@contextmanager
def unlocked_store(folder: Path, passphrase: str) -> Iterator[UnlockedStore]:
    """Unlock and connect; changes nothing. The lock is held by the caller."""
    start = _store_start(folder)
    copies = keycopies.read(folder)
    try:
        keys = keycopies.unlock(copies, passphrase, start)
    except WrongPassphrase:
        whole = [copy.file for copy in copies if copy.file]
        if all(_foreign(file.body.db.salt, start) for file in whole):
            raise _mismatch(folder) from None
        raise
    salt = keys.file.body.db.salt
    with ExitStack() as stack:
        stack.callback(keyfile.wipe, keys.unlocked.master)
        key = keyfile.subkey(keys.unlocked.master, "rv1/db-key")
        try:
            with engine.faults_in_words(folder, writing=False):
                connection = engine.connect(folder / STORE_NAME, key, salt)
        except VaultDamaged:
            raise (_mismatch(folder) if _foreign(salt, start) else engine.damaged(folder)) from None
        finally:
            keyfile.wipe(key)
        database = engine.make_engine(connection)
        stack.callback(_let_go, database)
        yield UnlockedStore(database, keys, salt_was_damaged=salt != start)


def _store_start(folder: Path) -> bytes:
    # Only before a connection exists: closing any descriptor of the store drops SQLite's locks.
    path = folder / STORE_NAME
    try:
        start = files.read_start(path, SMALLEST_STORE)
    except FileNotFoundError:
        raise VaultDamaged(
            f"The store {path} is missing.", "Put it back from a copy. Nothing has been changed."
        ) from None
    except OSError as error:
        raise files.explain_reading(error, path) from None
    if len(start) < SMALLEST_STORE:
        raise VaultDamaged(
            f"The store {path} is cut short: only {len(start):,} bytes are left.",
            "Put it back from a copy. Nothing has been changed.",
        )
    if start.startswith(b"SQLite format 3\0"):
        raise VaultDamaged(
            f"The store {path} is not encrypted, so it is not the store of this vault.",
            "Put the right one back from a copy. Nothing has been changed.",
        )
    return start[:16]


def _foreign(salt: bytes, start: bytes) -> bool:
    """Whether the store is another vault's: two salts differ in about 64 bits, a fault in few."""
    differing = int.from_bytes(salt, "big") ^ int.from_bytes(start, "big")
    return differing.bit_count() > 16 and start != bytes(16)


def _mismatch(folder: Path) -> VaultMismatch:
    return VaultMismatch(
        f"The key file and the store in {folder} do not belong together.",
        "Put back the ones that were together. Nothing has been changed.",
    )


def _let_go(database: Engine) -> None:
    # A full disk leaves the log beside the store, which is just as safe; the next opening reads it.
    try:
        with (
            suppress(MemoryError, sqlcipher3.Error),
            engine.between_transactions(database) as cursor,
        ):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.dispose()


def check_schema(connection: Connection, keys: keyfile.KeyFile, folder: Path) -> str:
    """The revision of the store. Raises VaultTooNew, VaultMismatch or VaultDamaged."""
    revision = schema.revision(connection)
    if revision is None:
        raise engine.damaged(folder)
    if _fact(connection, "vault_id") != keys.body.vault_id:
        raise _mismatch(folder)
    return revision


def _raise_generation(connection: Connection, folder: Path) -> tuple[int, int]:
    text = _fact(connection, "generation") or ""
    if not (text.isascii() and text.isdigit()):
        raise engine.damaged(folder)
    before = int(text)
    connection.execute(
        vault_meta.update().where(vault_meta.c.key == "generation").values(value=str(before + 1))
    )
    return before, before + 1


def _fact(connection: Connection, key: str) -> str | None:
    return connection.execute(
        select(vault_meta.c.value).where(vault_meta.c.key == key)
    ).scalar_one_or_none()


def _raise_cost(folder: Path, keys: keycopies.Opened, passphrase: str, floor: KdfParams) -> None:
    slot = keys.unlocked.slot
    if (
        not isinstance(slot.kdf, keyfile.Argon2)
        or slot.kdf.params.raised_to(floor) == slot.kdf.params
    ):
        return
    cost = slot.kdf.params.raised_to(floor).raised_to(DEFAULT_KDF)
    # It can wait for the next time when there is too little memory or room just now.
    with suppress(KnownError):
        fresh = keyfile.rewrap(keys.file, keys.unlocked, passphrase, cost, datetime.now(UTC))
        keycopies.replace(folder, keys, fresh, keys.file.body.db.salt)


def change_passphrase(folder: Path, old: str, new: str, *, kdf: KdfParams = DEFAULT_KDF) -> None:
    """Let `new` open the vault in `folder`, which nobody has open, in the place of `old`."""
    keycopies.require_vault(folder)
    with lock.holding(folder):
        _change_passphrase(folder, old, new, _store_start(folder), kdf)


def _change_passphrase(folder: Path, old: str, new: str, salt: bytes, kdf: KdfParams) -> None:
    keyfile.wipe(passphrases.to_bytes(new))  # refuses one that no vault can have
    keys = keycopies.unlock(keycopies.read(folder), old, salt)
    try:
        fresh = keyfile.rewrap(keys.file, keys.unlocked, new, kdf, datetime.now(UTC))
    finally:
        keyfile.wipe(keys.unlocked.master)
    keycopies.replace(folder, keys, fresh, salt)


@contextmanager
def reading(database: Engine, folder: Path) -> Iterator[Connection]:
    """A transaction that only reads."""
    with (
        _faults_in_words(database, folder, writing=False),
        database.connect().execution_options(readonly=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def writing(database: Engine, folder: Path) -> Iterator[Connection]:
    """A transaction that writes."""
    with _faults_in_words(database, folder, writing=True), database.begin() as connection:
        yield connection


@contextmanager
def _faults_in_words(database: Engine, folder: Path, *, writing: bool) -> Iterator[None]:
    try:
        with engine.faults_in_words(folder, writing=writing):
            yield
    except MemoryError:
        # SQLCipher reports a page that fails its check as a lack of memory, in some places.
        if _pages_are_whole(database):
            raise KnownError(
                "There was not enough free memory.", "Close some other programs, then try again."
            ) from None
        raise engine.damaged(folder) from None


def _pages_are_whole(database: Engine) -> bool:
    try:
        with engine.between_transactions(database) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA cipher_integrity_check")
            return not cursor.fetchall()
    except (MemoryError, sqlcipher3.Error):
        return False
