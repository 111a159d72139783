"""A reminder once a day, while the journal is unlocked. It never says what is waiting.

A message on a desktop is seen by whoever stands at the screen, and some systems keep a list of
them. So there is none unless the person has chosen a time, and it has no word of the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from retention_desktop.errors import KnownError
from retention_desktop.journal.reviews import due
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.vault import Vault

_LOOK_EVERY_MS = 10_000
_SHOWN_MS = 15_000


def can_remind() -> bool:
    """Whether this desktop has a place for reminders."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class Reminders(QObject):
    """Looks at the clock. At the time chosen in the settings it reminds, if something is due.

    `may_remind` says whether this is a good moment; otherwise it waits for one. Who unlocks after
    the time sees Today, and needs no reminder that day.
    """

    clicked = Signal()

    def __init__(
        self, session: Session, settings: SettingsFile, may_remind: Callable[[], bool]
    ) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
        self._may_remind = may_remind
        self._looked = _local(session.now())
        self._reminded_on: date | None = None
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.start()

    def start(self) -> None:
        """Look at the clock from now on."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Remind no more, and leave nothing on the desktop."""
        self._timer.stop()
        self._hide_icon()

    @Slot()
    def look(self) -> None:
        """Remind, if it is time."""
        at, now = self._settings.current.remind_at, _local(self._session.now())
        if not at or not can_remind():
            self._hide_icon()
            self._looked = now
            return
        self._show_icon()
        if not is_time(at, self._looked, now) or self._reminded_on == now.date():
            self._looked = now
        elif self._may_remind():
            self._looked = now
            self._reminded_on = now.date()
            today = now.date()
            self._session.ask(
                self,
                lambda vault: _is_due(vault, today),
                done=self._on_asked,
                failed=self._on_failed,
            )

    def _on_asked(self, is_due: bool) -> None:
        if is_due and self._tray is not None:
            self._tray.showMessage(
                _("Retention"),
                _("Something is waiting for you in Retention."),
                theme.icon("notebook-pen", "accent", 32),
                _SHOWN_MS,
            )

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):  # else whatever one does next says so in its place
            raise error

    def _show_icon(self) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(theme.icon("notebook-pen", "accent", 32), self)
            self._tray.setToolTip(_("Retention"))
            self._tray.messageClicked.connect(self.clicked)
            self._tray.activated.connect(self._on_activated)
            self._tray.show()

    def _hide_icon(self) -> None:
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.clicked.emit()


def is_time(at: str, looked: datetime, now: datetime) -> bool:
    """Whether the clock on the wall has passed `at`, such as "09:00", since it was `looked` at."""
    return looked < datetime.combine(now.date(), time.fromisoformat(at)) <= now


def _local(moment: datetime) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone().replace(tzinfo=None)


def _is_due(vault: Vault, today: date) -> bool:
    return bool(due(vault, today, limit=1))
