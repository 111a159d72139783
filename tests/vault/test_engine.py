"""The database library is only trusted once it has shown what it is."""

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlcipher3

from retention_desktop.errors import KnownError
from retention_desktop.vault import engine
from tests.vault.conftest import PASSPHRASE, Opener

GOOD = {
    "PRAGMA cipher_version": [("4.19.0 community",)],
    "PRAGMA compile_options": [("TEMP_STORE=2",), ("ENABLE_FTS5",), ("THREADSAFE=1",)],
    "SELECT sqlite_version()": [("3.53.4",)],
}


class Library(ModuleType):
    """A database library that gives the answers it is told to give."""

    def __init__(self, answers: dict[str, list[tuple[str]]]) -> None:
        super().__init__("library")
        self.answers = answers

    def connect(self, _path: str) -> "Library":
        return self

    def execute(self, statement: str) -> "Rows":
        return Rows(self.answers[statement])

    def close(self) -> None:
        pass


class Rows:
    def __init__(self, rows: list[tuple[str]]) -> None:
        self.rows = rows

    def fetchone(self) -> Any:
        return self.rows[0] if self.rows else None

    def __iter__(self) -> Iterator[tuple[str]]:
        return iter(self.rows)


def test_the_installed_library_will_do() -> None:
    engine.check_library(sqlcipher3)
    engine.check_library(Library(GOOD))


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        ("PRAGMA cipher_version", []),
        ("PRAGMA cipher_version", [("3.4.2",)]),
        ("SELECT sqlite_version()", [("3.51.2",)]),
        ("PRAGMA compile_options", [("TEMP_STORE=1",), ("ENABLE_FTS5",), ("THREADSAFE=1",)]),
        ("PRAGMA compile_options", [("TEMP_STORE=2",), ("THREADSAFE=1",)]),
        ("PRAGMA compile_options", [("TEMP_STORE=2",), ("ENABLE_FTS5",), ("THREADSAFE=0",)]),
    ],
)
def test_a_library_that_lacks_something_is_refused(statement: str, rows: list[tuple[str]]) -> None:
    with pytest.raises(KnownError, match="cannot keep a vault safely"):
        engine.check_library(Library({**GOOD, statement: rows}))


def test_pythons_own_sqlite_never_opens_or_makes_a_vault(
    opened: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "sqlcipher3", sqlite3)
    before = (folder / "store.db").read_bytes()
    with pytest.raises(KnownError, match="SQLCipher 4 is missing"):
        opened()
    assert (folder / "store.db").read_bytes() == before


def test_a_log_that_would_hold_the_text_is_refused(opened: Opener) -> None:
    logger = logging.getLogger("sqlalchemy.engine")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        with pytest.raises(KnownError, match="log would hold"):
            opened()
    finally:
        logger.setLevel(level)


def test_a_raw_key_of_a_wrong_length_is_never_used() -> None:
    assert engine.raw_key(bytearray(b"\x01\xff" * 16), bytes(16)) == (
        b"x'" + b"01ff" * 16 + b"00" * 16 + b"'"
    )
    for key, salt in ((31, 16), (32, 15), (0, 0), (33, 16)):
        with pytest.raises(ValueError, match="32 bytes"):
            engine.raw_key(bytearray(key), bytes(salt))


def test_sqlcipher_itself_opens_the_store_with_the_described_key(
    opened: Opener, folder: Path
) -> None:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    from retention_desktop.vault import keyfile

    vault = opened()
    vault.close()
    file = keyfile.parse((folder / "vault.keys").read_bytes())
    master = bytes(keyfile.unlock(file, PASSPHRASE).master)
    key = HKDF(SHA256(), length=32, salt=None, info=b"rv1/db-key").derive(master)
    salt = (folder / "store.db").read_bytes()[:16]
    assert salt == file.body.db.salt
    connection = sqlcipher3.connect(str(folder / "store.db"))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    (found,) = connection.execute("SELECT value FROM vault_meta WHERE key = 'vault_id'").fetchone()
    assert found == vault.vault_id
    connection.close()
