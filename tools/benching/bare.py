"""A bare window, painted: `python -m benching.bare WHAT`. The floor under the program's window.

It touches nothing of Qt that an empty window can do without: the name `Qt` alone takes as long to
look up as the window to paint.
"""

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from benching import PASSPHRASE


class Window(QMainWindow):
    """Empty; it calls `painted` after its first paint."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self._painted: Callable[[], None] | None = painted

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self._painted:
            QTimer.singleShot(0, self._painted)
            self._painted = None


def main() -> None:
    qt_app = QApplication(sys.argv[:1])
    window = Window(
        {"start": tell_start, "argon2id": tell_argon2id, "rest": tell_rest}[sys.argv[1]]
    )
    window.resize(1280, 800)
    window.show()
    qt_app.exec()


def tell_start() -> None:
    """The moment of the first paint, and the memory then."""
    painted = time.monotonic_ns()
    from benching.painting import memory, tell

    tell({"painted_ns": painted, **memory("start")})
    os._exit(0)


def tell_argon2id() -> None:
    """How long the key derivation takes, alone, on a thread as the program has it."""
    from concurrent.futures import ThreadPoolExecutor

    from benching.painting import tell

    with ThreadPoolExecutor(1) as lane:
        tell({"derived_ms": lane.submit(_derive).result()})
    os._exit(0)


def _derive() -> float:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(salt=bytes(16), length=32, iterations=3, lanes=4, memory_cost=256 * 1024)
    start = time.monotonic_ns()
    derivation.derive(PASSPHRASE.encode())
    return (time.monotonic_ns() - start) / 1e6


def tell_rest() -> None:
    """The longest pause of a window in which nothing happens."""
    from benching.painting import tell
    from benching.watching import Heart, Script, after, application

    def script(heart: Heart) -> Script:
        yield after(0.5)
        heart.longest_ms()
        yield after(1)
        tell({"pause_ms": heart.longest_ms()})
        os._exit(0)

    Heart(application(), script)


if __name__ == "__main__":
    main()
