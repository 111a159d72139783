from collections.abc import Callable
from pathlib import Path

from .conftest import RECORD, Run

STDIN = ("--passphrase-file", "-")
MAPPED = {
    "tool": "cpd-mapping",
    "started": "2026-05-02T13:00:00Z",
    "finished": "2026-05-02T14:00:00Z",
    "answers": {"capability": ["Law and policy in practice"]},
}


def test_insights_shows_what_was_written_over_time(filled: Path, run: Run) -> None:
    done = run("insights", filled, *STDIN)

    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == ["Insights", "Everything in this journal"]
    assert "  - Leadership and management: once" in lines
    assert "  - Wellbeing and psychological safety: not in this time" in lines
    assert "  - Agreed: 2 things" in lines
    assert "  - Still open: 2 things" in lines


def test_insights_as_json_name_the_records_behind_each_figure(
    vault: Path, run: Run, write: Callable[[object], Path]
) -> None:
    run("add", vault, write([RECORD, MAPPED]), *STDIN)

    printed = run("insights", vault, *STDIN, "--json").json

    assert printed["since"] is None
    assert [each["part"] for each in printed["sections"]] == [
        "balance",
        "follow-through",
        "cpd-mapping/0",
    ]
    areas = printed["sections"][2]["blocks"][1]["bars"]
    law = next(each for each in areas if each["name"] == "Law and policy in practice")
    assert law == {
        "name": "Law and policy in practice",
        "words": "once",
        "pieces": [1],
        "records": [2],
    }


def test_hours_planned_and_had_are_printed_with_their_records(
    vault: Path, run: Run, write: Callable[[object], Path]
) -> None:
    row = {"what-for": "Reading and courses", "planned": "3", "had": "1.50"}
    with_hours = MAPPED | {"answers": {"time-to-learn": [row]}}
    run("add", vault, write([with_hours]), *STDIN)

    section = run("insights", vault, *STDIN, "--json").json["sections"][-1]
    assert section["heading"] == "Time to learn, planned and had"
    planned, had = section["blocks"][1]["bars"]
    assert (planned["name"], planned["words"]) == ("2 May 2026, planned", "3 hours")
    assert (had["words"], had["pieces"], had["records"]) == ("1.5 hours", [1.5], [1])
    assert "  - 2 May 2026, had: 1.5 hours" in run("insights", vault, *STDIN).out.splitlines()


def test_insights_since_a_day(vault: Path, run: Run, write: Callable[[object], Path]) -> None:
    run("add", vault, write([RECORD, MAPPED]), *STDIN)

    printed = run("insights", vault, "--since", "2026-11-01", *STDIN, "--json").json

    assert printed["since"] == "2026-11-01"
    assert [each["part"] for each in printed["sections"]] == ["balance", "follow-through"]


def test_insights_of_an_empty_vault(vault: Path, run: Run) -> None:
    assert run("insights", vault, *STDIN).out == (
        "There is nothing to show yet. It begins with the first record that is finished.\n"
    )
    assert run("insights", vault, *STDIN, "--json").json == {"since": None, "sections": []}


def test_insights_wants_a_day(vault: Path, refused: Callable[..., str]) -> None:
    assert "a day is written such as 2026-09-01" in refused("insights", vault, "--since", "May")
