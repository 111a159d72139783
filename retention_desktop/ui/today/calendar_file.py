"""The dates to come, for the calendar that one keeps elsewhere."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.sharing.calendar import Coming, what_comes, write_calendar
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label


class CalendarFile(QWidget):
    """A button, what is and is not in the file, and how saving it ended."""

    def __init__(self, session: Session, dialogs: FileDialogs) -> None:
        super().__init__()
        self._session = session
        self._dialogs = dialogs
        self._name = _("Put the dates into my calendar…")
        self._save = button(self._name, "quiet", icon="calendar")
        self._save.clicked.connect(self._on_save)
        self._message = Message()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(button_row(self._save))
        layout.addWidget(
            label(
                _(
                    "This saves a file of days, with “Look again” or “Something agreed” on each. "
                    "Nothing you wrote is in it, and nobody’s name."
                ),
                "small",
            )
        )
        layout.addWidget(self._message)

    @Slot()
    def _on_save(self) -> None:
        self._dialogs.choose_calendar(self, _("Save the dates"), "dates.ics", self._write)

    def _write(self, target: Path) -> None:
        self._save.setEnabled(False)
        self._save.setText(f" {_('Saving the dates…')}")
        now = self._session.now()
        self._session.ask(
            self._session,  # whoever leaves meanwhile must still hear how it ended
            partial(what_comes, now=now),
            done=partial(self._on_found, target, now),
            failed=self._on_failed,
        )

    def _on_found(self, target: Path, now: datetime, coming: Coming) -> None:
        self._session.work(
            self._session,
            partial(write_calendar, coming, target, now=now),
            done=partial(self._on_written, target, len(coming.dues)),
            failed=self._on_failed,
        )

    def _on_written(self, target: Path, count: int, _nothing: None) -> None:
        if count == 1:
            saved = _("One date is saved as {name}.").format(name=target.name)
        else:
            saved = _("{count} dates are saved as {name}.").format(
                count=f"{count:,}", name=target.name
            )
        self._tell(f"{saved} {_('Open that file, and your calendar takes them in.')}", "calm")

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            self._tell(_("The dates were not saved."), "warn")
            raise error
        self._tell(str(error), "warn")

    def _tell(self, sentence: str, tone: Literal["warn", "calm"]) -> None:
        if not shiboken6.isValid(self):
            self._session.told.emit(sentence)
            return
        self._save.setText(f" {self._name}")
        self._save.setEnabled(True)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say(sentence, tone=tone)
