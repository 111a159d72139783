"""Which records are meant: by tool, driver, state, day, person and tag."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, select

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
    person: str | None = None
    tags: tuple[str, ...] = ()  # all of them


ALL = Filter()


def narrowed(wanted: Filter, also: Filter) -> Filter | None:
    """What both want; None where no record can be like both."""
    if any(
        one is not None and other is not None and one != other
        for one, other in (
            (wanted.tool, also.tool),
            (wanted.driver, also.driver),
            (wanted.state, also.state),
            (wanted.person, also.person),
        )
    ):
        return None
    since = max(filter(None, (wanted.since, also.since)), default=None)
    until = min(filter(None, (wanted.until, also.until)), default=None)
    if since is not None and until is not None and since > until:
        return None
    return Filter(
        tool=wanted.tool or also.tool,
        driver=wanted.driver or also.driver,
        state=wanted.state or also.state,
        since=since,
        until=until,
        person=wanted.person or also.person,
        tags=tuple(dict.fromkeys((*wanted.tags, *also.tags))),
    )


def filtered(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    """The query on `record`, narrowed to what is wanted."""
    columns = ((_r.tool_id, wanted.tool), (_r.driver, wanted.driver), (_r.state, wanted.state))
    query = query.where(*(column == value for column, value in columns if value is not None))
    if wanted.since is not None:
        query = query.where(_r.updated >= midnight(wanted.since))
    if wanted.until is not None:
        query = query.where(_r.updated < midnight(wanted.until + timedelta(days=1)))
    if wanted.person is not None:
        person = select(t.person.c.id).where(t.person.c.alias == wanted.person)
        query = query.where(_r.person_id == person.scalar_subquery())
    for tag in wanted.tags:
        tagged = select(t.record_tag.c.record_id).join(t.tag).where(t.tag.c.name == tag)
        query = query.where(_r.id.in_(tagged))
    return query


def midnight(day: date) -> datetime:
    """The moment when a day begins where this computer is."""
    return datetime.combine(max(day, EARLIEST), time.min).astimezone(UTC)
