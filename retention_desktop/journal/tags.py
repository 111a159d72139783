"""Tags of many records at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.models import tables as t
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import Changes
from retention_desktop.vault import Vault

MOST_AT_ONCE = 1_000  # records that are tagged together

_OF_THESE = (
    select(t.record_tag.c.record_id, t.tag.c.name)
    .join(t.tag)
    .where(t.record_tag.c.record_id.in_(bindparam("records", expanding=True)))
    .order_by(t.tag.c.name)
)
_STATES = select(t.record.c.id, t.record.c.state).where(
    t.record.c.id.in_(bindparam("records", expanding=True))
)


def tags_of(vault: Vault, records: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The tags of each of these records, () where it has none."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(records, ())
    with vault.reading() as connection:
        for record_id, name in connection.execute(_OF_THESE, {"records": list(records)}):
            found[record_id] += (name,)
    return found


def tag_records(vault: Vault, records: Iterable[int], tag: str, *, now: datetime) -> Changes:
    """Put a tag on each of these records, beside those that they have; all of them, or none.

    Raises BadInput for what is no tag, and for more than `MOST_AT_ONCE` records; NotFound.
    """
    name = store.checked_name(tag, "A tag")
    wanted = tuple(dict.fromkeys(records))
    if len(wanted) > MOST_AT_ONCE:
        raise BadInput(
            f"At most {MOST_AT_ONCE:,} records can be tagged together.", "Choose fewer of them."
        )
    with vault.writing() as connection:
        rows = connection.execute(_STATES, {"records": list(wanted)})
        states = {row.id: row.state for row in rows}
        for record_id in wanted:
            if record_id not in states:
                raise store.not_found(record_id)
            store.tag_record(connection, record_id, [name])
            written = {"updated": now} if states[record_id] is RecordState.DRAFT else {}
            store.update_record(connection, record_id, **written)
    return Changes(records=wanted)
