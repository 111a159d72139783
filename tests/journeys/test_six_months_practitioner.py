"""A practitioner over six months: what comes back on its day, and what all of it says."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retention_desktop.journal.diary import Kept, Looked, PutOff
from retention_desktop.ui.runner.screen import RunnerScreen

from .acts import (
    answer_all,
    due_now,
    hand_over_and_erase,
    look_at_all_that_is_due,
    nothing_is_left_of,
    see_insights,
    see_when_one_met,
    take_the_dates_along,
    write_the_look,
)
from .six_months import Life, london


def test_six_months_of_a_practitioner(
    qtbot: QtBot, qapp: QApplication, empty_vault: Path, data_dir: Path, tmp_path: Path
) -> None:
    with london():
        life = Life("practitioner", qtbot, qapp, empty_vault, data_dir)
        look_at_all_that_is_due(life, "2026-06-30T16:35:00")
        look_at_all_that_is_due(life, "2026-07-31T16:25:00")
        use_the_tool_again(life, "2026-10-06T16:45:00")
        put_off_for_two_weeks(life, "2026-10-08T08:35:00")
        with life.at_the_window("2026-10-25T00:30:00") as user:  # an hour before it comes twice
            assert user.sees("Good evening")
            assert due_now(user) == []
        look_at_all_that_is_due(life, "2026-10-30T12:35:00")
        with life.at_the_window("2026-11-22T14:02:00") as user:
            assert len(due_now(user)) == 2
            see_when_one_met(life, user, "Supervisor", "17 December")
            see_insights(life, user)
            take_the_dates_along(life, user, tmp_path / "dates.ics")
        assert life.is_as_if_lived()
        with life.at_the_window("2026-11-22T14:30:00") as user:
            hand_over_and_erase(life, user, "Person K", tmp_path)
        nothing_is_left_of(life, "Person K")


def use_the_tool_again(life: Life, when: str) -> None:
    """The look at the last use leads to the next one, written with the words of the diary."""
    with life.at_the_window(when) as user:
        look = life.by_hand(Looked)
        title = life.toolkit.tool(look.tool).title
        assert due_now(user) == [title]
        write_the_look(user, look, title)
        user.press("Use this tool again now")
        user.screen(RunnerScreen)
        use = life.by_hand(Kept)
        answer_all(user, use.entry.answers)
        assert user.choice("As this tool suggests, on 6 November 2026").isChecked()
        user.key("Ctrl+Return")
        user.finish()
        user.go("today")
        assert due_now(user) == []


def put_off_for_two_weeks(life: Life, when: str) -> None:
    with life.at_the_window(when) as user:
        step = life.by_hand(PutOff)
        title = life.toolkit.tool(step.tool).title
        assert due_now(user) == [title]
        user.choose_from_menu(f"Put off: {title}", "In two weeks, Thursday 22 October")
        assert due_now(user) == []
