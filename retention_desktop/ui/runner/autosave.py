"""Saving while somebody writes: within a second of the last change, and during a long sentence too.

What has not reached the vault yet is kept here until it has. A save that fails is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.journal.records import save_answer, set_review_date
from retention_desktop.models.enums import Audience
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.definition import Step
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
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

    @property
    def key(self) -> str:
        """What a newer draft takes the place of."""
        return self.prompt.id

    def write(self, vault: Vault, record_id: int, now: datetime) -> None:
        """Put it into the vault."""
        save_answer(
            vault, record_id, self.step, self.prompt, self.value, now=now, audience=self.audience
        )


class ReviewDate(Struct, frozen=True):
    """The date to look again, on its way into the vault."""

    day: date | None
    key: str = "/review"  # no prompt can have this id

    def write(self, vault: Vault, record_id: int, now: datetime) -> None:
        """Put it into the vault."""
        set_review_date(vault, record_id, self.day, now=now)


class Autosave(QObject):
    """Keeps the answers of one record. `saved` carries the local time, `failed` a sentence."""

    saved = Signal(datetime)
    failed = Signal(str)

    def __init__(self, session: Session, record_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._record_id = record_id
        self._being_written: Callable[[], Draft] | None = None
        self._waiting: dict[str, Draft | ReviewDate] = {}
        self._on_the_way: dict[str, Draft | ReviewDate] = {}
        self._refused: dict[str, KnownError] = {}  # of what is on the way
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

    def put(self, chosen: ReviewDate) -> None:
        """Something was chosen at once: save it."""
        self._waiting[chosen.key] = chosen
        self._save()

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
            self._waiting[draft.key] = draft
            self._being_written = None

    @Slot()
    def _save(self) -> None:
        for timer in (self._pause, self._longest, self._again):
            timer.stop()
        self._collect()
        if self._on_the_way or not self._waiting:
            return  # what waits goes as soon as what is on the way has arrived
        self._on_the_way, self._waiting, self._refused = self._waiting, {}, {}
        self._session.tell(
            self,
            partial(
                _write_each,
                self._record_id,
                tuple(self._on_the_way.values()),
                self._session.now(),
                self._refused,
            ),
            done=self._on_written,
            failed=self._on_failed,
        )

    def _on_written(self, _changes: Changes) -> None:
        left = {key: self._on_the_way[key] for key in self._refused}
        self._on_the_way = {}
        if left:
            self._try_again(left, str(next(iter(self._refused.values()))))
            return
        self.saved.emit(self._session.now().astimezone())
        if self._then:
            self._collect()  # what was written since goes too, before anybody leaves
        if self._waiting:
            self._save()
        else:
            self._answer_then(True)

    def _on_failed(self, error: BaseException) -> None:
        """A bug: nothing is known of what has arrived, so all of it is tried again."""
        left, self._on_the_way = self._on_the_way, {}
        self._try_again(left, _("We could not save just now."))
        raise error

    def _try_again(self, left: dict[str, Draft | ReviewDate], sentence: str) -> None:
        self._waiting = left | self._waiting
        self._again.start()
        self.failed.emit(sentence)
        self._answer_then(False)

    def _answer_then(self, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)


def _write_each(
    record_id: int,
    drafts: tuple[Draft | ReviewDate, ...],
    now: datetime,
    refused: dict[str, KnownError],
    vault: Vault,
) -> Changes:
    """Write what can be written; one answer that is refused must not hold up the others."""
    for draft in drafts:
        try:
            draft.write(vault, record_id, now)
        except KnownError as error:
            refused[draft.key] = error
    return Changes(records=(record_id,))
