"""The run of one tool: where somebody is, what is answered, next and back. Pure, no clock."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from retention_desktop.models.enums import Setting
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    ChosenDate,
    FixedDays,
    FollowUp,
    NoFollowUp,
    Register,
    Repeating,
    Step,
    Tool,
)
from retention_desktop.toolkit.reading import is_empty

# Ids are kebab-case, so no step can have one of these as its key.
REVIEW_PAGE = "/review"
CHECK_PAGE = "/check"

_FOUR_WEEKS = timedelta(weeks=4)


class StepState(StrEnum):
    """How a step stands in the list of steps."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"


class Page(Struct, frozen=True):
    """What is shown at once: a prompt of a step, a step that asks nothing, or a closing page.

    `key` is "<step id>/<prompt id>", "<step id>", `REVIEW_PAGE` (when to look again) or
    `CHECK_PAGE` (read what was written, then finish). The check has no step, nor has the review
    where the tool has no step for it.
    """

    key: str
    step: Step | None = None
    prompt: Prompt | None = None


@dataclass(frozen=True)
class Run:
    """One use of a tool. `at` is the key of the page; one that is not there means the first."""

    tool: Tool
    answers: Mapping[str, Value] = field(repr=False)
    at: str = ""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages in order; the review page only where the tool has a follow-up.

        A question that is not asked has a page only if something is written there.
        """
        pages: list[Page] = []
        for step in self.tool.steps:
            pages += (
                Page(f"{step.id}/{prompt.id}", step, prompt)
                for prompt in step.prompts
                if self.asks(prompt) or self._has_answer(prompt)
            )
            if step.review:
                pages.append(Page(REVIEW_PAGE, step))
            elif not step.prompts:
                pages.append(Page(step.id, step))
        has_review_step = any(step.review for step in self.tool.steps)
        if not has_review_step and not isinstance(self.tool.follow_up, NoFollowUp):
            pages.append(Page(REVIEW_PAGE))
        return (*pages, Page(CHECK_PAGE))

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.pages[self._index]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that have a page, in order."""
        found = {page.step.id: page.step for page in self.pages if page.step is not None}
        return tuple(found.values())

    @property
    def position(self) -> tuple[int, int] | None:
        """The number of the step, from 1, and the count of steps; None on the closing pages."""
        step = self.page.step
        return (self.steps.index(step) + 1, len(self.steps)) if step else None

    @property
    def is_first(self) -> bool:
        """Whether there is no page before this one."""
        return self._index == 0

    @property
    def is_last(self) -> bool:
        """Whether there is no page after this one."""
        return self._index == len(self.pages) - 1

    @property
    def unanswered(self) -> tuple[Prompt, ...]:
        """The prompts that are asked and under which nothing is written, in order."""
        return tuple(
            prompt
            for prompt in self.tool.prompts
            if self.asks(prompt) and not self._has_answer(prompt)
        )

    def asks(self, prompt: Prompt) -> bool:
        """Whether the earlier answers lead to this question."""
        if prompt.only_if is None:
            return True
        decisive = self._prompts[prompt.only_if.prompt]
        chosen = self.answers.get(decisive.id, decisive.options[0])
        return chosen in prompt.only_if.answers and self.asks(decisive)

    def step_state(self, step: Step) -> StepState:
        """Done means an answer is there, or the step asks nothing and lies behind."""
        if self.page.step == step:
            return StepState.CURRENT
        if step.prompts:
            done = any(self._has_answer(prompt) for prompt in step.prompts)
        else:
            done = any(page.step == step for page in self.pages[: self._index])
        return StepState.DONE if done else StepState.OPEN

    def next(self) -> "Run":
        """The run, one page on; the last page stays."""
        return self.go_to(self.pages[min(self._index + 1, len(self.pages) - 1)].key)

    def back(self) -> "Run":
        """The run, one page back; the first page stays."""
        return self.go_to(self.pages[max(self._index - 1, 0)].key)

    def go_to(self, key: str) -> "Run":
        """The run at the page of this key."""
        return replace(self, at=key)

    def with_answer(self, prompt_id: str, value: Value | None) -> "Run":
        """The run with this answer, or without one if it is None."""
        others = {key: answer for key, answer in self.answers.items() if key != prompt_id}
        return replace(self, answers=others if value is None else others | {prompt_id: value})

    @cached_property
    def _prompts(self) -> Mapping[str, Prompt]:
        return {prompt.id: prompt for prompt in self.tool.prompts}

    @cached_property
    def _index(self) -> int:
        keys = [page.key for page in self.pages]
        return keys.index(self.at) if self.at in keys else 0

    def _has_answer(self, prompt: Prompt) -> bool:
        return prompt.id in self.answers and not is_empty(prompt, self.answers[prompt.id])


def follows_last_use(tool: Tool, person: str | None) -> bool:
    """Whether the last use, with the same person or nobody, was surely with the same people.

    Where a tool is for two alone and nobody is named, it may have been anybody.
    """
    settings = {tool.setting, *tool.also_suits}
    return person is not None or settings != {Setting.ONE_TO_ONE}


def settles_last_use(tool: Tool, person: str | None) -> bool:
    """Whether a new use is the next look that the last one proposed.

    In a register each use has a line of its own, with a next review that nothing else settles.
    """
    return (
        isinstance(tool.follow_up, Repeating)
        and follows_last_use(tool, person)
        and not any(isinstance(collection, Register) for collection in tool.collections)
    )


def review_date(
    follow_up: FollowUp, today: date, answers: Mapping[str, Value] | None = None
) -> date | None:
    """The date to suggest for looking again; None when nothing has to be looked at again."""
    match follow_up:
        case FixedDays(days):
            return today + timedelta(days=days)
        case Repeating(months):
            return _add_months(today, months)
        case ChosenDate():
            return today + _FOUR_WEEKS
        case AnsweredDate(prompt, _, days):
            answered = (answers or {}).get(prompt)
            if answered is None:
                return today + _FOUR_WEEKS
            return date.fromisoformat(str(answered)) + timedelta(days=days)
        case NoFollowUp():
            return None


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
