"""The first run."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from retention_desktop.ui.welcome import screen
from retention_desktop.vault import Judgement, judge_passphrase

from .conftest import OpenWindow
from .user import User, read_copy

WEAK = "sommer2026sommer"
STRONG = "seven otters queue for marmalade"


@pytest.fixture
def newcomer(open_window: OpenWindow) -> User:
    user = open_window()
    user.press("Make my journal")
    return user


def words(user: User) -> str:
    return next(each.text() for each in user.all(QLabel) if each.property("look") == "words")


def own(user: User, passphrase: str) -> None:
    user.press("Choose my own")
    user.type(passphrase, into="Passphrase")


def make(user: User) -> None:
    user.press("Make my journal")
    user.qtbot.waitUntil(lambda: user.has_button("Unlock"))


def test_the_first_page_says_what_this_is(open_window: OpenWindow) -> None:
    user = open_window()
    assert user.sees("encrypted, stays here and never uses the internet")
    assert user.sees("This is not the case record")
    assert not user.folder.exists()
    user.press("Make my journal")
    user.press("Back")
    assert user.sees("A private place to think about your work")


def test_a_journal_with_the_words_that_were_given(newcomer: User) -> None:
    given = words(newcomer)
    assert len(given.split()) == 6
    newcomer.press("I have written it down")
    make(newcomer)
    assert newcomer.sees("Your journal is made")
    newcomer.unlock(given)
    assert newcomer.sees("Your journal is empty")
    assert read_copy(newcomer.folder, given) == []


def test_the_box_has_to_be_ticked_first(newcomer: User) -> None:
    newcomer.press("Make my journal")
    assert "Write the passphrase down first" in newcomer.message
    assert newcomer.focus is newcomer.choice("I have written it down")
    assert not newcomer.folder.exists()
    newcomer.key("Space")
    make(newcomer)


def test_other_words_have_to_be_written_down_anew(newcomer: User) -> None:
    first = words(newcomer)
    newcomer.press("I have written it down")
    newcomer.press("Give me other words")
    assert words(newcomer) != first
    assert not newcomer.choice("I have written it down").isChecked()


def test_a_weak_passphrase_is_refused_beside_the_field(newcomer: User) -> None:
    own(newcomer, WEAK)
    newcomer.press("I have written it down")
    newcomer.press("Make my journal")
    assert newcomer.error("Passphrase") == judge_passphrase(WEAK).sentence
    edit = newcomer.edit("Passphrase")
    assert isinstance(edit, QLineEdit)
    assert edit.text() == WEAK
    assert newcomer.focus is edit
    assert not newcomer.folder.exists()
    newcomer.type(" ", into="Passphrase")
    assert newcomer.error("Passphrase") == ""  # gone as soon as one goes on typing


def test_the_strength_is_told_while_one_types(newcomer: User) -> None:
    own(newcomer, "seven otters")
    newcomer.qtbot.waitUntil(lambda: newcomer.sees("3 more characters are needed."))
    newcomer.type(" queue for marmalade")
    newcomer.qtbot.waitUntil(lambda: newcomer.sees("hard to guess"))


def test_a_strong_passphrase_of_ones_own(newcomer: User) -> None:
    own(newcomer, STRONG)
    newcomer.press("I have written it down")
    make(newcomer)
    newcomer.unlock(STRONG)
    assert newcomer.sees("Your journal is empty")


def test_a_verdict_that_comes_late_lets_nothing_weak_through(
    newcomer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict on what stood there before arrives after the text was changed."""
    asked, may_answer = threading.Event(), threading.Event()

    def judge_slowly(text: str) -> Judgement:
        if text == STRONG:
            asked.set()
            may_answer.wait(5)
        return judge_passphrase(text)

    monkeypatch.setattr(screen, "judge_passphrase", judge_slowly)
    own(newcomer, STRONG)
    newcomer.qtbot.waitUntil(asked.is_set)
    edit = newcomer.edit("Passphrase")
    assert isinstance(edit, QLineEdit)
    edit.setText(WEAK)
    may_answer.set()
    newcomer.settle()
    newcomer.choice("I have written it down").setChecked(True)
    newcomer.key("Return")
    assert newcomer.error("Passphrase") == judge_passphrase(WEAK).sentence
    assert not newcomer.folder.exists()


def test_back_to_given_words_forgets_ones_own(newcomer: User) -> None:
    own(newcomer, STRONG)
    newcomer.press("Give me six words instead")
    assert not any(each.text() for each in newcomer.window.findChildren(QLineEdit))
    newcomer.press("I have written it down")
    given = words(newcomer)
    make(newcomer)
    newcomer.unlock(given)


def test_somewhere_else(newcomer: User, tmp_path: Path) -> None:
    newcomer.dialogs.answer = tmp_path / "on a stick"
    newcomer.press("Keep it somewhere else")
    assert newcomer.sees(f"It will be kept in {tmp_path / 'on a stick'}")
    newcomer.press("I have written it down")
    make(newcomer)
    assert (tmp_path / "on a stick" / newcomer.folder.name).is_dir()
    assert not newcomer.folder.exists()


def test_when_it_fails_everything_that_was_chosen_stays(newcomer: User, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (taken / newcomer.folder.name).mkdir(parents=True)
    (taken / newcomer.folder.name / "a letter.txt").write_text("")
    newcomer.dialogs.answer = taken
    newcomer.press("Keep it somewhere else")
    given = words(newcomer)
    newcomer.press("I have written it down")
    newcomer.press("Make my journal")
    assert str(taken) in newcomer.message
    assert words(newcomer) == given
    assert newcomer.choice("I have written it down").isChecked()
    newcomer.dialogs.answer = tmp_path / "free"
    newcomer.press("Keep it somewhere else")
    make(newcomer)
    newcomer.unlock(given)


def test_a_journal_one_already_has(open_window: OpenWindow, filled_vault: Path) -> None:
    user = open_window()
    user.dialogs.answer = filled_vault
    user.press("Open a journal I already have")
    assert user.sees("Welcome back")


def test_the_journal_is_found_again_at_the_next_start(
    newcomer: User, open_window: OpenWindow, tmp_path: Path
) -> None:
    newcomer.dialogs.answer = tmp_path / "on a stick"
    newcomer.press("Keep it somewhere else")
    given = words(newcomer)
    newcomer.press("I have written it down")
    make(newcomer)
    again = open_window()
    again.unlock(given)
    assert again.sees("Your journal is empty")
