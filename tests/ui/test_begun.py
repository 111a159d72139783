"""What is half written in a form is there again, however one left it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from sqlalchemy import Connection

from retention_desktop.errors import DiskFull
from retention_desktop.journal.begun import keep_begun, read_begun
from retention_desktop.models.enums import ActionKind, ActionState, Driver, Form
from retention_desktop.models.views import Place
from retention_desktop.ui.agreed.actions_model import STANDING_ROLE
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.idle import IdleWatch
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.vault import Vault, open_vault

from .conftest import OpenWindow
from .test_agreed import ROOM, WARD, copy_of, open_one, stand_at
from .test_agreed import agreed_vault as agreed_vault
from .test_agreed import keeper as keeper
from .test_agreed import kept as kept_action
from .test_people import change, put
from .test_people import kept as kept_people
from .test_people import known as known
from .test_people import manager as manager
from .test_review import due_vault as due_vault
from .test_review import look_at, reviews
from .test_review import looker as looker
from .user import CHEAP, NOW, PASSPHRASE, User

AGAIN = "You began this earlier. Your words are here again."
NEW = Place(Form.NEW_ACTION)

Again = Callable[[User], User]


@pytest.fixture
def unlocked_again(open_window: OpenWindow) -> Again:
    """Locks by key, and unlocks as a fresh process would."""

    def lock_and_unlock(user: User) -> User:
        with user.qtbot.waitSignal(user.window.locked):
            user.key("Ctrl+L")
        fresh = open_window()
        fresh.unlock()
        return fresh

    return lock_and_unlock


def begun(user: User, place: Place) -> dict[str, str]:
    """What the vault holds of a form now."""
    with copy_of(user.folder) as vault:
        return read_begun(vault, place)


def line(user: User, name: str) -> str:
    edit = user.edit(name)
    assert isinstance(edit, QLineEdit | QPlainTextEdit)
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def choose_in_form(user: User, name: str, option: str) -> None:
    """Choose in the form that is open, not in the filters above the list."""
    box = form_box(user, name)
    box.setCurrentIndex(box.findText(option))


def form_box(user: User, name: str) -> QComboBox:
    return [each for each in user.all(QComboBox) if each.accessibleName() == name][-1]


def test_after_a_lock_the_register_says_where_something_was_begun(
    keeper: User, unlocked_again: Again
) -> None:
    hint = "You began something here."
    assert not keeper.sees(hint)
    keeper.press("Add something agreed")
    keeper.type("Half a th")
    keeper.key("Escape")
    assert keeper.sees(hint)
    stand_at(keeper, ROOM)
    keeper.key("D")
    keeper.type("Half a word")
    again = unlocked_again(keeper)
    again.key("Ctrl+4")
    assert again.sees(hint)
    assert again.button("Add something agreed").accessibleDescription() == hint
    model = stand_at(again, ROOM).model()
    stands = [model.index(row, 0).data(STANDING_ROLE) for row in range(4)]
    assert ["you began something here" in each for each in stands] == [False, True, False, False]
    assert "you began" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    again.press("Add something agreed")
    again.press("Add it to the register")
    assert not again.sees(hint)


def test_what_is_typed_is_in_the_vault_within_a_second(keeper: User) -> None:
    keeper.press("Add something agreed")
    keeper.type("Half a th")
    keeper.qtbot.waitUntil(lambda: begun(keeper, NEW).get("text") == "Half a th", timeout=1_500)


# A later look


def write_half_a_review(user: User) -> None:
    user.press("Adjust: it goes on, but differently")
    (area,) = user.all(QPlainTextEdit)
    area.setFocus()
    user.write("It begins on time.\nMostly, ŵ")
    user.key("Tab")
    user.type("The night st")
    user.press("Another date")
    user.type("14 Ja", into="Another date")


@pytest.mark.parametrize(("record", "action"), [(2, None), (1, 1)])
def test_half_a_review(
    looker: User, unlocked_again: Again, record: int, action: int | None
) -> None:
    look_at(looker, record=record, action=action)
    assert not looker.sees(AGAIN)
    write_half_a_review(looker)
    fresh = unlocked_again(looker)
    look_at(fresh, record=record, action=action)
    assert fresh.sees(AGAIN)
    assert fresh.choice("Adjust: it goes on, but differently").isChecked()
    assert line(fresh, "What changed?") == "It begins on time.\nMostly, ŵ"
    assert line(fresh, "For whom?") == "The night st"
    assert line(fresh, "Another date") == "14 Ja"
    fresh.type("n 2027", into="Another date")
    fresh.press("Adjust it, and look again on 14 January 2027")
    look_at(fresh, record=record, action=action)
    assert not fresh.sees(AGAIN)
    assert line(fresh, "What changed?") == ""
    (review,) = reviews(fresh, record)
    assert review.for_whom == "The night st"


def test_half_a_review_outlives_an_idle_lock(looker: User, open_window: OpenWindow) -> None:
    look_at(looker, record=2)
    write_half_a_review(looker)
    (watch,) = looker.app.findChildren(IdleWatch)
    with looker.qtbot.waitSignal(looker.window.locked):
        watch.idle.emit()
    assert begun(looker, Place(Form.REVIEW, record_id=2))["for_whom"] == "The night st"


def test_half_a_review_outlives_closing_the_window(looker: User) -> None:
    look_at(looker, record=2)
    write_half_a_review(looker)
    with looker.qtbot.waitSignal(looker.window.ended):
        looker.window.close()
    assert begun(looker, Place(Form.REVIEW, record_id=2))["for_whom"] == "The night st"


def test_a_review_that_is_emptied_again_is_not_begun(looker: User) -> None:
    look_at(looker, record=2)
    (area,) = looker.all(QPlainTextEdit)
    area.setFocus()
    looker.type("No")
    looker.key("Escape")
    look_at(looker, record=2)
    assert looker.sees(AGAIN)
    (area,) = looker.all(QPlainTextEdit)
    area.setFocus()
    looker.key("Ctrl+A")
    looker.key("Delete")
    looker.key("Escape")
    assert begun(looker, Place(Form.REVIEW, record_id=2)) == {}


# The register


@pytest.mark.parametrize(
    ("key", "question", "button", "state"),
    [
        ("D", "How did it go?", "Mark it as done", ActionState.DONE),
        ("C", "What changed?", "Mark it as changed", ActionState.CHANGED),
        ("L", "Why do you let it go?", "Let it go", ActionState.LET_GO),
    ],
)
def test_half_a_word_about_an_end(
    keeper: User, unlocked_again: Again, key: str, question: str, button: str, state: ActionState
) -> None:
    stand_at(keeper, WARD)
    keeper.key(key)
    keeper.write("Half a senten")
    fresh = unlocked_again(keeper)
    fresh.key("Ctrl+4")
    open_one(fresh, WARD)
    assert fresh.sees(AGAIN)
    assert fresh.focus is fresh.edit(question)
    fresh.key("End")
    fresh.type("ce")
    fresh.press(button)
    ended = kept_action(fresh, WARD)
    assert (ended.state, ended.why) == (state, "Half a sentence")
    fresh.press("Open it again")
    assert not fresh.sees(AGAIN)
    fresh.press("It is done")
    assert line(fresh, "How did it go?") == ""


def test_half_a_date_and_half_an_edit_of_one_action(keeper: User, unlocked_again: Again) -> None:
    open_one(keeper, WARD)
    keeper.choose_from_menu("Later", "Another date…")
    keeper.type("14 Ja")
    keeper.key("Escape")  # goes back; what is written stays
    keeper.press("Edit")
    keeper.key("End")
    keeper.type(", please")
    choose_in_form(keeper, "Kind", "Escalation")
    fresh = unlocked_again(keeper)
    fresh.key("Ctrl+4")
    open_one(fresh, WARD)
    fresh.type("!")  # one goes on at the end
    assert line(fresh, "What was agreed") == f"{WARD}, please!"
    assert form_box(fresh, "Kind").currentText() == "Escalation"
    fresh.key("Escape")
    fresh.choose_from_menu("Later", "Another date…")
    assert line(fresh, "When it comes back") == "14 Ja"
    assert kept_action(fresh, WARD).kind is ActionKind.SUPPORT


def test_a_word_about_one_end_is_there_for_another(keeper: User) -> None:
    stand_at(keeper, ROOM)
    keeper.key("D")
    keeper.type("Sue left")
    keeper.key("Escape")
    keeper.press("It changed")
    assert line(keeper, "What changed?") == "Sue left"
    keeper.key("Return")
    assert kept_action(keeper, ROOM).why == "Sue left"


def test_one_can_begin_afresh(keeper: User, unlocked_again: Again) -> None:
    stand_at(keeper, ROOM)
    keeper.key("E")
    keeper.key("Ctrl+A")
    keeper.type("Someth")
    fresh = unlocked_again(keeper)
    fresh.key("Ctrl+4")
    open_one(fresh, ROOM)
    fresh.press("Begin afresh")
    assert line(fresh, "What was agreed") == ROOM
    assert fresh.focus is fresh.edit("What was agreed")
    assert not fresh.sees(AGAIN)
    fresh.key("Escape")
    fresh.press("Close, and go back to the list")
    open_one(fresh, ROOM)
    assert fresh.has_button("It is done")


def test_something_half_added(keeper: User, unlocked_again: Again) -> None:
    keeper.press("Add something agreed")
    keeper.write("Thank the night staff, ŵ")
    choose_in_form(keeper, "Kind", "Support")
    keeper.type("3 De", into="By when")
    keeper.type("Person Z", into="Who is it with?")
    fresh = unlocked_again(keeper)
    fresh.key("Ctrl+4")
    assert len(fresh.screen(AgreedScreen).listed()) == 4
    fresh.press("Add something agreed")
    assert fresh.sees(AGAIN)
    assert line(fresh, "Who is it with?") == "Person Z"
    fresh.type("c", into="By when")
    fresh.press("Add it to the register")
    added = kept_action(fresh, "Thank the night staff, ŵ")
    assert (added.kind, added.person) == (ActionKind.SUPPORT, "Person Z")
    assert added.due is not None
    fresh.key("Escape")
    fresh.press("Add something agreed")
    assert line(fresh, "What was agreed") == ""


def test_it_outlives_a_change_of_the_look(keeper: User) -> None:
    stand_at(keeper, WARD)
    keeper.key("L")
    keeper.type("Half a senten")
    keeper.key("Ctrl+,")
    keeper.choose("Colours", "Dark")
    keeper.key("Ctrl+4")
    open_one(keeper, WARD)
    assert line(keeper, "Why do you let it go?") == "Half a senten"


def test_an_action_added_by_hand_is_said_otherwise_whole(keeper: User) -> None:
    stand_at(keeper, ROOM)
    keeper.key("E")
    choose_in_form(keeper, "Kind", "Adjustment")
    person = keeper.edit("Who is it with?")
    assert isinstance(person, QLineEdit)
    assert person.text() == "Person B"
    put(keeper, "Person A", into="Who is it with?")
    choose_in_form(keeper, "Driver", DRIVER_SHORT_NAMES[Driver.RECOGNITION])
    keeper.press("Keep it like this")
    changed = kept_action(keeper, ROOM)
    assert (changed.kind, changed.person) == (ActionKind.ADJUSTMENT, "Person A")
    assert changed.driver is Driver.RECOGNITION


def test_an_action_of_a_record_keeps_the_records_person(looker: User) -> None:
    looker.key("Ctrl+4")
    open_one(looker, "Begin at ten to eight")
    looker.press("Edit")
    assert line(looker, "Who will do it") == "Siân"
    assert not [each for each in looker.all(QLineEdit) if "with" in each.accessibleName()]


# People


def test_a_half_typed_alias(manager: User, unlocked_again: Again) -> None:
    manager.type("Kingfi", into="Add somebody")
    fresh = unlocked_again(manager)
    fresh.go("people")
    assert fresh.sees(AGAIN)
    fresh.edit("Add somebody").setFocus()
    fresh.key("End")
    fresh.type("sher")
    fresh.key("Return")
    assert fresh.screen(PersonPage).heading.text() == "Kingfisher"
    fresh.go("people")
    assert not fresh.sees(AGAIN)
    assert line(fresh, "Add somebody") == ""


def test_a_half_typed_alias_stays_while_one_reads_about_somebody(manager: User) -> None:
    manager.type("Kingfi", into="Add somebody")
    manager.press("Owl. ")
    manager.screen(PersonPage)
    manager.go("people")
    assert line(manager, "Add somebody") == "Kingfi"


def test_details_that_were_being_typed(manager: User) -> None:
    place = Place(Form.DETAILS, person="Owl")
    change(manager, "Owl")
    put(manager, "Stud", into="Role")
    manager.qtbot.waitUntil(lambda: begun(manager, place).get("role") == "Stud", timeout=1_500)
    manager.key("Tab")  # keeps it for good
    assert kept_people(manager)["Owl"].role == "Stud"
    assert begun(manager, place) == {}


def test_an_alias_that_was_refused_is_there_again(manager: User, unlocked_again: Again) -> None:
    change(manager, "Owl")
    put(manager, "kestrel", into="Alias")
    fresh = unlocked_again(manager)
    assert "Owl" in kept_people(fresh)
    change(fresh, "Owl")
    assert fresh.message == AGAIN
    assert line(fresh, "Alias") == "kestrel"
    put(fresh, "Merlin", into="Alias")
    fresh.key("Escape")
    assert fresh.screen(PersonPage).heading.text() == "Merlin"
    assert begun(fresh, Place(Form.DETAILS, person="Merlin")) == {}


# Words from elsewhere: an import, or another version of the program


STRANGE = {
    "words": "¾",
    "state": "¾",
    "meet_every": "¾",
    "kind": "¾",
    "ending": "¾",
    "next_on": "¾",
}


def begin_strangely(folder: Path, *places: Place) -> None:
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for place in places:
            keep_begun(vault, place, STRANGE, now=NOW)


@pytest.mark.parametrize("form", [Form.ENDING, Form.LATER, Form.EDIT])
def test_an_action_opens_whatever_is_begun_about_it(
    agreed_vault: Path, open_window: OpenWindow, form: Form
) -> None:
    user = open_window(vault=agreed_vault)
    begin_strangely(user.folder, Place(form, action_id=1))
    user.unlock()
    user.go("agreed")
    user.screen(AgreedScreen).open_action(1, partial(user.go, "search"))
    user.settle()
    assert user.sees(AGAIN)
    user.press("Begin afresh")


def test_details_open_whatever_is_begun_in_them(known: Path, open_window: OpenWindow) -> None:
    user = open_window(vault=known)
    begin_strangely(user.folder, Place(Form.DETAILS, person="Owl"), Place(Form.NEW_PERSON), NEW)
    user.unlock()
    user.go("people")
    change(user, "Owl")
    assert line(user, "Alias") == "Owl"
    user.go("agreed")
    user.press("Add something agreed")
    assert line(user, "Who will do it") == ""


def test_a_later_look_opens_whatever_is_begun_in_it(
    due_vault: Path, open_window: OpenWindow
) -> None:
    user = open_window(vault=due_vault)
    begin_strangely(user.folder, Place(Form.REVIEW, record_id=2))
    user.unlock()
    look_at(user, record=2)
    assert user.sees(AGAIN)


# What cannot be kept


class TestFullDisk:
    @pytest.fixture
    def full(self, looker: User, monkeypatch: pytest.MonkeyPatch) -> User:
        """Somebody whose disk has become full in the middle of a review."""
        writing = Vault.writing

        @contextmanager
        def refuse(vault: Vault) -> Iterator[Connection]:
            if self.is_full:
                raise DiskFull("There is no room left on this disk.", "Free some space.")
            with writing(vault) as connection:
                yield connection

        look_at(looker, record=2)
        write_half_a_review(looker)
        self.is_full = True
        monkeypatch.setattr(Vault, "writing", refuse)
        return looker

    def test_one_stays_where_the_words_are(self, full: User) -> None:
        for keys in ("Ctrl+1", "Escape"):
            full.key(keys)
            full.screen(ReviewScreen)
            assert "no room left" in full.message
        assert line(full, "For whom?") == "The night st"

    def test_it_is_covered_and_locks_once_there_is_room(self, full: User) -> None:
        full.key("Ctrl+L")
        assert full.sees("Your journal is not locked")
        full.press("Back to what I wrote")
        assert line(full, "For whom?") == "The night st"
        self.is_full = False
        with full.qtbot.waitSignal(full.window.locked):
            full.key_without_waiting("Ctrl+L")
        assert begun(full, Place(Form.REVIEW, record_id=2))["for_whom"] == "The night st"

    def test_a_verb_that_fails_leaves_the_words(self, full: User) -> None:
        full.type("n 2027", into="Another date")
        full.press("Adjust it, and look again on 14 January 2027")
        assert "no room left" in full.message
        self.is_full = False
        full.key("Ctrl+1")
        assert begun(full, Place(Form.REVIEW, record_id=2))["for_whom"] == "The night st"
