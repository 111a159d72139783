"""The unlock screen."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import OpenWindow
from tests.ui.user import PASSPHRASE, User


@pytest.fixture
def locked(open_window: OpenWindow, empty_vault: Path) -> User:
    return open_window(vault=empty_vault)


def test_the_right_passphrase_and_enter_open_the_journal(locked: User) -> None:
    locked.type(PASSPHRASE)  # the keyboard is in the field at once
    locked.key("Return")
    locked.qtbot.waitUntil(lambda: locked.window.shell is not None)
    assert locked.sees("Your journal is empty")
