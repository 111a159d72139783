"""Sharing: what is ticked leaves, and nothing else."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import sleep

import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit

from retention_desktop.journal.disclosures import list_disclosures
from retention_desktop.journal.reviews import snooze_record
from retention_desktop.models.enums import WayOut
from retention_desktop.models.prompts import TableRow, Value
from retention_desktop.sharing.saving import save_file
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.share import looking, pages
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.vault import open_vault

from .agreements import keep
from .conftest import NAME, OpenWindow
from .samples import every_kind
from .test_agreed import copy_of
from .test_begun import Again
from .test_begun import unlocked_again as unlocked_again
from .user import CHEAP, PASSPHRASE, User

TOOL = every_kind()
Sharing = Callable[..., User]


@pytest.fixture
def about_to_share(
    open_window: OpenWindow, empty_vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Sharing:
    """Opens a journal with such finished records, and the last of them to be shared."""
    monkeypatch.setattr(
        "retention_desktop.toolkit.loading.load_toolkit", lambda: Toolkit((every_kind(),))
    )
    for waiting in (pages, looking):
        monkeypatch.setattr(waiting, "_PAUSE_MS", 5)

    def opener(*records: dict[str, Value], person: str | None = None) -> User:
        folder = shutil.copytree(empty_vault, tmp_path / NAME)
        ids = [keep(folder, TOOL, answers, person=person) for answers in records]
        with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            snooze_record(vault, ids[-1], date(2027, 2, 22))
        user = open_window(vault=folder, unlocked=True)
        user.window.resize(1280, 800)
        if len(ids) == 1:
            user.shell.open_record(ids[0])
            user.settle()
            user.press("Share a summary")
        else:
            user.shell._on_share_several((*reversed(ids),))
            user.settle()
        user.screen(ShareScreen)
        return user

    return opener


@pytest.fixture
def sharer(about_to_share: Sharing) -> User:
    """Somebody who has finished a record and is about to share it."""
    agreed: list[TableRow] = [{"text": "Ask the team"}]
    return about_to_share(
        {"long": "Privately thought", "short": "Openly said", "agreed": agreed}, person="Person A"
    )


def ticks(user: User) -> dict[str, bool]:
    return {each.text(): each.isChecked() for each in user.all(Choice)}


def paper(user: User) -> str:
    """What the pages say, or what stands in their place."""
    pages = user.screen(ShareScreen).pages
    user.qtbot.waitUntil(lambda: pages.is_up_to_date)
    user.settle()
    papers = [each for each in user.all(QFrame, pages) if each.objectName() == "paper"]
    said = [each.text() for each in user.all(QLabel, pages)]
    return "\n".join([*said, *(each.accessibleDescription() for each in papers)])


def pdf_text(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_private_parts_start_unticked(sharer: User) -> None:
    state = ticks(sharer)
    assert state["What happened?"] is False
    assert state["In short?"] is True
    assert state["What next?"] is True
    assert "Privately thought" not in " ".join(sharer.texts())


def test_the_paper_shows_exactly_what_is_ticked(sharer: User) -> None:
    assert "Openly said" in paper(sharer)
    assert "Privately thought" not in paper(sharer)
    sharer.press("In short?")
    assert "Openly said" not in paper(sharer)
    sharer.press("What happened?")
    assert "Privately thought" in paper(sharer)


@pytest.mark.parametrize(
    ("presses", "leaves", "stays"),
    [
        ((), ["Openly said", "Ask the team", "22 February 2027"], ["Privately thought"]),
        (("In short?",), ["Ask the team"], ["Openly said", "In short?", "Privately thought"]),
        (("What happened?",), ["Privately thought", "Openly said"], []),
        (("Look again on 22 February 2027",), ["Openly said"], ["22 February 2027"]),
    ],
    ids=["as proposed", "less", "more", "no review date"],
)
def test_the_pdf_holds_exactly_what_is_ticked(
    sharer: User, tmp_path: Path, presses: tuple[str, ...], leaves: list[str], stays: list[str]
) -> None:
    for each in presses:
        sharer.press(each)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    text = pdf_text(tmp_path / "out.pdf")
    assert all(each in text for each in leaves)
    assert not any(each in text for each in stays)
    assert "Saved as out.pdf" in sharer.message


def test_the_name_that_is_proposed_says_nothing_of_what_is_in_it(
    sharer: User, tmp_path: Path
) -> None:
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert sharer.dialogs.proposed == "Summary 2026-11-22.pdf"


def test_cancelling_leaves_nothing(sharer: User, tmp_path: Path) -> None:
    sharer.dialogs.cancels = True
    sharer.press("Save PDF…")
    assert sharer.button("Save PDF…").isEnabled()
    assert list(tmp_path.rglob("*.pdf")) == []
    assert sharer.message == ""


def test_with_nothing_ticked_there_is_nothing_to_save(sharer: User) -> None:
    for name, on in ticks(sharer).items():
        if on:
            sharer.press(name)
    assert "Nothing is ticked yet." in paper(sharer)
    sharer.press("Save PDF…")  # no dialog opens: it would fail this test
    assert sharer.message == "Tick at least one part first."


def test_a_place_that_cannot_be_written_is_told_and_another_can_be_chosen(
    sharer: User, tmp_path: Path
) -> None:
    sharer.dialogs.answer = tmp_path / "not there" / "out.pdf"
    sharer.press("Save PDF…")
    assert "not there" in sharer.message
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert "Openly said" in pdf_text(tmp_path / "out.pdf")
    assert [each.name for each in tmp_path.glob("*.p*")] == ["out.pdf"]


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_back_to_the_record(sharer: User, way: str) -> None:
    if way == "Escape":
        sharer.key("Escape")
    else:
        sharer.press("Back")
    sharer.screen(RecordPage)


def test_what_will_leave_can_be_seen_in_a_small_window_too(sharer: User) -> None:
    assert "Openly said" in paper(sharer)
    assert not sharer.has_button("See the pages")
    sharer.window.resize(1024, 640)
    sharer.settle()
    sharer.press("See the pages")
    assert "Openly said" in paper(sharer)
    assert not sharer.all(Choice)
    sharer.press("See the choices")
    sharer.press("In short?")
    sharer.press("See the pages")
    assert "Openly said" not in paper(sharer)


# Other words, in the copy alone


def test_the_words_of_a_part_are_changed_in_the_copy_alone(sharer: User, tmp_path: Path) -> None:
    sharer.press("Change the words")
    sharer.settle()
    sharer.key("Ctrl+A")
    sharer.type("Said in short")
    assert "Said in short" in paper(sharer)
    assert "Openly said" not in paper(sharer)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert "Said in short" in pdf_text(tmp_path / "out.pdf")
    assert b"Openly" not in (tmp_path / "out.pdf").read_bytes()
    (kept,) = sharer.records()
    assert "Openly said" in [answer.value for answer in kept.answers]


def test_the_words_of_the_record_come_back(sharer: User) -> None:
    sharer.press("Change the words")
    sharer.key("Ctrl+A")
    sharer.type("Said in short")
    sharer.press("Take the words of the record again")
    assert "Openly said" in paper(sharer)


def test_a_part_that_is_left_out_keeps_its_other_words_for_later(sharer: User) -> None:
    sharer.press("Change the words")
    sharer.key("Ctrl+A")
    sharer.type("Said in short")
    sharer.press("In short?")
    assert "Said in short" not in paper(sharer)
    sharer.press("In short?")
    assert "Said in short" in paper(sharer)


def test_ones_own_words_stand_before_and_after(sharer: User) -> None:
    sharer.type("For my appraisal.", into="Your own words before it")
    sharer.type("Written by me.", into="Who wrote it")
    said = paper(sharer)
    assert said.index("For my appraisal.") < said.index("Openly said")
    assert said.index("Openly said") < said.index("Written by me.")


# For whom


def test_for_whom_it_is_decides_what_is_ticked_and_nothing_private_ever_is(sharer: User) -> None:
    sharer.press("What happened?")
    for reader in ("My manager", "The other person", "My registration", "Anyone I choose"):
        sharer.choose("Who is it for?", reader)
        assert ticks(sharer)["What happened?"] is False
    sharer.choose("Who is it for?", "Themes only, without what one person said")
    assert ticks(sharer)["In short?"] is False
    sharer.choose("Who is it for?", "The other person")
    assert ticks(sharer)["In short?"] is True


# A password


def test_a_locked_file_opens_with_its_password_alone(sharer: User, tmp_path: Path) -> None:
    sharer.press("Lock the file with a password")
    line = sharer.edit("The password")
    assert isinstance(line, QLineEdit)
    made = line.text()
    assert len(made) > 14
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert "opens with the password alone" in sharer.message
    locked = PdfReader(tmp_path / "out.pdf")
    assert locked.is_encrypted
    assert not locked.decrypt("something else")
    assert locked.decrypt(made)
    assert "Openly said" in " ".join(page.extract_text() for page in locked.pages)


def test_a_password_that_is_too_short_is_not_taken(sharer: User) -> None:
    sharer.press("Lock the file with a password")
    sharer.edit("The password").setFocus()
    sharer.key("Ctrl+A")
    sharer.type("short")
    sharer.press("Save PDF…")  # no dialog opens: it would fail this test
    assert sharer.error("The password") == "Use 12 characters or more."
    sharer.type(" and some more")
    assert sharer.error("The password") == ""


# Remembered


def test_the_journal_remembers_what_left(sharer: User, tmp_path: Path) -> None:
    sharer.choose("Who is it for?", "The other person")
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    sharer.settle()
    with copy_of(sharer.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert (noted.way, noted.for_whom) == (WayOut.PDF, "The other person")
    assert noted.sha256 == sha256((tmp_path / "out.pdf").read_bytes()).hexdigest()
    assert "In short?" in noted.parts
    assert "When to look again" in noted.parts
    assert "What happened?" not in noted.parts
    assert "Who it was with" not in noted.parts


def test_the_journal_remembers_that_it_said_whom_a_record_was_with(
    sharer: User, tmp_path: Path
) -> None:
    sharer.press("Who it was with: Person A")
    sharer.press("Look again on 22 February 2027")
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    sharer.settle()
    with copy_of(sharer.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert "Who it was with" in noted.parts
    assert "When to look again" not in noted.parts


def test_who_locks_while_it_is_saved_finds_it_remembered(
    sharer: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_slowly(content: bytes, target: Path) -> None:
        sleep(0.3)
        save_file(content, target)

    monkeypatch.setattr("retention_desktop.sharing.leaving.save_file", save_slowly)
    look(sharer)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.button("Save PDF…").click()
    with sharer.qtbot.waitSignal(sharer.window.locked):
        sharer.key_without_waiting("Ctrl+L")
    assert (tmp_path / "out.pdf").exists()
    with copy_of(sharer.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert noted.sha256 == sha256((tmp_path / "out.pdf").read_bytes()).hexdigest()


def test_what_was_not_saved_is_not_remembered(sharer: User, tmp_path: Path) -> None:
    sharer.dialogs.answer = tmp_path / "not there" / "out.pdf"
    sharer.press("Save PDF…")
    sharer.settle()
    with copy_of(sharer.folder) as vault:
        assert list_disclosures(vault, 1) == ()


# What could identify somebody


@pytest.fixture
def careful(about_to_share: Sharing) -> User:
    """Somebody whose record names people, about to share it."""
    user = about_to_share(
        {"long": "Privately about Mr Lowe", "short": "A visit to Mrs Khan, on 01632 960 123"},
        person="Person A",
    )
    look(user)
    return user


def look(user: User) -> None:
    """Wait until what leaves is looked through."""
    screen = user.screen(ShareScreen)
    user.qtbot.waitUntil(lambda: screen.is_looked_through)
    user.settle()


def test_what_could_identify_somebody_is_listed_before_anything_leaves(careful: User) -> None:
    assert careful.sees("2 places could identify somebody.")
    assert {"Mrs Khan", "01632 960 123"} <= {*careful.texts()}
    assert "Mr Lowe" not in careful.texts()
    assert careful.sees("No check finds everything.")
    careful.press("What happened?")
    look(careful)
    assert "Mr Lowe" in careful.texts()


def test_one_key_puts_other_words_in_the_copy(careful: User, tmp_path: Path) -> None:
    careful.press("2 places to look at")
    careful.key("R")
    look(careful)
    assert careful.sees("1 place could identify somebody.")
    careful.key("R")
    look(careful)
    assert careful.sees("Nothing was found in what leaves.")
    assert not careful.has_button("1 place to look at")
    careful.dialogs.answer = tmp_path / "out.pdf"
    careful.press("Save PDF…")
    text = pdf_text(tmp_path / "out.pdf")
    assert "Khan" not in text
    assert "960" not in text
    assert "A visit to Person" in text
    (kept,) = careful.records()
    assert "A visit to Mrs Khan, on 01632 960 123" in [each.value for each in kept.answers]


def test_what_is_kept_with_a_reason_is_asked_about_no_more(careful: User, tmp_path: Path) -> None:
    for _place in range(2):
        careful.choose_from_menu("Keep it, because…", "They agreed to be named")
        look(careful)
    assert careful.sees("Nothing was found in what leaves.")
    assert "Mrs Khan" in paper(careful)
    careful.dialogs.answer = tmp_path / "out.pdf"
    careful.press("Save PDF…")
    with copy_of(careful.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert noted.kept_because == "They agreed to be named"


def test_what_is_always_left_alone_stays_so_in_the_next_summary(careful: User) -> None:
    careful.press("2 places to look at")
    careful.key("A")
    look(careful)
    careful.press("Back")
    careful.press("Share a summary")
    look(careful)
    assert careful.sees("1 place could identify somebody.")
    assert "Mrs Khan" not in careful.texts()


def test_before_saving_one_is_told_once_and_then_it_is_ones_own_choice(
    careful: User, tmp_path: Path
) -> None:
    careful.press("Save PDF…")  # no dialog opens: it would fail this test
    assert "could still identify somebody" in careful.message
    careful.dialogs.answer = tmp_path / "out.pdf"
    careful.press("Save PDF…")
    assert "Mrs Khan" in pdf_text(tmp_path / "out.pdf")


def test_a_change_after_the_warning_is_warned_of_again(careful: User) -> None:
    careful.press("Save PDF…")
    careful.type("With Mr Bakshi. ", into="Your own words before it")
    look(careful)
    assert careful.sees("3 places could identify somebody.")
    careful.press("Save PDF…")  # no dialog opens: it would fail this test
    assert "could still identify somebody" in careful.message


BAKSHI = "A name: Mr Bakshi"


def test_a_name_in_ones_own_words_is_replaced_before_and_after(careful: User) -> None:
    for field in ("Your own words before it", "Who wrote it"):
        careful.type("Agreed with Mr Bakshi.", into=field)
        look(careful)
        (row,) = (each for each in careful.all(QFrame) if each.accessibleName() == BAKSHI)
        row.setFocus()
        careful.key("R")
        look(careful)
        assert careful.sees("2 places could identify somebody.")
        assert "Bakshi" not in paper(careful)


def test_what_was_written_a_moment_ago_is_looked_through_before_it_leaves(
    sharer: User, tmp_path: Path
) -> None:
    look(sharer)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.type("With Mr Bakshi. ", into="Your own words before it")
    sharer.press("Save PDF…")
    assert "could still identify somebody" in sharer.message
    assert not (tmp_path / "out.pdf").exists()


def test_a_key_of_the_window_decides_nothing_about_what_was_found(careful: User) -> None:
    careful.press("2 places to look at")
    for keys in ("Ctrl+A", "Ctrl+R"):
        careful.key(keys)
    look(careful)
    assert careful.sees("2 places could identify somebody.")


def test_a_reason_for_what_does_not_leave_is_not_remembered(careful: User, tmp_path: Path) -> None:
    careful.press("What happened?")
    look(careful)
    careful.choose_from_menu("Keep it, because…", "It is about me")  # Mr Lowe
    look(careful)
    careful.press("What happened?")
    look(careful)
    for _place in range(2):
        careful.choose_from_menu("Keep it, because…", "They agreed to be named")
        look(careful)
    careful.dialogs.answer = tmp_path / "out.pdf"
    careful.press("Save PDF…")
    with copy_of(careful.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert noted.kept_because == "They agreed to be named"


# Several, and other ways


@pytest.fixture
def several(about_to_share: Sharing) -> User:
    """Somebody who is about to share two records."""
    user = about_to_share({"short": "First said"}, {"short": "Second said"})
    look(user)
    return user


def test_several_stand_in_the_order_that_one_chooses(several: User) -> None:
    said = paper(several)
    assert said.index("Second said") < said.index("First said")
    several.press("Tell this one later")
    assert several.focus.accessibleName() in {"Tell this one later", "1 of 1 parts are in it"}
    said = paper(several)
    assert said.index("First said") < said.index("Second said")


def test_one_of_several_can_be_left_out_and_the_last_stays(several: User) -> None:
    several.press("Leave this one out")
    said = paper(several)
    assert "First said" in said
    assert "Second said" not in said
    assert not several.button("Leave this one out").isEnabled()


def test_each_of_several_is_closed_until_one_wants_to_choose(several: User) -> None:
    assert "In short?" not in ticks(several)
    several.press("1 of 1 parts are in it")
    several.press("In short?")
    assert several.has_button("0 of 1 parts are in it")
    said = paper(several)
    assert "First said" in said
    assert "Second said" not in said


def test_each_record_remembers_what_of_it_left(several: User, tmp_path: Path) -> None:
    several.dialogs.answer = tmp_path / "out.pdf"
    several.press("Save PDF…")
    with copy_of(several.folder) as vault:
        assert [list_disclosures(vault, each)[0].parts for each in (1, 2)] == [
            ("In short?",),
            ("In short?", "When to look again"),
        ]


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ("As a document that can be edited…", "Summary 2026-11-22.docx"),
        ("As plain text…", "Summary 2026-11-22.md"),
    ],
)
def test_it_can_leave_in_other_ways(sharer: User, tmp_path: Path, way: str, name: str) -> None:
    look(sharer)
    sharer.dialogs.answer = tmp_path / name
    sharer.choose_from_menu("Other ways", way)
    assert sharer.dialogs.proposed == name
    if name.endswith(".docx"):
        text = "\n".join(each.text for each in Document(str(tmp_path / name)).paragraphs)
    else:
        text = (tmp_path / name).read_text()
    assert "Openly said" in text
    assert "Privately thought" not in text
    with copy_of(sharer.folder) as vault:
        (noted,) = list_disclosures(vault, 1)
    assert noted.sha256 == sha256((tmp_path / name).read_bytes()).hexdigest()


def test_a_password_is_for_a_pdf_alone(sharer: User) -> None:
    look(sharer)
    sharer.press("Lock the file with a password")
    sharer.choose_from_menu("Other ways", "As plain text…")  # no dialog opens
    assert sharer.message == "Only a PDF can be locked with a password."


def test_a_record_tells_what_of_it_was_shared(sharer: User, tmp_path: Path) -> None:
    look(sharer)
    sharer.choose("Who is it for?", "The other person")
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    sharer.press("Back")
    sharer.screen(RecordPage)
    assert sharer.sees("What you shared of it")
    assert sharer.sees("As a PDF on 22 November 2026. For: The other person")
    assert sharer.sees(sha256((tmp_path / "out.pdf").read_bytes()).hexdigest()[:20])


def test_words_of_ones_own_are_found(careful: User) -> None:
    careful.go("settings")
    careful.type("visit", into="Words that could identify somebody")
    careful.key("Return")
    careful.shell._on_share_several((1,))
    careful.settle()
    look(careful)
    assert careful.sees("3 places could identify somebody.")
    assert careful.sees("A word from your own list")


# Nothing is lost


def fill_in(user: User) -> None:
    user.type("For my appraisal.", into="Your own words before it")
    user.press("Change the words")
    user.key("Ctrl+A")
    user.type("Said in short")
    user.press("What happened?")


def is_as_filled_in(user: User) -> bool:
    said = paper(user)
    return all(each in said for each in ("For my appraisal.", "Said in short", "Privately thought"))


@pytest.mark.parametrize("way", ["Escape", "Ctrl+1"])
def test_however_one_leaves_what_was_put_together_is_there_again(sharer: User, way: str) -> None:
    fill_in(sharer)
    sharer.key(way)
    sharer.settle()
    sharer.shell._on_share_several((1,))
    sharer.settle()
    assert is_as_filled_in(sharer)


def test_it_outlives_locking(sharer: User, unlocked_again: Again) -> None:
    fill_in(sharer)
    again = unlocked_again(sharer)
    again.window.resize(1280, 800)
    again.shell._on_share_several((1,))
    again.settle()
    assert is_as_filled_in(again)


def test_once_it_is_saved_the_next_summary_begins_afresh(sharer: User, tmp_path: Path) -> None:
    fill_in(sharer)
    look(sharer)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    sharer.press("Back")
    sharer.press("Share a summary")
    assert "For my appraisal." not in paper(sharer)
    assert ticks(sharer)["What happened?"] is False
