"""Today: what has come back, drafts, whom to meet, and what fits the minutes one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from textwrap import shorten

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from retention_desktop.journal.actions import snooze_action
from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.people import longer_than_agreed
from retention_desktop.journal.records import count_records, list_drafts, tools_used
from retention_desktop.journal.reviews import due, snooze_record
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import Changes, Due, Person, RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import Run
from retention_desktop.toolkit.wording import long_date, quoted
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.today.calendar_file import CalendarFile
from retention_desktop.ui.today.due_row import DueRow, due_title
from retention_desktop.ui.today.few_minutes import FewMinutes
from retention_desktop.ui.today.meetings import MeetingRow, tools_for_two
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import LIST, Page, button_row, card, clear
from retention_desktop.ui.widgets.text import icon_label, label, with_icon
from retention_desktop.ui.wording import record_title, short_day, weekday_name, when_words
from retention_desktop.vault import Vault

_DRAFTS = 4
_DUE = 5
_MORE_DUE = 20
_PEOPLE = 4
_FIRST_WORDS = 90  # characters


class TodayView(Struct, frozen=True):
    """What Today needs to know."""

    due: tuple[Due, ...]  # those that wait longest
    is_more_due: bool
    drafts: tuple[RecordHead, ...]  # the newest of them
    waiting: int  # how many drafts there are
    not_met: tuple[Person, ...]  # for longer than agreed
    last_used: Mapping[str, datetime]
    has_dates: bool


def look_at_today(vault: Vault, today: date, most_due: int) -> TodayView:
    """What has come back, drafts, whom to meet, and when each tool was last used."""
    waiting = due(vault, today, limit=most_due + 1)
    return TodayView(
        due=waiting[:most_due],
        is_more_due=len(waiting) > most_due,
        drafts=list_drafts(vault, limit=_DRAFTS),
        waiting=count_records(vault, Filter(state=RecordState.DRAFT)),
        not_met=longer_than_agreed(vault, today),
        last_used=tools_used(vault),
        has_dates=bool(due(vault, date.max, limit=1)),
    )


class TodayScreen(Page):
    """What is waiting, and what to start with."""

    review_requested = Signal(object)  # a Due
    continue_requested = Signal(int)
    tool_requested = Signal(str)
    start_requested = Signal(str)  # at once, without looking at the tool first
    person_requested = Signal(str)  # an alias
    meeting_requested = Signal(str, str)  # a tool, and with whom
    toolkit_requested = Signal()
    journal_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session, settings: SettingsFile, dialogs: FileDialogs) -> None:
        super().__init__(_greeting(session.now().astimezone().hour), width=LIST)
        self._session = session
        self._most_due = _DUE
        self._due_rows: list[DueRow] = []
        self._put_off: Due | None = None
        self._lead = label("", "lead")
        self._message = Message()
        self._bring_back = button(_("Bring it back"), "quiet", icon="undo-2")
        self._bring_back.clicked.connect(self._on_bring_back)
        self._bring_back.hide()
        self.column.addWidget(self._lead)
        self.column.addWidget(self._message)
        self.column.addLayout(button_row(self._bring_back))
        self._quick = [self._quick_button(tool) for tool in quick_tools(session.toolkit.tools)]
        if self._quick:
            self._quick[0].setToolTip(_("Begin at once: Ctrl+N"))
            self.column.addLayout(button_row(*self._quick))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(14)
        self.column.addLayout(self._sections)
        self._few_minutes = FewMinutes(session.toolkit, settings)
        self._few_minutes.tool_requested.connect(self.tool_requested)
        self._few_minutes.failed.connect(self._on_failed)
        self._few_minutes.hide()
        self.column.addWidget(self._few_minutes)
        self._calendar = CalendarFile(session, dialogs)
        self._calendar.hide()
        self.column.addWidget(self._calendar)
        self.column.addStretch(1)
        session.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        today, most_due = self._session.today, self._most_due
        self._session.ask(
            self,
            lambda vault: look_at_today(vault, today, most_due),
            done=self._show,
            failed=self._on_failed,
        )

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.records or changes.actions or changes.people:
            self.refresh()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._message.say_error(error)

    def _show(self, view: TodayView) -> None:
        now = self._session.now().astimezone()
        at = self._due_with_focus()
        self.heading.setText(_greeting(now.hour))
        self._lead.setText(_lead(now, view))
        clear(self._sections)
        self._show_due(view, now.date())
        self._show_drafts(view)
        self._show_not_met(view, now.date())
        waiting = {each.title for each in view.due if each.action_id is None}
        self._few_minutes.suggest(view.last_used, waiting)
        self._few_minutes.show()
        self._calendar.setVisible(view.has_dates)
        if at is not None:
            self._focus_due(at)
        self.shown.emit()

    def _show_due(self, view: TodayView, today: date) -> None:
        self._due_rows = [DueRow(each, today) for each in view.due]
        if view.due:
            self._sections.addWidget(label(_("To look at again"), "section"))
        for row in self._due_rows:
            row.review_requested.connect(self.review_requested)
            row.later_requested.connect(self._on_later)
            self._sections.addWidget(row)
        if view.is_more_due:
            more = button(_("Show more"), "quiet")
            more.clicked.connect(self._on_more_due)
            self._sections.addLayout(button_row(more))

    def _show_drafts(self, view: TodayView) -> None:
        if view.drafts and view.due:
            self._sections.addSpacing(6)
            self._sections.addWidget(label(_("Drafts"), "section"))
        if view.drafts:
            self._sections.addWidget(self._first_draft(view.drafts[0]))
        for head in view.drafts[1:]:
            self._sections.addWidget(self._other_draft(head))
        if view.waiting > len(view.drafts):
            more = button(_("All drafts are in the journal"), "quiet")
            more.clicked.connect(self.journal_requested)
            self._sections.addLayout(button_row(more))
        if not (view.drafts or view.due or view.last_used):
            self._sections.addWidget(self._beginning())

    def _show_not_met(self, view: TodayView, today: date) -> None:
        if not view.not_met:
            return
        self._sections.addSpacing(6)
        self._sections.addWidget(label(_("Longer ago than you agreed"), "section"))
        tools = tools_for_two(self._session.toolkit.tools, view.last_used)
        for person in view.not_met[:_PEOPLE]:
            row = MeetingRow(person, tools, today)
            row.person_requested.connect(self.person_requested)
            row.start_requested.connect(self.meeting_requested)
            self._sections.addWidget(row)
        if others := view.not_met[_PEOPLE:]:
            names = ", ".join(person.alias for person in others)
            self._sections.addWidget(label(_("Also {names}").format(names=names), "muted"))

    def _due_with_focus(self) -> int | None:
        """Which of what is due the keyboard is on, if it is on one."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        rows = enumerate(self._due_rows)
        return next((at for at, row in rows if row.isAncestorOf(focused)), None)

    def _focus_due(self, at: int) -> None:
        """The keyboard goes on to what has moved up to this place."""
        stop: QWidget = self.heading if self._bring_back.isHidden() else self._bring_back
        for row in self._due_rows[: at + 1][-1:]:
            row.show()  # Qt would show it a moment later only, and a hidden one takes no keys
            stop = row
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object)
    def _on_later(self, waiting: Due, until: date) -> None:
        self._put_off = waiting
        self._message.say(
            _("Put off until {day}: {title}.").format(
                day=f"{weekday_name(until)} {short_day(until, self._session.today)}",
                title=quoted(due_title(waiting)),
            )
        )
        self._bring_back.show()
        self._snooze(waiting, until)

    @Slot()
    def _on_bring_back(self) -> None:
        waiting, self._put_off = self._put_off, None
        self._bring_back.hide()
        self._message.clear()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        if waiting is not None:
            self._snooze(waiting, waiting.on)

    def _snooze(self, waiting: Due, until: date) -> None:
        self._session.tell(
            self,
            lambda vault: snooze(vault, waiting, until),
            done=self._on_snoozed,
            failed=self._on_snooze_failed,
        )

    def _on_snoozed(self, _changes: Changes) -> None:
        pass

    def _on_snooze_failed(self, error: BaseException) -> None:
        self._bring_back.hide()
        self._on_failed(error)

    @Slot()
    def _on_more_due(self) -> None:
        self._most_due += _MORE_DUE
        self.refresh()

    def _first_draft(self, head: RecordHead) -> QWidget:
        frame, layout = card()
        title = label(_("Pick up where you left off"), "small-strong")
        title.setProperty("accent", "true")
        line = QHBoxLayout()
        line.addWidget(with_icon("file-pen", "accent", title), 1)
        saved = _("Saved {when}").format(when=when_words(head.updated, self._session.now()))
        line.addWidget(label(saved, "small", wrap=False))
        layout.addLayout(line)
        layout.addWidget(label(record_title(head), "big-card-title"))
        for said in filter(None, (_first_words(head), self._place(head))):
            layout.addWidget(label(said, "muted"))
        go_on = button(_("Continue"), "primary")
        go_on.setAccessibleName(_draft_name(head))
        go_on.setProperty("record", head.id)
        go_on.clicked.connect(self._on_continue)
        layout.addSpacing(4)
        layout.addLayout(button_row(go_on))
        return frame

    def _other_draft(self, head: RecordHead) -> QWidget:
        when = when_words(head.updated, self._session.now())
        row = ContentButton("card-button", f"{_draft_name(head)}. {when}")
        row.setProperty("record", head.id)
        row.clicked.connect(self._on_continue)
        line = QHBoxLayout()
        line.setContentsMargins(18, 14, 18, 14)
        line.setSpacing(14)
        line.addWidget(icon_label(DRIVER_ICONS[head.driver], head.driver.value))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(record_title(head), "card-title"))
        for said in filter(None, (_first_words(head), self._place(head))):
            words.addWidget(label(said, "small"))
        line.addLayout(words, 1)
        line.addWidget(label(when, "small", wrap=False))
        row.set_content(line)
        return row

    def _beginning(self) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(_("Your journal is empty"), "card-title"))
        layout.addWidget(
            label(
                _("What you start will wait for you here. Every tool leads you step by step."),
                "muted",
            )
        )
        look = button(_("Look at the tools"), "primary")
        look.clicked.connect(self.toolkit_requested)
        layout.addSpacing(4)
        layout.addLayout(button_row(look))
        return frame

    def _quick_button(self, tool: Tool) -> QPushButton:
        made = button(tool.title, "quiet", icon="pencil")
        made.setProperty("tool", tool.id)
        made.clicked.connect(self._on_quick)
        return made

    def _place(self, head: RecordHead) -> str:
        """Where the draft stands in its tool, if the tool is still there."""
        tool = next((t for t in self._session.toolkit.every if t.id == head.tool_id), None)
        if tool is None:
            return ""
        labels = {f"{s.id}/{p.id}": p.label for s in tool.steps for p in s.prompts}
        if head.page in labels and any(prompt.only_if for prompt in tool.prompts):
            return labels[head.page]  # how many steps there are, only the answers could say
        run = Run(tool, {}, head.page)
        if run.position is None or run.page.step is None:
            return _("Almost done: check what you wrote")
        number, count = run.position
        return _("Step {number} of {count}: {page}").format(
            number=number, count=count, page=labels.get(run.page.key, run.page.step.title)
        )

    @Slot()
    def _on_continue(self) -> None:
        self.continue_requested.emit(self.sender().property("record"))

    @Slot()
    def _on_quick(self) -> None:
        self.start_requested.emit(self.sender().property("tool"))


def quick_tools(tools: Iterable[Tool]) -> list[Tool]:
    """The tools that can be begun with one click."""
    return [tool for tool in tools if tool.quick]


def _first_words(head: RecordHead) -> str:
    """What tells one draft of a tool from another."""
    return shorten(head.preview, _FIRST_WORDS, placeholder="…") or head.preview[:_FIRST_WORDS]


def _draft_name(head: RecordHead) -> str:
    """What a screen reader hears of the button that goes on with a draft."""
    words = (_("Continue: {title}").format(title=record_title(head)), _first_words(head))
    return ". ".join(filter(None, words))


def _greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")


def snooze(vault: Vault, waiting: Due, until: date) -> Changes:
    """Let what is due come back on another day."""
    if waiting.action_id is not None:
        return snooze_action(vault, waiting.action_id, until)
    assert waiting.record_id is not None
    return snooze_record(vault, waiting.record_id, until)


def _lead(now: datetime, view: TodayView) -> str:
    day = f"{weekday_name(now.date())} {long_date(now.date())}"
    sentences = [_("{day}.").format(day=day)]
    if view.due:
        one = len(view.due) == 1
        sentences.append(
            _("One thing has come back to look at.")
            if one
            else _("Some things have come back to look at.")
        )
    if view.waiting:
        sentences.append(_drafts_waiting(view.waiting))
    if len(sentences) == 1:
        sentences.append(_("Nothing is waiting for you."))
        if view.last_used and not view.not_met:
            sentences.append(_("Nothing has to be done here today."))
    return " ".join(sentences)


def _drafts_waiting(drafts: int) -> str:
    if drafts == 1:
        return _("One draft is waiting for you.")
    few = {2: _("Two"), 3: _("Three"), 4: _("Four"), 5: _("Five")}
    return _("{count} drafts are waiting for you.").format(count=few.get(drafts, f"{drafts:,}"))
