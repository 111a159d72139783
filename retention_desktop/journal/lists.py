"""The lists that a person keeps, by name: what they added to the choices of some prompts."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from retention_desktop.errors import BadInput
from retention_desktop.journal.store import is_one_line
from retention_desktop.models.tables import vault_meta
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.answers import LONGEST_CHOICE
from retention_desktop.vault import Vault

MOST_ITEMS = 200

_PREFIX = "list:"
_LISTS = select(vault_meta.c.key, vault_meta.c.value).where(vault_meta.c.key.startswith(_PREFIX))


def own_lists(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """All lists, by name, each in the order in which its items were added."""
    with vault.reading() as connection:
        return lists_in(connection)


def add_to_list(vault: Vault, name: str, item: str) -> Changes:
    """Remember an item in the list of this name; one that is there already changes nothing.

    Raises BadInput for an item that is no short line, and when the list is full.
    """
    item = item.strip()
    if not is_one_line(item, LONGEST_CHOICE):
        raise BadInput(f"An item must be 1 to {LONGEST_CHOICE} characters on one line.")
    with vault.writing() as connection:
        items = _list(connection, name)
        if item.casefold() in map(str.casefold, items):
            return Changes()
        if len(items) >= MOST_ITEMS:
            raise BadInput(
                f"This list holds {MOST_ITEMS} items already.", "Remove one before you add another."
            )
        keep_list(connection, name, (*items, item))
    return Changes(lists=(name,))


def remove_from_list(vault: Vault, name: str, item: str) -> Changes:
    """Forget an item of a list; answers that hold it stay as they are."""
    with vault.writing() as connection:
        items = _list(connection, name)
        if item not in items:
            return Changes()
        keep_list(connection, name, tuple(each for each in items if each != item))
    return Changes(lists=(name,))


def lists_in(connection: Connection) -> dict[str, tuple[str, ...]]:
    """All lists, by name, for the verbs of this package."""
    rows = connection.execute(_LISTS.order_by(vault_meta.c.key))
    return {key.removeprefix(_PREFIX): _items(value) for key, value in rows}


def keep_list(connection: Connection, name: str, items: tuple[str, ...]) -> None:
    """Keep a list in place of what it was, for the verbs of this package."""
    row = sqlite.insert(vault_meta).values(
        key=f"{_PREFIX}{name}", value=msgspec.json.encode(items).decode()
    )
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[vault_meta.c.key], set_={"value": row.excluded.value}
        )
    )


def _list(connection: Connection, name: str) -> tuple[str, ...]:
    stored = connection.scalar(
        select(vault_meta.c.value).where(vault_meta.c.key == f"{_PREFIX}{name}")
    )
    return () if stored is None else _items(stored)


def _items(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...])
