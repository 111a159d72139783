"""A window for each test, over a real vault that is cheap to open, and everything closed after."""

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import read_entries
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.ui.app import App
from retention_desktop.ui.theme import theme
from retention_desktop.vault import create_vault, open_vault

from .samples import every_kind
from .user import CHEAP, NOW, PASSPHRASE, AnsweringDialogs, User

NAME = "My journal.rvault"

OpenWindow = Callable[..., User]


@pytest.fixture(scope="session")
def toolkit() -> Toolkit:
    """The tools that come with the program."""
    return load_toolkit()


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new vault, to be copied."""
    folder = tmp_path_factory.mktemp("empty") / NAME
    create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
    return folder


@pytest.fixture(scope="session")
def filled_vault(
    empty_vault: Path, toolkit: Toolkit, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A vault with the samples in it, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / NAME
    shutil.copytree(empty_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for name in ("autumn", "career-conversation"):
            entries = read_entries(resource(f"samples/{name}.json"), toolkit)
            add_records(vault, entries, now=NOW)
    return folder


@pytest.fixture(scope="session", autouse=True)
def frozen_modules() -> None:
    """Spare what was imported from the collection after each test, which would take a third."""
    import_module("retention_desktop.ui.shell")
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def plain_theme() -> Iterator[None]:
    """The look in force belongs to the process: put it back."""
    before = theme.tokens, theme.text_percent
    yield
    theme.tokens, theme.text_percent = before


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, data_dir: Path) -> Iterator[OpenWindow]:
    """Opens the window in the test's data folder, as a fresh process would; ends it after."""
    qapp.setStyle("Fusion")
    users: list[User] = []

    def opener(*, vault: Path | None = None, unlocked: bool = False, **settings: object) -> User:
        """`vault` is copied to where the window looks for its own; `settings` are kept before."""
        folder = data_dir / NAME
        if vault is not None:
            shutil.copytree(vault, folder)
        if settings:
            (data_dir / "settings.json").write_text(json.dumps(settings))
        dialogs = AnsweringDialogs()
        app = App(
            qapp, data_dir, None, dialogs=dialogs, kdf=CHEAP, kdf_floor=CHEAP, clock=lambda: NOW
        )
        user = User(qtbot, app, dialogs, folder)
        users.append(user)
        if unlocked:
            user.unlock()
        return user

    yield opener
    for user in users:
        end(user, qtbot)


@pytest.fixture
def user(open_window: OpenWindow, empty_vault: Path) -> User:
    """Somebody with an empty journal, unlocked."""
    return open_window(vault=empty_vault, unlocked=True)


@pytest.fixture
def reader(open_window: OpenWindow, filled_vault: Path) -> User:
    """Somebody whose journal holds the samples, unlocked."""
    return open_window(vault=filled_vault, unlocked=True)


@pytest.fixture
def any_kind_user(
    open_window: OpenWindow, empty_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> User:
    """Somebody with an empty journal, whose only tool asks in every way there is."""
    small = Toolkit((every_kind(),))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    return open_window(vault=empty_vault, unlocked=True)


def end(user: User, qtbot: QtBot) -> None:
    """Close the window as its owner would, and free it."""
    user.window.close()
    qtbot.waitUntil(lambda: not user.app.is_busy)
    user.app.shut_down()
    user.window.deleteLater()
    user.app.deleteLater()
    user.dialogs.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
