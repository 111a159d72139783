"""Themes: short lines by keyboard, with a count and a group, and a quiet doubt beside a line."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.doubts import theme_doubt

from .conftest import Person, Shown

GROUPS = ("Quick win", "System issue")
PLAIN = Prompt("heard", "What did you hear?", PromptKind.THEMES, help="A theme a line.")
THREE = Prompt("heard", "What did you hear?", PromptKind.THEMES, most=3)
COUNTED = Prompt("heard", "What did you hear?", PromptKind.THEMES, counted=True)
SORTED = Prompt("heard", "What did you hear?", PromptKind.THEMES, counted=True, groups=GROUPS)
NAMED = "Sarah Jones feels left out"


def texts(person: Person) -> list[str]:
    value = person.value or []
    assert isinstance(value, list)
    return [str(row["text"]) for row in value if isinstance(row, dict)]


def rows(*themes: str) -> list[TableRow]:
    return [{"text": each} for each in themes]


def line(person: Person, number: int) -> QLineEdit:
    found = person.named(f"Theme {number}")
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.usefixtures("dressed")
def test_the_name_of_a_group_is_read_whole(shown: Shown) -> None:
    groups = ("Quick win", "Issue for the whole system")
    person = shown(Prompt("heard", "What did you hear?", PromptKind.THEMES, groups=groups))
    (group,) = person.editor.findChildren(QComboBox)
    assert group.fontMetrics().horizontalAdvance(groups[1]) < group.width() - 36  # the arrow’s


class TestLines:
    def test_enter_makes_the_next_line(self, shown: Shown) -> None:
        person = shown(PLAIN)
        assert person.value is None
        for theme in ("Rotas come late", "Parking", "No time to think"):
            person.write(theme)
            person.key("Return")
        assert texts(person) == ["Rotas come late", "Parking", "No time to think"]
        assert person.focus is line(person, 4)
        assert person.went_on == 0

    def test_enter_in_an_empty_line_goes_on(self, shown: Shown) -> None:
        person = shown(PLAIN)
        person.write("Parking")
        person.key("Return", "Return")
        assert person.went_on == 1
        assert texts(person) == ["Parking"]

    def test_enter_in_the_middle_makes_a_line_there(self, shown: Shown) -> None:
        person = shown(PLAIN, rows("First", "Last"))
        person.key("Return")
        person.write("Between")
        assert texts(person) == ["First", "Between", "Last"]
        person.key("Up", "Return")
        assert person.focus is line(person, 2)
        person.key("Up", "Return")  # an empty line that waits there is used
        assert person.focus is line(person, 2)
        assert [line(person, number).text() for number in (1, 2, 3, 4)] == [
            "First",
            "",
            "Between",
            "Last",
        ]
        assert not person.has("Theme 5")

    def test_backspace_takes_an_empty_line_away(self, shown: Shown) -> None:
        person = shown(PLAIN, rows("First", "X", "Last"))
        person.key("Down", "Backspace", "Backspace")
        assert texts(person) == ["First", "Last"]
        assert person.focus is line(person, 1)
        person.write("!")
        assert texts(person) == ["First!", "Last"]

    def test_the_only_line_stays(self, shown: Shown) -> None:
        person = shown(PLAIN)
        person.key("Backspace", "Backspace")
        assert person.focus is line(person, 1)

    def test_up_and_down_move_and_stop_at_the_ends(self, shown: Shown) -> None:
        person = shown(PLAIN, rows("First", "Second"))
        person.key("Up")
        assert person.focus is line(person, 1)
        person.key("Down", "Down")
        assert person.focus is line(person, 2)

    def test_by_mouse(self, shown: Shown) -> None:
        person = shown(PLAIN)
        assert not person.has("Remove theme 1")
        person.write("First")
        person.press("Add a theme")
        person.write("Second")
        person.press("Remove theme 1")
        assert texts(person) == ["Second"]
        assert person.focus is line(person, 1)

    def test_empty_lines_are_no_themes(self, shown: Shown) -> None:
        person = shown(PLAIN)
        person.write("  ")
        assert person.value is None
        person.write("Two  spaces ")
        assert texts(person) == ["Two spaces"]

    def test_at_most_so_many(self, shown: Shown, heard: list[str]) -> None:
        person = shown(THREE)
        for theme in ("One", "Two", "Three"):
            person.write(theme)
            person.key("Return")
        assert texts(person) == ["One", "Two", "Three"]
        assert "Three is the most." in person.texts
        assert heard == ["Three is the most."]
        assert not person.named("Add a theme").isEnabled()
        person.press("Remove theme 3")
        assert person.named("Add a theme").isEnabled()
        assert "Three is the most." not in person.texts


class TestACount:
    def test_it_begins_at_once_and_goes_up_and_down(self, shown: Shown) -> None:
        person = shown(COUNTED)
        person.write("Parking")
        assert person.value == [{"text": "Parking", "count": 1}]
        person.key("Tab", "Up", "Up")
        assert person.value == [{"text": "Parking", "count": 3}]
        assert spin(person).text() == "heard 3 times"
        person.key("Down", "Down", "Down")
        assert person.value == [{"text": "Parking", "count": 1}]
        assert spin(person).text() == "heard once"

    def test_it_can_be_written(self, shown: Shown) -> None:
        person = shown(COUNTED, [{"text": "Parking", "count": 3}])
        person.key("Tab")
        spin(person).selectAll()
        person.write("12")
        assert person.value == [{"text": "Parking", "count": 12}]
        person.write("abc")
        person.key("Tab")
        assert person.value == [{"text": "Parking", "count": 12}]
        assert spin(person).text() == "heard 12 times"

    def test_by_mouse(self, shown: Shown) -> None:
        person = shown(COUNTED, [{"text": "Parking", "count": 3}])
        person.press("How often theme 1 was heard: one more")
        person.press("How often theme 1 was heard: one more")
        person.press("How often theme 1 was heard: one less")
        assert person.value == [{"text": "Parking", "count": 4}]
        assert person.changes == 3

    def test_once_is_the_least(self, shown: Shown) -> None:
        person = shown(COUNTED)
        fewer = person.named("How often theme 1 was heard: one less")
        assert not fewer.isEnabled()
        person.press("How often theme 1 was heard: one more")
        assert fewer.isEnabled()

    def test_enter_in_the_count_makes_the_next_line(self, shown: Shown) -> None:
        person = shown(COUNTED)
        person.write("Parking")
        person.key("Tab", "Up", "Return")
        assert person.focus is line(person, 2)
        assert person.value == [{"text": "Parking", "count": 2}]

    def test_the_wheel_scrolls_the_page_and_changes_no_count(self, shown: Shown) -> None:
        person = shown(COUNTED, [{"text": "Parking", "count": 3}])
        person.key("Tab")
        turn = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(spin(person), turn)
        assert person.value == [{"text": "Parking", "count": 3}]


def spin(person: Person) -> QSpinBox:
    found = person.named("How often theme 1 was heard")
    assert isinstance(found, QSpinBox)
    return found


class TestAGroup:
    def test_it_is_chosen_by_keyboard(self, shown: Shown) -> None:
        person = shown(SORTED)
        person.write("Parking")
        person.key("Tab", "Tab", "Down")
        assert person.value == [{"text": "Parking", "count": 1, "group": "Quick win"}]
        person.key("Down", "Up", "Up")
        assert person.value == [{"text": "Parking", "count": 1}]

    def test_everything_is_there_again(self, shown: Shown) -> None:
        answer: list[TableRow] = [
            {"text": "Parking", "count": 3, "group": "System issue"},
            {"text": "Tea", "count": 1},
        ]
        person = shown(SORTED, answer)
        assert person.value == answer
        assert check_value(SORTED, person.value) == answer
        group = person.named("Group of theme 2")
        assert isinstance(group, QComboBox)
        assert group.currentText() == "Not sorted yet"


class TestADoubt:
    def test_it_stands_there_and_is_said_once(self, shown: Shown, heard: list[str]) -> None:
        doubt = theme_doubt(NAMED)
        assert doubt
        person = shown(PLAIN)
        person.write(NAMED)
        assert doubt not in person.texts  # not while somebody writes
        person.qtbot.waitUntil(lambda: doubt in person.texts)
        person.write(" out")
        person.qtbot.wait(800)
        assert heard == [doubt]
        assert line(person, 1).accessibleDescription() == doubt

    def test_it_keeps_nobody_from_going_on(self, shown: Shown) -> None:
        person = shown(PLAIN)
        person.write(NAMED)
        person.key("Return")
        assert theme_doubt(NAMED) in person.texts
        assert person.focus is line(person, 2)
        assert texts(person) == [NAMED]
        assert person.editor.problem == ""

    def test_it_goes_when_the_words_do(self, shown: Shown) -> None:
        person = shown(PLAIN, rows(NAMED))
        assert theme_doubt(NAMED) in person.texts
        for _ in NAMED:
            person.key("Backspace")
        person.write("Feeling left out")
        person.key("Return")
        assert theme_doubt(NAMED) not in person.texts
        assert line(person, 1).accessibleDescription() == "A theme a line."

    def test_an_answer_that_is_opened_is_not_read_out(self, shown: Shown, heard: list[str]) -> None:
        shown(PLAIN, rows(NAMED))
        assert heard == []


@pytest.mark.parametrize("prompt", [PLAIN, COUNTED, SORTED], ids=["plain", "counted", "sorted"])
def test_every_control_has_a_name(shown: Shown, prompt: Prompt) -> None:
    assert shown(prompt, rows("One", "Two")).unnamed == []


def test_tab_goes_through_a_line_from_left_to_right(shown: Shown) -> None:
    person = shown(SORTED, rows("One", "Two"))
    visited = []
    for _ in range(5):
        visited.append(person.focus.accessibleName())
        person.key("Tab")
    assert visited == [
        "Theme 1",
        "How often theme 1 was heard",
        "Group of theme 1",
        "Remove theme 1",
        "Theme 2",
    ]
