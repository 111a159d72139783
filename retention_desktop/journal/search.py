"""Finding records by the words in them."""

import re
from collections.abc import Iterable

from sqlalchemy import Integer, Select, Text, bindparam, func, literal_column, select

from retention_desktop.journal import store
from retention_desktop.journal.filtering import ALL, Filter, filtered
from retention_desktop.journal.matching import Pieces, Wanted, wanted_words
from retention_desktop.journal.queries import Known
from retention_desktop.models import tables as t
from retention_desktop.models.views import SearchHit
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

_SNIPPET_WORDS = 24
_BODY = 1  # the column that snippets come from: the title stands beside them anyway

# Characters that no text uses mark where a snippet's found words begin and end.
_BEGIN, _END = "\ue000", "\ue001"
_MARKED = re.compile(f"({_BEGIN}[^{_END}]*(?:{_END}|$))")

_index = literal_column("record_search", Text)
_FOUND = (
    select(
        *store.HEAD_COLUMNS,
        func.snippet(_index, _BODY, _BEGIN, _END, "…", _SNIPPET_WORDS).label("snippet"),
    )
    .select_from(
        t.record_search.join(t.record, t.record.c.id == t.record_search.c.rowid).outerjoin(t.person)
    )
    .where(_index.op("MATCH")(bindparam("words")))
    # By rank, and never by bm25(): this sorts inside the index and builds no more than it gives.
    .order_by(literal_column("rank"))
    .limit(bindparam("most"))
)

_PENDING = select(t.search_pending.c.record_id)
_ALIASES = select(t.person.c.alias).order_by(t.person.c.alias)
_TAGS = select(t.tag.c.name).order_by(t.tag.c.name)


def search_records(
    vault: Vault,
    query: str,
    wanted: Filter = ALL,
    *,
    limit: int = 50,
    as_you_type: bool = False,
) -> tuple[SearchHit, ...]:
    """The wanted records that hold every word of the query, the best first; () if it is empty.

    While somebody types, the last word may be the beginning of one.
    """
    words = match_words(wanted_words(query, as_you_type=as_you_type))
    if not words:
        return ()
    refresh_search(vault)
    found = _FOUND
    if wanted != ALL:
        # The plus keeps SQLite from asking the index anew for each record that is wanted.
        found = found.where(literal_column("+record_search.rowid", Integer).in_(_ids(wanted)))
    with vault.reading() as connection:
        rows = connection.execute(found, {"words": words, "most": limit}).all()
    return tuple(SearchHit(store.to_head(row), _pieces(row.snippet)) for row in rows)


def known_names(vault: Vault, tools: Iterable[Tool]) -> Known:
    """What a query can name: these tools, and the people and tags of the journal."""
    with vault.reading() as connection:
        people = tuple(connection.execute(_ALIASES).scalars())
        tags = tuple(connection.execute(_TAGS).scalars())
    return Known(tuple((tool.id, tool.title) for tool in tools), people, tags)


def refresh_search(vault: Vault) -> None:
    """Bring the index up to date with all that was written since the last time.

    A search does so first. Call this before a vault is closed, so that no deleted word stays.
    """
    with vault.reading() as connection:
        pending = connection.execute(_PENDING).scalars().all()
    if pending:
        with vault.writing() as connection:
            for record_id in pending:
                store.refresh_search(connection, record_id)


def _ids(wanted: Filter) -> Select[int]:
    return filtered(select(t.record.c.id), wanted)


def match_words(wanted: Wanted) -> str:
    """The words in the index's own language, in which each is quoted: no sign has power."""
    phrase = " ".join('"' + word.replace('"', '""') + '"' for word in wanted.words)
    return f"{phrase}*" if wanted.begins else phrase


def _pieces(snippet: str) -> Pieces:
    # A line of the index is an answer or a row of one.
    lines = (" ".join(line.split()) for line in snippet.splitlines())
    pieces = _MARKED.split(" · ".join(filter(None, lines)))
    shown = ((piece.strip(_BEGIN + _END), piece.startswith(_BEGIN)) for piece in pieces)
    return tuple((text, found) for text, found in shown if text)
