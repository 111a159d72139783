"""The log of what has left the journal: when, how, for whom, and which parts of which record."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, select

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.begun import drop_begun
from retention_desktop.models import tables as t
from retention_desktop.models.enums import WayOut
from retention_desktop.models.views import Changes, Disclosure, Place
from retention_desktop.vault import Vault

_d = t.disclosure.c
_OF_RECORD = (
    select(_d.id, _d.at, _d.way, _d.for_whom, _d.sha256, _d.kept_because, t.disclosed.c.parts)
    .join_from(t.disclosure, t.disclosed)
    .order_by(_d.at.desc(), _d.id.desc())
)


def note_disclosure(
    vault: Vault,
    way: WayOut,
    parts: Mapping[int, Sequence[str]],
    *,
    now: datetime,
    for_whom: str = "",
    sha256: str = "",
    kept_because: str = "",
    settles: Place | None = None,
) -> Changes:
    """Remember that `parts`, headings by the id of their record, have left in this way.

    `settles` is the form in which it was put together: its words go. Raises NotFound for a record
    that is gone, and BadInput where nothing left.
    """
    if not parts:
        raise BadInput("Nothing left, so there is nothing to remember.")
    columns = {
        "at": now,
        "way": way,
        "for_whom": store.checked_text(for_whom.strip(), "for-whom"),
        "sha256": sha256,
        "kept_because": store.checked_text(kept_because, "kept-because"),
    }
    with vault.writing() as connection:
        known = connection.execute(select(t.record.c.id).where(t.record.c.id.in_(parts)))
        if missing := set(parts) - set(known.scalars()):
            raise store.not_found(min(missing))
        disclosure = store.inserted(connection, t.disclosure, columns)
        rows = [
            {
                "disclosure_id": disclosure,
                "record_id": record_id,
                "parts": msgspec.json.encode(tuple(headings)).decode(),
            }
            for record_id, headings in parts.items()
        ]
        connection.execute(insert(t.disclosed), rows)
        if settles is not None:
            drop_begun(connection, settles)
    return Changes(records=tuple(parts))


def list_disclosures(vault: Vault, record_id: int) -> tuple[Disclosure, ...]:
    """What has left of a record, the last first."""
    with vault.reading() as connection:
        rows = connection.execute(_OF_RECORD.where(t.disclosed.c.record_id == record_id)).all()
    return tuple(_to_disclosure(*row) for row in rows)


def disclosed_about(connection: Connection, person: int) -> tuple[Disclosure, ...]:
    """What has left of the records with a person, the last first."""
    theirs = select(t.record.c.id).where(t.record.c.person_id == person)
    rows = connection.execute(_OF_RECORD.where(t.disclosed.c.record_id.in_(theirs)))
    return tuple(_to_disclosure(*row) for row in rows)


def drop_empty_disclosures(connection: Connection) -> None:
    """Forget those of which every record is gone: whom they were for is nobody's business then."""
    connection.execute(
        delete(t.disclosure).where(_d.id.not_in(select(t.disclosed.c.disclosure_id)))
    )


def _to_disclosure(
    disclosure_id: int,
    at: datetime,
    way: WayOut,
    for_whom: str,
    sha256: str,
    kept_because: str,
    parts: str,
) -> Disclosure:
    headings = msgspec.json.decode(parts, type=tuple[str, ...])
    return Disclosure(disclosure_id, at, way, for_whom, sha256, kept_because, headings)
