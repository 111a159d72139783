"""The program, with a stopwatch inside its process: `python -m benching.inside WHAT FOLDER`.

The program runs as `python -m retention_desktop --data-dir FOLDER` runs it. What was seen is
printed as one line of JSON: moments in nanoseconds of the system's monotonic clock, which the
process that started this one shares; times and pauses in milliseconds; memory in KiB.
"""

from __future__ import annotations

# Only what PySide6 imports anyhow: what the program imports itself must be in the program's time.
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

if TYPE_CHECKING:
    from benching import Seen
    from retention_desktop.ui.app import App

ROOT = Path(__file__).parents[2]
PASSPHRASE = "these words open benchmarks only"  # noqa: S105 - of a vault that is thrown away
TYPED = "today gratitude "
KEY_S = 0.12  # between two keys, as a fast typist has it
BEAT_MS = 2
QUIET_S = 0.25

Script: TypeAlias = Iterator[Callable[[], bool]]  # goes on when what it waits for has come


class FirstPaint(QObject):
    """Calls `done` once a window has been painted for the first time."""

    def __init__(self, window: QWidget, done: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._done = window, done
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._done)  # after the widgets in the window, and on the screen
        return False


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
        return bool(self.last_ns) and time.monotonic_ns() - self.last_ns > QUIET_S * 1e9


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
        while self._has_come is not None and self._has_come():
            self._has_come = next(self._script, None)
        if self._has_come is None:
            self._timer.stop()


def main() -> None:
    what, data_dir = sys.argv[1:]
    run_program(WATCHES[what], Path(data_dir))


def run_program(watch: Callable[[App], object], data_dir: Path) -> None:
    """Run the program as `python -m retention_desktop` does, and watch it from its first paint."""
    sys.path[0] = str(ROOT)
    sys.argv = ["retention_desktop", "--data-dir", str(data_dir)]
    import runpy

    from retention_desktop.ui.app import App  # what the program itself imports first

    run = App.run

    def watched_run(self: App) -> int:
        watch(self)
        return run(self)

    App.run = watched_run  # type: ignore[method-assign]  # the one place before the event loop
    runpy.run_module("retention_desktop", run_name="__main__", alter_sys=True)


def tell_start(app: App) -> None:
    """The first paint, and the memory at it; then the process ends."""

    def painted() -> None:
        tell({"painted_ns": time.monotonic_ns(), **memory("start")})
        os._exit(0)

    FirstPaint(app.window, painted)


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

    def leave(self) -> None:
        """Tell what was seen, and close the window as a person does."""
        tell(self.seen)
        self.window.close()

    def _is_warm(self) -> bool:
        return "retention_desktop.ui.shell" in sys.modules and not self.app.is_busy

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
        yield after(1)
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

        def settled() -> Callable[[], bool]:
            visit.paints.begin()
            return steadily(lambda: not app.is_busy)

        heart.longest_ms()
        shell.go_to("journal")
        yield settled()
        visit.seen["journal_pause_ms"] = heart.longest_ms()
        for letter in TYPED:
            press(QApplication.focusWidget(), letter)
            yield after(KEY_S)
        yield settled()
        visit.seen["search_pause_ms"] = heart.longest_ms()

        shell.go_to("today")
        yield settled()
        draft = next(filter(None, (b.property("record") for b in shell.findChildren(QPushButton))))
        shell.open_record(draft)
        yield settled()
        heart.longest_ms()
        for letter in TYPED * 3:
            press(QApplication.focusWidget(), letter)
            yield after(KEY_S)
        yield after(1)
        yield settled()
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


def press(widget: QWidget | None, key: Qt.Key | str) -> None:
    """Press and let go of a key."""
    assert widget is not None
    text = key if isinstance(key, str) else ""
    code = Qt.Key.Key_unknown if isinstance(key, str) else key
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(widget, event)


def memory(when: str) -> Seen:
    """The most memory that this process had since `forget_peak`, in KiB; nothing without /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return {f"{when}_kib": float(lines["VmHWM"].split()[0])}


def forget_peak() -> None:
    """Let the kernel count the peak of the memory anew."""
    with suppress(OSError):
        # The program forbids others of the same user to look inside it, and so /proc to itself.
        import ctypes

        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE
        Path("/proc/self/clear_refs").write_text("5")


def tell(seen: Seen) -> None:
    import json

    print(json.dumps(seen), flush=True)


def application() -> QCoreApplication:
    """The one that this process has."""
    app = QApplication.instance()
    assert app is not None
    return app


WATCHES = {"start": tell_start, "unlock": tell_unlock, "pauses": tell_pauses}

if __name__ == "__main__":
    main()
