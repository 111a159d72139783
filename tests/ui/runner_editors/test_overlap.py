"""Two areas that overlap: what they begin with, where each thing lies, and the picture of it."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import check_value
from retention_desktop.ui.runner.editors.overlap import ItemCard
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.overlap_view import OverlapView

from .conftest import Person, Shown

TRAINED, BOTH, DO = AREAS = ("What I trained for", "Where they meet", "What I do")
MAP = Prompt("map", "How do they meet?", PromptKind.OVERLAP, options=AREAS, about=("a", "b"))
ANSWERS: Mapping[str, Value] = {
    "a": "- Relationships\n\n  • Advocacy work \nLaw",
    "b": "Forms\nadvocacy  Work\nDuty",
}
BEGUN: list[TableRow] = [
    {"text": "Relationships", "area": TRAINED},
    {"text": "Advocacy work", "area": BOTH},
    {"text": "Law", "area": TRAINED},
    {"text": "Forms", "area": DO},
    {"text": "Duty", "area": DO},
]


def drawn(person: Person) -> list[list[str]]:
    """What stands in each of the three areas of the picture, under its name."""
    person.qtbot.wait(1)
    (view,) = person.editor.findChildren(OverlapView)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    areas = [each for each in view.findChildren(QWidget, options=direct) if each.isVisible()]
    assert len(areas) == 3
    texts = [
        [label.text() for label in each.findChildren(QLabel, options=direct)] for each in areas
    ]
    assert tuple(name for name, *_ in texts) == AREAS
    return [[text for text in items if text != "Nothing here"] for _, *items in texts]


def card(person: Person, text: str) -> ItemCard:
    """The card that says this."""
    cards = [each for each in person.editor.findChildren(ItemCard) if each.isVisible()]
    return next(each for each in cards if each.row.get("text") == text)


def offers(person: Person) -> list[str]:
    found = person.editor.findChildren(ContentButton)
    return [each.accessibleName() for each in found if each.isVisible()]


# What it begins with


def test_it_begins_with_the_lines_of_both_answers(shown: Shown) -> None:
    person = shown(MAP, answers=ANSWERS)
    assert person.value == BEGUN
    assert check_value(MAP, person.value) == BEGUN
    assert drawn(person) == [["Relationships", "Law"], ["Advocacy work"], ["Forms", "Duty"]]
    assert offers(person) == []


def test_what_it_begins_with_is_kept_even_if_nothing_is_changed(shown: Shown) -> None:
    person = shown(MAP, answers=ANSWERS)
    person.qtbot.waitUntil(lambda: person.changes == 1)
    again = shown(MAP, BEGUN, answers=ANSWERS)
    again.qtbot.wait(5)
    assert again.changes == 0


def test_with_nothing_to_begin_with_one_adds_ones_own(shown: Shown) -> None:
    person = shown(MAP)
    assert drawn(person) == [[], [], []]
    assert isinstance(person.focus, QLineEdit)
    person.write("Mentoring")
    person.key("Return")
    assert person.value == [{"text": "Mentoring", "area": TRAINED}]
    person.key("Right")
    assert person.value == [{"text": "Mentoring", "area": BOTH}]
    assert drawn(person) == [[], ["Mentoring"], []]
    assert person.went_on == 0


def test_what_was_placed_stays_and_what_is_new_is_offered(shown: Shown) -> None:
    placed: list[TableRow] = [
        {"text": "Law", "area": DO},
        {"text": "My own", "area": BOTH},
        {"text": "FORMS", "area": BOTH},
        {"text": "Advocacy work", "area": TRAINED},
    ]
    person = shown(MAP, placed, answers=ANSWERS)
    assert offers(person) == ["Put in: Relationships", "Put in: Duty"]
    person.press("Put in: Duty")
    assert person.value == [*placed, {"text": "Duty", "area": DO}]
    assert offers(person) == ["Put in: Relationships"]
    assert isinstance(person.focus, Choice)
    assert person.focus.text() == DO


def test_what_is_taken_out_is_offered_again(shown: Shown) -> None:
    person = shown(MAP, answers=ANSWERS)
    person.press("Take out: Law")
    assert person.value == [row for row in BEGUN if row["text"] != "Law"]
    assert offers(person) == ["Put in: Law"]
    for each in ("Relationships", "Advocacy work", "Forms", "Duty"):
        person.press(f"Take out: {each}")
    assert not person.value
    assert isinstance(person.focus, QLineEdit)


# Placing


@pytest.mark.parametrize("keys", [("Right", "Left"), ("Down", "Up")])
def test_the_arrows_move_a_thing_from_area_to_area(shown: Shown, keys: tuple[str, str]) -> None:
    on, back = keys
    person = shown(MAP, answers={"a": "Law"})
    for key, area in (
        (back, TRAINED),
        (on, BOTH),
        (on, DO),
        (on, DO),
        (back, BOTH),
        (back, TRAINED),
    ):
        person.key(key)
        assert person.value == [{"text": "Law", "area": area}]
        assert drawn(person)[AREAS.index(area)] == ["Law"]
        assert isinstance(person.focus, Choice)
        assert person.focus.text() == area
        assert person.focus.accessibleDescription() == "Law"


def test_a_click_moves_it_too(shown: Shown) -> None:
    person = shown(MAP, answers=ANSWERS)
    choice = next(each for each in card(person, "Law").findChildren(Choice) if each.text() == DO)
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert drawn(person) == [["Relationships"], ["Advocacy work"], ["Law", "Forms", "Duty"]]


def test_its_words_can_be_changed(shown: Shown) -> None:
    person = shown(MAP, answers={"a": "Law"})
    line = person.named("Thing 1")
    line.setFocus()
    person.key("End")
    person.write(" and rights")
    assert person.value == [{"text": "Law and rights", "area": TRAINED}]
    assert drawn(person)[0] == ["Law and rights"]
    assert offers(person) == []  # it is the same thing still
    person.key("Return")
    assert isinstance(person.focus, Choice)
    line.setFocus()
    person.key(*["Backspace"] * 20)
    assert person.value is None


def test_everything_has_a_name(shown: Shown) -> None:
    person = shown(MAP, BEGUN[:2], answers=ANSWERS)
    assert not person.unnamed


# Room


def test_the_picture_grows_with_its_words_and_becomes_lists_where_room_is_short(
    dressed: None, shown: Shown
) -> None:
    person = shown(MAP, answers=ANSWERS)
    (view,) = person.editor.findChildren(OverlapView)
    person.window.resize(theme.px(640), 3000)
    person.qtbot.waitUntil(lambda: view.is_drawn)
    person.qtbot.wait(5)
    assert_whole(view)
    before = view.height()
    person.named("Thing 1").setFocus()
    person.write("Word after word that goes on for a good while " * 3)
    person.qtbot.waitUntil(lambda: view.height() > before)
    person.qtbot.wait(5)
    assert_whole(view)
    person.window.resize(theme.px(360), 4500)
    person.qtbot.waitUntil(lambda: not view.is_drawn)
    person.qtbot.wait(5)
    assert person.window.width() == theme.px(360)
    assert_whole(view)


def test_a_word_too_long_for_an_area_makes_lists(dressed: None, shown: Shown) -> None:
    person = shown(MAP, answers={"a": "Law"})
    (view,) = person.editor.findChildren(OverlapView)
    person.window.resize(theme.px(640), 3000)
    person.named("Thing 1").setFocus()
    person.write("W" * 90)
    person.qtbot.waitUntil(lambda: not view.is_drawn)
    person.qtbot.wait(5)
    assert_whole(view)


def assert_whole(view: OverlapView) -> None:
    """No label has less room than its words need."""
    for text in view.findChildren(QLabel):
        if text.isVisible():
            words = text.text().replace("\u200b", " ").split()
            widest = max(map(text.fontMetrics().horizontalAdvance, words))
            assert text.contentsRect().width() + 1 >= widest
            assert text.height() >= text.heightForWidth(text.width())
