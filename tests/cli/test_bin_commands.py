"""The bin from the command line."""

import json
from pathlib import Path

import pytest

from retention_desktop.journal.bin import bin_records
from retention_desktop.vault import open_vault

from .conftest import CHEAP, NOW, PASSPHRASE, Run

STDIN = ("--passphrase-file", "-")


@pytest.fixture
def binned(filled: Path) -> Path:
    """A vault whose first record lies in the bin."""
    vault = open_vault(filled, PASSPHRASE, kdf_floor=CHEAP)
    bin_records(vault, [1], now=NOW)
    vault.close()
    return filled


def test_bin_shows_what_lies_there_and_until_when(binned: Path, run: Run) -> None:
    done = run("bin", binned, *STDIN)
    assert (done.code, done.err) == (0, "")
    (line,) = done.out.splitlines()
    assert line.startswith("1  ")
    assert line.endswith("until 22 December 2026  Career conversation with Person A")
    (told,) = json.loads(run("bin", binned, "--json", *STDIN).out)
    assert (told["place"], told["until"], told["person"]) == (1, "2026-12-22", "Person A")


def test_bin_puts_back(binned: Path, run: Run) -> None:
    assert "Person A" not in run("list", binned, *STDIN).out
    assert run("bin", binned, "--restore", "1", *STDIN).out == "Put back, now with the ids: 3\n"
    assert "Person A" in run("list", binned, *STDIN).out
    assert run("bin", binned, *STDIN).out == "The bin is empty.\n"


def test_bin_refuses_a_place_where_nothing_lies(binned: Path, run: Run) -> None:
    done = run("bin", binned, "--restore", "1", "7", *STDIN)
    assert done.code == 2
    assert "no longer in the bin" in done.err
    assert "Career conversation" in run("bin", binned, *STDIN).out


def test_bin_is_emptied(binned: Path, run: Run) -> None:
    assert run("bin", binned, "--empty", *STDIN).out == "Removed for good: 1 record.\n"
    assert run("bin", binned, *STDIN).out == "The bin is empty.\n"
