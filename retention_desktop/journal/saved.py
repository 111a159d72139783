"""Searches that a person keeps under a name, to come back to."""

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.queries import Key, Known, Query, Term, parse_query, print_query
from retention_desktop.journal.store import checked_name
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.models.tables import vault_meta
from retention_desktop.models.views import Changes
from retention_desktop.vault import Vault

MOST_SEARCHES = 50

# What `Changes.lists` names for them: no list of a tool has a space in its name.
SAVED_SEARCHES = "saved searches"

_KEY = "saved-searches"
_STORED = select(vault_meta.c.value).where(vault_meta.c.key == _KEY)


class SavedSearch(Struct, frozen=True, omit_defaults=True):
    """A search line and the filters beside it, as they were chosen; None means any.

    `days` are those before today, so that "the last 30 days" stay the last.
    """

    name: str
    text: str = ""
    tool: str | None = None
    driver: Driver | None = None
    state: RecordState | None = None
    tag: str | None = None
    days: int | None = None
    since: date | None = None
    until: date | None = None


def saved_searches(vault: Vault) -> tuple[SavedSearch, ...]:
    """All of them, in the order of the alphabet."""
    with vault.reading() as connection:
        return searches_in(connection)


def save_search(vault: Vault, search: SavedSearch) -> Changes:
    """Keep a search under its name, in place of one that has it already.

    Raises BadInput for a name that is none, and when there are `MOST_SEARCHES`.
    """
    named = replace(search, name=checked_name(search.name, "A name"))

    def add(kept: tuple[SavedSearch, ...]) -> tuple[SavedSearch, ...]:
        others = _without(kept, named.name)
        if len(others) >= MOST_SEARCHES:
            raise BadInput(
                f"You have saved {MOST_SEARCHES} searches already.",
                "Remove one before you save another.",
            )
        return (*others, named)

    return _change(vault, add)


def rename_search(vault: Vault, name: str, new: str) -> Changes:
    """Call a saved search otherwise. Raises NotFound, and BadInput for a name that is taken."""
    checked = checked_name(new, "A name")

    def rename(kept: tuple[SavedSearch, ...]) -> tuple[SavedSearch, ...]:
        others = _without(kept, name)
        if len(others) == len(kept):
            raise NotFound("This saved search is no longer there.", "It may have been removed.")
        if _without(others, checked) != others:
            raise BadInput("Another saved search has this name.", "Choose a different name.")
        (search,) = set(kept) - set(others)
        return (*others, replace(search, name=checked))

    return _change(vault, rename)


def remove_search(vault: Vault, name: str) -> Changes:
    """Forget a saved search; the records it found stay as they are."""
    return _change(vault, lambda kept: _without(kept, name))


def _without(searches: tuple[SavedSearch, ...], name: str) -> tuple[SavedSearch, ...]:
    return tuple(each for each in searches if each.name.casefold() != name.casefold())


def _change(
    vault: Vault, change: Callable[[tuple[SavedSearch, ...]], tuple[SavedSearch, ...]]
) -> Changes:
    with vault.writing() as connection:
        is_changed = keep_searches(connection, change(searches_in(connection)))
    return Changes(lists=(SAVED_SEARCHES,) if is_changed else ())


def keep_searches(connection: Connection, searches: Iterable[SavedSearch]) -> bool:
    """Keep exactly these, for the verbs of this package; whether that changes anything."""
    after = tuple(sorted(searches, key=lambda search: search.name.casefold()))
    if after == searches_in(connection):
        return False
    row = sqlite.insert(vault_meta).values(key=_KEY, value=msgspec.json.encode(after).decode())
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[vault_meta.c.key], set_={"value": row.excluded.value}
        )
    )
    return True


def drop_searches_for(connection: Connection, alias: str) -> bool:
    """Forget those that narrow to somebody, for the verbs of this package; whether any did."""
    kept = (each for each in searches_in(connection) if not _narrows_to(each, alias))
    return keep_searches(connection, kept)


def rename_in_searches(connection: Connection, alias: str, new_alias: str) -> bool:
    """Let those that narrow to somebody name them by their new alias; whether any did."""
    renamed = (
        replace(each, text=_renamed(each.text, alias, new_alias))
        if _narrows_to(each, alias)
        else each
        for each in searches_in(connection)
    )
    return keep_searches(connection, renamed)


def _narrows_to(search: SavedSearch, alias: str) -> bool:
    return any(_is_for(term, alias) for term in _query(search.text, alias).terms)


def _renamed(text: str, alias: str, new_alias: str) -> str:
    query = _query(text, alias)
    terms = (
        replace(term, value=new_alias) if _is_for(term, alias) else term for term in query.terms
    )
    return print_query(replace(query, terms=tuple(terms)))


def _query(text: str, alias: str) -> Query:
    """The text as it reads while somebody is known by this alias."""
    return parse_query(text, Known(people=(alias,)))


def _is_for(term: Term, alias: str) -> bool:
    return term.key is Key.PERSON and term.value.casefold() == " ".join(alias.split()).casefold()


def searches_in(connection: Connection) -> tuple[SavedSearch, ...]:
    """All of them, for the verbs of this package."""
    stored = connection.scalar(_STORED)
    return () if stored is None else msgspec.json.decode(stored, type=tuple[SavedSearch, ...])
