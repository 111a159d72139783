"""On a small page, what the keyboard has just come to is in sight."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, Response

from .conftest import Person, Shown


def onto_a_small_page(person: Person) -> QScrollArea:
    """Move the editor onto a page that shows a few lines of it."""
    content, page = QWidget(), QScrollArea()
    column = QVBoxLayout(content)
    column.addWidget(person.editor)
    column.addStretch(1)
    page.setWidgetResizable(True)
    page.setWidget(content)
    window = person.window.layout()
    assert window is not None
    window.addWidget(page)
    person.window.resize(640, 240)
    person.editor.setFocus()
    person.qtbot.wait(1)
    return page


def is_in_sight(page: QScrollArea, widget: QWidget) -> bool:
    top = widget.mapTo(page.viewport(), QPoint(0, 0))
    bottom = widget.mapTo(page.viewport(), widget.rect().bottomRight())
    return page.viewport().rect().contains(top) and page.viewport().rect().contains(bottom)


def test_the_next_theme_and_the_one_before(shown: Shown) -> None:
    person = shown(Prompt("heard", "What did you hear?", PromptKind.THEMES))
    page = onto_a_small_page(person)
    for _ in range(9):
        person.write("Parking")
        person.key("Return")
        assert is_in_sight(page, person.focus)
    for _ in range(9):
        person.key("Up")
        assert is_in_sight(page, person.focus)
    assert person.focus is person.named("Theme 1")


def test_the_first_of_the_other_signs(shown: Shown) -> None:
    signs = tuple(f"Sign {number}" for number in range(6))
    prompt = Prompt(
        "help",
        "What may help?",
        PromptKind.MATCHED,
        about=("noticed",),
        responses=tuple(Response(sign, (f"Help with {sign}",)) for sign in signs),
    )
    person = shown(prompt, answers={"noticed": list(signs[:3])})
    page = onto_a_small_page(person)
    person.press("Show all the signs")
    assert person.focus is person.choice("Help with Sign 3")
    assert is_in_sight(page, person.focus)


def test_the_line_for_ones_own_while_the_list_grows(shown: Shown) -> None:
    prompt = Prompt("why", "?", PromptKind.SEVERAL_CHOICES, options=("Pay",), own_list="reasons")
    person = shown(prompt)
    page = onto_a_small_page(person)
    person.named("Add your own").setFocus()
    for number in range(9):
        person.write(f"Reason {number}")
        person.key("Return")
        assert is_in_sight(page, person.named("Add your own"))


def test_the_place_in_the_text_that_is_shown(shown: Shown) -> None:
    prompt = Prompt("report", "What did you write?", language_help=True)
    text = "leverage\n" + "All is well here.\n" * 40 + "synergy\n"
    person = shown(prompt, text, own={"language-words": ("synergy",)})
    page = onto_a_small_page(person)
    area = person.named("What did you write?")
    assert isinstance(area, QPlainTextEdit)
    for _ in range(3):
        person.key("F7")
        place = area.viewport().mapTo(page.viewport(), area.cursorRect().center())
        assert page.viewport().rect().contains(place)


def test_a_row_that_was_just_added(shown: Shown) -> None:
    columns = (Column("who", "Who"), Column("why", "Why"))
    person = shown(Prompt("rows", "Who?", PromptKind.TABLE, columns=columns))
    page = onto_a_small_page(person)
    for _ in range(5):
        person.press("Add another row")
        assert is_in_sight(page, person.focus)


def test_a_case_that_was_just_added(shown: Shown) -> None:
    levels = Column("load", "Load", PromptKind.SINGLE_CHOICE, options=("Low", "High"))
    person = shown(
        Prompt("loads", "How?", PromptKind.LEVELS, columns=(Column("who", "Who"), levels))
    )
    page = onto_a_small_page(person)
    for _ in range(5):
        person.press("Add another row")
        assert is_in_sight(page, person.focus)
