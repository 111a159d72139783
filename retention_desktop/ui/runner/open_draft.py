"""A draft while somebody writes in it, without the window and without the vault."""

from __future__ import annotations

from datetime import date

from retention_desktop.models.enums import Audience
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import Section, summarise
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import (
    CHECK_PAGE,
    REVIEW_PAGE,
    Page,
    Run,
    follows_last_use,
    review_date,
)
from retention_desktop.ui.runner.autosave import Draft
from retention_desktop.ui.runner.editors import Around
from retention_desktop.ui.runner.opening import Surroundings, fitting, written_in
from retention_desktop.ui.runner.together import TogetherRun, run_together


class OpenDraft:
    """Where the run is, who each answer is for, when to look again, and what it was last time."""

    def __init__(self, record: Record, tool: Tool, surroundings: Surroundings) -> None:
        written = written_in(record)
        answers = fitting(written, tool)
        self.tool = tool
        self.person = record.head.person
        self.last = surroundings.last if follows_last_use(tool, self.person) else None
        self.run = Run(tool, answers, record.head.page)
        self.review_on = record.head.review_on
        # Until a date is chosen, it is the one that the tool proposes.
        self._is_proposed = self.review_on is None and record.head.page not in (
            REVIEW_PAGE,
            CHECK_PAGE,
        )
        self._own_lists = dict(surroundings.own_lists)
        self._audiences = {answer.prompt.id: answer.audience for answer in record.answers}
        # More than the answers that can be seen: a date, an audience, or words that no longer fit.
        self._holds_more = (
            self.review_on is not None
            or answers.keys() != written.keys()
            or any(each.audience is not each.prompt.audience for each in record.answers)
        )

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing that anybody wrote or chose in it."""
        answered = (prompt for prompt in self.tool.prompts if prompt.id in self.run.answers)
        return not self._holds_more and all(map(self.is_carried, answered))

    # What is written

    def audience(self, prompt: Prompt) -> Audience:
        """Who the answer is for."""
        return self._audiences.get(prompt.id, prompt.audience)

    def write(self, page: Page, value: Value | None, audience: Audience) -> Draft:
        """Take what is written on a page; gives what is to be saved."""
        assert page.step is not None
        assert page.prompt is not None
        self._holds_more = self._holds_more or audience is not self.audience(page.prompt)
        self._audiences[page.prompt.id] = audience
        self.run = self.run.with_answer(page.prompt.id, value)
        return Draft(page.step, page.prompt, value, audience)

    def is_decisive(self, prompt: Prompt) -> bool:
        """Whether the answer decides which questions come later."""
        return any(each.only_if and each.only_if.prompt == prompt.id for each in self.tool.prompts)

    def around(self, today: date) -> Around:
        """What an editor may know of the rest: in Together, nothing that is private."""
        hidden = self.private if self.is_together else frozenset()
        shown = {key: value for key, value in self.run.answers.items() if key not in hidden}
        return Around(today, shown, self._own_lists)

    def add_own(self, name: str, item: str) -> None:
        """Somebody adds something to a list of their own."""
        self._own_lists[name] = (*self._own_lists.get(name, ()), item)

    def remove_own(self, name: str, item: str) -> None:
        """Somebody takes something out of a list of their own."""
        self._own_lists[name] = tuple(e for e in self._own_lists.get(name, ()) if e != item)

    # When to look again

    def propose_review(self, today: date) -> None:
        """Take the date that the tool proposes, unless another was chosen."""
        if self._is_proposed:
            self.review_on = review_date(self.tool.follow_up, today, self.run.answers)

    def choose_review(self, day: date | None) -> None:
        """Take the date that somebody chose, or none."""
        self._holds_more = True
        self._is_proposed = False
        self.review_on = day

    # The last time

    def is_carried(self, prompt: Prompt) -> bool:
        """Whether the answer is still as it came from the last time."""
        if not prompt.carries or self.last is None:
            return False
        before = written_in(self.last).get(prompt.id)
        return before is not None and self.run.answers.get(prompt.id) == before

    def recalled(self, prompt: Prompt) -> tuple[Section, ...]:
        """What the prompt asks to be reminded of, without what is private where others read."""
        if self.last is None:
            return ()
        parts = {
            answer.prompt.id
            for answer in self.last.answers
            if answer.prompt.id in prompt.recalls
            if not (self.is_together and answer.audience is Audience.PRIVATE)
        }
        return summarise(self.last, parts).sections

    # Together

    @property
    def is_together(self) -> bool:
        """Whether others read along."""
        return isinstance(self.run, TogetherRun)

    @property
    def private(self) -> frozenset[str]:
        """The questions whose answers are for the writer alone."""
        prompts = self.tool.prompts
        return frozenset(p.id for p in prompts if self.audience(p) is Audience.PRIVATE)

    @property
    def is_all_private(self) -> bool:
        """Whether there is no question that others may read."""
        return self.private >= {prompt.id for prompt in self.tool.prompts}

    def turn_together(self) -> None:
        """Let others read along, or no longer."""
        if self.is_together:
            self.run = Run(self.tool, self.run.answers, self.run.page.key)
        else:
            self.run = run_together(self.run, self.private)
