"""Noticing that nobody is there."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retention_desktop.ui import idle
from retention_desktop.ui.idle import IdleWatch


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


class Room:
    """A watch with a fake clock; its heart beats when told."""

    def __init__(self, clock: Clock, minutes: int) -> None:
        self.clock = clock
        self.minutes = minutes
        self._parent = QObject()
        self.watch = IdleWatch(self._parent, lambda: self.minutes)
        self.times_idle = 0
        self.watch.idle.connect(self._on_idle)

    def _on_idle(self) -> None:
        self.times_idle += 1

    def pass_time(self, seconds: float) -> None:
        """Time with a heartbeat every five seconds, as the timer gives it."""
        while seconds > 0:
            step = min(seconds, 5)
            self.clock.now += step
            seconds -= step
            self.watch._on_beat()

    def sign_of_life(self, kind: QEvent.Type = QEvent.Type.KeyPress) -> None:
        self.watch.eventFilter(self._parent, QEvent(kind))


@pytest.fixture
def room(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Room:
    clock = Clock()
    monkeypatch.setattr(idle, "time", clock)
    return Room(clock, minutes=2)


def test_nobody_there_for_the_chosen_minutes(room: Room) -> None:
    room.pass_time(115)
    assert room.times_idle == 0
    room.pass_time(5)
    assert room.times_idle == 1


@pytest.mark.parametrize(
    "kind",
    [
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    ],
)
def test_a_sign_of_life_starts_the_time_anew(room: Room, kind: QEvent.Type) -> None:
    room.pass_time(100)
    room.sign_of_life(kind)
    room.pass_time(115)
    assert room.times_idle == 0
    room.pass_time(5)
    assert room.times_idle == 1


def test_a_repaint_is_no_sign_of_life(room: Room) -> None:
    room.pass_time(100)
    room.sign_of_life(QEvent.Type.Paint)
    room.sign_of_life(QEvent.Type.Timer)
    room.pass_time(20)
    assert room.times_idle == 1


def test_a_computer_that_slept_is_locked_at_once(room: Room) -> None:
    room.pass_time(5)
    room.clock.now += 60  # no heart beats meanwhile
    room.watch._on_beat()
    assert room.times_idle == 1


def test_a_busy_computer_is_not_taken_for_one_that_slept(room: Room) -> None:
    room.pass_time(5)
    room.clock.now += 15
    room.watch._on_beat()
    assert room.times_idle == 0


def test_a_clock_set_back_does_not_put_the_lock_off_for_ever(room: Room) -> None:
    room.pass_time(100)
    room.clock.now -= 3600
    room.watch._on_beat()
    assert room.times_idle == 0
    room.pass_time(120)
    assert room.times_idle == 1


def test_minutes_that_are_chosen_anew_count_from_now_on(room: Room) -> None:
    room.pass_time(60)
    room.minutes = 1
    room.pass_time(5)
    assert room.times_idle == 1


def test_it_is_said_once_and_again_after_as_long(room: Room) -> None:
    room.pass_time(125)
    assert room.times_idle == 1
    room.pass_time(100)
    assert room.times_idle == 1
    room.pass_time(20)
    assert room.times_idle == 2


def test_a_key_in_any_widget_is_seen_and_goes_its_way(
    room: Room, qtbot: QtBot, qapp: QObject
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    qapp.installEventFilter(room.watch)
    room.pass_time(100)
    QTest.keyClick(widget, Qt.Key.Key_A)
    room.pass_time(100)
    assert room.times_idle == 0
    qapp.removeEventFilter(room.watch)
