"""People: everybody a record is about or with, under their alias."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.journal.begun import read_begun
from retention_desktop.journal.people import add_person, list_people
from retention_desktop.models.enums import Form
from retention_desktop.models.views import Changes, Person, Place
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.people.meeting import agreed_words, is_longer_than_agreed, met_words
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import LIST, Page, button_row, card, clear
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import begun_words

LONGEST_ALIAS = 60
_MOST_SHOWN = 50  # cards: more would make the page slow
_FIND_FROM = 9  # people
_PLACE = Place(Form.NEW_PERSON)


class PeopleScreen(Page):
    """Lists everybody, and makes somebody known. Signals carry an alias."""

    person_requested = Signal(str)
    added = Signal(str)
    toolkit_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(_("People"), width=LIST)
        self._session = session
        self._people: tuple[Person, ...] = ()
        self.column.addWidget(
            label(
                _(
                    "Everybody you have met or written about, by alias. No names: whoever sees "
                    "your screen should not learn who it is."
                ),
                "lead",
            )
        )
        self.message = Message()
        self.column.addWidget(self.message)
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Find somebody"))
        self._find.setAccessibleName(_("Find somebody"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._show)
        self._find.hide()
        self.column.addWidget(self._find)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.column.addSpacing(6)
        self.column.addWidget(self._adding())
        self.column.addStretch(1)
        self._begun = BegunForm(session, self._read, self)
        self._begun.failed.connect(self.message.say_error)
        self._alias.textEdited.connect(self._begun.note)
        session.changed.connect(self._on_changed)
        self._look()
        self._session.ask(
            self,
            partial(read_begun, place=_PLACE),
            done=self._on_begun,
            failed=self.message.say_error,
        )

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep an alias that is begun; `then` hears whether it is in the vault."""
        self._begun.flush(then)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._begun.save()

    def _read(self) -> tuple[Place, dict[str, str]]:
        alias = only_text(self._alias.text())
        return _PLACE, {"person": alias} if alias.strip() else {}

    def _on_begun(self, words: dict[str, str]) -> None:
        if words and not self._alias.text():
            self._alias.setText(words.get("person", ""))
            self._again.show()

    def _adding(self) -> QWidget:
        frame, inner = card()
        self._alias = QLineEdit()
        self._alias.setMaxLength(LONGEST_ALIAS)
        self._alias.returnPressed.connect(self._on_add)
        self._field = Field(
            _("Add somebody"),
            self._alias,
            help_text=_("A short name that only you understand, such as Kestrel or Person A."),
        )
        self._alias.textEdited.connect(self._field.take_error_back)
        inner.addWidget(self._field)
        self._again = label(begun_words(), "muted")
        inner.addWidget(self._again)
        self._again.hide()
        add = button(_("Add"), icon="plus")
        add.setAccessibleName(_("Add this person"))
        add.clicked.connect(self._on_add)
        inner.addLayout(button_row(add))
        return frame

    def _look(self) -> None:
        self._session.ask(self, list_people, done=self._on_people, failed=self.message.say_error)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.people:
            self._look()

    def _on_people(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self._find.setVisible(len(people) >= _FIND_FROM)
        self._show()

    @Slot()
    def _show(self) -> None:
        clear(self._list)
        words = self._find.text().casefold().split()
        fitting = [
            each
            for each in self._people
            if all(word in f"{each.alias} {each.role}".casefold() for word in words)
        ]
        for person in fitting[:_MOST_SHOWN]:
            self._list.addWidget(self._row(person))
        if not self._people:
            self._list.addWidget(self._nobody())
        elif not fitting:
            self._list.addWidget(label(_("Nobody fits. Try fewer letters."), "muted"))
        if len(fitting) > _MOST_SHOWN:
            sentence = _("{count} more. Type a part of the alias to find somebody.")
            more = len(fitting) - _MOST_SHOWN
            self._list.addWidget(label(sentence.format(count=more), "muted"))

    def _row(self, person: Person) -> QWidget:
        today = self._session.today
        is_late = is_longer_than_agreed(person, today)
        who = " · ".join(filter(None, (person.role, person.profession)))
        met = " · ".join(filter(None, (met_words(person, today), agreed_words(person))))
        row = ContentButton("card-button", ". ".join(filter(None, (person.alias, who, met))))
        row.setProperty("alias", person.alias)
        row.clicked.connect(self._on_row)
        line = QHBoxLayout()
        line.setContentsMargins(18, 14, 18, 14)
        line.setSpacing(14)
        line.addWidget(icon_label("user-round", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(person.alias, "card-title"))
        if who:
            words.addWidget(label(who, "muted"))
        words.addWidget(label(met, "small-strong" if is_late else "small"))
        line.addLayout(words, 1)
        row.set_content(line)
        return row

    def _nobody(self) -> QWidget:
        frame, inner = card()
        inner.addWidget(label(_("Nobody is here yet"), "card-title"))
        inner.addWidget(
            label(
                _(
                    "When you use a tool with somebody, you find them here, with your "
                    "conversations and what you agreed."
                ),
                "muted",
            )
        )
        look = button(_("Look at the tools"), "primary")
        look.clicked.connect(self.toolkit_requested)
        inner.addSpacing(4)
        inner.addLayout(button_row(look))
        return frame

    @Slot()
    def _on_row(self) -> None:
        self.person_requested.emit(self.sender().property("alias"))

    @Slot()
    def _on_add(self) -> None:
        alias = " ".join(only_text(self._alias.text()).split())
        if not alias:
            self._field.set_error(_("Write an alias first."))
            self._alias.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if any(each.alias.casefold() == alias.casefold() for each in self._people):
            self._field.set_error(_("Somebody has this alias already. Choose another."))
            self._alias.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._begun.settle()
        self._session.tell(
            self,
            partial(add_person, alias=alias, now=self._session.now()),
            done=self._on_added,
            failed=self._on_not_added,
        )

    def _on_not_added(self, error: BaseException) -> None:
        self._begun.note()
        self.message.say_error(error)

    def _on_added(self, changes: Changes) -> None:
        self.added.emit(changes.people[0])
