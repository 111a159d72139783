"""A theme that looks like a person or a quotation raises a gentle doubt; most themes raise none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.toolkit.doubts import theme_doubt


@pytest.mark.parametrize(
    "line",
    [
        "Mrs Jones needs more visits",
        "the rota, as mr smith has it",
        "Dr. Patel’s letters come late",
        "Miss O’Brien was moved",
        "talk with Sarah Jones about the rota",
        "Ask Zainab Okafor first",
        "Siân Prŷs and the on-call list",
        "late letters (Jean-Luc Martin)",
        "write to s.jones@council.example",
        "call 07700 900123 after five",
        "NHS number 943 476 5919",
        "+44 (0)20 7946 0958",
    ],
)
def test_a_line_that_may_name_a_person_is_doubted(line: str) -> None:
    assert (
        theme_doubt(line) == "This may point to a person; a few words about the theme are enough."
    )


@pytest.mark.parametrize(
    "line",
    [
        "“nobody ever asks us”",
        '"we are always last"',
        "one was told ‘you must cope’",
        "somebody said it was unsafe",
        "I think that I never get my breaks on Fridays",
        "They told us nothing",
    ],
)
def test_a_line_that_may_be_a_quotation_is_doubted(line: str) -> None:
    assert theme_doubt(line).startswith("This looks like somebody’s own words;")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Too little time between visits",
        "Late rotas",
        "Poor Communication",
        "Workload Pressure",
        "Lone Working at Night",
        "Miss breaks on Mondays",
        "Letters from Social Work England",
        "More Skills for Care courses",
        "the Care Act and the Mental Health Act",
        "CQC inspection in March",
        "people don’t know who’s on call",
        "the managers’ meeting",
        "I need time",
        "2026-11-22 to 2027-01-31",
        "Out Of Hours calls",
        "Christmas Day cover",
        "Monday, Tuesday and Thursday are thin",
    ],
)
def test_a_plain_theme_raises_no_doubt(line: str) -> None:
    assert theme_doubt(line) == ""


def test_a_person_weighs_more_than_a_quotation() -> None:
    assert "person" in theme_doubt("Mrs Jones said “no”")


@given(st.one_of(st.text(), st.text("MrsI’ '“.@0 9Ab-")))
def test_any_line_gets_one_short_sentence_or_none(line: str) -> None:
    doubt = theme_doubt(line)
    assert doubt == "" or (doubt.endswith(".") and len(doubt.split()) <= 20)


@given(st.text("abc ", max_size=20), st.text("abc ", max_size=20))
def test_a_title_and_surname_are_doubted_wherever_they_stand(before: str, after: str) -> None:
    assert "person" in theme_doubt(f"{before} Mrs Jones {after}")


@pytest.mark.parametrize("piece", ["Ab ", "Mr ", "a@", "a@a.", "1 ", "1234-", "'", "a’", "I ", " "])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    line = (piece * 100_000)[:100_000]
    start = time.process_time()
    theme_doubt(line)
    theme_doubt(f"Mr{line}")
    assert time.process_time() - start < 1
