"""A manager over six months: what comes back on its day, and what all of it says."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retention_desktop.journal.diary import Kept, Looked, PutOff
from retention_desktop.journal.entries import Entry
from retention_desktop.models.enums import ReviewOutcome
from retention_desktop.models.prompts import TableRow, Value
from retention_desktop.ui.runner.screen import RunnerScreen

from .acts import (
    answer_all,
    choose,
    due_now,
    hand_over_and_erase,
    look_at_all_that_is_due,
    nothing_is_left_of,
    see_insights,
    see_when_one_met,
    take_the_dates_along,
    times,
)
from .six_months import Life, london

MONTHLY = "invisible-work"
_QUIET: TableRow = {"text": "Someone waters the plants", "count": 2}
ANSWERS: dict[str, Value] = {"quiet-work": [_QUIET]}


def test_six_months_of_a_manager(
    qtbot: QtBot, qapp: QApplication, empty_vault: Path, data_dir: Path, tmp_path: Path
) -> None:
    with london():
        life = Life("manager", qtbot, qapp, empty_vault, data_dir)
        look_at_all_that_is_due(life, "2026-06-09T16:25:00")
        put_off_with_one_key(life, "2026-08-07T08:25:00")
        look_at_all_that_is_due(life, "2026-08-13T12:20:00")
        use_a_tool_at_the_end_of_a_month(life, "2026-08-31T10:00:00")
        use_it_again_when_it_comes_back(life, "2026-09-30T09:00:00")
        with life.at_the_window("2026-10-25T23:30:00") as user:  # the night the clocks went back
            assert user.sees("Good evening")
            assert due_now(user) == []
        look_at_all_that_is_due(life, "2026-10-26T08:55:00")
        with life.at_the_window("2026-11-22T14:02:00") as user:
            assert len(due_now(user)) == 4
            see_when_one_met(life, user, "Person A", "25 December")
            see_insights(life, user)
            assert f"Knowing what came of the last worry: heard {times(5 + 1 + 4)}" in user.texts()
            take_the_dates_along(life, user, tmp_path / "dates.ics")
        assert life.is_as_if_lived(without=MONTHLY)
        with life.at_the_window("2026-11-22T14:30:00") as user:
            hand_over_and_erase(life, user, "Person G", tmp_path)
        nothing_is_left_of(life, "Person G")


def put_off_with_one_key(life: Life, when: str) -> None:
    with life.at_the_window(when) as user:
        step = life.by_hand(PutOff)
        assert due_now(user) == [life.toolkit.tool(step.tool).title]
        user.button(f"Look again: {due_now(user)[0]}").setFocus()
        user.key("S")
        assert due_now(user) == []
        assert user.message.startswith(f"Put off until Friday {step.until.day} August: “")


def use_a_tool_at_the_end_of_a_month(life: Life, when: str) -> None:
    """A tool that repeats proposes the last day of the next month, which is shorter."""
    with life.at_the_window(when) as user:
        assert user.sees("Nothing is waiting for you.")
        user.start(life.toolkit.tool(MONTHLY))
        answer_all(user, ANSWERS)
        assert user.choice("As this tool suggests, on 30 September 2026").isChecked()
        user.key("Ctrl+Return")
        user.finish()
    life.did(used(life, when, date(2026, 9, 30)))


def use_it_again_when_it_comes_back(life: Life, when: str) -> None:
    """The look at the last use leads to the next one, which takes over its date."""
    tool = life.toolkit.tool(MONTHLY)
    with life.at_the_window(when) as user:
        assert due_now(user) == [tool.title]
        user.button(f"Look again: {tool.title}").setFocus()
        user.key("Return")
        choose(user, "Keep: it goes on as it is")
        user.press("Use this tool again now")
        user.screen(RunnerScreen)
        answer_all(user, ANSWERS)
        assert user.choice("As this tool suggests, on 30 October 2026").isChecked()
        choose(user, "There is no need to look again")
        user.key("Ctrl+Return")
        user.finish()
        user.go("today")
        assert due_now(user) == []
    life.did(Looked(datetime.fromisoformat(when), ReviewOutcome.KEEP, tool=MONTHLY))
    life.did(used(life, when, None))


def used(life: Life, when: str, review_on: date | None) -> Kept:
    at = datetime.fromisoformat(when)
    return Kept(
        at, Entry(life.toolkit.tool(MONTHLY), at, at, None, ANSWERS, [], ()), review_on, False
    )
