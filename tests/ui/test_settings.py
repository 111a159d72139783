"""Settings: each choice holds at once and at the next start."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from retention_desktop.errors import WrongPassphrase
from retention_desktop.journal.lists import own_lists
from retention_desktop.ui.idle import IdleWatch
from retention_desktop.ui.settings.screen import SettingsScreen
from retention_desktop.ui.share.looking import LEFT_ALONE, OWN_WORDS
from retention_desktop.ui.theme import DARK, LIGHT, theme

from .conftest import OpenWindow
from .test_agreed import copy_of
from .user import PASSPHRASE, User, read_copy

NEW = "seven otters queue for marmalade"


@pytest.fixture
def chooser(user: User) -> User:
    user.key("Ctrl+,")
    user.screen(SettingsScreen)
    return user


def kept(user: User) -> dict[str, object]:
    found = json.loads((user.folder.parent / "settings.json").read_text())
    assert isinstance(found, dict)
    return found


def test_dark_and_light(chooser: User) -> None:
    chooser.choose("Colours", "Dark")
    assert theme.tokens is DARK
    assert DARK.bg in chooser.window.palette().window().color().name().upper()
    assert kept(chooser)["scheme"] == "dark"
    assert chooser.combo("Colours").currentText() == "Dark"  # the screen is there again
    chooser.choose("Colours", "Light")
    assert theme.tokens is LIGHT


def test_larger_text(chooser: User, qapp: QApplication) -> None:
    before = chooser.combo("Text size").fontMetrics().height()
    chooser.choose("Text size", "200 %")
    assert kept(chooser)["text_percent"] == 200
    assert chooser.combo("Text size").fontMetrics().height() == pytest.approx(2 * before, abs=2)
    assert qapp.font().pixelSize() == 30


def test_the_look_is_there_at_the_next_start(chooser: User, open_window: OpenWindow) -> None:
    chooser.choose("Colours", "Dark")
    chooser.choose("Text size", "150 %")
    theme.tokens, theme.text_percent = LIGHT, 100
    open_window()
    assert theme.tokens is DARK
    assert theme.text_percent == 150


def test_minutes_until_the_lock(chooser: User) -> None:
    chooser.choose("Lock after nobody has typed for", "1 minute")
    assert kept(chooser)["idle_minutes"] == 1
    (watch,) = chooser.app.findChildren(IdleWatch)
    assert watch._minutes() == 1  # from now on, not from the next start


def test_a_folder_that_cannot_be_written(chooser: User) -> None:
    file = chooser.folder.parent / "settings.json"
    file.unlink(missing_ok=True)
    file.mkdir()
    chooser.choose("Lock after nobody has typed for", "10 minutes")
    assert "Your settings could not be kept" in chooser.message


def test_where_the_journal_is(chooser: User) -> None:
    assert chooser.sees(str(chooser.folder))


class TestPassphrase:
    def change(self, user: User, old: str, new: str) -> None:
        for name, text in (("Passphrase now", old), ("New passphrase", new)):
            edit = user.edit(name)
            assert isinstance(edit, QLineEdit)
            edit.clear()
            user.type(text, into=name)
        user.press("Change the passphrase")

    def test_the_new_one_opens_and_the_old_one_no_longer_does(
        self, chooser: User, open_window: OpenWindow
    ) -> None:
        self.change(chooser, PASSPHRASE, NEW)
        assert "Your passphrase is changed" in chooser.message
        for name in ("Passphrase now", "New passphrase"):
            assert chooser.edit(name).text() == ""  # type: ignore[attr-defined]
        with pytest.raises(WrongPassphrase):
            read_copy(chooser.folder)
        with chooser.qtbot.waitSignal(chooser.window.locked):
            chooser.key("Ctrl+L")
        again = open_window()
        again.unlock(NEW)

    def test_a_wrong_old_one(self, chooser: User) -> None:
        self.change(chooser, "not this one", NEW)
        assert chooser.error("Passphrase now") == "This is not the passphrase of this journal."
        assert chooser.edit("New passphrase").text() == NEW  # type: ignore[attr-defined]
        assert read_copy(chooser.folder) == []
        self.change(chooser, PASSPHRASE, NEW)
        assert chooser.error("Passphrase now") == ""
        assert "Your passphrase is changed" in chooser.message

    def test_a_weak_new_one(self, chooser: User) -> None:
        self.change(chooser, PASSPHRASE, "sommer2026sommer")
        assert "could be guessed" in chooser.error("New passphrase")
        assert read_copy(chooser.folder) == []

    def test_nothing_typed(self, chooser: User) -> None:
        chooser.press("Change the passphrase")
        assert chooser.error("Passphrase now") == "Type your passphrase of today."
        assert chooser.error("New passphrase")

    def test_six_words(self, chooser: User) -> None:
        chooser.press("Give me six words")
        edit = chooser.edit("New passphrase")
        assert isinstance(edit, QLineEdit)
        assert len(edit.text().split()) == 6
        assert edit.echoMode() is QLineEdit.EchoMode.Normal  # to be written down
        words = edit.text()
        chooser.type(PASSPHRASE, into="Passphrase now")
        chooser.press("Change the passphrase")
        assert read_copy(chooser.folder, words) == []


def test_a_settings_file_by_hand_does_not_stop_the_screen(
    open_window: OpenWindow, empty_vault: Path
) -> None:
    user = open_window(
        vault=empty_vault, unlocked=True, scheme="mauve", text_percent=113, idle_minutes=7
    )
    user.key("Ctrl+,")
    user.screen(SettingsScreen)
    assert user.combo("Text size").currentText() == "100 %"


def words_kept(user: User, name: str) -> tuple[str, ...]:
    with copy_of(user.folder) as vault:
        return own_lists(vault).get(name, ())


def test_words_of_ones_own_are_kept_for_the_check_and_can_be_taken_out(chooser: User) -> None:
    for word in ("Team Heron", "Siân"):
        chooser.edit("Words that could identify somebody").setFocus()
        chooser.write(word)
        chooser.key("Return")
    assert words_kept(chooser, OWN_WORDS) == ("Team Heron", "Siân")
    line = chooser.edit("Words that could identify somebody")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    chooser.write("Half a wo")
    chooser.press("Take out: Team Heron")
    assert line.text() == "Half a wo"
    assert words_kept(chooser, OWN_WORDS) == ("Siân",)
    assert not chooser.sees("Team Heron")
    assert words_kept(chooser, LEFT_ALONE) == ()


def test_a_word_that_is_too_long_is_told_and_stays_to_be_mended(chooser: User) -> None:
    line = chooser.edit("Words that could identify somebody")
    line.setFocus()
    chooser.write("x" * 1_000)
    chooser.key("Return")
    assert "An item must be" in chooser.message
    assert isinstance(line, QLineEdit)
    assert line.text() == "x" * 1_000
