"""Puts the window together and runs it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from retention_desktop.paths import data_folder
from retention_desktop.ui.demo import PASSPHRASE, Demo, StandingLine, demo_in, new_demo
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.tasks import Tasks
from retention_desktop.ui.theme import load_fonts
from retention_desktop.ui.unlock.screen import UnlockScreen
from retention_desktop.ui.window import MainWindow, utc_now
from retention_desktop.vault import DEFAULT_KDF, KDF_FLOOR, KdfParams

if TYPE_CHECKING:
    from datetime import datetime

_COLLECT_EVERY_MS = 10_000


class App(QObject):
    """The running application: its window, its threads, its idle watch, and how it ends."""

    def __init__(
        self,
        qt_app: QApplication,
        data_dir: Path,
        vault_folder: Path | None,
        *,
        dialogs: FileDialogs | None = None,
        kdf: KdfParams = DEFAULT_KDF,
        kdf_floor: KdfParams = KDF_FLOOR,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.next_vault: Path | None = None  # what a fresh process is to open, after a lock
        self._qt_app = qt_app
        self._settings = SettingsFile(data_dir)
        self._tasks = Tasks(self)
        load_fonts()
        self.window = MainWindow(
            self._settings,
            self._tasks,
            dialogs or FileDialogs(self),
            vault_folder=vault_folder,
            kdf=kdf,
            kdf_floor=kdf_floor,
            clock=clock,
        )
        self._watchers: tuple[QObject, ...] = ()
        self.window.locked.connect(self._on_locked)
        self.window.ended.connect(self._on_ended)
        qt_app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        QTimer.singleShot(0, self, self._begin_watching)  # once the window is painted

    @property
    def is_busy(self) -> bool:
        """Whether work off the UI thread is under way."""
        return self._tasks.under_way > 0

    def run(self) -> int:
        """Run until the window has closed or locked; the exit code."""
        return self._qt_app.exec()

    def shut_down(self) -> None:
        """End the threads."""
        self._tasks.shut_down()

    def show_demo(self, title: str) -> None:
        """Say on every screen that this is a demonstration, and offer no other journal in it."""
        self.window.setWindowTitle(title)
        self.window.setMenuWidget(StandingLine())
        for each in self.window.findChildren(UnlockScreen):
            each.stay_with_this(PASSPHRASE)

    @Slot()
    def report_bugs(self) -> None:
        """From now on, show what goes wrong in the program instead of printing it."""
        from retention_desktop.ui.bugs import BugReporter

        BugReporter(self.window).install()

    @Slot()
    def _begin_watching(self) -> None:
        from retention_desktop.ui.idle import IdleWatch
        from retention_desktop.ui.widgets.focus_ring import FocusRing

        idle, ring = IdleWatch(self, self._idle_minutes), FocusRing(self)
        idle.idle.connect(self._on_idle)
        self._qt_app.focusChanged.connect(ring.follow)
        self._watchers = (idle, ring)
        self._qt_app.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(self._qt_app.focusWindow())

    @Slot(QWindow)
    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        """Watch each window that is used, dialogs too, for signs of life and for the keyboard."""
        if window is not None:
            for watcher in self._watchers:
                window.installEventFilter(watcher)  # once, however often it is installed

    def _idle_minutes(self) -> int:
        return self._settings.current.idle_minutes

    @Slot()
    def _on_idle(self) -> None:
        self.window.lock()

    @Slot(object)
    def _on_locked(self, vault_folder: Path) -> None:
        self.next_vault = vault_folder
        self._qt_app.quit()

    @Slot()
    def _on_ended(self) -> None:
        self._qt_app.quit()

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._settings.current.scheme == "system":
            self.window.dress()


def run_demo(who: str) -> int:
    """Run the window on six made-up months of a manager or a practitioner."""
    demo = new_demo(who, utc_now())
    return run_window(demo.folder, demo.vault, demo)


def run_window(data_dir: Path | None, vault_folder: Path | None, demo: Demo | None = None) -> int:
    """Run the window until it is closed. Locking ends the process and begins a fresh one.

    A new demonstration is unlocked at once.
    """
    # Named on the command line, the style costs nothing; setStyle() would bring in much of Qt.
    qt_app = QApplication([sys.argv[0], "-style", "fusion"])
    qt_app.setApplicationName("Retention")
    qt_app.setDesktopFileName("retention-desktop")
    qt_app.setQuitOnLastWindowClosed(False)
    folder = data_dir or data_folder()
    app = App(qt_app, folder, vault_folder)
    going_on = demo or demo_in(folder)
    if going_on is not None:
        app.show_demo(going_on.title)
    if demo is not None:
        app.window.door.unlock(PASSPHRASE)
    app.window.show()
    QTimer.singleShot(0, app, app.report_bugs)
    # Python's cyclic collector may run on any thread, and would then end widgets on the wrong one
    # (measured). So `main` has turned it off, and a timer of this thread collects.
    collecting = QTimer(app, interval=_COLLECT_EVERY_MS)
    collecting.timeout.connect(_collect)
    collecting.start()
    # What is there by then stays: a collection looks only at what has come since, and never stops
    # the window for longer than a frame.
    app.window.prepared.connect(_freeze)
    app.window.opened.connect(_freeze)
    code = app.run()
    app.shut_down()
    if app.next_vault is not None:
        if going_on is not None:
            going_on.let_go()
        _begin_afresh(folder, app.next_vault)
    elif going_on is not None:
        going_on.remove()
    return code


def _collect() -> None:
    gc.collect()


def _freeze() -> None:
    gc.freeze()


def _begin_afresh(data_dir: Path, vault_folder: Path) -> None:
    """Put a new process, which has seen nothing, in place of this one."""
    command = [sys.executable] if getattr(sys, "frozen", False) else _python_command()
    command += ["--data-dir", str(data_dir), "--vault", str(vault_folder)]
    if sys.platform == "win32":
        # Windows has no exec that keeps the process: start the new one, and let this one end.
        import subprocess

        subprocess.Popen(command)  # noqa: S603 - our own program
    else:
        os.execv(command[0], command)  # noqa: S606 - our own program


def _python_command() -> list[str]:
    # -P: a file in the current folder must never be taken for a part of Python.
    return [sys.executable, "-P", "-m", "retention_desktop"]
