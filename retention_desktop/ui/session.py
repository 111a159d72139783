"""The one door from the window to the open journal, and the one event that says what changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.journal.bin import forget_old_binned
from retention_desktop.journal.erasing import finish_erasing
from retention_desktop.journal.search import refresh_search
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import NO_PACKS, KeptPacks
from retention_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from retention_desktop.vault import Vault

T = TypeVar("T")

_PATIENCE_MS = 5_000


def _close(vault: Vault) -> None:
    with suppress(KnownError):  # what is left of it is done the next time; to close comes first
        refresh_search(vault)  # so that no deleted word stays in the index
        finish_erasing(vault)
    vault.close()


class Session(QObject):
    """An unlocked journal, as screens use it.

    `changed` carries the `Changes` of a verb and the object that asked for it, so that a screen can
    refresh for what concerns it and skip its own echo.
    """

    changed = Signal(object, object)
    told = Signal(str)  # how something ended whose screen has gone
    toolkit_changed = Signal()

    def __init__(
        self,
        vault: Vault,
        toolkit: Toolkit,
        tasks: Tasks,
        parent: QObject,
        *,
        clock: Callable[[], datetime],
        packs: KeptPacks = NO_PACKS,
    ) -> None:
        super().__init__(parent)
        self.toolkit = toolkit
        self.packs = packs
        self.now = clock
        self._vault = vault
        self._tasks = tasks
        self._seen_through = 0  # how many pieces of work
        self._closing: Callable[[], None] | None = None

    @property
    def today(self) -> date:
        """The date where the person is."""
        return self.now().astimezone().date()

    def use(self, toolkit: Toolkit, packs: KeptPacks) -> None:
        """Offer these tools, from the program and from these packs; `toolkit_changed` follows."""
        self.toolkit = toolkit
        self.packs = packs
        self.toolkit_changed.emit()

    def forget_old(self) -> None:
        """Remove for good what has lain in the bin for its time; what fails is done next time."""
        verb = partial(forget_old_binned, now=self.now())
        self.ask(self, verb, done=self._on_forgotten, failed=self._on_not_forgotten)

    def _on_forgotten(self, changes: Changes) -> None:
        if changes.people:
            self.changed.emit(changes, None)

    def _on_not_forgotten(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            raise error

    def ask(
        self,
        owner: QObject,
        verb: Callable[[Vault], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Read from the journal, off the UI thread."""
        self._tasks.run(owner, partial(verb, self._vault), done=done, failed=failed)

    def tell(
        self,
        owner: QObject,
        verb: Callable[[Vault], Changes],
        *,
        done: Callable[[Changes], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Change the journal, off the UI thread; `changed` follows `done`.

        It follows even where the owner has gone by then: other screens still show what was before.
        """
        self._tasks.run(
            self,
            partial(verb, self._vault),
            done=partial(self._announce, owner, done),
            failed=partial(_report, owner, failed),
        )

    def work(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do something that needs no journal (draw a PDF), off the UI thread."""
        self._tasks.run(owner, work, done=done, failed=failed, lane="free")

    def see_through(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do such work to its end, whoever leaves meanwhile, before the journal is closed."""
        self._seen_through += 1
        self.work(
            self, work, done=partial(self._on_end, done), failed=partial(self._on_end, failed)
        )

    def _on_end(self, then: Callable[[T], None], given: T) -> None:
        self._seen_through -= 1
        try:
            then(given)  # which may have something to keep
        finally:
            if not self._seen_through:
                self._go_on_closing()

    def close(
        self,
        *,
        done: Callable[[None], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Close the vault after everything that was asked for before.

        What is seen through may end first, but nobody waits long for a drive that has gone.
        """
        self._closing = partial(
            self._tasks.run, self, partial(_close, self._vault), done=done, failed=failed
        )
        if self._seen_through:
            QTimer.singleShot(_PATIENCE_MS, self, self._go_on_closing)
        else:
            self._go_on_closing()

    @Slot()
    def _go_on_closing(self) -> None:
        closing, self._closing = self._closing, None
        if closing is not None:
            closing()

    def _announce(self, owner: QObject, done: Callable[[Changes], None], changes: Changes) -> None:
        is_there = shiboken6.isValid(owner)
        if is_there:
            done(changes)
        self.changed.emit(changes, owner if is_there else None)


def _report(owner: QObject, failed: Callable[[BaseException], None], error: BaseException) -> None:
    if shiboken6.isValid(owner):
        failed(error)
