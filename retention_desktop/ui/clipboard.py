"""Copying text out of the journal. It is cleared after a while, and when the journal is locked."""

from __future__ import annotations

from hashlib import sha256

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

# What programs that remember the clipboard, on Linux and on Windows, take as a wish not to.
_DO_NOT_REMEMBER = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}


CLEARED_AFTER_MS = 30_000


def copy_text(text: str) -> None:
    """Put text on the clipboard for half a minute, and ask that no history of it is kept."""
    content = QMimeData()
    content.setText(text)
    for name, value in _DO_NOT_REMEMBER.items():
        content.setData(name, value)
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(content)
    _Clearing(text, clipboard)


class _Clearing(QObject):
    """Takes a text away again; what was copied since, here or elsewhere, stays."""

    def __init__(self, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self._mark = sha256(text.encode("utf-8", "surrogatepass")).digest()
        self._wait = QTimer(self, singleShot=True, interval=CLEARED_AFTER_MS)
        self._wait.timeout.connect(self._clear)
        self._wait.start()

    @Slot()
    def _clear(self) -> None:
        clipboard = QGuiApplication.clipboard()
        here = clipboard.text().encode("utf-8", "surrogatepass")
        if clipboard.ownsClipboard() and sha256(here).digest() == self._mark:
            clipboard.clear()
        self.deleteLater()
