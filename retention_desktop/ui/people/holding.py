"""Everything one holds about a person: in a file, and erased."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from retention_desktop.journal.people import erase_person
from retention_desktop.models.views import Changes, Everything
from retention_desktop.sharing.pdf import write_one_pdf
from retention_desktop.sharing.person import held_words, summarise_person, write_person_json
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.session import Session
from retention_desktop.ui.share.protecting import Protecting
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import announce, label


class Holding(QFrame):
    """Says what is held about a person, and saves all of it as a PDF or as JSON."""

    def __init__(self, session: Session, dialogs: FileDialogs) -> None:
        super().__init__()
        self.setObjectName("card")
        self._everything: Everything | None = None
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(8)
        layout.addWidget(label(_("Everything I hold about this person"), "card-title"))
        self._held = label("", "body")
        layout.addWidget(
            label(
                _(
                    "Somebody may ask to see what is held about them. Usually they must have it "
                    "within a month. Your organisation can say how to hand it over."
                ),
                "muted",
            )
        )
        layout.addWidget(self._held)
        for sentence in (
            _("Read the file before you hand it over. It may also say things about others."),
            _("Other records may mention them, too. Search your journal for the alias."),
        ):
            layout.addWidget(label(sentence, "muted"))
        layout.addSpacing(4)
        self._protecting = Protecting()
        layout.addWidget(self._protecting)
        self._pdf = button(_("Save all as PDF…"), icon="file-down")
        self._json = button(_("Save all as JSON…"), icon="file-down")
        self._pdf.clicked.connect(self._on_save_pdf)
        self._json.clicked.connect(self._on_save_json)
        layout.addLayout(button_row(self._pdf))
        layout.addLayout(button_row(self._json))
        self._message = Message()
        layout.addWidget(self._message)
        self._pdf_saving = PdfSaving(self, self._pdf, self._message, session, dialogs)
        self._json_saving = PdfSaving(
            self, self._json, self._message, session, dialogs, choose=dialogs.choose_json
        )

    def show_held(self, everything: Everything) -> None:
        """Say what there is, and save that from now on."""
        self._everything = everything
        sentence = _("The file holds {what}: all of it, private answers too.")
        self._held.setText(sentence.format(what=held_words(everything)))
        self.show()

    @Slot()
    def _on_save_pdf(self) -> None:
        assert self._everything is not None
        if self._protecting.problem:
            self._protecting.complain()
            return
        password = self._protecting.password
        write = partial(_write_pdf, self._everything, self._session.today, password)
        self._pdf_saving.ask(_title(), self._name("pdf"), write, opens_with_password=bool(password))

    @Slot()
    def _on_save_json(self) -> None:
        assert self._everything is not None
        if self._protecting.password:
            self._message.say(_("Only a PDF can be locked with a password."), tone="warn")
            scroll_to(self._message)
            return
        write = partial(write_person_json, self._everything, self._session.today)
        self._json_saving.ask(_title(), self._name("json"), write)

    def _name(self, suffix: str) -> str:
        """Of nobody, and yet not the same for two people on one day."""
        return f"Everything held {self._session.now().astimezone():%Y-%m-%d %H%M}.{suffix}"


def _title() -> str:
    return _("Save everything held about this person")


def _write_pdf(everything: Everything, today: date, password: str, target: Path) -> None:
    write_one_pdf(summarise_person(everything, today), target, password=password)


class Erasing(QFrame):
    """Erases a person once their alias is typed. Says before what goes, and what stays."""

    begun = Signal()
    failed = Signal(object)  # the error
    erased = Signal(str)  # a sentence that says so

    def __init__(self, session: Session, everything: Everything) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._alias = everything.person.alias
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(8)
        layout.addWidget(label(_("Erase everything about this person"), "card-title"))
        self._open = button(_("Erase everything…"), icon="trash-2")
        self._open.clicked.connect(self._on_open)
        layout.addLayout(button_row(self._open))
        self._inside = QFrame()
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._said = label(
            _("This erases {what}, with their details. Nobody can bring it back.").format(
                what=held_words(everything)
            ),
            "strong",
        )
        inner.addWidget(self._said)
        for sentence in (
            _("Search will not find it either."),
            _(
                "Backups and files you saved elsewhere are not touched. Other records that "
                "mention them stay as they are."
            ),
        ):
            inner.addWidget(label(sentence, "muted"))
        self._typed = QLineEdit()
        self._field = Field(
            _("Type the alias to erase: {alias}").format(alias=self._alias), self._typed
        )
        self._typed.textEdited.connect(self._field.take_error_back)
        inner.addSpacing(4)
        inner.addWidget(self._field)
        self._keep = button(_("Keep everything"))
        self._erase = button(_("Erase for good"), icon="trash-2")
        self._keep.clicked.connect(self._on_keep)
        self._erase.clicked.connect(self._on_erase)
        inner.addLayout(button_row(self._keep, self._erase))
        layout.addWidget(self._inside)
        self._inside.hide()

    @Slot()
    def _on_open(self) -> None:
        self._open.hide()
        self._inside.show()
        self._typed.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self, self._erase, self._typed):  # where not all has room, what one types in
            scroll_to(part)
        announce(self._inside, self._said.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the question back, and one stays with the person."""
        if event.key() == Qt.Key.Key_Escape and not self._inside.isHidden():
            self._on_keep()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_keep(self) -> None:
        self._typed.clear()
        self._field.take_error_back()
        self._inside.hide()
        self._open.show()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_erase(self) -> None:
        if self._typed.text().strip().casefold() != self._alias.casefold():
            self._field.set_error(_("This is not the alias. Nothing was erased."))
            self._typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._erase.setEnabled(False)
        self.begun.emit()
        self._session.tell(
            self,
            partial(erase_person, alias=self._alias),
            done=self._on_erased,
            failed=self._on_failed,
        )

    def _on_erased(self, _changes: Changes) -> None:
        self.erased.emit(
            _("Everything about {alias} is erased.").format(alias=self._alias)
            + " "
            + _("Backups and files you saved elsewhere were not touched.")
        )

    def _on_failed(self, error: BaseException) -> None:
        self._erase.setEnabled(True)
        self.failed.emit(error)
