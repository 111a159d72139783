"""What the journal's screen asks of the vault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.matching import near
from retention_desktop.journal.queries import Known
from retention_desktop.journal.records import count_records, list_records
from retention_desktop.journal.saved import SavedSearch, saved_searches
from retention_desktop.journal.search import known_names, search_records
from retention_desktop.journal.tags import tags_of
from retention_desktop.journal.written import a_year_before
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.journal.filters import Asked
from retention_desktop.ui.journal.records_model import RecordRow
from retention_desktop.ui.listing import Found
from retention_desktop.vault import Vault

MOST_HITS = 50


class Learnt(Struct, frozen=True):
    """What there is besides the records of the list."""

    known: Known
    searches: tuple[SavedSearch, ...]
    a_year_ago: int  # records


def look_in(
    vault: Vault, asked: Asked, limit: int, after: RecordRow | None
) -> Found[Asked, RecordRow]:
    """The records that fit, a page after another; where one searches, those that fit best."""
    if asked.wanted is None:
        return Found(asked, (), 0, may_have_more=False)
    if asked.words:
        hits = search_records(vault, asked.words, asked.wanted, limit=MOST_HITS, as_you_type=True)
        tags = tags_of(vault, [hit.head.id for hit in hits])
        rows = tuple(RecordRow(hit.head, near(hit.snippet), tags[hit.head.id]) for hit in hits)
        return Found(asked, rows, len(rows), may_have_more=False)
    last = None if after is None else (after.head.updated, after.head.id)
    heads = list_records(vault, asked.wanted, limit=limit, after=last)
    tags = tags_of(vault, [head.id for head in heads])
    rows = tuple(RecordRow(head, ((head.preview, False),), tags[head.id]) for head in heads)
    count = count_records(vault, asked.wanted)
    return Found(asked, rows, count, may_have_more=len(heads) == limit)


def learn(vault: Vault, tools: Sequence[Tool], today: date) -> Learnt:
    """What can be named in a search, the saved searches, and how much there is from last year."""
    since, until = a_year_before(today)
    return Learnt(
        known_names(vault, tools),
        saved_searches(vault),
        count_records(vault, Filter(since=since, until=until)),
    )
