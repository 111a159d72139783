"""Search everywhere, by the keyboard in the real window."""

import shutil
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from retention_desktop.journal import everywhere
from retention_desktop.journal.actions import add_action, close_action
from retention_desktop.journal.people import change_person
from retention_desktop.journal.records import list_records
from retention_desktop.journal.tags import tag_records
from retention_desktop.models.enums import ActionState
from retention_desktop.ui.agreed.screen import ActionList, AgreedScreen
from retention_desktop.ui.help.screen import HelpScreen
from retention_desktop.ui.help.sections import search_shortcuts
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.search import looking, screen
from retention_desktop.ui.search.looking import Hit, Kind, More, Row
from retention_desktop.ui.search.results import ResultList
from retention_desktop.ui.search.screen import SearchScreen
from retention_desktop.ui.search.start import Start
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.widgets.search_line import SearchLine
from retention_desktop.vault import open_vault

from .conftest import NAME, OpenWindow
from .test_all_screens import cut_off, out_of_reach, without_a_name
from .test_all_screens import longer_language as longer_language
from .test_journal_finding import close_offers
from .user import CHEAP, NOW, PASSPHRASE, User

LINE = "Search everything"


@pytest.fixture(scope="session")
def full_vault(filled_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, with tags, what is known of a person, and what was agreed by hand."""
    folder = tmp_path_factory.mktemp("full") / NAME
    shutil.copytree(filled_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        ids = [head.id for head in list_records(vault)]
        tag_records(vault, ids[:3], "induction", now=NOW)
        change_person(
            vault,
            "Person A",
            new_alias="Person A",
            role="Hospital lead",
            profession="",
            working_pattern="",
            meet_every=None,
        )
        (done,) = add_action(vault, "Ask the hospital about parking", now=NOW).actions
        close_action(vault, done, ActionState.DONE, now=NOW, why="They found a space")
        for number in range(7):
            add_action(vault, f"Walk by the river, {number}", now=NOW, owner="Kestrel")
    return folder


@pytest.fixture
def seeker(open_window: OpenWindow, full_vault: Path, request: pytest.FixtureRequest) -> User:
    """Somebody who has pressed Ctrl+K; `param` is the size of the text, in a small window."""
    percent = getattr(request, "param", 100)
    user = open_window(vault=full_vault, text_percent=percent, scheme="light")
    if hasattr(request, "param"):
        user.window.setMinimumSize(0, 0)
        user.window.resize(1024, 640)
    user.unlock()
    user.key("Ctrl+K")
    return user


def line(user: User) -> SearchLine:
    found = user.edit(LINE)
    assert isinstance(found, SearchLine)
    return found


def look_for(user: User, words: str) -> None:
    line(user).setFocus()
    line(user).selectAll()
    user.type(words)
    close_offers(user)
    user.settle()


def results(user: User) -> ResultList:
    (shown,) = user.screen(SearchScreen).findChildren(ResultList)
    return shown


def rows(user: User, kind: Kind | None = None) -> tuple[Row, ...]:
    if not results(user).isVisible():
        return ()
    return tuple(row for row in results(user).found.rows if kind in (None, row.kind))


def titles(user: User, kind: Kind) -> list[str]:
    hits = (row for row in rows(user, kind) if isinstance(row, Hit))
    return ["".join(text for text, _found in hit.title) for hit in hits]


def go_to(user: User, kind: Kind, *, more: bool = False) -> None:
    """By the keyboard, to the first of its kind, or to the line under all of them."""
    user.key("Down")
    shown = rows(user)
    place = next(
        n for n, row in enumerate(shown) if row.kind is kind and isinstance(row, More) == more
    )
    for _each in range(place):
        user.key("Down")
    assert results(user).currentIndex().row() == place


def add(user: User, text: str) -> None:
    """Something is agreed while the window is open."""
    shell = user.shell
    said: list[object] = []
    shell._session.tell(
        shell,
        lambda vault: add_action(vault, text, now=NOW),
        done=said.append,
        failed=said.append,
    )
    user.settle()


# What is found


def test_ctrl_k_searches_everything_as_one_types(seeker: User) -> None:
    assert seeker.focus is line(seeker)
    look_for(seeker, "hosp")
    assert "Career conversation with Person A" in titles(seeker, Kind.RECORD)
    assert titles(seeker, Kind.ACTION) == ["Ask the hospital about parking"]
    assert titles(seeker, Kind.PERSON) == ["Person A"]
    headings = [row.heading for row in rows(seeker) if isinstance(row, Hit) and row.heading]
    assert headings[:3] == ["Records", "Agreed", "People"]
    assert seeker.sees("1 thing agreed, 1 person")


def test_tools_and_help_are_found_too(seeker: User) -> None:
    look_for(seeker, "passphrase")
    assert titles(seeker, Kind.HELP) == ["What we cannot promise"]
    look_for(seeker, "career conversation")
    assert titles(seeker, Kind.TOOL)[0] == "Career conversation"


def test_what_was_found_is_marked_and_brought_into_sight(seeker: User) -> None:
    look_for(seeker, "space")
    (hit,) = rows(seeker, Kind.ACTION)
    assert isinstance(hit, Hit)
    assert hit.detail == (("They found a ", False), ("space", True))
    look_for(seeker, "hospital")
    for row in rows(seeker, Kind.RECORD):
        assert isinstance(row, Hit)
        assert any(found for _text, found in (*row.title, *row.detail))
        assert row.detail[0][1] or len(row.detail[0][0]) <= 40


def test_words_that_narrow_are_offered_and_narrow_everything(seeker: User) -> None:
    seeker.type("person:")
    assert any("Person A" in offered for offered in line(seeker).offered)
    close_offers(seeker)
    look_for(seeker, 'person:"Person A" ')
    assert titles(seeker, Kind.PERSON) == ["Person A"]
    assert titles(seeker, Kind.TOOL) == titles(seeker, Kind.HELP) == []
    assert seeker.sees("Only what is with Person A.")


def test_a_name_that_is_known_narrows_without_quotation_marks(seeker: User) -> None:
    look_for(seeker, "person:person a ")
    assert titles(seeker, Kind.PERSON) == ["Person A"]
    assert seeker.sees("Only what is with Person A.")
    look_for(seeker, "person:persn a")
    assert seeker.sees('in quotation marks, as in person:"two words"')


def test_what_is_not_clear_is_explained_in_place(seeker: User) -> None:
    look_for(seeker, "tag:nowhere hospital")
    assert seeker.sees("Nothing in your journal fits “tag:nowhere”")
    assert titles(seeker, Kind.ACTION)


# The keyboard


def test_the_keyboard_goes_into_the_list_and_back(seeker: User) -> None:
    look_for(seeker, "hospital")
    seeker.key("Down")
    assert results(seeker).hasFocus()
    assert results(seeker).currentIndex().row() == 0
    seeker.key("Up")
    assert line(seeker).hasFocus()
    seeker.key("Return")
    seeker.key("Down")
    assert results(seeker).currentIndex().row() == 1
    seeker.key("Escape")
    assert line(seeker).hasFocus()
    assert line(seeker).text() == "hospital"
    seeker.key("Escape")
    assert line(seeker).text() == ""
    assert seeker.all(Start)


def test_the_help_names_each_of_its_keys() -> None:
    assert {keys for keys, _meaning in search_shortcuts()} == {"Down", "Up", "Enter", "Esc"}


def in_offers(user: User, key: Qt.Key) -> None:
    """A key while the list of what can follow is open, which is given every key."""
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, key)
    user.settle()


def test_two_narrowings_and_words_are_written_without_leaving_the_line(seeker: User) -> None:
    for begun in ("person:", "before:"):
        seeker.type(begun)
        in_offers(seeker, Qt.Key.Key_Down)
        in_offers(seeker, Qt.Key.Key_Return)
        assert seeker.focus is line(seeker)
        assert not line(seeker).is_offering
    seeker.type("hospital")
    assert line(seeker).text() == 'person:"Person A" before:today hospital'
    seeker.settle()
    seeker.key("Return")
    assert seeker.focus is results(seeker)


def test_escape_closes_what_is_offered_and_leaves_the_words(seeker: User) -> None:
    seeker.type("person:")
    in_offers(seeker, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert line(seeker).text() == "person:"
    seeker.key("Escape")
    assert line(seeker).text() == ""


def test_what_is_offered_goes_when_the_keyboard_leaves_the_line(seeker: User) -> None:
    seeker.type("person:")
    with seeker.qtbot.waitSignal(line(seeker).editingFinished):  # it draws no cursor any more
        in_offers(seeker, Qt.Key.Key_F6)
    assert seeker.focus is not line(seeker)
    assert QApplication.activePopupWidget() is None


# Where it leads


def test_a_record_opens_and_back_leads_to_the_same_search(seeker: User) -> None:
    look_for(seeker, "hospital")
    before = rows(seeker)
    seeker.key("Down")
    seeker.key("Return")
    seeker.screen(RecordPage)
    seeker.key("Escape")
    assert line(seeker).text() == "hospital"
    assert rows(seeker) == before


def test_what_was_agreed_is_marked_in_the_register_and_escape_leads_back_once(
    seeker: User,
) -> None:
    seeker.window.resize(1280, 640)
    look_for(seeker, "river 3 ")
    go_to(seeker, Kind.ACTION)
    seeker.key("Return")
    register = seeker.screen(AgreedScreen)
    (view,) = seeker.all(ActionList)
    here = view.currentIndex()
    assert here.data() == "Walk by the river, 3"
    assert view.selectionModel().isSelected(here)
    assert view.viewport().rect().contains(view.visualRect(here))
    assert view.verticalScrollBar().value() > 0  # it does not stand at the top
    seeker.key("Escape")
    seeker.screen(SearchScreen)
    assert line(seeker).text() == "river 3 "
    seeker.key("Ctrl+4")
    assert not seeker.has_button("It is done")
    view.setFocus()
    seeker.key("Return")
    assert seeker.has_button("It is done")
    seeker.key("Escape")
    assert seeker.screen(AgreedScreen) is register
    assert seeker.focus is view


def test_closing_what_was_opened_from_the_search_stays_in_the_register(seeker: User) -> None:
    look_for(seeker, "river 3 ")
    go_to(seeker, Kind.ACTION)
    seeker.key("Return")
    seeker.press("Close, and go back to the list")
    seeker.screen(AgreedScreen)
    (view,) = seeker.all(ActionList)
    assert view.currentIndex().data() == "Walk by the river, 3"


@pytest.mark.parametrize(
    ("words", "kind", "home", "sees"),
    [
        ("parking", Kind.ACTION, AgreedScreen, "Ask the hospital about parking"),
        ("hospital lead", Kind.PERSON, PersonPage, "Person A"),
        ("career conversation", Kind.TOOL, ToolPage, "Career conversation"),
    ],
)
def test_everything_opens_where_it_is_at_home(
    seeker: User, words: str, kind: Kind, home: Any, sees: str
) -> None:
    look_for(seeker, words)
    go_to(seeker, kind)
    seeker.key("Return")
    seeker.screen(home)
    assert seeker.sees(sees)
    seeker.key("Ctrl+K")
    assert line(seeker).text() == words
    assert line(seeker).selectedText() == words


def test_help_opens_at_its_section(seeker: User) -> None:
    seeker.window.resize(1024, 640)
    look_for(seeker, "passphrase")
    go_to(seeker, Kind.HELP)
    seeker.key("Return")
    page = seeker.screen(HelpScreen)
    title = seeker.focus
    assert isinstance(title, QLabel)
    assert title.text() == "What we cannot promise"
    top = title.mapTo(page.scroller.viewport(), title.rect().topLeft()).y()
    assert 0 <= top < page.scroller.viewport().height() - title.height()


def test_a_click_opens_and_a_click_on_a_heading_does_not(seeker: User) -> None:
    look_for(seeker, "hospital")
    view = results(seeker)
    area = view.visualRect(view.found.index(0))
    heading = area.topLeft()
    heading.setX(heading.x() + 20)
    heading.setY(heading.y() + 8)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    seeker.settle()
    seeker.screen(SearchScreen)
    below = area.bottomLeft()
    below.setX(below.x() + 60)
    below.setY(below.y() - 30)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    seeker.settle()
    seeker.screen(RecordPage)


def test_all_records_are_in_the_journal_with_the_same_search(seeker: User) -> None:
    look_for(seeker, "the ")
    assert isinstance(rows(seeker, Kind.RECORD)[-1], More)
    go_to(seeker, Kind.RECORD, more=True)
    seeker.key("Return")
    journal = seeker.screen(JournalScreen)
    assert seeker.edit("Search what you wrote").text() == "the"  # type: ignore[attr-defined]
    assert len(journal.heads()) > 5


def test_all_that_was_agreed_is_in_the_register_with_the_same_search(seeker: User) -> None:
    look_for(seeker, "river kestrel")
    assert len(titles(seeker, Kind.ACTION)) == 5
    go_to(seeker, Kind.ACTION, more=True)
    seeker.key("Return")
    register = seeker.screen(AgreedScreen)
    assert len(register.listed()) == 7
    assert seeker.edit("Search what was agreed").text() == "river kestrel"  # type: ignore[attr-defined]


def test_what_the_register_cannot_ask_is_shown_in_place(seeker: User) -> None:
    look_for(seeker, "river after:2020")
    assert len(titles(seeker, Kind.ACTION)) == 5
    go_to(seeker, Kind.ACTION, more=True)
    seeker.key("Return")
    seeker.screen(SearchScreen)
    assert len(titles(seeker, Kind.ACTION)) == 7
    assert seeker.focus is results(seeker)
    assert results(seeker).currentIndex().row() == 5  # the first of those that came
    seeker.key("Escape")
    look_for(seeker, "river after:2021")
    assert len(titles(seeker, Kind.ACTION)) == 5


# Nothing


def test_before_anything_is_typed_the_page_says_what_can_be_found(seeker: User) -> None:
    assert rows(seeker) == ()
    assert seeker.sees("Records and drafts, what was agreed, people, tools and help.")
    seeker.press("before:last month")
    assert line(seeker).text() == "before:last month "
    assert titles(seeker, Kind.RECORD)
    look_for(seeker, " ")
    seeker.button("tag:").click()
    assert any("induction" in offered for offered in line(seeker).offered)
    close_offers(seeker)


def test_nothing_found_says_what_to_try(seeker: User) -> None:
    look_for(seeker, "zzqq")
    assert seeker.sees("Nothing holds all of these words")
    seeker.key("Down")
    assert seeker.focus is line(seeker)
    seeker.press("Clear the search")
    assert line(seeker).text() == ""
    assert seeker.focus is line(seeker)
    look_for(seeker, "parking tag:induction ")
    assert seeker.sees("Nothing fits all of this")
    seeker.press("Look for the words alone")
    assert titles(seeker, Kind.ACTION) == ["Ask the hospital about parking"]
    look_for(seeker, "driver:growth driver:wellbeing ")
    assert seeker.sees("These words exclude one another")
    assert seeker.sees("Nothing fits")


def test_a_screen_reader_hears_once_how_much_was_found(
    seeker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(screen, "announce", lambda _source, text: said.append(text))
    look_for(seeker, "parking")
    seeker.qtbot.waitUntil(lambda: bool(said))
    assert said == ["1 thing agreed"]


# What changes meanwhile


def test_what_is_asked_between_is_never_looked_up(
    seeker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    go_on = Event()
    search = everywhere.search_everywhere

    def slowly(vault: Any, words: str, *rest: Any, **options: Any) -> Any:
        asked.append(words)
        go_on.wait(5)
        return search(vault, words, *rest, **options)

    monkeypatch.setattr(looking, "search_everywhere", slowly)
    seeker.type("hospital")
    seeker.qtbot.waitUntil(lambda: bool(asked))
    go_on.set()
    seeker.settle()
    assert asked == ["h", "hospital"]
    assert titles(seeker, Kind.PERSON) == ["Person A"]


def test_what_was_written_meanwhile_is_found_on_coming_back(seeker: User) -> None:
    look_for(seeker, "kingfisher")
    assert rows(seeker) == ()
    add(seeker, "Watch the kingfisher")
    assert titles(seeker, Kind.ACTION) == ["Watch the kingfisher"]
    seeker.key("Ctrl+1")
    add(seeker, "Draw the kingfisher")
    seeker.key("Ctrl+K")
    assert len(titles(seeker, Kind.ACTION)) == 2


def test_after_a_person_is_erased_the_search_begins_anew(seeker: User) -> None:
    look_for(seeker, "hospital lead")
    go_to(seeker, Kind.PERSON)
    seeker.key("Return")
    seeker.press("Erase everything…")
    seeker.type("Person A", into="Type the alias to erase")
    seeker.press("Erase for good")
    seeker.key("Ctrl+K")
    assert line(seeker).text() == ""


# For everybody


@pytest.mark.usefixtures("longer_language")
@pytest.mark.parametrize("seeker", [200], indirect=True)
def test_at_twice_the_size_nothing_is_cut_off(seeker: User) -> None:
    seen: list[str] = []
    for words in ("", "hospital", "zzqq", "parking tag:induction "):
        look_for(seeker, words)
        seen += cut_off(seeker) + without_a_name(seeker) + out_of_reach(seeker)
    assert seen == []
