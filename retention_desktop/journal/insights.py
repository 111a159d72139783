"""What the journal holds over time, for oneself: one read, from which the pictures are made.

Only finished records count, and what was agreed in them or added by hand.
"""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec
from msgspec import Struct
from sqlalchemy import (
    Connection,
    Text,
    bindparam,
    func,
    not_,
    null,
    or_,
    select,
    tuple_,
    type_coerce,
)

from retention_desktop.journal import store
from retention_desktop.journal.filtering import Filter, filtered, midnight
from retention_desktop.journal.lists import own_lists
from retention_desktop.models import tables as t
from retention_desktop.models.enums import (
    ActionState,
    Audience,
    Driver,
    RecordState,
    ReviewOutcome,
)
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import RecordHead
from retention_desktop.vault import Vault


class Given(Struct, frozen=True):
    """An answer of a finished record, beside the prompt as it was asked then."""

    record_id: int
    at: datetime
    with_person: bool
    prompt: Prompt
    audience: Audience
    value: Value


class Became(Struct, frozen=True):
    """What became of some actions, and their records; None where one was added by hand.

    `kept` when the last look at them said to keep what was agreed.
    """

    state: ActionState
    kept: bool
    records: tuple[int | None, ...]


class Insights(Struct, frozen=True):
    """What was found since a day, or in everything.

    `drivers` holds the ids of the records of each driver that has any. `answers` are those to each
    prompt that was asked for, by tool and prompt, the oldest first. `lists` are a person's own.
    """

    since: date | None
    drivers: Mapping[Driver, tuple[int, ...]]
    became: tuple[Became, ...]
    answers: Mapping[tuple[str, str], tuple[Given, ...]]
    lists: Mapping[str, tuple[str, ...]]


_a = t.action.c
_r = t.record.c
_DRAFTS = select(_r.id).where(_r.state == RecordState.DRAFT)
# From an index alone: the rows of ten thousand records are not read.
_DRIVERS = (
    select(_r.driver, func.json_group_array(_r.id)).where(_r.id.not_in(_DRAFTS)).group_by(_r.driver)
)
_last_looks = (
    select(func.max(t.review.c.id))
    .where(t.review.c.action_id.is_not(null()))
    .group_by(t.review.c.action_id)
)
_kept = _a.id.in_(
    select(t.review.c.action_id).where(
        t.review.c.id.in_(_last_looks), t.review.c.outcome == ReviewOutcome.KEEP
    )
).label("kept")
_newer = t.action.alias().c
# What was agreed once more in the same words stands in the newer record, and is counted there. One
# column on each side: of several, SQLite makes no index, and looks through all for each.
_taken_over = (_a.state == ActionState.CHANGED) & (
    type_coerce(_a.closed, Text) + _a.prompt_id + _a.text
).in_(
    select(type_coerce(_newer.created, Text) + _newer.prompt_id + _newer.text).where(
        _newer.prompt_id.is_not(null()),
        _newer.created.in_(select(_a.closed).where(_a.state == ActionState.CHANGED)),
    )
)
_BECAME = (
    select(_a.state, _kept, func.json_group_array(_a.record_id))
    .where(
        or_(_a.record_id.is_(null()), _a.record_id.not_in(_DRAFTS)),
        or_(_a.prompt_id.is_(null()), not_(_taken_over)),
    )
    # By an expression: to follow the index of states would jump about in the table.
    .group_by(type_coerce(_a.state, Text) + "", "kept")
)
# Of the record, only what an index holds.
_GIVEN = (
    select(
        _r.id,
        _r.finished,
        _r.person_id.is_not(null()),
        t.answer.c.asked,
        t.answer.c.audience,
        t.answer.c.value,
        t.answer.c.prompt_id,
    )
    .select_from(t.record.join(t.answer))
    .where(
        _r.tool_id == bindparam("tool"),
        _r.finished.is_not(null()),
        t.answer.c.prompt_id.in_(bindparam("prompts", expanding=True)),
        t.answer.c.value.is_not(null()),
    )
    .order_by(_r.finished, _r.id)
)


def read_insights(
    vault: Vault, asked: Mapping[str, frozenset[str]], *, since: date | None = None
) -> Insights:
    """What was kept since a day; `asked` are the prompts to read the answers of, by tool.

    The cost grows with the records, and no faster.
    """
    lists = own_lists(vault)
    with vault.reading() as connection:
        drivers = connection.execute(filtered(_DRIVERS, Filter(since=since)))
        return Insights(
            since,
            {driver: msgspec.json.decode(ids, type=tuple[int, ...]) for driver, ids in drivers},
            _became(connection, since),
            _answers(connection, asked, since),
            lists,
        )


def list_these(
    vault: Vault, record_ids: tuple[int, ...], *, limit: int, after: RecordHead | None = None
) -> tuple[RecordHead, ...]:
    """These records, the newest first, at most `limit`; `after` is the last of the page before.

    Those that are no longer there are left out.
    """
    these = func.json_each(msgspec.json.encode(record_ids).decode()).table_valued("value")
    query = store.HEADS.where(_r.id.in_(select(these.c.value)))
    if after is not None:
        query = query.where(tuple_(_r.updated, _r.id) < (after.updated, after.id))
    query = query.order_by(_r.updated.desc(), _r.id.desc()).limit(limit)
    with vault.reading() as connection:
        return tuple(map(store.to_head, connection.execute(query)))


def _became(connection: Connection, since: date | None) -> tuple[Became, ...]:
    query = _BECAME if since is None else _BECAME.where(_a.created >= midnight(since))
    return tuple(
        Became(state, kept, msgspec.json.decode(records, type=tuple[int | None, ...]))
        for state, kept, records in connection.execute(query)
    )


def _answers(
    connection: Connection, asked: Mapping[str, frozenset[str]], since: date | None
) -> dict[tuple[str, str], tuple[Given, ...]]:
    query = _GIVEN if since is None else _GIVEN.where(_r.finished >= midnight(since))
    found: dict[tuple[str, str], list[Given]] = {}
    for tool, prompts in asked.items():
        rows = connection.execute(query, {"tool": tool, "prompts": list(prompts)}).all()
        for record_id, at, with_person, prompt, audience, value, prompt_id in rows:
            given = Given(
                record_id,
                at,
                bool(with_person),
                store.to_prompt(prompt),
                audience,
                store.to_value(value),
            )
            found.setdefault((tool, prompt_id), []).append(given)
    return {key: tuple(given) for key, given in found.items()}
