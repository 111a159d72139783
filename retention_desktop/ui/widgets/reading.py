"""Text to read, which can be marked and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from retention_desktop.ui.widgets.text import Look, label


def selectable(text: str, look: Look) -> QLabel:
    """A label whose words can be marked by mouse and by keyboard."""
    made = label(text, look)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
