"""Changing the passphrase. Only the key file is rewritten; nothing that was written is touched."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from retention_desktop.errors import WrongPassphrase
from retention_desktop.models.views import Changes
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.fields import Field, PassphraseField
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import KdfParams, Vault
from retention_desktop.vault.passphrases import generate_passphrase, judge_passphrase


class PassphraseChange(QFrame):
    """Takes the passphrase of today and a new one."""

    def __init__(self, session: Session, kdf: KdfParams) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._kdf = kdf
        self._old = PassphraseField()
        self._new = PassphraseField()
        self._old_field = Field(_("Passphrase now"), self._old)
        self._new_field = Field(
            _("New passphrase"), self._new, help_text=_("At least 15 characters.")
        )
        self._message = Message()
        words = button(_("Give me six words"), "quiet", icon="refresh-cw")
        self._change = button(_("Change the passphrase"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        layout.addWidget(self._old_field)
        layout.addWidget(self._new_field)
        layout.addWidget(
            label(
                _(
                    "Write the new one down first. "
                    "A copy of your journal made before still opens with the old one."
                ),
                "muted",
            )
        )
        layout.addWidget(self._message)
        layout.addLayout(button_row(self._change, words))
        words.clicked.connect(self._on_words)
        self._old.changed.connect(self._old_field.take_error_back)
        self._new.changed.connect(self._new_field.take_error_back)
        self._change.clicked.connect(self._on_change)

    @Slot()
    def _on_words(self) -> None:
        self._new.set_text(generate_passphrase())
        self._new.reveal()
        self._new_field.set_error("")

    @Slot()
    def _on_change(self) -> None:
        self._message.clear()
        judgement = judge_passphrase(self._new.text)
        self._old_field.set_error("" if self._old.text else _("Type your passphrase of today."))
        self._new_field.set_error("" if judgement.ok else judgement.sentence)
        if not self._old.text or not judgement.ok:
            return
        old, new, kdf = self._old.take(), self._new.text, self._kdf
        self.setEnabled(False)  # what is being made the passphrase must stay as it is shown
        self._change.setText(_("Changing…"))
        self._session.tell(
            self._session,  # whoever leaves meanwhile must still hear how it ended
            lambda vault: _change(vault, old, new, kdf),
            done=self._on_changed,
            failed=self._on_failed,
        )

    def _on_changed(self, _changes: Changes) -> None:
        sentence = _("Your passphrase is changed. Use the new one from now on.")
        if not shiboken6.isValid(self):
            self._session.told.emit(sentence)
            return
        self._be_ready()
        self._new.take()
        self._message.say(sentence)
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BaseException) -> None:
        if not shiboken6.isValid(self):
            self._session.told.emit(_("Your passphrase was not changed. {why}").format(why=error))
        elif isinstance(error, WrongPassphrase):
            self._be_ready()
            self._old_field.set_error(_("This is not the passphrase of this journal."))
            self._old.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._be_ready()
            self._message.say_error(error)

    def _be_ready(self) -> None:
        self.setEnabled(True)
        self._change.setText(_("Change the passphrase"))


def _change(vault: Vault, old: str, new: str, kdf: KdfParams) -> Changes:
    vault.change_passphrase(old, new, kdf=kdf)
    return Changes()
