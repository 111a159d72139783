"""The preview: what people will see of the part that is being changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.toolkit.editing import Editing, prompt_faults
from retention_desktop.toolkit.parts import Part, piece_at
from retention_desktop.ui.runner.editors import Around
from retention_desktop.ui.runner.pages import PromptBody, script_card
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import label

_WORDS = {"label", "help", "title", "ask_first"}


class Preview(QFrame):
    """Shows a part as it will look. Whatever is tried out in it is kept nowhere."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("preview")
        self._today = today
        self._page: Page | None = None
        self._shown: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 10, 1, 10)
        self._layout.setSpacing(0)
        name = label(_("What people will see"), "small-strong")
        name.setContentsMargins(18, 0, 18, 0)
        self._layout.addWidget(name)

    def show_part(self, editing: Editing) -> None:
        """Show a part of the tool, unless it is there already."""
        part = editing.at[:2]
        step = piece_at(editing.tool, part[:1]) if part else None
        is_whole = not any(
            fault.field.partition(",")[0] not in _WORDS
            for fault in prompt_faults(editing.problems, part)
        )
        shown = (part, step if part else editing.tool, is_whole)
        if shown == self._shown:
            return
        self._shown = shown
        before, self._page = self._page, self._page_of(editing, part, is_whole)
        scrolled = 0
        if before is not None:
            scrolled = before.scroller.verticalScrollBar().value()
            before.hide()
            before.deleteLater()
        self._layout.addWidget(self._page, 1)
        self._page.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._page.scroller.setAccessibleName(_("What people will see"))
        self._page.scroller.verticalScrollBar().setValue(scrolled)

    def _page_of(self, editing: Editing, part: Part, is_whole: bool) -> Page:
        if not part:
            return _at_rest(ToolPage(editing.tool))
        page = Page("", width=READING)
        page.column.setContentsMargins(0, 14, 0, 12)
        page.column.setSpacing(12)
        step = editing.tool.steps[part[0]]
        prompt = piece_at(editing.tool, part)
        is_first = len(part) == 1 or part[1] == 0
        if is_first and any(step.script):
            page.column.insertWidget(0, script_card(step.script))
        if isinstance(prompt, Prompt):
            around = Around(self._today, _all_chosen(editing.tool)) if is_whole else None
            self._add_prompt(page, step, prompt, around, is_first=is_first)
        else:
            page.heading.setText(step.title)
            page.column.addWidget(label(step.text, "reading"))
            page.column.addStretch(1)
        return page

    def _add_prompt(
        self, page: Page, step: Step, prompt: Prompt, around: Around | None, *, is_first: bool
    ) -> None:
        page.heading.setText(prompt.label)
        if is_first:
            page.column.addWidget(label(step.text, "lead"))
        if prompt.help:
            page.column.addWidget(label(prompt.help, "muted"))
        body: QWidget
        if around is not None:
            body = PromptBody(prompt, None, prompt.audience, None, around, may_change_audience=True)
        else:
            body = label(_("The answer appears here once nothing is left to mend."), "muted")
        page.column.addWidget(body)
        page.column.addStretch(1)


def _all_chosen(tool: Tool) -> dict[str, Value]:
    """Answers in which every choice was made, so that what follows from choices can be seen."""
    return {
        prompt.id: list(prompt.options)
        for prompt in tool.prompts
        if prompt.kind is PromptKind.SEVERAL_CHOICES
    }


def _at_rest(page: Page) -> Page:
    """The page with nothing to press: it is only looked at."""
    for control in (*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)):
        control.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        control.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return page
