"""Buttons. One primary button to a page, and it says what happens next."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.ui.theme import theme


def button(
    text: str,
    look: Literal["primary", "secondary", "quiet"] = "secondary",
    *,
    icon: str | None = None,
) -> QPushButton:
    """A button with words; the icon only helps."""
    made = QPushButton(text)
    made.setProperty("look", look)
    made.setAutoDefault(True)  # Enter presses it, as Space does
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon is not None:
        token = {"primary": "on_accent", "secondary": "text", "quiet": "accent"}[look]
        made.setIcon(theme.icon(icon, token, 18))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
        made.setText(f" {text}")  # Qt leaves no gap between them
        made.setAccessibleName(text)
    return made


def icon_button(icon: str, name: str) -> QPushButton:
    """A button with a picture alone; `name` is what a screen reader and the tooltip say."""
    made = QPushButton()
    made.setProperty("look", "quiet")
    made.setIcon(theme.icon(icon, "muted", 18))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setAutoDefault(True)
    made.setMinimumWidth(40)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class ContentButton(QPushButton):
    """A card or a row that can be pressed. What it shows is laid out in `content`."""

    def __init__(self, kind: Literal["card-button", "row-button"], name: str) -> None:
        super().__init__()
        self.setObjectName(kind)
        self.setAccessibleName(name)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_content(self, content: QBoxLayout) -> None:
        """Lay out what the button shows; the labels let clicks through to the button."""
        inner = QWidget(self)
        inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.setLayout(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()
