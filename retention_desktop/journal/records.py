"""The verbs on records: start, write, finish, look up and list.

`updated` is the moment when a record was last written in: changing the person, a tag or the review
date of a finished record leaves it alone. Lists are ordered by it, the newest first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    null,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import sqlite

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.disclosures import drop_empty_disclosures
from retention_desktop.journal.filtering import ALL, Filter, filtered
from retention_desktop.models import tables as t
from retention_desktop.models.enums import ActionState, Audience, PromptKind, RecordState
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import Action, Answer, Changes, Record, RecordHead, Review
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.toolkit.reading import agreed as agreed_under
from retention_desktop.toolkit.reading import is_empty
from retention_desktop.toolkit.run import follows_last_use, settles_last_use
from retention_desktop.vault import Vault

_r = t.record.c
_this_record = _r.id == bindparam("record")
_these: BindParameter[int] = bindparam("records", expanding=True)
_RECORDS = store.HEADS.add_columns(_r.tool_version, _r.agreed, _r.person_id)
_RECORD = _RECORDS.where(_this_record)
_ANSWERS = (
    select(t.answer)
    .where(t.answer.c.record_id.in_(_these))
    .order_by(t.answer.c.record_id, t.answer.c.position)
)
_ACTIONS = (
    select(
        t.action.c.record_id,
        t.action.c.id,
        t.action.c.prompt_id,
        t.action.c.text,
        t.action.c.owner,
        t.action.c.due,
        t.action.c.state,
        t.action.c.kind,
        t.action.c.why,
        t.action.c.closed,
    )
    .where(t.action.c.record_id.in_(_these))
    .order_by(t.action.c.record_id, t.action.c.position)
)
_TAGS = (
    select(t.record_tag.c.record_id, t.tag.c.name)
    .join(t.tag)
    .where(t.record_tag.c.record_id.in_(_these))
    .order_by(t.tag.c.name)
)
_STATE = select(_r.state).where(_this_record)
_finished = bindparam("finished", type_=_r.finished.type)
# The finished uses of a tool with one person, or with nobody where that is NULL.
_USES = _RECORDS.where(
    _r.tool_id == bindparam("tool"),
    _r.person_id.is_(bindparam("person")),
    _r.finished.is_not(null()),
)
_LAST_USE = (
    _USES.where(tuple_(_r.finished, _r.id) < tuple_(_finished, bindparam("record")))
    .order_by(_r.finished.desc(), _r.id.desc())
    .limit(1)
)
_NEXT_USE = (
    _USES.where(tuple_(_r.finished, _r.id) > tuple_(_finished, bindparam("record")))
    .order_by(_r.finished, _r.id)
    .limit(1)
)
_VERSIONS = _USES.order_by(_r.finished, _r.id)
_AFTER_ALL = datetime.max.replace(tzinfo=UTC)  # a draft comes after all that is finished
_DROP_ACTIONS = delete(t.action).where(
    t.action.c.record_id == bindparam("record"), t.action.c.prompt_id == bindparam("prompt")
)
_ACTION_IDS = select(t.action.c.id).where(t.action.c.record_id == bindparam("record"))
_again = select(t.action.c.prompt_id, t.action.c.text).where(
    t.action.c.record_id == bindparam("record")
)
# What was agreed the last time, and once more in the same words, stands in the newer record now.
_TAKE_OVER = (
    update(t.action)
    .where(
        t.action.c.record_id == bindparam("last"),
        t.action.c.state == ActionState.OPEN,
        tuple_(t.action.c.prompt_id, t.action.c.text).in_(_again),
    )
    .values(state=ActionState.CHANGED, closed=bindparam("now", type_=t.action.c.closed.type))
    .returning(t.action.c.id)
)
# A date that was chosen in a later look stands until that look.
_SETTLE = (
    update(t.record)
    .where(
        _r.id == bindparam("last"),
        _r.review_on.is_not(null()),
        ~exists().where(t.review.c.record_id == _r.id, t.review.c.next_on == _r.review_on),
    )
    .values(review_on=null())
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

_CARRY = update(t.answer).where(
    t.answer.c.record_id == bindparam("record"), t.answer.c.prompt_id == bindparam("prompt")
)
_STILL_STANDS = (ActionState.OPEN, ActionState.CHANGED)
_PAGE = 100

_first_tool = select(func.min(_r.tool_id).label("tool_id")).cte("used", recursive=True)
_next_tool = select(func.min(_r.tool_id)).where(_r.tool_id > _first_tool.c.tool_id)
_used = _first_tool.union_all(
    select(_next_tool.scalar_subquery()).where(_first_tool.c.tool_id.is_not(null()))
)
_last_written = select(func.max(_r.updated)).where(_r.tool_id == _used.c.tool_id)
_TOOLS_USED = select(_used.c.tool_id, _last_written.scalar_subquery().label("last")).where(
    _used.c.tool_id.is_not(null())
)


def start_record(vault: Vault, tool: Tool, *, now: datetime, person: str | None = None) -> Changes:
    """A new draft; `records` of the changes holds its id alone.

    It knows every prompt of the tool as it is worded now, so a draft outlives a change of the tool.
    Prompts that carry begin with what was written the last time with this person, where it fits;
    never where nobody is named in a talk of two.
    Raises BadInput for a person where the tool keeps themes only.
    """
    alias = None if person is None else store.checked_name(person, "An alias")
    with vault.writing() as connection:
        record_id = store.new_record(
            connection, tool, alias, now=now, state=RecordState.DRAFT, started=now, updated=now
        )
        carrying = {prompt.id: prompt for prompt in tool.prompts if prompt.carries}
        may_carry = carrying and follows_last_use(tool, alias)
        if may_carry and (last := _last_use(connection, _row(connection, record_id))):
            _carry(connection, record_id, carrying, last, now)
        store.update_record(connection, record_id)
    return Changes(records=(record_id,), people=() if alias is None else (alias,))


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
            store.add_actions(connection, record_id, prompt, kept or [], now=now)
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
        of_record = t.action.c.record_id == record_id
        connection.execute(update(t.action).where(of_record).values(person_id=person_id))
        _change(connection, before, now, person_id=person_id)
        store.drop_if_unused(connection, before.person_id, ())
        actions = _registered(connection, before)
    return Changes(
        records=(record_id,), actions=actions, people=tuple(filter(None, (before.alias, name)))
    )


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
    vault: Vault,
    record_id: int,
    *,
    review_on: date | None,
    now: datetime,
    agreed: bool = False,
    tool: Tool | None = None,
) -> Changes:
    """Finish a draft, and say when to look at it again; None for never.

    `agreed` when both people said that they have read what was written, and agree it. What was left
    empty is dropped; from here its answers stay as they are. An open action of the last use that
    was agreed again in the same words is closed as changed: it stands in this record from now on.
    So does the next look, where `tool` is used again and again: the last use waits for none then.
    Without `tool`, only uses with the same named person are taken to follow one another.
    """
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        before, taken_over = _follow_last_use(connection, record_id, tool, now)
        store.keep_agreed(connection, record_id)
        store.drop_unanswered(connection, record_id)
        store.update_record(
            connection,
            record_id,
            state=RecordState.FINISHED,
            review_on=review_on,
            finished=now,
            agreed=now if agreed else None,
            updated=now,
        )
        of_record = t.action.c.record_id == record_id
        connection.execute(update(t.action).where(of_record).values(created=now))
        store.refresh_search(connection, record_id)
        after = _before(connection, record_id)
        actions = _registered(connection, after)
    return Changes(
        records=(record_id, *before),
        actions=(*actions, *taken_over),
        people=tuple(filter(None, (after.alias,))),
    )


def discard_draft(vault: Vault, record_id: int) -> Changes:
    """Remove a draft and all that was written in it."""
    with vault.writing() as connection:
        _require_draft(connection, record_id)
        before = _before(connection, record_id)
        tags = _tag_ids(connection, record_id)
        connection.execute(delete(t.record_search).where(t.record_search.c.rowid == record_id))
        connection.execute(delete(t.record).where(_r.id == record_id))
        store.drop_if_unused(connection, before.person_id, tags)
        drop_empty_disclosures(connection)
    return Changes(records=(record_id,), people=tuple(filter(None, (before.alias,))))


def get_record(vault: Vault, record_id: int) -> Record:
    """A record, whole; raises NotFound."""
    with vault.reading() as connection:
        (record,) = _whole(connection, [_row(connection, record_id)])
    return record


def last_use(vault: Vault, record_id: int) -> Record | None:
    """The last finished record of the same tool with the same person, or nobody, before this one.

    Before a draft stands all that is finished. Raises NotFound. The cost does not grow with the
    records.
    """
    with vault.reading() as connection:
        return _last_use(connection, _row(connection, record_id))


def next_use(vault: Vault, record_id: int) -> RecordHead | None:
    """The first finished record of the same tool with the same person, or nobody, after this one.

    After a draft stands none. Raises NotFound. The cost does not grow with the records.
    """
    with vault.reading() as connection:
        row = connection.execute(_NEXT_USE, _place_among_uses(_row(connection, record_id))).first()
        return None if row is None else store.to_head(row)


def list_versions(vault: Vault, record_id: int) -> tuple[RecordHead, ...]:
    """The finished records of the same tool with the same person, or nobody, the oldest first."""
    with vault.reading() as connection:
        row = _row(connection, record_id)
        uses = connection.execute(_VERSIONS, {"tool": row.tool_id, "person": row.person_id})
        return tuple(map(store.to_head, uses))


def finished_records(vault: Vault, tool_id: str, *, since: date | None = None) -> Iterator[Record]:
    """The finished records of a tool since a day, whole, the newest first; read as they are taken.

    What is finished meanwhile is not among them.
    """
    wanted = filtered(_RECORDS, Filter(tool=tool_id, state=RecordState.FINISHED, since=since))
    query = wanted.order_by(_r.updated.desc(), _r.id.desc()).limit(_PAGE)
    after = (_AFTER_ALL, 0)
    while True:
        with vault.reading() as connection:
            rows = connection.execute(query.where(tuple_(_r.updated, _r.id) < after)).all()
            records = _whole(connection, rows)
        yield from records
        if len(rows) < _PAGE:
            return
        after = (rows[-1].updated, rows[-1].id)


def records_of(connection: Connection, person: int) -> Iterator[Record]:
    """All records with a person, drafts too, whole, in the order in which they were begun."""
    rows = connection.execute(
        _RECORDS.where(_r.person_id == person).order_by(_r.started, _r.id)
    ).all()
    for begin in range(0, len(rows), _PAGE):
        yield from _whole(connection, rows[begin : begin + _PAGE])


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


def _row(connection: Connection, record_id: int) -> Row[*tuple[Any, ...]]:
    row = connection.execute(_RECORD, {"record": record_id}).first()
    if row is None:
        raise store.not_found(record_id)
    return row


def _last_use(connection: Connection, record: Row[*tuple[Any, ...]]) -> Record | None:
    row = _last_use_row(connection, record)
    return None if row is None else _whole(connection, [row])[0]


def _last_use_row(
    connection: Connection, record: Row[*tuple[Any, ...]]
) -> Row[*tuple[Any, ...]] | None:
    return connection.execute(_LAST_USE, _place_among_uses(record)).first()


def _place_among_uses(record: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {
        "tool": record.tool_id,
        "person": record.person_id,
        "finished": record.finished or _AFTER_ALL,
        "record": record.id,
    }


def _whole(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Record]:
    """The records of these rows of `_RECORDS`, with all that belongs to them."""
    these = {"records": [row.id for row in rows]}
    asked: dict[int, list[Row[*tuple[Any, ...]]]] = {row.id: [] for row in rows}
    actions: dict[int, list[Action]] = {row.id: [] for row in rows}
    tags: dict[int, list[str]] = {row.id: [] for row in rows}
    for answer in connection.execute(_ANSWERS, these):
        asked[answer.record_id].append(answer)
    for record_id, *action in connection.execute(_ACTIONS, these):
        actions[record_id].append(Action(*action))
    for record_id, name in connection.execute(_TAGS, these):
        tags[record_id].append(name)
    reviews: dict[int, list[Review]] = {row.id: [] for row in rows}
    for record_id, review in store.reviews_of(connection, list(reviews)):
        reviews[record_id].append(review)
    return [
        _to_record(row, asked[row.id], actions[row.id], tuple(tags[row.id]), tuple(reviews[row.id]))
        for row in rows
    ]


def _to_record(
    row: Row[*tuple[Any, ...]],
    asked: Sequence[Row[*tuple[Any, ...]]],
    actions: Iterable[Action],
    tags: tuple[str, ...],
    reviews: tuple[Review, ...],
) -> Record:
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
        tags,
        row.agreed,
        reviews,
    )


def _carry(
    connection: Connection,
    record_id: int,
    carrying: Mapping[str, Prompt],
    last: Record,
    now: datetime,
) -> None:
    """Begin the answers to these prompts with those of the last use, as far as they still fit."""
    still = replace(
        last, actions=tuple(action for action in last.actions if action.state in _STILL_STANDS)
    )
    for answer in last.answers:
        prompt = carrying.get(answer.prompt.id)
        if prompt is None or prompt.points != answer.prompt.points:
            continue  # 4 out of 5 is not 4 out of 10
        is_action = prompt.kind is PromptKind.ACTION
        try:
            value = check_value(
                prompt, agreed_under(still, prompt.id) if is_action else answer.value
            )
        except BadInput:
            continue  # the question has changed since
        if is_empty(prompt, value):
            continue
        was_chosen = answer.audience is not answer.prompt.audience
        columns = {
            "value": None if is_action else store.to_text(value),
            "audience": answer.audience if was_chosen else prompt.audience,
        }
        connection.execute(_CARRY, {"record": record_id, "prompt": prompt.id, **columns})
        if is_action:
            store.add_actions(connection, record_id, prompt, value, now=now)


def _require_draft(connection: Connection, record_id: int) -> None:
    state = connection.execute(_STATE, {"record": record_id}).scalar()
    if state is None:
        raise store.not_found(record_id)
    if state is not RecordState.DRAFT:
        raise BadInput(f"Record {record_id} is finished, so it stays as it is.")


def _tag_ids(connection: Connection, record_id: int) -> Sequence[int]:
    query = select(t.record_tag.c.tag_id).where(t.record_tag.c.record_id == record_id)
    return connection.execute(query).scalars().all()


def _follow_last_use(
    connection: Connection, record_id: int, tool: Tool | None, now: datetime
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Close what stands in this record from now on; the record that had it, and the actions."""
    record = _row(connection, record_id)
    follows = record.alias is not None or (tool is not None and follows_last_use(tool, None))
    last = _last_use_row(connection, record) if follows else None
    if last is None:
        return (), ()
    keys = {"last": last.id, "record": record_id, "now": now}
    closed = tuple(connection.execute(_TAKE_OVER, keys).scalars())
    settled = False
    if tool is not None and settles_last_use(tool, record.alias):
        settled = bool(connection.execute(_SETTLE, {"last": last.id}).rowcount)
    return (last.id,) if closed or settled else (), closed


def _registered(connection: Connection, record: Row[*tuple[Any, ...]]) -> tuple[int, ...]:
    """The actions of a record that are in the register: none of a draft."""
    if record.state is RecordState.DRAFT:
        return ()
    return tuple(connection.execute(_ACTION_IDS, {"record": record.id}).scalars())


def _before(connection: Connection, record_id: int) -> Row[*tuple[Any, ...]]:
    """The id, state and person of a record that is about to change, finished or not."""
    query = (
        select(_r.id, _r.state, _r.person_id, t.person.c.alias)
        .select_from(t.record.outerjoin(t.person))
        .where(_r.id == record_id)
    )
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
