"""The schema of the store, and which revision of it a vault has.

A new vault is made from the tables themselves and stamped; alembic is imported only to migrate.
"""

from datetime import datetime

from sqlalchemy import Column, Connection, MetaData, String, Table

from retention_desktop import __version__
from retention_desktop.errors import VaultTooNew
from retention_desktop.models import tables

# Oldest first; a test holds them to the files in migrations/versions/.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")

_alembic_version = Table(
    "alembic_version", MetaData(), Column("version_num", String(32), primary_key=True)
)


def create(connection: Connection, vault_id: str, now: datetime) -> None:
    """Make all tables, the search index and the first facts about the vault."""
    tables.metadata.create_all(connection, checkfirst=False)
    _alembic_version.create(connection, checkfirst=False)
    connection.execute(_alembic_version.insert().values(version_num=REVISIONS[-1]))
    facts = {
        "vault_id": vault_id,
        "generation": "0",
        "created": now.isoformat(timespec="seconds"),
        "app_version": __version__,
    }
    connection.execute(
        tables.vault_meta.insert(), [{"key": key, "value": value} for key, value in facts.items()]
    )


def revision(connection: Connection) -> str | None:
    """The revision a store has; None when it is no store of ours. Raises VaultTooNew."""
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('alembic_version', 'vault_meta')"
    ).scalar_one()
    if found != 2:
        return None
    stamped = connection.execute(_alembic_version.select()).scalar_one_or_none()
    if stamped is not None and stamped not in REVISIONS:
        raise VaultTooNew(
            "A newer version of this program wrote this vault.",
            "Open it with the newest version. Nothing has been changed.",
        )
    return stamped


def migrate(connection: Connection) -> None:
    """Bring the store to the newest revision, inside the transaction that is open."""
    # Alembic costs as much to import as the rest of an unlock, and is needed once in many months.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "retention_desktop.vault:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
