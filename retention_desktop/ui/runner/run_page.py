"""One page of a run: a question or a step, the date to look again, the check, and the end."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import NoFollowUp, Step, Tool
from retention_desktop.toolkit.run import REVIEW_PAGE
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.runner.frame import WIDTH
from retention_desktop.ui.runner.open_draft import OpenDraft
from retention_desktop.ui.runner.pages import (
    CheckBody,
    LastTime,
    PromptBody,
    ReviewBody,
    script_card,
)
from retention_desktop.ui.runner.steps import begins_step
from retention_desktop.ui.runner.together import Agreement
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.page import Page
from retention_desktop.ui.widgets.text import announce, label


class RunPage(Page):
    """A page, and what one can write and choose on it.

    `last_time` is not on it yet: it stands beside the page, or below, as there is room.
    """

    page_chosen = Signal(str)  # the key of another page

    def __init__(self, title: str = "") -> None:
        super().__init__(title, width=WIDTH)
        self.body: PromptBody | None = None
        self.review: ReviewBody | None = None
        self.last_time: LastTime | None = None
        self.agreement: Agreement | None = None
        self._begin: QWidget = self.heading
        self._aloud: tuple[str, ...] = ()

    def arrive(self) -> None:
        """Put the keyboard where one begins; a screen reader hears what is to be read aloud."""
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._aloud:
            announce(self, _("Read aloud: {words}").format(words=" ".join(self._aloud)))

    @property
    def wrong_date(self) -> DateField | None:
        """The first field in which there is something, but no date."""
        dates = self.findChildren(DateField)
        return next((each for each in dates if each.isVisible() and each.is_wrong), None)

    @property
    def problem(self) -> str:
        """What keeps the answer from being one, in a sentence; "" when nothing does."""
        asked = self.body or self.review
        return asked.problem if asked is not None else ""

    def ask_to_agree(self, draft: OpenDraft) -> Agreement:
        """Ask everybody, below what was written, whether they agree."""
        self.agreement = Agreement(draft.tool, draft.person)
        self.column.addWidget(self.agreement)
        bar = self.scroller.verticalScrollBar()
        bar.rangeChanged.connect(self._bring_agreement_into_sight)  # once it has its place
        return self.agreement

    @Slot()
    def _bring_agreement_into_sight(self) -> None:
        assert self.agreement is not None
        self.scroller.ensureWidgetVisible(self.agreement, 0, 20)

    # How it is drawn

    @classmethod
    def of(cls, draft: OpenDraft, today: date, *, last_is_open: bool) -> RunPage:
        """The page at which the run is; `last_is_open` is how the last time is shown."""
        page = draft.run.page
        drawn = cls()
        drawn.column.setContentsMargins(0, 14, 0, 12)
        drawn.column.setSpacing(12)
        if page.step is not None and page.step.script and begins_step(draft.run):
            drawn._aloud = page.step.script
            drawn.column.insertWidget(0, script_card(page.step.script))
        if page.key == REVIEW_PAGE:
            drawn._show_review(draft, today, page.step)
        elif page.prompt is not None:
            drawn._show_prompt(draft, today, page.prompt, last_is_open)
        elif page.step is not None:
            drawn._show_step(page.step)
        else:
            drawn._show_check(draft)
        if draft.is_together:
            # Where several read along, the page comes first: one key turns it, and none writes.
            drawn._begin = drawn.heading
        return drawn

    def _show_step(self, step: Step) -> None:
        self.heading.setText(step.title)
        self.column.addWidget(label(step.text, "reading"))
        self.column.addStretch(1)

    def _show_prompt(
        self, draft: OpenDraft, today: date, prompt: Prompt, last_is_open: bool
    ) -> None:
        step = draft.run.page.step
        assert step is not None
        self.heading.setText(prompt.label)
        if begins_step(draft.run):
            self.column.addWidget(label(step.text, "lead"))
        if prompt.help:
            self.column.addWidget(label(prompt.help, "muted"))
        if draft.is_carried(prompt):
            self.column.addWidget(label(_("From last time. Change what has changed."), "muted"))
        self.body = PromptBody(
            prompt,
            draft.run.answers.get(prompt.id),
            draft.audience(prompt),
            draft.person,
            draft.around(today),
            may_change_audience=not draft.is_together,
        )
        self._begin = self.body
        if recalled := draft.recalled(prompt):
            assert draft.last is not None
            when = draft.last.head.finished or draft.last.head.updated
            words = _("Last time, on {date}").format(date=long_date(when.astimezone().date()))
            self.last_time = LastTime(words, recalled, is_open=last_is_open)
        self.column.addWidget(self.body, 0 if self.last_time else 1)

    def _show_review(self, draft: OpenDraft, today: date, step: Step | None) -> None:
        follow_up = draft.tool.follow_up
        self.heading.setText(_("When will you look again?"))
        if step is not None and not step.prompts:
            self.column.addWidget(label(step.text, "lead"))
        if not isinstance(follow_up, NoFollowUp):
            self.column.addWidget(label(follow_up.text, "muted"))
        draft.propose_review(today)
        self.review = ReviewBody(draft.run, draft.review_on, today)
        self._begin = self.review
        self.column.addWidget(self.review, 1)

    def _show_check(self, draft: OpenDraft) -> None:
        self.heading.setText(
            _("Read together what was written") if draft.is_together else _("Check what you wrote")
        )
        check = CheckBody(draft.run, draft.review_on)
        check.change.connect(self.page_chosen)
        self.column.addWidget(check, 1)


def end_page(tool: Tool, *, agreed: bool) -> RunPage:
    """The record is for its writer to open, so what everybody sees is only that it is kept."""
    page = RunPage(_("Finished, and kept in the journal"))
    if agreed:
        page.column.addWidget(label(_("It says that you agreed it."), "reading"))
    page.column.addWidget(label(tool.closing, "reading"))
    page.column.addStretch(1)
    return page
