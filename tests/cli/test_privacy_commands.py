"""`check-text` says where a text could identify a person, and never repeats it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = (
    "A good week.\nI saw Mrs Khan, an 82-year-old woman,\r\nat LS6 3AB.\n"
    "He is blind, and moved from Ilkley to be near his daughter.\n"
)
SECRETS = ("Khan", "82", "LS6", "Ilkley", "Kestrel")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_each_finding_has_its_place_and_what_to_say_instead(file: Path, run: Run) -> None:
    done = run("check-text", file)
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "2:7   name      perhaps: Person A",
        "2:17  age       perhaps: an older",
        "3:4   postcode  perhaps: [postcode]",
        "4:1   indirect  together: condition, place, family",
        "",
        "4 findings. No check is complete: read it once more yourself.",
    ]


def test_no_word_of_the_text_is_repeated(file: Path, run: Run) -> None:
    for words in (("check-text", file), ("check-text", file, "--json")):
        done = run(*words)
        assert not [secret for secret in SECRETS if secret in done.out + done.err]


def test_json_tells_the_same(file: Path, run: Run) -> None:
    found = run("check-text", file, "--json").json
    assert found[1] == {
        "line": 2,
        "column": 17,
        "length": len("an 82-year-old"),
        "kind": "age",
        "suggestion": "an older",
        "details": [],
    }
    assert found[3]["suggestion"] is None
    assert found[3]["details"] == ["condition", "place", "family"]


def test_nothing_found_is_said_with_its_limits(run: Run) -> None:
    done = run("check-text", "-", typed="We met on 3 April 2026.\n")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Nothing was found. No check is complete: read it once more yourself.\n"
    assert json.loads(run("check-text", "-", "--json", typed="").out) == []


def test_a_file_of_own_words_is_looked_for_too(file: Path, tmp_path: Path, run: Run) -> None:
    own = tmp_path / "own.txt"
    own.write_text("Team Kestrel\n\nsian\n", "utf-8")
    done = run("check-text", "-", "--words", own, typed="Siân asked team kestrel.\n")
    assert done.code == 1
    assert done.out.splitlines()[:2] == [
        "1:1   own-word  perhaps: [left out]",
        "1:12  own-word  perhaps: [left out]",
    ]


@pytest.mark.parametrize("content", [b"Mrs Kh\xff\xfean", b"Mrs Khan " * 1_200_000])
def test_what_cannot_be_checked_is_refused_without_its_words(
    tmp_path: Path, run: Run, content: bytes
) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    done = run("check-text", path)
    assert (done.code, done.out) == (2, "")
    assert str(path) in done.err
    assert "Kh" not in done.err.replace(str(path), "")


def test_a_file_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    done = run("check-text", tmp_path / "nowhere.txt")
    assert (done.code, done.out) == (2, "")
    assert "nowhere.txt could not be read: it is not there." in done.err
