"""One person: when one meets, what was done together, and what one holds about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.journal.people import everything_about, timeline
from retention_desktop.models.enums import RecordState, Setting
from retention_desktop.models.views import Changes, Event, Everything, Person, RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.people.holding import Erasing, Holding
from retention_desktop.ui.people.meeting import (
    MeetingsRow,
    agreed_words,
    met_words,
)
from retention_desktop.ui.people.timeline import Timeline
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, button_row, card, clear
from retention_desktop.ui.widgets.text import breakable, label
from retention_desktop.vault import Vault


class PersonView(Struct, frozen=True):
    """What the page of a person needs to know."""

    everything: Everything
    events: tuple[Event, ...]

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.everything.person


def look_at_person(vault: Vault, alias: str) -> PersonView:
    """Everything about a person, and in which order it happened; raises NotFound."""
    return PersonView(everything_about(vault, alias), timeline(vault, alias))


class PersonPage(Page):
    """Shows a person. `start_requested` carries the id of a tool and the alias."""

    back_requested = Signal()
    edit_requested = Signal(object)  # a Person
    record_requested = Signal(int)
    action_requested = Signal(int)
    start_requested = Signal(str, str)
    erased = Signal(str)  # a sentence that says so

    def __init__(self, session: Session, dialogs: FileDialogs, alias: str) -> None:
        super().__init__(alias, width=READING)
        self._session = session
        self._alias = alias
        self._person: Person | None = None
        self._is_erasing = False
        self._who = label("", "lead")
        self._who.hide()
        self.column.addWidget(self._who)
        self.message = Message()
        self.column.addWidget(self.message)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(14)
        self.column.addLayout(self._parts)
        self.column.addSpacing(6)
        self._holding = Holding(session, dialogs)
        self._holding.hide()
        self.column.addWidget(self._holding)
        self._erasing: Erasing | None = None
        self.column.addStretch(1)
        back = button(_("Back to people"), icon="arrow-left")
        back.clicked.connect(self.back_requested)
        self._edit = button(_("Change details"), icon="pencil")
        self._edit.setEnabled(False)
        self._edit.clicked.connect(self._on_edit)
        self.set_footer(back, self._edit)
        session.changed.connect(self._on_changed)
        self._look()

    def _look(self) -> None:
        alias = self._alias
        self._session.ask(
            self,
            lambda vault: look_at_person(vault, alias),
            done=self._show,
            failed=self.message.say_error,
        )

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self._alias in changes.people and not self._is_erasing:
            self._look()

    def _show(self, view: PersonView) -> None:
        self._person = person = view.person
        self._edit.setEnabled(True)
        self.heading.setText(breakable(person.alias))
        who = " · ".join(filter(None, (person.role, person.profession, person.working_pattern)))
        self._who.setText(breakable(who))
        self._who.setVisible(bool(who))
        clear(self._parts)
        self._parts.addWidget(_meeting(person, view.events, self._session.today))
        if tools := _tools_for_two(self._session.toolkit.tools, view.events):
            self._parts.addWidget(self._starting(tools))
        self._parts.addSpacing(6)
        self._parts.addWidget(label(_("What you did and agreed together"), "section"))
        events = Timeline(self._session, view.events)
        events.record_requested.connect(self.record_requested)
        events.action_requested.connect(self.action_requested)
        self._parts.addWidget(events)
        self._holding.show_held(view.everything)
        if self._erasing is not None:
            self._erasing.hide()
            self._erasing.deleteLater()
        self._erasing = Erasing(self._session, view.everything)
        self._erasing.begun.connect(self._on_erasing)
        self._erasing.failed.connect(self._on_not_erased)
        self._erasing.erased.connect(self.erased)
        self.column.insertWidget(self.column.count() - 1, self._erasing)

    def _starting(self, tools: Sequence[Tool]) -> QWidget:
        frame, inner = card()
        name = _("A tool to use together")
        self._tools = Combo(name, [(tool.title, tool.id) for tool in tools])
        inner.addWidget(Field(name, self._tools))
        start = button(_("Start"), "primary")
        start.setAccessibleName(_("Start with {alias}").format(alias=self._alias))
        start.clicked.connect(self._on_start)
        inner.addSpacing(4)
        inner.addLayout(button_row(start))
        return frame

    @Slot()
    def _on_start(self) -> None:
        self.start_requested.emit(self._tools.currentData(), self._alias)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_requested.emit(self._person)

    @Slot()
    def _on_erasing(self) -> None:
        self._is_erasing = True

    def _on_not_erased(self, error: BaseException) -> None:
        self._is_erasing = False
        self.scroller.verticalScrollBar().setValue(0)
        self.message.say_error(error)


def _meeting(person: Person, events: Sequence[Event], today: date) -> QWidget:
    """When one met, beside what was agreed about it."""
    frame, inner = card()
    agreed = agreed_words(person)
    inner.addWidget(label(_("When you meet"), "card-title"))
    sentences = [met_words(person, today)]
    if agreed:
        sentences.append(agreed[0].upper() + agreed[1:])
    else:
        sentences.append(_("Nothing is agreed about how often"))
    words = label(f"{'. '.join(sentences)}.", "body")
    inner.addWidget(words)
    met = {
        event.at.astimezone().date()
        for event in events
        if isinstance(event.what, RecordHead) and event.what.state is RecordState.FINISHED
    }
    if met:
        inner.addSpacing(2)
        inner.addWidget(MeetingsRow(person, sorted(met), today))
    return frame


def _tools_for_two(tools: Sequence[Tool], events: Sequence[Event]) -> list[Tool]:
    """The tools one can use with somebody; those used with this person come first."""
    used = [event.what.tool_id for event in events if isinstance(event.what, RecordHead)]
    places = {tool_id: place for place, tool_id in reversed(list(enumerate(used)))}
    fitting = [
        tool
        for tool in tools
        if Setting.ONE_TO_ONE in (tool.setting, *tool.also_suits) and not tool.themes_only
    ]
    return sorted(fitting, key=lambda tool: places.get(tool.id, len(used)))
