"""Settings: how the window looks, when it locks, when it reminds, and the passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.ui.reminders import can_remind
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import (
    IDLE_MINUTES,
    REMINDER_TIMES,
    TEXT_SIZES,
    SettingsFile,
)
from retention_desktop.ui.settings.passphrase import PassphraseChange
from retention_desktop.ui.settings.words import WordList
from retention_desktop.ui.share.looking import LEFT_ALONE, OWN_WORDS
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import KdfParams


class SettingsScreen(Page):
    """Changes a choice at once. `look_changed` asks the window to dress itself anew."""

    look_changed = Signal(str)  # the name of the choice that the keyboard is on

    def __init__(
        self, session: Session, settings: SettingsFile, vault_folder: Path, kdf: KdfParams
    ) -> None:
        super().__init__(_("Settings"), width=READING)
        self._settings = settings
        self._message = Message()
        self.column.addWidget(self._message)
        self.column.addWidget(label(_("How it looks"), "section"))
        schemes = [
            (_("As on this computer"), "system"),
            (_("Light"), "light"),
            (_("Dark"), "dark"),
        ]
        self._scheme = self._combo(_("Colours"), schemes, settings.current.scheme)
        self._text = self._combo(
            _("Text size"),
            [(_("{percent} %").format(percent=size), size) for size in TEXT_SIZES],
            settings.current.text_percent,
        )
        self.column.addSpacing(10)
        self.column.addWidget(label(_("Locking"), "section"))
        self._idle = self._combo(
            _("Lock after nobody has typed for"),
            [
                (_("1 minute") if m == 1 else _("{minutes} minutes").format(minutes=m), m)
                for m in IDLE_MINUTES
            ],
            settings.current.idle_minutes,
        )
        self.column.addWidget(
            label(_("What you are writing is saved first. Ctrl+L locks at once."), "muted")
        )
        self.column.addSpacing(10)
        self.column.addWidget(label(_("A reminder"), "section"))
        self._remind = self._combo(
            _("Once a day, while your journal is unlocked"),
            [(_("Never"), ""), *((_("At {time}").format(time=t), t) for t in REMINDER_TIMES)],
            settings.current.remind_at,
        )
        self._remind.setEnabled(can_remind())
        self.column.addWidget(label(_reminder_words(), "muted"))
        self.column.addSpacing(10)
        self.column.addWidget(label(_("Before something leaves"), "section"))
        self.column.addWidget(
            WordList(
                session,
                OWN_WORDS,
                title=_("Words that could identify somebody"),
                help_text=_("Names of colleagues, teams and places. The check finds them, too."),
            )
        )
        self.column.addWidget(
            WordList(
                session,
                LEFT_ALONE,
                title=_("Words that the check leaves alone"),
                help_text=_("What you said is never to be found. Take one out to find it again."),
            )
        )
        self.column.addSpacing(10)
        self.column.addWidget(label(_("Your passphrase"), "section"))
        self.column.addWidget(PassphraseChange(session, kdf))
        self.column.addSpacing(10)
        self.column.addWidget(label(_("Where your journal is"), "section"))
        self.column.addWidget(label(str(vault_folder), "body"))
        self.column.addWidget(
            label(
                _(
                    "This folder is your whole journal, encrypted. "
                    "Copy it to a stick while the journal is locked, and you have a backup."
                ),
                "muted",
            )
        )
        self.column.addStretch(1)
        self._scheme.currentIndexChanged.connect(self._on_look_chosen)
        self._text.currentIndexChanged.connect(self._on_look_chosen)
        self._idle.currentIndexChanged.connect(self._on_idle_chosen)
        self._remind.currentIndexChanged.connect(self._on_remind_chosen)

    def _combo(self, name: str, options: Sequence[tuple[str, object]], current: object) -> Combo:
        combo = Combo(name, options)
        combo.setCurrentIndex([data for _text, data in options].index(current))
        combo.setMaximumWidth(theme.px(340))
        self.column.addWidget(Field(name, combo))
        return combo

    def go_to(self, name: str) -> None:
        """Put the keyboard on a choice."""
        for combo in (self._scheme, self._text, self._idle, self._remind):
            if combo.accessibleName() == name:
                combo.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_look_chosen(self) -> None:
        self._keep(scheme=self._scheme.currentData(), text_percent=self._text.currentData())
        focused = self._text if self.sender() is self._text else self._scheme
        self.look_changed.emit(focused.accessibleName())

    @Slot()
    def _on_idle_chosen(self) -> None:
        self._keep(idle_minutes=self._idle.currentData())

    @Slot()
    def _on_remind_chosen(self) -> None:
        self._keep(remind_at=self._remind.currentData())

    def _keep(self, **choices: object) -> None:
        try:
            self._settings.change(**choices)
        except KnownError as error:
            self._message.say_error(error)


def _reminder_words() -> str:
    if not can_remind():
        return _("This desktop has no place for reminders, so none can be shown.")
    return _(
        "It says only that something is waiting, never what. "
        "Anyone near your screen can see it, so there is none until you choose a time."
    )
