"""The 18 tools that come with the program: complete, in our own words, and easy to read."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from msgspec import Struct, structs

from retention_desktop.models.enums import Audience, Driver, PromptKind, Role, Setting
from retention_desktop.toolkit.answers import blocks, check_value, plain_text
from retention_desktop.toolkit.definition import FixedDays, NoFollowUp, Repeating, Tool
from retention_desktop.toolkit.loading import check_tools, load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, Run, StepState, review_date

from .samples import sample_answer

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "001_efd18bf9cfcbb418.txt"
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

every_tool = pytest.mark.parametrize("tool", TOOLKIT.tools, ids=lambda tool: tool.id)


def texts(value: object) -> Iterator[str]:
    """Every text of a tool that a person reads."""
    if isinstance(value, Struct):
        for name, part in structs.asdict(value).items():
            if name not in ("id", "kind", "source"):
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


def test_eighteen_tools_three_for_each_driver() -> None:
    assert [tool.id for tool in TOOLKIT.tools] == list(FROM_SOURCE)
    assert [tool.source.position for tool in TOOLKIT.tools] == list(range(1, 19))
    assert {tool.source.document for tool in TOOLKIT.tools} == {SEED.name}
    assert [tool.driver for tool in TOOLKIT.tools] == [each for each in Driver for _ in range(3)]
    assert len({tool.title for tool in TOOLKIT.tools}) == 18


def test_every_step_of_the_source_is_there() -> None:
    assert {tool.id: len(tool.steps) for tool in TOOLKIT.tools} == {
        tool_id: steps for tool_id, (steps, _) in FROM_SOURCE.items()
    }
    assert sum(len(tool.steps) for tool in TOOLKIT.tools) == 116


def test_every_prompt_of_the_source_is_there_in_its_order() -> None:
    expected = {tool_id: prompts.split() for tool_id, (_, prompts) in FROM_SOURCE.items()}
    assert sum(len(prompts) for prompts in expected.values()) == 42
    for tool in TOOLKIT.tools:
        ours = [prompt.id for prompt in tool.prompts if prompt.id in expected[tool.id]]
        assert ours == expected[tool.id]


@every_tool
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


@every_tool
def test_the_words_are_our_own(tool: Tool) -> None:
    if not SEED.exists():
        pytest.skip("The source document is not beside this checkout.")
    source = words(SEED.read_text("utf-8"))
    runs = {tuple(source[i : i + 7]) for i in range(len(source) - 6)}
    for text in texts(tool):
        ours = words(text)
        copied = [ours[i : i + 7] for i in range(len(ours) - 6) if tuple(ours[i : i + 7]) in runs]
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
    assert {prompt.kind for prompt in prompts} == set(PromptKind)
    assert {prompt.audience for prompt in prompts} == set(Audience)
    assert {tool.setting for tool in TOOLKIT.tools} == set(Setting)
    assert {role for tool in TOOLKIT.tools for role in tool.roles} == set(Role)


def test_minutes_and_when_to_look_again() -> None:
    minutes = {tool.id: tool.minutes for tool in TOOLKIT.tools}
    assert minutes.pop("leadership-reflection") == 10
    assert minutes["peer-group"] == 45
    assert all(15 <= each <= 45 for each in minutes.values())
    again = Counter(
        f"{type(f).__name__} {f.days if isinstance(f, FixedDays) else f.months}"
        if isinstance(f := tool.follow_up, FixedDays | Repeating)
        else type(f).__name__
        for tool in TOOLKIT.tools
    )
    assert again == {
        "FixedDays 14": 1,
        "FixedDays 7": 1,
        "FixedDays 28": 1,
        "Repeating 1": 6,
        "Repeating 3": 2,
        "Repeating 6": 1,
        "ChosenDate": 5,
        "NoFollowUp": 1,
    }


def test_what_a_team_says_is_kept_as_themes() -> None:
    for tool_id in ("speaking-up-check", "invisible-work"):
        kinds = {p.audience for p in TOOLKIT.tool(tool_id).prompts if p.kind != PromptKind.ACTION}
        assert kinds == {Audience.THEMES}
    permission, options = TOOLKIT.tool("wellbeing-check-in").steps[3].prompts
    assert permission.kind is PromptKind.SINGLE_CHOICE
    assert "Only if they said yes" in options.help
    skills = TOOLKIT.tool("cpd-mapping").steps[1].prompts
    assert [prompt.kind for prompt in skills] == [PromptKind.SINGLE_CHOICE] * 2
    assert skills[0].options == skills[1].options


def test_the_caseload_review_is_a_table_of_loads() -> None:
    table = TOOLKIT.tool("caseload-review").prompts[0]
    alias, *loads = table.columns
    assert "No names" in alias.help
    assert [column.id for column in loads] == [
        *("volume", "complexity", "emotional", "cognitive", "admin", "system")
    ]
    assert {column.options for column in loads} == {("Low", "Medium", "High")}
    assert all(column.help for column in loads)


@every_tool
def test_each_tool_runs_to_its_end(tool: Tool) -> None:
    run = Run(tool, {})
    assert run.unanswered == tool.prompts
    pages = 1
    while True:
        if prompt := run.page.prompt:
            value = check_value(prompt, sample_answer(prompt))
            run = run.with_answer(prompt.id, value)
            assert plain_text(blocks(prompt, value))
        if run.is_last:
            break
        run, pages = run.next(), pages + 1
    assert run.page.key == CHECK_PAGE
    assert pages == len(run.pages)
    assert run.unanswered == ()
    assert {run.step_state(step) for step in tool.steps} == {StepState.DONE}
    again = review_date(tool.follow_up, date(2026, 11, 22))
    assert (again is None) == isinstance(tool.follow_up, NoFollowUp)
