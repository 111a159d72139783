"""A picture of the real window, drawn without a screen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from retention_desktop.errors import FileProblem
from retention_desktop.ui.app import App
from retention_desktop.ui.today.screen import TodayScreen

_LONGEST_WAIT_MS = 60_000


def draw_main_window(vault_folder: Path, passphrase: str, target: Path) -> None:
    """Open the vault in the main window, offscreen, and save a picture of Today as PNG.

    Raises:
        FileProblem: the journal did not open, or the picture could not be written.
    """
    qt_app = QApplication.instance() or QApplication(["retention-desktop"])
    assert isinstance(qt_app, QApplication)
    qt_app.setStyle("Fusion")
    # Without a screen Qt remarks on things that only a window manager could do.
    QLoggingCategory.setFilterRules("default.warning=false")
    with TemporaryDirectory() as settings_folder:
        app = App(qt_app, Path(settings_folder), vault_folder)
        photographer = _Photographer(app, target)
        app.window.show()
        app.window.door.unlock(passphrase)
        app.run()
        app.shut_down()
    if not photographer.is_done:
        raise FileProblem(f"The picture {target} could not be drawn.", "Try another folder.")


class _Photographer(QObject):
    """Waits for Today to be there, takes the picture and closes the window."""

    def __init__(self, app: App, target: Path) -> None:
        super().__init__(app)
        self.is_done = False
        self._window = app.window
        self._target = target
        self._window.opened.connect(self._on_opened)
        QTimer.singleShot(_LONGEST_WAIT_MS, self, self._give_up)

    @Slot()
    def _on_opened(self) -> None:
        shell = self._window.shell
        assert shell is not None
        assert isinstance(shell.screen_shown, TodayScreen)
        shell.screen_shown.shown.connect(self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        QTimer.singleShot(100, self, self._take)  # once everything has its place

    @Slot()
    def _take(self) -> None:
        self.is_done = self._window.grab().save(str(self._target), "PNG")
        self._window.close()

    @Slot()
    def _give_up(self) -> None:
        QApplication.quit()
