"""What happens when there is a bug: everything typed is kept, and the person is told once.

The details hold versions, the kind of error and places in our own code: no values, no exception
text and nothing that anybody wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop import __version__
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.text import label


class BugReporter(QObject):
    """The exception hook of the window. An exception on another thread hops to the UI thread."""

    _raised = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: _BugDialog | None = None
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hook, which would print the exception's text."""
        sys.excepthook = self._hook

    def _hook(
        self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = bug_details(kind, trace)
        print(details, file=sys.stderr)  # noqa: T201 - the terminal is the only log there is
        self._raised.emit(details)

    @Slot(str)
    def _on_raised(self, details: str) -> None:
        if self._dialog is None:
            self._dialog = _BugDialog(self._window, details)
            self._dialog.finished.connect(self._on_finished)
            self._dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None


def bug_details(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What may be passed on: versions, the kind of error, places in the code."""
    # Imported here: most days nobody needs them, and how soon the window opens is measured.
    import platform
    import traceback

    ours = Path(__file__).parents[1]
    places = [
        f"  {Path(frame.filename).relative_to(ours)}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
        if Path(frame.filename).is_relative_to(ours)
    ]
    versions = f"Retention Desktop {__version__}, Python {platform.python_version()}"
    return "\n".join((f"{versions}, {platform.system()}", kind.__name__, *places))


class _BugDialog(QDialog):
    def __init__(self, window: QWidget, details: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Something went wrong"))
        self._details = details
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 22)
        layout.setSpacing(12)
        layout.addWidget(label(_("Something went wrong in the program"), "section"))
        layout.addWidget(
            label(
                _(
                    "This is our mistake. What you wrote is still here, and you can go on. "
                    "The details below name places in the program and nothing you wrote."
                )
            )
        )
        layout.addWidget(label(details, "small"))
        copy = button(_("Copy the details"), icon="copy")
        go_on = button(_("Go on"), "primary")
        copy.clicked.connect(self._on_copy)
        go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(go_on)
        layout.addLayout(row)

    @Slot()
    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._details)
