"""`search` as a person types it: records alone, or everything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run

Refused = Callable[..., str]
STDIN = ("--passphrase-file", "-")


def test_everything_that_holds_the_words(filled: Path, run: Run) -> None:
    found = run("search", filled, "--everywhere", "shadow", *STDIN, "--json").json
    assert [hit["title"] for hit in found["records"]] == ["Career conversation"]
    assert [action["text"] for action in found["actions"]] == ["Shadow two reviews"]
    assert found["people"] == []
    found = run("search", filled, "--everywhere", "person", "a", *STDIN, "--json").json
    assert found["people"] == ["Person A"]
    found = run("search", filled, "--everywhere", "career conversation", *STDIN, "--json").json
    assert found["tools"][0] == "career-conversation"


def test_it_can_be_read_too(filled: Path, run: Run) -> None:
    shown = run("search", filled, "--everywhere", 'person:"Person A"', *STDIN).out
    assert [line for line in shown.splitlines() if not line.startswith(" ")] == [
        "Records",
        "Agreed",
        "People",
    ]
    assert "Shadow two reviews. Person A, by 31 January 2027" in shown
    assert run("search", filled, "--everywhere", "zzqq", *STDIN).out == "Nothing was found.\n"


def test_words_that_narrow(filled: Path, run: Run) -> None:
    def ids(*query: str) -> list[int]:
        found = run("search", filled, "--everywhere", *query, *STDIN, "--json").json
        return [hit["id"] for hit in found["records"]]

    assert ids("hospital", "tag:supervision") == [1]
    assert ids("after:2026-11-22 hospital") == []
    assert ids("tool:career", "before:2026-11-21", "hospital") == [1]
    assert ids("driver:growth driver:wellbeing") == []


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("person:", "Nothing follows “person:”"),
        ("tag:otters", "fits what follows “tag:”"),
        ("driver:l driver:r tool:c", "More than one thing"),
        ("before:soon", "names no day"),
    ],
)
def test_what_is_not_clear_is_refused_without_its_words(
    filled: Path, refused: Refused, term: str, says: str
) -> None:
    message = refused("search", filled, "--everywhere", term, *STDIN)
    assert says in message
    assert "otters" not in message


def test_without_it_the_same_signs_have_no_meaning(filled: Path, run: Run) -> None:
    assert run("search", filled, "tag:supervision", *STDIN, "--json").json == []
