"""Fills a list with what is asked for, page by page, as one types and as one scrolls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from retention_desktop.ui.session import Session
from retention_desktop.ui.widgets.paged_model import PagedModel
from retention_desktop.vault import Vault

Asked = TypeVar("Asked")
Row = TypeVar("Row")

PAGE = 60


class Found(Struct, Generic[Asked, Row], frozen=True):
    """A page of what fits a question, and how many fit it."""

    asked: Asked
    rows: tuple[Row, ...]
    count: int
    may_have_more: bool


class Listing(QObject, Generic[Asked, Row]):
    """Looks up what is asked for, with `look_in(vault, asked, limit, after)`.

    One look at a time: while one is under way, the newest question waits, and those between are
    never asked. `found` carries the first page, and whether it answers the question that is already
    shown; later pages go to the model on their own. `settled` when no question waits.
    """

    found = Signal(object, bool)
    failed = Signal(object)
    settled = Signal()

    def __init__(
        self,
        session: Session,
        model: PagedModel[Row],
        look_in: Callable[[Vault, Asked, int, Row | None], Found[Asked, Row]],
    ) -> None:
        super().__init__(model)
        self._session = session
        self._model = model
        self._look_in = look_in
        self._shown: Asked | None = None
        self._under_way = False
        self._waiting: Asked | None = None
        model.more_wanted.connect(self._fetch_more)

    def look(self, asked: Asked) -> None:
        """Look for this now, or once the look that is under way has ended."""
        if self._under_way:
            self._waiting = asked
            return
        self._under_way = True
        limit = max(PAGE, self._model.rowCount()) if asked == self._shown else PAGE
        look_in = self._look_in
        self._session.ask(
            self,
            lambda vault: look_in(vault, asked, limit, None),
            done=self._on_found,
            failed=self._on_failed,
        )

    def _on_found(self, found: Found[Asked, Row]) -> None:
        is_same, self._shown = found.asked == self._shown, found.asked
        self.found.emit(found, is_same)
        self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._under_way = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.look(waiting)
        else:
            self.settled.emit()

    @Slot()
    def _fetch_more(self) -> None:
        look_in, asked, rows = self._look_in, self._shown, self._model.rows
        if asked is not None and rows:
            self._session.ask(
                self,
                lambda vault: look_in(vault, asked, PAGE, rows[-1]),
                done=partial(self._on_more, rows[-1]),
                failed=self.failed.emit,
            )

    def _on_more(self, after: Row, found: Found[Asked, Row]) -> None:
        # A look meanwhile may have put another row at the end: a page after that is asked for then.
        if found.asked == self._shown and self._model.rows[-1:] == (after,):
            self._model.show_more(found.rows, may_have_more=found.may_have_more)
