"""People: the list, a person's page and details, the files about them, and their erasure."""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PasswordType, PdfReader
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from retention_desktop.journal.actions import add_action
from retention_desktop.journal.people import add_person, change_person, list_people
from retention_desktop.journal.records import save_answer, start_record
from retention_desktop.journal.reviews import review_record
from retention_desktop.models.enums import ReviewOutcome
from retention_desktop.models.views import Person
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.agreed.panel import ActionPanel
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.people.edit import EditPage
from retention_desktop.ui.people.meeting import MeetingsRow
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.people.screen import PeopleScreen
from retention_desktop.ui.people.timeline import Timeline
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.message import Message
from retention_desktop.vault import Vault, open_vault

from .agreements import AGREEMENT, ROUND, keep, themes
from .conftest import NAME, OpenWindow
from .samples import every_kind
from .test_all_screens import longer_language as longer_language
from .user import CHEAP, NOW, PASSPHRASE, TODAY, User

TOOL = every_kind()
MARKUP = '<img src="x"><b>bold</b> &amp; [a](b)'


def fill(vault: Vault) -> None:
    """Kestrel, whom one has not met for longer than agreed; Wren, as agreed; Owl, never."""
    add_person(vault, "Owl", now=NOW)
    add_action(
        vault,
        "Ask about the course",
        owner="Me",
        due=TODAY + timedelta(days=9),
        person="Kestrel",
        now=NOW - timedelta(days=20),
    )
    (draft,) = start_record(vault, TOOL, now=NOW - timedelta(days=2), person="Kestrel").records
    step, prompt = TOOL.steps[0], TOOL.steps[0].prompts[0]
    save_answer(vault, draft, step, prompt, "Begun but open", now=NOW - timedelta(days=2))
    for alias, role, days in (("Kestrel", "Practitioner", 28), ("Wren", "Student", 45)):
        change_person(
            vault,
            alias,
            new_alias=alias,
            role=role,
            profession="Social worker",
            working_pattern=MARKUP,
            meet_every=days,
        )


@pytest.fixture(scope="session")
def known(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with three people in it, to be copied."""
    folder = tmp_path_factory.mktemp("known") / NAME
    shutil.copytree(empty_vault, folder)
    keep(folder, TOOL, {"long": "It was fine"}, days_ago=200, person="Kestrel")
    reviewed = keep(
        folder,
        TOOL,
        {"long": "CANARYKESTREL heron", "agreed": themes("Shadow a review")},
        days_ago=50,
        person="Kestrel",
        agreed=True,
    )
    keep(folder, AGREEMENT, {"principles": "Start at eight."}, days_ago=80, person="Kestrel")
    keep(folder, TOOL, {"long": "CANARYWREN"}, days_ago=3, person="Wren")
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        fill(vault)
        review_record(
            vault,
            reviewed,
            ReviewOutcome.KEEP,
            changed="Fewer evenings",
            for_whom="The team",
            now=NOW - timedelta(days=10),
        )
    return folder


@pytest.fixture
def manager(
    open_window: OpenWindow,
    known: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody who meets three people; `param` is the size of the text."""
    small = Toolkit((TOOL, AGREEMENT, ROUND))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    user = open_window(vault=known, text_percent=getattr(request, "param", 100), scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    user.go("people")
    return user


def open_person(user: User, alias: str) -> PersonPage:
    user.go("people")
    user.press(f"{alias}. ")
    user.settle()
    return user.screen(PersonPage)


def names(user: User) -> list[str]:
    """What the rows of the list or of the timeline are called."""
    return [each.accessibleName() for each in user.all(ContentButton)]


def kept(user: User) -> dict[str, Person]:
    """Who is in the vault now, read through a copy of it."""
    copy = user.folder.with_name("Copy.rvault")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(user.folder, copy, ignore=shutil.ignore_patterns("*.lock"))
    with closing(open_vault(copy, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        return {each.alias: each for each in list_people(vault)}


# The list


def test_everybody_is_listed_with_when_one_met(manager: User) -> None:
    assert names(manager) == [
        "Kestrel. Practitioner · Social worker. Not met since 3 October · agreed: every four weeks",
        "Owl. Not met yet",
        "Wren. Student · Social worker. Last met on 19 November · agreed: every 45 days",
    ]
    assert manager.sees("No names: whoever sees your screen should not learn who it is.")


def test_a_key_leads_there_and_the_keyboard_opens_a_person(manager: User) -> None:
    manager.go("help")
    manager.key("Ctrl+5")
    manager.screen(PeopleScreen)
    manager.settle()
    for _ in range(9):
        manager.key("Tab")
        if isinstance(manager.focus, ContentButton):
            break
    manager.key("Return")
    assert manager.screen(PersonPage).heading.text() == "Kestrel"
    manager.key("Escape")
    manager.screen(PeopleScreen)


def test_where_nobody_is_known_the_page_says_who_will_be_here(user: User) -> None:
    user.go("people")
    assert user.sees("Nobody is here yet")
    user.press("Look at the tools")
    assert user.sees("Toolkit")


def test_somebody_is_added_and_their_page_opens(user: User) -> None:
    user.go("people")
    user.press("Add this person")
    assert user.error("Add somebody") == "Write an alias first."
    user.type("  Heron ", into="Add somebody")
    assert user.error("Add somebody") == ""
    user.key("Return")
    assert user.screen(PersonPage).heading.text() == "Heron"
    assert user.sees("Not met yet. Nothing is agreed about how often.")
    assert user.sees("Nothing yet. What you do together will be listed here.")
    assert list(kept(user)) == ["Heron"]


def test_an_alias_is_given_once(manager: User) -> None:
    manager.type("kestrel", into="Add somebody")
    manager.press("Add this person")
    assert "Somebody has this alias already." in manager.error("Add somebody")
    assert len(kept(manager)) == 3


def test_among_many_one_can_be_found(open_window: OpenWindow, empty_vault: Path) -> None:
    user = open_window(vault=empty_vault)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for number in range(60):
            add_person(vault, f"Person {number:02}", now=NOW)
    user.unlock()
    user.go("people")
    assert len(names(user)) == 50
    assert user.sees("10 more. Type a part of the alias to find somebody.")
    user.type("57", into="Find somebody")
    user.settle()
    assert names(user) == ["Person 57. Not met yet"]
    user.type("x")
    user.settle()
    assert user.sees("Nobody fits. Try fewer letters.")


# A person


def test_the_page_says_when_one_met_beside_what_was_agreed(manager: User) -> None:
    open_person(manager, "Kestrel")
    assert manager.sees(f"Practitioner · Social worker · {MARKUP}")
    assert manager.sees("Not met since 3 October. Agreed: every four weeks.")
    (row,) = manager.all(MeetingsRow)
    assert row.accessibleName() == (
        "6 May, 17 weeks, 3 September, 4 weeks, 3 October, agreed: by 31 October"
    )


def test_all_that_happened_is_listed_the_newest_first(manager: User) -> None:
    open_person(manager, "Kestrel")
    assert names(manager) == [
        "Every kind of question. 20 November. Draft",
        "Looked again: Every kind of question. 12 November. Keep · Fewer evenings · The team",
        "Ask about the course. 2 November. Agreed · Me · by 1 December",
        "Every kind of question. 3 October. Read together and agreed · CANARYKESTREL heron",
        "Shadow a review. 3 October. Agreed · no date",
        "Our agreement. 3 September. Start at eight.",
        "Every kind of question. 6 May. It was fine",
    ]
    assert [text for text in manager.texts() if text.endswith(" 2026")] == [
        "November 2026",
        "October 2026",
        "September 2026",
        "May 2026",
    ]


def test_each_thing_opens_what_it_is_about(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Our agreement. ")
    assert manager.screen(RecordPage).heading.text() == "Our agreement with Kestrel"
    open_person(manager, "Kestrel")
    manager.press("Looked again: ")
    manager.screen(RecordPage)
    assert manager.sees("CANARYKESTREL heron")
    open_person(manager, "Kestrel")
    manager.press("Every kind of question. 20 November")
    manager.screen(RunnerScreen)


def test_something_agreed_opens_in_the_register(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Ask about the course. ")
    manager.settle()
    manager.screen(AgreedScreen)
    (panel,) = manager.all(ActionPanel)
    assert "Ask about the course" in manager.texts(panel)


def test_a_long_history_comes_in_pages(open_window: OpenWindow, empty_vault: Path) -> None:
    user = open_window(vault=empty_vault)
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for number in range(50):
            at = NOW - timedelta(days=number)
            add_action(vault, f"Thing {number:02}", person="Wren", now=at)
    user.unlock()
    open_person(user, "Wren")
    timeline = user.all(Timeline)[0]
    assert len(user.all(ContentButton, timeline)) == 20
    user.press("Show earlier ones")
    assert len(user.all(ContentButton, timeline)) == 40
    assert user.focus.accessibleName().startswith("Thing 20. ")
    user.press("Show earlier ones")
    assert len(user.all(ContentButton, timeline)) == 50
    assert not user.has_button("Show earlier ones")


def test_a_tool_is_started_with_this_person(manager: User) -> None:
    open_person(manager, "Wren")
    tools = manager.combo("A tool to use together")
    assert [tools.itemText(n) for n in range(tools.count())] == [TOOL.title, AGREEMENT.title]
    manager.choose("A tool to use together", AGREEMENT.title)
    manager.press("Start with Wren")
    assert manager.screen(RunnerScreen).record_id
    newest = manager.records()[0]
    assert (newest.head.title, newest.head.person) == (AGREEMENT.title, "Wren")


# Details


def change(user: User, alias: str) -> EditPage:
    open_person(user, alias)
    user.press("Change details")
    return user.screen(EditPage)


def put(user: User, text: str, *, into: str) -> None:
    edit = user.edit(into)
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    user.write(text)
    user.settle()


def test_what_is_known_is_kept_as_one_leaves_each_field(manager: User) -> None:
    change(manager, "Owl")
    put(manager, "Student", into="Role")
    manager.key("Tab")
    assert manager.sees("Saved 14:02")
    put(manager, "Nurse, ŵ", into="Profession")
    manager.key("Tab")
    put(manager, "Mondays", into="Working pattern")
    manager.choose("How often you meet", "Every six weeks")
    owl = kept(manager)["Owl"]
    assert (owl.role, owl.profession, owl.working_pattern) == ("Student", "Nurse, ŵ", "Mondays")
    assert owl.meet_every == 42
    manager.press("Back to this person")
    assert manager.sees("Student · Nurse, ŵ · Mondays")
    assert manager.sees("Not met yet. Agreed: every six weeks.")


def test_an_interval_of_ones_own(manager: User) -> None:
    change(manager, "Wren")
    assert manager.combo("How often you meet").currentText() == "Another number of days"
    days = manager.edit("Days from one meeting to the next")
    assert isinstance(days, QSpinBox), type(days)
    days.setFocus()
    days.selectAll()
    manager.type("20")
    manager.key("Tab")
    assert kept(manager)["Wren"].meet_every == 20
    manager.choose("How often you meet", "Nothing is agreed")
    assert kept(manager)["Wren"].meet_every is None
    manager.key("Escape")
    assert manager.sees("Last met on 19 November. Nothing is agreed about how often.")


@pytest.mark.parametrize("way", ["Escape", "Ctrl+1", "Ctrl+L"])
def test_however_one_leaves_what_was_typed_is_kept(manager: User, way: str) -> None:
    change(manager, "Owl")
    put(manager, "Student", into="Role")
    manager.key_without_waiting(way)
    manager.settle()
    assert kept(manager)["Owl"].role == "Student"


def test_a_new_alias_is_used_everywhere(manager: User) -> None:
    change(manager, "Kestrel")
    put(manager, "Merlin", into="Alias")
    put(manager, "Senior", into="Role")
    manager.press("Back to this person")
    assert manager.screen(PersonPage).heading.text() == "Merlin"
    assert manager.sees("Senior")
    manager.go("journal")
    assert {head.person for head in manager.screen(JournalScreen).heads()} == {"Merlin", "Wren"}
    assert set(kept(manager)) == {"Merlin", "Owl", "Wren"}


def test_an_alias_of_somebody_else_is_not_taken(manager: User) -> None:
    page = change(manager, "Owl")
    put(manager, "kestrel", into="Alias")
    manager.key("Escape")
    assert manager.screen(EditPage) is page
    assert manager.error("Alias") == "Somebody else has this alias already. Choose another."
    assert manager.focus is manager.edit("Alias")
    put(manager, "", into="Alias")
    manager.edit("Role").setFocus()
    manager.settle()
    assert "1 to 80 characters" in manager.error("Alias")
    put(manager, "Heron", into="Alias")
    manager.key("Escape")
    assert manager.screen(PersonPage).heading.text() == "Heron"
    assert set(kept(manager)) == {"Kestrel", "Heron", "Wren"}


# The files


def pdf_text(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_everything_is_saved_as_one_pdf(manager: User, tmp_path: Path) -> None:
    open_person(manager, "Kestrel")
    assert manager.sees(
        "The file holds 4 records (1 is a draft), 2 actions and 1 review: "
        "all of it, private answers too."
    )
    manager.dialogs.answer = tmp_path / "held.pdf"
    manager.press("Save all as PDF…")
    assert manager.dialogs.proposed == f"Everything held {NOW.astimezone():%Y-%m-%d %H%M}.pdf"
    assert "Saved as held.pdf" in manager.message
    text = pdf_text(tmp_path / "held.pdf")
    for said in (
        "Kestrel",
        "CANARYKESTREL heron",
        "Begun but open",
        "Fewer evenings",
        "Ask about the course",
        "Start at eight.",
    ):
        assert said in text
    assert "CANARYWREN" not in text


def test_everything_is_saved_as_json(manager: User, tmp_path: Path) -> None:
    open_person(manager, "Kestrel")
    manager.dialogs.answer = tmp_path / "held.json"
    manager.press("Save all as JSON…")
    assert manager.dialogs.proposed == f"Everything held {NOW.astimezone():%Y-%m-%d %H%M}.json"
    assert "Saved as held.json" in manager.message
    held = json.loads((tmp_path / "held.json").read_bytes())["held"]
    assert held["person"]["alias"] == "Kestrel"
    assert len(held["records"]) == 4
    assert "CANARYWREN" not in (tmp_path / "held.json").read_text("utf-8")


def in_sight(user: User, widget: QWidget) -> bool:
    """Whether all of it can be seen without scrolling."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_what_is_said_of_the_file_stands_where_one_pressed(manager: User, tmp_path: Path) -> None:
    open_person(manager, "Kestrel")
    manager.dialogs.answer = tmp_path / "held.pdf"
    manager.press("Save all as PDF…")
    (message,) = manager.all(Message)
    assert in_sight(manager, message)
    assert in_sight(manager, manager.button("Save all as PDF…"))


def test_the_file_can_be_locked_with_a_password(manager: User, tmp_path: Path) -> None:
    open_person(manager, "Kestrel")
    manager.press("Lock the file with a password")
    password = manager.edit("The password")
    assert isinstance(password, QLineEdit)
    manager.dialogs.answer = tmp_path / "held.pdf"
    manager.press("Save all as PDF…")
    assert "It opens with the password alone." in manager.message
    assert PdfReader(tmp_path / "held.pdf").decrypt("otherwise") == PasswordType.NOT_DECRYPTED
    locked = PdfReader(tmp_path / "held.pdf", password=password.text())
    assert "Kestrel" in locked.pages[0].extract_text()
    manager.dialogs.answer = tmp_path / "held.json"
    manager.press("Save all as JSON…")
    assert manager.message == "Only a PDF can be locked with a password."
    assert not (tmp_path / "held.json").exists()
    password.setText("short")
    manager.press("Save all as PDF…")
    assert manager.error("The password") == "Use 12 characters or more."


def test_a_file_that_cannot_be_written_is_told(manager: User, tmp_path: Path) -> None:
    open_person(manager, "Kestrel")
    manager.dialogs.answer = tmp_path / "missing" / "held.json"
    manager.press("Save all as JSON…")
    assert "its folder is not there" in manager.message


# Erasure


def test_erasing_says_what_goes_and_asks_for_the_alias(manager: User) -> None:
    open_person(manager, "Kestrel")
    manager.press("Erase everything…")
    assert manager.sees(
        "This erases 4 records (1 is a draft), 2 actions and 1 review, with their details. "
        "Nobody can bring it back."
    )
    assert manager.sees("Backups and files you saved elsewhere are not touched.")
    assert manager.focus is manager.edit("Type the alias to erase")
    manager.type("Wren")
    manager.key("Return")  # is not the way to erase
    assert len(kept(manager)) == 3
    assert manager.screen(PersonPage).isVisible()
    manager.press("Erase for good")
    assert manager.error("Type the alias to erase: Kestrel") == (
        "This is not the alias. Nothing was erased."
    )
    assert len(manager.records()) == 5
    manager.press("Keep everything")
    assert not manager.sees("Nobody can bring it back.")
    assert manager.focus is manager.button("Erase everything…")


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_question_before_erasing_is_in_sight_and_escape_takes_it_back(
    manager: User, size: tuple[int, int]
) -> None:
    manager.window.setMinimumSize(0, 0)
    manager.window.resize(*size)
    open_person(manager, "Kestrel")
    manager.press("Erase everything…")
    for each in (manager.focus, manager.button("Keep everything"), manager.button("Erase for")):
        assert in_sight(manager, each)
    manager.type("Kest")
    manager.key("Escape")
    assert manager.screen(PersonPage).heading.text() == "Kestrel"
    assert not manager.sees("Nobody can bring it back.")
    assert manager.focus is manager.button("Erase everything…")


def test_erased_is_gone_from_the_journal_and_from_search(manager: User) -> None:
    manager.go("journal")
    assert len(manager.screen(JournalScreen).heads()) == 5
    open_person(manager, "Kestrel")
    manager.press("Erase everything…")
    manager.type("kestrel")
    manager.press("Erase for good")
    manager.screen(PeopleScreen)
    assert manager.message == (
        "Everything about Kestrel is erased. "
        "Backups and files you saved elsewhere were not touched."
    )
    assert [name.split(".")[0] for name in names(manager)] == ["Owl", "Wren"]
    manager.go("journal")
    assert [head.person for head in manager.screen(JournalScreen).heads()] == ["Wren"]
    for words in ("CANARYKESTREL", "heron", "Kestrel"):
        manager.edit("Search what you wrote").setFocus()
        manager.key("Ctrl+A")
        manager.type(words)
        manager.settle()
        assert manager.sees("No record fits")
    assert set(kept(manager)) == {"Owl", "Wren"}
    assert [record.head.person for record in manager.records()] == ["Wren"]


def test_who_leaves_while_somebody_is_erased_finds_them_nowhere(manager: User) -> None:
    manager.go("journal")
    assert len(manager.screen(JournalScreen).heads()) == 5
    open_person(manager, "Kestrel")
    manager.press("Erase everything…")
    manager.type("Kestrel", into="Type the alias to erase")
    manager.button("Erase for good").click()
    manager.key("Ctrl+3")  # before it has ended
    assert [head.person for head in manager.screen(JournalScreen).heads()] == ["Wren"]


def test_erased_by_keyboard_alone(manager: User) -> None:
    open_person(manager, "Owl")
    for _ in range(30):
        manager.key("Tab")
        if manager.focus.accessibleName() == "Erase everything…":
            break
    manager.key("Return")
    manager.type("Owl")
    for _ in range(2):
        manager.key("Tab")
    manager.key("Space")
    assert "Everything about Owl is erased." in manager.message
