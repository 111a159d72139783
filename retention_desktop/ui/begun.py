"""Keeping what somebody began to write into a form: within a second, and before they leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from retention_desktop.errors import KnownError, NotFound
from retention_desktop.journal.begun import keep_begun
from retention_desktop.models.views import Changes, Place
from retention_desktop.ui.session import Session

_AFTER_LAST_CHANGE_MS = 600
_AFTER_FIRST_CHANGE_MS = 2_000
_TRY_AGAIN_MS = 5_000

Read = Callable[[], tuple[Place, dict[str, str]]]


@runtime_checkable
class Writing(Protocol):
    """A screen in which something is written."""

    def flush(self, then: Callable[[bool], None]) -> None:
        """Put all of it into the vault; `then` hears whether it worked."""


class BegunForm(QObject):
    """Keeps what a form holds until it is settled. `failed` carries why that did not work.

    `read` says which form it is and what stands in its fields, by name: nothing, where nobody has
    written anything yet. While the form is disabled, it is being settled or the journal is being
    closed, so nothing is kept.
    """

    failed = Signal(object)

    def __init__(self, session: Session, read: Read, form: QWidget) -> None:
        super().__init__(form)
        self._session = session
        self._form = form
        self._read = read
        self._is_noted = False
        self._left: tuple[Place, dict[str, str]] | None = None  # what could not be kept
        self._under_way = 0
        self._then: list[Callable[[bool], None]] = []
        self._pause = QTimer(self, singleShot=True, interval=_AFTER_LAST_CHANGE_MS)
        self._longest = QTimer(self, singleShot=True, interval=_AFTER_FIRST_CHANGE_MS)
        self._again = QTimer(self, singleShot=True, interval=_TRY_AGAIN_MS)
        for timer in (self._pause, self._longest, self._again):
            timer.timeout.connect(self.save)

    @Slot()
    def note(self) -> None:
        """Something is written: read it soon, not at every key."""
        if self._form.isEnabled():
            self._is_noted = True
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()

    @Slot()
    def save(self) -> None:
        """Keep now what was written since."""
        self._stop()
        if self._is_noted:
            self._is_noted, self._left = False, self._read()
        if self._left is not None:
            (place, words), self._left = self._left, None
            self._under_way += 1
            self._session.tell(
                self,
                partial(keep_begun, place=place, words=words, now=self._session.now()),
                done=self._on_kept,
                failed=partial(self._on_failed, (place, words)),
            )

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep it now; `then` hears whether it is in the vault."""
        self.save()
        if self._under_way:
            self._then.append(then)
        else:
            then(True)

    def settle(self) -> None:
        """The form is being settled, which drops its words: nothing is to be kept after that."""
        self._stop()
        self._is_noted, self._left = False, None

    def _stop(self) -> None:
        for timer in (self._pause, self._longest, self._again):
            timer.stop()

    def _on_kept(self, _changes: Changes) -> None:
        self._under_way -= 1
        if self._then:
            self.save()  # what was written since goes too, before anybody leaves
        if not self._under_way:
            self._answer(True)

    def _on_failed(self, begun: tuple[Place, dict[str, str]], error: BaseException) -> None:
        self._under_way -= 1
        if isinstance(error, NotFound):
            self._answer(True)  # what it was about is gone, and the words with it
            return
        self._left = self._left or begun
        self._again.start()
        self._answer(False)
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(error)

    def _answer(self, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)


def flush_all(forms: Sequence[BegunForm], then: Callable[[bool], None]) -> None:
    """Keep what all these forms hold; `then` hears whether all of it is in the vault."""
    if forms:
        forms[0].flush(partial(_flush_others, forms[1:], then))
    else:
        then(True)


def _flush_others(forms: Sequence[BegunForm], then: Callable[[bool], None], kept: bool) -> None:
    if kept:
        flush_all([form for form in forms if shiboken6.isValid(form)], then)
    else:
        then(False)
