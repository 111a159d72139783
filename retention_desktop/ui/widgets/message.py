"""Messages in place: quiet, with what to do next. Nothing is red and nothing pops up."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.text import announce, breakable, icon_label, label


class Message(QFrame):
    """A bar with a sentence. Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 10)
        layout.setSpacing(12)
        self._icon = icon_label("info", "warn")
        self._text = label()
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now; empty when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, tone: Literal["warn", "calm"] = "calm") -> None:
        """Show a sentence."""
        self.setProperty("tone", tone)
        for each in (self, self._text):
            each.style().unpolish(each)
            each.style().polish(each)
        icon = ("triangle-alert", "warn") if tone == "warn" else ("info", "accent")
        self._icon.setPixmap(theme.pixmap(*icon))
        self._text.setText(breakable(text))
        self.setAccessibleName(text)
        self.show()
        announce(self, text)

    @Slot(object)
    def say_error(self, error: BaseException) -> None:
        """Show what went wrong. Anything but a `KnownError` is a bug and goes to the hook."""
        if not isinstance(error, KnownError):
            raise error
        self.say(str(error), tone="warn")

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self.hide()
