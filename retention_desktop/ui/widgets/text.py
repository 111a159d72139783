"""Text on the screen. Always plain: rich text could open files that somebody's words name."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from retention_desktop.ui.theme import theme

_LONG_WORD = re.compile(r"\S{20}(?=\S)")

Look = Literal[
    "title",
    "section",
    "card-title",
    "big-card-title",
    "lead",
    "body",
    "strong",
    "muted",
    "small",
    "small-strong",
    "reading",
    "script",
    "words",
    "chip",
    "chip-on",
    "row",
    "step",
]


def breakable(text: str) -> str:
    """The text, with places where a word too long for a line, such as a path, may be broken."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def label(text: str = "", look: Look = "body", *, wrap: bool = True) -> QLabel:
    """A label in one of the house's looks."""
    made = QLabel(breakable(text) if wrap else text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", look)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # otherwise a page may take it for one line, and squeeze it
        made.setSizePolicy(policy)
    return made


def announce(source: QWidget, text: str) -> None:
    """Let a screen reader say something, politely, without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))


def icon_label(icon: str, token: str, pixels: int = 20) -> QLabel:
    """A picture beside words that say the same; screen readers pass it over."""
    made = QLabel()
    made.setPixmap(theme.pixmap(icon, token, pixels))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def with_icon(icon: str, token: str, text: QLabel, *, pixels: int = 20) -> QWidget:
    """Icon and label in one line."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(icon_label(icon, token, pixels), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(text, 1)
    return line
