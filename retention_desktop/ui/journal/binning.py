"""Moving records to the bin, and taking that back at once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from retention_desktop.journal.bin import bin_records, restore_binned_at
from retention_desktop.models.views import Changes
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.message import Message


class Binning(QObject):
    """Moves records to the bin; `message` says so and offers to take it back."""

    moved = Signal()

    def __init__(self, session: Session, message: Message, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._message = message
        self._is_moving = False
        self._at: datetime | None = None  # when those were moved that can be taken back
        message.taken.connect(self._on_undo)

    def move(self, records: tuple[int, ...]) -> None:
        """Move these to the bin."""
        if self._is_moving:
            return  # pressed twice
        self._is_moving = True
        now = self._session.now()
        self._session.tell(
            self,
            partial(bin_records, records=records, now=now),
            done=partial(self._on_moved, now),
            failed=self._on_not_moved,
        )

    def _on_not_moved(self, error: BaseException) -> None:
        self._is_moving = False
        self._message.say_error(error)

    def _on_moved(self, at: datetime, changes: Changes) -> None:
        self._is_moving = False
        self._at = at
        self.moved.emit()
        count = len(changes.records)
        words = (
            _("Moved to the bin. It stays there for 30 days.")
            if count == 1
            else _("{count} records are in the bin. They stay there for 30 days.").format(
                count=f"{count:,}"
            )
        )
        self._message.say(words, offer=_("Undo"))

    @Slot()
    def _on_undo(self) -> None:
        if self._at is None:
            return  # pressed twice
        at, self._at = self._at, None
        self._session.tell(
            self,
            partial(restore_binned_at, moment=at),
            done=self._on_undone,
            failed=self._message.say_error,
        )

    def _on_undone(self, changes: Changes) -> None:
        self._message.say(
            _("It is back in your journal.")
            if len(changes.records) == 1
            else _("They are back in your journal.")
        )
