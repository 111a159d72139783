"""What a person does in the program, and how long each of it keeps the window from answering."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from benching import PASSPHRASE
from benching.painting import FirstPaint, memory, tell

if TYPE_CHECKING:
    from benching import Seen
    from retention_desktop.ui.app import App

TYPED = "today gratitude "  # found in the made-up vaults
KEY_S = 0.1  # between two keys, as a fast typist has it
BEAT_MS = 2
QUIET_S = 0.25

Field = TypeVar("Field", bound=QWidget)
Script: TypeAlias = Iterator[Callable[[], bool]]  # goes on when what it waits for has come


class Paints(QObject):
    """Notes when anything in the application was last painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.last_ns = 0
        self._expected = False

    def begin(self) -> None:
        """Watch from now on."""
        self.last_ns = 0
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        if event.type() == QEvent.Type.Paint and not self._expected:
            self._expected = True
            QTimer.singleShot(0, self._on_painted)
        return False

    @Slot()
    def _on_painted(self) -> None:
        self._expected = False
        self.last_ns = time.monotonic_ns()

    def are_over(self) -> bool:
        """Whether nothing has been painted for a while, after something was."""
        over = bool(self.last_ns) and time.monotonic_ns() - self.last_ns > QUIET_S * 1e9
        if over:
            application().removeEventFilter(self)
        return over


class Heart(QObject):
    """Beats on the UI thread: the time between two beats, beyond a beat's own, is a pause.

    It also runs the script: each beat looks whether what the script waits for has come. What the
    script then does to the program, such as pressing a key, counts as the program's own time.
    """

    def __init__(self, parent: QObject, script: Callable[[Heart], Script]) -> None:
        super().__init__(parent)
        self._longest_ms = 0.0
        self._script = script(self)
        self._has_come = next(self._script, None)
        self._last = time.monotonic_ns()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def longest_ms(self) -> float:
        """The longest pause since this was last asked."""
        longest, self._longest_ms = self._longest_ms, 0.0
        return longest

    @Slot()
    def _beat(self) -> None:
        now = time.monotonic_ns()
        self._longest_ms = max(self._longest_ms, (now - self._last) / 1e6 - BEAT_MS)
        self._last = now
        try:
            while self._has_come is not None and self._has_come():
                self._has_come = next(self._script, None)
        finally:
            if sys.exc_info()[0]:  # the program would show it to a person, who is not there
                traceback.print_exc()
                os._exit(1)
        if self._has_come is None:
            self._timer.stop()


class Visit:
    """One visit to the program: what a person does in it, and what was seen meanwhile."""

    def __init__(self, app: App) -> None:
        self.app, self.window = app, app.window
        self.seen: Seen = {}
        self.paints = Paints(app)
        self.is_painted = self.is_today_there = False
        FirstPaint(self.window, self._on_painted)
        self.window.opened.connect(self._on_opened)

    def script(self, heart: Heart) -> Script:
        """Unlock as somebody would who takes a few seconds to type."""
        yield lambda: self.is_painted
        heart.longest_ms()
        yield steadily(self._is_warm)
        self.seen["start_pause_ms"] = heart.longest_ms()
        field = self.window.findChild(QLineEdit)
        assert field is not None
        field.setText(PASSPHRASE)
        yield after(0.1)
        heart.longest_ms()
        accepted = time.monotonic_ns()
        press(field, Qt.Key.Key_Return)
        yield lambda: self.is_today_there
        yield self.paints.are_over
        self.seen["unlock_pause_ms"] = heart.longest_ms()
        self.seen["unlock_ms"] = (self.paints.last_ns - accepted) / 1e6

    def settled(self) -> Callable[[], bool]:
        """Comes when the program has had nothing to do for a while."""
        return steadily(lambda: not self.app.is_busy)

    def leave(self) -> None:
        """Tell what was seen, and close the window as a person does."""
        tell(self.seen)
        self.window.close()

    def _is_warm(self) -> bool:
        return self.window.is_prepared and not self.app.is_busy

    def _on_painted(self) -> None:
        self.is_painted = True

    def _on_opened(self) -> None:
        self.window.shell.screen_shown.shown.connect(self._on_today)  # type: ignore[union-attr]

    def _on_today(self) -> None:
        self.is_today_there = True
        self.paints.begin()


def tell_unlock(app: App) -> None:
    """From the passphrase to Today, and the memory then."""
    visit = Visit(app)

    def script(heart: Heart) -> Script:
        yield from visit.script(heart)
        visit.seen |= memory("lifetime")
        forget_peak()
        yield after(0.5)
        visit.seen |= memory("unlocked")
        visit.leave()

    Heart(app, script)


def tell_pauses(app: App) -> None:
    """The longest pause in each thing that a person does."""
    visit = Visit(app)

    def script(heart: Heart) -> Script:
        yield from visit.script(heart)
        shell = app.window.shell
        assert shell is not None
        draft = next(filter(None, (b.property("record") for b in shell.findChildren(QPushButton))))
        heart.longest_ms()
        shell.go_to("journal")
        yield visit.settled()
        visit.seen["journal_pause_ms"] = heart.longest_ms()
        yield from typing(shown(shell, QLineEdit))
        yield visit.settled()
        visit.seen["search_pause_ms"] = heart.longest_ms()

        shell.go_to("search")
        yield visit.settled()
        visit.seen["searching_pause_ms"] = heart.longest_ms()
        yield from typing(shown(shell, QLineEdit))
        yield visit.settled()
        visit.seen["everywhere_pause_ms"] = heart.longest_ms()

        shell.open_record(draft)
        yield visit.settled()
        heart.longest_ms()
        yield from typing(shown(shell, QPlainTextEdit))
        yield after(1)  # the last save comes within a second
        yield visit.settled()
        visit.seen["autosave_pause_ms"] = heart.longest_ms()
        visit.leave()

    Heart(app, script)


def after(seconds: float) -> Callable[[], bool]:
    """Comes when so many seconds have gone."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def steadily(condition: Callable[[], bool]) -> Callable[[], bool]:
    """Comes when the condition has held for a while."""
    since = time.monotonic()

    def has_come() -> bool:
        nonlocal since
        if not condition():
            since = time.monotonic()
        return time.monotonic() - since > QUIET_S

    return has_come


def typing(field: QWidget) -> Script:
    """Two words, at the pace of a person."""
    for letter in TYPED:
        press(field, letter)
        yield after(KEY_S)


def shown(shell: QWidget, kind: type[Field]) -> Field:
    """The first field of its kind that can be seen."""
    return next(field for field in shell.findChildren(kind) if field.isVisible())


def press(widget: QWidget, key: Qt.Key | str) -> None:
    """Press and let go of a key."""
    text = key if isinstance(key, str) else ""
    code = Qt.Key.Key_unknown if isinstance(key, str) else key
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(widget, event)


def forget_peak() -> None:
    """Let the kernel count the peak of the memory anew."""
    with suppress(OSError):
        # The program forbids others of the same user to look inside it, and so /proc to itself.
        import ctypes

        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE
        Path("/proc/self/clear_refs").write_text("5")


def application() -> QCoreApplication:
    """The one that this process has."""
    app = QApplication.instance()
    assert app is not None
    return app
