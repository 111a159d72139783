"""One schema, two ways to it: the tables, and the migrations from nothing."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import retention_desktop.vault
from retention_desktop import files
from retention_desktop.errors import VaultDamaged, VaultTooNew
from retention_desktop.models import tables
from retention_desktop.vault import engine, schema
from retention_desktop.vault.migrations import is_ours
from tests.vault.conftest import Opener


def _tokens(ddl: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", ddl.replace('"', "").lower())


def _tables(connection: sa.Connection) -> dict[str, list[str]]:
    """Each thing in the schema as a bag of tokens: the order of a table's constraints is free."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: sorted(_tokens(sql)) for name, sql in rows if name != "alembic_version"}


@pytest.fixture
def empty(tmp_path: Path) -> sa.Engine:
    store = tmp_path / "store.db"
    files.create_empty(store)
    return engine.make_engine(engine.connect(store, bytearray(32), bytes(16)))


def test_migrating_from_nothing_gives_what_a_new_vault_has(
    empty: sa.Engine, opened: Opener
) -> None:
    with empty.begin() as connection:
        schema.migrate(connection)
        migrated = _tables(connection)
        assert schema.revision(connection) == schema.REVISIONS[-1]
    with opened().reading() as connection:
        made = _tables(connection)
    assert migrated == made
    empty.dispose()


def test_both_ways_overwrite_deleted_words_in_the_search_index(
    empty: sa.Engine, opened: Opener
) -> None:
    question = "SELECT v FROM record_search_config WHERE k = 'secure-delete'"
    with empty.begin() as connection:
        schema.migrate(connection)
        assert connection.exec_driver_sql(question).scalar_one() == 1
    empty.dispose()
    with opened().reading() as connection:
        assert connection.exec_driver_sql(question).scalar_one() == 1


def test_alembic_sees_no_difference(opened: Opener) -> None:
    with opened().reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, tables.metadata) == []


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    folder = Path(retention_desktop.vault.__file__).parent / "migrations"
    script = ScriptDirectory(str(folder))
    assert tuple(r.revision for r in script.walk_revisions())[::-1] == schema.REVISIONS


def test_a_newer_schema_is_refused_and_nothing_is_written(opened: Opener, folder: Path) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    vault.close()
    before = (folder / "store.db").read_bytes()
    with pytest.raises(VaultTooNew, match="newer version"):
        opened()
    assert (folder / "store.db").read_bytes() == before


def test_a_store_without_our_tables_is_damage(opened: Opener) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.exec_driver_sql("DROP TABLE vault_meta")
    vault.close()
    with pytest.raises(VaultDamaged):
        opened()


@pytest.mark.parametrize("column", ["tool_id", "driver", "state", "person_id", None])
def test_every_list_of_records_is_read_newest_first_from_an_index(
    opened: Opener, column: str | None
) -> None:
    where = f"WHERE {column} = 'x'" if column else ""
    with opened().reading() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT * FROM record {where} ORDER BY updated DESC, id DESC"  # noqa: S608
        ).all()
    text = " ".join(row[3] for row in plan)
    assert "USING INDEX ix_record_" in text
    assert "TEMP B-TREE" not in text


def test_the_last_use_with_a_person_or_nobody_is_read_from_an_index(opened: Opener) -> None:
    with opened().reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM record WHERE tool_id = 'x' AND person_id IS 1 "
            "AND (finished, id) < ('2026', 7) ORDER BY finished DESC, id DESC LIMIT 1"
        ).all()
    text = " ".join(row[3] for row in plan)
    assert "USING INDEX ix_record_tool_id_person_id_finished" in text
    assert "TEMP B-TREE" not in text
