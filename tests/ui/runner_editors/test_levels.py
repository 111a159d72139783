"""Levels: a grid chosen by key or by click, cards where room is short, and the picture of it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.toolkit.answers import check_value
from retention_desktop.ui.runner.editors.level_cell import LevelCell
from retention_desktop.ui.runner.editors.levels import Levels
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.heat_table import LevelBars

from .conftest import Person, Shown

SCALE = ("Low", "Medium", "High")


def dimension(column_id: str, label: str) -> Column:
    return Column(
        column_id,
        label,
        PromptKind.SINGLE_CHOICE,
        help=f"What {label} is.",
        options=SCALE,
        meanings=tuple(f"{label} is {word.lower()}" for word in SCALE),
    )


VOLUME, FEELING, TRAVEL = dimension("v", "Volume"), dimension("f", "Feeling"), dimension("t", "Way")
LOADS = Prompt(
    "loads",
    "What does each hold?",
    PromptKind.LEVELS,
    columns=(Column("alias", "Alias", help="A letter. No names."), VOLUME, FEELING, TRAVEL),
)
TWO: list[TableRow] = [{"alias": "A", "v": "High", "f": "Low"}, {"alias": "B", "v": "High"}]


def cell(person: Person, name: str) -> LevelCell:
    """The cell whose spoken name begins so."""
    cells = [each for each in person.editor.findChildren(LevelCell) if each.isVisible()]
    return next(each for each in cells if each.accessibleName().startswith(name))


def click(person: Person, where: LevelCell, part: int) -> None:
    x = where.width() * (2 * part + 1) // (2 * len(SCALE))
    QTest.mouseClick(where, Qt.MouseButton.LeftButton, pos=QPoint(x, where.height() // 2))
    person.qtbot.wait(1)


# By keyboard


def test_a_row_is_written_and_chosen_by_keyboard_alone(shown: Shown) -> None:
    person = shown(LOADS)
    person.write("Worker A")
    person.key("Return", "3", "Right", "L", "Right", "Space", "Space")
    expected = [{"alias": "Worker A", "v": "High", "f": "Low", "t": "Medium"}]
    assert person.value == expected
    assert check_value(LOADS, person.value) == expected
    assert person.went_on == 0


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("1", "Low"),
        ("2", "Medium"),
        ("3", "High"),
        ("L", "Low"),
        ("M", "Medium"),
        ("H", "High"),
        ("Space", "Low"),
        ("Space Space Space", "High"),
        ("Space Space Space Space", ""),
        ("2 Delete", ""),
        ("2 Backspace", ""),
        ("4", ""),
        ("0", ""),
        ("X", ""),
    ],
)
def test_each_key_chooses_what_it_should(shown: Shown, keys: str, word: str) -> None:
    person = shown(LOADS)
    person.key("Tab", *keys.split())
    assert person.value == ([{"v": word}] if word else None)


def test_the_arrows_go_from_cell_to_cell_and_stop_at_the_edge(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    person.key("Tab")
    for key, expected in (
        ("Left", "A, Volume: High"),
        ("Right", "A, Feeling: Low"),
        ("Down", "B, Feeling: not chosen"),
        ("Down", "B, Feeling: not chosen"),
        ("Right", "B, Way: not chosen"),
        ("Right", "B, Way: not chosen"),
        ("Up", "A, Way: not chosen"),
    ):
        person.key(key)
        assert person.focus.accessibleName() == expected


def test_tab_stops_once_in_a_row_where_one_was_last(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    person.key("Tab", "Right")
    stops = []
    for _ in range(4):
        person.key("Tab")
        stops.append(person.focus.accessibleName())
    assert stops == ["Remove row 1", "Row 2, Alias", "B, Feeling: not chosen", "Remove row 2"]
    assert not person.unnamed


def test_enter_on_a_level_goes_on(shown: Shown) -> None:
    person = shown(LOADS)
    person.key("Tab", "Return")
    assert person.went_on == 1


# By mouse


def test_one_click_chooses_any_level_and_another_takes_it_back(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    way = cell(person, "A, Way")
    for part, word in ((2, "High"), (0, "Low"), (1, "Medium")):
        click(person, way, part)
        assert way.word == word
    click(person, way, 1)
    assert way.word == ""
    assert person.value == TWO


def test_a_double_click_is_one_choice(shown: Shown) -> None:
    person = shown(LOADS)
    volume = cell(person, "Row 1, Volume")
    click(person, volume, 1)
    QTest.mouseDClick(volume, Qt.MouseButton.LeftButton, pos=volume.rect().center())
    assert volume.word == "Medium"


# Rows


def test_rows_come_and_go(shown: Shown) -> None:
    person = shown(LOADS)
    assert not person.has("Remove row 1")
    person.write("A")
    person.press("Add another row")
    person.write("B")
    person.key("Tab", "3")
    assert person.value == [{"alias": "A"}, {"alias": "B", "v": "High"}]
    person.press("Remove row 1")
    assert person.value == [{"alias": "B", "v": "High"}]
    assert isinstance(person.focus, QLineEdit)
    assert person.focus.accessibleName() == "Row 1, Alias"
    assert cell(person, "B, Volume").word == "High"


def test_a_cell_is_called_by_its_case_as_soon_as_that_has_a_name(shown: Shown) -> None:
    person = shown(LOADS)
    assert cell(person, "Row 1, Volume: not chosen").accessibleDescription() == "What Volume is."
    person.write("Hawk")
    person.key("Tab", "2")
    assert cell(person, "Hawk, Volume: Medium").accessibleDescription() == "Volume is medium"


def test_rows_that_the_tool_names(shown: Shown) -> None:
    prompt = Prompt("l", "?", PromptKind.LEVELS, columns=LOADS.columns, rows=("North", "South"))
    person = shown(prompt)
    assert not person.editor.findChildren(QLineEdit)
    assert not person.has("Add another row")
    person.key("Down", "3")
    assert person.value == [{"alias": "South", "v": "High"}]
    assert check_value(prompt, person.value) == person.value
    again = shown(prompt, person.value)
    assert again.value == person.value
    assert cell(again, "South, Volume").word == "High"


def test_aliases_of_another_table_are_offered(shown: Shown) -> None:
    columns = (Column("alias", "Alias", like="team/who"), VOLUME)
    prompt = Prompt("l", "?", PromptKind.LEVELS, columns=columns)
    person = shown(prompt, answers={"team": [{"who": "Heron"}, {"who": "Hawk"}]})
    person.write("aw")
    assert isinstance(person.focus, QLineEdit)
    popup = person.focus.completer().popup()
    assert popup is not None
    person.qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert person.value == [{"alias": "Hawk"}]
    assert cell(person, "Hawk, Volume").word == ""


# What it says and shows


def test_the_panel_says_what_the_column_in_focus_means(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    assert "A letter. No names." in person.texts
    for key, label in (("Tab", "Volume"), ("Right", "Feeling")):
        person.key(key)
        meanings = [f"{label} is {word.lower()}" for word in SCALE]
        said = [text for text in person.texts if text.startswith("What ") or " is " in text]
        assert said == [f"What {label} is.", *meanings]


def test_the_picture_follows_each_choice(shown: Shown) -> None:
    person = shown(LOADS)
    assert "How it looks together" not in person.texts
    person.write("A")
    person.key("Tab", "3")
    assert "Volume: Low 0, Medium 0, High 1" in person.texts
    assert "Feeling: Low 0, Medium 0, High 0, not chosen 1" in person.texts
    person.key("Delete")
    assert "Volume: Low 0, Medium 0, High 0, not chosen 1" in person.texts


def test_no_number_stands_for_a_case_or_for_all_dimensions(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    (bars,) = person.editor.findChildren(LevelBars)
    counted = [each.text().partition(":")[0] for each in bars.findChildren(QLabel)]
    assert counted == ["Volume", "Feeling", "Way"]
    numbers = [text for text in person.texts if any(c.isdigit() for c in text)]
    assert len([text for text in numbers if "arrow keys and 1 to 3" not in text]) == 3


# Room


def test_a_new_row_is_filled_from_its_first_level_on(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    person.key("Tab", "Right", "Right")
    person.press("Add another row")
    person.write("C")
    person.key("Tab")
    assert person.focus.accessibleName() == "C, Volume: not chosen"


def test_without_room_there_are_cards_with_the_same_fields(shown: Shown) -> None:
    person = shown(LOADS, TWO)
    editor = person.editor
    assert isinstance(editor, Levels)
    assert editor.is_grid
    person.key("Tab", "Right")
    held = person.focus
    person.window.resize(330, 900)
    person.qtbot.waitUntil(lambda: not editor.is_grid)
    person.qtbot.wait(1)
    assert person.value == TWO
    assert person.focus is held
    for word in SCALE:
        assert person.texts.count(f"{word}: Feeling is {word.lower()}") == 2
    person.key("3", "Down", "2", "Down", "1")  # one below the other, and on in the next card
    expected: list[TableRow] = [
        {"alias": "A", "v": "High", "f": "High", "t": "Medium"},
        {"alias": "B", "v": "Low"},
    ]
    assert person.value == expected
    person.press("Add another row")
    person.write("C")
    person.key("Return")
    assert person.focus.accessibleName() == "C, Volume: not chosen"
    person.press("Remove row 1")
    person.window.resize(640, 900)
    person.qtbot.waitUntil(lambda: editor.is_grid)
    person.qtbot.wait(1)
    assert person.value == [expected[1], {"alias": "C"}]
    person.press("Remove row 1")
    assert person.value == [{"alias": "C"}]


@pytest.mark.parametrize("width", [560, 640, 744])
def test_no_word_is_cut_at_any_width(dressed: None, shown: Shown, width: int) -> None:
    long = dimension("a", "Administration and travel")
    columns = (
        Column("alias", "Alias"),
        VOLUME,
        FEELING,
        TRAVEL,
        long,
        dimension("c", "Complexity"),
    )
    person = shown(Prompt("l", "?", PromptKind.LEVELS, columns=columns), TWO)
    person.window.resize(width, 900)
    person.qtbot.wait(5)
    assert person.window.width() == width
    for each in person.editor.findChildren(LevelCell):
        widest = max(map(each.fontMetrics().horizontalAdvance, SCALE))
        assert each.isVisible()
        assert each.width() >= widest + 4
        assert each.height() >= each.fontMetrics().height()
    for text in person.editor.findChildren(QLabel):
        if text.isVisible() and text.text():
            words = text.text().replace("\u200b", " ").split()
            widest = max(map(text.fontMetrics().horizontalAdvance, words))
            assert text.contentsRect().width() + 1 >= widest, text.text()


@pytest.mark.parametrize("width", [420, 640, 960])
def test_the_words_of_any_scale_are_drawn_whole(dressed: None, shown: Shown, width: int) -> None:
    scale = (
        "Hardly ever",
        "Now and then, when it is busy",
        "Nearly every day of the week",
        "Always",
    )
    often = Column("often", "How often", PromptKind.SINGLE_CHOICE, options=scale)
    columns = (Column("what", "What"), often)
    prompt = Prompt("l", "?", PromptKind.LEVELS, columns=columns)
    person = shown(prompt, [{"what": "Late notice", "often": scale[2]}])
    person.window.resize(theme.px(width), 1400)
    person.qtbot.wait(5)
    (where,) = person.editor.findChildren(LevelCell)
    room = where.rect().adjusted(4, 0, -4, 0)
    needed = where.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, scale[2])
    assert where.height() >= needed.height() + 12
    assert where.height() >= where.heightForWidth(where.width())
    person.key("Tab", "4")
    assert where.word == "Always"
    person.key("H")
    assert where.word == "Hardly ever"
    person.key("N")  # two of them begin so
    assert where.word == "Hardly ever"
