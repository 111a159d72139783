"""The bin: what one removes lies here for 30 days and can be put back; then it is really gone.

A record in the bin is in no other table, so no list, search, figure or date knows of it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, func, select, tuple_

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal import store
from retention_desktop.journal.arriving import Arrivals
from retention_desktop.journal.begun import drop_summary_of_several
from retention_desktop.journal.binned import Lying, lying_in, put_in
from retention_desktop.journal.disclosures import drop_empty_disclosures
from retention_desktop.journal.erasing import finish_erasing, note_erasure
from retention_desktop.journal.exporting import read_records
from retention_desktop.journal.open_format import OpenBinned, folded
from retention_desktop.journal.questions import Questions
from retention_desktop.models import tables as t
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import Binned, Changes
from retention_desktop.vault import Vault

DAYS = 30  # that something stays
MOST_AT_ONCE = 1_000  # records that are put in the bin together

_a = t.action.c
_b = t.binned.c
_r = t.record.c
_BINNED = (
    select(_b.id, _b.at, _b.title, _b.driver, t.person.c.alias, _b.started, _b.finished)
    .select_from(t.binned.outerjoin(t.person))
    .order_by(_b.at.desc(), _b.id.desc())
)


def last_day(binned_at: datetime) -> date:
    """The last day, where this computer is, on which something can be put back."""
    return binned_at.astimezone().date() + timedelta(days=DAYS)


def bin_records(vault: Vault, records: Iterable[int], *, now: datetime) -> Changes:
    """Move these records to the bin, drafts too, with all that belongs to them: all, or none.

    Raises BadInput for more than `MOST_AT_ONCE`, and NotFound.
    """
    wanted = sorted(set(records))
    if len(wanted) > MOST_AT_ONCE:
        raise BadInput(
            f"At most {MOST_AT_ONCE:,} records can go to the bin together.", "Choose fewer of them."
        )
    these = _r.id.in_(wanted)
    heads = select(_r.id, _r.person_id, t.person.c.alias).select_from(t.record.outerjoin(t.person))
    with vault.writing() as connection:
        rows = connection.execute(heads.where(these).order_by(_r.id)).all()
        if missing := set(wanted) - {row.id for row in rows}:
            raise store.not_found(min(missing))
        questions = Questions()
        whole = list(read_records(connection, wanted, questions))
        known = {each.id: each for each in questions.all()}
        for row, record in zip(rows, whole, strict=True):
            put_in(connection, OpenBinned(now, record), known, row.person_id)
        actions = _registered(connection, wanted)
        tags = select(t.record_tag.c.tag_id).distinct().where(t.record_tag.c.record_id.in_(wanted))
        perhaps_unused = connection.execute(tags).scalars().all()
        connection.execute(delete(t.record_search).where(t.record_search.c.rowid.in_(wanted)))
        connection.execute(delete(t.record).where(these))
        store.drop_if_unused(connection, None, perhaps_unused)
        drop_empty_disclosures(connection)
    return Changes(
        records=tuple(wanted), actions=tuple(actions), people=_aliases(row.alias for row in rows)
    )


def list_binned(
    vault: Vault, *, limit: int = 50, after: tuple[datetime, int] | None = None
) -> tuple[Binned, ...]:
    """What lies in the bin, the last put there first. `after` is `at` and `id` of the last seen."""
    query = _BINNED.limit(limit)
    if after is not None:
        query = query.where(tuple_(_b.at, _b.id) < after)
    with vault.reading() as connection:
        return tuple(Binned(*row) for row in connection.execute(query))


def count_binned(vault: Vault) -> int:
    """How many records lie in the bin."""
    with vault.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(t.binned)).scalar_one())


def restore_binned(vault: Vault, ids: Collection[int]) -> Changes:
    """Put back what lies at these places in the bin, each as it was but its id: all, or none.

    Raises NotFound where one has gone.
    """
    with vault.writing() as connection:
        questions = Questions()
        lying = tuple(lying_in(connection, questions, ids))
        if len(lying) != len(set(ids)):
            raise _gone()
        records = _put_back(connection, lying, questions)
        connection.execute(delete(t.binned).where(_b.id.in_(ids)))
        actions = _registered(connection, records)
    people = _aliases(each.record.person for each in lying)
    return Changes(records=tuple(records), actions=tuple(actions), people=people)


def restore_binned_at(vault: Vault, moment: datetime) -> Changes:
    """Put back what was moved to the bin together at this moment; raises as `restore_binned`."""
    with vault.reading() as connection:
        ids = connection.execute(select(_b.id).where(_b.at == moment)).scalars().all()
    if not ids:
        raise _gone()
    return restore_binned(vault, ids)


def empty_binned(vault: Vault, ids: Collection[int] | None = None) -> Changes:
    """Remove for good what lies at these places in the bin, or all of it; nobody can bring it back.

    It leaves the store and its log too, as in `erase_person`.
    """
    with vault.writing() as connection:
        people = _remove(connection, ids)
    finish_erasing(vault)
    return Changes(people=people)


def forget_old_binned(vault: Vault, now: datetime) -> Changes:
    """Remove for good what was put in the bin more than 30 days ago."""
    today = now.astimezone().date()
    with vault.writing() as connection:
        rows = connection.execute(select(_b.id, _b.at)).all()
        old = [row.id for row in rows if last_day(row.at) < today]
        people = _remove(connection, old) if old else ()
    if old:
        finish_erasing(vault)
    return Changes(people=people)


def put_back_of(connection: Connection, person: int) -> dict[int, datetime]:
    """Put back all records with somebody; by their new ids, since when they lay in the bin."""
    ids = connection.execute(select(_b.id).where(_b.person_id == person)).scalars().all()
    questions = Questions()
    lying = tuple(lying_in(connection, questions, ids))
    records = _put_back(connection, lying, questions)
    return {record: each.at for record, each in zip(records, lying, strict=True)}


def _put_back(
    connection: Connection, lying: Sequence[Lying], questions: Questions
) -> Sequence[int]:
    people = {
        folded(each.record.person): each.person_id
        for each in lying
        if each.record.person is not None and each.person_id is not None
    }
    arrivals = Arrivals(connection, questions.all(), people)
    records = [arrivals.add_record(each.record) for each in lying]
    arrivals.settle()
    return records


def _remove(connection: Connection, ids: Collection[int] | None) -> tuple[str, ...]:
    """Remove for good, and forget whom nothing names any more; the aliases of those concerned."""
    these = _b.id.is_not(None) if ids is None else _b.id.in_(ids)
    whose = select(t.person.c.id, t.person.c.alias).where(
        t.person.c.id.in_(select(_b.person_id).where(these))
    )
    people = connection.execute(whose).all()
    connection.execute(delete(t.binned).where(these))
    drop_summary_of_several(connection)
    for person in people:
        store.drop_if_unused(connection, person.id, ())
    note_erasure(connection)
    return _aliases(person.alias for person in people)


def _registered(connection: Connection, records: Sequence[int]) -> Sequence[int]:
    """The actions of these records that are in the register: none of a draft."""
    query = select(_a.id).join_from(t.action, t.record)
    finished = _r.state == RecordState.FINISHED
    return connection.execute(query.where(_r.id.in_(records), finished)).scalars().all()


def _aliases(people: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({alias for alias in people if alias is not None}))


def _gone() -> NotFound:
    return NotFound("This is no longer in the bin.", "Look in your journal: it may be back there.")
