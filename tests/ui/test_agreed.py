"""The register of what was agreed: finding, ending, coming back later, adding by hand."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from retention_desktop.journal.actions import add_action, close_action, list_actions
from retention_desktop.journal.reviews import review_action
from retention_desktop.models.enums import ActionKind, ActionState, Driver, ReviewOutcome
from retention_desktop.models.views import ActionHead
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.vault import Vault, open_vault

from .conftest import NAME, OpenWindow
from .user import CHEAP, NOW, PASSPHRASE, TODAY, User

WARD = "Ask the ward for ten minutes"
ROOM = "Book a quiet room"
COURSE = "Look for a course, ŵ"
SOMEDAY = "Clear the shelf"


@contextmanager
def copy_of(folder: Path) -> Iterator[Vault]:
    """What a vault that may be open elsewhere holds now: a copy of its files is opened."""
    with TemporaryDirectory() as place:
        copy = Path(place) / "Copy.rvault"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.lock"))
        with closing(open_vault(copy, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            yield vault


@pytest.fixture(scope="session")
def agreed_vault(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with four things that are open and one that is done, to be copied."""
    folder = tmp_path_factory.mktemp("agreed") / NAME
    shutil.copytree(empty_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        before = NOW - timedelta(days=20)
        add_action(vault, SOMEDAY, now=before, kind=ActionKind.ADJUSTMENT)
        (ward,) = add_action(
            vault,
            WARD,
            now=before,
            kind=ActionKind.SUPPORT,
            owner="Siân",
            due=date(2026, 11, 20),
            person="Person A",
            driver=Driver.WELLBEING,
        ).actions
        add_action(vault, ROOM, now=before, owner="Me", due=date(2026, 11, 30), person="Person B")
        add_action(vault, COURSE, now=before, kind=ActionKind.DEVELOPMENT, due=date(2027, 1, 3))
        (done,) = add_action(vault, "Send the minutes", now=before).actions
        close_action(vault, done, ActionState.DONE, now=NOW, why="On Tuesday")
        review_action(
            vault,
            ward,
            ReviewOutcome.ADJUST,
            now=NOW - timedelta(days=9),
            changed="Five minutes will do.",
            for_whom="The team",
            next_on=date(2026, 11, 20),
        )
    return folder


@pytest.fixture
def keeper(open_window: OpenWindow, agreed_vault: Path) -> User:
    """Somebody who has come to the register."""
    user = open_window(vault=agreed_vault, unlocked=True)
    user.key("Ctrl+4")
    user.screen(AgreedScreen)
    return user


def texts(user: User) -> list[str]:
    return [action.text for action in user.screen(AgreedScreen).listed()]


def kept(user: User, text: str) -> ActionHead:
    """The action as it is on the disk now."""
    with copy_of(user.folder) as vault:
        return next(action for action in list_actions(vault) if action.text == text)


def stand_at(user: User, text: str) -> QListView:
    (view,) = [each for each in user.all(QListView) if each.accessibleName() == "What was agreed"]
    view.setFocus()
    view.setCurrentIndex(view.model().index(texts(user).index(text), 0))
    return view


def open_one(user: User, text: str) -> None:
    stand_at(user, text)
    user.key("Return")


# The list


def test_what_waits_comes_first_and_what_has_no_date_last(keeper: User) -> None:
    assert texts(keeper) == [WARD, ROOM, COURSE, SOMEDAY]
    assert keeper.sees("4 things are open")


def test_a_row_says_all_that_it_shows_to_a_screen_reader(keeper: User) -> None:
    view = stand_at(keeper, WARD)
    spoken = [
        view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)
    ]
    assert spoken[0] == (
        f"{WARD}. waiting since Friday. Support · Siân · with Person A. Wellbeing and safety"
    )
    assert "by 30 November" in spoken[1]
    assert "by 3 January 2027" in spoken[2]


def test_it_can_be_narrowed(keeper: User) -> None:
    for box, option, back, left in (
        ("State", "Done", "Open", ["Send the minutes"]),
        ("State", "Let go", "Open", []),
        ("State", "Open and ended", "Open", [WARD, ROOM, COURSE, SOMEDAY, "Send the minutes"]),
        ("Due", "Due now", "Any date", [WARD]),
        ("Due", "Due this month", "Any date", [WARD, ROOM]),
        ("Person", "Person B", "Anybody", [ROOM]),
        ("Driver", DRIVER_SHORT_NAMES[Driver.WELLBEING], "Any driver", [WARD]),
        ("Kind", "Development", "Any kind", [COURSE]),
    ):
        keeper.choose(box, option)
        assert texts(keeper) == left, option
        keeper.choose(box, back)


def test_it_can_be_searched_as_one_types(keeper: User) -> None:
    keeper.type("sh", into="Search what was agreed")
    keeper.settle()
    assert texts(keeper) == [SOMEDAY]
    keeper.type("zz")
    keeper.settle()
    assert keeper.sees("Nothing agreed fits")
    keeper.press("Show everything agreed")
    assert len(texts(keeper)) == 5


def test_filters_fold_away_where_there_is_little_room(
    open_window: OpenWindow, agreed_vault: Path
) -> None:
    user = open_window(vault=agreed_vault, unlocked=True, text_percent=200)
    user.window.resize(1024, 640)
    user.key("Ctrl+4")
    user.press("Filters")
    user.choose("Person", "Person B")
    user.press("Filters (1)")
    assert texts(user) == [ROOM]


def test_a_register_with_nothing_in_it_offers_one_thing_to_do(user: User) -> None:
    user.key("Ctrl+4")
    assert user.sees("Nothing is agreed yet")
    assert not user.all(QListView)
    user.press("Add something agreed")
    assert user.focus is user.edit("What was agreed")


def test_when_all_has_ended_that_is_said_kindly(open_window: OpenWindow, empty_vault: Path) -> None:
    user = open_window(vault=empty_vault)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (done,) = add_action(vault, ROOM, now=NOW).actions
        close_action(vault, done, ActionState.CHANGED, now=NOW)
    user.unlock()
    user.key("Ctrl+4")
    assert user.sees("Nothing is open")
    user.press("Show everything agreed")
    assert texts(user) == [ROOM]


def test_a_long_register_arrives_page_by_page_and_builds_no_widgets(
    open_window: OpenWindow, empty_vault: Path
) -> None:
    user = open_window(vault=empty_vault)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for number in range(150):
            day = TODAY + timedelta(days=number % 50)
            add_action(vault, f"Thing {number}", now=NOW, due=day)
    user.unlock()
    user.key("Ctrl+4")
    assert user.sees("150 things are open")
    before, widgets = len(texts(user)), len(user.window.findChildren(QWidget))
    view = stand_at(user, texts(user)[0])
    for _page in range(5):
        if view.model().canFetchMore(QModelIndex()):
            view.scrollToBottom()
            user.settle()
    assert before < 150 == len(set(texts(user)))
    assert len(user.window.findChildren(QWidget)) == widgets


# Ending, later, again


def test_it_ends_with_a_word_by_keyboard_alone(keeper: User) -> None:
    keeper.key("Return")  # from the search to the list
    for text, key, state, said in (
        (WARD, "D", ActionState.DONE, "Marked as done."),
        (ROOM, "C", ActionState.CHANGED, "Marked as changed."),
        (COURSE, "L", ActionState.LET_GO, "Let go."),
    ):
        keeper.key(key)
        keeper.write(f"Siân said so: {key}")
        keeper.key("Return")
        action = kept(keeper, text)
        assert (action.state, action.why) == (state, f"Siân said so: {key}")
        assert action.closed == NOW
        assert keeper.message == said
        assert text not in texts(keeper)
        assert keeper.sees(f"Siân said so: {key}")
        keeper.key("Escape")  # back to the list, at the next one
    assert texts(keeper) == [SOMEDAY]


def test_no_word_is_demanded(keeper: User) -> None:
    open_one(keeper, ROOM)
    keeper.press("It is done")
    keeper.press("Mark it as done")
    assert kept(keeper, ROOM).state is ActionState.DONE


def test_what_has_ended_can_be_opened_again(keeper: User) -> None:
    keeper.choose("State", "Done")
    open_one(keeper, "Send the minutes")
    assert keeper.sees("On Tuesday")
    keeper.press("Open it again")
    action = kept(keeper, "Send the minutes")
    assert (action.state, action.why) == (ActionState.OPEN, "")
    assert keeper.message == "It is open again."
    assert keeper.has_button("It is done")


def test_one_key_lets_it_come_back_a_week_later(keeper: User) -> None:
    stand_at(keeper, WARD)
    keeper.key("S")
    assert kept(keeper, WARD).due == date(2026, 11, 29)
    assert keeper.message == "It comes back on 29 November."
    stand_at(keeper, ROOM)
    keeper.key("S")  # a week after its own day, which is still to come
    assert kept(keeper, ROOM).due == date(2026, 12, 7)


def test_what_has_ended_does_not_come_back(keeper: User) -> None:
    keeper.choose("State", "Done")
    stand_at(keeper, "Send the minutes")
    keeper.key("S")
    assert kept(keeper, "Send the minutes").due is None
    assert keeper.has_button("Open it again")


def test_later_by_menu(keeper: User) -> None:
    open_one(keeper, WARD)
    for entry, day in (
        ("Tomorrow, 23 November", date(2026, 11, 23)),
        ("A week later, 30 November", date(2026, 11, 30)),
        ("A month later, 30 December", date(2026, 12, 30)),
    ):
        keeper.choose_from_menu("Later", entry)
        assert kept(keeper, WARD).due == day


def test_later_on_a_date_of_ones_own(keeper: User) -> None:
    open_one(keeper, WARD)
    keeper.choose_from_menu("Later", "Another date…")
    keeper.type("soon")
    keeper.press("Let it come back then")
    assert keeper.sees("We could not read this as a date.")
    edit = keeper.edit("When it comes back")
    assert isinstance(edit, QLineEdit)
    edit.selectAll()
    keeper.type("14 Jan", into="When it comes back")
    keeper.key("Return")
    assert kept(keeper, WARD).due == date(2027, 1, 14)


def test_it_can_be_said_otherwise(keeper: User) -> None:
    stand_at(keeper, ROOM)
    keeper.key("E")
    keeper.key("Ctrl+A")
    keeper.write("Book the big room, ŵ")
    keeper.key("Ctrl+Return")
    changed = kept(keeper, "Book the big room, ŵ")
    assert (changed.owner, changed.due) == ("Me", date(2026, 11, 30))
    assert "Book the big room, ŵ" in texts(keeper)


def test_it_cannot_be_said_with_no_words(keeper: User) -> None:
    stand_at(keeper, ROOM)
    keeper.key("E")
    keeper.key("Ctrl+A")
    keeper.key("Delete")
    keeper.press("Keep it like this")
    assert keeper.error("What was agreed") == "Write what was agreed."
    assert kept(keeper, ROOM).owner == "Me"


# In its place


def test_earlier_looks_stand_under_it(keeper: User) -> None:
    open_one(keeper, WARD)
    assert keeper.sees("You changed it on 13 November 2026")
    assert keeper.sees("Five minutes will do.")
    assert keeper.sees("For whom: The team")


def test_the_record_it_comes_from_can_be_read(open_window: OpenWindow, filled_vault: Path) -> None:
    user = open_window(vault=filled_vault, unlocked=True)
    user.key("Ctrl+4")
    action = next(each for each in user.screen(AgreedScreen).listed() if each.record_id)
    open_one(user, action.text)
    user.press("Read the record")
    user.screen(RecordPage)
    assert user.sees(action.title)


def test_what_is_written_stays_while_one_looks_at_another_and_elsewhere(keeper: User) -> None:
    stand_at(keeper, WARD)
    keeper.key("D")
    keeper.write("Half a senten")
    open_one(keeper, ROOM)
    keeper.key("Ctrl+1")
    keeper.screen(TodayScreen)
    keeper.key("Ctrl+4")
    open_one(keeper, WARD)
    keeper.press("Mark it as done")
    assert kept(keeper, WARD).why == "Half a senten"


def test_escape_gives_the_question_up_and_then_goes_back_to_the_list(keeper: User) -> None:
    view = stand_at(keeper, WARD)
    keeper.key("L")
    keeper.key("Escape")
    assert not keeper.has_button("Back")
    keeper.key("Escape")
    assert keeper.focus is view
    assert not keeper.has_button("It is done")


def test_a_click_opens_it_and_in_a_small_window_it_takes_the_place_of_the_list(
    keeper: User,
) -> None:
    keeper.window.resize(1024, 640)
    view = stand_at(keeper, ROOM)
    where = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    keeper.settle()
    assert not view.isVisible()
    assert keeper.sees(ROOM)
    keeper.press("Close, and go back to the list")
    assert view.isVisible()
    assert keeper.focus is view


def test_the_list_stays_where_one_is_when_something_leaves_it(keeper: User) -> None:
    view = stand_at(keeper, ROOM)
    keeper.key("D")
    keeper.key("Return")
    assert texts(keeper) == [WARD, COURSE, SOMEDAY]
    assert view.currentIndex().row() == 1


def marked(user: User) -> list[str]:
    (view,) = [each for each in user.all(QListView) if each.accessibleName() == "What was agreed"]
    return [index.data() for index in view.selectionModel().selectedIndexes()]


def test_the_row_that_is_marked_is_the_one_that_is_open_or_none(keeper: User) -> None:
    open_one(keeper, ROOM)
    assert marked(keeper) == [ROOM]
    keeper.press("Let it go")
    keeper.key("Return")
    assert keeper.message == "Let go."
    assert marked(keeper) == []
    keeper.key("Escape")  # to the list, at what stands in its place
    assert marked(keeper) == [COURSE]
    open_one(keeper, SOMEDAY)
    keeper.press("Add something agreed")
    assert marked(keeper) == []
    keeper.key("Escape")
    assert marked(keeper) == [SOMEDAY]


# Adding by hand


def test_something_agreed_is_added_by_keyboard_alone(keeper: User) -> None:
    for _step in range(20):
        if keeper.focus is keeper.button("Add something agreed"):
            break
        keeper.key("Shift+Tab")
    keeper.key("Space")
    keeper.write("Ask Ffion, ŵ, about the rota")
    keeper.key("Tab")
    keeper.key("Down")  # from "To try" to "Development"
    keeper.key("Tab")
    keeper.type("Me")
    keeper.key("Tab")
    keeper.type("3 Dec")
    keeper.key("Tab")
    keeper.key("Tab")
    keeper.type("Person C")
    keeper.key("Return")
    added = kept(keeper, "Ask Ffion, ŵ, about the rota")
    assert added.kind is ActionKind.DEVELOPMENT
    assert (added.owner, added.due, added.person) == ("Me", date(2026, 12, 3), "Person C")
    assert added.record_id is None
    assert added.text in texts(keeper)
    assert keeper.has_button("It is done")
    keeper.choose("Person", "Person C")
    assert texts(keeper) == [added.text]


def test_what_was_added_with_a_driver_is_found_by_it(keeper: User) -> None:
    keeper.press("Add something agreed")
    keeper.write("Thank the night staff")
    name = DRIVER_SHORT_NAMES[Driver.RECOGNITION]
    (box,) = [each for each in keeper.all(type(keeper.combo("Kind"))) if each.findText(name) >= 0][
        1:
    ]
    box.setCurrentIndex(box.findText(name))
    keeper.press("Add it to the register")
    assert kept(keeper, "Thank the night staff").driver is Driver.RECOGNITION


def test_nothing_is_added_without_words_or_with_half_a_date(keeper: User) -> None:
    keeper.press("Add something agreed")
    keeper.press("Add it to the register")
    assert keeper.error("What was agreed") == "Write what was agreed."
    keeper.write("Think")
    keeper.type("32 Dec", into="By when")
    keeper.press("Add it to the register")
    assert keeper.sees("We could not read this as a date.")
    with copy_of(keeper.folder) as vault:
        assert len(list_actions(vault)) == 5


def test_what_is_half_added_stays(keeper: User) -> None:
    keeper.press("Add something agreed")
    keeper.write("Half a th")
    keeper.key("Escape")
    keeper.go("help")
    keeper.key("Ctrl+4")
    keeper.press("Add something agreed")
    keeper.press("Add it to the register")
    assert kept(keeper, "Half a th").kind is ActionKind.TRY


def test_what_was_added_by_mistake_can_be_removed(keeper: User) -> None:
    stand_at(keeper, SOMEDAY)
    keeper.key("Return")
    keeper.press("Remove")
    keeper.key("Return")  # the way back, because the other cannot be taken back
    assert kept(keeper, SOMEDAY).state is ActionState.OPEN
    keeper.press("Remove")
    keeper.press("Remove it for good")
    assert texts(keeper) == [WARD, ROOM, COURSE]
    assert keeper.message == "It is no longer in the register."
    assert not keeper.has_button("It is done")


def test_what_a_record_agreed_stays_with_it(open_window: OpenWindow, filled_vault: Path) -> None:
    user = open_window(vault=filled_vault, unlocked=True)
    user.key("Ctrl+4")
    action = next(each for each in user.screen(AgreedScreen).listed() if each.record_id)
    open_one(user, action.text)
    assert not user.has_button("Remove")
