"""What all uses of a tool hold together: the way there, the time one chooses, and the PDF."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtWidgets import QComboBox, QLineEdit

from retention_desktop.toolkit.definition import GatheredRows
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.collection.screen import CollectionScreen
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.widgets.buttons import ContentButton

from .agreements import AGREEMENT, ROUND, keep, themes
from .conftest import NAME, OpenWindow
from .test_all_screens import (
    assert_nowhere,
    cut_off,
    out_of_reach,
    taken_for_rich_text,
    without_a_name,
)
from .test_all_screens import longer_language as longer_language
from .user import NOW, TODAY, User


@pytest.fixture(scope="session")
def kept(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in which two tools were used over some years, to be copied."""
    folder = tmp_path_factory.mktemp("kept") / NAME
    shutil.copytree(empty_vault, folder)
    keep(folder, ROUND, {"themes": themes("late rotas", "<b>Parking</b>")}, days_ago=500)
    keep(folder, ROUND, {"themes": themes("Kindness")}, days_ago=200)
    keep(folder, ROUND, {"themes": themes("Late rotas")}, days_ago=3)
    keep(
        folder,
        AGREEMENT,
        {"principles": "Start at eight.", "doubts": "CANARY"},
        days_ago=9,
        person="Kestrel",
    )
    return folder


@pytest.fixture
def keeper(
    open_window: OpenWindow,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody who has used two tools over some years; `param` is the size of the text."""
    small = Toolkit((AGREEMENT, ROUND))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    user = open_window(vault=kept, text_percent=getattr(request, "param", 100), scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    return user


def look(user: User, tool: str, collection: str) -> User:
    user.go("toolkit")
    user.press(f"{tool}. ")
    user.press(collection)
    user.screen(CollectionScreen)
    user.settle()
    return user


def pdf_text(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


# The way there


def test_the_page_of_a_tool_leads_to_each_of_its_collections(keeper: User) -> None:
    keeper.go("toolkit")
    keeper.press("Our agreement. ")
    assert keeper.sees("Gathered from every use")
    keeper.press("Now and then")
    assert keeper.sees("The last two.")
    keeper.press("Back to the tool")
    keeper.screen(ToolPage)
    keeper.press("All that was agreed")
    assert keeper.sees("Every version.")
    keeper.key("Escape")
    keeper.screen(ToolPage)
    assert keeper.sees("Our agreement")


def test_by_keyboard_alone(keeper: User) -> None:
    keeper.go("toolkit")
    keeper.press("Our round. ")
    for _ in range(8):
        keeper.key("Tab")
        if isinstance(keeper.focus, ContentButton):
            break
    keeper.key("Space")
    keeper.screen(CollectionScreen)
    keeper.settle()
    assert keeper.sees("What we hear")


def test_a_tool_of_themes_alone_asks_for_nobody(keeper: User) -> None:
    keeper.go("toolkit")
    keeper.press("Our round. ")
    names = [each.accessibleName() for each in keeper.all(QLineEdit)]
    assert "Who is it with?" not in names
    keeper.go("toolkit")
    keeper.press("Our agreement. ")
    names = [each.accessibleName() for each in keeper.all(QLineEdit)]
    assert "Who is it with?" in names


# What is there


def test_themes_of_all_uses_are_one_list(keeper: User) -> None:
    look(keeper, "Our round", "What we hear")
    assert keeper.sees("All themes.")
    first = NOW.date() - timedelta(days=500)
    assert keeper.sees(f"Our round, {first.day} {first:%B %Y} to 19 November 2026")
    assert keeper.sees("Late rotas (heard 2 times)")
    assert keeper.sees("Kindness")
    assert keeper.sees("<b>Parking</b>")


@pytest.mark.parametrize(
    ("period", "there", "not_there"),
    [
        ("Everything", ["Late rotas (heard 2 times)", "Kindness", "Parking"], []),
        ("The last year", ["Late rotas", "Kindness"], ["Parking", "heard 2"]),
        ("The last three months", ["Late rotas"], ["Kindness", "Parking"]),
    ],
)
def test_the_time_can_be_chosen_and_the_pdf_follows(
    keeper: User, tmp_path: Path, period: str, there: list[str], not_there: list[str]
) -> None:
    look(keeper, "Our round", "What we hear")
    keeper.choose("Which time", "The last year")
    keeper.choose("Which time", period)
    keeper.dialogs.answer = tmp_path / "out.pdf"
    keeper.press("Save PDF…")
    text = pdf_text(tmp_path / "out.pdf")
    for words in there:
        assert keeper.sees(words)
        assert words in text
    for words in not_there:
        assert not keeper.sees(words)
        assert words not in text
    assert keeper.dialogs.proposed == f"Gathered {TODAY.isoformat()}.pdf"
    assert "Saved as out.pdf" in keeper.message


def test_a_comparison_has_no_time_to_choose(keeper: User) -> None:
    look(keeper, "Our agreement", "Now and then")
    assert keeper.all(QComboBox) == []
    assert keeper.sees("Start at eight.")


def test_where_nothing_was_gathered_the_page_says_how_it_begins(keeper: User) -> None:
    look(keeper, "Our round", "All rounds")
    assert keeper.sees("There is nothing here yet. What you write in “Our round” is gathered here")
    assert not keeper.button("Save PDF…").isEnabled()


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_pdf(
    open_window: OpenWindow,
    empty_vault: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: Toolkit((ROUND,)))
    user = open_window(vault=empty_vault)
    many = themes(*(f"Theme {number:03}" for number in range(130)))
    keep(user.folder, ROUND, {"themes": many})
    user.unlock()
    look(user, "Our round", "What we hear")
    assert user.sees("Theme 099")
    assert not user.sees("Theme 100")
    assert user.sees("The first 100 are here. The PDF holds 30 more.")
    user.dialogs.answer = tmp_path / "out.pdf"
    user.press("Save PDF…")
    assert "Theme 129" in pdf_text(tmp_path / "out.pdf")


# What leaves


def test_what_is_private_is_shown_and_leaves_only_where_one_ticks_it(
    keeper: User, tmp_path: Path
) -> None:
    look(keeper, "Our agreement", "All that was agreed")
    assert keeper.sees("CANARY")
    assert keeper.sees("Private")
    keeper.dialogs.answer = tmp_path / "out.pdf"
    keeper.press("Save PDF…")
    assert "Start at eight." in pdf_text(tmp_path / "out.pdf")
    assert "CANARY" not in pdf_text(tmp_path / "out.pdf")
    keeper.press("Put private answers into the PDF too")
    keeper.press("Save PDF…")
    assert "CANARY" in pdf_text(tmp_path / "out.pdf")
    assert "Kestrel" not in pdf_text(tmp_path / "out.pdf")
    assert not keeper.sees("Kestrel")


def test_where_all_is_private_nothing_is_saved_until_one_ticks_it(
    keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gathered,) = (each for each in AGREEMENT.collections if isinstance(each, GatheredRows))
    doubts = replace(gathered, prompts=("doubts",))
    private = Toolkit((replace(AGREEMENT, collections=(doubts,)),))
    monkeypatch.setattr(keeper.shell._session, "toolkit", private)
    look(keeper, "Our agreement", "All that was agreed")
    keeper.press("Save PDF…")  # no dialog opens: it would fail this test
    assert keeper.message.startswith("All of this is private.")
    assert keeper.focus is keeper.button("Put private answers into the PDF too")


def test_where_nothing_is_private_there_is_nothing_to_tick(keeper: User) -> None:
    look(keeper, "Our round", "What we hear")
    assert not keeper.has_button("Put private answers into the PDF too")


def test_a_place_that_cannot_be_written_is_told(keeper: User, tmp_path: Path) -> None:
    look(keeper, "Our round", "What we hear")
    keeper.dialogs.answer = tmp_path / "not there" / "out.pdf"
    keeper.press("Save PDF…")
    assert "not there" in keeper.message
    assert keeper.button("Save PDF…").isEnabled()


# What holds on every screen


def tour(user: User) -> Iterator[str]:
    user.go("toolkit")
    user.press("Our agreement. ")
    yield "a tool with collections"
    for tool, title in (
        ("Our agreement", "All that was agreed"),
        ("Our agreement", "Now and then"),
        ("Our round", "What we hear"),
        ("Our round", "All rounds"),
    ):
        look(user, tool, title)
        yield title


def test_every_control_has_a_name_and_is_reached(keeper: User) -> None:
    for check in (without_a_name, out_of_reach, taken_for_rich_text):
        assert_nowhere(check, keeper, tour(keeper))


@pytest.mark.parametrize("keeper", [100, 200], indirect=True)
def test_nothing_is_cut_off(keeper: User) -> None:
    assert_nowhere(cut_off, keeper, tour(keeper))


def test_nothing_is_cut_off_in_a_longer_language(longer_language: None, keeper: User) -> None:
    assert_nowhere(cut_off, keeper, tour(keeper))
