"""Help lists every key that works, and no other."""

import re

from PySide6.QtGui import QKeySequence, QShortcut

from retention_desktop import __version__
from retention_desktop.ui.help.screen import HelpScreen
from retention_desktop.ui.help.sections import shortcuts

from .samples import every_kind
from .user import User

# Keys that Qt or a screen's own key handling takes, which are no QShortcut.
ELSEWHERE = {"Tab", "Shift+Tab", "PageDown/PageUp"}


def listed() -> set[str]:
    """The keys of the help page, one by one: "Ctrl+1, 2, 3" stands for three."""
    found: set[str] = set()
    for keys, _meaning in shortcuts():
        first, *others = re.split(r", (?=\S)", keys)
        found.add(first)
        found |= {o if "+" in o else f"{first.rpartition('+')[0]}+{o}" for o in others}
    return found


def as_written(sequence: QKeySequence) -> str:
    return sequence.toString().replace("Return", "Enter")


def test_every_shortcut_is_in_the_help_and_none_that_does_not_work(any_kind_user: User) -> None:
    user = any_kind_user
    user.start(every_kind())
    working = {as_written(each.key()) for each in user.window.findChildren(QShortcut)}
    assert working == listed() - ELSEWHERE


def test_f1_shows_every_key(user: User) -> None:
    user.key("F1")
    user.screen(HelpScreen)
    for keys, meaning in shortcuts():
        assert keys in user.texts()
        assert meaning in user.texts()


def test_the_places_by_key(user: User) -> None:
    names = {}
    for keys in ("Ctrl+2", "Ctrl+3", "Ctrl+1", "Ctrl+K", "Ctrl+,", "F1"):
        user.key(keys)
        names[keys] = type(user.shell.screen_shown).__name__
    assert names == {
        "Ctrl+1": "TodayScreen",
        "Ctrl+2": "ToolkitScreen",
        "Ctrl+3": "JournalScreen",
        "Ctrl+K": "SearchScreen",
        "Ctrl+,": "SettingsScreen",
        "F1": "HelpScreen",
    }


def test_f6_goes_between_the_places_and_the_page(user: User) -> None:
    user.key("Ctrl+2")
    on_page = user.focus
    user.key("F6")
    assert user.focus is user.button("Toolkit")
    user.key("F6")
    assert user.focus is on_page


def test_the_version_is_there(user: User) -> None:
    user.key("F1")
    assert user.sees(f"Version {__version__}")
