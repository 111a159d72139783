"""Copying text out of the journal. It is cleared when the journal is locked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

# What programs that remember the clipboard, on Linux and on Windows, take as a wish not to.
_DO_NOT_REMEMBER = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}


def copy_text(text: str) -> None:
    """Put text on the clipboard, and ask that no history of it is kept."""
    content = QMimeData()
    content.setText(text)
    for name, value in _DO_NOT_REMEMBER.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)
