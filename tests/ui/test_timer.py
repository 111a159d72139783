"""The quiet timer: offered, never needed, and gentle at its end."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from retention_desktop.toolkit.run import Page, Run
from retention_desktop.ui.runner import timer
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.runner.timer import Countdown, State

from .conftest import OpenWindow
from .conversation import conversation, only, page
from .user import NOW, User

TOOL = conversation()
PAGES = {each.key: each for each in Run(TOOL, {}).pages}
LOADS, MINE, SLOT = (PAGES[f"open/{name}"] for name in ("loads", "mine", "slot"))
SECRET = PAGES["alone/secret"]


class Clock:
    """Stands still until it is put on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def put_on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(timer, "_LOOK_AGAIN_MS", 5)
    return Clock()


@pytest.mark.usefixtures("qapp")
class TestCountdown:
    @pytest.fixture
    def countdown(self, clock: Clock) -> Countdown:
        self.parent = QObject()
        return Countdown(clock, self.parent)

    def come_to(self, countdown: Countdown, *pages: Page) -> None:
        for each in pages:
            countdown.come_to(each)

    def test_a_page_without_minutes_offers_none(self, countdown: Countdown) -> None:
        self.come_to(countdown, SECRET)
        assert countdown.state is State.NONE

    def test_a_question_has_its_own_minutes_or_those_of_its_step(
        self, countdown: Countdown
    ) -> None:
        self.come_to(countdown, LOADS)
        assert (countdown.state, countdown.minutes) == (State.OFFERED, 10)
        self.come_to(countdown, SLOT)
        assert (countdown.state, countdown.minutes) == (State.OFFERED, 5)

    def test_it_counts_whole_minutes_until_the_time_is_over(
        self, qtbot: QtBot, countdown: Countdown, clock: Clock
    ) -> None:
        self.come_to(countdown, LOADS)
        countdown.go_on()
        assert countdown.minutes_left == 10
        clock.put_on(seconds=61)
        with qtbot.waitSignal(countdown.changed):
            pass
        assert countdown.minutes_left == 9
        clock.put_on(minutes=8, seconds=58)
        assert countdown.minutes_left == 1
        clock.put_on(seconds=1)
        qtbot.waitUntil(lambda: countdown.state is State.OVER)

    def test_nothing_is_told_between_two_minutes(
        self, qtbot: QtBot, countdown: Countdown, clock: Clock
    ) -> None:
        self.come_to(countdown, LOADS)
        countdown.go_on()
        clock.put_on(seconds=40)
        with qtbot.assertNotEmitted(countdown.changed, wait=60):
            pass

    def test_a_pause_costs_no_time(self, countdown: Countdown, clock: Clock) -> None:
        self.come_to(countdown, LOADS)
        countdown.go_on()
        clock.put_on(minutes=3)
        countdown.pause()
        clock.put_on(hours=2)
        assert countdown.minutes_left == 7
        countdown.go_on()
        clock.put_on(minutes=3)
        assert countdown.minutes_left == 4

    def test_it_goes_on_through_its_step(self, countdown: Countdown, clock: Clock) -> None:
        self.come_to(countdown, LOADS)
        countdown.go_on()
        clock.put_on(minutes=4)
        self.come_to(countdown, MINE)
        assert (countdown.state, countdown.minutes_left) == (State.RUNNING, 6)

    def test_it_goes_on_over_steps_that_ask_for_no_time(
        self, countdown: Countdown, clock: Clock
    ) -> None:
        self.come_to(countdown, LOADS)
        countdown.go_on()
        clock.put_on(minutes=4)
        self.come_to(countdown, SECRET)
        assert (countdown.state, countdown.minutes_left) == (State.RUNNING, 6)
        self.come_to(countdown, SLOT)
        assert (countdown.state, countdown.minutes_left) == (State.OFFERED, 5)

    def test_time_that_was_not_begun_stays_with_its_step(self, countdown: Countdown) -> None:
        self.come_to(countdown, LOADS, SECRET)
        assert countdown.state is State.NONE

    def test_stopped_it_can_be_begun_anew(self, countdown: Countdown, clock: Clock) -> None:
        self.come_to(countdown, SLOT)
        countdown.go_on()
        clock.put_on(minutes=4)
        countdown.stop()
        countdown.go_on()
        assert countdown.minutes_left == 5


class TestInTheWindow:
    @pytest.fixture
    def talker(
        self, open_window: OpenWindow, empty_vault: object, monkeypatch: pytest.MonkeyPatch,
        clock: Clock,
    ) -> User:  # fmt: skip
        only(monkeypatch, TOOL)
        user = open_window(vault=empty_vault, unlocked=True)
        monkeypatch.setattr(user.shell._session, "now", clock)
        user.start(TOOL, "Person A")
        return user

    def test_from_the_offer_to_the_end(
        self, talker: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []
        monkeypatch.setattr(timer, "announce", lambda _source, text: said.append(text))
        talker.press("10 minutes: Start")
        assert talker.sees("10 minutes left")
        clock.put_on(minutes=8, seconds=30)
        talker.qtbot.waitUntil(lambda: talker.sees("2 minutes left"))
        talker.press("Pause the timer")
        assert talker.sees("2 minutes left, paused")
        talker.press("Go on with the timer")
        page(talker, "open/mine")
        assert talker.sees("2 minutes left")
        clock.put_on(minutes=1)
        talker.qtbot.waitUntil(lambda: talker.sees("1 minute left"))
        assert said == []
        clock.put_on(minutes=1)
        over = "10 minutes are over. Take the time you need."
        talker.qtbot.waitUntil(lambda: talker.sees(over))
        page(talker, "open/loads")
        assert talker.sees(over)
        assert said == [over]

    def test_it_is_never_needed(self, talker: User) -> None:
        talker.type("Words")
        talker.key("Ctrl+Return")
        assert talker.runner.page_key == "open/mine"

    def test_by_keyboard(self, talker: User) -> None:
        talker.button("10 minutes: Start").setFocus()
        talker.key("Space")
        assert talker.focus.accessibleName() == "Pause the timer"
        talker.key("Tab")
        assert talker.focus.accessibleName() == "Stop the timer"
        talker.key("Return")
        assert talker.focus.accessibleName() == "10 minutes: Start the timer"
        talker.screen(RunnerScreen)

    def test_a_screen_reader_hears_its_buttons(self, talker: User) -> None:
        talker.press("10 minutes: Start")
        interface = QAccessible.queryAccessibleInterface(talker.button("Pause the timer"))
        assert interface is not None
        assert interface.text(QAccessible.Text.Name) == "Pause the timer"

    def test_a_page_of_a_step_without_minutes_has_none(self, talker: User) -> None:
        page(talker, "alone/secret")
        assert not any("minute" in text for text in talker.texts())
        assert not talker.has_button("Stop the timer")
