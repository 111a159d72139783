"""A run leads through every page in order, forwards and back, and never loses an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from retention_desktop.models.enums import PromptKind, Setting
from retention_desktop.models.prompts import OnlyIf, Prompt
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    ChosenDate,
    FixedDays,
    FollowUp,
    NoFollowUp,
    Repeating,
    Step,
    Tool,
)
from retention_desktop.toolkit.run import (
    CHECK_PAGE,
    REVIEW_PAGE,
    Run,
    StepState,
    follows_last_use,
    review_date,
)

from ..tools import a_tool

KEYS = ("begin", "ask/what", "ask/why", "pause", "agree/action", REVIEW_PAGE, CHECK_PAGE)


def make_tool(follow_up: FollowUp) -> Tool:
    return a_tool(
        id="small",
        title="Small",
        steps=(
            Step("begin", "Begin", "Sit down."),
            Step("ask", "Ask", "Ask.", (Prompt("what", "What?"), Prompt("why", "Why?"))),
            Step("pause", "Pause", "Wait."),
            Step("agree", "Agree", "Agree.", (Prompt("action", "Do?", PromptKind.ACTION),)),
        ),
        follow_up=follow_up,
    )


TOOL = make_tool(ChosenDate("Choose a date."))


def test_pages_follow_the_steps_and_close_with_a_date_and_a_check() -> None:
    run = Run(TOOL, {})
    assert tuple(page.key for page in run.pages) == KEYS
    assert [page.prompt.id if page.prompt else "" for page in run.pages] == [
        *("", "what", "why", "", "action", "", "")
    ]
    assert run.pages[1].step == TOOL.steps[1]
    assert run.pages[-1].step is None


def test_without_a_follow_up_no_date_is_asked() -> None:
    keys = [page.key for page in Run(make_tool(NoFollowUp()), {}).pages]
    assert keys == [key for key in KEYS if key != REVIEW_PAGE]


def test_a_step_for_the_date_takes_the_place_of_the_closing_page() -> None:
    steps = [structs.replace(step, review=step.id in ("pause",)) for step in TOOL.steps]
    run = Run(structs.replace(TOOL, steps=tuple(steps)), {})
    keys = [page.key for page in run.pages]
    assert keys == ["begin", "ask/what", "ask/why", REVIEW_PAGE, "agree/action", CHECK_PAGE]
    assert run.go_to(REVIEW_PAGE).position == (3, 4)


def test_in_a_step_that_asks_the_date_comes_after_its_prompts() -> None:
    steps = (*TOOL.steps[:-1], structs.replace(TOOL.steps[-1], review=True))
    run = Run(structs.replace(TOOL, steps=steps), {}, "agree/action")
    assert run.next().page.key == REVIEW_PAGE
    assert run.next().position == (4, 4)
    assert run.next().next().page.key == CHECK_PAGE


def test_next_and_back_walk_every_page_and_stop_at_the_ends() -> None:
    run = Run(TOOL, {})
    assert run.is_first
    assert run.back().page.key == "begin"
    seen = [run.page.key]
    while not run.is_last:
        run = run.next()
        seen.append(run.page.key)
    assert tuple(seen) == KEYS
    assert run.next().page.key == CHECK_PAGE
    while not run.is_first:
        run = run.back()
        seen.append(run.page.key)
    assert seen[len(KEYS) :] == list(reversed(KEYS[:-1]))


def test_the_position_counts_steps_and_not_pages() -> None:
    run = Run(TOOL, {})
    positions = [run.go_to(key).position for key in KEYS]
    assert positions == [(1, 4), (2, 4), (2, 4), (3, 4), (4, 4), None, None]


@pytest.mark.parametrize("at", ["", "gone", "ask", "ask/gone", "review"])
def test_a_page_that_is_no_more_means_the_beginning(at: str) -> None:
    run = Run(TOOL, {"what": "x"}, at)
    assert run.is_first
    assert run.next().page.key == "ask/what"


def test_answers_come_and_go_and_the_old_run_stays() -> None:
    empty = Run(TOOL, {}, "ask/why")
    written = empty.with_answer("why", "Because").with_answer("what", " \n")
    assert written.page.key == "ask/why"
    assert dict(written.answers) == {"why": "Because", "what": " \n"}
    assert [prompt.id for prompt in written.unanswered] == ["what", "action"]
    assert [prompt.id for prompt in written.with_answer("why", None).unanswered] == [
        *("what", "why", "action")
    ]
    assert empty.answers == {}


def test_a_run_never_shows_what_was_written() -> None:
    assert "Because" not in repr(Run(TOOL, {"why": "Because"}))


def test_states_of_the_steps() -> None:
    def states(run: Run) -> list[str]:
        return [run.step_state(step) for step in TOOL.steps]

    current, done, still_open = StepState.CURRENT, StepState.DONE, StepState.OPEN
    run = Run(TOOL, {"why": "Because", "action": []})
    assert states(run) == [current, done, still_open, still_open]
    assert states(run.go_to("ask/what")) == [done, current, still_open, still_open]
    assert states(run.go_to("agree/action")) == [done, done, done, current]
    assert states(run.go_to(CHECK_PAGE)) == [done, done, done, still_open]


@given(st.lists(st.sampled_from(["next", "back", *KEYS, "nowhere"])))
def test_any_way_through_stays_on_a_page_and_keeps_the_answers(moves: list[str]) -> None:
    run = Run(TOOL, {"why": "Because"})
    index = 0
    for move in moves:
        if move == "next":
            run, index = run.next(), min(index + 1, len(KEYS) - 1)
        elif move == "back":
            run, index = run.back(), max(index - 1, 0)
        else:
            run, index = run.go_to(move), KEYS.index(move) if move in KEYS else 0
        assert run.page.key == KEYS[index]
        assert run.is_first == (index == 0)
        assert run.is_last == (index == len(KEYS) - 1)
    assert run.answers == {"why": "Because"}


@pytest.mark.parametrize(
    ("follow_up", "today", "expected"),
    [
        (NoFollowUp(), date(2026, 11, 22), None),
        (FixedDays(14, "t"), date(2026, 12, 25), date(2027, 1, 8)),
        (ChosenDate("t"), date(2026, 11, 22), date(2026, 12, 20)),
        (Repeating(1, "t"), date(2027, 1, 31), date(2027, 2, 28)),
        (Repeating(1, "t"), date(2028, 1, 31), date(2028, 2, 29)),
        (Repeating(1, "t"), date(2026, 12, 31), date(2027, 1, 31)),
        (Repeating(6, "t"), date(2026, 8, 31), date(2027, 2, 28)),
        (Repeating(12, "t"), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_date_to_look_again(follow_up: FollowUp, today: date, expected: date | None) -> None:
    assert review_date(follow_up, today) == expected


def test_the_date_to_look_again_may_follow_an_answer() -> None:
    follow_up, today = AnsweredDate("noticed-on", "t", days=7), date(2026, 11, 22)
    assert review_date(follow_up, today, {"noticed-on": "2026-11-20"}) == date(2026, 11, 27)
    assert review_date(follow_up, today, {}) == date(2026, 12, 20)


def branching_tool() -> Tool:
    shapes = Prompt("shape", "Which?", PromptKind.SINGLE_CHOICE, options=("Five", "Three"))
    steps = (
        Step("choose", "Choose", "Choose.", (shapes,)),
        Step("five", "Five", "Five.", (Prompt("one", "One?", only_if=OnlyIf("shape", ("Five",))),)),
        Step("three", "Three", "T.", (Prompt("two", "Two?", only_if=OnlyIf("shape", ("Three",))),)),
    )
    return structs.replace(make_tool(NoFollowUp()), steps=steps)


def test_an_answer_decides_what_is_asked_and_the_first_option_counts_until_then() -> None:
    run = Run(branching_tool(), {})
    assert [page.key for page in run.pages] == ["choose/shape", "five/one", CHECK_PAGE]
    assert [prompt.id for prompt in run.unanswered] == ["shape", "one"]
    run = run.with_answer("shape", "Three").next()
    assert run.page.key == "three/two"
    assert run.position == (2, 2)
    assert [step.id for step in run.steps] == ["choose", "three"]


def test_what_was_written_keeps_its_page_when_it_is_no_longer_asked() -> None:
    run = Run(branching_tool(), {"shape": "Three", "one": "Words"})
    assert [page.key for page in run.pages] == [
        *("choose/shape", "five/one", "three/two", CHECK_PAGE)
    ]
    assert [prompt.id for prompt in run.unanswered] == ["two"]


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(1, 12))
def test_repeating_keeps_the_day_or_takes_the_last_of_the_month(today: date, months: int) -> None:
    again = review_date(Repeating(months, "t"), today)
    assert again is not None
    assert (again.year - today.year) * 12 + again.month - today.month == months
    assert again.day == today.day or (
        again.day < today.day and (again + timedelta(days=1)).day == 1
    )


def test_in_a_talk_of_two_the_last_use_without_a_name_may_be_of_anybody() -> None:
    for_two = structs.replace(TOOL, setting=Setting.ONE_TO_ONE)
    assert not follows_last_use(for_two, None)
    assert follows_last_use(for_two, "Person A")
    assert follows_last_use(structs.replace(for_two, also_suits=(Setting.SOLO,)), None)
    assert follows_last_use(structs.replace(for_two, setting=Setting.TEAM), None)
