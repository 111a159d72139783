"""The rows of the journal's verbs, against the same work done by bare sqlcipher3."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benching import PASSPHRASE
from benching.table import Row, in_pairs
from benching.vaults import (
    COMMON,
    NOW,
    RARE,
    SOMETIMES,
    VAULT_NAME,
    new_draft,
    text_prompts,
    texts,
)
from retention_desktop.journal.everywhere import findable_tools, search_everywhere
from retention_desktop.journal.insights import read_insights
from retention_desktop.journal.records import save_answer
from retention_desktop.journal.search import search_records
from retention_desktop.sharing.insights import asked_over_time, tell_insights
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.ui.today.screen import look_at_today
from retention_desktop.vault import engine, keycopies, keyfile, open_vault
from retention_desktop.vault.opening import STORE_NAME

_SEARCHES = {"rare": RARE, "common": COMMON, "two words": f"{SOMETIMES} {COMMON}"}
_MOST_HITS = 50
_LOOK_MS = (
    100  # what reads all kinds of things, up to 10,000 records; of more, it may grow as they do
)

_MAKE_ENTRY = "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
_PUT_ENTRY = "INSERT INTO entry (text) VALUES (?)"
_PUT_WORDS = "INSERT INTO record_search (rowid, title, body) VALUES (?, ?, ?)"
_FIND = """
SELECT record.id, tool_id, record.title, driver, state, started, updated, finished, alias,
       review_on, page, preview, snippet(record_search, 1, char(57344), char(57345), '…', 24)
FROM record_search
JOIN record ON record.id = record_search.rowid
LEFT JOIN person ON person.id = record.person_id
WHERE record_search MATCH ?
ORDER BY rank
LIMIT ?
"""
_AGREED_WITH = """
SELECT id, text, owner, due, why FROM action WHERE text LIKE ? ORDER BY id DESC LIMIT ?
"""
_GIVEN = """
SELECT record.id, finished, person_id, asked, audience, value
FROM record JOIN answer ON answer.record_id = record.id
WHERE tool_id = ? AND finished IS NOT NULL AND prompt_id IN (%s) AND value IS NOT NULL
ORDER BY updated
"""
_AGREED = "SELECT record_id, state, created, closed, prompt_id, text FROM action"
_DUE_RECORDS = """
SELECT review_on, id, title, preview FROM record
WHERE state = 'finished' AND review_on <= ? ORDER BY review_on, id LIMIT 6
"""
_DUE_ACTIONS = """
SELECT due, id, record_id, text FROM action
WHERE state = 'open' AND due <= ? ORDER BY due, id LIMIT 6
"""
_DRAFTS = "SELECT * FROM record WHERE state = 'draft' ORDER BY updated DESC, id DESC LIMIT 4"


def autosave(data_dir: Path, size: int, runs: int, scratch: Path) -> Row:
    """One answer saved, against one insert of it with a full-text row, in a copy of the vault."""
    ours, bare = scratch / "ours", scratch / "bare"
    for copy in (ours, bare):
        shutil.copytree(data_dir / VAULT_NAME, copy)
    tool = load_toolkit().tools[0]
    _position, step, prompt = text_prompts(tool)[0]
    written = texts(0)
    with closing(open_vault(ours, PASSPHRASE)) as vault, _bare_store(bare) as store:
        draft = new_draft(vault, tool)
        store.execute(_MAKE_ENTRY)

        def save(text: str) -> None:
            save_answer(vault, draft, step, prompt, text, now=NOW)

        def insert(text: str) -> None:
            store.execute("BEGIN IMMEDIATE")
            entry = store.execute(_PUT_ENTRY, (text,)).lastrowid
            store.execute(_PUT_WORDS, (10 * size + entry, tool.title, text))
            store.execute("COMMIT")

        row = in_pairs(
            f"autosave, {size:,} records",
            lambda: _timed(save, next(written)),
            lambda: _timed(insert, next(written)),
            runs=runs,
            target=2,
            warm_ups=20,
        )
    shutil.rmtree(ours)
    shutil.rmtree(bare)
    return row


def search(data_dir: Path, size: int, runs: int) -> Iterator[Row]:
    """The first fifty hits with snippets, against the bare query on the same file."""
    folder = data_dir / VAULT_NAME
    with closing(open_vault(folder, PASSPHRASE)) as vault, _bare_store(folder) as store:

        def find(words: str) -> None:
            search_records(vault, words, limit=_MOST_HITS, as_you_type=True)

        def match(words: str) -> None:
            store.execute(_FIND, (f"{_quoted(words)}*", _MOST_HITS)).fetchall()

        for name, words in _SEARCHES.items():
            yield in_pairs(
                f"search {name}, {size:,} records",
                lambda words=words: _timed(find, words),  # type: ignore[misc]
                lambda words=words: _timed(match, words),  # type: ignore[misc]
                runs=runs,
                target=1.5,
                warm_ups=3,
            )


def everywhere(data_dir: Path, size: int, runs: int) -> Row:
    """Everything that holds a common word, against the bare queries for records and actions."""
    folder = data_dir / VAULT_NAME
    tools = findable_tools(load_toolkit().tools)
    with closing(open_vault(folder, PASSPHRASE)) as vault, _bare_store(folder) as store:

        def find(words: str) -> None:
            search_everywhere(vault, words, tools=tools, as_you_type=True)

        def match(words: str) -> None:
            store.execute(_FIND, (f"{_quoted(words)}*", _MOST_HITS)).fetchall()
            store.execute(_AGREED_WITH, (f"%{words}%", _MOST_HITS)).fetchall()

        row = in_pairs(
            f"search everywhere, {size:,} records",
            lambda: _timed(find, COMMON),
            lambda: _timed(match, COMMON),
            runs=runs,
            target=_LOOK_MS * max(1, size / 10_000),
            warm_ups=3,
        )
    return replace(row, is_ratio=False)


def insights(data_dir: Path, size: int, runs: int) -> Row:
    """Everything told over all time, against the bare reading of the answers and the actions."""
    folder = data_dir / VAULT_NAME
    tools = load_toolkit().tools
    asked = asked_over_time(tools)
    with closing(open_vault(folder, PASSPHRASE)) as vault, _bare_store(folder) as store:

        def tell(_nothing: str) -> None:
            tell_insights(read_insights(vault, asked), tools, with_private=True)

        def read(_nothing: str) -> None:
            for tool, prompts in asked.items():
                store.execute(_GIVEN % ",".join("?" * len(prompts)), (tool, *prompts)).fetchall()
            store.execute(_AGREED).fetchall()

        row = in_pairs(
            f"insights, {size:,} records",
            lambda: _timed(tell, ""),
            lambda: _timed(read, ""),
            runs=runs,
            target=_LOOK_MS * max(1, size / 10_000),
            warm_ups=3,
        )
    return replace(row, is_ratio=False)


def today(data_dir: Path, size: int, runs: int) -> Row:
    """All that Today shows, against the bare reading of what has come back and of the drafts."""
    folder = data_dir / VAULT_NAME
    day = NOW.date()
    with closing(open_vault(folder, PASSPHRASE)) as vault, _bare_store(folder) as store:

        def look(_nothing: str) -> None:
            look_at_today(vault, day, most_due=5)

        def read(_nothing: str) -> None:
            for query in (_DUE_RECORDS, _DUE_ACTIONS):
                store.execute(query, (day.isoformat(),)).fetchall()
            store.execute(_DRAFTS).fetchall()

        row = in_pairs(
            f"Today, {size:,} records",
            lambda: _timed(look, ""),
            lambda: _timed(read, ""),
            runs=runs,
            target=_LOOK_MS * max(1, size / 10_000),
            warm_ups=3,
        )
    return replace(row, is_ratio=False)


def _quoted(words: str) -> str:
    return " ".join(f'"{word}"' for word in words.split())


def _timed(work: Callable[[str], None], text: str) -> float:
    start = time.perf_counter()
    work(text)
    return (time.perf_counter() - start) * 1e3


@contextmanager
def _bare_store(folder: Path) -> Iterator[Any]:
    """A bare sqlcipher3 connection to a vault's store, with the pragmas that the program sets."""
    with (folder / STORE_NAME).open("rb") as file:
        salt = file.read(16)
    keys = keycopies.unlock(keycopies.read(folder), PASSPHRASE, salt)
    key = keyfile.subkey(keys.unlocked.master, "rv1/db-key")
    with closing(engine.connect(folder / STORE_NAME, key, salt)) as store:
        store.set_authorizer(None)
        yield store
