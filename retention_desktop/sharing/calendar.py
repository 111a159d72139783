"""The days on which something comes back, as a file for other calendars.

Such a calendar is seen by others: shared with a team, read aloud, shown on a locked phone. So the
file holds days and neutral words, and nothing that was written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from msgspec import Struct

from retention_desktop import __version__
from retention_desktop.errors import NotFound
from retention_desktop.journal.reviews import due
from retention_desktop.sharing.saving import save_file

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Alarm, Event

    from retention_desktop.models.views import Due
    from retention_desktop.vault import Vault

_MOST = 100_000
_RINGS_AT = time(9)


class Coming(Struct, frozen=True):
    """What comes back from today on, and in which vault it stands."""

    vault_id: str
    dues: tuple[Due, ...]


def what_comes(vault: Vault, *, now: datetime) -> Coming:
    """The days from today on. What has come back already stands on Today, and is left out.

    Raises NotFound where there is none.
    """
    today = now.astimezone().date()
    dues = tuple(each for each in due(vault, date.max, limit=_MOST) if each.on >= today)
    if not dues:
        raise NotFound("No date lies ahead in this journal.", "Agree a date first.")
    return Coming(vault.vault_id, dues)


def write_calendar(
    coming: Coming, target: Path, *, now: datetime, with_titles: bool = False
) -> None:
    """Save the days to `target` for another calendar, as `calendar` makes them.

    It needs no vault: many days take a while. Raises DiskFull or FileProblem.
    """
    save_file(calendar(coming, now=now, with_titles=with_titles), target)


def calendar(coming: Coming, *, now: datetime, with_titles: bool = False) -> bytes:
    """An iCalendar file (RFC 5545): for each due thing a whole day, and an alarm at nine.

    No word of what was written is in it and no person; the title of a tool only `with_titles`. The
    same thing has the same UID in each file of a vault, so a newer file moves it to its new day.
    """
    from icalendar import Calendar  # a tenth of a second that only this needs

    made = Calendar()
    made.add("prodid", f"-//Retention Desktop//{__version__}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    vault_id = UUID(coming.vault_id)
    for each in coming.dues:
        made.add_component(_event(each, vault_id, now, with_titles=with_titles))
    content: bytes = made.to_ical()
    return content


def _event(waiting: Due, vault_id: UUID, now: datetime, *, with_titles: bool) -> Event:
    from icalendar import Event

    if waiting.action_id is None:
        words, key = "Look again", f"record {waiting.record_id}"
    else:
        words, key = "Something agreed", f"action {waiting.action_id}"
    if with_titles and waiting.title:
        words = f"{words}: {waiting.title}"
    event = Event()
    event.add("uid", str(uuid5(vault_id, key)))  # tells neither the vault nor the number
    event.add("dtstamp", now.astimezone(UTC))
    # Calendars keep the event with the higher number, and Outlook holds it in 31 bits.
    event.add("sequence", int(now.timestamp()) // 60)
    event.add("summary", words)
    event.add("dtstart", waiting.on)
    event.add("dtend", waiting.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # the day stays free for others
    event.add("class", "PRIVATE")
    # A moment, not "nine hours after the start": Outlook takes any such span as one before it
    # (MS-OXCICAL 2.1.3.1.1.20.62).
    rings = datetime.combine(waiting.on, _RINGS_AT).astimezone(UTC)
    if rings > now:
        event.add_component(_alarm(words, rings))
    return event


def _alarm(words: str, rings: datetime) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", rings, parameters={"VALUE": "DATE-TIME"})
    return alarm
