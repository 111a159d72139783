"""Help: every key, and what the program does and does not promise."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QLabel

from retention_desktop import __version__
from retention_desktop.ui.help.sections import Keys, sections
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import label


class HelpScreen(Page):
    """A page to read, from the top or from the section that is asked for."""

    def __init__(self, section: str = "") -> None:
        super().__init__(_("Help"), width=READING)
        self._asked_for: QLabel | None = None
        self.column.setSpacing(10)
        for each in sections():
            title = label(each.title, "section")
            self.column.addSpacing(8)
            self.column.addWidget(title)
            for sentence in each.sentences:
                self.column.addWidget(label(sentence, "body"))
            if each.keys:
                self.column.addLayout(_key_grid(each.keys))
            if each.key == section:
                self._asked_for = title
        self.column.addSpacing(12)
        self.column.addWidget(label(_("Version {version}").format(version=__version__), "small"))
        self.column.addStretch(1)

    def arrive(self) -> None:
        """At the section that was asked for; a screen reader hears its title."""
        super().arrive()
        if self._asked_for is not None:
            self._asked_for.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._go_to_section)  # once everything has its place

    @Slot()
    def _go_to_section(self) -> None:
        assert self._asked_for is not None
        self.scroller.verticalScrollBar().setValue(self._asked_for.y() - 24)


def _key_grid(shown: Keys) -> QGridLayout:
    keys = QGridLayout()
    keys.setHorizontalSpacing(24)
    keys.setVerticalSpacing(8)
    for row, (key, meaning) in enumerate(shown):
        keys.addWidget(label(key, "strong", wrap=False), row, 0)
        keys.addWidget(label(meaning, "body"), row, 1)
    keys.setColumnStretch(1, 1)
    return keys
