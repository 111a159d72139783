"""Erasing for good: what was deleted also leaves the file."""

from contextlib import suppress

from sqlalchemy import Connection, delete, insert, select, text

from retention_desktop.errors import KnownError
from retention_desktop.models.tables import vault_meta
from retention_desktop.vault import Vault

_MARK = "erased"  # there from an erasure until the store has been written anew
_REBUILD = text("INSERT INTO record_search (record_search) VALUES ('rebuild')")
_MARKED = select(vault_meta.c.key).where(vault_meta.c.key == _MARK)


def note_erasure(connection: Connection) -> None:
    """Note that something was erased, in the transaction that erases it."""
    row = insert(vault_meta).prefix_with("OR IGNORE")
    connection.execute(row, {"key": _MARK, "value": "yes"})


def finish_erasing(vault: Vault) -> None:
    """Write the store anew where something was erased since the last time.

    Where that fails, it is noted still, and done the next time: what was erased is gone from every
    table by then.
    """
    with vault.reading() as connection:
        is_needed = connection.scalar(_MARKED) is not None
    if is_needed:
        with suppress(KnownError):
            with vault.writing() as connection:
                # The index keeps the first words of its pages, whatever is deleted (measured).
                connection.execute(_REBUILD)
            vault.write_anew()
            with vault.writing() as connection:
                connection.execute(delete(vault_meta).where(vault_meta.c.key == _MARK))
            with vault.reading() as connection:
                # A transaction that has read nothing yet does not stand in the way.
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
