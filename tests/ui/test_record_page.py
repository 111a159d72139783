"""A finished record: its version and what changed, its card, and the next use of its tool."""

import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from retention_desktop.journal.disclosures import list_disclosures
from retention_desktop.models.enums import Setting, WayOut
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.run import CHECK_PAGE
from retention_desktop.ui import clipboard
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.runner.screen import RunnerScreen

from .agreements import AGREEMENT, ROUND, keep, themes
from .conftest import NAME, OpenWindow
from .test_agreed import copy_of
from .test_all_screens import (
    assert_nowhere,
    cut_off,
    out_of_reach,
    taken_for_rich_text,
    without_a_name,
)
from .test_all_screens import longer_language as longer_language
from .user import User

FIRST = "Start between 8 and 10.\nTell the team."
SECOND = "Start between 8 and 10.\nTell the team by noon. <b>No</b> exceptions."


@pytest.fixture(scope="session")
def kept(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with two versions of an agreement with Person A, to be copied."""
    folder = tmp_path_factory.mktemp("kept") / NAME
    shutil.copytree(empty_vault, folder)
    keep(folder, AGREEMENT, {"principles": FIRST}, days_ago=200, person="Person A")
    keep(
        folder,
        AGREEMENT,
        {"principles": SECOND, "doubts": "Few"},
        days_ago=2,
        person="Person A",
        agreed=True,
    )
    keep(folder, ROUND, {"themes": themes("Late rotas")})
    keep(folder, AGREEMENT, {"doubts": "Alone"})
    return folder


@pytest.fixture
def keeper(
    open_window: OpenWindow,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody whose journal holds an agreement; `param` is the size of the text."""
    small = Toolkit((AGREEMENT, ROUND))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    percent = getattr(request, "param", 100)
    user = open_window(vault=kept, text_percent=percent, scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    return user


def read(user: User, record_id: int) -> User:
    user.shell.open_record(record_id)
    user.settle()
    user.screen(RecordPage)
    return user


# Versions


def test_an_agreement_says_its_version_and_what_changed_in_words(keeper: User) -> None:
    read(keeper, 2)
    assert keeper.sees("Version 2 of this agreement")
    assert not keeper.sees("Added: ")
    keeper.press("What changed since version 1")
    assert keeper.sees("Removed: Tell the team.")
    assert keeper.sees("Added: Tell the team by noon. <b>No</b> exceptions.")
    assert keeper.sees("What do you doubt?")
    assert keeper.sees("Added: Few")
    assert not any("Start between" in text for text in keeper.texts() if ": Start" in text)
    keeper.press("Hide what changed since version 1")
    assert not keeper.sees("Added: ")


def test_what_changed_can_be_read_with_the_keyboard_alone(keeper: User) -> None:
    read(keeper, 2)
    for _ in range(20):
        keeper.key("Tab")
        if keeper.focus is keeper.button("What changed since version 1"):
            break
    keeper.key("Space")
    assert keeper.sees("Removed: Tell the team.")
    assert keeper.focus is keeper.button("Hide what changed since version 1")


@pytest.mark.parametrize("record_id", [1, 4])
def test_a_first_version_has_none_before_it(keeper: User, record_id: int) -> None:
    read(keeper, record_id)
    assert keeper.sees("Version 1 of this agreement")
    assert not keeper.has_button("What changed since version 0")
    assert not any(
        "What changed" in each.text() for each in keeper.all(type(keeper.button("Back")))
    )


def test_a_record_of_another_tool_has_no_version(keeper: User) -> None:
    read(keeper, 3)
    assert not keeper.sees("Version")


def test_plans_of_two_without_a_name_are_not_taken_for_versions_of_one(
    open_window: OpenWindow, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for_two = Toolkit((replace(AGREEMENT, setting=Setting.ONE_TO_ONE, also_suits=()), ROUND))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: for_two)
    user = open_window(vault=kept)
    user.unlock()
    read(user, 4)
    assert not user.sees("Version 1 of this agreement")
    read(user, 2)
    assert user.sees("Version 2 of this agreement")


def test_that_both_agreed_it_is_said(keeper: User) -> None:
    read(keeper, 2)
    assert keeper.sees("Read together and agreed on 20 November 2026")
    read(keeper, 1)
    assert not keeper.sees("Read together")


def test_the_next_version_begins_with_this_one_and_with_the_same_person(keeper: User) -> None:
    read(keeper, 1)
    keeper.press("Make the next version")
    keeper.screen(RunnerScreen)
    draft = keeper.records()[0]
    assert (draft.head.person, draft.head.finished) == ("Person A", None)
    assert {answer.prompt.id: answer.value for answer in draft.answers} == {
        "principles": SECOND,
        "doubts": "Few",
    }
    keeper.runner.go_to(CHECK_PAGE)
    keeper.settle()
    keeper.finish()
    assert keeper.message == "Finished, and kept in your journal."
    assert keeper.sees("Version 3 of this agreement")
    keeper.press("What changed since version 2")
    assert keeper.sees("No words have changed.")


def test_another_tool_is_used_again(keeper: User) -> None:
    read(keeper, 3)
    keeper.press("Use this tool again")
    keeper.screen(RunnerScreen)
    assert keeper.records()[0].head.tool_id == ROUND.id


def test_a_tool_that_now_keeps_themes_only_is_used_again_without_the_person(
    keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    themes_only = Toolkit((replace(AGREEMENT, agreement=False, themes_only=True),))
    monkeypatch.setattr(keeper.shell._session, "toolkit", themes_only)
    read(keeper, 2)
    keeper.press("Use this tool again")
    keeper.screen(RunnerScreen)
    assert keeper.records()[0].head.person is None


# The card


def test_a_card_is_saved_as_a_pdf_without_names(keeper: User, tmp_path: Path) -> None:
    read(keeper, 2)
    keeper.dialogs.answer = tmp_path / "card.pdf"
    keeper.press("Save the card as PDF…")
    (page,) = PdfReader(tmp_path / "card.pdf").pages
    text = " ".join(page.extract_text().split())
    assert text == f"Our principles {' '.join(SECOND.split())}"
    assert keeper.dialogs.proposed == "Card 2026-11-22.pdf"
    assert "Saved as card.pdf" in keeper.message
    with copy_of(keeper.folder) as vault:
        (noted,) = list_disclosures(vault, 2)
    assert (noted.way, noted.parts) == (WayOut.CARD, ("Our principles",))
    assert noted.sha256 == sha256((tmp_path / "card.pdf").read_bytes()).hexdigest()
    assert keeper.focus is keeper.button("Save the card as PDF…")


def test_a_card_that_cannot_be_saved_is_told(keeper: User, tmp_path: Path) -> None:
    read(keeper, 2)
    keeper.dialogs.answer = tmp_path / "not there" / "card.pdf"
    keeper.press("Save the card as PDF…")
    assert "not there" in keeper.message
    keeper.dialogs.cancels = True
    keeper.press("Save the card as PDF…")
    assert not (tmp_path / "card.pdf").exists()


def test_a_card_is_copied_as_text_that_no_history_keeps(keeper: User) -> None:
    read(keeper, 2)
    keeper.press("Copy as text")
    content = QGuiApplication.clipboard().mimeData()
    assert content.text() == f"Our principles\n\n{SECOND}"
    assert content.data("x-kde-passwordManagerHint").data() == b"secret"
    assert keeper.message.startswith("Copied.")
    with copy_of(keeper.folder) as vault:
        assert [each.way for each in list_disclosures(vault, 2)] == [WayOut.CLIPBOARD]


@pytest.mark.skipif(
    os.environ.get("QT_QPA_PLATFORM") == "offscreen",
    reason="without a screen no window owns a clipboard",
)
def test_what_was_copied_is_taken_away_but_nothing_that_came_after_it(
    keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "CLEARED_AFTER_MS", 50)
    read(keeper, 2)
    keeper.press("Copy as text")
    keeper.qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    keeper.press("Copy as text")
    QGuiApplication.clipboard().setText("something later")
    keeper.qtbot.wait(120)
    assert QGuiApplication.clipboard().text() == "something later"


@pytest.mark.parametrize("record_id", [3, 4], ids=["no card", "nothing for the card"])
def test_without_a_card_there_is_nothing_to_make(keeper: User, record_id: int) -> None:
    read(keeper, record_id)
    assert not keeper.sees("Make a card")
    assert not keeper.has_button("Copy as text")


def test_a_record_whose_tool_is_gone_is_read_and_shared(
    keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper.shell._session, "toolkit", Toolkit((ROUND,)))
    read(keeper, 2)
    assert keeper.sees("Tell the team by noon.")
    assert keeper.has_button("Share a summary")
    for gone in ("Make the next version", "Use this tool again", "Copy as text"):
        assert not keeper.has_button(gone)


# What holds on every screen


def tour(user: User) -> Iterator[str]:
    read(user, 2)
    yield "an agreement"
    user.press(user.button("What changed").accessibleName())
    yield "what changed"


def test_every_control_has_a_name_and_is_reached(keeper: User) -> None:
    assert_nowhere(without_a_name, keeper, tour(keeper))
    assert_nowhere(out_of_reach, keeper, tour(keeper))
    assert_nowhere(taken_for_rich_text, keeper, tour(keeper))


@pytest.mark.parametrize("keeper", [100, 200], indirect=True)
def test_nothing_is_cut_off(keeper: User) -> None:
    assert_nowhere(cut_off, keeper, tour(keeper))


def test_nothing_is_cut_off_in_a_longer_language(longer_language: None, keeper: User) -> None:
    assert_nowhere(cut_off, keeper, tour(keeper))
