"""The unlock screen: one field, one button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.fields import Field, PassphraseField
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page, card
from retention_desktop.ui.widgets.text import icon_label, label

# After this many wrong tries each further one waits, 1 s doubling up to 30 s. That slows down
# somebody at this keyboard; a copied file is protected by the cost of the key derivation.
_FREE_TRIES = 5
_LONGEST_WAIT_S = 30


class UnlockScreen(Page):
    """Asks for the passphrase. The window does the opening and answers with `show_failure`."""

    unlock_requested = Signal(str)
    other_vault_requested = Signal()

    def __init__(self, vault_name: str) -> None:
        super().__init__(_("Welcome back"), width=480)
        self._failures = 0
        self._field = PassphraseField()
        self._passphrase = Field(_("Passphrase"), self._field)
        self._unlock = button(_("Unlock"), "primary")
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        self._busy_delay = QTimer(self, singleShot=True, interval=300)
        self._busy_delay.timeout.connect(self._busy.show)
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._on_wait_over)
        self._message = Message()
        forgotten = button(_("I have forgotten it"), "quiet")
        self._other = button(_("Another journal"), "quiet")

        frame, layout = card()
        layout.setContentsMargins(36, 34, 36, 30)
        layout.setSpacing(12)
        layout.addWidget(icon_label("notebook-pen", "accent", 28))
        self.column.removeWidget(self.heading)
        layout.addWidget(self.heading)
        self._lead = label(_("Your journal is locked. Only your passphrase opens it."), "muted")
        layout.addWidget(self._lead)
        layout.addWidget(self._message)
        layout.addSpacing(4)
        layout.addWidget(self._passphrase)
        layout.addWidget(self._unlock)
        layout.addWidget(self._busy)
        links = QHBoxLayout()
        links.addWidget(forgotten)
        links.addStretch(1)
        links.addWidget(self._other)
        layout.addLayout(links)
        self.column.addStretch(2)
        self.column.addWidget(frame)
        name = label(vault_name, "small")
        promise = label(_("Nothing you write here ever uses the internet."), "small")
        for line in (name, promise):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(line)
        self.column.addStretch(3)

        self._field.changed.connect(self._on_typed)
        self._field.submitted.connect(self._on_unlock)
        self._unlock.clicked.connect(self._on_unlock)
        forgotten.clicked.connect(self._on_forgotten)
        self._other.clicked.connect(self.other_vault_requested)

    def arrive(self) -> None:
        """Ready to type."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def stay_with_this(self, passphrase: str) -> None:
        """Offer no other journal, and say what opens this one: no secret, in a demonstration."""
        self._other.hide()
        self._lead.setText(
            _("This demonstration is locked. Its passphrase is “{passphrase}”.").format(
                passphrase=passphrase
            )
        )

    def welcome_first_time(self) -> None:
        """The journal has just been made: the first unlock shows that the passphrase is in hand."""
        self.heading.setText(_("Your journal is made"))
        self._lead.setText(_("Open it now with your passphrase, to be sure that you have it."))

    def show_missing(self, folder: Path) -> None:
        """The journal is not where it was."""
        self._message.say(
            _(
                "There is no journal at {place}. If it is on a stick or another disk, "
                "connect that first. Or choose another journal."
            ).format(place=folder),
            tone="warn",
        )

    def show_failure(self, sentence: str, *, wrong_passphrase: bool) -> None:
        """Say why the journal did not open, and let the person try again."""
        self._set_busy(False)
        if wrong_passphrase:
            self._failures += 1
            self._message.clear()
            self._passphrase.set_error(sentence)
            if (over := self._failures - _FREE_TRIES) >= 0:
                seconds = min(2**over, _LONGEST_WAIT_S)
                self._unlock.setEnabled(False)
                self._unlock.setText(
                    _("Wait 1 second")
                    if seconds == 1
                    else _("Wait {seconds} seconds").format(seconds=seconds)
                )
                self._wait.start(seconds * 1000)
        else:
            self._passphrase.set_error("")
            self._message.say(sentence, tone="warn")
        self._field.setFocus()

    @Slot()
    def _on_unlock(self) -> None:
        if not self._unlock.isEnabled():
            return
        if not self._field.text:
            self._passphrase.set_error(_("Type your passphrase."))
            return
        self._set_busy(True)
        self.unlock_requested.emit(self._field.take())

    @Slot()
    def _on_typed(self) -> None:
        if self._field.text:
            self._passphrase.take_error_back()

    @Slot()
    def _on_wait_over(self) -> None:
        self._set_busy(False)
        self._field.setFocus()

    @Slot()
    def _on_forgotten(self) -> None:
        self._message.say(
            _(
                "Look where you keep important papers: we asked you to write it down. "
                "Without the passphrase nobody can open this journal, and nor can we. "
                "Capital letters and spaces count."
            )
        )

    def _set_busy(self, busy: bool) -> None:
        self._unlock.setEnabled(not busy)
        self._field.setEnabled(not busy)
        self._other.setEnabled(not busy)  # or two journals would be opened at once
        self._unlock.setText(_("Opening…") if busy else _("Unlock"))
        if busy:
            self._busy_delay.start()
        else:
            self._busy_delay.stop()
            self._busy.hide()
