"""What was erased leaves the file: also what the index left behind while it moved its rows."""

import random

import pytest
import sqlcipher3

from retention_desktop.journal.erasing import finish_erasing
from retention_desktop.journal.people import erase_person
from retention_desktop.journal.search import search_records
from retention_desktop.models import tables as t
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault, engine
from tests.vault.pages import decrypted

from .conftest import NOW, PASSPHRASE
from .writing import draft, finished, write


def fill(vault: Vault, tool: Tool) -> None:
    """Drafts that are written in again and again, with searches between, so that rows move.

    With these numbers copies stay behind unless the store is written anew (measured).
    """
    chance = random.Random(5)  # noqa: S311 - no secret: the same words in every run
    words = [
        "".join(chance.choices("abcdefghijklmnop", k=chance.randint(4, 10))) for _ in range(3_000)
    ]
    drafts: list[tuple[int, str]] = []

    def write_in(record_id: int, canary: str, most: int) -> None:
        text = " ".join(chance.choices(words, k=chance.randint(5, most)))
        said = f"ZQCANARY{canary} {text} ZQCANARYEND{canary}" if canary else text
        write(vault, record_id, tool, "happened", said, NOW)

    for number in range(30):
        person = "Person A" if number % 5 == 0 else None
        record_id = draft(vault, tool, NOW, {"text": f"Try {number}"}, person=person)
        drafts.append((record_id, f"{number}" if person else ""))
        for again in range(chance.randint(1, 6)):
            write_in(record_id, f"{number}x{again}" if person else "", 200)
            if chance.random() < 0.6:
                search_records(vault, words[0])
    for again in range(120):
        record_id, number_of = chance.choice(drafts)
        write_in(record_id, f"{number_of}r{again}" if number_of else "", 400)
        if chance.random() < 0.5:
            search_records(vault, words[0])


def is_noted(vault: Vault) -> bool:
    with vault.reading() as connection:
        rows = connection.execute(t.vault_meta.select().where(t.vault_meta.c.key == "erased"))
        return rows.first() is not None


def test_nothing_of_an_erased_person_is_left_in_the_file(vault: Vault, tool: Tool) -> None:
    fill(vault, tool)
    search_records(vault, "anything")
    erase_person(vault, "Person A")
    assert not is_noted(vault)
    vault.close()
    left = decrypted(vault.folder, PASSPHRASE).lower()
    assert b"zqcan" not in left
    assert b"person a" not in left
    assert b"try 1" in left


def test_where_the_store_cannot_be_written_anew_it_is_done_later(
    vault: Vault, tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(vault, tool, NOW, {"text": "CANARY"}, person="Person A")

    def fails(_database: object) -> None:
        error = sqlcipher3.OperationalError("no room")
        error.sqlite_errorcode = sqlcipher3.SQLITE_FULL
        raise error

    with monkeypatch.context() as full:
        full.setattr(engine, "write_anew", fails)
        erase_person(vault, "Person A")
    assert is_noted(vault)
    finish_erasing(vault)
    assert not is_noted(vault)


def test_a_database_still_cannot_be_attached(vault: Vault) -> None:
    vault.write_anew()
    with engine.between_transactions(vault._engine) as cursor, pytest.raises(sqlcipher3.Error):
        cursor.execute("ATTACH '' AS other")
