"""A program that is typed into and says so: to be killed. `python -m ... DATA_DIR PLACE`"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.app import App
from retention_desktop.ui.runner.screen import RunnerScreen
from tests.ui.user import CHEAP, NOW, PASSPHRASE

TOOL = "career-conversation"
TYPED = "Halfway through a sen"
ON_SCREEN_MS = 1_200


class Typist:
    """Unlocks, types into the first text of a place and goes on as if nothing could happen.

    The place is a tool or the register.
    """

    def __init__(self, app: App, place: str) -> None:
        self.place = place
        self.window = app.window
        self.window.opened.connect(self.start)
        self.window.show()
        self.window.door.unlock(PASSPHRASE)

    def start(self) -> None:
        assert self.window.shell is not None
        if self.place == "agreed":
            self.window.shell.go_to("agreed")
        else:
            self.window.shell._on_start_requested(TOOL, "Person A")
        self.look = QTimer(interval=20)
        self.look.timeout.connect(self.type)
        self.look.start()

    def type(self) -> None:
        assert self.window.shell is not None
        screen = self.window.shell.screen_shown
        if isinstance(screen, AgreedScreen):
            screen._on_add()
        elif isinstance(screen, RunnerScreen):
            tool = load_toolkit().tool(TOOL)
            step = next(step for step in tool.steps if step.prompts)
            screen.go_to(f"{step.id}/{step.prompts[0].id}")
        if self.window.shell.findChildren(QPlainTextEdit):
            self.look.stop()
            (area,) = self.window.shell.findChildren(QPlainTextEdit)
            QTest.keyClicks(area, TYPED)
            QTimer.singleShot(ON_SCREEN_MS, self.say)

    def say(self) -> None:
        sys.stdout.write("typed\n")
        sys.stdout.flush()


def main() -> None:
    qt_app = QApplication(sys.argv[:1])
    app = App(qt_app, Path(sys.argv[1]), None, kdf=CHEAP, kdf_floor=CHEAP, clock=lambda: NOW)
    typist = Typist(app, sys.argv[2])
    app.run()
    del typist


if __name__ == "__main__":
    main()
