"""The whole journal, read out of a vault as it is at one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace
from sqlalchemy import BindParameter, Connection, Select, bindparam, null, select

from retention_desktop.journal import store
from retention_desktop.journal.binned import lying_in
from retention_desktop.journal.lists import lists_in
from retention_desktop.journal.open_format import (
    FORMAT,
    VERSION,
    Journal,
    OpenAction,
    OpenAnswer,
    OpenBegun,
    OpenBinned,
    OpenDisclosure,
    OpenHandAction,
    OpenPerson,
    OpenRecord,
    OpenReview,
)
from retention_desktop.journal.questions import Questions
from retention_desktop.journal.saved import searches_in
from retention_desktop.models import tables as t
from retention_desktop.models.enums import Form
from retention_desktop.toolkit.answers import only_text
from retention_desktop.vault import Vault

_PAGE = 500

_Query: TypeAlias = Select[*tuple[Any, ...]]
_Fields: TypeAlias = dict[str, Any]
_Owned: TypeAlias = Mapping[int | None, Sequence[_Fields]]

_a = t.action.c
_b = t.begun.c
_d = t.disclosure.c
_r = t.record.c
_v = t.review.c
_these: BindParameter[int] = bindparam("records", expanding=True)

# In each of these `of` is the id of what the rest of its row belongs to; the rest is named as the
# open format has it.
_ANSWERS = (
    select(
        t.answer.c.record_id.label("of"),
        t.answer.c.step_id,
        t.answer.c.step_title,
        t.answer.c.asked,
        t.answer.c.audience,
        t.answer.c.value,
    )
    .where(t.answer.c.record_id.in_(_these))
    .order_by(t.answer.c.record_id, t.answer.c.position)
)
_ACTIONS = (
    select(
        _a.record_id.label("of"),
        _a.id,
        _a.text,
        _a.created,
        _a.prompt_id.label("prompt"),
        _a.owner,
        _a.due,
        _a.kind,
        _a.state,
        _a.why,
        _a.closed,
    )
    .where(_a.record_id.in_(_these))
    .order_by(_a.record_id, _a.id)
)
_TAGS = (
    select(t.record_tag.c.record_id.label("of"), t.tag.c.name)
    .join(t.tag)
    .where(t.record_tag.c.record_id.in_(_these))
    .order_by(t.tag.c.name)
)
_looked = (_v.on, _v.done, _v.outcome, _v.changed, _v.for_whom, _v.next_on)
_REVIEWS = (
    select(_v.record_id.label("of"), *_looked)
    .where(_v.record_id.in_(_these))
    .order_by(_v.done, _v.id)
)
_ACTION_REVIEWS = (
    select(_v.action_id.label("of"), *_looked)
    .join_from(t.review, t.action)
    .where(_a.record_id.in_(_these))
    .order_by(_v.done, _v.id)
)
_HAND_REVIEWS = (
    select(_v.action_id.label("of"), *_looked)
    .join_from(t.review, t.action)
    .where(_a.record_id.is_(null()))
    .order_by(_v.done, _v.id)
)
_DISCLOSURES = (
    select(
        t.disclosed.c.record_id.label("of"),
        _d.at,
        _d.way,
        _d.for_whom,
        _d.sha256,
        _d.kept_because,
        t.disclosed.c.parts,
    )
    .join_from(t.disclosed, t.disclosure)
    .where(t.disclosed.c.record_id.in_(_these))
    .order_by(_d.at, _d.way, _d.for_whom, _d.sha256, _d.kept_because, t.disclosed.c.parts)
)
_form = (_b.form, _b.words, _b.written)
_BEGUN = {
    column: select(column.label("of"), *_form).where(column.is_not(null())).order_by(_b.id)
    for column in (_b.record_id, _b.action_id, _b.person_id)
}
_BEGUN_OF_NOTHING = (
    select(null().label("of"), *_form)
    .where(*(column.is_(null()) for column in _BEGUN))
    .order_by(_b.id)
)

_RECORDS = (
    select(
        _r.id,
        _r.tool_id.label("tool"),
        _r.tool_version,
        _r.title,
        _r.driver,
        _r.started,
        _r.updated,
        _r.finished,
        _r.agreed,
        t.person.c.alias.label("person"),
        _r.review_on,
        _r.page,
    )
    .select_from(t.record.outerjoin(t.person))
    .where(_r.id.in_(_these))
    .order_by(_r.id)
)
_HAND_ACTIONS = (
    select(
        _a.id,
        _a.text,
        _a.created,
        _a.owner,
        _a.due,
        _a.kind,
        _a.state,
        _a.why,
        _a.closed,
        t.person.c.alias.label("person"),
        _a.driver,
    )
    .select_from(t.action.outerjoin(t.person))
    .where(_a.record_id.is_(null()))
    .order_by(_a.id)
)
_PEOPLE = select(
    t.person.c.id,
    t.person.c.alias,
    t.person.c.created,
    t.person.c.role,
    t.person.c.profession,
    t.person.c.working_pattern,
    t.person.c.meet_every,
).order_by(t.person.c.id)


def export_journal(vault: Vault) -> Journal:
    """Everything that the vault holds, drafts and forms that were only begun among it."""
    questions = Questions()
    with vault.reading() as connection:
        ids = connection.execute(select(_r.id).order_by(_r.id)).scalars().all()
        records = tuple(read_records(connection, ids, questions))
        binned = tuple(OpenBinned(each.at, each.record) for each in lying_in(connection, questions))
        return Journal(
            FORMAT,
            VERSION,
            people=_people(connection),
            questions=questions.all(),
            records=records,
            actions=read_hand_actions(connection),
            lists=lists_in(connection),
            # A search line takes what no text of a record does.
            searches=tuple(
                replace(each, text=only_text(each.text)) for each in searches_in(connection)
            ),
            begun=_begun(_owned(connection, _BEGUN_OF_NOTHING), None),
            bin=binned,
        )


def read_records(
    connection: Connection, ids: Sequence[int], questions: Questions
) -> Iterator[OpenRecord]:
    """The records of these ids, by their ids; their questions get numbers."""
    for begin in range(0, len(ids), _PAGE):
        yield from _page(connection, {"records": ids[begin : begin + _PAGE]}, questions)


def read_hand_actions(connection: Connection) -> tuple[OpenHandAction, ...]:
    """What was agreed outside any record, in the order in which it was added."""
    reviews = _owned(connection, _HAND_REVIEWS)
    begun = _owned(connection, _BEGUN[_b.action_id])
    return tuple(
        OpenHandAction(**action, reviews=_reviews(reviews, an_id), begun=_begun(begun, an_id))
        for an_id, action in _by_id(connection.execute(_HAND_ACTIONS).mappings())
    )


def _page(
    connection: Connection, these: Mapping[str, Sequence[int]], questions: Questions
) -> Iterator[OpenRecord]:
    answers = _owned(connection, _ANSWERS, these)
    actions = _owned(connection, _ACTIONS, these)
    tags = _owned(connection, _TAGS, these)
    reviews = _owned(connection, _REVIEWS, these)
    action_reviews = _owned(connection, _ACTION_REVIEWS, these)
    disclosures = _owned(connection, _DISCLOSURES, these)
    begun = _owned(connection, _BEGUN[_b.record_id])
    action_begun = _owned(connection, _BEGUN[_b.action_id])
    for record_id, head in _by_id(connection.execute(_RECORDS, these).mappings()):
        yield OpenRecord(
            **head,
            tags=tuple(each["name"] for each in tags.get(record_id, ())),
            answers=tuple(_answer(each, questions) for each in answers.get(record_id, ())),
            actions=tuple(
                OpenAction(
                    **action,
                    reviews=_reviews(action_reviews, an_id),
                    begun=_begun(action_begun, an_id),
                )
                for an_id, action in _by_id(actions.get(record_id, ()))
            ),
            reviews=_reviews(reviews, record_id),
            disclosures=tuple(map(_disclosure, disclosures.get(record_id, ()))),
            begun=_begun(begun, record_id),
        )


def _people(connection: Connection) -> tuple[OpenPerson, ...]:
    begun = _owned(connection, _BEGUN[_b.person_id])
    return tuple(
        OpenPerson(**person, begun=_begun(begun, an_id))
        for an_id, person in _by_id(connection.execute(_PEOPLE).mappings())
    )


def _answer(row: _Fields, questions: Questions) -> OpenAnswer:
    value = row["value"]
    return OpenAnswer(
        questions.number(row["step_id"], row["step_title"], row["asked"]),
        row["audience"],
        None if value is None else store.to_value(value),
    )


def _reviews(reviews: _Owned, owner: int) -> tuple[OpenReview, ...]:
    return tuple(OpenReview(**each) for each in reviews.get(owner, ()))


def _disclosure(row: _Fields) -> OpenDisclosure:
    parts = msgspec.json.decode(row.pop("parts"), type=tuple[str, ...])
    return OpenDisclosure(**row, parts=parts)


def _begun(begun: _Owned, owner: int | None) -> tuple[OpenBegun, ...]:
    return tuple(
        OpenBegun(
            Form(each["form"]),
            msgspec.json.decode(each["words"], type=dict[str, str]),
            each["written"],
        )
        for each in begun.get(owner, ())
    )


def _owned(
    connection: Connection, query: _Query, these: Mapping[str, Sequence[int]] | None = None
) -> _Owned:
    """The rows of a query, by what they belong to."""
    found: dict[int | None, list[_Fields]] = {}
    for row in connection.execute(query, these).mappings():
        fields = dict(row)
        found.setdefault(fields.pop("of"), []).append(fields)
    return found


def _by_id(rows: Iterable[Mapping[Any, Any]]) -> Iterator[tuple[int, _Fields]]:
    """Each row without its id, after it."""
    for row in rows:
        fields = dict(row)
        yield fields.pop("id"), fields
