"""Today: pick up a draft, or start something that fits the minutes one has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.records import count_records, list_drafts, tools_used
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import Changes, RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import Run
from retention_desktop.toolkit.suggestions import suggest_tools
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS, driver_label
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import LIST, Page, button_row, card, clear
from retention_desktop.ui.widgets.text import icon_label, label, with_icon
from retention_desktop.ui.wording import record_title, setting_words, when_words
from retention_desktop.vault import Vault

_DRAFTS = 4
_SHORT_MINUTES = 15
_ABREAST_FROM = 640  # the width, at 100 % text


class TodayView(Struct, frozen=True):
    """What Today needs to know."""

    drafts: tuple[RecordHead, ...]  # the newest of them
    waiting: int  # how many drafts there are
    last_used: Mapping[str, datetime]


def look_at_today(vault: Vault) -> TodayView:
    """Drafts, the newest first, and when each tool was last used."""
    return TodayView(
        drafts=list_drafts(vault, limit=_DRAFTS),
        waiting=count_records(vault, Filter(state=RecordState.DRAFT)),
        last_used=tools_used(vault),
    )


class TodayScreen(Page):
    """What is waiting, and what to start with."""

    continue_requested = Signal(int)
    tool_requested = Signal(str)
    start_requested = Signal(str)  # at once, without looking at the tool first
    toolkit_requested = Signal()
    journal_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(_greeting(session.now().astimezone().hour), width=LIST)
        self._session = session
        self._row: QBoxLayout | None = None
        self._lead = label("", "lead")
        self._message = Message()
        self.column.addWidget(self._lead)
        self.column.addWidget(self._message)
        self._quick = [self._quick_button(tool) for tool in quick_tools(session.toolkit.tools)]
        if self._quick:
            self._quick[0].setToolTip(_("Begin at once: Ctrl+N"))
            self.column.addLayout(button_row(*self._quick))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(14)
        self.column.addLayout(self._sections)
        self.column.addStretch(1)
        session.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        self._session.ask(self, look_at_today, done=self._show, failed=self._on_failed)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.records:
            self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._message.say_error(error)

    def _show(self, view: TodayView) -> None:
        now = self._session.now().astimezone()
        self.heading.setText(_greeting(now.hour))
        self._lead.setText(_lead(now, view.waiting))
        self._row = None
        clear(self._sections)
        if view.drafts:
            self._sections.addWidget(self._first_draft(view.drafts[0]))
        for head in view.drafts[1:]:
            self._sections.addWidget(self._other_draft(head))
        if view.waiting > len(view.drafts):
            more = button(_("All drafts are in the journal"), "quiet")
            more.clicked.connect(self.journal_requested)
            self._sections.addLayout(button_row(more))
        if not view.drafts and not view.last_used:
            self._sections.addWidget(self._beginning())
        self._sections.addSpacing(6)
        self._sections.addWidget(label(_("If you have a few minutes"), "section"))
        tools = suggest_tools(self._session.toolkit.tools, view.last_used, minutes=_SHORT_MINUTES)
        self._suggestions = [self._suggestion(tool) for tool in tools]
        self._row = QBoxLayout(self._direction())
        self._row.setSpacing(14)
        for each in self._suggestions:
            self._row.addWidget(each, 1)
        self._sections.addLayout(self._row)
        self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._row is not None:
            self._row.setDirection(self._direction())

    def _direction(self) -> QBoxLayout.Direction:
        """The suggestions side by side, where there is room."""
        wide = self.room >= theme.px(_ABREAST_FROM)
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom

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
        if place := self._place(head):
            layout.addWidget(label(place, "muted"))
        go_on = button(_("Continue"), "primary")
        go_on.setAccessibleName(_("Continue: {title}").format(title=record_title(head)))
        go_on.setProperty("record", head.id)
        go_on.clicked.connect(self._on_continue)
        layout.addSpacing(4)
        layout.addLayout(button_row(go_on))
        return frame

    def _other_draft(self, head: RecordHead) -> QWidget:
        name = _("Continue: {title}").format(title=record_title(head))
        row = ContentButton("card-button", name)
        row.setProperty("record", head.id)
        row.clicked.connect(self._on_continue)
        line = QHBoxLayout()
        line.setContentsMargins(18, 14, 18, 14)
        line.setSpacing(14)
        line.addWidget(icon_label(DRIVER_ICONS[head.driver], head.driver.value))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(record_title(head), "card-title"))
        place = self._place(head) or head.preview
        if place:
            words.addWidget(label(place, "small"))
        line.addLayout(words, 1)
        when = when_words(head.updated, self._session.now())
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

    def _suggestion(self, tool: Tool) -> QWidget:
        minutes = _("{minutes} min, {setting}").format(
            minutes=tool.minutes, setting=setting_words(tool)
        )
        made = ContentButton("card-button", f"{tool.title}. {minutes}")
        made.setProperty("tool", tool.id)
        made.clicked.connect(self._on_tool)
        layout = QVBoxLayout()
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(driver_label(tool.driver))
        layout.addWidget(label(tool.title, "card-title"))
        layout.addWidget(label(minutes, "small"))
        layout.addStretch(1)
        made.set_content(layout)
        return made

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
    def _on_tool(self) -> None:
        self.tool_requested.emit(self.sender().property("tool"))

    @Slot()
    def _on_quick(self) -> None:
        self.start_requested.emit(self.sender().property("tool"))


def quick_tools(tools: Iterable[Tool]) -> list[Tool]:
    """The tools that can be begun with one click."""
    return [tool for tool in tools if tool.quick]


def _greeting(hour: int) -> str:
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")


def _lead(now: datetime, drafts: int) -> str:
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    day = f"{weekdays[now.weekday()]} {long_date(now.date())}"
    if not drafts:
        return _("{day}. Nothing is waiting for you.").format(day=day)
    if drafts == 1:
        return _("{day}. One draft is waiting for you.").format(day=day)
    few = {2: _("Two"), 3: _("Three"), 4: _("Four"), 5: _("Five")}
    count = few.get(drafts, f"{drafts:,}")
    return _("{day}. {count} drafts are waiting for you.").format(day=day, count=count)
