"""The journal: finding and reading what was written."""

import shutil
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import read_entries
from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.records import save_answer, start_record
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.models.views import RecordHead
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.journal import looking
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.records_model import ROW_ROLE, RecordRow
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.vault import Vault, open_vault

from .conftest import NAME, OpenWindow
from .user import CHEAP, NOW, PASSPHRASE, User


@pytest.fixture(scope="session")
def vault_with_draft(
    filled_vault: Path, toolkit: Toolkit, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("draft") / NAME
    shutil.copytree(filled_vault, folder)
    tool = toolkit.tool("specific-recognition")
    step = tool.steps[0]
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (record_id,) = start_record(vault, tool, now=NOW).records
        save_answer(vault, record_id, step, step.prompts[0], "A draft about otters.", now=NOW)
    return folder


@pytest.fixture
def reader(open_window: OpenWindow, vault_with_draft: Path) -> User:
    user = open_window(vault=vault_with_draft, unlocked=True)
    user.key("Ctrl+3")
    return user


def heads(user: User) -> tuple[RecordHead, ...]:
    return user.screen(JournalScreen).heads()


def rows(user: User) -> list[RecordRow]:
    (view,) = user.all(QListView)
    model = view.model()
    return [model.index(n, 0).data(ROW_ROLE) for n in range(model.rowCount())]


def look_for(user: User, words: str) -> None:
    edit = user.edit("Search what you wrote")
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    user.type(words)
    user.settle()


def test_everything_the_newest_first(reader: User) -> None:
    found = heads(reader)
    assert len(found) == len(reader.records())
    assert [head.updated for head in found] == sorted((h.updated for h in found), reverse=True)
    assert reader.sees(f"{len(found)} records")


def test_a_row_says_who_what_and_when_to_a_screen_reader(reader: User) -> None:
    (view,) = reader.all(QListView)
    spoken = [
        view.model().index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for n in range(view.model().rowCount())
    ]
    draft = next(text for text in spoken if "otters" in text)
    assert draft.startswith("Say thank you, exactly. Draft, 22 November 2026. A draft about")
    assert any("Career conversation with Person A. " in text for text in spoken)


def test_by_tool(reader: User) -> None:
    reader.choose("Tool", "Career conversation")
    assert {head.tool_id for head in heads(reader)} == {"career-conversation"}


@pytest.mark.parametrize("driver", [Driver.GROWTH, Driver.WELLBEING])
def test_by_driver(reader: User, driver: Driver) -> None:
    wanted = {head.id for head in heads(reader) if head.driver is driver}
    reader.choose("Driver", DRIVER_SHORT_NAMES[driver])
    assert {head.id for head in heads(reader)} == wanted
    assert wanted


@pytest.mark.parametrize(
    ("option", "state"), [("Finished", RecordState.FINISHED), ("Drafts", RecordState.DRAFT)]
)
def test_by_state(reader: User, option: str, state: RecordState) -> None:
    everything = len(heads(reader))
    reader.choose("State", option)
    assert {head.state for head in heads(reader)} == {state}
    assert len(heads(reader)) < everything


def test_by_date(reader: User) -> None:
    everything = heads(reader)
    reader.choose("Date", "Last 30 days")
    wanted = {h.id for h in everything if (h.finished or h.updated) >= NOW - timedelta(days=31)}
    assert {head.id for head in heads(reader)} <= wanted
    assert 0 < len(heads(reader)) < len(everything)


def test_between_two_dates(reader: User) -> None:
    reader.choose("Date", "Between two dates")
    reader.type("1 September 2026", into="From")
    reader.type("30 Sept", into="Until")  # the last one: no record lies ahead
    reader.settle()
    found = heads(reader)
    assert found
    assert all(h.finished and h.finished.month == 9 for h in found)


def test_search_as_one_types_with_what_was_found_standing_out(reader: User) -> None:
    for end in range(3, len("otters") + 1):
        look_for(reader, "otters"[:end])
        (row,) = rows(reader)
        assert [text.lower() for text, found in row.excerpt if found] == ["otters"]
    assert "".join(text for text, _found in row.excerpt) == "A draft about otters."
    assert reader.sees("1 record")


def test_a_search_within_the_filters(reader: User) -> None:
    look_for(reader, "otters")
    reader.choose("State", "Finished")
    assert heads(reader) == ()
    assert reader.sees("No record fits")


def test_nothing_fits_and_the_way_back(reader: User) -> None:
    everything = len(heads(reader))
    reader.choose("Driver", DRIVER_SHORT_NAMES[Driver.GROWTH])
    look_for(reader, "zzzz")
    assert reader.sees("No record fits")
    assert not reader.all(QListView)
    reader.press("Show every record")
    assert len(heads(reader)) == everything


def test_an_empty_journal(user: User) -> None:
    user.key("Ctrl+3")
    assert user.sees("Nothing is written yet")
    assert not user.has_button("Show every record")
    user.press("Look at the tools")
    user.screen(ToolkitScreen)


@pytest.mark.parametrize("words", ['"', "otters AND", "a:b", "NEAR(", "*", "don't", "-", "()"])
def test_any_words_can_be_looked_for(reader: User, words: str) -> None:
    look_for(reader, words)
    assert reader.message == ""


def test_what_was_asked_before_is_never_shown_for_what_is_asked_now(
    reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look at a time: the newest question waits, and those between are never asked."""
    asked: list[str] = []
    go_on = threading.Event()
    real = search_records

    def search_slowly(vault: Vault, query: str, wanted: Filter, **options: Any) -> object:
        asked.append(query)
        go_on.wait(5)
        return real(vault, query, wanted, **options)

    monkeypatch.setattr(looking, "search_records", search_slowly)
    journal = reader.screen(JournalScreen)
    seen: list[list[int]] = []
    journal.shown.connect(lambda: seen.append([head.id for head in journal.heads()]))
    reader.type("visit", into="Search what you wrote")
    reader.qtbot.waitUntil(lambda: bool(asked))
    reader.edit("Search what you wrote").selectAll()  # type: ignore[attr-defined]
    reader.type("otters")
    go_on.set()
    reader.settle()
    assert asked[-1] == "otters"
    assert len(asked) <= 3
    assert [head.preview for head in heads(reader)] == ["A draft about otters."]
    assert len(seen) == 1  # what was asked first was never given as the answer


def test_enter_in_the_search_goes_to_the_first_record_and_opens_it(reader: User) -> None:
    look_for(reader, "otters")
    reader.key("Return")
    assert isinstance(reader.focus, QListView)
    reader.key("Return")
    reader.screen(RunnerScreen)
    assert reader.editor.value == "A draft about otters."


def test_a_click_opens_a_record(reader: User) -> None:
    reader.choose("Tool", "Career conversation")
    (view,) = reader.all(QListView)
    where = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    reader.settle()
    reader.screen(RecordPage)
    assert reader.sees("Career conversation with Person A")


def test_two_hundred_records_arrive_page_by_page(
    open_window: OpenWindow, empty_vault: Path, toolkit: Toolkit
) -> None:
    user = open_window(vault=empty_vault)
    (entry,) = read_entries(resource("samples/career-conversation.json"), toolkit)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        add_records(vault, [entry] * 200, now=NOW)
    user.unlock()
    user.key("Ctrl+3")
    assert user.sees("200 records")
    counts = [len(heads(user))]
    (view,) = user.all(QListView)
    while view.model().canFetchMore(QModelIndex()):
        view.scrollToBottom()
        user.settle()
        counts.append(len(heads(user)))
        assert len(counts) < 10
    assert counts[0] < 200
    assert counts[-1] == 200
    assert len({head.id for head in heads(user)}) == 200
    look_for(user, "hospital")
    assert user.sees("The 50 records that fit best")


def test_a_record_is_read_whole(reader: User) -> None:
    reader.choose("Tool", "Career conversation")
    (head,) = heads(reader)
    record = next(each for each in reader.records() if each.head.id == head.id)
    reader.shell.open_record(head.id)
    reader.settle()
    for answer in record.answers:
        assert reader.sees(answer.prompt.label)
        if isinstance(answer.value, str):
            for paragraph in answer.value.split("\n\n"):
                assert reader.sees(paragraph)
    for action in record.actions:
        assert reader.sees(action.text)
    chips = {each.text() for each in reader.all(QLabel) if "chip" in str(each.property("look"))}
    assert chips == {audience_name(answer.audience) for answer in record.answers}


def test_back_to_the_journal(reader: User) -> None:
    head = next(each for each in heads(reader) if each.finished)
    for way in ("press", "key"):
        reader.shell.open_record(head.id)
        reader.settle()
        reader.screen(RecordPage)
        reader.press("Back") if way == "press" else reader.key("Escape")
        reader.screen(JournalScreen)


def test_a_record_that_is_gone_is_told(reader: User) -> None:
    reader.shell.open_record(999)
    reader.settle()
    assert "999" in reader.message
    reader.screen(JournalScreen)


def test_tab_comes_to_a_record_that_stands_out(reader: User) -> None:
    everything = heads(reader)
    while not isinstance(reader.focus, QListView):
        reader.key_without_waiting("Tab")
    (chosen,) = reader.focus.selectionModel().selectedIndexes()
    assert chosen.row() == 0
    reader.key("Down")
    (chosen,) = reader.focus.selectionModel().selectedIndexes()
    assert chosen.row() == 1 < len(everything)
