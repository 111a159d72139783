"""Notices that nobody is there: no key and no mouse for a while, or the computer has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

_HEARTBEAT_S = 5
# A heartbeat this late means that the computer slept: timers stand still meanwhile.
_GAP_S = 15

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Emits `idle` after so many `minutes`. It is an event filter of each window that is used."""

    idle = Signal()

    def __init__(self, parent: QObject, minutes: Callable[[], int]) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._last_sign = self._last_beat = time.time()
        self._beat = QTimer(self, interval=_HEARTBEAT_S * 1000)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Every sign of life starts the time anew."""
        if event.type() in _SIGNS_OF_LIFE:
            self._last_sign = time.time()
        return False

    @Slot()
    def _on_beat(self) -> None:
        now = time.time()
        slept = now - self._last_beat > _HEARTBEAT_S + _GAP_S
        self._last_beat = now
        # A clock that was set back would put the lock off for ever: it counts as a sign of life.
        self._last_sign = min(self._last_sign, now)
        if slept or now - self._last_sign >= self._minutes() * 60:
            self._last_sign = now
            self.idle.emit()
