"""All that happened with somebody, the newest first: conversations, actions, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from textwrap import shorten

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.models.enums import RecordState, ReviewOutcome
from retention_desktop.models.views import ActionHead, Event, RecordHead, Review
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.agreed.actions_model import STATE_ICONS
from retention_desktop.ui.agreed.wording import standing
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import icon_label, label

_PAGE = 20  # rows that appear at once
_LONGEST = 160  # characters of a row's text


class Timeline(QWidget):
    """Events under their months. Each opens the record or the action that it is about."""

    record_requested = Signal(int)
    action_requested = Signal(int)

    def __init__(self, session: Session, events: Sequence[Event]) -> None:
        super().__init__()
        self._today = session.today
        self._agreements = {tool.id for tool in session.toolkit.every if tool.agreement}
        self._events = events
        self._titles = _titles(events)
        self._shown = 0
        self._month = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout.addLayout(self._rows)
        if not events:
            nothing = _("Nothing yet. What you do together will be listed here.")
            self._rows.addWidget(label(nothing, "muted"))
        self._more = button(_("Show earlier ones"), "quiet", icon="chevron-down")
        self._more.clicked.connect(self._on_more)
        layout.addLayout(button_row(self._more))
        self._add_page()

    @Slot()
    def _on_more(self) -> None:
        self._add_page().setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_page(self) -> QWidget:
        """Add the next rows; gives the first of them, if there is one."""
        first: QWidget = self
        for event in self._events[self._shown : self._shown + _PAGE]:
            _number, month = long_date(_day(event.at)).split(" ", 1)
            if month != self._month:
                self._month = month
                heading = label(month, "small-strong")
                heading.setContentsMargins(8, 10, 0, 0)
                self._rows.addWidget(heading)
            row = self._row(event)
            self._rows.addWidget(row)
            first = row if first is self else first
        self._shown += _PAGE
        self._more.setVisible(self._shown < len(self._events))
        return first

    def _row(self, event: Event) -> QWidget:
        icon, title, text = self._told(event)
        when = long_date(_day(event.at)).rsplit(" ", 1)[0]
        row = ContentButton("row-button", ". ".join(filter(None, (title, when, text))))
        record_id, action_id = _key(event.what)
        row.setProperty("record", record_id)
        row.setProperty("action", action_id)
        row.clicked.connect(self._on_row)
        line = QHBoxLayout()
        line.setContentsMargins(8, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(icon_label(icon, "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "row"))
        words.addWidget(label(" · ".join(filter(None, (when, text))), "small"))
        line.addLayout(words, 1)
        row.set_content(line)
        return row

    def _told(self, event: Event) -> tuple[str, str, str]:
        """The picture, the title and the words of an event."""
        match event.what:
            case RecordHead(state=RecordState.DRAFT) as head:
                return "file-pen", head.title, _("Draft")
            case RecordHead() as head:
                icon = "handshake" if head.tool_id in self._agreements else "book-open"
                agreed = _("Read together and agreed") if event.agreed else ""
                return icon, head.title, " · ".join(filter(None, (agreed, head.preview)))
            case ActionHead() as action:
                text = " · ".join(
                    filter(None, (_("Agreed"), action.owner, standing(action, self._today)))
                )
                return STATE_ICONS[action.state], _short(action.text), text
            case Review() as review:
                title = _("Looked again: {about}").format(about=self._titles[_key(review)])
                written = (review.changed, review.for_whom)
                words = (_outcome_name(review.outcome), *map(_short, written))
                return "refresh-cw", title, " · ".join(filter(None, words))

    @Slot()
    def _on_row(self) -> None:
        row = self.sender()
        if (record_id := row.property("record")) is not None:
            self.record_requested.emit(record_id)
        else:
            self.action_requested.emit(row.property("action"))


def _key(what: RecordHead | ActionHead | Review) -> tuple[int | None, int | None]:
    """The record or the action that something is about: one of the two."""
    match what:
        case RecordHead(id=record_id):
            return record_id, None
        case ActionHead(id=action_id):
            return None, action_id
        case Review(record_id=record_id, action_id=action_id):
            return record_id, action_id


def _titles(events: Sequence[Event]) -> dict[tuple[int | None, int | None], str]:
    """What each record is called, and what each action says."""
    found = {}
    for event in events:
        match event.what:
            case RecordHead(title=title):
                found[_key(event.what)] = title
            case ActionHead(text=text):
                found[_key(event.what)] = _short(text)
    return found


def _short(text: str) -> str:
    """The text on one line, cut where it is long: the whole stands where the row leads."""
    return shorten(text, _LONGEST, placeholder="…") or text[:_LONGEST]


def _day(moment: datetime) -> date:
    """The day of a moment where this computer is."""
    return moment.astimezone().date()


def _outcome_name(outcome: ReviewOutcome) -> str:
    return {
        ReviewOutcome.KEEP: _("Keep"),
        ReviewOutcome.ADJUST: _("Adjust"),
        ReviewOutcome.STOP: _("Stop"),
    }[outcome]
