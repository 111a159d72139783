"""Keeping the draft of a tool while somebody edits it: within a second, and before they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.drafts import remove_draft, save_draft
from retention_desktop.ui.session import Session

_AFTER_CHANGE_MS = 700
_TRY_AGAIN_MS = 5_000


class Keeper(QObject):
    """Keeps one draft. `saved` carries the local time, `failed` what went wrong."""

    saved = Signal(datetime)
    failed = Signal(object)

    def __init__(self, session: Session, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._waiting: Callable[[], None] | None = None
        self._on_the_way: Callable[[], None] | None = None
        self._then: list[Callable[[bool], None]] = []
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go)

    def keep(self, tool: Tool) -> None:
        """This is how the tool is now."""
        self._put(partial(save_draft, self._folder, tool))

    def drop(self, tool_id: str) -> None:
        """The tool is as it was, so there is nothing to keep."""
        self._put(partial(remove_draft, self._folder, tool_id))

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep it now; `then` hears whether it is on the disk."""
        if self._waiting is None and self._on_the_way is None:
            then(True)
            return
        self._then.append(then)
        self._go()

    def _put(self, work: Callable[[], None]) -> None:
        self._waiting = work
        if not self._pause.isActive():
            self._pause.start(_AFTER_CHANGE_MS)

    @Slot()
    def _go(self) -> None:
        self._pause.stop()
        if self._on_the_way is not None or self._waiting is None:
            return  # what waits goes as soon as what is on the way has arrived
        self._on_the_way, self._waiting = self._waiting, None
        self._session.work(self, self._on_the_way, done=self._on_done, failed=self._on_failed)

    def _on_done(self, _nothing: None) -> None:
        self._on_the_way = None
        self.saved.emit(self._session.now().astimezone())
        if self._waiting is None:
            self._answer(True)
        else:
            self._go()

    def _on_failed(self, error: BaseException) -> None:
        self._waiting = self._waiting or self._on_the_way
        self._on_the_way = None
        self._pause.start(_TRY_AGAIN_MS)
        self._answer(False)
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(error)

    def _answer(self, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)
