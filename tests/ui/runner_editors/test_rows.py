"""Tables: rows that the tool names, a limit, texts from another table, and what options mean."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.answers import check_value

from .conftest import Person, Shown

STRENGTH = Column(
    "strength",
    "Strength",
    PromptKind.SINGLE_CHOICE,
    options=("Weak", "Fair", "Strong"),
    meanings=("Rarely felt", "Felt by some", "Felt by all"),
)
DRIVERS = Prompt(
    "drivers",
    "How strong is each?",
    PromptKind.TABLE,
    rows=("Leadership", "Belonging"),
    columns=(Column("driver", "Driver"), STRENGTH, Column("evidence", "What shows it?")),
)
MATCHED = Prompt(
    "matched",
    "Who does what?",
    PromptKind.TABLE,
    columns=(Column("who", "Who", like="interest/alias"), Column("why", "Why")),
)
INTEREST = {"interest": [{"alias": "Heron"}, {"alias": "Hawk"}, {"alias": "Heron"}, {"why": "x"}]}


# Rows that the tool names


def test_a_field_that_would_stand_alone_takes_its_whole_line(shown: Shown) -> None:
    person = shown(DRIVERS)
    person.window.resize(700, 900)
    person.qtbot.wait(1)
    (evidence,) = {each.width() for each in person.editor.findChildren(QLineEdit)}
    assert evidence > 0.8 * person.editor.width()


def test_each_card_is_named_by_its_row_and_nothing_can_be_added(shown: Shown) -> None:
    person = shown(DRIVERS)
    assert [text for text in person.texts if text in DRIVERS.rows] == list(DRIVERS.rows)
    assert "Driver" not in person.texts
    assert not person.has("Add another row")
    assert not any(person.has(f"Remove {row.lower()}") for row in DRIVERS.rows)
    assert not person.unnamed


def test_a_named_row_counts_once_something_is_written_in_it(shown: Shown) -> None:
    person = shown(DRIVERS)
    person.key("Space")
    assert person.value == [{"driver": "Leadership", "strength": "Weak"}]
    person.key("Tab", "Tab", "Tab")
    person.write("Warm mornings")
    expected = [
        {"driver": "Leadership", "strength": "Weak"},
        {"driver": "Belonging", "evidence": "Warm mornings"},
    ]
    assert person.value == expected
    assert check_value(DRIVERS, person.value) == expected
    person.key(*["Backspace"] * 13)
    assert person.value == expected[:1]


def test_what_was_written_before_is_in_its_own_row(shown: Shown) -> None:
    person = shown(DRIVERS, [{"driver": "Belonging", "strength": "Strong"}])
    assert person.value == [{"driver": "Belonging", "strength": "Strong"}]
    assert [each.isChecked() for each in person.choices] == [False] * 5 + [True]


# What options mean


def test_what_each_option_means_stands_in_sight(shown: Shown) -> None:
    person = shown(DRIVERS)
    for option, meaning in zip(STRENGTH.options, STRENGTH.meanings, strict=True):
        assert meaning in person.texts
        assert person.choice(option).accessibleDescription() == f"Strength. {meaning}"
    below = [each for each in person.texts if each in STRENGTH.meanings]
    assert below[:3] == list(STRENGTH.meanings)


# A limit


@pytest.mark.parametrize(
    ("kind", "add", "reason"),
    [
        (PromptKind.TABLE, "Add another row", "At most two rows here."),
        (PromptKind.ACTION, "Add another action", "At most two actions here."),
    ],
)
def test_at_the_limit_a_sentence_takes_the_buttons_place(
    shown: Shown, kind: PromptKind, add: str, reason: str
) -> None:
    columns = (Column("what", "What"),) if kind is PromptKind.TABLE else ()
    person = shown(Prompt("two", "Which?", kind, columns=columns, most=2))
    assert reason not in person.texts
    person.press(add)
    assert reason in person.texts
    assert not person.has(add)
    word = "row" if kind is PromptKind.TABLE else "action"
    person.press(f"Remove {word} 1")
    assert reason not in person.texts
    assert person.has(add)


def test_a_limit_of_one_is_reached_from_the_start(shown: Shown) -> None:
    prompt = Prompt("one", "Which?", PromptKind.TABLE, columns=(Column("a", "A"),), most=1)
    person = shown(prompt)
    assert "One row is enough here." in person.texts
    assert not person.has("Add another row")


# Texts of another table


def completer(person: Person) -> QCompleter:
    line = person.focus
    assert isinstance(line, QLineEdit)
    found = line.completer()
    assert found is not None
    return found


def offered(person: Person) -> list[str]:
    model = completer(person).completionModel()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_texts_of_the_other_table_are_offered_while_writing(shown: Shown) -> None:
    person = shown(MATCHED, answers=INTEREST)
    person.write("h")
    assert offered(person) == ["Heron", "Hawk"]
    person.write("er")
    assert offered(person) == ["Heron"]
    popup = completer(person).popup()
    assert popup is not None
    person.qtbot.waitUntil(popup.isVisible)
    before = person.changes
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert person.value == [{"who": "Heron"}]
    assert person.changes > before
    assert person.went_on == 0


def test_other_words_can_be_written_all_the_same(shown: Shown) -> None:
    person = shown(MATCHED, answers=INTEREST)
    person.write("Wren")
    assert QApplication.activePopupWidget() is None
    assert person.value == [{"who": "Wren"}]


def test_nothing_is_offered_where_the_other_table_is_empty(shown: Shown) -> None:
    person = shown(MATCHED)
    person.write("H")
    assert person.value == [{"who": "H"}]
    assert QApplication.activePopupWidget() is None
