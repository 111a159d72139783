"""The tools that come with the program: in our own words, easy to read, and each runs to its end.

The eighteen of document 001 are held to that document as well: complete, in its order, and each
asking for what its steps ask for.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import product
from pathlib import Path

import pytest
from msgspec import Struct, structs

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.blocks import plain_text
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    Card,
    Collection,
    Comparison,
    Fairness,
    FixedDays,
    GatheredRows,
    GatheredThemes,
    NoFollowUp,
    PlannedAndHad,
    Register,
    Repeating,
    Step,
    Tool,
)
from retention_desktop.toolkit.loading import check_tools, load_toolkit
from retention_desktop.toolkit.reading import blocks
from retention_desktop.toolkit.run import CHECK_PAGE, Run, StepState, review_date

from .samples import sample_answer

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
SEED = SEEDS / "001_efd18bf9cfcbb418.txt"
TOOLKIT = load_toolkit()

# By id, in the source's order: the count of the source's steps, and the prompts of ours that stand
# for the source's prompts, in its order. Any other prompt is a place for notes.
FROM_SOURCE = {
    "leadership-reflection": (5, "visible listened protected raised-worry steadier"),
    "speaking-up-check": (7, "easier-to-raise feels-risky"),
    "early-support": (8, "opening hardest helped two-weeks"),
    "professional-identity": (8, "trained-to-do day-to-day match-and-gap support-for-gap"),
    "peer-group": (7, "gone-well"),
    "language-review": (8, ""),
    "career-conversation": (8, "where-i-am-now energy develop-next opportunities"),
    "cpd-mapping": (7, "did capability learned next"),
    "opportunities": (8, ""),
    "reflective-practice": (7, "happened noticed-and-felt mattered learned next"),
    "wellbeing-check-in": (6, "hardest helped manageable"),
    "caseload-review": (6, ""),
    "flexibility-principles": (6, ""),
    "flexibility-conversation": (6, "easier working support"),
    "boundaries-agreement": (5, ""),
    "specific-recognition": (4, "appreciated impact values"),
    "invisible-work": (4, ""),
    "stay-exit": (6, "stay harder valued biggest-difference"),
}
# Where the source agrees one small thing: the prompts in which it is written down.
AGREED = {
    "leadership-reflection": ["test"],
    "speaking-up-check": ["action"],
    "early-support": ["support"],
    "professional-identity": ["change"],
    "career-conversation": ["development-action", "support-action"],
    "cpd-mapping": ["next"],
    "reflective-practice": ["next"],
    "wellbeing-check-in": ["adjustment"],
    "caseload-review": ["change"],
    "flexibility-conversation": ["what-we-try"],
    "stay-exit": ["action"],
}

EIGHTEEN = tuple(TOOLKIT.tool(tool_id) for tool_id in FROM_SOURCE)
# What leads to a prompt, a column or a list is not read by people.
NOT_READ = {
    *("id", "kind", "source", "own_list", "about", "recalls", "like"),
    *("prompt", "asked", "matched"),
}

every_tool = pytest.mark.parametrize("tool", TOOLKIT.tools, ids=lambda tool: tool.id)


def texts(value: object) -> Iterator[str]:
    """Every text of a tool that a person reads."""
    if isinstance(value, Struct):
        leads = {*NOT_READ, "prompts"} if isinstance(value, Collection | Card) else NOT_READ
        for name, part in structs.asdict(value).items():
            if name not in leads:
                yield from texts(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str) and value and not isinstance(value, StrEnum):
        yield value


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub("['’]", "", text.casefold()))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?…:])”?\s+", text)


def test_no_fault_in_any_file() -> None:
    files = Path(__file__).parents[2] / "resources" / "tools"
    assert check_tools(files) == ()


def test_no_id_and_no_title_is_used_twice() -> None:
    for words_of in (
        [tool.id for tool in TOOLKIT.tools],
        [tool.title.casefold() for tool in TOOLKIT.tools],
        [(tool.source.document, tool.source.position) for tool in TOOLKIT.tools],
    ):
        assert len(set(words_of)) == len(words_of)
    for tool in TOOLKIT.tools:
        steps = [step.id for step in tool.steps]
        prompts = [prompt.id for prompt in tool.prompts]
        assert (len(set(steps)), len(set(prompts))) == (len(steps), len(prompts))


def test_eighteen_tools_three_for_each_driver() -> None:
    assert [tool.source.position for tool in EIGHTEEN] == list(range(1, 19))
    assert {tool.source.document for tool in EIGHTEEN} == {SEED.name}
    assert [tool.driver for tool in EIGHTEEN] == [each for each in Driver for _ in range(3)]


def test_every_step_of_the_source_is_there() -> None:
    assert {tool.id: len(tool.steps) for tool in EIGHTEEN} == {
        tool_id: steps for tool_id, (steps, _) in FROM_SOURCE.items()
    }
    assert sum(len(tool.steps) for tool in EIGHTEEN) == 116


def test_every_prompt_of_the_source_is_there_in_its_order() -> None:
    expected = {tool_id: prompts.split() for tool_id, (_, prompts) in FROM_SOURCE.items()}
    assert sum(len(prompts) for prompts in expected.values()) == 42
    for tool in EIGHTEEN:
        ours = [prompt.id for prompt in tool.prompts if prompt.id in expected[tool.id]]
        assert ours == expected[tool.id]


@pytest.mark.parametrize("tool", EIGHTEEN, ids=lambda tool: tool.id)
def test_a_tool_without_prompts_in_the_source_takes_notes(tool: Tool) -> None:
    assert len(tool.prompts) >= 3


def test_the_counts_are_those_of_the_source() -> None:
    if not SEED.exists():
        pytest.skip("The source document is not beside this checkout.")
    heading = re.compile("Prompts|Close with|Check in script|Starter question|Headings|Questions")
    steps: list[int] = []
    prompts: list[int] = []
    counted: list[int] | None = None
    for line in SEED.read_text("utf-8").split("Summary: Moving")[0].splitlines():
        if line == "Step by step":
            steps.append(0)
            prompts.append(0)
            counted = steps
        elif heading.fullmatch(line) or line == "Reflective structure":
            counted = prompts
        elif counted and line.startswith(("- ", "What is one small")):
            counted[-1] += 1
    assert steps == [count for count, _ in FROM_SOURCE.values()]
    assert prompts == [len(ours.split()) for _, ours in FROM_SOURCE.values()]


@pytest.fixture(scope="session")
def seed_runs() -> set[tuple[str, ...]]:
    """Every seven words in a row of every source document."""
    if not SEED.exists():
        pytest.skip("The source documents are not beside this checkout.")
    runs: set[tuple[str, ...]] = set()
    for seed in SEEDS.glob("*.txt"):
        source = words(seed.read_text("utf-8"))
        runs |= {tuple(source[i : i + 7]) for i in range(len(source) - 6)}
    return runs


@every_tool
def test_the_words_are_our_own(tool: Tool, seed_runs: set[tuple[str, ...]]) -> None:
    for text in texts(tool):
        ours = words(text)
        copied = [
            ours[i : i + 7] for i in range(len(ours) - 6) if tuple(ours[i : i + 7]) in seed_runs
        ]
        assert not copied


@every_tool
def test_sentences_are_short_and_words_plain(tool: Tool) -> None:
    running = [text for text in texts(tool) if len(words(text)) > 2]
    lengths = [len(sentence.split()) for text in running for sentence in sentences(text)]
    assert max(lengths) <= 20
    # The Automated Readability Index, in school years: a child of twelve is in year 7.
    letters = sum(len(word) for text in running for word in words(text))
    count = sum(len(words(text)) for text in running)
    assert 4.71 * letters / count + 0.5 * sum(lengths) / len(lengths) - 21.43 < 5


@every_tool
def test_texts_are_tidy_and_calm(tool: Tool) -> None:
    for text in texts(tool):
        assert text == " ".join(text.split())
        assert "!" not in text
        assert not re.search(r"['\"]\w|\w\"", text.replace("'s", ""))  # typographic quotes only
    for step in tool.steps:
        assert 1 <= len(sentences(step.text)) <= 4
        assert len(step.title) <= 40
        for prompt in step.prompts:
            assert len(prompt.label) <= 60
            assert len(prompt.help) <= 120


@every_tool
def test_nobody_is_asked_to_write_names(tool: Tool) -> None:
    for text in texts(tool):
        if re.search(r"\bnames\b|\bname of\b|\bcase number|\bNHS\b|\baddress\b", text):
            assert re.search(r"\b(no|not|never|without)\b", text.casefold())


def test_agreements_are_actions_everywhere() -> None:
    for tool_id, prompt_ids in AGREED.items():
        actions = [p.id for p in TOOLKIT.tool(tool_id).prompts if p.kind is PromptKind.ACTION]
        assert actions == prompt_ids


def test_every_kind_audience_and_setting_is_in_use() -> None:
    prompts = [prompt for tool in TOOLKIT.tools for prompt in tool.prompts]
    columns = [column for prompt in prompts for column in prompt.columns]
    assert {p.kind for p in prompts} | {c.kind for c in columns} == set(PromptKind)
    assert {prompt.audience for prompt in prompts} == set(Audience)
    assert {tool.setting for tool in TOOLKIT.tools} == set(Setting)
    assert {role for tool in TOOLKIT.tools for role in tool.roles} == set(Role)


def asked(tool_id: str, prompt_id: str) -> Prompt:
    return next(p for p in TOOLKIT.tool(tool_id).prompts if p.id == prompt_id)


def step(tool_id: str, number: int) -> Step:
    """A step, counted from 1 as the source does."""
    return TOOLKIT.tool(tool_id).steps[number - 1]


def column(tool_id: str, path: str) -> Column:
    prompt_id, column_id = path.split("/")
    return next(c for c in asked(tool_id, prompt_id).columns if c.id == column_id)


def ids(prompts: tuple[Prompt, ...] | tuple[Column, ...]) -> list[str]:
    return [each.id for each in prompts]


def pages_of(tool_id: str, **answers: Value) -> list[str]:
    """The prompts that have a page, once these answers are given; "_" stands for a hyphen."""
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    pages = Run(TOOLKIT.tool(tool_id), given).pages
    return [page.prompt.id for page in pages if page.prompt]


def rows(*lines: str) -> list[TableRow]:
    """Themes or actions, a row for each line."""
    return [{"text": line} for line in lines]


def refused(tool_id: str, prompt_id: str, value: Value) -> bool:
    try:
        check_value(asked(tool_id, prompt_id), value)
    except BadInput:
        return True
    return False


def gathered(tool_id: str, kind: type[Struct]) -> list[tuple[str, ...]]:
    """The prompts of each collection of this kind."""
    found = TOOLKIT.tool(tool_id).collections
    apart = Fairness | PlannedAndHad
    return [c.prompts for c in found if type(c) is kind and not isinstance(c, apart)]


def test_minutes_and_when_to_look_again() -> None:
    minutes = {tool.id: tool.minutes for tool in EIGHTEEN}
    assert minutes.pop("leadership-reflection") == 10
    assert minutes["peer-group"] == 45
    assert all(15 <= each <= 45 for each in minutes.values())
    again = Counter(
        f"{type(f).__name__} {f.months if isinstance(f, Repeating) else f.days}"
        if isinstance(f := tool.follow_up, FixedDays | Repeating | AnsweredDate)
        else type(f).__name__
        for tool in EIGHTEEN
    )
    assert again == {
        "FixedDays 14": 1,
        "FixedDays 28": 1,
        "AnsweredDate 14": 1,
        "AnsweredDate 0": 1,
        "Repeating 1": 6,
        "Repeating 3": 2,
        "Repeating 6": 1,
        "ChosenDate": 4,
        "NoFollowUp": 1,
    }


def test_a_leader_has_ten_quiet_minutes_and_one_thing_to_try() -> None:
    assert step("leadership-reflection", 1).minutes == 10
    assert ids(step("leadership-reflection", 3).prompts) == ["repeat", "adjust"]
    actions = rows("Ask first on Monday", "And on Tuesday")
    assert refused("leadership-reflection", "test", actions)
    assert asked("leadership-reflection", "peer").kind is PromptKind.SHORT_TEXT
    assert ids(step("leadership-reflection", 5).prompts)[-1] == "steadier"


@pytest.mark.parametrize("tool_id", ["speaking-up-check", "invisible-work"])
def test_a_team_talk_keeps_themes_and_nothing_else(tool_id: str) -> None:
    tool = TOOLKIT.tool(tool_id)
    assert tool.themes_only
    assert {prompt.kind for prompt in tool.prompts} <= {PromptKind.THEMES, PromptKind.ACTION}
    themes = [prompt for prompt in tool.prompts if prompt.kind is PromptKind.THEMES]
    assert {prompt.audience for prompt in themes} == {Audience.THEMES}
    assert sum(prompt.counted for prompt in themes) == 2
    assert gathered(tool_id, GatheredThemes)


def test_two_questions_are_read_aloud_and_one_action_gets_a_date() -> None:
    assert len(step("speaking-up-check", 2).script) == 2
    assert ids(step("speaking-up-check", 4).prompts) == ["easier-to-raise", "feels-risky"]
    assert ids(step("speaking-up-check", 5).prompts) == ["heard"]
    assert step("speaking-up-check", 7).review
    actions = rows("Look at the rota", "Report back")
    assert refused("speaking-up-check", "action", actions)


def test_invisible_work_is_exact_and_nobody_has_to_speak() -> None:
    assert "Anyone may pass" in step("invisible-work", 1).text
    assert len(asked("invisible-work", "quiet-work").groups) == 4
    themes = rows("Staying late", "Showing somebody round")
    assert refused("invisible-work", "takeaway", themes)


def test_each_early_sign_leads_to_support_that_fits() -> None:
    noticed = asked("early-support", "noticed")
    # The three of the source stand first: withdrawal, reduced confidence, disengagement.
    for option, word in zip(noticed.options, ("withdrawn", "sure", "interest"), strict=False):
        assert word in option
    assert not refused("early-support", "noticed", ["Humming less"])
    support = asked("early-support", "possible-support")
    assert support.about == ("noticed",)
    offers = {response.to: response.offers for response in support.responses}
    assert tuple(offers) == noticed.options
    assert all(len(each) >= 2 for each in offers.values())
    every = " ".join(offer for each in offers.values() for offer in each)
    assert "check-in" in every
    assert "workload" in every


def test_the_week_of_an_early_check_in_starts_when_something_was_noticed() -> None:
    check_in = asked("early-support", "check-in-on")
    assert (check_in.about, check_in.days) == (("noticed-on",), 7)
    assert len(step("early-support", 5).script) == 1
    assert step("early-support", 6).review
    follow_up = TOOLKIT.tool("early-support").follow_up
    today = date(2026, 11, 22)
    again = review_date(follow_up, today, {"check-in-on": "2026-11-24"})
    assert again == date(2026, 12, 8)
    assert asked("early-support", "note").words == 40


def test_support_is_stepped_up_when_it_is_still_hard() -> None:
    assert "step-up-now" not in pages_of("early-support")
    assert "step-up-now" in pages_of("early-support", pressure="It is still hard")


def test_training_and_job_are_two_areas_that_overlap() -> None:
    overlap = asked("professional-identity", "match-and-gap")
    assert overlap.kind is PromptKind.OVERLAP
    assert overlap.options == ("What I trained for", "Where they meet", "What I do")
    assert overlap.about == ("trained-to-do", "day-to-day")
    kinds = [asked("professional-identity", each).kind for each in ("protect-this", "gap")]
    assert kinds == [PromptKind.SHORT_TEXT] * 2
    changes = rows("Two visits", "One call")
    assert refused("professional-identity", "change", changes)


def test_a_peer_group_runs_in_the_same_order_within_its_time() -> None:
    tool = TOOLKIT.tool("peer-group")
    slots = {prompt.id: prompt.minutes for prompt in step("peer-group", 4).prompts}
    assert list(slots) == ["gone-well", "challenge", "learning", "takeaways"]
    assert all(slots.values())
    assert sum(slots.values()) == tool.minutes == 45
    carried = [prompt.id for prompt in tool.prompts if prompt.carries]
    assert carried == ["group-and-purpose", "form", "rules"]
    assert gathered("peer-group", GatheredRows) == [("learned",)]
    assert gathered("peer-group", GatheredThemes) == [("for-leaders",)]


def test_the_group_itself_is_reviewed_each_quarter_only() -> None:
    assert "keep-or-change" not in pages_of("peer-group")
    quarterly = asked("peer-group", "quarter").options[-1]
    assert "keep-or-change" in pages_of("peer-group", quarter=quarterly)


def test_one_document_is_read_twice_and_goes_into_the_register() -> None:
    prompts = ids(TOOLKIT.tool("language-review").prompts)
    assert prompts.index("tone") < prompts.index("passage") < prompts.index("phrases")
    helped = [p.id for p in TOOLKIT.tool("language-review").prompts if p.language_help]
    assert helped == ["passage", "new-words"]
    assert ids(asked("language-review", "phrases").columns) == ["now", "problem", "instead"]
    assert "not their name" in asked("language-review", "checked-by").help
    (register,) = TOOLKIT.tool("language-review").collections
    assert isinstance(register, Register)
    assert register.prompts == ("document", "dated", "checked-by")


def test_a_career_conversation_agrees_two_things() -> None:
    shadow = rows("Shadow the duty desk")
    both = rows("Shadow the duty desk", "Lead a review")
    for prompt_id in ("development-action", "support-action"):
        assert not refused("career-conversation", prompt_id, shadow)
        assert refused("career-conversation", prompt_id, both)
    headings = step("career-conversation", 3).prompts
    assert all(prompt.words for prompt in headings)
    assert {"development-action", "support-action"} <= set(headings[0].recalls)
    assert ids(step("career-conversation", 7).prompts) == ["obstacles"]


def test_a_piece_of_work_is_mapped_to_two_skills_at_most() -> None:
    skills = asked("cpd-mapping", "capability")
    assert skills.kind is PromptKind.SEVERAL_CHOICES
    assert not refused("cpd-mapping", "capability", [skills.options[0], "Reading a room"])
    assert refused("cpd-mapping", "capability", list(skills.options[:3]))
    assert [p.id for p in step("cpd-mapping", 6).prompts if 0 < p.words <= 25] == ["summary"]


def test_chances_are_offered_asked_for_and_matched_in_the_open() -> None:
    assert {"length", "time"} <= set(ids(asked("opportunities", "chances").columns))
    for path in ("interest/chance", "matches/chance"):
        assert column("opportunities", path).like == "chances/name"
    assert column("opportunities", "matches/alias").like == "interest/alias"
    assert "why" in ids(asked("opportunities", "matches").columns)
    board, fairness, _ = TOOLKIT.tool("opportunities").collections
    assert isinstance(board, GatheredRows)
    assert board.prompts == ("chances",)
    assert isinstance(fairness, Fairness)
    assert (fairness.asked, fairness.matched) == ("interest/alias", "matches/alias")
    assert TOOLKIT.tool("cpd-mapping").title in step("opportunities", 6).text


def test_reflection_keeps_its_time_and_looks_at_the_session_alone() -> None:
    tool = TOOLKIT.tool("reflective-practice")
    assert step("reflective-practice", 2).minutes == tool.minutes == 30
    assert {prompt.audience for prompt in tool.prompts} == {Audience.PRIVATE}
    assert asked("reflective-practice", "quality").kind is PromptKind.SCALE
    assert "not about how well" in asked("reflective-practice", "quality").help


def test_options_for_wellbeing_open_only_after_a_yes() -> None:
    assert len(step("wellbeing-check-in", 1).prompts) == 3
    assert step("wellbeing-check-in", 2).prompts == ()
    (options,) = step("wellbeing-check-in", 4).prompts
    assert "said yes" in options.ask_first
    both = rows("A later start", "A walk")
    assert refused("wellbeing-check-in", "adjustment", both)


def test_the_caseload_review_shows_loads_and_what_each_level_means() -> None:
    loads = asked("caseload-review", "loads")
    assert loads.kind is PromptKind.LEVELS
    alias, *levels = loads.columns
    assert "No names" in alias.help
    assert [each.id for each in levels] == [
        *("volume", "complexity", "emotional", "cognitive", "admin", "system")
    ]
    assert {each.options for each in levels} == {("Low", "Medium", "High")}
    assert all(each.help and len(each.meanings) == 3 for each in levels)


def test_what_a_team_cannot_solve_goes_to_somebody_by_a_day() -> None:
    escalation = asked("caseload-review", "escalate")
    assert ids(escalation.columns) == ["needed", "to-whom", "by-when", "without-it"]
    assert escalation.audience is Audience.MANAGER
    assert {"loads", "change"} <= set(asked("caseload-review", "impact").recalls)
    kinds = {type(each) for each in TOOLKIT.tool("caseload-review").collections}
    assert {Comparison, GatheredRows} <= kinds
    changes = rows("One form", "One meeting fewer")
    assert refused("caseload-review", "change", changes)


@pytest.mark.parametrize(
    ("tool_id", "sorted_in", "decided_in"),
    [
        ("flexibility-principles", "parts/fixed", "how-we-decide"),
        ("boundaries-agreement", "situations/fixed", "exceptions"),
    ],
)
def test_an_agreement_lives_on_from_version_to_version(
    tool_id: str, sorted_in: str, decided_in: str
) -> None:
    tool = TOOLKIT.tool(tool_id)
    assert tool.agreement
    assert "Fixed" in column(tool_id, sorted_in).options
    assert asked(tool_id, decided_in).carries
    starts_afresh = [prompt.kind for prompt in tool.prompts if not prompt.carries]
    assert starts_afresh == [PromptKind.ACTION]
    assert any(each.review for each in tool.steps)


def test_a_trial_has_a_start_an_end_a_sign_and_an_outcome() -> None:
    end = asked("flexibility-conversation", "trial-end")
    assert (end.about, end.days) == (("trial-start",), 56)
    follow_up = TOOLKIT.tool("flexibility-conversation").follow_up
    again = review_date(follow_up, date(2026, 11, 22), {"trial-end": "2027-01-12"})
    assert again == date(2027, 1, 12)
    outcome = asked("flexibility-conversation", "outcome")
    assert outcome.options[0] == "The trial is still running"
    assert {"what-we-try", "working"} <= set(outcome.recalls)
    assert "outcome-why" not in pages_of("flexibility-conversation")
    for ended in outcome.options[1:]:
        assert "outcome-why" in pages_of("flexibility-conversation", outcome=ended)


def test_recognition_makes_a_card_of_behaviour_impact_and_value() -> None:
    card = TOOLKIT.tool("specific-recognition").card
    assert card is not None
    assert card.prompts == ("appreciated", "impact", "values")


def test_staying_and_leaving_share_the_four_questions() -> None:
    staying, leaving = asked("stay-exit", "which-talk").options
    stay = pages_of("stay-exit", which_talk=staying)
    leave = pages_of("stay-exit", which_talk=leaving)
    shared = FROM_SOURCE["stay-exit"][1].split()
    assert [each for each in stay if each in shared] == shared
    assert [each for each in leave if each in shared] == shared
    assert set(stay) ^ set(leave) == {"might-leave", "turning-point"}
    assert stay[0] == "which-talk"


@pytest.mark.parametrize("tool", EIGHTEEN, ids=lambda tool: tool.id)
def test_what_is_gathered_is_not_private(tool: Tool) -> None:
    """A collection leaves out what is private; only what somebody learned stays their own."""
    private = {prompt.id for prompt in tool.prompts if prompt.audience is Audience.PRIVATE}
    for collection in tool.collections:
        if isinstance(collection, Fairness):
            places = (collection.asked, collection.matched)
            gathered_from = {place.split("/")[0] for place in places}
        elif isinstance(collection, PlannedAndHad):
            gathered_from = {collection.prompt}
        else:
            gathered_from = set(collection.prompts)
        assert bool(gathered_from & private) == (tool.id == "cpd-mapping")


def test_reasons_and_themes_lead_to_you_said_we_are_doing() -> None:
    assert not refused("stay-exit", "reasons", ["Stress or burnout", "The parking"])
    assert asked("stay-exit", "reasons").own_list == "reasons"
    assert asked("stay-exit", "themes").groups == ("Quick win", "Issue for the whole system")
    assert ids(asked("stay-exit", "message").columns) == ["said", "doing", "by-when"]
    assert gathered("stay-exit", GatheredThemes) == [("themes",)]
    assert gathered("stay-exit", GatheredRows) == [("message",)]


def paths(tool: Tool) -> Iterator[dict[str, Value]]:
    """Each way through a tool: every answer that decides what is asked."""
    decisive = {prompt.only_if.prompt for prompt in tool.prompts if prompt.only_if}
    choices = [prompt for prompt in tool.prompts if prompt.id in decisive]
    for chosen in product(*(prompt.options for prompt in choices)):
        yield {prompt.id: option for prompt, option in zip(choices, chosen, strict=True)}


@every_tool
def test_each_tool_runs_to_its_end(tool: Tool) -> None:
    reached: set[str] = set()
    for chosen in paths(tool):
        run = Run(tool, chosen)
        pages = 1
        while True:
            if prompt := run.page.prompt:
                value = check_value(prompt, chosen.get(prompt.id, sample_answer(prompt)))
                run = run.with_answer(prompt.id, value)
                assert plain_text(blocks(prompt, value))
                reached.add(prompt.id)
            if run.is_last:
                break
            run, pages = run.next(), pages + 1
        assert run.page.key == CHECK_PAGE
        assert pages == len(run.pages)
        assert run.unanswered == ()
        assert {run.step_state(each) for each in run.steps} == {StepState.DONE}
    assert reached == {prompt.id for prompt in tool.prompts}
    again = review_date(tool.follow_up, date(2026, 11, 22))
    assert (again is None) == isinstance(tool.follow_up, NoFollowUp)
