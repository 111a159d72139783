"""Saving while somebody writes: on time, again after a fault, and never less than was written."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from retention_desktop.errors import DiskFull
from retention_desktop.journal.records import get_record, start_record
from retention_desktop.models.enums import Audience
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.runner import autosave
from retention_desktop.ui.runner.autosave import Autosave, Draft
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.session import Session
from retention_desktop.ui.tasks import Tasks
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.vault import Vault, open_vault

from .samples import answers_in, every_kind
from .user import CHEAP, NOW, PASSPHRASE, User, read_copy

TOOL = every_kind()
STEP = TOOL.steps[0]
LONG, SHORT = STEP.prompts[:2]


class FullDisk:
    """Lets nothing be written to a vault for as long as it is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self.tries = 0
        real = Vault.writing

        @contextmanager
        def writing(vault: Vault) -> Iterator[Connection]:
            self.tries += 1
            if self.is_full:
                raise DiskFull("There is no room left on this disk.", "Free some space.")
            with real(vault) as connection:
                yield connection

        monkeypatch.setattr(Vault, "writing", writing)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    monkeypatch.setattr(autosave, "_TRY_AGAIN_MS", 300)
    return FullDisk(monkeypatch)


@pytest.fixture
def writer(any_kind_user: User) -> User:
    any_kind_user.start(TOOL)
    return any_kind_user


def written(folder: Path) -> dict[str, object]:
    (record,) = read_copy(folder)
    return dict(answers_in(record))


class TestInTheWindow:
    def test_within_a_second_of_the_last_change(self, writer: User) -> None:
        writer.type("The rota changed.")
        since = QElapsedTimer()
        since.start()
        writer.qtbot.waitUntil(lambda: writer.sees("Saved 14:02"), timeout=1_000)
        assert since.elapsed() < 1_000
        assert written(writer.folder) == {"long": "The rota changed."}

    def test_during_a_long_sentence_too(self, writer: User) -> None:
        """Somebody who never pauses is saved every few seconds."""
        since = QElapsedTimer()
        since.start()
        while not writer.sees("Saved 14:02"):
            assert since.elapsed() < 3_000
            writer.type("word ")
            writer.qtbot.wait(150)
        assert "word word" in str(written(writer.folder)["long"])

    def test_a_full_disk_costs_no_word(self, disk: FullDisk, writer: User) -> None:
        disk.is_full = True
        writer.type("Not lost")
        writer.key("Ctrl+S")
        assert "There is no room left" in writer.message
        assert "Your words are still here, and we keep trying." in writer.message
        assert writer.sees("Not saved yet")
        assert writer.editor.value == "Not lost"
        writer.key("Escape")  # not even by leaving
        assert isinstance(writer.shell.screen_shown, RunnerScreen)
        assert writer.editor.value == "Not lost"

        disk.is_full = False
        writer.qtbot.waitUntil(lambda: writer.sees("Saved 14:02"))
        assert writer.message == ""
        assert written(writer.folder) == {"long": "Not lost"}

    def test_words_of_several_pages_wait_for_the_disk(self, disk: FullDisk, writer: User) -> None:
        disk.is_full = True
        writer.type("On the first page")
        writer.key("Ctrl+Return")
        writer.type("On the second")
        writer.key("Ctrl+Return")
        disk.is_full = False
        writer.key("Escape")
        writer.screen(TodayScreen)
        assert written(writer.folder) == {"long": "On the first page", "short": "On the second"}

    def test_locking_waits_for_the_disk(self, disk: FullDisk, writer: User) -> None:
        disk.is_full = True
        writer.type("Not lost")
        writer.key("Ctrl+L")
        assert writer.window.isVisible()
        writer.press("Back to what I wrote")
        assert writer.editor.value == "Not lost"
        disk.is_full = False
        with writer.qtbot.waitSignal(writer.window.locked):
            writer.key("Ctrl+L")
        assert written(writer.folder) == {"long": "Not lost"}


class Writer(QObject):
    """What a runner is to its autosave."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tasks = Tasks(self)
        self.vault = open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)
        (self.record_id,) = start_record(self.vault, TOOL, now=NOW).records
        self.session = Session(self.vault, Toolkit((TOOL,)), self.tasks, self, clock=lambda: NOW)
        self.autosave = Autosave(self.session, self.record_id, self)
        self.autosave.failed.connect(self._on_failed)
        self.problems: list[str] = []
        self.kept: list[bool] = []
        self.times_saved = 0
        self.autosave.saved.connect(self._on_saved)

    def _on_saved(self, _when: datetime) -> None:
        self.times_saved += 1

    def _on_failed(self, sentence: str) -> None:
        self.problems.append(sentence)

    def write(self, text: str) -> None:
        self.autosave.note(lambda: Draft(STEP, LONG, text, Audience.PRIVATE))

    def hear(self, kept: bool) -> None:
        self.kept.append(kept)

    @property
    def in_vault(self) -> dict[str, object]:
        return dict(answers_in(get_record(self.vault, self.record_id)))

    def settle(self, qtbot: QtBot) -> None:
        qtbot.wait(1)
        qtbot.waitUntil(lambda: not self.tasks.under_way)


@pytest.fixture
def alone(qtbot: QtBot, tmp_path: Path, empty_vault: Path) -> Iterator[Writer]:
    """An autosave without a window."""
    folder = tmp_path / "Alone.rvault"
    shutil.copytree(empty_vault, folder)
    writer = Writer(folder)
    with closing(writer.vault):
        yield writer
        writer.tasks.shut_down()
        qtbot.wait(1)


def block_the_vault(writer: Writer) -> Callable[[], None]:
    """Something else is under way in the vault, until the function that is given is called."""
    go_on = threading.Event()

    def wait(_vault: Vault) -> bool:
        return go_on.wait(5)

    writer.session.ask(
        writer, wait, done=lambda _done: None, failed=lambda error: pytest.fail(str(error))
    )
    return go_on.set


def test_nothing_to_save_is_saved_at_once(alone: Writer) -> None:
    alone.autosave.flush(alone.hear)
    assert alone.kept == [True]


def test_only_the_newest_of_many_changes_is_read(alone: Writer, qtbot: QtBot) -> None:
    for number in range(100):
        alone.write(f"Text {number}")
    alone.autosave.flush(alone.hear)
    alone.settle(qtbot)
    assert alone.in_vault == {"long": "Text 99"}
    assert alone.times_saved == 1
    assert alone.autosave.is_clean


def test_what_is_written_while_a_save_is_under_way_is_saved_before_one_leaves(
    alone: Writer, qtbot: QtBot
) -> None:
    let_go = block_the_vault(alone)
    alone.write("First")
    alone.autosave.flush(alone.hear)
    alone.write("First, and then more")
    let_go()
    qtbot.waitUntil(lambda: bool(alone.kept))
    assert alone.kept == [True]
    assert alone.in_vault == {"long": "First, and then more"}


def test_who_asks_to_leave_hears_of_a_failure(alone: Writer, qtbot: QtBot, disk: FullDisk) -> None:
    disk.is_full = True
    alone.write("Not lost")
    alone.autosave.flush(alone.hear)
    qtbot.waitUntil(lambda: bool(alone.kept))
    assert alone.kept == [False]
    assert not alone.autosave.is_clean
    assert "Not lost" not in " ".join(alone.problems)  # no word of it in a message
    disk.is_full = False
    alone.autosave.flush(alone.hear)
    qtbot.waitUntil(lambda: len(alone.kept) == 2)
    assert alone.kept == [False, True]
    assert alone.in_vault == {"long": "Not lost"}


def test_a_newer_text_is_not_overwritten_by_one_that_failed(
    alone: Writer, qtbot: QtBot, disk: FullDisk
) -> None:
    disk.is_full = True
    alone.write("Old")
    alone.autosave.flush(alone.hear)
    qtbot.waitUntil(lambda: bool(alone.kept))
    alone.write("New")
    disk.is_full = False
    alone.autosave.flush(alone.hear)
    alone.settle(qtbot)
    assert alone.in_vault == {"long": "New"}


def test_the_time_of_saving_is_local(alone: Writer, qtbot: QtBot) -> None:
    times: list[datetime] = []
    alone.autosave.saved.connect(times.append)
    alone.write("Text")
    with qtbot.waitSignal(alone.autosave.saved):
        alone.autosave.flush(alone.hear)
    assert times == [NOW]
    assert times[0].tzinfo is not None
    assert times[0].utcoffset() == datetime.now(UTC).astimezone().utcoffset()


def test_an_answer_that_is_refused_holds_up_no_other(writer: User) -> None:
    """One that is too long once kept every later answer out of the vault."""
    writer.runner.go_to("begin/short")
    writer.type("Short enough.")
    writer.runner.go_to("begin/long")
    writer.settle()
    writer.write(("x" * 60 + "\n") * 17_000)
    writer.settle()
    writer.runner.go_to("begin/short")
    writer.settle()
    writer.type(" And more.")
    writer.qtbot.waitUntil(lambda: written(writer.folder).get("short") == "Short enough. And more.")
    assert "over 1 MB" in writer.message
