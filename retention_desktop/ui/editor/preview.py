"""The preview: what people will see of the part that is being changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.definition import NoFollowUp, Step, Tool
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.faults import prompt_faults
from retention_desktop.toolkit.parts import Part
from retention_desktop.toolkit.run import Run, review_date
from retention_desktop.ui.editor.wording import part_name
from retention_desktop.ui.runner.editors import Around
from retention_desktop.ui.runner.pages import PromptBody, ReviewBody, script_card
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
        part = _page_part(editing.tool, editing.at[:2])
        is_whole = not any(
            fault.field.partition(",")[0] not in _WORDS
            for fault in prompt_faults(editing.problems, part)
        )
        seen = (editing.tool.steps[part[0]], editing.tool.follow_up) if part else editing.tool
        if (part, seen, is_whole) == self._shown:
            return
        self._shown = (part, seen, is_whole)
        before, self._page = self._page, self._page_of(editing.tool, part, is_whole=is_whole)
        scrolled = 0
        if before is not None:
            scrolled = before.scroller.verticalScrollBar().value()
            before.hide()
            before.deleteLater()
        self._layout.addWidget(self._page, 1)
        self._page.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._page.scroller.setAccessibleName(_("What people will see"))
        self._page.scroller.verticalScrollBar().setValue(scrolled)

    def _page_of(self, tool: Tool, part: Part, *, is_whole: bool) -> Page:
        if not part:
            return _at_rest(ToolPage(tool))
        page = Page("", width=READING)
        page.column.setContentsMargins(0, 14, 0, 12)
        page.column.setSpacing(12)
        step = tool.steps[part[0]]
        page.column.insertWidget(0, label(part_name(tool, part[:1]), "small-strong"))
        is_first = part[-1] == 0 or len(part) == 1
        if is_first and step.script:
            page.column.insertWidget(1, script_card(step.script))
        if len(part) == 2:
            prompt = step.prompts[part[1]]
            around = Around(self._today, _all_chosen(tool)) if is_whole else None
            _add_prompt(page, prompt, around, lead=step.text if is_first else "")
        elif step.review:
            self._add_review(page, tool, step)
        else:
            page.heading.setText(step.title)
            page.column.addWidget(label(step.text, "reading"))
        page.column.addStretch(1)
        return page

    def _add_review(self, page: Page, tool: Tool, step: Step) -> None:
        page.heading.setText(_("When will you look again?"))
        page.column.addWidget(label(step.text, "lead"))
        if not isinstance(tool.follow_up, NoFollowUp):
            page.column.addWidget(label(tool.follow_up.text, "muted"))
        proposed = review_date(tool.follow_up, self._today)
        page.column.addWidget(ReviewBody(Run(tool, {}), proposed, self._today))


def _page_part(tool: Tool, part: Part) -> Part:
    """The part whose page people see: a step begins with its first question."""
    return (*part, 0) if len(part) == 1 and tool.steps[part[0]].prompts else part


def _add_prompt(page: Page, prompt: Prompt, around: Around | None, *, lead: str) -> None:
    page.heading.setText(prompt.label)
    if lead:
        page.column.addWidget(label(lead, "lead"))
    if prompt.help:
        page.column.addWidget(label(prompt.help, "muted"))
    body: QWidget
    if around is not None:
        body = PromptBody(prompt, None, prompt.audience, None, around, may_change_audience=True)
    else:
        body = label(_("The answer appears here once nothing is left to mend."), "muted")
    page.column.addWidget(body)


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
