"""Adding finished records all at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from retention_desktop.journal import store
from retention_desktop.journal.entries import Entry
from retention_desktop.models import tables as t
from retention_desktop.models.enums import PromptKind, RecordState
from retention_desktop.vault import Vault

_ANSWER = (
    update(t.answer)
    .where(t.answer.c.record_id == bindparam("record"), t.answer.c.prompt_id == bindparam("prompt"))
    .values(value=bindparam("value"))
)


def add_records(vault: Vault, entries: Iterable[Entry], *, now: datetime) -> tuple[int, ...]:
    """Keep finished records, all of them or none; their ids, in the order of the entries."""
    with vault.writing() as connection:
        return tuple(_add(connection, entry, now) for entry in entries)


def _add(connection: Connection, entry: Entry, now: datetime) -> int:
    record_id = store.new_record(
        connection,
        entry.tool,
        entry.person,
        now=now,
        state=RecordState.FINISHED,
        started=entry.started,
        updated=entry.finished,
        finished=entry.finished,
    )
    for prompt in entry.tool.prompts:
        if (value := entry.answers.get(prompt.id)) is None:
            continue
        if prompt.kind is PromptKind.ACTION:
            store.add_actions(connection, record_id, prompt, value, now=entry.finished)
        else:
            connection.execute(
                _ANSWER,
                {"record": record_id, "prompt": prompt.id, "value": store.to_text(value)},
            )
    store.add_actions(connection, record_id, None, entry.actions, now=entry.finished)
    store.tag_record(connection, record_id, entry.tags)
    store.keep_agreed(connection, record_id)
    store.drop_unanswered(connection, record_id)
    store.update_record(connection, record_id)
    store.refresh_search(connection, record_id)
    return record_id
