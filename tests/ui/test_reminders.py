"""Reminders: once a day, at the time one chose, and never a word of the journal."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from retention_desktop.journal.actions import add_action
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.reminders import Reminders, is_time
from retention_desktop.ui.settings.file import REMINDER_TIMES
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .user import CHEAP, NOW, PASSPHRASE, TODAY, User


class Tray(QObject):
    """Stands in for the desktop's tray, which the tests do not have."""

    ActivationReason = QSystemTrayIcon.ActivationReason
    messageClicked = Signal()  # noqa: N815 - Qt's names here and below
    activated = Signal(QSystemTrayIcon.ActivationReason)
    is_there: ClassVar[bool] = True
    shown: ClassVar[list["Tray"]] = []
    said: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        assert not icon.isNull()

    @classmethod
    def isSystemTrayAvailable(cls) -> bool:  # noqa: N802
        return cls.is_there

    @classmethod
    def supportsMessages(cls) -> bool:  # noqa: N802
        return cls.is_there

    def setToolTip(self, text: str) -> None:  # noqa: N802
        assert text == "Retention"

    def show(self) -> None:
        self.shown.append(self)

    def hide(self) -> None:
        self.shown.remove(self)

    def showMessage(self, title: str, text: str, *_how: object) -> None:  # noqa: N802
        assert self in self.shown
        self.said.append((title, text))


@pytest.fixture(autouse=True)
def tray(monkeypatch: pytest.MonkeyPatch) -> type[Tray]:
    monkeypatch.setattr("retention_desktop.ui.reminders.QSystemTrayIcon", Tray)
    monkeypatch.setattr(Tray, "is_there", True)
    monkeypatch.setattr(Tray, "shown", [])
    monkeypatch.setattr(Tray, "said", [])
    return Tray


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """London's winter time, whatever this computer's is."""
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "Europe/London")
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def open_with(
    clock: None, open_window: OpenWindow, empty_vault: Path, tray: type[Tray]
) -> Callable[..., User]:
    """Opens a journal at 14:02 on 22 November, in which something is due on `due`."""

    def opener(*, due: date | None = TODAY, **settings: object) -> User:
        user = open_window(vault=empty_vault, **settings)
        with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            add_action(vault, "CANARY agreed", now=NOW, due=due, person="CANARY Ms B")
        user.unlock()
        return user

    return opener


def wait_until(user: User, moment: datetime) -> None:
    """Let time pass, and the clock be looked at."""
    session = user.window._session
    assert session is not None
    session.now = lambda: moment
    (reminders,) = session.findChildren(Reminders)
    reminders.look()
    user.settle()


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=UTC) + timedelta(days=days)


ONCE = [("Retention", "Something is waiting for you in Retention.")]


def test_it_comes_at_its_time_once_and_says_nothing_of_the_journal(
    open_with: Callable[..., User],
) -> None:
    user = open_with(remind_at="15:00")
    wait_until(user, at(14, 59))
    assert Tray.said == []
    for minute in (0, 1, 59):
        wait_until(user, at(15, minute))
    assert Tray.said == ONCE


def test_it_comes_again_the_next_day(open_with: Callable[..., User]) -> None:
    user = open_with(remind_at="15:00")
    wait_until(user, at(15))
    wait_until(user, at(9, days=1))
    assert Tray.said == ONCE
    wait_until(user, at(16, days=1))  # the computer was busy, or asleep
    assert Tray.said == 2 * ONCE


def test_nobody_is_reminded_who_has_not_asked_for_it(open_with: Callable[..., User]) -> None:
    user = open_with()
    for hour in range(24):
        wait_until(user, at(hour, days=1))
    assert Tray.said == []
    assert Tray.shown == []


@pytest.mark.parametrize("due", [None, TODAY + timedelta(days=1)])
def test_nothing_is_said_where_nothing_is_due(
    open_with: Callable[..., User], due: date | None
) -> None:
    user = open_with(due=due, remind_at="15:00")
    wait_until(user, at(15))
    assert Tray.said == []


def test_who_unlocks_after_the_time_sees_today_and_needs_none(
    open_with: Callable[..., User],
) -> None:
    user = open_with(remind_at="09:00")
    wait_until(user, at(14, 3))
    assert Tray.said == []
    wait_until(user, at(9, days=1))
    assert Tray.said == ONCE


def test_without_a_tray_nothing_happens_and_the_settings_say_so(
    open_with: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "is_there", False)
    user = open_with(remind_at="15:00")
    wait_until(user, at(15))
    assert Tray.said == []
    user.key("Ctrl+,")
    assert not user.combo("Once a day, while your journal is unlocked").isEnabled()
    assert user.sees("This desktop has no place for reminders")


def test_the_time_is_chosen_in_the_settings_and_holds_at_once(
    open_with: Callable[..., User],
) -> None:
    user = open_with()
    user.key("Ctrl+,")
    assert user.combo("Once a day, while your journal is unlocked").currentText() == "Never"
    user.choose("Once a day, while your journal is unlocked", "At 15:00")
    assert Tray.said == []
    wait_until(user, at(15))
    assert Tray.said == ONCE
    user.choose("Once a day, while your journal is unlocked", "Never")
    wait_until(user, at(15, days=1))
    assert Tray.said == ONCE
    assert Tray.shown == []


@pytest.mark.parametrize("way", ["message", "icon"])
def test_a_click_brings_today_to_the_front(open_with: Callable[..., User], way: str) -> None:
    user = open_with(remind_at="15:00")
    user.go("settings")
    user.window.showMinimized()
    (icon,) = Tray.shown
    if way == "message":
        icon.messageClicked.emit()
    else:
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    user.settle()
    assert not user.window.windowState() & Qt.WindowState.WindowMinimized
    user.screen(TodayScreen)
    assert user.sees("CANARY agreed")


def test_what_is_being_written_is_kept_when_one_clicks(
    open_with: Callable[..., User], toolkit: Toolkit
) -> None:
    user = open_with(remind_at="15:00")
    user.start(next(tool for tool in toolkit.tools if tool.quick))
    user.type("The rota.")
    Tray.shown[0].messageClicked.emit()
    user.settle()
    user.screen(TodayScreen)
    assert [record.head.preview for record in user.records()] == ["The rota."]


def test_it_waits_while_several_people_read_the_screen(
    open_with: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = open_with(remind_at="15:00")
    with monkeypatch.context() as together:
        together.setattr(type(user.shell), "is_together", property(lambda _shell: True))
        wait_until(user, at(15, 10))
        assert Tray.said == []
    wait_until(user, at(15, 40))
    assert Tray.said == ONCE


def test_nothing_stays_on_the_desktop_when_the_journal_is_locked(
    open_with: Callable[..., User],
) -> None:
    user = open_with(remind_at="15:00")
    assert len(Tray.shown) == 1
    with user.qtbot.waitSignal(user.window.locked):
        user.key_without_waiting("Ctrl+L")
    assert Tray.shown == []


# The clock on the wall

ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    start=st.integers(0, 6 * 366 * 24),
    chosen=st.sampled_from(REMINDER_TIMES),
    hours=st.integers(30, 60),
)
def test_every_day_that_is_lived_through_has_its_time_exactly_once(
    zone: ZoneInfo, start: int, chosen: str, hours: int
) -> None:
    """Also on the days on which the clocks change."""
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=start)
    looks = [
        (moment + timedelta(minutes=20 * step)).astimezone(zone).replace(tzinfo=None)
        for step in range(hours * 3)
    ]
    came = [now.date() for looked, now in pairwise(looks) if is_time(chosen, looked, now)]
    whole_days = {look.date() for look in looks} - {looks[0].date(), looks[-1].date()}
    assert len(came) == len(set(came))
    assert whole_days <= set(came)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed")
def test_whoever_travels_west_is_not_reminded_twice_a_day(
    open_with: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = open_with(remind_at="15:00")
    wait_until(user, at(15))
    assert Tray.said == ONCE
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    wait_until(user, at(16))  # 11:00 there
    wait_until(user, at(20))  # 15:00 there
    assert Tray.said == ONCE
