"""Saving while somebody writes: within a second of the last change, and during a long sentence too.

What has not reached the vault yet is kept here until it has. A save that fails is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.journal.records import save_answer
from retention_desktop.models.enums import Audience
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.definition import Step
from retention_desktop.ui.session import Session
from retention_desktop.vault import Vault

_AFTER_LAST_CHANGE_MS = 600
_AFTER_FIRST_CHANGE_MS = 2_000
_TRY_AGAIN_MS = 5_000


class Draft(Struct, frozen=True):
    """One answer on its way into the vault."""

    step: Step
    prompt: Prompt
    value: Value | None
    audience: Audience


class Autosave(QObject):
    """Keeps the answers of one record. `saved` carries the local time, `failed` a sentence."""

    saved = Signal(datetime)
    failed = Signal(str)

    def __init__(self, session: Session, record_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._record_id = record_id
        self._being_written: Callable[[], Draft] | None = None
        self._waiting: dict[str, Draft] = {}
        self._on_the_way: dict[str, Draft] = {}
        self._then: list[Callable[[bool], None]] = []
        self._pause = QTimer(self, singleShot=True, interval=_AFTER_LAST_CHANGE_MS)
        self._longest = QTimer(self, singleShot=True, interval=_AFTER_FIRST_CHANGE_MS)
        self._again = QTimer(self, singleShot=True, interval=_TRY_AGAIN_MS)
        for timer in (self._pause, self._longest, self._again):
            timer.timeout.connect(self._save)

    @property
    def is_clean(self) -> bool:
        """Whether everything that was written is in the vault."""
        return not (self._being_written or self._waiting or self._on_the_way)

    def note(self, read: Callable[[], Draft]) -> None:
        """An answer is being written. `read` is called when it is saved, not at every key."""
        self._being_written = read
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Save now; `then` hears whether everything is in the vault."""
        self._collect()
        if self.is_clean:
            then(True)
            return
        self._then.append(then)
        self._save()

    def _collect(self) -> None:
        if self._being_written is not None:
            draft = self._being_written()
            self._waiting[draft.prompt.id] = draft
            self._being_written = None

    @Slot()
    def _save(self) -> None:
        for timer in (self._pause, self._longest, self._again):
            timer.stop()
        self._collect()
        if self._on_the_way or not self._waiting:
            return  # what waits goes as soon as what is on the way has arrived
        self._on_the_way, self._waiting = self._waiting, {}
        self._session.tell(
            self,
            partial(
                _save_drafts,
                self._record_id,
                tuple(self._on_the_way.values()),
                self._session.now(),
            ),
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self._on_the_way = {}
        self.saved.emit(self._session.now().astimezone())
        if self._then:
            self._collect()  # what was written since goes too, before anybody leaves
        if self._waiting:
            self._save()
        else:
            self._answer_then(True)

    def _on_failed(self, error: BaseException) -> None:
        self._waiting = self._on_the_way | self._waiting
        self._on_the_way = {}
        self._answer_then(False)
        if not isinstance(error, KnownError):
            raise error
        self._again.start()
        self.failed.emit(str(error))

    def _answer_then(self, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)


def _save_drafts(record_id: int, drafts: tuple[Draft, ...], now: datetime, vault: Vault) -> Changes:
    for draft in drafts:
        save_answer(
            vault,
            record_id,
            draft.step,
            draft.prompt,
            draft.value,
            now=now,
            audience=draft.audience,
        )
    return Changes(records=(record_id,), actions=True)
