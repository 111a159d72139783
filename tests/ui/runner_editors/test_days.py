"""A date that is counted from an earlier answer: suggested, one click away, never put in."""

import pytest

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt

from .conftest import Shown


def counted(days: int) -> Prompt:
    return Prompt("again", "When again?", PromptKind.DATE, days=days, about=("noticed-on",))


NOTICED = {"noticed-on": "2026-11-20"}
A_WEEK = "A week after 20 November: 27 November 2026"


def test_one_click_takes_the_date(shown: Shown) -> None:
    person = shown(counted(7), answers=NOTICED)
    assert person.texts == [
        "Counted from 20 November 2026, which you wrote before. Any other date is fine too."
    ]
    person.press(A_WEEK)
    assert person.value == "2026-11-27"
    assert person.changes == 1


def test_a_day_that_has_just_been_is_meant(shown: Shown) -> None:
    person = shown(Prompt("noticed-on", "When did you notice it?", PromptKind.DATE))
    person.write("16 Nov")
    assert person.value == "2026-11-16"


def test_by_keyboard_and_back_again(shown: Shown) -> None:
    person = shown(counted(7), answers=NOTICED)
    person.key("Tab", "Tab", "Space")
    assert person.value == "2026-11-27"
    person.key("Space")
    assert person.changes == 2
    assert not person.value


def test_another_date_is_fine_and_the_tick_follows_what_is_written(shown: Shown) -> None:
    person = shown(counted(7), answers=NOTICED)
    person.press(A_WEEK)
    person.editor.setFocus()
    person.key("End", "Backspace")
    assert not person.choice(A_WEEK).isChecked()
    for _ in range(20):
        person.key("Backspace")
    person.write("27/11/2026")
    assert person.choice(A_WEEK).isChecked()
    person.key("Backspace", "Backspace")
    person.write("27")
    assert person.value == "2027-11-27"
    assert not person.choice(A_WEEK).isChecked()


def test_a_date_that_was_taken_is_ticked_again(shown: Shown) -> None:
    assert shown(counted(7), "2026-11-27", answers=NOTICED).choice(A_WEEK).isChecked()
    assert not shown(counted(7), "2026-11-28", answers=NOTICED).choice(A_WEEK).isChecked()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "The day after 20 November: 21 November 2026"),
        (10, "Ten days after 20 November: 30 November 2026"),
        (14, "Two weeks after 20 November: 4 December 2026"),
        (45, "45 days after 20 November: 4 January 2027"),
    ],
)
def test_how_far_away_it_is_in_words(shown: Shown, days: int, words: str) -> None:
    assert [each.text() for each in shown(counted(days), answers=NOTICED).choices] == [words]


def test_a_plain_field_as_long_as_the_other_date_is_missing(shown: Shown) -> None:
    person = shown(counted(7))
    assert person.choices == []
    person.write("27 Nov 2026")
    assert person.value == "2026-11-27"


def test_a_date_beyond_the_years_there_are_is_not_suggested(shown: Shown) -> None:
    assert shown(counted(7), answers={"noticed-on": "2200-12-28"}).choices == []
