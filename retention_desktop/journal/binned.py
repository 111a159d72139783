"""How records lie in the bin: each whole, in one row, as the open format has it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, insert, select

from retention_desktop.journal.open_format import OpenBinned, OpenQuestion, OpenRecord
from retention_desktop.journal.questions import Questions
from retention_desktop.models import tables as t

_b = t.binned.c
_BINNED = (
    select(_b.id, _b.at, _b.person_id, t.person.c.alias, _b.content)
    .select_from(t.binned.outerjoin(t.person))
    .order_by(_b.id)
)


class Kept(Struct, frozen=True):
    """A record and its questions. It names nobody: a person in the bin may be called anew."""

    questions: tuple[OpenQuestion, ...]
    record: OpenRecord


class Lying(Struct, frozen=True):
    """A record in the bin, with its place there. It is with the person of this id, if anybody."""

    id: int
    at: datetime
    person_id: int | None
    record: OpenRecord


def put_in(
    connection: Connection,
    binned: OpenBinned,
    known: Mapping[int, OpenQuestion],
    person: int | None,
) -> None:
    """Put a record in the bin; `known` are its questions by the numbers it has."""
    questions = Questions()
    record = questions.take(replace(binned.record, person=None), known)
    content = msgspec.json.encode(Kept(questions.all(), record)).decode()
    row = {
        "at": binned.at,
        "person_id": person,
        "title": record.title,
        "driver": record.driver,
        "started": record.started,
        "finished": record.finished,
        "content": content,
    }
    connection.execute(insert(t.binned), row)


def lying_in(
    connection: Connection, questions: Questions, ids: Collection[int] | None = None
) -> Iterator[Lying]:
    """What lies in the bin, at these places or at all; its questions get numbers."""
    query = _BINNED if ids is None else _BINNED.where(_b.id.in_(ids))
    for an_id, at, person_id, alias, content in connection.execute(query):
        kept = msgspec.json.decode(content, type=Kept)
        record = questions.take(kept.record, {each.id: each for each in kept.questions})
        yield Lying(an_id, at, person_id, replace(record, person=alias))
