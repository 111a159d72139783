"""Finding by words that narrow, tags, saved searches and days; several records at once."""

import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QPushButton

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import read_entries
from retention_desktop.journal.queries import Key, parse_query
from retention_desktop.journal.records import list_records
from retention_desktop.journal.tags import tag_records
from retention_desktop.models.enums import Driver
from retention_desktop.models.views import RecordHead
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.help.sections import search_words
from retention_desktop.ui.journal.month import MonthCalendar
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.records_list import RecordList
from retention_desktop.ui.journal.records_model import ROW_ROLE
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.widgets.search_line import SearchLine
from retention_desktop.vault import open_vault

from .conftest import NAME, OpenWindow
from .test_all_screens import cut_off, out_of_reach, without_a_name
from .test_all_screens import longer_language as longer_language
from .user import CHEAP, NOW, PASSPHRASE, User

SEARCH = "Search what you wrote"


@pytest.fixture(scope="session")
def tagged_vault(
    filled_vault: Path, toolkit: Toolkit, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The samples, some of them with tags, and a record of last November."""
    folder = tmp_path_factory.mktemp("tagged") / NAME
    shutil.copytree(filled_vault, folder)
    (entry,) = read_entries(resource("samples/career-conversation.json"), toolkit)
    a_year = timedelta(days=365)
    assert entry.finished is not None
    old = replace(entry, started=entry.started - a_year, finished=entry.finished - a_year)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        add_records(vault, [old], now=NOW)
        ids = [head.id for head in list_records(vault)]
        tag_records(vault, ids[:3], "induction", now=NOW)
        tag_records(vault, ids[2:4], "Rota changes", now=NOW)
    return folder


@pytest.fixture
def finder(open_window: OpenWindow, tagged_vault: Path, request: pytest.FixtureRequest) -> User:
    """Somebody at their journal; `param` is the size of the text, in a small window."""
    percent = getattr(request, "param", 100)
    user = open_window(vault=tagged_vault, text_percent=percent, scheme="light")
    if hasattr(request, "param"):
        user.window.setMinimumSize(0, 0)
        user.window.resize(1024, 640)
    user.unlock()
    user.key("Ctrl+3")
    return user


def heads(user: User) -> tuple[RecordHead, ...]:
    return user.screen(JournalScreen).heads()


def tags(user: User) -> list[tuple[str, ...]]:
    (view,) = user.all(QListView)
    model = view.model()
    return [model.index(n, 0).data(ROW_ROLE).tags for n in range(model.rowCount())]


def line(user: User) -> SearchLine:
    found = user.edit(SEARCH)
    assert isinstance(found, SearchLine)
    return found


def look_for(user: User, words: str) -> None:
    line(user).setFocus()
    line(user).selectAll()
    user.type(words)
    close_offers(user)
    user.settle()


def close_offers(user: User) -> None:
    """Off screen, nothing gives the focus back to the window when a popup goes."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    user.window.activateWindow()
    user.qtbot.waitUntil(user.window.isActiveWindow)


# Words that narrow


def test_words_that_narrow_and_words_to_look_for(finder: User) -> None:
    everything = heads(finder)
    look_for(finder, 'person:"Person A" ')
    assert {head.person for head in heads(finder)} == {"Person A"}
    assert finder.sees("Only records with Person A.")
    look_for(finder, 'hospital person:"Person A" before:2026')
    assert [head.finished.year for head in heads(finder) if head.finished] == [2025]
    look_for(finder, "driver:growth ")
    assert {head.id for head in heads(finder)} == {
        head.id for head in everything if head.driver is Driver.GROWTH
    }


def test_what_is_not_clear_is_explained_in_place_and_finds_all_the_same(finder: User) -> None:
    everything = heads(finder)
    for words, said in (
        ("tool:zebra ", "Nothing in your journal fits “tool:zebra”"),
        ("before:soon ", "“before:soon” names no day."),
        ("person:pers ", "More than one fits “person:pers”."),
        ("tag: ", "Write on directly after “tag:”"),
    ):
        look_for(finder, words)
        assert finder.sees(said), words
        assert heads(finder) == everything
        assert finder.message == ""
    look_for(finder, "colour:red ")
    assert finder.sees("We look for “colour:red” as it stands")
    assert heads(finder) == ()


def test_words_that_exclude_one_another_find_nothing(finder: User) -> None:
    look_for(finder, "before:2025 after:2026 ")
    assert finder.sees("These words exclude one another")
    assert finder.sees("No record fits")
    finder.press("Show every record")
    assert heads(finder)
    assert line(finder).text() == ""


def test_what_can_follow_is_offered_and_chosen_by_keyboard(finder: User) -> None:
    line(finder).setFocus()
    finder.type("hospital tag")
    assert line(finder).offered[0] == "tag: with which tag"
    finder.type(":rot")
    assert line(finder).offered == ('tag:"Rota changes"',)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    finder.settle()
    assert line(finder).text() == 'hospital tag:"Rota changes" '
    assert QApplication.activePopupWidget() is None
    assert finder.sees("Only records with the tag “Rota changes”.")
    assert finder.focus is line(finder)  # so that one can write on


def test_people_tools_and_days_are_offered_and_plain_words_are_left_alone(finder: User) -> None:
    for begun, first in (
        ("person:", '"Person A"'),
        ("tool:care", '"Career conversation"'),
        ("driver:gr", "growth Growth and career"),
        ("after:last m", '"last month" 31 October 2026'),
        ("before:y", "yesterday 21 November 2026"),
    ):
        look_for(finder, begun)
        assert line(finder).offered[0] == begun.partition(":")[0] + ":" + first
    for words in ("h", "hospital", "to", "today", ""):
        look_for(finder, words)
        assert line(finder).offered == (), words


# Tags


def test_tags_stand_on_the_rows_and_narrow_the_list(finder: User) -> None:
    assert {"induction", "Rota changes"} <= set(tags(finder)[2])
    finder.choose("Tag", "Rota changes")
    assert len(heads(finder)) == 2
    assert all("Rota changes" in each for each in tags(finder))
    (view,) = finder.all(QListView)
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Rota changes" in spoken.rpartition("Tags: ")[2]


def test_tags_are_added_and_removed_on_the_page_of_a_record(finder: User) -> None:
    head = next(each for each in heads(finder) if each.finished)
    finder.shell.open_record(head.id)
    finder.settle()
    page = finder.screen(RecordPage)
    finder.type("Winter", into="Add a tag")
    finder.key("Return")
    assert finder.has_button("Remove the tag “Winter”")
    assert isinstance(finder.focus, QLineEdit)
    finder.type("winter")
    finder.key("Return")  # which it has already
    finder.press("Remove the tag “induction”")
    assert not finder.has_button("Remove the tag “induction”")
    assert finder.shell.screen_shown is page
    (kept,) = (each.tags for each in finder.records() if each.head.id == head.id)
    assert "Winter" in kept
    assert "induction" not in kept
    close_offers(finder)
    finder.key("Escape")
    look_for(finder, "tag:winter ")
    assert [each.id for each in heads(finder)] == [head.id]


# Saved searches


def test_a_search_is_saved_chosen_renamed_and_removed(finder: User) -> None:
    everything = len(heads(finder))
    finder.choose("Tag", "induction")
    look_for(finder, "hospital")
    wanted = heads(finder)
    finder.choose_from_menu("Saved searches", "Save this search…")
    finder.type("Hospital & home")
    finder.key("Return")
    assert "Saved" in finder.message
    finder.screen(JournalScreen)._on_show_everything()
    finder.settle()
    assert len(heads(finder)) == everything

    finder.choose_from_menu("Saved searches", "Hospital && home")
    assert heads(finder) == wanted
    assert line(finder).text() == "hospital"
    assert finder.combo("Tag").currentText() == "induction"

    finder.choose_from_menu("Saved searches", "Rename or remove…")
    finder.focus.selectAll()  # type: ignore[attr-defined]
    finder.type("Discharge")
    finder.press("Rename “Hospital & home”")
    finder.choose_from_menu("Saved searches", "Rename or remove…")
    finder.press("Remove “Discharge”")
    menu = finder.button("Saved searches")
    assert isinstance(menu, QPushButton)
    assert [each.text() for each in menu.menu().actions()] == ["Save this search…"]


def test_a_search_needs_a_name(finder: User) -> None:
    finder.choose_from_menu("Saved searches", "Save this search…")
    finder.key("Return")
    assert "A name must be" in finder.error("Name of this search")
    finder.key("Escape")
    assert finder.all(QListView)


# Days


def test_the_calendar_says_what_was_written_when(finder: User) -> None:
    (calendar,) = finder.all(MonthCalendar)
    moments = [head.updated.astimezone() for head in heads(finder)]
    written = [moment for moment in moments if moment.date() >= date(2026, 11, 1)]
    days = sorted({moment.day for moment in written})
    assert finder.sees(f"{len(written)} records in November 2026, on the days {days[0]}")
    names = [each.accessibleName() for each in finder.all(QAbstractButton, calendar)]
    marked = [name for name in names if name.endswith(("1 record", "records"))]
    assert [int(name.split()[0]) for name in marked] == days
    assert "22 November 2026, nothing written" in names


def test_a_day_is_chosen_by_keyboard_and_taken_back(finder: User) -> None:
    everything = heads(finder)
    (calendar,) = finder.all(MonthCalendar)
    calendar.take_focus()
    finder.key("Home")
    for _ in range(40):
        if "nothing" not in finder.focus.accessibleName():
            break
        finder.key("Right")
    day = finder.focus.accessibleName().partition(",")[0]
    finder.key("Return")
    found = heads(finder)
    assert 0 < len(found) < len(everything)
    assert finder.sees(f"on {day}")
    assert {f"{head.updated.astimezone():%-d %B %Y}" for head in found} == {day}
    finder.press("Show every day")
    assert heads(finder) == everything


def test_arrows_and_page_keys_go_between_months(finder: User) -> None:
    (calendar,) = finder.all(MonthCalendar)
    finder.press("Month before")
    assert finder.sees("October 2026")
    calendar.take_focus()
    finder.key("PageUp")
    assert finder.sees("September 2026")
    finder.key("End")
    assert finder.focus.accessibleName().startswith("30 September 2026")
    finder.key("Right")
    assert finder.focus.accessibleName().startswith("1 October 2026")
    finder.key("PageDown")
    finder.key("PageDown")
    assert finder.sees("Nothing was written in December 2026.")


def test_dates_in_the_box_take_the_place_of_the_day(finder: User) -> None:
    finder.press("20 November 2026")
    assert finder.sees("on 20 November 2026")
    finder.choose("Date", "Last 30 days")
    assert not finder.has_button("Show every day")
    assert len(heads(finder)) > 1
    finder.press("20 November 2026")
    assert finder.combo("Date").currentText() == "Any date"


def test_this_time_last_year(finder: User) -> None:
    finder.press("This time last year: 1 record")
    (found,) = heads(finder)
    assert found.finished is not None
    assert found.finished.date() == date(2025, 11, 20)
    assert not finder.has_button("This time last year: 1 record")


@pytest.mark.parametrize("finder", [100, 200], indirect=True)
def test_where_there_is_no_room_the_calendar_takes_the_place_of_the_list(finder: User) -> None:
    assert not finder.all(MonthCalendar)
    finder.press("Calendar")
    (calendar,) = finder.all(MonthCalendar)
    assert not finder.all(QListView)
    assert calendar.isAncestorOf(finder.focus)
    finder.key("Left")
    finder.key("Left")
    finder.key("Return")
    assert not finder.all(MonthCalendar)
    assert finder.sees("on 20 November 2026")


# Several at once


def choose_three(user: User) -> list[int]:
    """With the keyboard: from the search to the list, the first, the second and the fourth."""
    line(user).setFocus()
    user.key("Return")
    for keys in ("Shift+Down", "Ctrl+Down", "Ctrl+Down", "Ctrl+Space"):
        user.key(keys)
    return [heads(user)[place].id for place in (0, 1, 3)]


def test_several_are_chosen_by_keyboard_and_tagged(finder: User) -> None:
    wanted = choose_three(finder)
    assert finder.sees("3 records chosen")
    finder.type("Winter", into="Tag for the chosen records")
    finder.press("Add the tag")
    assert finder.message == "3 records have the tag “Winter”."
    assert finder.sees("3 records chosen")  # to go on with them
    finder.press("Choose none")
    assert not finder.sees("records chosen")
    with_tag = [each.head.id for each in finder.records() if "Winter" in each.tags]
    assert sorted(with_tag) == sorted(wanted)
    finder.choose("Tag", "Winter")
    assert len(heads(finder)) == 3


def test_several_are_chosen_by_mouse_without_opening_any(finder: User) -> None:
    (view,) = finder.all(QListView)
    for place, held in (
        (0, Qt.KeyboardModifier.ControlModifier),
        (2, Qt.KeyboardModifier.ShiftModifier),
    ):
        where = view.visualRect(view.model().index(place, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, where)
    finder.settle()
    finder.screen(JournalScreen)
    assert finder.sees("3 records chosen")
    view.setFocus()
    finder.key("Escape")
    assert not finder.sees("records chosen")


def test_the_rows_stay_where_they_are_while_one_chooses(finder: User) -> None:
    (view,) = finder.all(RecordList)
    assert finder.sees("With Ctrl or Shift you choose several.")
    places = [view.visualRect(view.model().index(row, 0)).center() for row in (0, 1)]
    before = view.mapTo(finder.window, places[1])
    held = Qt.KeyboardModifier.ControlModifier
    for place in places:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
        finder.settle()
    assert finder.sees("2 records chosen")
    second = view.visualRect(view.model().index(1, 0)).center()
    assert view.mapTo(finder.window, second) == before
    assert finder.button("Choose none").mapTo(finder.window, QPoint()).y() > before.y()


def test_a_tag_must_be_written(finder: User) -> None:
    choose_three(finder)
    finder.press("Add the tag")
    assert finder.message == "Write the tag first."
    finder.go("today")
    finder.go("journal")
    assert finder.message == ""


def test_several_are_shared_together_without_what_is_private(finder: User, tmp_path: Path) -> None:
    finder.choose("Tool", "Career conversation")
    ids = {head.id for head in heads(finder)}
    line(finder).setFocus()
    finder.key("Return")
    finder.key("Shift+Down")
    finder.press("Share a summary")
    screen = finder.screen(ShareScreen)
    finder.qtbot.waitUntil(lambda: screen.is_looked_through)
    finder.settle()
    finder.dialogs.answer = tmp_path / "two.pdf"
    finder.press("Save PDF…")
    if "could still identify" in finder.message:
        finder.press("Save PDF…")
    assert "Saved as two.pdf." in finder.message
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "two.pdf").pages)
    assert text.count("Career conversation") >= 2
    records = [each for each in finder.records() if each.head.id in ids]
    assert len(records) == 2
    flat = " ".join(text.split())
    for answer in records[0].answers:
        if isinstance(answer.value, str):
            words = " ".join(answer.value.split())[:40]
            assert (words in flat) is (answer.audience != "private"), answer.prompt.id
    finder.key("Escape")
    finder.screen(JournalScreen)


# Related records and the words on the page


def test_a_record_says_its_length_and_leads_to_related_ones(finder: User) -> None:
    finder.choose("Tool", "Career conversation")
    newest, oldest = heads(finder)
    finder.shell.open_record(newest.id)
    finder.settle()
    assert finder.sees(" words written")
    assert finder.sees("Related records")
    finder.press("Career conversation with Person A. 20 November 2025. Same tags: career")
    page = finder.screen(RecordPage)
    assert page._record.head.id == oldest.id


@pytest.mark.parametrize("finder", [100, 200], indirect=True)
@pytest.mark.usefixtures("longer_language")
def test_nothing_is_cut_off_or_nameless_at_any_size(finder: User) -> None:
    def check() -> None:
        assert without_a_name(finder) == []
        assert cut_off(finder) == []
        assert out_of_reach(finder) == []

    check()
    look_for(finder, "tag:induction colour:red ")
    check()
    look_for(finder, "")
    finder.key("Return")
    finder.key("Shift+Down")
    check()
    finder.window.resize(1280, 800)
    finder.settle()
    assert without_a_name(finder) == []
    assert out_of_reach(finder) == []


@pytest.mark.parametrize("example", [words for words, _meaning in search_words()])
def test_each_example_in_the_help_is_a_word_that_narrows(example: str) -> None:
    query = parse_query(example)
    assert len(query.terms) == 1
    assert query.words == ()


def test_the_help_names_every_word_that_narrows() -> None:
    assert [words.partition(":")[0] for words, _meaning in search_words()] == list(Key)
