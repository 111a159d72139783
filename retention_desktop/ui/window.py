"""The window: first run or unlock, then the shell; and the way back, which is the lock.

Locking saves, closes the vault and hands over to a fresh process at the unlock screen, because a
process that has held somebody's words still holds copies of them (measured). Start-up time is
measured too, so what the first screen does not show is imported after it is painted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard, QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.ui.door import Door
from retention_desktop.ui.preparing import Preparing
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.vault import DEFAULT_KDF, KDF_FLOOR, KdfParams

if TYPE_CHECKING:
    from datetime import datetime

    from retention_desktop.ui.dialogs import FileDialogs
    from retention_desktop.ui.reminders import Reminders
    from retention_desktop.ui.session import Session
    from retention_desktop.ui.shell import Shell
    from retention_desktop.ui.tasks import Tasks
    from retention_desktop.vault import Vault

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
        self._preparing = Preparing(settings, tasks, self)
        self._preparing.done.connect(self.prepared)
        self.door = Door(
            settings,
            tasks,
            dialogs,
            self,
            vault_folder=vault_folder,
            kdf=kdf,
            kdf_floor=kdf_floor,
            clock=clock,
        )
        self.door.shown.connect(self._put)
        self.door.opened.connect(self._on_opened)
        self.door.left.connect(self._end)
        self._session: Session | None = None
        self._shell: Shell | None = None
        self._reminders: Reminders | None = None
        self._closing_for: Callable[[], None] | None = None
        self._may_close = False
        self._choice = ""  # what the keyboard was on before everything is dressed anew
        self.setWindowTitle("Retention")
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        if settings.current.geometry:
            hexadecimal = settings.current.geometry.encode("ascii", "ignore")
            self.restoreGeometry(QByteArray.fromHex(hexadecimal))
        self.dress()
        self.door.begin()

    @property
    def shell(self) -> Shell | None:
        """The unlocked window, if it is unlocked."""
        return self._shell

    @property
    def is_prepared(self) -> bool:
        """Whether an unlock has nothing left to import."""
        return self._preparing.is_done

    def showEvent(self, event: QShowEvent) -> None:
        """The first screen is about to be painted; the rest can be prepared behind it."""
        super().showEvent(event)
        self._preparing.begin_soon()

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
        if self.door.is_at_work:
            event.ignore()
            self.door.leave()
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

    def _keep_geometry(self) -> None:
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        try:
            self._settings.change(geometry=geometry)
        except KnownError:
            return  # where the window stood is not worth a message while it closes

    @Slot(object)
    def _put(self, screen: QWidget) -> None:
        self.setCentralWidget(screen)  # Qt lets the screen before go

    @Slot(object)
    def _on_opened(self, vault: Vault) -> None:
        from retention_desktop.ui.reminders import Reminders
        from retention_desktop.ui.session import Session

        toolkit, kept = self._preparing.tools
        self._session = Session(vault, toolkit, self._tasks, self, clock=self._clock, packs=kept)
        self._show_shell("today")
        self._session.forget_old()
        assert self._shell is not None
        self._reminders = Reminders(self._session, self._settings, self._may_remind)
        self._reminders.clicked.connect(self._on_reminder_clicked)
        if notices := (*vault.notices, *kept.notices):
            self._shell.notice(" ".join(notices))
        self.opened.emit()

    def _show_shell(self, place: str) -> None:
        from retention_desktop.ui.shell import Shell

        assert self._session is not None
        self._shell = Shell(
            self._session, self._settings, self._dialogs, self.door.folder, self._kdf
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
        self.locked.emit(self.door.folder)

    @Slot()
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
