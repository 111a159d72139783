"""Supervision, endings, learning and the first year: each method runs as its steps say."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.blocks import Paragraph, plain_text
from retention_desktop.toolkit.definition import (
    Comparison,
    GatheredRows,
    GatheredThemes,
    PlannedAndHad,
    Tool,
)
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.reading import blocks
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run, StepState, review_date
from retention_desktop.toolkit.wording import DRIVER_NAMES

from .samples import sample_answer

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
CAREER_STUDY = "002_f4dfa5d6f8b1ca22.txt"
HUB = "001_efd18bf9cfcbb418.txt"
WORKFORCE_REPORT = "004_702738bd80e1e9cc.txt"

TOOLKIT = load_toolkit()
TODAY = date(2026, 11, 22)

# By id of the tool: the document, the place in it, and words that stand there.
SOURCES = {
    "career-goals": (CAREER_STUDY, 1, "career goals and aspirations"),
    "six-driver-review": (HUB, 19, "Use the six drivers to review"),
    "learning-needs": (WORKFORCE_REPORT, 1, "Darlington applies a triangulated approach"),
    "newly-qualified-year": (WORKFORCE_REPORT, 2, "Every second month"),
    "progression-preparation": (WORKFORCE_REPORT, 3, "career progression panel"),
    "supervision": (WORKFORCE_REPORT, 4, "'high support - high challenge'"),
    "group-supervision": (WORKFORCE_REPORT, 5, "facilitated team discussion"),
    "good-endings": (WORKFORCE_REPORT, 6, "Investing in good endings"),
}

# The steps in order, and what each asks; a "|" stands before the page of the date to look again.
STEPS = {
    "supervision": """
        get-ready: on-my-mind hard-to-say
        last-time: since-then
        agenda: items
        support-and-challenge: support challenge
        piece-of-work: changed why-this-plan where-and-how
        what-you-did: difference
        agree: agreed |
        the-hour-itself: support-felt challenge-felt""",
    "progression-preparation": """
        look-back: panel-on moments
        proud: proudest
        bringing-change: how-i-help why-it-works
        values: values-shown
        areas-to-develop: to-develop already-doing
        evidence: proof
        say-it-aloud: first-sentence dreaded-question
        before-the-day: before |""",
    "six-driver-review": """
        since-last-time: moved
        rate: strengths
        evidence: basis
        what-stands-out: strongest gaps
        choose-focus: focus why-this-focus change-by
        link: links
        pilot-one-change: pilot
        agree: next-steps |""",
    "good-endings": """
        make-time: which-ending last-day
        look-back: glad-of was-hard
        keep: keep-here take-with-you
        hand-over: handover goodbyes
        say-thanks: thanks
        stay-in-touch: link-later
        before-you-go: to-do |""",
    "learning-needs": """
        for-whom: group
        first-side: from-staff
        second-side: from-people
        third-side: from-research
        put-together: agree not-heard
        priorities: priority
        delivery-plan: delivery
        protect-time: protected-time time next-steps |""",
    "group-supervision": """
        open:
        set-aside: own-view
        last-time: since-then
        choose-items: items
        think-together: saw-anew voices
        conclude: conclusions
        agree: next-steps |
        the-meeting-itself: room-for-all change-next""",
    "career-goals": """
        since-last-time: moved
        goals: hopes direction deeper
        development-now: development helped-lately
        obstacles: in-the-way who-i-am
        chances: open-doors
        one-step: next-step tell-my-manager |""",
    "newly-qualified-year": """
        a-good-year: hopes worries
        milestones: year
        caseload: agreed-number growth if-more
        supervision: rhythm
        protected-time: protected
        who-helps: helpers
        how-it-goes: as-agreed enough-support enough-challenge
        agree: next |""",
}

# What nobody else sees unless the writer says so; all other answers are meant for somebody.
PRIVATE = {
    "supervision": "on-my-mind hard-to-say support-felt challenge-felt",
    "progression-preparation": "panel-on moments first-sentence dreaded-question",
    "six-driver-review": "",
    "good-endings": "was-hard",
    "learning-needs": "",
    "group-supervision": "own-view",
    "newly-qualified-year": "worries",
}

every_tool = pytest.mark.parametrize("tool_id", STEPS)


def pages_of(tool_id: str) -> list[str]:
    """The keys of the pages, as `STEPS` has them, where a single choice stays as it begins."""
    pages: list[str] = []
    for line in STEPS[tool_id].strip().splitlines():
        step, _, asked = line.strip().partition(":")
        pages += [f"{step}/{each}" for each in asked.split() if each != "|"] or [step]
        if "|" in asked:
            pages.append(REVIEW_PAGE)
    return [*pages, CHECK_PAGE]


def prompt_of(tool_id: str, prompt_id: str) -> Prompt:
    return next(each for each in TOOLKIT.tool(tool_id).prompts if each.id == prompt_id)


def ids(tool: Tool, audience: Audience) -> list[str]:
    return [prompt.id for prompt in tool.prompts if prompt.audience is audience]


def walk(run: Run, answers: Mapping[str, Value] | None = None) -> tuple[Run, list[str]]:
    """The run at its end, and the pages on the way; the answers are given where they are asked."""
    seen = [run.page.key]
    while True:
        prompt = run.page.prompt
        if prompt and answers and prompt.id in answers:
            run = run.with_answer(prompt.id, check_value(prompt, answers[prompt.id]))
        if run.is_last:
            return run, seen
        run = run.next()
        seen.append(run.page.key)


def first_choice_or_sample(prompt: Prompt) -> Value:
    return prompt.options[0] if prompt.kind is PromptKind.SINGLE_CHOICE else sample_answer(prompt)


@every_tool
def test_the_pages_come_in_the_order_of_the_method(tool_id: str) -> None:
    tool = TOOLKIT.tool(tool_id)
    answers = {prompt.id: first_choice_or_sample(prompt) for prompt in tool.prompts}
    untouched = Run(tool, {})
    assert [page.key for page in untouched.pages] == pages_of(tool_id)
    run, seen = walk(untouched, answers)
    assert seen == pages_of(tool_id)
    assert run.unanswered == ()
    assert {run.step_state(step) for step in run.steps} == {StepState.DONE}
    for page in run.pages:
        if page.prompt:
            assert plain_text(blocks(page.prompt, run.answers[page.prompt.id]))


@every_tool
def test_it_fits_a_diary(tool_id: str) -> None:
    tool = TOOLKIT.tool(tool_id)
    assert 6 <= len(tool.steps) <= 10
    assert sum(step.minutes for step in tool.steps) <= tool.minutes
    assert [step.review for step in tool.steps].count(True) == 1


@every_tool
def test_the_source_is_named_and_says_so(tool_id: str) -> None:
    source = TOOLKIT.tool(tool_id).source
    document, position, said = SOURCES[tool_id]
    assert (source.document, source.position) == (document, position)
    taken = [tool.id for tool in TOOLKIT.tools if tool.source == source]
    assert taken == [tool_id]
    if not SEEDS.exists():
        pytest.skip("The source documents are not beside this checkout.")
    assert said in (SEEDS / document).read_text("utf-8")


def test_the_methods_of_the_report_stand_in_its_order() -> None:
    if not SEEDS.exists():
        pytest.skip("The source documents are not beside this checkout.")
    report = (SEEDS / WORKFORCE_REPORT).read_text("utf-8")
    places = [report.index(said) for doc, _, said in SOURCES.values() if doc == WORKFORCE_REPORT]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("tool_id", "answers", "again"),
    [
        ("supervision", {}, date(2026, 12, 22)),
        ("group-supervision", {}, date(2026, 12, 22)),
        ("newly-qualified-year", {}, date(2027, 1, 22)),
        ("six-driver-review", {}, date(2027, 5, 22)),
        ("learning-needs", {}, date(2027, 5, 22)),
        ("career-goals", {}, date(2027, 5, 22)),
        ("progression-preparation", {"panel-on": "2026-12-10"}, date(2026, 12, 11)),
        ("progression-preparation", {}, date(2026, 12, 20)),
        ("good-endings", {"last-day": "2027-01-29"}, date(2027, 1, 29)),
    ],
)
def test_when_to_look_again(tool_id: str, answers: dict[str, Value], again: date) -> None:
    tool = TOOLKIT.tool(tool_id)
    run, _ = walk(Run(tool, {}), answers)
    assert review_date(tool.follow_up, TODAY, run.answers) == again


@pytest.mark.parametrize(
    ("tool_id", "prompt_id", "most"),
    [
        ("supervision", "items", 6),
        ("supervision", "agreed", 5),
        ("progression-preparation", "values-shown", 3),
        ("progression-preparation", "proof", 8),
        ("progression-preparation", "before", 3),
        ("six-driver-review", "focus", 2),
        ("six-driver-review", "pilot", 2),
        ("learning-needs", "priority", 5),
        ("group-supervision", "items", 4),
        ("career-goals", "open-doors", 4),
        ("career-goals", "next-step", 2),
        ("newly-qualified-year", "next", 5),
    ],
)
def test_so_many_and_no_more(tool_id: str, prompt_id: str, most: int) -> None:
    prompt = prompt_of(tool_id, prompt_id)
    assert check_value(prompt, some(prompt, most)) == some(prompt, most)
    with pytest.raises(BadInput, match=f"more than {most}"):
        check_value(prompt, some(prompt, most + 1))


def some(prompt: Prompt, count: int) -> Value:
    """An answer of so many choices or rows."""
    if prompt.kind is PromptKind.SEVERAL_CHOICES:
        return list(prompt.options[:count])
    key = "text"
    if prompt.kind is PromptKind.TABLE:
        key = next(each.id for each in prompt.columns if each.kind is PromptKind.SHORT_TEXT)
    rows: list[TableRow] = [{key: f"Line {number}"} for number in range(count)]
    return rows


@pytest.mark.parametrize("tool_id", PRIVATE)
def test_what_stays_private(tool_id: str) -> None:
    assert ids(TOOLKIT.tool(tool_id), Audience.PRIVATE) == PRIVATE[tool_id].split()


@pytest.mark.parametrize(
    ("tool_id", "prompt_id", "rows", "foreign"),
    [
        ("six-driver-review", "strengths", 6, "A colleague"),
        ("six-driver-review", "basis", 6, "A colleague"),
        ("six-driver-review", "links", 4, "My own plan"),
        ("career-goals", "development", 5, "My talent"),
        ("newly-qualified-year", "year", 7, "Month 3"),
        ("newly-qualified-year", "growth", 7, "Month 7"),
        ("newly-qualified-year", "rhythm", 3, "Always"),
        ("newly-qualified-year", "protected", 4, "Lunch"),
    ],
)
def test_rows_that_are_given_cannot_be_changed(
    tool_id: str, prompt_id: str, rows: int, foreign: str
) -> None:
    prompt = prompt_of(tool_id, prompt_id)
    answer = sample_answer(prompt)
    assert isinstance(answer, list)
    assert len(prompt.rows) == rows
    assert check_value(prompt, answer) == answer
    assert check_value(prompt, list(reversed(answer))) == answer
    name = prompt.columns[0].id
    renamed = [{**row, name: foreign} for row in answer[:1] if isinstance(row, dict)]
    with pytest.raises(BadInput, match=prompt_id):
        check_value(prompt, renamed)


# Supervision


def test_supervision_keeps_support_and_challenge_apart() -> None:
    run = Run(TOOLKIT.tool("supervision"), {}, "support-and-challenge/support")
    assert run.page.prompt != run.next().page.prompt
    run = run.with_answer("support", "Cover on Fridays")
    assert "challenge" in [prompt.id for prompt in run.unanswered]


def test_supervision_begins_with_what_was_agreed_and_both_bring_items() -> None:
    tool = TOOLKIT.tool("supervision")
    assert prompt_of(tool.id, "since-then").recalls == ("agreed",)
    assert prompt_of(tool.id, "agreed").kind is PromptKind.ACTION
    items = prompt_of(tool.id, "items")
    agenda: list[TableRow] = [
        {"topic": "Weekend cover", "whose": "The person supervised", "how-long": "20 minutes"},
        {"topic": "New forms", "whose": "The supervisor", "how-long": "5 minutes"},
    ]
    assert check_value(items, agenda) == agenda
    with pytest.raises(BadInput, match='row 1, column "whose"'):
        check_value(items, [{"topic": "Weekend cover", "whose": "Head office"}])
    assert "incident" in tool.when  # a debrief is held apart


# Getting ready for a next step


def test_values_can_be_ones_own() -> None:
    prompt = prompt_of("progression-preparation", "values-shown")
    assert check_value(prompt, ["Patience", "Kindness"]) == ["Kindness", "Patience"]


def test_each_piece_of_evidence_shows_one_of_the_three_stories() -> None:
    shows = prompt_of("progression-preparation", "proof").columns[0]
    assert len(shows.options) == 3
    with pytest.raises(BadInput, match='column "shows"'):
        check_value(prompt_of("progression-preparation", "proof"), [{"shows": "Everything"}])


# The six drivers


def test_all_six_drivers_stand_wherever_drivers_are_asked_for() -> None:
    names = tuple(each.name for each in DRIVER_NAMES.values())
    for prompt_id in ("strengths", "basis"):
        assert prompt_of("six-driver-review", prompt_id).rows == names
    assert prompt_of("six-driver-review", "focus").options == names


def test_the_two_views_of_a_driver_are_kept_side_by_side() -> None:
    strengths = prompt_of("six-driver-review", "strengths")
    answer: list[TableRow] = [
        {"driver": "Flexibility and autonomy", "our-view": "Strong", "their-view": "A gap"},
        {"driver": "Belonging and inclusion"},
        {"driver": "Leadership and management", "our-view": "Mixed"},
    ]
    assert check_value(strengths, answer) == [answer[2], answer[0]]
    with pytest.raises(BadInput, match="our-view"):
        check_value(strengths, [{"driver": "Flexibility and autonomy", "our-view": "4"}])
    tool = TOOLKIT.tool("six-driver-review")
    assert not [prompt for prompt in tool.prompts if prompt.kind is PromptKind.SCALE]


def test_the_pilot_comes_back_so_that_its_result_can_be_added() -> None:
    tool = TOOLKIT.tool("six-driver-review")
    pilot = prompt_of(tool.id, "pilot")
    assert pilot.carries
    assert [column.id for column in pilot.columns] == [
        *("change", "team", "start", "measure", "result")
    ]
    (comparison,) = tool.collections
    assert isinstance(comparison, Comparison)
    assert comparison.prompts == ("strengths", "focus", "pilot")
    assert prompt_of(tool.id, "moved").recalls == ("focus", "pilot", "next-steps")


# Endings


@pytest.mark.parametrize(
    ("ending", "asked"),
    [
        (None, ["link-later"]),
        ("A new post", ["link-later"]),
        ("Retirement", ["link-later"]),
        ("Something else", ["link-later"]),
        ("A longer leave", ["while-away", "coming-back"]),
    ],
)
def test_staying_in_touch_depends_on_the_ending(ending: str | None, asked: list[str]) -> None:
    answers: dict[str, Value] = {"which-ending": ending} if ending else {}
    run, seen = walk(Run(TOOLKIT.tool("good-endings"), {}), answers)
    assert [key for key in seen if key.startswith("stay-in-touch/")] == [
        f"stay-in-touch/{each}" for each in asked
    ]
    assert {"link-later", "while-away", "coming-back"} & {p.id for p in run.unanswered} == {*asked}


def test_a_changed_ending_loses_no_word() -> None:
    run = Run(TOOLKIT.tool("good-endings"), {"which-ending": "A longer leave"})
    run = run.with_answer("coming-back", "Two short weeks").with_answer(
        "which-ending", "Retirement"
    )
    keys = [page.key for page in run.pages]
    assert "stay-in-touch/link-later" in keys
    assert "stay-in-touch/coming-back" in keys
    assert "stay-in-touch/while-away" not in keys


def test_thanks_become_a_card() -> None:
    card = TOOLKIT.tool("good-endings").card
    assert card is not None
    (thanks,) = card.prompts
    said = check_value(prompt_of("good-endings", thanks), "You stayed calm when it was loud.")
    assert blocks(prompt_of("good-endings", thanks), said) == (
        Paragraph("You stayed calm when it was loud."),
    )


def test_what_was_hard_opens_only_after_a_yes() -> None:
    assert prompt_of("good-endings", "was-hard").ask_first


# Learning


def test_needs_are_heard_from_three_sides_before_any_is_chosen() -> None:
    tool = TOOLKIT.tool("learning-needs")
    order = [prompt.id for prompt in tool.prompts]
    sides = ["from-staff", "from-people", "from-research"]
    assert sorted([*sides, "priority", "delivery"], key=order.index) == [
        *sides,
        *("priority", "delivery"),
    ]
    staff = prompt_of(tool.id, "from-staff")
    heard: list[TableRow] = [{"text": "Mental capacity in daily work", "count": 4}]
    assert check_value(staff, heard) == heard
    assert staff.audience is Audience.THEMES
    need, way, _, _ = prompt_of(tool.id, "delivery").columns
    assert need.like == "priority/need"
    assert "No training: change something else" in way.options


def test_needs_and_plans_are_gathered_over_time() -> None:
    themes, plans, time = TOOLKIT.tool("learning-needs").collections
    assert isinstance(themes, GatheredThemes)
    assert themes.prompts == ("from-staff", "from-people")
    assert isinstance(plans, GatheredRows)
    assert plans.prompts == ("delivery",)
    assert isinstance(time, PlannedAndHad)
    assert prompt_of("learning-needs", time.prompt).audience is Audience.MANAGER


# Group supervision


def test_group_supervision_opens_with_rules_read_aloud() -> None:
    page = Run(TOOLKIT.tool("group-supervision"), {}).page
    assert page.prompt is None
    assert page.step is not None
    assert len(page.step.script) == 4


def test_every_discipline_is_on_the_list_of_voices() -> None:
    voices = prompt_of("group-supervision", "voices")
    answer: list[TableRow] = [
        {"role": "Nursing", "heard": "Yes", "added": "Pain explains the anger"},
        {"role": "Housing", "heard": "Not yet"},
        {"role": "Student", "heard": "Chose to listen"},
    ]
    assert check_value(voices, answer) == answer
    with pytest.raises(BadInput, match='row 1, column "heard"'):
        check_value(voices, [{"role": "Nursing", "heard": "Loudly"}])


def test_each_item_has_a_time_a_conclusion_and_next_steps_that_come_back() -> None:
    tool = TOOLKIT.tool("group-supervision")
    assert "how-long" in [column.id for column in prompt_of(tool.id, "items").columns]
    conclusions = prompt_of(tool.id, "conclusions")
    assert conclusions.columns[0].like == "items/item"
    steps = prompt_of(tool.id, "next-steps")
    agreed: list[TableRow] = [{"text": "Weekend cover: ask the provider", "owner": "Duty nurse"}]
    assert steps.kind is PromptKind.ACTION
    assert check_value(steps, agreed) == agreed
    assert prompt_of(tool.id, "since-then").recalls == ("next-steps",)
    (record,) = tool.collections
    assert isinstance(record, GatheredRows)
    assert record.prompts == ("conclusions", "next-steps")


# Goals


@pytest.mark.parametrize(
    ("direction", "asked"),
    [
        (None, ["deeper"]),
        ("Go deeper in the role I have", ["deeper"]),
        ("Move to something new", ["new-path", "needed-for-it"]),
        ("I do not know yet", ["find-out"]),
    ],
)
def test_the_questions_follow_the_direction(direction: str | None, asked: list[str]) -> None:
    answers: dict[str, Value] = {"direction": direction} if direction else {}
    _, seen = walk(Run(TOOLKIT.tool("career-goals"), {}), answers)
    goals = [key.removeprefix("goals/") for key in seen if key.startswith("goals/")]
    assert goals == ["hopes", "direction", *asked]


def test_goals_are_ones_own_but_for_what_one_wants_known() -> None:
    tool = TOOLKIT.tool("career-goals")
    assert ids(tool, Audience.SHARED) == ["tell-my-manager"]
    assert len(ids(tool, Audience.PRIVATE)) == len(tool.prompts) - 1
    assert prompt_of(tool.id, "who-i-am").ask_first


def test_obstacles_can_be_ones_own() -> None:
    prompt = prompt_of("career-goals", "in-the-way")
    said = check_value(prompt, ["The last bus goes at six", "It costs too much"])
    assert said == ["It costs too much", "The last bus goes at six"]


def test_goals_are_compared_after_six_months() -> None:
    tool = TOOLKIT.tool("career-goals")
    assert prompt_of(tool.id, "moved").recalls == ("hopes", "next-step")
    (comparison,) = tool.collections
    assert isinstance(comparison, Comparison)
    assert {"hopes", "development", "in-the-way"} <= {*comparison.prompts}


# The first year


def test_the_plan_lives_through_the_year() -> None:
    tool = TOOLKIT.tool("newly-qualified-year")
    assert tool.agreement
    fresh = [prompt.id for prompt in tool.prompts if not prompt.carries]
    assert fresh == ["worries", "as-agreed", "enough-support", "enough-challenge", "next"]
    assert prompt_of(tool.id, "as-agreed").recalls == ("as-agreed", "next")


def test_recall_days_are_every_second_month_and_work_grows_for_six() -> None:
    year = prompt_of("newly-qualified-year", "year").rows
    months = [int(row.split()[1].strip(":")) for row in year if row.startswith("Month")]
    assert months == [2, 4, 6, 8, 10, 12]
    growth = prompt_of("newly-qualified-year", "growth").rows
    assert growth == ("Start", *(f"Month {number}" for number in range(1, 7)))
    planned: list[TableRow] = [
        {"when": "Month 2", "at-most": "6"},
        {"when": "Start", "at-most": "3"},
        {"when": "Month 1"},
    ]
    answer = check_value(prompt_of("newly-qualified-year", "growth"), planned)
    assert answer == [{"when": "Start", "at-most": "3"}, {"when": "Month 2", "at-most": "6"}]
