"""Draw every screen from sample data into docs/screenshots: `make screenshots`.

Each screen is the real one, drawn without a display, in five looks: light, dark, at the smallest
size, and at 200 % text in both sizes. The clock stands at 22 November 2026.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Europe/London"

from PIL import Image
from PySide6.QtCore import QBuffer, QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import read_entries
from retention_desktop.journal.records import save_answer, save_place, start_record
from retention_desktop.models.prompts import Value
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run
from retention_desktop.ui.app import App
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.shell import Shell
from retention_desktop.ui.welcome.screen import WelcomeScreen
from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
PASSPHRASE = "these words open pictures only"  # noqa: S105 - of a vault that is thrown away
CHEAP = KdfParams(19 * 1024, 2, 1)
FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
ENERGY = (
    "Joint visits with the therapist. Being the person who slows things down when everyone wants "
    "a decision by Friday.\n\nTeaching the students: it makes me read again."
)


class Look(NamedTuple):
    suffix: str
    scheme: str
    percent: int
    width: int
    height: int


LOOKS = (
    Look("light", "light", 100, 1280, 800),
    Look("dark", "dark", 100, 1280, 800),
    Look("small", "light", 100, 1024, 640),
    Look("light-200", "light", 200, 1280, 800),
    Look("small-200", "dark", 200, 1024, 640),
)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("looks", nargs="*", help="light, dark, small, light-200, small-200")
    wanted = parser.parse_args().looks
    qt_app = QApplication(["retention-desktop"])
    qt_app.setStyle("Fusion")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        if not wanted or look.suffix in wanted:
            with TemporaryDirectory() as folder:
                Camera(qt_app, Path(folder), look).take_all()
            print(f"{look.suffix}: done")


def fill(vault: Vault, toolkit: Toolkit) -> None:
    """The samples, and one draft in the middle of a career conversation."""
    for name in ("autumn", "career-conversation"):
        entries = read_entries(resource(f"samples/{name}.json"), toolkit)
        add_records(vault, entries, now=NOW)
    draft(
        vault,
        toolkit,
        "career-conversation",
        {"going-well": "The handovers with the ward.", "energy": ENERGY},
        "talk-it-through/energy",
    )


def draft(
    vault: Vault, toolkit: Toolkit, tool_id: str, answers: dict[str, Value], page: str
) -> int:
    tool = toolkit.tool(tool_id)
    (record_id,) = start_record(vault, tool, now=NOW, person="Person A").records
    for step in tool.steps:
        for prompt in step.prompts:
            if prompt.id in answers:
                save_answer(vault, record_id, step, prompt, answers[prompt.id], now=NOW)
    save_place(vault, record_id, page)
    return record_id


class Camera:
    """Goes through the window in one look and takes a picture of each screen."""

    def __init__(self, qt_app: QApplication, folder: Path, look: Look) -> None:
        self.folder, self.look = folder, look
        settings = f'{{"scheme": "{look.scheme}", "text_percent": {look.percent}}}'
        (folder / "settings.json").write_text(settings)
        self.app = App(qt_app, folder, None, kdf=CHEAP, kdf_floor=CHEAP, clock=lambda: NOW)
        self.window = self.app.window
        self.window.resize(look.width, look.height)

    def take_all(self) -> None:
        self.window.show()
        self.first_run()
        vault_folder = self.folder / "My journal.rvault"
        toolkit = load_toolkit()
        create_vault(vault_folder, PASSPHRASE, kdf=CHEAP, now=NOW)
        with closing(open_vault(vault_folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            fill(vault, toolkit)
        self.window.open_vault_at(vault_folder)
        self.take("unlock")
        self.window.unlock("not this passphrase")
        self.settle()
        self.take("unlock-wrong")
        self.window.unlock(PASSPHRASE)
        self.until(lambda: self.window.shell is not None)
        self.places(toolkit)
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self.app.shut_down()

    def first_run(self) -> None:
        welcome = self.window.centralWidget()
        assert isinstance(welcome, WelcomeScreen)
        self.take("welcome")
        self.press("Make my journal")
        for each in welcome.findChildren(QLabel):
            if each.property("look") == "words":
                each.setText("canvas orchid seldom harbour ribbon twelve")
        self.take("passphrase")
        self.press("Choose my own")
        self.line().setText("sommer2026sommer")
        QTest.qWait(1_000)
        self.take("passphrase-own")

    def places(self, toolkit: Toolkit) -> None:
        self.take("today")
        self.go("toolkit")
        self.take("toolkit")
        self.line().setText("nothing like this")
        self.take("toolkit-nothing")
        self.line().setText("career conv")
        self.settle()
        self.press_row("Career conversation")
        self.take("tool")
        self.go("today")
        self.press("Continue")
        self.runner(toolkit)
        self.go("journal")
        self.take("journal")
        self.line().setText("visit")
        self.take("journal-search")
        self.line().setText("zzzz")
        self.take("journal-nothing")
        self.line().setText("")
        self.settle()
        journal = self.shell.screen_shown
        assert isinstance(journal, JournalScreen)
        heads = journal.heads()
        for name, title in (("record", "Career conversation"), ("record-table", "caseloads")):
            head = next(h for h in heads if title in h.title and h.finished)
            self.shell.open_record(head.id)
            self.take(name)
            if name == "record":
                self.press("Share a summary")
                self.take("share")
        for place in ("settings", "help"):
            self.go(place)
            self.take(place)

    def runner(self, toolkit: Toolkit) -> None:
        self.settle()
        runner = self.shell.screen_shown
        assert isinstance(runner, RunnerScreen)
        QTest.keyClick(self.window.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Space)
        QTest.qWait(1_000)
        self.take("runner")
        run = Run(toolkit.tool("career-conversation"), {})
        action = next(
            page.key for page in run.pages if page.prompt and page.prompt.kind == "action"
        )
        for name, key in (
            ("runner-step", run.pages[0].key),
            ("runner-action", action),
            ("runner-review", REVIEW_PAGE),
            ("runner-check", CHECK_PAGE),
        ):
            runner.go_to(key)
            self.take(name)
        for name, tool_id, kind in (
            ("runner-table", "caseload-review", "table"),
            ("runner-choices", "early-support", "several-choices"),
            ("runner-scale", "language-review", "scale"),
            ("runner-date", "early-support", "date"),
        ):
            self.go("toolkit")
            self.line().setText("")
            self.settle()
            self.press_row(toolkit.tool(tool_id).title)
            self.settle()
            self.press("Start")
            self.settle()
            runner = self.shell.screen_shown
            assert isinstance(runner, RunnerScreen)
            pages = Run(toolkit.tool(tool_id), {}).pages
            runner.go_to(next(p.key for p in pages if p.prompt and p.prompt.kind == kind))
            self.take(name)

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def go(self, place: str) -> None:
        self.shell.go_to(place)
        self.settle()

    def line(self) -> QLineEdit:
        return next(each for each in self.window.findChildren(QLineEdit) if each.isVisible())

    def press(self, text: str) -> None:
        self._press(lambda each: each.text().strip() == text)

    def press_row(self, title: str) -> None:
        self._press(lambda each: each.accessibleName().startswith(title))

    def _press(self, is_it: Callable[[QPushButton], bool]) -> None:
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.isVisible() and is_it(each)).click()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and everything has its place."""
        QTest.qWait(60)
        self.until(lambda: not self.app.is_busy)
        QTest.qWait(60)

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = QDeadlineTimer(20_000)
        while not condition():
            if deadline.hasExpired():
                sys.exit("The window did not get there in 20 seconds.")
            QTest.qWait(20)

    def take(self, name: str) -> None:
        self.settle()
        buffer = QBuffer()
        self.window.grab().save(buffer, "PNG")
        # Few colours are in a screen: a palette makes the file a third as long.
        picture = Image.open(BytesIO(buffer.data().data())).convert("RGB")
        small = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(FOLDER / f"{name}-{self.look.suffix}.png", optimize=True)


if __name__ == "__main__":
    main()
