"""The people that records are about: what is known of them, when one met, and all that is held.

A person is known by an alias. Capitals make no difference in it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, null, select, update

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal import store
from retention_desktop.journal.actions import HEADS as ACTIONS
from retention_desktop.journal.begun import (
    begun_about_person,
    drop_begun,
    drop_begun_that_names,
    rename_in_begun,
)
from retention_desktop.journal.bin import put_back_of
from retention_desktop.journal.disclosures import disclosed_about, drop_empty_disclosures
from retention_desktop.journal.erasing import finish_erasing, note_erasure
from retention_desktop.journal.records import records_of
from retention_desktop.journal.saved import (
    SAVED_SEARCHES,
    drop_searches_for,
    rename_in_searches,
)
from retention_desktop.models import tables as t
from retention_desktop.models.enums import Form
from retention_desktop.models.views import (
    ActionHead,
    Changes,
    Event,
    Everything,
    Person,
    Place,
    Review,
)
from retention_desktop.vault import Vault

LONGEST_BETWEEN = 366  # days

_a = t.action.c
_p = t.person.c
_r = t.record.c
_last_finished = select(func.max(_r.finished)).where(_r.person_id == _p.id).scalar_subquery()
_PEOPLE = select(
    _p.alias,
    _p.role,
    _p.profession,
    _p.working_pattern,
    _p.meet_every,
    _p.created,
    _last_finished.label("last"),
).order_by(_p.alias)
_HEADS = store.HEADS.add_columns(_r.agreed)


def list_people(vault: Vault) -> tuple[Person, ...]:
    """Everybody, in the order of their aliases. The cost does not grow with the records."""
    with vault.reading() as connection:
        return tuple(map(_to_person, connection.execute(_PEOPLE)))


def get_person(vault: Vault, alias: str) -> Person:
    """What is known of one person; raises NotFound."""
    with vault.reading() as connection:
        return _person(connection, alias)


def longer_than_agreed(vault: Vault, today: date) -> tuple[Person, ...]:
    """Those with whom the agreed time to meet has passed, the longest ago first.

    Where one has not met yet, it counts from the day on which the person was made known.
    """
    agreed = _PEOPLE.where(_p.meet_every.is_not(null()))
    with vault.reading() as connection:
        people = [*map(_to_person, connection.execute(agreed))]
    late = [(each.next_meeting, each) for each in people if each.next_meeting is not None]
    late = [(day, each) for day, each in late if day < today]
    return tuple(each for _, each in sorted(late, key=lambda pair: (pair[0], pair[1].alias)))


def add_person(vault: Vault, alias: str, *, now: datetime) -> Changes:
    """Make somebody known; one who is known already stays as they are."""
    name = store.checked_name(alias, "An alias")
    with vault.writing() as connection:
        store.person_id(connection, name, now=now)
        drop_begun(connection, Place(Form.NEW_PERSON))
    return Changes(people=(name,))


def change_person(
    vault: Vault,
    alias: str,
    *,
    new_alias: str,
    role: str,
    profession: str,
    working_pattern: str,
    meet_every: int | None,
) -> Changes:
    """Say anew what is known of a person. `meet_every` is in days, from 1 to 366, or None.

    Raises NotFound, and BadInput for an alias that is somebody else's.
    """
    name = store.checked_name(new_alias, "An alias")
    if meet_every is not None and not 1 <= meet_every <= LONGEST_BETWEEN:
        raise BadInput(f"The time between two meetings is 1 to {LONGEST_BETWEEN} days.")
    columns = {
        "role": store.checked_text(role, "role"),
        "profession": store.checked_text(profession, "profession"),
        "working_pattern": store.checked_text(working_pattern, "working-pattern"),
        "meet_every": meet_every,
    }
    with vault.writing() as connection:
        person = _id(connection, alias)
        if connection.scalar(select(_p.id).where(_p.alias == name)) not in (None, person):
            raise BadInput("Somebody else has this alias already.", "Choose another.")
        renamed = connection.scalar(select(_p.alias).where(_p.id == person)) != name
        columns |= {"alias": name}
        drop_begun(connection, Place(Form.DETAILS, person=alias))
        rename_in_begun(connection, alias, name)
        in_searches = renamed and rename_in_searches(connection, alias, name)
        connection.execute(update(t.person).where(_p.id == person).values(columns))
        records = _record_ids(connection, person) if renamed else ()
        if records:
            connection.execute(
                insert(t.search_pending).prefix_with("OR IGNORE"),
                [{"record_id": record_id} for record_id in records],
            )
    return Changes(
        records=tuple(records),
        people=(alias, name) if renamed else (name,),
        lists=(SAVED_SEARCHES,) if in_searches else (),
    )


def timeline(vault: Vault, alias: str) -> tuple[Event, ...]:
    """All records, actions and reviews with a person, the newest first; raises NotFound."""
    with vault.reading() as connection:
        person = _id(connection, alias)
        events = [
            *_met(connection, person),
            *(Event(each.created, each) for each in _actions(connection, person)),
            *(Event(each.done, each) for each in _reviews(connection, person)),
        ]
    return tuple(sorted(events, key=_moment, reverse=True))


def everything_about(vault: Vault, alias: str) -> Everything:
    """All that is held about a person, as it was at one moment; raises NotFound.

    What lies in the bin is put back, read with the rest, and is in the bin again.
    """
    with vault.writing() as connection:
        person_id = _id(connection, alias)
        person = _person(connection, alias)
        trial = connection.begin_nested()
        in_bin = put_back_of(connection, person_id)
        by_hand = [each for each in _actions(connection, person_id) if each.record_id is None]
        ids = {each.id for each in by_hand}
        everything = Everything(
            person,
            tuple(records_of(connection, person_id)),
            tuple(by_hand),
            tuple(each for each in _reviews(connection, person_id) if each.action_id in ids),
            begun_about_person(connection, person_id, alias),
            disclosed_about(connection, person_id),
            in_bin,
        )
        trial.rollback()
    return everything


def erase_person(vault: Vault, alias: str) -> Changes:
    """Remove a person and all that `everything_about` them gives; it cannot be undone.

    What was written leaves the search index, the store and its log; saved searches that narrow to
    them are forgotten. What other records say of them
    stays there. Where the store cannot be written anew (a full disk), that is done when the vault
    is closed.
    """
    with vault.writing() as connection:
        person = _id(connection, alias)
        records = _record_ids(connection, person)
        actions = connection.execute(select(_a.id).where(_a.person_id == person)).scalars().all()
        theirs = select(_r.id).where(_r.person_id == person)
        on_theirs = t.record_tag.c.record_id.in_(theirs)
        tags = connection.execute(select(t.record_tag.c.tag_id).distinct().where(on_theirs))
        perhaps_unused = tags.scalars().all()
        connection.execute(delete(t.record_search).where(t.record_search.c.rowid.in_(theirs)))
        connection.execute(delete(t.record).where(_r.person_id == person))
        connection.execute(delete(t.action).where(_a.person_id == person))
        store.drop_if_unused(connection, None, perhaps_unused)
        drop_begun_that_names(connection, alias)
        forgot = drop_searches_for(connection, alias)
        drop_empty_disclosures(connection)
        connection.execute(delete(t.person).where(_p.id == person))
        note_erasure(connection)
    finish_erasing(vault)
    return Changes(
        records=tuple(records),
        actions=tuple(actions),
        people=(alias,),
        lists=(SAVED_SEARCHES,) if forgot else (),
    )


def _to_person(row: Row[*tuple[Any, ...]]) -> Person:
    last_met = None if row.last is None else _day(row.last)
    since = last_met or _day(row.created)
    next_meeting = None if row.meet_every is None else since + timedelta(days=row.meet_every)
    return Person(
        row.alias,
        row.role,
        row.profession,
        row.working_pattern,
        row.meet_every,
        row.created,
        last_met,
        next_meeting,
    )


def _day(moment: datetime) -> date:
    """The day of a moment where this computer is."""
    return moment.astimezone().date()


def _moment(event: Event) -> datetime:
    return event.at


def _nobody() -> NotFound:
    return NotFound("There is nobody with this alias in this journal.")


def _person(connection: Connection, alias: str) -> Person:
    row = connection.execute(_PEOPLE.where(_p.alias == alias)).first()
    if row is None:
        raise _nobody()
    return _to_person(row)


def _id(connection: Connection, alias: str) -> int:
    person: int | None = connection.scalar(select(_p.id).where(_p.alias == alias))
    if person is None:
        raise _nobody()
    return person


def _record_ids(connection: Connection, person: int) -> Sequence[int]:
    return connection.execute(select(_r.id).where(_r.person_id == person)).scalars().all()


def _met(connection: Connection, person: int) -> Iterator[Event]:
    for row in connection.execute(_HEADS.where(_r.person_id == person)):
        head = store.to_head(row)
        yield Event(head.finished or head.started, head, row.agreed is not None)


def _actions(connection: Connection, person: int) -> list[ActionHead]:
    query = ACTIONS.where(_a.person_id == person).order_by(_a.created, _a.id)
    return [ActionHead(*row) for row in connection.execute(query)]


def _reviews(connection: Connection, person: int) -> list[Review]:
    of_records = select(t.review).join_from(t.review, t.record).where(_r.person_id == person)
    of_actions = select(t.review).join_from(t.review, t.action).where(_a.person_id == person)
    both = of_records.union_all(of_actions).subquery()
    rows = connection.execute(select(both).order_by(both.c.done, both.c.id))
    return [Review(*row) for row in rows]
