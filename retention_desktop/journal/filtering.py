"""Which records are meant: by tool, driver, state and day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select

from retention_desktop.models import tables as t
from retention_desktop.models.enums import Driver, RecordState

# Windows cannot say which moment a local time before 1970 is, whatever the time zone. No record is
# older than this.
EARLIEST = date(1971, 1, 1)

_r = t.record.c


class Filter(Struct, frozen=True):
    """What records must be like; None means any.

    The days are this computer's, both included, and count from when a record was last written in.
    """

    tool: str | None = None
    driver: Driver | None = None
    state: RecordState | None = None
    since: date | None = None
    until: date | None = None


ALL = Filter()


def filtered(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    """The query on `record`, narrowed to what is wanted."""
    columns = ((_r.tool_id, wanted.tool), (_r.driver, wanted.driver), (_r.state, wanted.state))
    query = query.where(*(column == value for column, value in columns if value is not None))
    if wanted.since is not None:
        query = query.where(_r.updated >= _midnight(wanted.since))
    if wanted.until is not None:
        query = query.where(_r.updated < _midnight(wanted.until + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    """The moment when a day begins where this computer is."""
    return datetime.combine(max(day, EARLIEST), time.min).astimezone(UTC)
