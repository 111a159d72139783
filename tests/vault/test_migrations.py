"""A vault of an older version of the program, opened by this one: nothing in it is lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.config import Config

from retention_desktop.journal.records import get_record, last_use, save_answer, start_record
from retention_desktop.journal.search import search_records
from retention_desktop.models import tables
from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Driver,
    PromptKind,
    RecordState,
)
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.vault import Vault, schema, verify_vault
from tests.vault.conftest import PASSPHRASE, Opener

ROWS = """
INSERT INTO person VALUES (1, 'Person A', '{time}');
INSERT INTO record VALUES
  (1, 'career-conversation', 1, 'Career conversation', 'growth', 'finished',
   '{time}', '{time}', '{time}', 1, '2027-01-09', '', 'Joint visits'),
  (2, 'career-conversation', 1, 'Career conversation', 'growth', 'draft',
   '{time}', '{time}', NULL, 1, NULL, 'going-well', '');
INSERT INTO answer VALUES
  (1, 'going-well', 0, 'begin', 'Begin', 'shared',
   '{"id":"going-well","label":"What goes well?"}', '"Joint visits ŵ"');
INSERT INTO action VALUES
  (1, 1, 0, NULL, 'Book the room', 'Sam', '2026-12-01', 'open', '{time}'),
  (2, 1, 1, NULL, 'Ask the ward', '', NULL, 'done', '{time}'),
  (7, 1, 2, NULL, 'Taken away', '', NULL, 'open', '{time}');
DELETE FROM action WHERE id = 7;
INSERT INTO tag VALUES (1, 'supervision');
INSERT INTO record_tag VALUES (1, 1);
INSERT INTO record_search (rowid, title, body) VALUES (1, 'Career conversation', 'Joint')
""".replace("{time}", "2026-11-20T14:02:09.000512Z")


def migrate_to(connection: sa.Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "retention_desktop.vault:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def make_old(folder: Path, opened: Opener) -> Callable[[str], None]:
    """Turns the vault into one of an old revision, made by the migrations, with a record in it."""

    def make(revision: str) -> None:
        vault = opened()
        with vault.writing() as connection:
            facts = connection.execute(sa.select(tables.vault_meta)).all()
            connection.exec_driver_sql("DROP TABLE record_search")
            tables.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
            migrate_to(connection, schema.REVISIONS[0])
            connection.execute(tables.vault_meta.insert(), [fact._asdict() for fact in facts])
            for statement in ROWS.split(";\n"):
                connection.exec_driver_sql(statement)
            migrate_to(connection, revision)
        vault.close()

    return make


def revision_of(vault: Vault) -> str | None:
    with vault.reading() as connection:
        return schema.revision(connection)


@pytest.mark.parametrize("revision", schema.REVISIONS[:-1])
def test_a_vault_of_an_older_version_opens_with_everything_in_it(
    make_old: Callable[[str], None], opened: Opener, folder: Path, revision: str
) -> None:
    make_old(revision)
    found = verify_vault(folder, PASSPHRASE)
    assert (found.problems, found.revision) == ((), revision)
    vault = opened()

    assert revision_of(vault) == schema.REVISIONS[-1]
    record = get_record(vault, 1)
    assert (record.head.person, record.head.state) == ("Person A", RecordState.FINISHED)
    assert record.head.finished == datetime(2026, 11, 20, 14, 2, 9, 512, tzinfo=UTC)
    assert [(answer.prompt.label, answer.value) for answer in record.answers] == [
        ("What goes well?", "Joint visits ŵ")
    ]
    assert [(each.id, each.text, each.owner, each.due, each.state) for each in record.actions] == [
        (1, "Book the room", "Sam", date(2026, 12, 1), ActionState.OPEN),
        (2, "Ask the ward", "", None, ActionState.DONE),
    ]
    with vault.reading() as connection:
        actions = connection.execute(sa.select(tables.action)).all()
    assert {(each.kind, each.driver, each.person_id, each.why) for each in actions} == {
        (ActionKind.TRY, Driver.GROWTH, 1, "")
    }
    assert [each.closed for each in actions] == [None, record.head.finished]
    assert record.tags == ("supervision",)
    assert record.agreed is None
    assert [hit.head.id for hit in search_records(vault, "joint")] == [1]

    before = last_use(vault, 2)
    assert before is not None
    assert before.head.id == 1
    tool = load_toolkit().tool("career-conversation")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert start_record(vault, tool, now=now).records == (3,)
    prompt = next(each for each in tool.prompts if each.kind is PromptKind.ACTION)
    agreed: list[dict[str, str | int]] = [{"text": "Next"}]
    save_answer(vault, 3, tool.steps[0], prompt, agreed, now=now)
    assert [each.id for each in get_record(vault, 3).actions] == [8]  # no number is given twice
    vault.close()
    found = verify_vault(folder, PASSPHRASE)
    assert (found.problems, found.revision) == ((), schema.REVISIONS[-1])


@pytest.mark.parametrize(
    ("revision", "operation"),
    [
        ("0001", "create_index"),
        ("0002", "create_index"),
        ("0002", "rename_table"),
        ("0003", "create_table"),
        ("0004", "create_index"),
        ("0005", "create_index"),
    ],
)
def test_a_migration_that_fails_leaves_the_vault_as_it_was(
    make_old: Callable[[str], None],
    opened: Opener,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    revision: str,
    operation: str,
) -> None:
    make_old(revision)

    def fail(*_: object) -> None:
        raise RuntimeError("not today")

    with monkeypatch.context() as broken:
        broken.setattr(op, operation, fail)
        with pytest.raises(RuntimeError):
            opened()

    found = verify_vault(folder, PASSPHRASE)
    assert (found.problems, found.revision) == ((), revision)
    assert get_record(opened(), 1).head.person == "Person A"
