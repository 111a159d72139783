"""Texts: how many words are plenty, and help with wording that suggests and never judges."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.language import find_wording

from .conftest import Person, Shown

BRIEF = [
    Prompt("brief", "In short?", kind, help="A line.", words=3)
    for kind in (PromptKind.LONG_TEXT, PromptKind.SHORT_TEXT)
]


@pytest.mark.parametrize("prompt", BRIEF, ids=lambda prompt: prompt.kind)
class TestHowManyWordsArePlenty:
    def test_the_count_follows_and_nothing_is_refused(self, shown: Shown, prompt: Prompt) -> None:
        person = shown(prompt)
        assert person.texts == ["About 3 words are plenty."]
        person.write("Two  words")
        assert person.texts == ["About 3 words are plenty. You have 2."]
        person.write(" and three more")
        assert person.texts == ["About 3 words are plenty. You have 5."]
        assert person.value == "Two  words and three more"

    def test_a_screen_reader_hears_it_with_the_field_and_not_at_every_key(
        self, shown: Shown, prompt: Prompt
    ) -> None:
        person = shown(prompt)
        person.write("Some words here now")
        assert person.focus.accessibleDescription() == "A line. About 3 words are plenty."

    def test_an_answer_that_is_there_already_is_counted(self, shown: Shown, prompt: Prompt) -> None:
        assert shown(prompt, "a b c d").texts == ["About 3 words are plenty. You have 4."]


HELPED = Prompt("report", "What did you write?", PromptKind.LONG_TEXT, language_help=True)
TEXT = "🙂 We leverage each service user. The service user is well."
FIRST_WORD = "Show “leverage” in the text"


def selected(person: Person) -> str:
    return area(person).textCursor().selectedText()


def area(person: Person) -> QPlainTextEdit:
    found = person.named(HELPED.label)
    assert isinstance(found, QPlainTextEdit)
    return found


def underlined(person: Person) -> list[str]:
    return [each.cursor.selectedText() for each in area(person).extraSelections()]


def wait_for(person: Person, text: str) -> None:
    person.qtbot.waitUntil(lambda: any(text in each for each in person.texts))


class TestHelpWithWording:
    def test_the_examples_stand_out(self) -> None:
        assert [TEXT[each.start : each.end] for each in find_wording(TEXT)] == [
            "leverage",
            "service user",
            "service user",
        ]

    def test_what_stands_out_is_underlined_and_listed_with_a_hint(self, shown: Shown) -> None:
        person = shown(HELPED, TEXT)
        assert underlined(person) == ["leverage", "service user", "service user"]
        for words in (
            "3 places you may want to look at again",
            "“leverage”",
            "“service user”, 2 times",
            *(each.hint for each in find_wording(TEXT)),
        ):
            assert words in person.texts

    def test_nothing_stands_out(self, shown: Shown) -> None:
        person = shown(HELPED, "They like the garden.")
        assert "Nothing stood out." in person.texts
        assert underlined(person) == []

    def test_an_empty_text_says_what_will_be_here(self, shown: Shown) -> None:
        person = shown(HELPED)
        wait_for(person, "While you write")
        assert "Nothing stood out." not in person.texts

    def test_it_follows_what_is_written_and_changes_no_word(
        self, shown: Shown, heard: list[str]
    ) -> None:
        person = shown(HELPED)
        person.write("We leverage")
        wait_for(person, "“leverage”")
        assert person.value == "We leverage"
        assert person.changes == len("We leverage")
        for _ in "leverage":
            person.key("Backspace")
        person.write("use it")
        wait_for(person, "Nothing stood out.")
        assert underlined(person) == []
        assert heard == []  # nobody is interrupted

    def test_show_selects_it_in_the_text(self, shown: Shown, heard: list[str]) -> None:
        person = shown(HELPED, TEXT)
        person.press(FIRST_WORD)
        assert selected(person) == "leverage"
        assert person.focus is area(person)
        (said,) = heard
        assert said == f"“leverage”: {find_wording(TEXT)[0].hint}"

    def test_show_goes_through_all_places_of_a_word(self, shown: Shown) -> None:
        person = shown(HELPED, TEXT)
        places = []
        for _ in range(3):
            person.press("Show “service user” in the text")
            assert selected(person) == "service user"
            places.append(area(person).textCursor().selectionStart())
        assert places[0] == places[2] < places[1]

    def test_by_keyboard_from_place_to_place(self, shown: Shown) -> None:
        person = shown(HELPED, TEXT)  # the cursor is at the end
        visited = []
        for key in ("F7", "F7", "F7", "F7", "Shift+F7", "Shift+F7"):
            person.key(key)
            visited.append((selected(person), area(person).textCursor().selectionStart()))
        words = [word for word, _ in visited]
        round_trip = ["leverage", "service user", "service user", "leverage"]
        assert words == [*round_trip, "service user", "service user"]
        assert visited[4] == visited[2] != visited[5] == visited[1]

    def test_a_word_at_the_cursor_is_the_next(self, shown: Shown) -> None:
        person = shown(HELPED, "leverage it, leverage it")
        person.key("Home", "F7")
        assert area(person).textCursor().selectionStart() == 0
        person.key("F7")
        assert area(person).textCursor().selectionStart() == len("leverage it, ")

    def test_what_was_just_written_is_found_without_waiting(self, shown: Shown) -> None:
        person = shown(HELPED)
        person.write("We leverage")
        person.key("F7")
        assert selected(person) == "leverage"

    def test_f7_with_nothing_to_show_says_so(self, shown: Shown, heard: list[str]) -> None:
        person = shown(HELPED, "All is well.")
        person.key("F7")
        assert heard == ["Nothing stood out."]

    def test_the_buttons_do_the_same(self, shown: Shown) -> None:
        person = shown(HELPED, TEXT)
        person.press("Next place that stands out")
        assert selected(person) == "leverage"
        person.press("Previous place that stands out")
        assert selected(person) == "service user"

    def test_a_word_of_ones_own(self, shown: Shown) -> None:
        person = shown(HELPED, "Our wellbeing champion helps.")
        person.named("Look out for another word").setFocus()
        person.write("champion")
        person.key("Return")
        assert person.added == [("language-words", "champion")]
        assert underlined(person) == ["champion"]
        assert person.went_on == 0

    def test_a_word_of_ones_own_is_remembered_and_can_be_taken_off(self, shown: Shown) -> None:
        text = "Our Champion helps the other champion."
        person = shown(HELPED, text, own={"language-words": ("champion", "synergy")})
        assert underlined(person) == ["Champion", "champion"]
        person.press("Take “Champion” off my list")
        assert person.removed == [("language-words", "champion")]
        assert underlined(person) == []
        assert person.value == text

    def test_only_ones_own_words_can_be_taken_off(self, shown: Shown) -> None:
        assert not shown(HELPED, TEXT).has("Take “leverage” off my list")

    def test_a_long_list_is_cut_and_says_so(self, shown: Shown) -> None:
        own = tuple(f"word{number}" for number in range(23))
        person = shown(HELPED, "\n".join(own), own={"language-words": own})
        assert "And 3 more, underlined in the text." in person.texts
        assert len(underlined(person)) == 23

    def test_every_control_has_a_name(self, shown: Shown) -> None:
        person = shown(HELPED, TEXT, own={"language-words": ("well",)})
        assert person.unnamed == []
        assert isinstance(person.named("Look out for another word"), QLineEdit)

    def test_of_a_very_long_text_the_beginning_is_looked_through(self, shown: Shown) -> None:
        limit = "Only the first 20,000 characters are looked through."
        filling = "All is well here.\n" * 1_200
        person = shown(HELPED, f"leverage\n{filling}synergy")
        assert underlined(person) == ["leverage"]
        assert limit in person.texts
        assert limit not in shown(HELPED, TEXT).texts
