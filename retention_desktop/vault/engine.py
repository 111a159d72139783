"""The encrypted database under the vault: one keyed SQLCipher connection, and its faults in words.

Importing this costs more than the whole window does: only after the unlock screen is painted.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import sqlcipher3
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import StatementError

from retention_desktop.errors import (
    BadInput,
    DiskFull,
    FileProblem,
    KnownError,
    VaultDamaged,
    VaultInUse,
)

RawConnection: TypeAlias = Any  # sqlcipher3 has no types

_PRAGMAS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "cache_size": ("-32000", -32000),  # KiB at most: a page that is here needs no decrypting again
    "secure_delete": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", 0),
    "busy_timeout": ("5000", 5000),
    "fullfsync": ("ON", 1),  # means something on macOS alone
    "checkpoint_fullfsync": ("ON", 1),
}

# What may still be asked once the connection is set up; with an argument only the second group.
_READABLE_PRAGMAS = {
    "cipher_version",
    "compile_options",
    "data_version",
    "database_list",
    "foreign_keys",
    "freelist_count",
    "journal_mode",
    "page_count",
    "read_uncommitted",
    "secure_delete",
    "synchronous",
    "temp_store",
    "user_version",
}
_CALLABLE_PRAGMAS = {
    "cipher_integrity_check",
    "data_version",
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "table_info",
    "table_list",
    "table_xinfo",
    "user_version",
    "wal_checkpoint",
}
_DENIED_FUNCTIONS = {"load_extension", "sqlcipher_export", "fts3_tokenizer"}


class StoreRefusedError(RuntimeError):
    """A statement failed in a way that only a bug explains. Says which way, and nothing else."""


def connect(store: Path, key: bytearray, salt: bytes) -> RawConnection:
    """A keyed connection to `store`, which is there; `key` is 32 bytes and `salt` its first 16.

    Stands inside `faults_in_words`: a key that does not open it raises what damage does.
    """
    check_library(sqlcipher3)
    connection = sqlcipher3.connect(
        store.absolute().as_uri() + "?mode=rw",  # a forgotten key must never make a new file
        uri=True,
        isolation_level=None,  # the driver's own BEGIN breaks savepoints; ours is below
        check_same_thread=False,
        timeout=5,
    )
    try:
        _set_up(connection, key, salt)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: RawConnection, key: bytearray, salt: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    raw = raw_key(key, salt)
    try:
        connection.set_key(raw)
    finally:
        raw[:] = bytes(len(raw))
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise _badly_built("the store would not be encrypted")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    for name, (value, expected) in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        if connection.execute(f"PRAGMA {name}").fetchone() != (expected,):
            raise _badly_built(f"the setting {name} did not hold")
    connection.set_authorizer(_authorize)


def raw_key(key: bytearray, salt: bytes) -> bytearray:
    """SQLCipher's spelling of a raw key: x'<64 hex key><32 hex salt>'. The caller wipes it.

    Raises ValueError for wrong lengths: SQLCipher would take the text for a passphrase.
    """
    if len(key) != 32 or len(salt) != 16:
        raise ValueError("a raw key is 32 bytes, and its salt 16")
    digits = b"0123456789abcdef"
    text = bytearray(b"x'" + bytes(96) + b"'")  # filled in place, so that no copy is left behind
    for place, byte in enumerate((*key, *salt)):
        text[2 + 2 * place] = digits[byte >> 4]
        text[3 + 2 * place] = digits[byte & 15]
    return text


def make_engine(connection: RawConnection) -> Engine:
    """SQLAlchemy over that one connection. BEGIN IMMEDIATE, or BEGIN where `readonly` is set."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: connection,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0.1,  # a second transaction inside the first is a bug, not worth waiting for
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def between_transactions(database: Engine) -> Iterator[DBAPICursor]:
    """A cursor for what may not stand in a transaction. Raises sqlcipher3.Error."""
    connection = database.raw_connection()
    try:
        yield connection.cursor()
    finally:
        connection.close()


def write_anew(database: Engine) -> None:
    """Write every page of the store anew, outside any transaction. Raises sqlcipher3.Error.

    `secure_delete` clears what is deleted where it stands; copies that an index left behind while
    it moved its rows about stay until then (measured with FTS5).
    """
    connection = database.raw_connection()
    try:
        raw: RawConnection = connection.driver_connection
        raw.set_authorizer(_authorize_to_write_anew)
        try:
            raw.execute("VACUUM")
        finally:
            raw.set_authorizer(_authorize)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def check_library(library: ModuleType) -> None:
    """Refuse to work with a database library that would not keep the promise of encryption."""
    connection = library.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    finally:
        connection.close()
    if not cipher or not cipher[0].startswith("4."):
        raise _badly_built("SQLCipher 4 is missing")
    if tuple(map(int, version.split("."))) < (3, 51, 3):
        raise _badly_built(f"SQLite {version} is too old")
    if not options & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        raise _badly_built("temporary data would go to disk")
    if not {"ENABLE_FTS5", "THREADSAFE=1"} <= options:
        raise _badly_built("SQLCipher lacks a part")
    if logging.getLogger("sqlalchemy.engine.Engine").isEnabledFor(logging.INFO):
        raise _badly_built("a log would hold what you write")


def _badly_built(reason: str) -> KnownError:
    return KnownError(
        f"This copy of the program cannot keep a vault safely: {reason}.",
        "Install it again. Nothing has been changed.",
    )


def _authorize(
    action: int, first: str | None, second: str | None, _database: str | None, _cause: str | None
) -> int:
    if action in (sqlcipher3.SQLITE_ATTACH, sqlcipher3.SQLITE_DETACH):
        return int(sqlcipher3.SQLITE_DENY)
    if action == sqlcipher3.SQLITE_PRAGMA:
        name = (first or "").lower()
        fine = name in _CALLABLE_PRAGMAS or (name in _READABLE_PRAGMAS and second is None)
        return int(sqlcipher3.SQLITE_OK if fine else sqlcipher3.SQLITE_DENY)
    if action == sqlcipher3.SQLITE_FUNCTION and (second or "").lower() in _DENIED_FUNCTIONS:
        return int(sqlcipher3.SQLITE_DENY)
    return int(sqlcipher3.SQLITE_OK)


def _authorize_to_write_anew(
    action: int, first: str | None, second: str | None, database: str | None, cause: str | None
) -> int:
    """VACUUM attaches a database without a name, which is in memory as all that is temporary."""
    is_its_own = action == sqlcipher3.SQLITE_ATTACH and not first
    if is_its_own or action == sqlcipher3.SQLITE_DETACH:
        return int(sqlcipher3.SQLITE_OK)
    return _authorize(action, first, second, database, cause)


@contextmanager
def faults_in_words(folder: Path, *, writing: bool) -> Iterator[None]:
    """The one boundary where what the database raises becomes a KnownError or StoreRefusedError.

    What was written never passes: parameters and messages are dropped here.
    """
    try:
        yield
    except StatementError as error:
        error.params = None
        fault = error.orig or error
        name, code = _name_and_code(fault)
        fault.args = (name,)
        raise _in_words(name, code, folder, writing=writing) from None
    except UnicodeEncodeError as error:
        error.object = ""
        raise BadInput("There is half a character in what was written.") from None
    except sqlcipher3.Error as error:
        name, code = _name_and_code(error)
        raise _in_words(name, code, folder, writing=writing) from None


def _name_and_code(error: BaseException) -> tuple[str, int]:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return name, getattr(error, "sqlite_errorcode", 0)


def _in_words(
    name: str, code: int, folder: Path, *, writing: bool
) -> KnownError | StoreRefusedError:
    primary = code & 0xFF
    if primary == sqlcipher3.SQLITE_FULL:
        return DiskFull(
            f"There is not enough room on the disk to save in {folder}.",
            "Make some room, then try again. What was saved before is safe.",
        )
    # SQLite says FULL for one of several ways to be full; a quota shows as a failed write.
    if primary == sqlcipher3.SQLITE_IOERR and writing:
        return DiskFull(
            f"The disk took nothing more for {folder}: it is full, or failing.",
            "Make some room, then try again. What was saved before is safe.",
        )
    if primary in (sqlcipher3.SQLITE_CORRUPT, sqlcipher3.SQLITE_NOTADB):
        return damaged(folder)
    if primary in (sqlcipher3.SQLITE_BUSY, sqlcipher3.SQLITE_LOCKED):
        return VaultInUse(
            f"Another program is using the vault {folder}.", "Close it there, then try again."
        )
    if primary in (
        sqlcipher3.SQLITE_READONLY,
        sqlcipher3.SQLITE_CANTOPEN,
        sqlcipher3.SQLITE_PERM,
        sqlcipher3.SQLITE_IOERR,
    ):
        return FileProblem(
            f"The vault {folder} could not be read or written on this disk.",
            "Check that the disk is there and that you may write to this folder.",
        )
    return StoreRefusedError(f"the store refused a statement ({name})")


def damaged(folder: Path) -> VaultDamaged:
    """What to say when part of the store cannot be read."""
    return VaultDamaged(
        f"The store of the vault {folder} is damaged.",
        "Nothing has been changed. Keep the folder as it is, and open a copy you have elsewhere.",
    )
