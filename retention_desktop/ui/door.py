"""In front of the journal: the first run, or the passphrase. It makes a vault and opens it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from retention_desktop.errors import KnownError, WrongPassphrase
from retention_desktop.paths import VAULT_SUFFIX
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.translation import _
from retention_desktop.ui.unlock.screen import UnlockScreen
from retention_desktop.vault import KdfParams

if TYPE_CHECKING:
    from datetime import datetime

    from retention_desktop.ui.dialogs import FileDialogs
    from retention_desktop.ui.tasks import Tasks
    from retention_desktop.ui.welcome.screen import WelcomeScreen
    from retention_desktop.vault import Vault

_FIRST_NAME = "My journal"


class Door(QObject):
    """Shows one screen after another, which `shown` carries, until the vault that `opened` carries.

    `left` is emitted when nothing is at work any more, after the person has gone.
    """

    shown = Signal(object)
    opened = Signal(object)
    left = Signal()

    def __init__(
        self,
        settings: SettingsFile,
        tasks: Tasks,
        dialogs: FileDialogs,
        window: QWidget,
        *,
        vault_folder: Path | None,
        kdf: KdfParams,
        kdf_floor: KdfParams,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._tasks = tasks
        self._dialogs = dialogs
        self._window = window
        self._kdf = kdf
        self._kdf_floor = kdf_floor
        self._clock = clock
        kept = settings.current.vault
        named = vault_folder or (Path(kept) if kept else None)
        self._is_named = named is not None
        self.folder = named or settings.folder / f"{_FIRST_NAME}{VAULT_SUFFIX}"
        self.is_at_work = False  # a vault is being made or opened
        self._is_leaving = False
        self._unlock: UnlockScreen | None = None
        self._welcome: WelcomeScreen | None = None

    def begin(self) -> None:
        """Ask for the passphrase, or welcome somebody new."""
        if self._is_named or os.path.exists(self.folder):  # noqa: PTH110 - never raises
            self._show_unlock()
        else:
            self._show_welcome()

    def leave(self) -> None:
        """As soon as the vault is made or opened, it is closed again."""
        self._is_leaving = True

    def _new_folder(self) -> Path:
        """Where a new journal would go: under a name that nothing has yet."""
        names = chain((_FIRST_NAME,), (f"{_FIRST_NAME} {number}" for number in count(2)))
        folders = (self._settings.folder / f"{name}{VAULT_SUFFIX}" for name in names)
        return next(each for each in folders if not os.path.lexists(each))

    def _show_welcome(self, *, instead_of_unlock: bool = False) -> None:
        from retention_desktop.ui.welcome.screen import WelcomeScreen

        self._welcome = WelcomeScreen(
            self._new_folder(), self._tasks, self._dialogs, may_go_back=instead_of_unlock
        )
        self._welcome.back_requested.connect(self._on_back_to_unlock)
        self._welcome.create_requested.connect(self._on_create_requested)
        self._welcome.open_requested.connect(self._on_open_requested)
        self.shown.emit(self._welcome)
        self._welcome.arrive()

    def _show_unlock(self) -> UnlockScreen:
        self._unlock = UnlockScreen(self.folder.stem)
        self._unlock.unlock_requested.connect(self.unlock)
        self._unlock.other_vault_requested.connect(self._on_other_vault)
        self.shown.emit(self._unlock)
        self._unlock.arrive()
        if not os.path.exists(self.folder):  # noqa: PTH110 - never raises
            self._unlock.show_missing(self.folder)
        return self._unlock

    @Slot()
    def _on_other_vault(self) -> None:
        self._show_welcome(instead_of_unlock=True)

    @Slot()
    def _on_back_to_unlock(self) -> None:
        self._show_unlock()

    @Slot()
    def _on_open_requested(self) -> None:
        self._dialogs.choose_folder(
            self._window, _("Open a journal"), self.folder.parent, self.open_vault_at
        )

    def open_vault_at(self, folder: Path) -> None:
        """Ask for the passphrase of another journal."""
        self.folder = folder
        self._show_unlock()

    # Making and opening

    @Slot(object, str)
    def _on_create_requested(self, folder: Path, passphrase: str) -> None:
        self.folder = folder
        self.is_at_work = True
        self._tasks.run(
            self,
            partial(_create, folder, passphrase, self._kdf, self._clock()),
            done=self._on_created,
            failed=self._on_create_failed,
        )

    def _on_created(self, _nothing: None) -> None:
        self.is_at_work = False
        self._remember_vault()
        if self._is_leaving:
            self.left.emit()
        else:
            self._show_unlock().welcome_first_time()

    def _on_create_failed(self, error: BaseException) -> None:
        self.is_at_work = False
        assert self._welcome is not None
        if self._is_leaving:
            self.left.emit()
        elif isinstance(error, KnownError):
            self._welcome.show_failure(str(error))
        else:
            self._welcome.show_failure(_("Your journal could not be made."))
            raise error

    @Slot(str)
    def unlock(self, passphrase: str) -> None:
        """Open the journal; `opened` follows, or the unlock screen says why not."""
        folder, floor = self.folder, self._kdf_floor
        generations = self._settings.current.generations
        self.is_at_work = True
        self._tasks.run(
            self,
            lambda: _open(folder, passphrase, floor, generations),
            done=self._on_opened,
            failed=self._on_unlock_failed,
        )

    def _on_unlock_failed(self, error: BaseException) -> None:
        self.is_at_work = False
        assert self._unlock is not None
        if self._is_leaving:
            self.left.emit()
        elif isinstance(error, KnownError):
            wrong = isinstance(error, WrongPassphrase)
            self._unlock.show_failure(str(error), wrong_passphrase=wrong)
        else:
            sentence = _("Your journal could not be opened.")
            self._unlock.show_failure(sentence, wrong_passphrase=False)
            raise error

    def _on_opened(self, vault: Vault) -> None:
        self.is_at_work = False
        self._remember_vault(vault)
        if self._is_leaving:
            self._tasks.run(self, vault.close, done=self._on_closed_unseen, failed=_raise)
        else:
            self.opened.emit(vault)

    def _on_closed_unseen(self, _nothing: None) -> None:
        self.left.emit()

    def _remember_vault(self, vault: Vault | None = None) -> None:
        choices: dict[str, object] = {"vault": str(self.folder)}
        if vault is not None:
            seen = self._settings.current.generations
            choices["generations"] = {**seen, vault.vault_id: vault.generation}
        try:
            self._settings.change(**choices)
        except KnownError:
            return  # the journal is open; only the next start has to be told where it is


def _open(
    folder: Path, passphrase: str, kdf_floor: KdfParams, generations: Mapping[str, int]
) -> Vault:
    from retention_desktop.vault import open_vault

    return open_vault(folder, passphrase, kdf_floor=kdf_floor, known_generations=generations)


def _create(folder: Path, passphrase: str, kdf: KdfParams, now: datetime) -> None:
    from retention_desktop.files import explain
    from retention_desktop.vault import create_vault

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, folder.parent, "made") from None
    create_vault(folder, passphrase, kdf=kdf, now=now)


def _raise(error: BaseException) -> None:
    raise error
