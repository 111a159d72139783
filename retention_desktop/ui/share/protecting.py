"""A password for the file, shown once, to be passed on another way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from retention_desktop.ui.share.part import TickRow
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.vault.passphrases import generate_passphrase

_WORDS = 4  # a file can be guessed at for years: 51 bits, and short enough to be said on the phone
_SHORTEST = 12  # characters


class Protecting(TickRow):
    """Locks the file with a password, made up or one's own."""

    def __init__(self) -> None:
        super().__init__(
            _("Lock the file with a password"),
            glimpse=_("Whoever gets the file needs the password to open it."),
        )
        self._line = QLineEdit()
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._line.textEdited.connect(self._on_edited)
        self._field = Field(
            _("The password"),
            self._line,
            help_text=_(
                "Write it down or say it on the phone. Never send it with the file. "
                "It is not kept in your journal."
            ),
        )
        inside = QVBoxLayout()
        inside.setContentsMargins(Choice.indent(), 8, 0, 0)
        inside.addWidget(self._field)
        self._inside = QWidget()
        self._inside.setLayout(inside)
        self._inside.hide()
        self.words.addWidget(self._inside)
        self.tick.toggled.connect(self._on_toggled)

    @property
    def password(self) -> str:
        """What opens the file; "" where nothing locks it."""
        return self._line.text() if self.tick.isChecked() else ""

    @property
    def problem(self) -> str:
        """Why the password cannot be used, or nothing."""
        if self.tick.isChecked() and len(self._line.text()) < _SHORTEST:
            return _("Use {count} characters or more.").format(count=_SHORTEST)
        return ""

    def complain(self) -> None:
        """Say what is wrong, and go there."""
        self._field.set_error(self.problem)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._inside.setVisible(on)
        if on and not self._line.text():
            self._line.setText(generate_passphrase(_WORDS))

    @Slot()
    def _on_edited(self) -> None:
        self._field.take_error_back()
