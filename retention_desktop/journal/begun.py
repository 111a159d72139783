"""What somebody began to write into a form, until the form is settled: nothing typed is lost.

The verb that settles a form drops its words in the same transaction.
"""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    collate,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from retention_desktop.errors import NotFound
from retention_desktop.journal import store
from retention_desktop.models import tables as t
from retention_desktop.models.enums import Form
from retention_desktop.models.views import Begun, Changes, Place
from retention_desktop.vault import Vault

_b = t.begun.c
_BEGUN: Select[*tuple[Any, ...]] = (
    select(_b.form, _b.record_id, _b.action_id, t.person.c.alias, _b.words, _b.written)
    .select_from(t.begun.outerjoin(t.person))
    .order_by(_b.written.desc(), _b.id.desc())
)
# Whom a form is about that somebody fills in, as they type it: there may be space around it.
_named = func.trim(func.json_extract(_b.words, "$.person"))


def keep_begun(vault: Vault, place: Place, words: dict[str, str], *, now: datetime) -> Changes:
    """Keep what a form holds now, in place of what it held; without `words`, forget it.

    Raises NotFound where what the form is about is gone.
    """
    for name, text in words.items():
        store.checked_text(text, name)
    with vault.writing() as connection:
        drop_begun(connection, place)
        if words:
            row = {"form": place.form, "words": msgspec.json.encode(words).decode()}
            abouts = _abouts(connection, place)
            connection.execute(insert(t.begun), row | abouts | {"written": now})
    return Changes()


def read_begun(vault: Vault, place: Place) -> dict[str, str]:
    """What a form holds that is not settled yet; empty where nobody has begun it."""
    with vault.reading() as connection:
        row = connection.execute(_BEGUN.where(_at(place))).first()
    return {} if row is None else _to_begun(row).words


def all_begun(vault: Vault) -> tuple[Begun, ...]:
    """What every form holds that is not settled yet, the last written first."""
    with vault.reading() as connection:
        return tuple(map(_to_begun, connection.execute(_BEGUN)))


def begun_about_action(vault: Vault, action_id: int) -> tuple[Begun, ...]:
    """What the forms about an action hold, the last written first."""
    with vault.reading() as connection:
        return tuple(map(_to_begun, connection.execute(_BEGUN.where(_b.action_id == action_id))))


def drop_begun(connection: Connection, place: Place) -> None:
    """Let go of what a form holds: it is settled."""
    connection.execute(delete(t.begun).where(_at(place)))


def begun_about_person(connection: Connection, person: int, alias: str) -> tuple[Begun, ...]:
    """What forms hold about somebody, their records and their actions, or that names them."""
    of_record = select(t.record.c.id).where(t.record.c.person_id == person)
    of_action = select(t.action.c.id).where(t.action.c.person_id == person)
    theirs = or_(
        _b.person_id == person,
        _b.record_id.in_(of_record),
        _b.action_id.in_(of_action),
        _names(alias),
    )
    return tuple(map(_to_begun, connection.execute(_BEGUN.where(theirs))))


def drop_begun_that_names(connection: Connection, alias: str) -> None:
    """Let go of forms in which somebody is named; those about them go with them."""
    connection.execute(delete(t.begun).where(_names(alias)))
    drop_summary_of_several(connection)


def drop_summary_of_several(connection: Connection) -> None:
    """Let go of a summary of several records: it may hold words of any of them."""
    of_several = and_(_b.form == Form.SUMMARY, _b.record_id.is_(None))
    connection.execute(delete(t.begun).where(of_several))


def rename_in_begun(connection: Connection, alias: str, new_alias: str) -> None:
    """Let forms that name somebody name them by their new alias."""
    renamed = func.json_set(_b.words, "$.person", new_alias)
    connection.execute(update(t.begun).where(_names(alias)).values(words=renamed))


def _at(place: Place) -> ColumnElement[bool]:
    person = select(t.person.c.id).where(t.person.c.alias == place.person).scalar_subquery()
    return and_(
        _b.form == place.form,
        _b.record_id.is_not_distinct_from(place.record_id),
        _b.action_id.is_not_distinct_from(place.action_id),
        _b.person_id.is_not_distinct_from(person),
    )


def _names(alias: str) -> ColumnElement[bool]:
    return collate(_named, "NOCASE") == alias


def _abouts(connection: Connection, place: Place) -> dict[str, int | None]:
    """The ids of what a form is about; raises NotFound where it is gone."""
    abouts: dict[str, int | None] = {}
    for table, column, wanted in (
        (t.record, t.record.c.id, place.record_id),
        (t.action, t.action.c.id, place.action_id),
        (t.person, t.person.c.alias, place.person),
    ):
        found = connection.scalar(select(table.c.id).where(column == wanted))
        if wanted is not None and found is None:
            raise NotFound("What this is about is no longer in the journal.")
        abouts[f"{table.name}_id"] = found
    return abouts


def _to_begun(row: Row[*tuple[Any, ...]]) -> Begun:
    form, record_id, action_id, alias, words, written = row
    place = Place(Form(form), record_id, action_id, alias)
    return Begun(place, msgspec.json.decode(words, type=dict[str, str]), written)
