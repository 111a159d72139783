"""What may help with each sign: offered as boxes to tick, with room for own words."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, Response, TableRow, Value
from retention_desktop.toolkit.answers import check_value

from .conftest import Person, Shown

QUIET, DOUBT = "Quieter than usual", "Doubts good work"
PROMPT = Prompt(
    "help",
    "What may help?",
    PromptKind.MATCHED,
    about=("noticed",),
    responses=(
        Response(QUIET, ("Ask how the week was", "Offer a walk")),
        Response(DOUBT, ("Name what went well",)),
    ),
)
NO_LONGER = "This sign is no longer ticked. What you chose stays here."


def responses(*found: tuple[str, str]) -> list[TableRow]:
    return [{"noticed": sign, "response": response} for sign, response in found]


def own(person: Person, sign: str) -> QPlainTextEdit:
    found = person.named(f"Or in your own words: {sign}")
    assert isinstance(found, QPlainTextEdit)
    return found


def test_a_card_for_each_sign_that_was_noticed(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": [QUIET]})
    assert QUIET in person.texts
    assert DOUBT not in person.texts
    assert person.value is None


def test_choosing_and_writing_by_keyboard(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": [QUIET, DOUBT]})
    person.key("Tab", "Space")  # the second that is offered
    person.key("Tab")
    person.write(" Sit beside them")
    person.key("Return", "Return")
    person.write("Call on Friday")
    assert person.value == responses((QUIET, "Offer a walk\nSit beside them\nCall on Friday"))
    person.key("Tab", "Space")
    wanted = responses(
        (QUIET, "Offer a walk\nSit beside them\nCall on Friday"),
        (DOUBT, "Name what went well"),
    )
    assert person.value == wanted
    assert check_value(PROMPT, person.value) == wanted
    assert person.went_on == 0
    assert person.changes > 2


def test_what_is_offered_stands_first_whatever_was_ticked_first(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": [QUIET]})
    own(person, QUIET).setFocus()
    person.write("Own words")
    person.press("Offer a walk")
    person.press("Ask how the week was")
    assert person.value == responses((QUIET, "Ask how the week was\nOffer a walk\nOwn words"))


def test_an_answer_is_there_again(shown: Shown) -> None:
    answer = responses((QUIET, "Offer a walk\nOld wording of an offer\nMine"))
    person = shown(PROMPT, answer, answers={"noticed": [QUIET]})
    assert person.value == answer
    assert person.choice("Offer a walk").isChecked()
    assert own(person, QUIET).toPlainText() == "Old wording of an offer\nMine"
    assert NO_LONGER not in person.texts


def test_what_was_chosen_for_a_sign_that_is_no_longer_ticked_stays(shown: Shown) -> None:
    answer = responses((DOUBT, "Name what went well"))
    person = shown(PROMPT, answer, answers={"noticed": [QUIET]})
    assert person.value == answer
    assert person.texts.count(NO_LONGER) == 1
    person.press("Offer a walk")
    assert person.value == [*responses((QUIET, "Offer a walk")), *answer]
    person.press("Name what went well")
    assert person.value == responses((QUIET, "Offer a walk"))


def test_a_sign_of_ones_own_has_room_for_own_words(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": ["Leaves early"]})
    person.write("Ask what is going on")
    assert person.value == responses(("Leaves early", "Ask what is going on"))


@pytest.mark.parametrize("answers", [{}, {"noticed": []}])
def test_nothing_was_noticed_yet(shown: Shown, answers: dict[str, Value]) -> None:
    person = shown(PROMPT, answers=answers)
    (sentence,) = person.texts
    assert sentence.startswith("No sign is ticked yet. Go back and tick what you noticed")
    assert person.value is None
    person.key("Space")  # the keyboard is on the button that shows all
    assert person.focus is person.choice("Ask how the week was")
    assert not person.has("Show all the signs")
    person.key("Space")
    assert person.value == responses((QUIET, "Ask how the week was"))


def test_the_other_signs_can_be_brought_up(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": [DOUBT]})
    person.press("Show all the signs")
    assert person.focus is person.choice("Ask how the week was")
    assert NO_LONGER not in person.texts


def test_a_screen_reader_hears_the_sign_at_each_control(shown: Shown) -> None:
    person = shown(PROMPT, answers={"noticed": [QUIET, DOUBT]})
    assert person.unnamed == []
    heard = [each.accessibleDescription() for each in person.choices]
    assert heard == [
        f"What may help with: {QUIET}",
        f"What may help with: {QUIET}",
        f"What may help with: {DOUBT}",
    ]
