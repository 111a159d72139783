"""Hours: a number and nothing else, with a point or a comma."""

import pytest

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.answers import check_value

from .conftest import Shown

TIME = Prompt("time", "How much time?", PromptKind.HOURS, help="Since the last time.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4", "4"),
        ("1.5", "1.5"),
        ("1,25", "1.25"),
        (".5", "0.5"),
        ("4.", "4"),
        ("0", "0"),
        ("2 hours", "2"),
        ("-3", "3"),
        ("12345", "1234"),
        ("1.239", "1.23"),
    ],
)
def test_what_is_typed_is_hours(shown: Shown, typed: str, kept: str) -> None:
    person = shown(TIME)
    person.write(typed)
    assert person.value is not None
    assert check_value(TIME, person.value) == kept


@pytest.mark.parametrize("typed", ["", "three", ",", "."])
def test_what_is_no_number_is_nothing(shown: Shown, typed: str) -> None:
    person = shown(TIME)
    person.write(typed)
    assert person.value is None


def test_what_was_written_before_is_shown_and_told(shown: Shown) -> None:
    person = shown(TIME, "4.5")
    assert person.value == "4.5"
    assert person.changes == 0
    person.editor.setFocus()
    assert person.focus.accessibleName() == "How much time?"
    assert person.focus.accessibleDescription() == "In hours. Since the last time."
