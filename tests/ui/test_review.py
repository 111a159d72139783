"""The later look: what was written then beside what is true now, and what is kept of it."""

import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from retention_desktop.journal.actions import add_action, get_action
from retention_desktop.journal.records import (
    finish_record,
    get_record,
    save_answer,
    start_record,
)
from retention_desktop.journal.reviews import list_action_reviews, list_reviews, review_record
from retention_desktop.models.enums import ActionState, ReviewOutcome
from retention_desktop.models.views import Due, Review
from retention_desktop.toolkit.definition import FixedDays
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.vault import open_vault

from .conftest import NAME, OpenWindow
from .samples import every_kind
from .test_agreed import copy_of
from .user import CHEAP, NOW, PASSPHRASE, User

REPEATING = replace(every_kind(), title="Look each quarter")
FOUR_WEEKS = replace(
    every_kind(), id="four-weeks", title="Look once", follow_up=FixedDays(14, "Look again.")
)
THEN = NOW - timedelta(days=91)
FRIDAY = date(2026, 11, 20)
AGREED = "Begin at ten to eight"
WRITTEN = "The handover begins too late, ŵ."


@pytest.fixture(scope="session")
def due_vault(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in which two records (1 and 2) and two actions (1 and 2) have come back."""
    folder = tmp_path_factory.mktemp("due") / NAME
    shutil.copytree(empty_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for tool in (REPEATING, FOUR_WEEKS):
            (record_id,) = start_record(vault, tool, now=THEN, person="Person A").records
            step = tool.steps[0]
            save_answer(vault, record_id, step, step.prompts[0], WRITTEN, now=THEN)
            if tool is REPEATING:
                agreed = tool.steps[2].prompts[-1]
                row: dict[str, str | int] = {
                    "text": AGREED,
                    "owner": "Siân",
                    "due": "2026-11-20",
                }
                save_answer(vault, record_id, tool.steps[2], agreed, [row], now=THEN)
            finish_record(vault, record_id, review_on=FRIDAY, now=THEN)
        add_action(vault, "Ask for a room", now=THEN, due=FRIDAY)
    return folder


@pytest.fixture
def looker(open_window: OpenWindow, due_vault: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody for whom something has come back."""
    tools = Toolkit((REPEATING, FOUR_WEEKS))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: tools)
    return open_window(vault=due_vault, unlocked=True)


def look_at(user: User, *, record: int | None = None, action: int | None = None) -> None:
    user.shell.open_review(Due(FRIDAY, record, action, "", "", None, None))
    user.settle()
    user.screen(ReviewScreen)


def reviews(user: User, record_id: int) -> list[Review]:
    with copy_of(user.folder) as vault:
        return [*list_reviews(vault, record_id)]


def comes_back(user: User, record_id: int) -> date | None:
    with copy_of(user.folder) as vault:
        return get_record(vault, record_id).head.review_on


def test_what_was_written_then_stands_beside_what_is_asked_now(looker: User) -> None:
    look_at(looker, record=1)
    assert looker.sees("Look each quarter with Person A")
    assert looker.sees("Waiting since Friday")
    assert looker.sees("What was written on 23 August 2026")
    assert looker.sees(WRITTEN)
    assert looker.sees(AGREED)
    then = next(each for each in looker.all(QLabel) if WRITTEN in each.text())
    now = looker.choice("Keep: it goes on as it is")
    assert (
        then.mapTo(looker.window, then.rect().topRight()).x()
        < now.mapTo(looker.window, now.rect().topLeft()).x()
    )


def test_it_comes_back_on_todays_list_and_goes_from_there(looker: User) -> None:
    looker.go("today")
    looker.press("Look again: Look once with Person A")
    looker.screen(ReviewScreen)


def test_kept_by_keyboard_alone_with_the_interval_of_the_tool(looker: User) -> None:
    look_at(looker, record=2)
    while looker.focus is not looker.choice("Keep: it goes on as it is"):
        looker.key("Tab")
    looker.key("Space")
    looker.key("Tab")
    looker.write("It begins on time.\nMostly, ŵ.")
    looker.key("Tab")
    looker.write("The night staff")
    assert looker.has_button("Keep it, and look again on 6 December")
    looker.key("Return")
    (review,) = reviews(looker, 2)
    assert (review.outcome, review.on) == (ReviewOutcome.KEEP, FRIDAY)
    assert (review.changed, review.for_whom) == (
        "It begins on time.\nMostly, ŵ.",
        "The night staff",
    )
    assert review.next_on == comes_back(looker, 2) == date(2026, 12, 6)
    looker.screen(TodayScreen)
    assert looker.message == "Kept. It comes back on 6 December: “Look once with Person A”."


def test_adjusted_with_a_date_of_ones_own(looker: User) -> None:
    look_at(looker, record=2)
    looker.press("Adjust: it goes on, but differently")
    looker.press("Another date")
    looker.press("Adjust it, with no date")
    assert looker.message == "Write the other date, or choose one of the answers."
    looker.type("14 Jan 2027", into="Another date")
    looker.press("Adjust it, and look again on 14 January 2027")
    assert reviews(looker, 2)[0].outcome is ReviewOutcome.ADJUST
    assert comes_back(looker, 2) == date(2027, 1, 14)


def test_what_is_stopped_does_not_come_back(looker: User) -> None:
    look_at(looker, record=1)
    looker.press("Stop: it is no longer needed")
    assert not looker.sees("When to look again")
    assert not looker.has_button("Use this tool again now")
    looker.press("Stop it here")
    assert reviews(looker, 1)[0].outcome is ReviewOutcome.STOP
    assert comes_back(looker, 1) is None


def test_kept_for_good(looker: User) -> None:
    look_at(looker, record=1)
    looker.press("Keep: it goes on as it is")
    looker.press("There is no need to look again")
    looker.press("Keep it, with no date")
    assert comes_back(looker, 1) is None
    assert looker.message.startswith("Kept in your journal: “")


def test_nothing_is_kept_until_the_choice_is_made(looker: User) -> None:
    look_at(looker, record=1)
    looker.press("Keep what I found")
    assert looker.message == "Choose first what is true now."
    assert looker.focus is looker.choice("Keep: it goes on as it is")
    assert reviews(looker, 1) == []
    assert comes_back(looker, 1) == FRIDAY


def test_a_tool_that_repeats_proposes_its_next_use(looker: User) -> None:
    look_at(looker, record=1)
    assert looker.choice("In three months, on 22 February 2027").isChecked()
    (area,) = looker.all(QPlainTextEdit)
    area.setFocus()
    looker.write("Much calmer")
    looker.press("Use this tool again now")
    assert looker.screen(RunnerScreen).record_id == 3
    (review,) = reviews(looker, 1)
    assert (review.outcome, review.changed) == (ReviewOutcome.KEEP, "Much calmer")
    assert comes_back(looker, 1) is None  # the new use has the next date
    with copy_of(looker.folder) as vault:
        assert get_record(vault, 3).head.person == "Person A"


def test_a_tool_that_does_not_repeat_does_not(looker: User) -> None:
    look_at(looker, record=2)
    assert not looker.has_button("Use this tool again now")
    look_at(looker, record=1, action=1)
    assert not looker.has_button("Use this tool again now")


@pytest.mark.parametrize("way", ["Back", "Escape", "Ctrl+2"])
def test_what_is_half_written_is_there_again(looker: User, way: str) -> None:
    look_at(looker, record=1)
    looker.press("Adjust: it goes on, but differently")
    (area,) = looker.all(QPlainTextEdit)
    area.setFocus()
    looker.write("Half a sen")
    looker.press("In two weeks, on 6 December 2026")
    looker.press(way) if way == "Back" else looker.key(way)
    assert reviews(looker, 1) == []
    look_at(looker, record=2)
    assert looker.all(QPlainTextEdit)[0].toPlainText() == ""
    look_at(looker, record=1)
    assert looker.all(QPlainTextEdit)[0].toPlainText() == "Half a sen"
    looker.press("Adjust it, and look again on 6 December")
    look_at(looker, record=1)
    assert looker.all(QPlainTextEdit)[0].toPlainText() == ""  # it is kept now


def test_earlier_looks_stand_under_it(open_window: OpenWindow, due_vault: Path) -> None:
    user = open_window(vault=due_vault)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        at = NOW - timedelta(days=30)
        adjust = ReviewOutcome.ADJUST
        review_record(vault, 2, adjust, now=at, changed="Later now", next_on=FRIDAY)
    user.unlock()
    look_at(user, record=2)
    assert user.sees("You changed it on 23 October 2026")
    assert user.sees("Later now")


def test_a_record_whose_tool_is_gone_can_be_looked_at(
    open_window: OpenWindow, due_vault: Path
) -> None:
    user = open_window(vault=due_vault, unlocked=True)
    look_at(user, record=1)
    user.press("Keep: it goes on as it is")
    user.press("Keep it, and look again on 20 December")
    assert comes_back(user, 1) == date(2026, 12, 20)


# Actions


def test_an_action_stands_with_the_record_it_comes_from(looker: User) -> None:
    look_at(looker, record=1, action=1)
    assert looker.sees(AGREED)
    assert looker.sees("Whose: Siân")
    assert looker.sees(WRITTEN)
    looker.press("Read the record")
    looker.screen(RecordPage)


@pytest.mark.parametrize(
    ("choice", "says", "outcome", "state"),
    [
        ("It is done", "Mark it as done", ReviewOutcome.KEEP, ActionState.DONE),
        ("Stop: let it go", "Let it go", ReviewOutcome.STOP, ActionState.LET_GO),
        (
            "Adjust: it goes on, but differently",
            "Adjust it, and look again on 20 December",
            ReviewOutcome.ADJUST,
            ActionState.OPEN,
        ),
    ],
)
def test_what_became_of_an_action(
    looker: User, choice: str, says: str, outcome: ReviewOutcome, state: ActionState
) -> None:
    look_at(looker, action=2)
    assert looker.sees("Ask for a room")
    looker.press(choice)
    (area,) = looker.all(QPlainTextEdit)
    area.setFocus()
    looker.write("Room 3, ŵ")
    assert looker.has_button(says)
    looker.key("Ctrl+Return")
    with copy_of(looker.folder) as vault:
        (review,) = list_action_reviews(vault, 2)
        action = get_action(vault, 2)
    assert (review.outcome, review.changed) == (outcome, "Room 3, ŵ")
    assert action.state is state
    assert action.why == ("" if state is ActionState.OPEN else "Room 3, ŵ")
    assert action.due == (date(2026, 12, 20) if state is ActionState.OPEN else FRIDAY)


def test_from_the_register_and_back_to_it(looker: User) -> None:
    looker.key("Ctrl+4")
    looker.key("Return")
    looker.key("R")
    looker.screen(ReviewScreen)
    looker.press("It is done")
    looker.press("Mark it as done")
    screen = looker.screen(AgreedScreen)
    assert len(screen.listed()) == 1
    assert looker.message.startswith("Kept in your journal: “")


def test_what_is_gone_is_told(looker: User) -> None:
    looker.shell.open_review(Due(FRIDAY, 99, None, "", "", None, None))
    looker.settle()
    assert "99" in looker.message


# Where there is little room


def test_in_a_small_window_now_stands_below_then_with_a_way_to_it(looker: User) -> None:
    looker.window.resize(1024, 640)
    look_at(looker, record=1)
    looker.press("Go to what is true now")
    assert looker.focus is looker.choice("Keep: it goes on as it is")
    here = looker.focus.mapTo(looker.window, looker.focus.rect().center())
    assert 0 < here.y() < 560
    looker.window.resize(1280, 800)
    looker.settle()
    assert not looker.has_button("Go to what is true now")
