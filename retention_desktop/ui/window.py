"""The window: first run or unlock, then the shell; and the way back, which is the lock.

Locking saves, closes the vault and hands over to a fresh process at the unlock screen, because a
process that has held somebody's words still holds copies of them (measured). Start-up time is
measured too, so what the first screen does not show is imported after it is painted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from retention_desktop.errors import KnownError, WrongPassphrase
from retention_desktop.paths import VAULT_SUFFIX
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.unlock.screen import UnlockScreen
from retention_desktop.vault import DEFAULT_KDF, KDF_FLOOR, KdfParams, warm_up

if TYPE_CHECKING:
    from datetime import datetime

    from retention_desktop.toolkit.loading import Toolkit
    from retention_desktop.toolkit.packs import KeptPacks
    from retention_desktop.ui.dialogs import FileDialogs
    from retention_desktop.ui.reminders import Reminders
    from retention_desktop.ui.session import Session
    from retention_desktop.ui.shell import Shell
    from retention_desktop.ui.tasks import Tasks
    from retention_desktop.ui.welcome.screen import WelcomeScreen
    from retention_desktop.vault import Vault

# What the shell is made of, each after what it needs. Imported one by one while the first screen
# waits for the person, so that no import holds up a key for longer than a frame.
_PARTS_OF_THE_SHELL = (
    "session",
    "reminders",
    "wording",
    "audiences",
    "widgets.dates",
    "widgets.drivers",
    "widgets.look_again",
    "widgets.bars_view",
    "widgets.summary_view",
    "cover",
    "today.due_row",
    "today.few_minutes",
    "today.meetings",
    "today.calendar_file",
    "today.screen",
    "toolkit.screen",
    "toolkit.tool_page",
    "packs.card",
    "packs.screen",
    "packs.export",
    "runner.autosave",
    "runner.editors",
    "runner.steps",
    "runner.pages",
    "runner.timer",
    "runner.frame",
    "runner.opening",
    "runner.together",
    "runner.screen",
    "editor.opening",
    "editor.begin",
    "editor.forms",
    "editor.bars",
    "editor.outline",
    "editor.preview",
    "editor.screen",
    "widgets.paged_model",
    "journal.records_model",
    "journal.wording",
    "widgets.search_line",
    "journal.filters",
    "journal.month",
    "journal.saved",
    "journal.tag_line",
    "pdf_saving",
    "journal.chosen",
    "journal.screen",
    "agreed.actions_model",
    "review.history",
    "agreed.panel",
    "agreed.screen",
    "review.screen",
    "clipboard",
    "journal.tags_view",
    "journal.related_view",
    "journal.record_page",
    "collection.screen",
    "share.pages",
    "share.part",
    "share.protecting",
    "share.record_part",
    "share.screen",
    "people.meeting",
    "people.screen",
    "people.timeline",
    "people.holding",
    "people.person_page",
    "people.edit",
    "insights.behind",
    "insights.screen",
    "settings.passphrase",
    "settings.screen",
    "help.sections",
    "help.screen",
    "toolkit.ways",
    "rail",
    "frame",
    "shell",
)


_FIRST_NAME = "My journal"
_TOGETHER = 1.6  # times the chosen size of the text
_LARGEST = 200  # percent: up to there every screen has room for its text


def utc_now() -> datetime:
    """The time now, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


class MainWindow(QMainWindow):
    """Opens a journal and closes it again.

    `opened` is emitted when the shell is there. `locked` is emitted once the vault is closed: a
    fresh process must take over then. `ended` is emitted when the window may go.
    """

    opened = Signal()
    prepared = Signal()  # an unlock has nothing left to import
    locked = Signal(object)  # the vault's folder
    ended = Signal()

    def __init__(
        self,
        settings: SettingsFile,
        tasks: Tasks,
        dialogs: FileDialogs,
        *,
        vault_folder: Path | None = None,
        kdf: KdfParams = DEFAULT_KDF,
        kdf_floor: KdfParams = KDF_FLOOR,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._settings = settings
        self._tasks = tasks
        self._dialogs = dialogs
        self._kdf = kdf
        self._kdf_floor = kdf_floor
        kept = settings.current.vault
        named = vault_folder or (Path(kept) if kept else None)
        self._vault_folder = named or settings.folder / f"{_FIRST_NAME}{VAULT_SUFFIX}"
        self._session: Session | None = None
        self._shell: Shell | None = None
        self._reminders: Reminders | None = None
        self._tools: tuple[Toolkit, KeptPacks] | None = None
        self._unlock: UnlockScreen | None = None
        self._welcome: WelcomeScreen | None = None
        self._closing_for: Callable[[], None] | None = None
        self._may_close = False
        self._is_preparing = False
        self._is_at_work = False  # a vault is being made or opened
        self._ends_soon = False
        self._choice = ""  # what the keyboard was on before everything is dressed anew
        self.setWindowTitle("Retention")
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        if settings.current.geometry:
            hexadecimal = settings.current.geometry.encode("ascii", "ignore")
            self.restoreGeometry(QByteArray.fromHex(hexadecimal))
        self.dress()
        self._to_import = list(_PARTS_OF_THE_SHELL)
        self._importing = QTimer(self, interval=5)
        self._importing.timeout.connect(self._import_next)
        self._preparing = QTimer(self, singleShot=True, interval=50)
        self._preparing.timeout.connect(self._prepare)
        if named is not None or os.path.exists(self._vault_folder):  # noqa: PTH110 - never raises
            self._show_unlock()
        else:
            self._show_welcome()

    @property
    def shell(self) -> Shell | None:
        """The unlocked window, if it is unlocked."""
        return self._shell

    @property
    def is_prepared(self) -> bool:
        """Whether an unlock has nothing left to import."""
        return not self._to_import

    def showEvent(self, event: QShowEvent) -> None:
        """The first screen is about to be painted; the rest can be prepared behind it."""
        super().showEvent(event)
        if not self._is_preparing:
            self._is_preparing = True
            self._preparing.start()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab and Shift+Tab, wherever they are pressed in the window."""
        from retention_desktop.ui.tab_order import next_stop

        stop = next_stop(self, QApplication.focusWidget(), forward=next)
        if stop is None:
            return False
        tab = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(tab)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves and closes the vault first; nobody is asked to discard anything."""
        self._keep_geometry()
        if self._is_at_work:
            event.ignore()
            self._ends_soon = True  # as soon as the vault is made or opened, it is closed again
            self.hide()
        elif self._may_close or self._session is None:
            event.accept()
            self.ended.emit()
        else:
            event.ignore()
            self._close_vault_for(self._end)

    @Slot()
    def lock(self) -> None:
        """Save, close the vault, and let a fresh process take over."""
        if self._session is not None:
            self._keep_geometry()
            self._close_vault_for(self._hand_over)

    def dress(self) -> None:
        """Put on the chosen colours and text size; larger where several people read along."""
        choices = self._settings.current
        percent = choices.text_percent
        if self._shell is not None and self._shell.is_together:
            percent = min(round(percent * _TOGETHER), _LARGEST)
        theme.apply(_app(), scheme=choices.scheme, text_percent=percent)

    def _new_folder(self) -> Path:
        """Where a new journal would go: under a name that nothing has yet."""
        names = chain((_FIRST_NAME,), (f"{_FIRST_NAME} {number}" for number in count(2)))
        folders = (self._settings.folder / f"{name}{VAULT_SUFFIX}" for name in names)
        return next(each for each in folders if not os.path.lexists(each))

    def _keep_geometry(self) -> None:
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        try:
            self._settings.change(geometry=geometry)
        except KnownError:
            return  # where the window stood is not worth a message while it closes

    def _put(self, screen: QWidget) -> None:
        self.setCentralWidget(screen)  # Qt lets the screen before go

    def _show_welcome(self, *, instead_of_unlock: bool = False) -> None:
        from retention_desktop.ui.welcome.screen import WelcomeScreen

        self._welcome = WelcomeScreen(
            self._new_folder(), self._tasks, self._dialogs, may_go_back=instead_of_unlock
        )
        self._welcome.back_requested.connect(self._on_back_to_unlock)
        self._welcome.create_requested.connect(self._on_create_requested)
        self._welcome.open_requested.connect(self._on_open_requested)
        self._put(self._welcome)
        self._welcome.arrive()

    def _show_unlock(self) -> None:
        self._unlock = UnlockScreen(self._vault_folder.stem)
        self._unlock.unlock_requested.connect(self.unlock)
        self._unlock.other_vault_requested.connect(self._on_other_vault)
        self._put(self._unlock)
        self._unlock.arrive()
        if not os.path.exists(self._vault_folder):  # noqa: PTH110 - never raises
            self._unlock.show_missing(self._vault_folder)

    @Slot()
    def _prepare(self) -> None:
        """What needs no Qt is imported on the vault's thread, where it is wanted first."""
        self._tasks.run(self, _prepare_vault, done=self._on_vault_prepared, failed=self._on_failed)
        self._tasks.run(
            self,
            partial(_load_tools, self._settings.folder, self._settings.current.turned_off),
            done=self._on_tools,
            failed=self._on_failed,
            lane="free",
        )

    def _on_vault_prepared(self, _nothing: None) -> None:
        self._importing.start()

    @Slot()
    def _import_next(self) -> None:
        import_module(f"retention_desktop.ui.{self._to_import.pop(0)}")
        if not self._to_import:
            self._importing.stop()
            self.prepared.emit()

    def _on_tools(self, tools: tuple[Toolkit, KeptPacks]) -> None:
        self._tools = tools

    def _on_failed(self, error: BaseException) -> None:
        raise error

    @Slot(object, str)
    def _on_create_requested(self, folder: Path, passphrase: str) -> None:
        self._vault_folder = folder
        self._is_at_work = True
        self._tasks.run(
            self,
            partial(_create, folder, passphrase, self._kdf, self._clock()),
            done=self._on_created,
            failed=self._on_create_failed,
        )

    def _on_created(self, _nothing: None) -> None:
        self._is_at_work = False
        self._remember_vault()
        if self._ends_soon:
            self._end()
            return
        self._show_unlock()
        assert self._unlock is not None
        self._unlock.welcome_first_time()

    def _on_create_failed(self, error: BaseException) -> None:
        self._is_at_work = False
        assert self._welcome is not None
        if self._ends_soon:
            self._end()
        elif isinstance(error, KnownError):
            self._welcome.show_failure(str(error))
        else:
            self._welcome.show_failure(_("Your journal could not be made."))
            raise error

    @Slot(str)
    def unlock(self, passphrase: str) -> None:
        """Open the journal; `opened` follows, or the unlock screen says why not."""
        folder, floor = self._vault_folder, self._kdf_floor
        generations = self._settings.current.generations
        self._is_at_work = True
        self._tasks.run(
            self,
            lambda: _open(folder, passphrase, floor, generations),
            done=self._on_opened,
            failed=self._on_unlock_failed,
        )

    def _on_unlock_failed(self, error: BaseException) -> None:
        self._is_at_work = False
        assert self._unlock is not None
        if self._ends_soon:
            self._end()
        elif isinstance(error, KnownError):
            wrong = isinstance(error, WrongPassphrase)
            self._unlock.show_failure(str(error), wrong_passphrase=wrong)
        else:
            sentence = _("Your journal could not be opened.")
            self._unlock.show_failure(sentence, wrong_passphrase=False)
            raise error

    def _on_opened(self, vault: Vault) -> None:
        from retention_desktop.ui.reminders import Reminders
        from retention_desktop.ui.session import Session

        self._is_at_work = False
        self._remember_vault(vault)
        if self._ends_soon:
            self._tasks.run(self, vault.close, done=self._on_closed_unseen, failed=self._on_failed)
            return
        choices = self._settings.current
        toolkit, kept = self._tools or _load_tools(self._settings.folder, choices.turned_off)
        self._session = Session(vault, toolkit, self._tasks, self, clock=self._clock, packs=kept)
        self._show_shell("today")
        assert self._shell is not None
        self._reminders = Reminders(self._session, self._settings, self._may_remind)
        self._reminders.clicked.connect(self._on_reminder_clicked)
        if notices := (*vault.notices, *kept.notices):
            self._shell.notice(" ".join(notices))
        self.opened.emit()

    def _on_closed_unseen(self, _nothing: None) -> None:
        self._end()

    def _show_shell(self, place: str) -> None:
        from retention_desktop.ui.shell import Shell

        assert self._session is not None
        self._shell = Shell(
            self._session, self._settings, self._dialogs, self._vault_folder, self._kdf
        )
        self._shell.lock_requested.connect(self.lock)
        self._shell.look_changed.connect(self._on_look_changed)
        self._shell.together_changed.connect(self._on_together_changed)
        self._put(self._shell)
        self._shell.go_to(place)

    def _may_remind(self) -> bool:
        """Not while several people read the screen."""
        return self._shell is not None and not self._shell.is_together

    @Slot()
    def _on_reminder_clicked(self) -> None:
        assert self._shell is not None
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._shell.go_to("today")

    @Slot(str)
    def _on_look_changed(self, choice: str) -> None:
        self.dress()
        self._choice = choice
        QTimer.singleShot(0, self, self._show_settings_again)

    @Slot()
    def _on_together_changed(self) -> None:
        self.dress()

    @Slot()
    def _show_settings_again(self) -> None:
        """Everything is made anew in the new look, and the keyboard is where it was."""
        from retention_desktop.ui.settings.screen import SettingsScreen

        self._show_shell("settings")
        assert self._shell is not None
        if isinstance(self._shell.screen_shown, SettingsScreen):
            self._shell.screen_shown.go_to(self._choice)

    def _remember_vault(self, vault: Vault | None = None) -> None:
        choices: dict[str, object] = {"vault": str(self._vault_folder)}
        if vault is not None:
            seen = self._settings.current.generations
            choices["generations"] = {**seen, vault.vault_id: vault.generation}
        try:
            self._settings.change(**choices)
        except KnownError:
            return  # the journal is open; only the next start has to be told where it is

    @Slot()
    def _on_other_vault(self) -> None:
        self._show_welcome(instead_of_unlock=True)

    @Slot()
    def _on_back_to_unlock(self) -> None:
        self._show_unlock()

    @Slot()
    def _on_open_requested(self) -> None:
        self._dialogs.choose_folder(
            self, _("Open a journal"), self._vault_folder.parent, self.open_vault_at
        )

    def open_vault_at(self, folder: Path) -> None:
        """Ask for the passphrase of another journal."""
        self._vault_folder = folder
        self._show_unlock()

    def _close_vault_for(self, then: Callable[[], None]) -> None:
        if self._closing_for is None and self._shell is not None:
            self._closing_for = then
            self._shell.flush(self._on_flushed)

    def _on_flushed(self, kept: bool) -> None:
        assert self._shell is not None
        if not kept or self._session is None:
            # The screen says why; nothing that was typed is given up.
            was_locking, self._closing_for = self._closing_for == self._hand_over, None
            if was_locking:
                self._shell.cover()
            return
        assert self._reminders is not None
        self._reminders.stop()
        self._shell.setEnabled(False)  # what would be typed now could not be saved any more
        self._session.close(done=self._on_closed, failed=self._on_close_failed)

    def _on_closed(self, _nothing: None) -> None:
        _forget_copied_words()
        self._session = None
        assert self._closing_for is not None
        self._closing_for()

    def _on_close_failed(self, error: BaseException) -> None:
        self._closing_for = None
        assert self._shell is not None
        self._shell.setEnabled(True)
        assert self._reminders is not None
        self._reminders.start()
        if not isinstance(error, KnownError):
            raise error
        self._shell.notice(str(error))

    def _hand_over(self) -> None:
        self._may_close = True
        self.hide()
        self.locked.emit(self._vault_folder)

    def _end(self) -> None:
        self._may_close = True
        self.close()


def _forget_copied_words() -> None:
    """Clear what was copied from this window, and leave what other programs copied."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _prepare_vault() -> None:
    warm_up()
    import_module("retention_desktop.journal.records")
    import_module("retention_desktop.journal.search")
    import_module("retention_desktop.sharing.calendar")
    import_module("retention_desktop.sharing.person")


def _load_tools(data_folder: Path, turned_off: tuple[str, ...]) -> tuple[Toolkit, KeptPacks]:
    from retention_desktop.toolkit.packs import PACKS_FOLDER, load_all, remove_leftovers

    folder = data_folder / PACKS_FOLDER
    remove_leftovers(folder)
    return load_all(folder, turned_off)


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
