"""A vault looked over from end to end: key copies, pages, tables and the search index."""

from pathlib import Path

import sqlcipher3
from msgspec import Struct
from sqlalchemy import Connection, Engine, func, inspect, select

from retention_desktop.errors import VaultDamaged, VaultMismatch, VaultTooNew
from retention_desktop.models.tables import metadata
from retention_desktop.vault import engine, keycopies, lock
from retention_desktop.vault.opening import check_schema, unlocked_store, writing


class Verification(Struct, frozen=True):
    """What was found. The vault is sound when there are no `problems`, each one sentence.

    `revision` is that of the schema, `rows` how many each table has; both stay empty when the store
    cannot be read.
    """

    problems: tuple[str, ...]
    vault_id: str = ""
    revision: str = ""
    rows: dict[str, int] = {}


def verify_vault(folder: Path, passphrase: str) -> Verification:
    """Look the vault over and repair nothing. Only its log is first put into the store.

    Raises the KnownErrors that leave nothing to look over: no vault, wrong passphrase, in use, a
    newer version. Damage is a problem in the answer.
    """
    keycopies.require_vault(folder)
    with lock.holding(folder):
        problems = _key_copies(folder)
        try:
            with unlocked_store(folder, passphrase) as store:
                vault_id = store.keys.file.body.vault_id
                if store.salt_was_damaged:
                    problems.append("The first bytes of the store are damaged. Opening repairs it.")
                problems += _pages(store.engine)
                with writing(store.engine, folder) as connection:
                    revision = check_schema(connection, store.keys.file, folder)
                    rows = _rows(connection)
                problems += _search(store.engine)
        except (VaultDamaged, VaultMismatch) as error:
            found = error.sentence
            return Verification(tuple(dict.fromkeys([*problems, found])))
    return Verification(tuple(problems), vault_id, revision, rows)


def _key_copies(folder: Path) -> list[str]:
    copies = keycopies.read(folder)
    problems = []
    for copy in copies:
        if isinstance(copy.problem, VaultTooNew):
            raise copy.problem
        if copy.file is None:
            state = "damaged" if copy.problem else "missing"
            problems.append(f"{copy.path.name}, a copy of the key file, is {state}.")
    if len({copy.file.raw for copy in copies if copy.file}) > 1:
        problems.append("The two copies of the key file differ. Opening the vault repairs it.")
    return problems


def _pages(database: Engine) -> list[str]:
    """Both checks, always: each of them passes over a kind of damage that the other finds."""
    problems = []
    with engine.between_transactions(database) as cursor:
        try:
            # The page check reads the main file alone, and would take a newer log for damage.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA cipher_integrity_check")
            if count := len(cursor.fetchall()):
                pages = "1 page" if count == 1 else f"{count:,} pages"
                problems.append(f"{pages} of the store are damaged.")
        except (MemoryError, sqlcipher3.Error):
            problems.append("The pages of the store cannot all be read.")
        try:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                problems.append("The store is damaged: its tables do not fit together.")
            cursor.execute("PRAGMA foreign_key_check")
            if cursor.fetchall():
                problems.append("Something in the store belongs to a record that is not there.")
        except (MemoryError, sqlcipher3.Error):
            problems.append("The tables of the store cannot all be read.")
    return problems


def _rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has. A vault of an older revision lacks some of today's tables."""
    there = set(inspect(connection).get_table_names())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
        if table.name in there
    }


def _search(database: Engine) -> list[str]:
    with engine.between_transactions(database) as cursor:
        try:
            cursor.execute("INSERT INTO record_search (record_search) VALUES ('integrity-check')")
        except (MemoryError, sqlcipher3.Error):
            return ["The search index is damaged."]
    return []
