"""Choosing files and folders. The only place that opens a system dialog.

Screens are given a `FileDialogs`, so that a test can answer in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from retention_desktop.ui.translation import _


class FileDialogs(QObject):
    """Asks for a place. `chosen` is called with it; nothing is called when the person cancels."""

    def choose_folder(
        self, parent: QWidget, title: str, start: Path, chosen: Callable[[Path], None]
    ) -> None:
        """Ask for a folder that is there."""
        dialog = QFileDialog(parent, title, str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, chosen)

    def choose_pdf(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save a PDF; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("PDF file (*.pdf)"), name, chosen)

    def choose_calendar(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save dates; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("Calendar file (*.ics)"), name, chosen)

    def choose_document(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save a document; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("Word document (*.docx)"), name, chosen)

    def choose_text(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save plain text; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("Plain text (*.md)"), name, chosen)

    def choose_json(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save JSON; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("JSON file (*.json)"), name, chosen)

    def choose_zip(self, parent: QWidget, title: str, chosen: Callable[[Path], None]) -> None:
        """Ask for a .zip that is there."""
        dialog = QFileDialog(parent, title, str(Path.home()), _("Zip file (*.zip)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, chosen)

    def choose_new_zip(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        """Ask where to save a .zip; `name` is proposed, in the person's documents folder."""
        self._save(parent, title, _("Zip file (*.zip)"), name, chosen)

    def _save(
        self, parent: QWidget, title: str, kind: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog = QFileDialog(parent, title, documents, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        self._open(dialog, chosen)

    def _open(self, dialog: QFileDialog, chosen: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chosen = chosen
        dialog.fileSelected.connect(self._on_file_selected)
        # Qt notes the places as the dialog ends, after it has told its result.
        dialog.destroyed.connect(self._forget_places)
        dialog.open()

    @Slot(str)
    def _on_file_selected(self, name: str) -> None:
        self._chosen(Path(name))

    @Slot()
    def _forget_places(self) -> None:
        """Qt's own dialog notes the folders one visited in a plain file: take them out again."""
        places = QSettings("QtProject")
        for key in ("history", "lastVisited"):
            places.remove(f"FileDialog/{key}")
