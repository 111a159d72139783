"""Before a tool is edited: change its words, make a new one from it, or begin with nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.editor.opening import (
    Opened,
    Places,
    begin_copy,
    begin_new,
    open_tool,
    unfinished,
)
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import label


class BeginPage(Page):
    """Asks how to begin. `opened` carries what there is to edit."""

    opened = Signal(object)
    back_requested = Signal()

    def __init__(self, session: Session, places: Places, tool: Tool | None) -> None:
        title = _("Make it yours: {title}").format(title=tool.title) if tool else ""
        super().__init__(title or _("Make a new tool"), width=READING)
        self._session = session
        self._places = places
        self._tool_id = tool.id if tool else ""
        self.message = Message()
        self.column.addWidget(self.message)
        from_it = (
            (
                _("Change the words of this tool"),
                _("Your version takes its place. What you wrote with it before stays as it was."),
                self._on_change,
            ),
            (
                _("Make a new tool from it"),
                _("You get a copy with a name of its own. The first one stays."),
                self._on_copy,
            ),
        )
        from_nothing = (
            _("Start from nothing"),
            _("You get an empty tool with one step and one question."),
            self._on_new,
        )
        for name, text, slot in (*(from_it if tool else ()), from_nothing):
            choice = ContentButton("card-button", name)
            choice.setAccessibleDescription(text)
            words = QVBoxLayout()
            words.setContentsMargins(22, 16, 22, 18)
            words.setSpacing(4)
            words.addWidget(label(name, "card-title"))
            words.addWidget(label(text, "muted"))
            choice.set_content(words)
            choice.clicked.connect(slot)
            self.column.addWidget(choice)
        self._unfinished = QVBoxLayout()
        self._unfinished.setSpacing(4)
        self.column.addLayout(self._unfinished)
        self.column.addStretch(1)
        back = button(_("Back to your tools"), icon="arrow-left")
        back.clicked.connect(self.back_requested)
        self.set_footer(back)
        session.work(
            self,
            partial(unfinished, places, session.toolkit),
            done=self._on_unfinished,
            failed=self._on_failed,
        )

    def _on_unfinished(self, tools: tuple[Tool, ...]) -> None:
        if tools:
            self._unfinished.addSpacing(10)
            self._unfinished.addWidget(label(_("Begun and not used yet"), "section"))
        for tool in tools:
            title = tool.title or _("A tool without a title")
            name = _("Go on with “{title}”").format(title=title)
            row = ContentButton("row-button", name)
            row.setProperty("tool", tool.id)
            words = QVBoxLayout()
            words.setContentsMargins(8, 9, 8, 9)
            words.addWidget(label(name, "row"))
            row.set_content(words)
            row.clicked.connect(self._on_go_on)
            self._unfinished.addWidget(row)

    @Slot()
    def _on_change(self) -> None:
        self._open(partial(open_tool, self._places, self._session.toolkit, self._tool_id))

    @Slot()
    def _on_copy(self) -> None:
        self._open(partial(begin_copy, self._places, self._session.toolkit, self._tool_id))

    @Slot()
    def _on_new(self) -> None:
        self._open(partial(begin_new, self._places, self._session.toolkit))

    @Slot()
    def _on_go_on(self) -> None:
        tool_id = self.sender().property("tool")
        self._open(partial(open_tool, self._places, self._session.toolkit, tool_id))

    def _open(self, work: Callable[[], Opened]) -> None:
        self.setEnabled(False)  # pressed twice, it would open twice
        self._session.work(self, work, done=self._on_opened, failed=self._on_failed)

    def _on_opened(self, opened: Opened) -> None:
        self.opened.emit(opened)

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self.message.say_error(error)
