"""Finding a tool and starting it."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from retention_desktop.journal.people import add_person
from retention_desktop.models.enums import Role, Setting
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .user import CHEAP, NOW, PASSPHRASE, User


@pytest.fixture
def visitor(user: User) -> User:
    user.key("Ctrl+2")
    user.screen(ToolkitScreen)
    return user


def shown(user: User) -> set[str]:
    return {each.property("tool") for each in user.all(ContentButton)}


def test_every_tool_is_there_by_driver(visitor: User, toolkit: Toolkit) -> None:
    assert shown(visitor) == {tool.id for tool in toolkit.tools}
    assert visitor.sees(f"{len(toolkit.tools)} tools")


def test_a_search_looks_into_the_whole_tool(visitor: User) -> None:
    visitor.type("CAREER conv")  # the keyboard is in the search at once
    visitor.settle()
    assert shown(visitor) == {"career-conversation"}
    visitor.edit("Find a tool").clear()  # type: ignore[attr-defined]
    visitor.type("caseload")
    visitor.settle()
    assert "caseload-review" in shown(visitor)


def test_some_words_of_a_title_find_that_tool_alone(visitor: User) -> None:
    visitor.type("people  Stay or g")
    visitor.settle()
    assert shown(visitor) == {"stay-exit"}


@pytest.mark.parametrize(
    ("option", "minutes"),
    [("10 min or less", 10), ("20 min or less", 20), ("45 min or less", 45)],
)
def test_by_minutes(visitor: User, toolkit: Toolkit, option: str, minutes: int) -> None:
    visitor.choose("How much time", option)
    assert shown(visitor) == {tool.id for tool in toolkit.tools if tool.minutes <= minutes}


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ("On your own", Setting.SOLO),
        ("Two people", Setting.ONE_TO_ONE),
        ("Team", Setting.TEAM),
    ],
)
def test_by_setting(visitor: User, toolkit: Toolkit, option: str, setting: Setting) -> None:
    visitor.choose("Setting", option)
    wanted = {t.id for t in toolkit.tools if setting in (t.setting, *t.also_suits)}
    assert shown(visitor) == wanted
    assert 0 < len(wanted) < len(toolkit.tools)


@pytest.mark.parametrize(
    ("option", "role"),
    [
        ("For practitioners", Role.PRACTITIONER),
        ("For supervisors", Role.SUPERVISOR),
        ("For managers", Role.MANAGER),
        ("For workforce leads", Role.WORKFORCE_LEAD),
        ("For teams", Role.TEAM),
    ],
)
def test_by_whom_it_is_for(visitor: User, toolkit: Toolkit, option: str, role: Role) -> None:
    visitor.choose("Who it is for", option)
    wanted = {tool.id for tool in toolkit.tools if role in tool.roles}
    assert shown(visitor) == wanted
    assert wanted


def test_filters_add_up(visitor: User, toolkit: Toolkit) -> None:
    visitor.choose("How much time", "20 min or less")
    visitor.choose("Setting", "Team")
    assert shown(visitor) == {
        tool.id
        for tool in toolkit.tools
        if tool.minutes <= 20 and Setting.TEAM in (tool.setting, *tool.also_suits)
    }


def test_nothing_fits_and_the_way_back(visitor: User, toolkit: Toolkit) -> None:
    visitor.choose("Setting", "Team")
    visitor.type("nothing like this", into="Find a tool")
    visitor.settle()
    assert shown(visitor) == set()
    assert visitor.sees("No tool fits all of that")
    visitor.press("Show every tool")
    assert shown(visitor) == {tool.id for tool in toolkit.tools}
    assert not visitor.sees("No tool fits all of that")


def test_by_keyboard_alone_from_the_search_into_a_tool(visitor: User) -> None:
    visitor.type("career conv")
    visitor.settle()
    for _ in range(8):
        visitor.key("Tab")
        if isinstance(visitor.focus, ContentButton):
            break
    visitor.key("Return")
    visitor.screen(ToolPage)
    assert visitor.sees("Career conversation")
    visitor.key("Return")
    visitor.screen(RunnerScreen)


def test_a_tool_says_what_it_is(visitor: User, toolkit: Toolkit) -> None:
    visitor.press("Career conversation")
    tool = toolkit.tool("career-conversation")
    for words in (tool.title, tool.purpose, tool.audience, tool.when, "45 min"):
        assert visitor.sees(words)
    for step in tool.steps:
        assert visitor.sees(step.title)


def test_with_whom(visitor: User) -> None:
    visitor.press("Career conversation")
    visitor.type("  Person A ", into="Who is it with?")
    visitor.key("Return")
    visitor.screen(RunnerScreen)
    assert visitor.sees("with Person A")
    assert visitor.records()[0].head.person == "Person A"


@pytest.mark.parametrize(("written", "downs"), [("kes", 1), ("", 2)], ids=["typed", "shown"])
def test_people_who_are_known_are_offered_and_chosen_with_the_keyboard(
    open_window: OpenWindow, empty_vault: Path, written: str, downs: int
) -> None:
    visitor = open_window(vault=empty_vault)
    with closing(open_vault(visitor.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for alias in ("Heron", "Young Kestrel", "Wren"):
            add_person(vault, alias, now=NOW)
    visitor.unlock()
    visitor.go("toolkit")
    visitor.press("Career conversation")
    visitor.type(written, into="Who is it with?")
    if not written:
        visitor.key("Down")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup.accessibleName() == "People you know"
    for _down in range(downs):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    visitor.settle()
    visitor.screen(ToolPage)  # the choice alone does not begin
    assert visitor.edit("Who is it with?").text() == ("Young Kestrel" if written else "Wren")  # type: ignore[attr-defined]
    visitor.press("Start")
    visitor.screen(RunnerScreen)
    assert visitor.records()[0].head.person in ("Young Kestrel", "Wren")


def test_a_tool_for_teams_asks_for_nobody(visitor: User) -> None:
    visitor.press("The work nobody sees")
    assert not any(each.accessibleName() == "Who is it with?" for each in visitor.all(QLineEdit))
    visitor.press("Start")
    visitor.screen(RunnerScreen)
    assert visitor.records()[0].head.person is None


def test_escape_goes_back_to_the_toolkit(visitor: User) -> None:
    visitor.press("Career conversation")
    visitor.key("Escape")
    visitor.screen(ToolkitScreen)
    visitor.press("Career conversation")
    visitor.press("Back to the toolkit")
    visitor.screen(ToolkitScreen)
