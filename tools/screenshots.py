"""Draw every screen from sample data into docs/screenshots: `make screenshots`.

Each screen is the real one, drawn without a display, in five looks: light, dark, at the smallest
size, and at 200 % text in both sizes. The clock stands at 22 November 2026.
"""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Europe/London"

from msgspec import structs
from PIL import Image
from PySide6.QtCore import QBuffer, QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from retention_desktop.journal.diary import Began, Kept, read_diary
from retention_desktop.journal.entries import Entry
from retention_desktop.journal.living import live
from retention_desktop.journal.records import save_answer, save_place, start_record
from retention_desktop.paths import VAULT_SUFFIX, resource
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run
from retention_desktop.ui.app import App
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.shell import Shell
from retention_desktop.ui.welcome.screen import WelcomeScreen
from retention_desktop.ui.window import MainWindow
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
    gc.disable()  # as the program does: a widget must not be freed on a worker's thread
    qt_app = QApplication(["retention-desktop"])
    qt_app.setStyle("Fusion")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        if not wanted or look.suffix in wanted:
            with TemporaryDirectory() as folder:
                Camera(qt_app, Path(folder), look).take_all()
            gc.collect()
            print(f"{look.suffix}: done")


def fill(vault: Vault, toolkit: Toolkit, *, drafts: bool) -> dict[str, int]:
    """Six months of a manager; perhaps a draft of each tool in `PAGES`, too: the ids of these."""
    diary = read_diary(resource("samples/manager.json"), toolkit)
    live(vault, diary)
    if not drafts:
        return {}
    last = {step.entry.tool.id: step.entry for step in diary if isinstance(step, Kept | Began)}
    made = {tool_id: draft(vault, toolkit.tool(tool_id), last) for _, tool_id, _ in PAGES}
    career = structs.replace(
        last["career-conversation"],
        answers={"going-well": "The handovers with the ward.", "energy": ENERGY},
    )
    made["career-conversation"] = draft(
        vault, career.tool, {"career-conversation": career}, "talk-it-through/energy"
    )
    return made


def draft(vault: Vault, tool: Tool, entries: Mapping[str, Entry], page: str = "") -> int:
    """A draft that holds what the entry of its tool holds, if there is one."""
    entry = entries.get(tool.id)
    person = entry.person if entry else None
    (record_id,) = start_record(vault, tool, now=NOW, person=person).records
    for step in tool.steps:
        for prompt in step.prompts:
            if entry and prompt.id in entry.answers:
                save_answer(vault, record_id, step, prompt, entry.answers[prompt.id], now=NOW)
    save_place(vault, record_id, page)
    return record_id


# (name of the picture, tool, prompt)
PAGES = (
    ("runner-table", "language-review", "phrases"),
    ("runner-choices", "early-support", "noticed"),
    ("runner-scale", "language-review", "tone"),
    ("runner-date", "early-support", "check-in-on"),
    ("runner-matched", "early-support", "possible-support"),
    ("runner-script", "early-support", "opening"),
    ("runner-themes", "stay-exit", "themes"),
    ("runner-overlap", "professional-identity", "match-and-gap"),
    ("runner-levels", "caseload-review", "loads"),
    ("runner-last-time", "caseload-review", "impact"),
    ("runner-ask-first", "wellbeing-check-in", "options"),
    ("runner-limit", "cpd-mapping", "capability"),
    ("runner-wording", "language-review", "passage"),
    ("runner-carried", "peer-group", "rules"),
    ("runner-fixed-rows", "six-driver-review", "links"),
)


class Camera:
    """Goes through the window in one look and takes a picture of each screen."""

    app: App
    window: MainWindow

    def __init__(self, qt_app: QApplication, folder: Path, look: Look) -> None:
        self.qt_app, self.folder, self.look = qt_app, folder, look
        self.toolkit = load_toolkit()

    def take_all(self) -> None:
        with self.at_the_window("New"):
            self.first_run()
        self.vault("New")
        with self.at_the_window("New"):
            self.unlock()
            self.take("today-empty")
        self.vault("My journal", drafts=False)
        with self.at_the_window("My journal"):
            self.take("unlock")
            self.window.door.unlock("not this passphrase")
            self.settle()
            self.take("unlock-wrong")
            self.unlock()
            self.places()
            self.six_months()
        self.drafts = self.vault("Drafts", drafts=True)
        with self.at_the_window("Drafts"):
            self.unlock()
            self.runner()

    def vault(self, name: str, *, drafts: bool | None = None) -> dict[str, int]:
        """A journal of this name, empty or filled; the drafts in it."""
        folder = self.folder / f"{name}{VAULT_SUFFIX}"
        create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
        with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            return {} if drafts is None else fill(vault, self.toolkit, drafts=drafts)

    @contextmanager
    def at_the_window(self, name: str) -> Iterator[None]:
        """The window on a journal: at its unlock screen, or welcoming somebody new."""
        data = self.folder / f"{name} data"
        data.mkdir(exist_ok=True)
        look = self.look
        settings = f'{{"scheme": "{look.scheme}", "text_percent": {look.percent}}}'
        (data / "settings.json").write_text(settings)
        folder = self.folder / f"{name}{VAULT_SUFFIX}"
        vault = folder if folder.exists() else None
        self.app = App(self.qt_app, data, vault, kdf=CHEAP, kdf_floor=CHEAP, clock=lambda: NOW)
        self.window = self.app.window
        self.window.resize(look.width, look.height)
        self.window.show()
        yield
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self.app.shut_down()

    def unlock(self) -> None:
        self.window.door.unlock(PASSPHRASE)
        self.until(lambda: self.window.shell is not None)
        self.settle()

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

    def places(self) -> None:
        self.take("today")
        self.go("toolkit")
        self.take("toolkit")
        self.line().setText("nothing like this")
        self.take("toolkit-nothing")
        self.line().setText("career conv")
        self.settle()
        self.press_row("Career conversation")
        self.take("tool")
        self.own_tools()
        self.gathered()
        self.go("journal")
        self.take("journal")
        self.line().setText("visit")
        self.take("journal-search")
        self.line().setText("zzzz")
        self.take("journal-nothing")
        self.line().setText("")
        self.month()
        journal = self.shell.screen_shown
        assert isinstance(journal, JournalScreen)
        heads = journal.heads()
        for name, title in (
            ("record", "Career conversation"),
            ("record-table", "caseloads"),
            ("record-version", "boundaries"),
            ("record-card", "thank you"),
        ):
            head = next(h for h in heads if title.lower() in h.title.lower() and h.finished)
            self.shell.open_record(head.id)
            self.take(name)
            if name == "record":
                self.press("Share a summary")
                QTest.qWait(2_000)  # the pages are drawn once nothing has changed for a moment
                self.take("share")
        self.agreed()
        for place in ("settings", "help"):
            self.go(place)
            self.take(place)

    def month(self) -> None:
        """The calendar of the month before; in a small window it is closed until it is wanted."""
        calendar = next(
            b for b in self.window.findChildren(QPushButton) if b.accessibleName() == "Calendar"
        )
        is_wide = calendar.isChecked()
        if not is_wide:
            calendar.click()
        self.press_row("Month before")
        self.take("journal-month")
        self.press_row("Month after")
        if not is_wide:
            calendar.click()
        self.settle()

    def six_months(self) -> None:
        """What has come back, who was met, what all of it says, and all of it searched."""
        self.go("today")
        self.press_row("Look again: How did I lead")
        self.take("review-record")
        self.go("people")
        self.take("people")
        self.press_row("Person C. ")
        self.take("person")
        self.press("Erase everything…")
        person = self.shell.screen_shown
        assert isinstance(person, PersonPage)
        below = person.scroller.verticalScrollBar()
        below.setValue(below.maximum())
        self.take("person-erasing")
        self.go("insights")
        self.take("insights")
        self.press_row("Wellbeing and safety")
        self.take("insights-records")
        self.go("search")
        self.take("search")
        for name, words in (
            ("search-results", "rota"),
            ("search-nothing", "zebra crossing"),
        ):
            self.line().setText(words)
            self.take(name)

    def agreed(self) -> None:
        """The register, one thing in it, and the later look at it."""
        self.go("agreed")
        self.take("agreed")
        self.key(Qt.Key.Key_Return)
        self.key(Qt.Key.Key_Return)
        self.take("agreed-open")
        self.press("It is done")
        self.take("agreed-ending")
        self.press("Back")
        self.press("Look at it now")
        self.take("review")
        self.go("agreed")
        self.key(Qt.Key.Key_Escape)
        self.press("Add something agreed")
        self.take("agreed-add")

    def runner(self) -> None:
        self.shell.open_record(self.drafts["career-conversation"])
        self.settle()
        runner = self.shell.screen_shown
        assert isinstance(runner, RunnerScreen)
        QTest.keyClick(self.window.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Space)
        QTest.qWait(1_000)
        self.take("runner")
        run = Run(self.toolkit.tool("career-conversation"), {})
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
        self.kinds()
        self.together()

    def kinds(self) -> None:
        """A page of each kind of question, in a draft that begins like a finished record."""
        for name, tool_id, prompt_id in PAGES:
            self.go("toolkit")
            self.shell.open_record(self.drafts[tool_id])
            self.settle()
            runner = self.shell.screen_shown
            assert isinstance(runner, RunnerScreen)
            pages = Run(self.toolkit.tool(tool_id), {}).pages
            runner.go_to(next(p.key for p in pages if p.prompt and p.prompt.id == prompt_id))
            self.take(name)

    def together(self) -> None:
        """Two people at one laptop."""
        self.shell.open_record(self.drafts["career-conversation"])
        self.settle()
        runner = self.shell.screen_shown
        assert isinstance(runner, RunnerScreen)
        runner.go_to("talk-it-through/energy")
        self.key(Qt.Key.Key_F8)
        self.take("together")
        self.key(Qt.Key.Key_F9)
        self.take("cover")
        self.key(Qt.Key.Key_F9)
        runner.go_to(CHECK_PAGE)
        self.take("together-check")
        self.key(Qt.Key.Key_F8)

    def gathered(self) -> None:
        """What some tools hold over all uses."""
        for name, tool_id, place in (
            ("gathered-comparison", "caseload-review", 0),
            ("gathered-fairness", "opportunities", 1),
            ("gathered-you-said", "stay-exit", 1),
        ):
            self.go("toolkit")
            tool = self.toolkit.tool(tool_id)
            self.press_row(tool.title)
            self.press_row(tool.collections[place].title)
            self.take(name)

    def own_tools(self) -> None:
        """Packs, and a tool that is being changed."""
        self.go("toolkit")
        self.press("Your tools")
        self.take("your-tools")
        title = self.toolkit.tool("wellbeing-check-in").title
        self._press(lambda each: each.accessibleName() == f"Make my own version: {title}")
        self.take("editor-begin")
        self.press_row("Change the words of this tool")
        self.take("editor")

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def go(self, place: str) -> None:
        self.shell.go_to(place)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
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
