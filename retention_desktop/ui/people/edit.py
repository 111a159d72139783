"""What is known of a person, kept as soon as one leaves a field, and what is typed until then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from msgspec import Struct
from msgspec.structs import asdict
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from retention_desktop.errors import BadInput, KnownError
from retention_desktop.journal.people import LONGEST_BETWEEN, change_person
from retention_desktop.models.enums import Form
from retention_desktop.models.views import Changes, Person, Place
from retention_desktop.sharing.person import interval_words
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.editor.controls import Number
from retention_desktop.ui.people.screen import LONGEST_ALIAS
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import breakable, label
from retention_desktop.ui.wording import begun_words

_OFTEN = (7, 14, 21, 28, 42, 56, 91)  # days that can be chosen in words
_OWN = -1
_FIRST_OWN = 35
_LONGEST = 200  # characters of a line about a person
_TOO_MANY = 4  # digits of a number of days


class Details(Struct, frozen=True):
    """What the page says of a person."""

    new_alias: str
    role: str
    profession: str
    working_pattern: str
    meet_every: int | None


class EditPage(Page):
    """Changes what is known of a person; `begun` is what was typed here and not kept.

    `left` carries the alias that they have then.
    """

    left = Signal(str)

    def __init__(self, session: Session, person: Person, begun: dict[str, str]) -> None:
        super().__init__(_("Details of {alias}").format(alias=person.alias), width=READING)
        self._session = session
        self._alias = person.alias
        self._kept = Details(
            person.alias,
            person.role,
            person.profession,
            person.working_pattern,
            person.meet_every,
        )
        self._wanted = self._kept
        self._under_way = False
        self._leaves = False
        self._message = Message()
        self._begun = BegunForm(session, self._read, self)
        self._begun.failed.connect(self._message.say_error)
        self.column.addWidget(self._message)
        self._new_alias = self._line(person.alias, LONGEST_ALIAS)
        self._alias_field = Field(
            _("Alias"),
            self._new_alias,
            help_text=_("A short name that only you understand. Not their own name."),
        )
        self._new_alias.textEdited.connect(self._alias_field.take_error_back)
        self._role = self._line(person.role)
        self._profession = self._line(person.profession)
        self._pattern = self._line(person.working_pattern)
        options = [
            (_("Nothing is agreed"), None),
            *((_sentence(interval_words(days)), days) for days in _OFTEN),
            (_("Another number of days"), _OWN),
        ]
        name = _("How often you meet")
        self._often = Combo(name, options)
        self._often.setMaximumWidth(theme.px(340))
        days = person.meet_every
        is_own = days is not None and days not in _OFTEN
        self._often.choose(_OWN if is_own else days)
        self._days = Number(days if days is not None and is_own else _FIRST_OWN, 1, LONGEST_BETWEEN)
        self._days_field = Field(_("Days from one meeting to the next"), self._days)
        for field in (
            self._alias_field,
            Field(_("Role"), self._role, help_text=_("For example, practitioner or student.")),
            Field(
                _("Profession"),
                self._profession,
                help_text=_("For example, social worker or nurse."),
            ),
            Field(
                _("Working pattern"),
                self._pattern,
                help_text=_("For example, Tuesday to Thursday, mornings."),
            ),
            Field(
                name,
                self._often,
                help_text=_("What you agreed. It is only a reminder for you."),
            ),
            self._days_field,
        ):
            self.column.addWidget(field)
        self._lines = {
            "alias": self._new_alias,
            "role": self._role,
            "profession": self._profession,
            "working_pattern": self._pattern,
        }
        if begun:
            self._show(begun)
        self._days_field.setVisible(self._often.currentData() == _OWN)
        self.column.addStretch(1)
        back = button(_("Back to this person"), icon="arrow-left")
        back.clicked.connect(self._on_back)
        self._saved = label(_("Kept as you go on"), "small", wrap=False)
        self.set_footer(back, self._saved)
        for edit in self._lines.values():
            edit.textEdited.connect(self._begun.note)
            edit.editingFinished.connect(self._keep)
        self._often.currentIndexChanged.connect(self._on_often_chosen)
        self._days.valueChanged.connect(self._begun.note)
        self._days.editingFinished.connect(self._keep)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what is typed so far; `then` hears whether it is in the vault."""
        self._begun.flush(then)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._begun.save()

    def _line(self, text: str, longest: int = _LONGEST) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setMaxLength(max(longest, len(text)))
        return edit

    @property
    def _written(self) -> Details:
        often = self._often.currentData()
        return Details(
            _one_line(self._new_alias),
            _one_line(self._role),
            _one_line(self._profession),
            _one_line(self._pattern),
            self._days.value() if often == _OWN else often,
        )

    def _read(self) -> tuple[Place, dict[str, str]]:
        place = Place(Form.DETAILS, person=self._alias)
        if self._written == self._kept:
            return place, {}
        lines = {name: only_text(edit.text()) for name, edit in self._lines.items()}
        return place, lines | {"meet_every": str(self._written.meet_every or "")}

    def _show(self, begun: dict[str, str]) -> None:
        for name, edit in self._lines.items():
            edit.setText(begun.get(name, edit.text()))
        often = begun.get("meet_every", "")
        days = int(often) if often.isdecimal() and len(often) < _TOO_MANY else 0
        self._often.choose(_OWN if days and days not in _OFTEN else days or None)
        self._days.setValue(days or self._days.value())
        if self._written != self._kept:
            self._message.say(begun_words())

    @Slot()
    def _on_often_chosen(self) -> None:
        self._days_field.setVisible(self._often.currentData() == _OWN)
        self._keep()

    @Slot()
    def _keep(self) -> None:
        """Keep what is written now. One change at a time: an alias leads to the next."""
        self._wanted = self._written
        self._go_on()

    def _go_on(self) -> None:
        if self._under_way:
            return
        if self._wanted == self._kept:
            if self._leaves:
                self.left.emit(self._alias)
            return
        self._under_way = True
        self._session.tell(
            self._session,  # what was written is kept, also where one has left the page
            partial(change_person, alias=self._alias, **asdict(self._wanted)),
            done=partial(self._on_kept, self._wanted),
            failed=self._on_failed,
        )

    def _on_kept(self, details: Details, _changes: Changes) -> None:
        self._under_way = False
        self._kept = details
        self._alias = details.new_alias
        if shiboken6.isValid(self):
            self._message.clear()
            self.heading.setText(breakable(_("Details of {alias}").format(alias=self._alias)))
            time = f"{self._session.now().astimezone():%H:%M}"
            self._saved.setText(_("Saved {time}").format(time=time))
            self._begun.note()  # what is left to keep, under the alias that they have now
            self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        self._under_way = False
        self._leaves = False
        self._wanted = self._kept
        if not shiboken6.isValid(self):
            if not isinstance(error, KnownError):
                raise error
            self._session.told.emit(str(error))
        elif isinstance(error, BadInput) and self._written.new_alias != self._kept.new_alias:
            self._alias_field.set_error(str(error))
            self._new_alias.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._message.say_error(error)

    @Slot()
    def _on_back(self) -> None:
        self._leaves = True
        self._keep()


def _one_line(edit: QLineEdit) -> str:
    return " ".join(only_text(edit.text()).split())


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
