"""A line to write a tag in, which offers those that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from retention_desktop.journal.store import LONGEST_NAME
from retention_desktop.ui.translation import _


class TagLine(QLineEdit):
    """Takes one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_NAME)
        self.setPlaceholderText(_("For example, induction"))
        self._tags = QStringListModel(self)
        offered = QCompleter(self._tags, self)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("offered")
        popup.setAccessibleName(_("Tags you use"))
        offered.setPopup(popup)
        self.setCompleter(offered)

    def offer(self, tags: Sequence[str]) -> None:
        """Offer these tags."""
        self._tags.setStringList(list(tags))
