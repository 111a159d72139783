"""A line to write an alias in, which offers those that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from retention_desktop.journal.store import LONGEST_NAME
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.translation import _


class PersonLine(QLineEdit):
    """Takes one alias. Down shows all that are known and fit what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_NAME)
        self._aliases = QStringListModel(self)
        self._offered = QCompleter(self._aliases, self)
        self._offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._offered.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setObjectName("offered")
        popup.setAccessibleName(_("People you know"))
        self._offered.setPopup(popup)
        self.setCompleter(self._offered)

    @property
    def alias(self) -> str:
        """What is written, without the space around it."""
        return only_text(self.text()).strip()

    def offer(self, aliases: Sequence[str]) -> None:
        """Offer these aliases."""
        self._aliases.setStringList(list(aliases))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._offered.setCompletionPrefix(self.text())
            self._offered.complete()
        else:
            super().keyPressEvent(event)
