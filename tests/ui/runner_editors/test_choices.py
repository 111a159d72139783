"""Several choices: a limit that says why, and options of one's own that are remembered."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLineEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.answers import check_value

from .conftest import Shown

AREAS = ("Listening", "Planning", "Recording")
FREE = Prompt("areas", "Which areas?", PromptKind.SEVERAL_CHOICES, options=AREAS)
TWO = Prompt("areas", "Which areas?", PromptKind.SEVERAL_CHOICES, options=AREAS, most=2)
OWN = Prompt(
    "why", "Why?", PromptKind.SEVERAL_CHOICES, options=("Pay", "Hours"), own_list="reasons"
)
REACHED = "Two is the most. Untick one to choose another."


class TestALimit:
    def test_it_is_said_before_it_is_reached(self, shown: Shown) -> None:
        assert shown(TWO).texts == ["Choose up to two."]
        assert shown(FREE).texts == []

    def test_at_the_limit_the_rest_waits_and_the_reason_stands_there(
        self, shown: Shown, heard: list[str]
    ) -> None:
        person = shown(TWO)
        person.key("Space", "Tab", "Space")
        assert person.value == ["Listening", "Planning"]
        assert person.texts == [REACHED]
        assert heard == [REACHED]
        assert not person.choice("Recording").isEnabled()
        person.key("Space")  # unticks the second
        assert person.choice("Recording").isEnabled()
        person.key("Tab", "Space")
        assert person.value == ["Listening", "Recording"]

    def test_tab_passes_over_what_cannot_be_chosen(self, shown: Shown) -> None:
        person = shown(TWO, ["Planning", "Recording"])
        person.key("Tab")
        assert person.focus is not person.choice("Listening")

    def test_an_answer_at_the_limit_is_there_again_without_being_said_again(
        self, shown: Shown, heard: list[str]
    ) -> None:
        person = shown(TWO, ["Planning", "Recording"])
        assert person.value == ["Planning", "Recording"]
        assert person.texts == [REACHED]
        assert heard == []

    def test_the_most_can_be_one(self, shown: Shown) -> None:
        person = shown(
            Prompt("a", "A?", PromptKind.SEVERAL_CHOICES, options=("Red", "Green"), most=1)
        )
        person.key("Space")
        assert person.texts == ["One is the most. Untick it to choose another."]


class TestOnesOwn:
    def test_by_keyboard(self, shown: Shown, heard: list[str]) -> None:
        person = shown(OWN)
        person.named("Add your own").setFocus()
        person.write("  Nobody   asked me ")
        person.key("Return")
        assert person.value == ["Nobody asked me"]
        assert person.added == [("reasons", "Nobody asked me")]
        assert person.changes == 1
        assert "Added and ticked: Nobody asked me" in heard
        assert person.went_on == 0
        person.write("Too far to travel")  # the keyboard is in the line, which is empty again
        person.press("Add: Add your own")
        assert person.value == ["Nobody asked me", "Too far to travel"]
        assert check_value(OWN, person.value) == person.value

    def test_enter_in_the_empty_line_goes_on(self, shown: Shown) -> None:
        person = shown(OWN)
        person.named("Add your own").setFocus()
        person.key("Space", "Return")
        assert person.went_on == 1
        assert person.value is None
        person.press("Add: Add your own")
        assert person.added == []

    def test_what_is_there_already_is_ticked_and_not_added_twice(self, shown: Shown) -> None:
        person = shown(OWN, own={"reasons": ("Too far",)})
        for text in ("hours", "TOO FAR"):
            person.named("Add your own").setFocus()
            person.write(text)
            person.key("Return")
        assert person.value == ["Hours", "Too far"]
        assert person.added == []

    def test_what_is_remembered_is_offered_and_unticked(self, shown: Shown) -> None:
        person = shown(OWN, own={"reasons": ("Too far", "Pay"), "others": ("Elsewhere",)})
        assert [each.text() for each in person.choices] == ["Pay", "Hours", "Too far"]
        assert person.value is None
        person.press("Too far")
        assert person.value == ["Too far"]

    def test_what_is_taken_off_the_list_is_gone(self, shown: Shown) -> None:
        person = shown(OWN, own={"reasons": ("Too far", "Too early")})
        person.press("Take off the list: Too far")
        assert person.removed == [("reasons", "Too far")]
        assert [each.text() for each in person.choices] == ["Pay", "Hours", "Too early"]
        assert isinstance(person.focus, QLineEdit)

    def test_what_is_ticked_stays_in_the_answer(self, shown: Shown) -> None:
        person = shown(OWN, ["Too far"], own={"reasons": ("Too far",)})
        person.press("Take off the list: Too far")
        assert person.removed == [("reasons", "Too far")]
        assert person.value == ["Too far"]
        assert person.focus is person.choice("Too far")
        assert not person.has("Take off the list: Too far")

    def test_an_answer_whose_option_is_on_no_list_any_more(self, shown: Shown) -> None:
        person = shown(OWN, ["Pay", "Too far"])
        assert person.value == ["Pay", "Too far"]
        assert not person.has("Take off the list: Too far")

    def test_at_the_limit_it_is_added_and_waits(self, shown: Shown) -> None:
        limited = replace(OWN, most=1)
        person = shown(limited, ["Pay"])
        person.named("Add your own").setFocus()
        person.write("Too far")
        person.key("Return")
        assert person.value == ["Pay"]
        assert person.added == [("reasons", "Too far")]
        assert not person.choice("Too far").isEnabled()


@pytest.mark.parametrize("prompt", [FREE, OWN])
def test_every_control_has_a_name(shown: Shown, prompt: Prompt) -> None:
    assert shown(prompt, own={"reasons": ("Too far",)}).unnamed == []
