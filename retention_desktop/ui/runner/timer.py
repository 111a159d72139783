"""The quiet timer: offered where a step asks for time. It makes no sound, and nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from retention_desktop.toolkit.definition import Step
from retention_desktop.toolkit.run import Page
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.text import announce, label

_LOOK_AGAIN_MS = 1_000
_MINUTE = timedelta(minutes=1)


class State(Enum):
    """How the time of a page stands."""

    NONE = auto()  # the page asks for none
    OFFERED = auto()
    RUNNING = auto()
    PAUSED = auto()
    OVER = auto()


class Countdown(QObject):
    """The time of one question or step. Once begun, it goes on until a page asks for another."""

    changed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._slot: Step | str | None = None
        self._step: Step | None = None
        self._run_before = timedelta()
        self._since: datetime | None = None
        self.minutes = 0
        self.state = State.NONE
        self._tick = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._tick.timeout.connect(self._look)
        self._last_said = 0

    def come_to(self, page: Page) -> None:
        """Offer the time that this page asks for. What was begun goes on where it asks for none."""
        own = page.prompt.minutes if page.prompt is not None else 0
        of_step = page.step.minutes if page.step is not None else 0
        slot = page.key if own else page.step
        is_under_way = self.state in (State.RUNNING, State.PAUSED)
        asks_anew = own or (of_step and page.step is not self._step)
        if slot == self._slot or (is_under_way and not asks_anew):
            return
        self._slot, self._step, self.minutes = slot, page.step, own or of_step
        self._set(State.OFFERED if self.minutes else State.NONE)

    @property
    def minutes_left(self) -> int:
        """Whole minutes, of which the last has begun: 1 until the time is over."""
        return -(-self._left // _MINUTE)

    def go_on(self) -> None:
        """Begin, go on after a pause, or begin once more."""
        self._since = self._clock()
        self._set(State.RUNNING)

    def pause(self) -> None:
        """Stand still."""
        self._run_before = self._so_far
        self._set(State.PAUSED)

    def stop(self) -> None:
        """Do without; it can be begun anew."""
        self._set(State.OFFERED)

    @property
    def _so_far(self) -> timedelta:
        since = self._since
        return self._run_before + (self._clock() - since if since is not None else timedelta())

    @property
    def _left(self) -> timedelta:
        return max(self.minutes * _MINUTE - self._so_far, timedelta())

    def _set(self, state: State) -> None:
        self.state = state
        if state is State.RUNNING:
            self._tick.start()
        else:
            self._tick.stop()
            self._since = None
        if state not in (State.RUNNING, State.PAUSED):
            self._run_before = timedelta()
        self._last_said = self.minutes_left
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        if not self._left:
            self._set(State.OVER)
        elif self.minutes_left != self._last_said:
            self._last_said = self.minutes_left
            self.changed.emit()


class TimerBar(QWidget):
    """What one sees of a countdown: a small offer, then the minutes left. `changed` in its size."""

    changed = Signal()

    def __init__(self, countdown: Countdown) -> None:
        super().__init__()
        self._countdown = countdown
        self._words = label("", "small", wrap=False)
        self._main = button("", "quiet")
        self._main.setProperty("small", "true")
        self._main.clicked.connect(self._on_main)
        self._stop = button(_("Stop"), "quiet")
        self._stop.setProperty("small", "true")
        self._stop.setAccessibleName(_("Stop the timer"))
        self._stop.clicked.connect(self._on_stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self._words)
        line.addWidget(self._main)
        line.addWidget(self._stop)
        line.addStretch(0)
        self._line = line
        countdown.changed.connect(self._show)
        self._state = State.NONE
        self._show()

    @property
    def is_wanted(self) -> bool:
        """Whether the page asks for time."""
        return self._countdown.state is not State.NONE

    def wrap(self, on: bool) -> None:
        """Let the last words take several lines, or one."""
        wraps = on and self._state is State.OVER
        self._words.setWordWrap(wraps)
        self._line.setStretchFactor(self._words, int(wraps))

    @Slot()
    def _show(self) -> None:
        here, before = self._countdown, self._state
        self._state = here.state
        self._words.setText(self._sentence())
        self._words.setVisible(bool(self._words.text()))
        text, spoken = self._main_words()
        self._main.setText(text)
        self._main.setAccessibleName(spoken)
        had_focus = self._stop.hasFocus()
        self._stop.setVisible(here.state in (State.RUNNING, State.PAUSED))
        if had_focus and self._stop.isHidden():
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)
        if here.state is State.OVER and before is State.RUNNING:
            announce(self._words, self._words.text())
        self.changed.emit()

    def _sentence(self) -> str:
        left = _minutes(self._countdown.minutes_left)
        match self._countdown.state:
            case State.RUNNING:
                return _("{minutes} left").format(minutes=left)
            case State.PAUSED:
                return _("{minutes} left, paused").format(minutes=left)
            case State.OVER if self._countdown.minutes == 1:
                return _("1 minute is over. Take the time you need.")
            case State.OVER:
                return _("{number} minutes are over. Take the time you need.").format(
                    number=self._countdown.minutes
                )
        return ""

    def _main_words(self) -> tuple[str, str]:
        """What the button says, and what a screen reader says of it."""
        match self._countdown.state:
            case State.RUNNING:
                return _("Pause"), _("Pause the timer")
            case State.PAUSED:
                return _("Go on"), _("Go on with the timer")
            case State.OVER:
                return _("Once more"), _("Start the timer once more")
        minutes = _minutes(self._countdown.minutes)
        return (
            _("{minutes}: Start").format(minutes=minutes),
            _("{minutes}: Start the timer").format(minutes=minutes),
        )

    @Slot()
    def _on_main(self) -> None:
        if self._countdown.state is State.RUNNING:
            self._countdown.pause()
        else:
            self._countdown.go_on()

    @Slot()
    def _on_stop(self) -> None:
        self._countdown.stop()


def _minutes(number: int) -> str:
    return _("1 minute") if number == 1 else _("{number} minutes").format(number=number)
