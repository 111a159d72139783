"""What was written when, and how much of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import select

from retention_desktop.journal.filtering import Filter, filtered
from retention_desktop.models import tables as t
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.models.views import Record
from retention_desktop.vault import Vault


def days_written(vault: Vault, wanted: Filter) -> Mapping[date, int]:
    """How many of the wanted records were last written in on each day of this computer.

    The cost grows with the records between `since` and `until`: give both.
    """
    query = filtered(select(t.record.c.updated), wanted)
    with vault.reading() as connection:
        moments: Iterator[datetime] = iter(connection.execute(query).scalars().all())
    return Counter(moment.astimezone().date() for moment in moments)


def a_year_before(today: date) -> tuple[date, date]:
    """The first and the last day of the fortnight around this day a year ago."""
    is_leap_day = (today.month, today.day) == (2, 29)
    then = today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)
    return then - timedelta(days=7), then + timedelta(days=6)


def count_words(record: Record) -> int:
    """How many words a person wrote in a record; what they chose from a list does not count."""
    texts = [text for each in record.answers for text in _texts(each.prompt, each.value)]
    texts += (action.text for action in record.actions)
    return sum(len(text.split()) for text in texts)


def _texts(prompt: Prompt, value: Value | None) -> Iterator[str]:
    match prompt.kind:
        case PromptKind.LONG_TEXT | PromptKind.SHORT_TEXT:
            yield str(value or "")
        case PromptKind.TABLE | PromptKind.LEVELS:
            # The first cells of fixed rows are the tool's words.
            columns = prompt.columns[1:] if prompt.rows else prompt.columns
            yield from _cells(
                value, *(each.id for each in columns if each.kind is PromptKind.SHORT_TEXT)
            )
        case PromptKind.THEMES | PromptKind.OVERLAP:
            yield from _cells(value, "text")
        case PromptKind.MATCHED:
            yield from _cells(value, "response")


def _cells(value: Value | None, *columns: str) -> Iterator[str]:
    for row in cast("list[TableRow]", value or []):
        yield from (str(row[column]) for column in columns if column in row)
