"""The verbs on records: start, write, finish, look up and list.

`updated` is the moment when a record was last written in: changing the person, a tag or the review
date of a finished record leaves it alone. Lists are ordered by it, the newest first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    null,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import sqlite

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.filtering import ALL, Filter, filtered
from retention_desktop.models import tables as t
from retention_desktop.models.enums import Audience, PromptKind, RecordState
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import Action, Answer, Changes, Record, RecordHead
from retention_desktop.toolkit.answers import check_value, is_empty
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.vault import Vault

_r = t.record.c
_this_record = _r.id == bindparam("record")
_RECORD = store.HEADS.add_columns(_r.tool_version).where(_this_record)
_ANSWERS = (
    select(t.answer)
    .where(t.answer.c.record_id == bindparam("record"))
    .order_by(t.answer.c.position)
)
_ACTIONS = (
    select(
        t.action.c.id,
        t.action.c.prompt_id,
        t.action.c.text,
        t.action.c.owner,
        t.action.c.due,
        t.action.c.state,
    )
    .where(t.action.c.record_id == bindparam("record"))
    .order_by(t.action.c.position)
)
_STATE = select(_r.state).where(_this_record)
_DROP_ACTIONS = delete(t.action).where(
    t.action.c.record_id == bindparam("record"), t.action.c.prompt_id == bindparam("prompt")
)
_NEXT_POSITION = select(func.coalesce(func.max(t.answer.c.position) + 1, 0)).where(
    t.answer.c.record_id == bindparam("record")
)
_new_answer = sqlite.insert(t.answer).values(
    record_id=bindparam("record"),
    prompt_id=bindparam("prompt"),
    position=_NEXT_POSITION.scalar_subquery(),
    step_id=bindparam("step"),
    step_title=bindparam("step_title"),
    audience=bindparam("audience"),
    asked=bindparam("asked"),
    value=bindparam("value"),
)
_SAVE = _new_answer.on_conflict_do_update(
    index_elements=[t.answer.c.record_id, t.answer.c.prompt_id],
    set_={
        "audience": func.coalesce(bindparam("chosen"), t.answer.c.audience),
        "asked": _new_answer.excluded.asked,
        "step_id": _new_answer.excluded.step_id,
        "step_title": _new_answer.excluded.step_title,
        "value": _new_answer.excluded.value,
    },
)

_first_tool = select(func.min(_r.tool_id).label("tool_id")).cte("used", recursive=True)
_next_tool = select(func.min(_r.tool_id)).where(_r.tool_id > _first_tool.c.tool_id)
_used = _first_tool.union_all(
    select(_next_tool.scalar_subquery()).where(_first_tool.c.tool_id.is_not(null()))
)
_last_use = select(func.max(_r.updated)).where(_r.tool_id == _used.c.tool_id)
_TOOLS_USED = select(_used.c.tool_id, _last_use.scalar_subquery().label("last")).where(
    _used.c.tool_id.is_not(null())
)


def start_record(vault: Vault, tool: Tool, *, now: datetime, person: str | None = None) -> Changes:
    """A new draft; `records` of the changes holds its id alone.

    It knows every prompt of the tool as it is worded now, so a draft outlives a change of the tool.
    """
    alias = None if person is None else store.checked_name(person, "An alias")
    with vault.writing() as connection:
        record_id = store.new_record(
            connection, tool, alias, now=now, state=RecordState.DRAFT, started=now, updated=now
        )
        store.update_record(connection, record_id)
    return Changes(records=(record_id,))


def save_answer(
    vault: Vault,
    record_id: int,
    step: Step,
    prompt: Prompt,
    value: Value | None,
    *,
    now: datetime,
    audience: Audience | None = None,
) -> Changes:
    """Keep an answer of a draft in place of the one before; None and an empty one remove it.

    Without `audience`, the one chosen before stands. Raises BadInput for a value that is no answer
    to the prompt, and for a finished record.
    """
    checked = None if value is None else check_value(prompt, value)
    kept = None if checked is None or is_empty(prompt, checked) else checked
    is_action = prompt.kind is PromptKind.ACTION
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        connection.execute(
            _SAVE,
            {
                "record": record_id,
                "prompt": prompt.id,
                "step": step.id,
                "step_title": step.title,
                "audience": audience or prompt.audience,
                "chosen": audience,
                "asked": store.to_text(prompt),
                "value": None if kept is None or is_action else store.to_text(kept),
            },
        )
        if is_action:
            connection.execute(_DROP_ACTIONS, {"record": record_id, "prompt": prompt.id})
            store.add_actions(connection, record_id, prompt.id, kept or [], now=now)
        store.update_record(connection, record_id, updated=now)
    return Changes(records=(record_id,))


def save_place(vault: Vault, record_id: int, page: str) -> Changes:
    """Keep where the writer of a draft is, as `Run` names its pages."""
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        connection.execute(update(t.record).where(_r.id == record_id).values(page=page))
    return Changes(records=(record_id,))


def set_person(vault: Vault, record_id: int, alias: str | None, *, now: datetime) -> Changes:
    """Say who a record is about or with; None for nobody. Unused aliases are forgotten."""
    name = None if alias is None else store.checked_name(alias, "An alias")
    with vault.writing() as connection:
        before = _before(connection, record_id)
        person_id = None if name is None else store.person_id(connection, name, now=now)
        _change(connection, before, now, person_id=person_id)
        store.drop_if_unused(connection, before.person_id, ())
    return Changes(records=(record_id,))


def set_tags(vault: Vault, record_id: int, tags: Iterable[str], *, now: datetime) -> Changes:
    """Put exactly these tags on a record. Unused tags are forgotten."""
    names = [store.checked_name(name, "A tag") for name in tags]
    with vault.writing() as connection:
        before = _before(connection, record_id)
        old = _tag_ids(connection, record_id)
        connection.execute(delete(t.record_tag).where(t.record_tag.c.record_id == record_id))
        store.tag_record(connection, record_id, names)
        store.drop_if_unused(connection, None, old)
        _change(connection, before, now)
    return Changes(records=(record_id,))


def set_review_date(
    vault: Vault, record_id: int, review_on: date | None, *, now: datetime
) -> Changes:
    """Say when to look at a record again; None for never."""
    with vault.writing() as connection:
        before = _before(connection, record_id)
        _change(connection, before, now, review_on=review_on)
    return Changes(records=(record_id,))


def finish_record(
    vault: Vault, record_id: int, *, review_on: date | None, now: datetime
) -> Changes:
    """Finish a draft, and say when to look at it again; None for never.

    What was left empty is dropped; from here its answers stay as they are.
    """
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        store.drop_unanswered(connection, record_id)
        store.update_record(
            connection,
            record_id,
            state=RecordState.FINISHED,
            review_on=review_on,
            finished=now,
            updated=now,
        )
        store.refresh_search(connection, record_id)
    return Changes(records=(record_id,))


def discard_draft(vault: Vault, record_id: int) -> Changes:
    """Remove a draft and all that was written in it."""
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        person_id = _before(connection, record_id).person_id
        tags = _tag_ids(connection, record_id)
        connection.execute(delete(t.record_search).where(t.record_search.c.rowid == record_id))
        connection.execute(delete(t.record).where(_r.id == record_id))
        store.drop_if_unused(connection, person_id, tags)
    return Changes(records=(record_id,))


def get_record(vault: Vault, record_id: int) -> Record:
    """A record, whole; raises NotFound."""
    here = {"record": record_id}
    with vault.reading() as connection:
        row = connection.execute(_RECORD, here).first()
        if row is None:
            raise store.not_found(record_id)
        asked = connection.execute(_ANSWERS, here).all()
        actions = [Action(*action) for action in connection.execute(_ACTIONS, here)]
        tags = connection.execute(store.TAGS, here).scalars().all()
    agreed = {action.prompt_id for action in actions}
    positions = {answer.prompt_id: answer.position for answer in asked}
    last = max(positions.values(), default=0) + 1  # for what was agreed under no prompt
    return Record(
        store.to_head(row),
        row.tool_version,
        tuple(
            Answer(
                store.to_prompt(answer.asked),
                answer.step_id,
                answer.step_title,
                answer.audience,
                None if answer.value is None else store.to_value(answer.value),
            )
            for answer in asked
            if answer.value is not None or answer.prompt_id in agreed
        ),
        tuple(sorted(actions, key=lambda action: positions.get(action.prompt_id, last))),
        tuple(tags),
    )


def list_records(
    vault: Vault,
    wanted: Filter = ALL,
    *,
    limit: int = 100,
    after: tuple[datetime, int] | None = None,
) -> tuple[RecordHead, ...]:
    """The newest records that are wanted, at most `limit`.

    `after` is `updated` and `id` of the last one of the page before.
    """
    query = filtered(store.HEADS, wanted)
    if after is not None:
        query = query.where(tuple_(_r.updated, _r.id) < after)
    query = query.order_by(_r.updated.desc(), _r.id.desc()).limit(limit)
    with vault.reading() as connection:
        return tuple(map(store.to_head, connection.execute(query)))


def count_records(vault: Vault, wanted: Filter = ALL) -> int:
    """How many records are wanted."""
    query = filtered(select(func.count()).select_from(t.record), wanted)
    with vault.reading() as connection:
        return int(connection.execute(query).scalar_one())


def list_drafts(vault: Vault, *, limit: int = 100) -> tuple[RecordHead, ...]:
    """The drafts, the last one written in first."""
    return list_records(vault, Filter(state=RecordState.DRAFT), limit=limit)


def tools_used(vault: Vault) -> Mapping[str, datetime]:
    """The tools that were used, by id, each with the moment it was last written in.

    It jumps from tool to tool through the index, so its cost does not grow with the records.
    """
    with vault.reading() as connection:
        return {row.tool_id: row.last for row in connection.execute(_TOOLS_USED)}


def _require_draft(connection: Connection, record_id: int) -> None:
    state = connection.execute(_STATE, {"record": record_id}).scalar()
    if state is None:
        raise store.not_found(record_id)
    if state is not RecordState.DRAFT:
        raise BadInput(f"Record {record_id} is finished, so it stays as it is.")


def _tag_ids(connection: Connection, record_id: int) -> Sequence[int]:
    query = select(t.record_tag.c.tag_id).where(t.record_tag.c.record_id == record_id)
    return connection.execute(query).scalars().all()


def _before(connection: Connection, record_id: int) -> Row[*tuple[Any, ...]]:
    """The id, state and person of a record that is about to change, finished or not."""
    query = select(_r.id, _r.state, _r.person_id).where(_r.id == record_id)
    row = connection.execute(query).first()
    if row is None:
        raise store.not_found(record_id)
    return row


def _change(
    connection: Connection, before: Row[*tuple[Any, ...]], now: datetime, **columns: object
) -> None:
    if before.state is RecordState.DRAFT:
        columns["updated"] = now
    store.update_record(connection, before.id, **columns)
