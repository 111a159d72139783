import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from retention_desktop.journal.actions import add_action, close_action, list_actions
from retention_desktop.journal.people import change_person
from retention_desktop.journal.reviews import review_record
from retention_desktop.models.enums import ActionState, Driver, ReviewOutcome
from retention_desktop.vault import open_vault

from .conftest import CHEAP, NOW, PASSPHRASE, RECORD, Run

Refused = Callable[..., str]
STDIN = ("--passphrase-file", "-")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def followed(filled: Path) -> Path:
    """The vault with two records, in which some of what was agreed has been looked at again."""
    vault = open_vault(filled, PASSPHRASE, kdf_floor=CHEAP)
    booked = next(each for each in list_actions(vault) if each.text == "Book the room")
    close_action(vault, booked.id, ActionState.DONE, why="It was free", now=LATER)
    add_action(vault, "Ring the ward", due=date(2026, 11, 22), driver=Driver.WELLBEING, now=NOW)
    review_record(vault, 1, ReviewOutcome.KEEP, changed="More visits", for_whom="Carers", now=LATER)
    change_person(
        vault, "Person A", new_alias="Person A", role="Social worker", profession="",
        working_pattern="", meet_every=28,
    )  # fmt: skip
    vault.close()
    return filled


def test_actions_shows_what_is_open_with_what_waits_first(followed: Path, run: Run) -> None:
    done = run("actions", followed, *STDIN)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "   3  Ring the ward. By 22 November 2026",
        "      waiting for you",
        "   1  Shadow two reviews. Person A, by 31 January 2027",
        "      open, Career conversation, with Person A",
    ]


def test_actions_shows_how_an_action_ended(followed: Path, run: Run) -> None:
    assert run("actions", followed, "--state", "done", *STDIN).out.splitlines() == [
        "   2  Book the room. Sam",
        "      done on 22 November 2026, Career conversation, with Person A",
        "      It was free",
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), [3, 1]),
        (("--state", "all"), [3, 1, 2]),
        (("--state", "let-go"), []),
        (("--due", "2026-11-22"), [3]),
        (("--due", "2026-11-21"), []),
        (("--person", "person a"), [1]),
        (("--person", "Person A", "--state", "all"), [1, 2]),
        (("--person", "Nobody"), []),
    ],
)
def test_actions_can_be_narrowed(
    followed: Path, run: Run, options: tuple[str, ...], expected: list[int]
) -> None:
    printed = run("actions", followed, *options, *STDIN, "--json").json
    assert [each["id"] for each in printed] == expected
    if not expected:
        assert run("actions", followed, *options, *STDIN).out == "There are no such actions.\n"


def test_actions_prints_every_field_as_json(followed: Path, run: Run) -> None:
    printed = run("actions", followed, "--state", "all", *STDIN, "--json").json
    assert printed[0] == {
        "id": 3,
        "text": "Ring the ward",
        "owner": "",
        "due": "2026-11-22",
        "kind": "try",
        "state": "open",
        "why": "",
        "created": "2026-11-22T14:02:00Z",
        "closed": None,
        "record": None,
        "title": "",
        "person": None,
        "driver": "wellbeing",
    }
    assert (printed[1]["kind"], printed[1]["record"]) == ("development", 1)
    assert (printed[2]["why"], printed[2]["closed"]) == ("It was free", "2026-11-22T15:02:00Z")


@pytest.mark.parametrize("wrong", [("--due", "soon"), ("--state", "late")])
def test_actions_refuses_what_it_does_not_know(
    followed: Path, refused: Refused, wrong: tuple[str, str]
) -> None:
    assert wrong[0] in refused("actions", followed, *wrong, *STDIN)


def test_show_prints_how_an_action_ended_and_the_reviews(followed: Path, run: Run) -> None:
    shown = run("show", followed, 1, *STDIN, "--json").json
    assert [(each["kind"], each["state"], each["why"]) for each in shown["actions"]] == [
        ("development", "open", ""),
        ("try", "done", "It was free"),
    ]
    assert shown["reviews"] == [
        {
            "id": 1,
            "action": None,
            "on": "2026-11-22",
            "done": "2026-11-22T15:02:00Z",
            "outcome": "keep",
            "changed": "More visits",
            "for_whom": "Carers",
            "next_on": None,
        }
    ]


def test_person_saves_everything_as_a_pdf(followed: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "held.PDF"
    done = run("person", followed, "person a", "--out", out, *STDIN)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(f"1 record, 2 actions and 1 review: {out}\n")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    for words in ("Social worker", "The joint visits", "Shadow two reviews", "It was free"):
        assert words in text, words
    assert "More visits" in text
    assert "At the duty desk" not in text


def test_person_saves_everything_as_json(followed: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "held.json"
    assert run("person", followed, "Person A", "--out", out, *STDIN).code == 0
    held = json.loads(out.read_text("utf-8"))["held"]
    assert (held["person"]["alias"], held["person"]["meet_every"]) == ("Person A", 28)
    (record,) = held["records"]
    assert RECORD["answers"]["going-well"] in [answer["value"] for answer in record["answers"]]
    assert [each["text"] for each in record["actions"]] == ["Shadow two reviews", "Book the room"]
    assert [each["changed"] for each in record["reviews"]] == ["More visits"]


def test_person_refuses_nobody_and_a_file_of_another_kind(
    followed: Path, refused: Refused, tmp_path: Path
) -> None:
    says = refused("person", followed, "Kingfisher", "--out", tmp_path / "held.pdf", *STDIN)
    assert "nobody" in says
    assert "Kingfisher" not in says
    assert ".json" in refused(
        "person", followed, "Person A", "--out", tmp_path / "held.txt", *STDIN
    )
    assert list(tmp_path.glob("held*")) == []
