"""When a window is painted, and how a process tells what it has seen.

What was seen is printed as one line of JSON: moments in nanoseconds of the system's monotonic
clock, which the process that reads it shares; times and pauses in milliseconds; memory in KiB.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from benching import Seen


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


def tell_start(window: QWidget) -> None:
    """The first paint, and the memory at it; then the process ends."""
    FirstPaint(window, _tell_painted)


def _tell_painted() -> None:
    tell({"painted_ns": time.monotonic_ns(), **memory("start")})
    os._exit(0)


def memory(when: str) -> Seen:
    """The most memory that this process had since `forget_peak`, in KiB; nothing without /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {}
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return {f"{when}_kib": float(lines["VmHWM"].split()[0])}


def tell(seen: Seen) -> None:
    import json

    print(json.dumps(seen), flush=True)
