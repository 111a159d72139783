"""Insights: what was written over time, the way to the records behind it, and the PDF."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel

from retention_desktop.journal.actions import add_action, close_action, list_actions
from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import Entry
from retention_desktop.models.enums import ActionState, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.toolkit.definition import (
    Comparison,
    GatheredThemes,
    Register,
    Step,
)
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.insights.behind import BehindPage
from retention_desktop.ui.insights.screen import InsightsScreen
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.theme import theme
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.widgets.bars_view import BarsView
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.heat_table import CountBar, HeatTable
from retention_desktop.vault import open_vault

from ..tools import a_tool
from .agreements import keep, themes
from .conftest import NAME, OpenWindow
from .test_all_screens import (
    assert_nowhere,
    cut_off,
    out_of_reach,
    taken_for_rich_text,
    without_a_name,
)
from .test_all_screens import longer_language as longer_language
from .user import CHEAP, NOW, PASSPHRASE, User

HOSTILE = '<img src="file:///canary.png"><b>bold</b> &amp; ' + 60 * "x"
VIEW = Column(
    "view", "As we see it", PromptKind.SINGLE_CHOICE, options=("A gap", "Mixed", "Strong")
)
REVIEW = a_tool(
    id="our-review",
    title="Our review",
    driver=Driver.LEADERSHIP,
    setting=Setting.TEAM,
    roles=(Role.TEAM,),
    steps=(
        Step(
            "look",
            "Look",
            "Look around.",
            (
                Prompt(
                    "strengths",
                    "How strong is each?",
                    PromptKind.LEVELS,
                    columns=(Column("what", "What"), VIEW),
                    rows=("Trust", "Time to learn"),
                ),
                Prompt(
                    "loads",
                    "How heavy is each case?",
                    PromptKind.LEVELS,
                    columns=(Column("case", "Case"), VIEW),
                ),
                Prompt(
                    "areas", "Which areas?", PromptKind.SEVERAL_CHOICES, options=("Law", "Ethics")
                ),
                Prompt("themes", "What came up?", PromptKind.THEMES),
            ),
        ),
    ),
    collections=(
        Comparison("Then and now", "Both.", ("strengths", "loads")),
        Register("All of them", "A line each.", ("areas",)),
        GatheredThemes("What we hear", "All themes.", ("themes",)),
    ),
)


def levels(name: str, **words: str) -> list[TableRow]:
    return [{name: key.replace("_", " "), "view": word} for key, word in words.items()]


@pytest.fixture(scope="session")
def kept(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with reviews over two years, to be copied."""
    folder = tmp_path_factory.mktemp("kept") / NAME
    shutil.copytree(empty_vault, folder)
    keep(folder, REVIEW, {"themes": themes("Old rotas"), "areas": ["Ethics"]}, days_ago=500)
    keep(
        folder,
        REVIEW,
        {
            "strengths": levels("what", Trust="A gap", Time_to_learn="Mixed"),
            "loads": levels("case", Worker_A="Strong", Worker_B="Mixed"),
            "themes": themes("Late rotas", HOSTILE),
        },
        days_ago=200,
    )
    keep(
        folder,
        REVIEW,
        {
            "strengths": levels("what", Trust="Mixed"),
            "loads": levels("case", Worker_A="A gap"),
            "areas": ["Law"],
            "themes": themes("late rotas"),
        },
        days_ago=3,
    )
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for text in ("Ring the ward", "Ask for time"):
            add_action(vault, text, now=NOW - timedelta(days=5))
        first = list_actions(vault)[0]
        close_action(vault, first.id, ActionState.DONE, now=NOW)
    return folder


@pytest.fixture
def keeper(
    open_window: OpenWindow,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody at their insights; `param` is the size of the text."""
    small = Toolkit((REVIEW,))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    user = open_window(vault=kept, text_percent=getattr(request, "param", 100), scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    user.go("insights")
    return user


def pdf_text(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


# What is there


def test_a_new_journal_says_kindly_what_will_be_here(user: User) -> None:
    user.key("Ctrl+6")
    user.screen(InsightsScreen)
    user.settle()
    assert user.sees("Nothing was finished in this time")
    assert not user.button("Save PDF…").isEnabled()
    user.choose("Which time", "Everything")
    assert user.sees("Nothing is finished yet")
    user.press("Look at the tools")
    user.screen(ToolkitScreen)


def test_each_figure_is_in_words(keeper: User) -> None:
    assert keeper.sees("Since 22 November 2025")
    for words in (
        "Leadership and management: 2 times",
        "Belonging and inclusion: not in this time",
        "Wellbeing and safety: not in this time",
        "Agreed: 2 things",
        "Tried: 1 thing",
        "Still open: 1 thing",
        "19 November 2026: A gap 1, Mixed 0, Strong 0",
        "Law: once",
        "Ethics: not in this time",
        "late rotas: heard 2 times",
    ):
        assert words in keeper.texts()
    assert keeper.sees("Something can be tried and still open, so these lines do not add up.")
    assert not keeper.sees("Worker A")


def test_what_is_always_asked_alike_stands_side_by_side(keeper: User) -> None:
    (table,) = keeper.all(HeatTable)
    texts = keeper.texts(table)
    assert texts[:3] == ["As we see it", "6 May 2026", "19 November 2026"]
    assert texts[3:] == ["Trust", "A gap", "Mixed", "Time to learn", "Mixed", "–"]


@pytest.mark.parametrize(
    ("period", "times", "theme"),
    [
        ("The last three months", "once", "late rotas: heard once"),
        ("The last year", "2 times", "late rotas: heard 2 times"),
        ("Everything", "3 times", "Old rotas: heard once"),
    ],
)
def test_the_time_can_be_chosen(keeper: User, period: str, times: str, theme: str) -> None:
    keeper.choose("Which time", period)
    assert keeper.sees(f"Leadership and management: {times}")
    assert theme in keeper.texts()
    assert keeper.sees("Old rotas") is (period == "Everything")


def test_bars_can_be_left_out_for_tables_of_words(keeper: User) -> None:
    assert keeper.all(CountBar)
    keeper.press("Show tables of words, without bars")
    assert not keeper.all(CountBar)
    assert keeper.sees("Leadership and management")
    assert keeper.sees("2 times")
    keeper.press("Leadership and management: 2 times")
    keeper.screen(BehindPage)


def test_the_drivers_are_told_apart_by_icon_and_colour_too(keeper: User) -> None:
    for _drawn in (True, False):
        balance = keeper.all(BarsView)[0]
        shown = [each.pixmap().toImage() for each in balance.findChildren(QLabel)]
        icons = [
            theme.pixmap(DRIVER_ICONS[driver], driver.value, 18).toImage() for driver in Driver
        ]
        assert [each for each in shown if not each.isNull()] == icons
        keeper.press("Show tables of words, without bars")


def test_hours_planned_and_had_lead_to_their_record_and_stand_in_the_pdf(
    open_window: OpenWindow, empty_vault: Path, toolkit: Toolkit, tmp_path: Path
) -> None:
    user = open_window(vault=empty_vault)
    rows: list[TableRow] = [
        {"what-for": "Mental capacity", "planned": "6", "had": "2.5"},
        {"what-for": "Recording", "planned": "2", "had": "2"},
    ]
    keep(user.folder, toolkit.tool("learning-needs"), {"protected-time": rows}, days_ago=3)
    user.unlock()
    user.go("insights")
    user.settle()
    assert user.sees("Time for learning, planned and had")
    assert "19 November 2026, planned: 8 hours" in user.texts()
    assert "All these times together: 8 hours planned, 4.5 hours had." in user.texts()
    user.dialogs.answer = tmp_path / "insights.pdf"
    user.press("Save PDF…")
    assert "19 November 2026, had: 4.5 hours" in pdf_text(tmp_path / "insights.pdf")
    user.press("19 November 2026, had: 4.5 hours")
    user.screen(BehindPage)
    user.settle()
    user.press("Learning needs from three sides")
    user.screen(RecordPage)
    assert user.sees("2.5 hours")


# To the records


def test_a_figure_leads_to_its_records_and_back_to_the_same_time(keeper: User) -> None:
    keeper.choose("Which time", "Everything")
    keeper.press("Leadership and management: 3 times")
    keeper.screen(BehindPage)
    keeper.settle()
    rows = [row.accessibleName().split(". ")[1] for row in keeper.all(ContentButton)]
    assert rows == ["19 November 2026", "6 May 2026", "10 July 2025"]
    keeper.key("Escape")
    keeper.screen(InsightsScreen)
    keeper.settle()
    assert keeper.combo("Which time").currentText() == "Everything"
    keeper.press("late rotas: heard 2 times")
    keeper.settle()
    keeper.press("Our review. 6 May 2026")
    keeper.screen(RecordPage)
    assert keeper.sees("Worker B")


def test_by_keyboard_alone(keeper: User) -> None:
    assert keeper.screen(InsightsScreen).heading.hasFocus()
    for _ in range(30):
        keeper.key("Tab")
        if keeper.focus.accessibleName().startswith("Law: once"):
            break
    keeper.key("Return")
    keeper.screen(BehindPage)
    keeper.settle()
    for _ in range(10):
        keeper.key("Tab")
        if isinstance(keeper.focus, ContentButton):
            break
    keeper.key("Space")
    keeper.qtbot.waitUntil(lambda: isinstance(keeper.shell.screen_shown, RecordPage))


def test_many_records_come_page_by_page(
    open_window: OpenWindow, empty_vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / NAME
    shutil.copytree(empty_vault, folder)
    at = NOW - timedelta(hours=1)
    entry = Entry(REVIEW, at, at, None, {"areas": ["Law"]}, [], ())
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        add_records(vault, 53 * [entry], now=NOW)
    monkeypatch.setattr(
        "retention_desktop.toolkit.loading.load_toolkit", lambda: Toolkit((REVIEW,))
    )
    user = open_window(vault=folder, unlocked=True)
    user.go("insights")
    user.press("Law: 53 times")
    user.settle()
    assert len(user.all(ContentButton)) == 50
    user.press("Show more")
    assert len(user.all(ContentButton)) == 53
    assert not user.has_button("Show more")
    assert user.focus is user.all(ContentButton)[50]


# The PDF


def test_the_pdf_holds_what_is_private_only_where_one_ticks_it(
    keeper: User, tmp_path: Path
) -> None:
    keeper.dialogs.answer = tmp_path / "out.pdf"
    keeper.press("Save PDF…")
    assert keeper.dialogs.proposed == "Insights 2026-11-22.pdf"
    text = pdf_text(tmp_path / "out.pdf")
    assert "Leadership and management: 2 times" in text
    assert "rotas" not in text

    keeper.press("Put private answers into the PDF too")
    keeper.press("Save PDF…")
    text = pdf_text(tmp_path / "out.pdf")
    assert "otas: heard 2 times" in text
    assert "As we see it 6 May 2026 19 November 2026 Trust A gap Mixed" in text
    assert "Saved as out.pdf" in keeper.message


# On every screen


def wait_for_room(user: User) -> None:
    """Wait until everything that was made anew has its place."""
    user.qtbot.waitUntil(lambda: all(each.height() for each in user.all(BarsView)))


def pages(user: User) -> Iterator[str]:
    wait_for_room(user)
    yield "insights"
    user.press("Show tables of words, without bars")
    wait_for_room(user)
    yield "tables"
    user.choose("Which time", "The last three months")
    wait_for_room(user)
    yield "three months"
    user.press("Law: once")
    user.settle()
    yield "behind"


def test_every_control_has_a_name_and_is_reached_by_tab(keeper: User) -> None:
    assert_nowhere(lambda user: without_a_name(user) + out_of_reach(user), keeper, pages(keeper))


@pytest.mark.parametrize("keeper", [100, 200], indirect=True)
def test_nothing_is_cut_off_and_nothing_is_rich_text(keeper: User) -> None:
    assert_nowhere(lambda user: cut_off(user) + taken_for_rich_text(user), keeper, pages(keeper))


def test_nothing_is_cut_off_in_a_longer_language(longer_language: None, keeper: User) -> None:
    assert_nowhere(cut_off, keeper, iter(["insights"]))
