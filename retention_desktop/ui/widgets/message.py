"""Messages in place: quiet, with what to do next. Nothing is red and nothing pops up."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.text import announce, breakable, icon_label, label


class Message(QFrame):
    """A bar with a sentence, and perhaps a button. Hidden until it has something to say."""

    taken = Signal()  # what the button offers

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
        self._offer = button("", "quiet")
        self._offer.hide()
        self._offer.clicked.connect(self.taken)
        layout.addWidget(self._offer)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now; empty when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, tone: Literal["warn", "calm"] = "calm", offer: str = "") -> None:
        """Show a sentence; `offer` is what its button says, if it has one."""
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
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
