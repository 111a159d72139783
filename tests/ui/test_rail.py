"""The places of the window: where one is can be seen, however little room there is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from retention_desktop.ui.rail import Rail

from .conftest import OpenWindow
from .user import User


@pytest.fixture
def small(open_window: OpenWindow, empty_vault: Path) -> User:
    """A small window, in which the places have to scroll once the text is large."""
    user = open_window(vault=empty_vault)
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    return user


def marked_in_sight(user: User) -> str:
    """The place that is marked and can be seen as a whole."""
    (rail,) = user.all(Rail)
    (here,) = (each for each in user.all(QPushButton, rail) if each.property("here"))
    whole = here.visibleRegion().boundingRect() == here.rect()
    return here.accessibleName() if whole else ""


def test_the_marked_place_is_in_sight(small: User) -> None:
    small.key("Ctrl+,")
    assert marked_in_sight(small) == "Settings"
    small.choose("Text size", "200 %")  # everything is made anew
    assert marked_in_sight(small) == "Settings"
    for keys, name in (("Ctrl+1", "Today"), ("F1", "Help"), ("Ctrl+K", "Search")):
        small.key(keys)
        assert marked_in_sight(small) == name
    small.key("Ctrl+,")
    small.window.resize(1024, 560)
    small.settle()
    assert marked_in_sight(small) == "Settings"
