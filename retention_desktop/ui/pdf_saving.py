"""Saving a PDF, or another file, where the person says, and telling how it ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.message import Message

T = TypeVar("T")
Choose = Callable[[QWidget, str, str, Callable[[Path], None]], None]


class PdfSaving(QObject):
    """The way from a page's button to a file. `message` of the page says how it ended."""

    def __init__(
        self,
        page: QWidget,
        button: QPushButton,
        message: Message,
        session: Session,
        dialogs: FileDialogs,
        *,
        choose: Choose | None = None,
    ) -> None:
        """`choose` asks for the place; without it, it is asked where to save a PDF."""
        super().__init__(page)
        self._page = page
        self._button = button
        self._message = message
        self._session = session
        self._choose = choose or dialogs.choose_pdf
        self._opens_with_password = False

    def ask(
        self,
        title: str,
        name: str,
        write: Callable[[Path], T],
        *,
        opens_with_password: bool = False,
        then: Callable[[T], None] | None = None,
    ) -> None:
        """Ask where to save, then `write` there, off the UI thread; `then` hears what it gave.

        `name` is proposed. It says nothing of what is in the file: other programs see it.
        """
        self._opens_with_password = opens_with_password
        self._choose(self._page, title, name, partial(self._write, write, then))

    def _write(
        self, write: Callable[[Path], T], then: Callable[[T], None] | None, target: Path
    ) -> None:
        self._button.setEnabled(False)
        self._session.see_through(  # whoever leaves meanwhile must still hear how it ended
            partial(write, target),
            done=partial(self._on_written, target, then),
            failed=self._on_failed,
        )

    def _on_written(self, target: Path, then: Callable[[T], None] | None, given: T) -> None:
        sentence = (
            _("Saved as {name}. It opens with the password alone. Pass that on another way.")
            if self._opens_with_password
            else _(
                "Saved as {name}. It is outside your journal now, "
                "so anyone with the file can read it."
            )
        )
        self._tell(sentence.format(name=target.name), "calm")
        if then is not None:
            then(given)

    def _on_failed(self, error: BaseException) -> None:
        self._tell(str(error) if isinstance(error, KnownError) else _("It was not saved."), "warn")
        if not isinstance(error, KnownError):
            raise error

    def _tell(self, sentence: str, tone: Literal["warn", "calm"]) -> None:
        if not shiboken6.isValid(self):
            self._session.told.emit(sentence)
            return
        self._button.setEnabled(True)
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say(sentence, tone=tone)
        scroll_to(self._message)
