"""Nine methods for oneself or with one colleague: each runs as its steps say."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience, PromptKind, Setting
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.blocks import plain_text
from retention_desktop.toolkit.definition import Comparison, GatheredThemes, Register, Tool
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.reading import blocks
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run, StepState, review_date

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
TOOLKIT = load_toolkit()
TODAY = date(2026, 11, 22)

# By id: the number of the method in its source, and when to look again after 22 November 2026.
METHODS = {
    "post-incident-debrief": ("004", 24, date(2026, 11, 29)),
    "offload-and-unblock": ("004", 28, date(2026, 12, 6)),
    "why-i-stay": ("004", 23, date(2027, 5, 22)),
    "appreciative-inquiry": ("004", 22, date(2026, 12, 20)),
    "support-after-racism": ("004", 21, date(2026, 11, 29)),
    "good-enough-for-someone-i-love": ("004", 25, date(2026, 12, 20)),
    "sharing-good-practice": ("004", 27, date(2026, 12, 20)),
    "private-reflection": ("001", 20, None),
    "quick-note": ("004", 26, None),
}

every_method = pytest.mark.parametrize("tool_id", METHODS)


def tool(tool_id: str) -> Tool:
    return TOOLKIT.tool(tool_id)


def prompt(tool_id: str, prompt_id: str) -> Prompt:
    return next(each for each in tool(tool_id).prompts if each.id == prompt_id)


def asked(tool_id: str, answers: Mapping[str, Value] | None = None) -> list[str]:
    """The pages from first to last, walked with `next`: ids of prompts, steps or closing pages."""
    run = Run(tool(tool_id), answers or {})
    keys = [run.page.key]
    while not run.is_last:
        run = run.next()
        keys.append(run.page.key)
    return [key if key.startswith("/") else key.rpartition("/")[2] for key in keys]


def audiences(tool_id: str) -> dict[str, Audience]:
    return {each.id: each.audience for each in tool(tool_id).prompts}


@every_method
def test_the_source_is_named_and_the_date_to_look_again_is_right(tool_id: str) -> None:
    document, position, again = METHODS[tool_id]
    method = tool(tool_id)
    assert method.source.document.startswith(f"{document}_")
    assert method.source.position == position
    assert review_date(method.follow_up, TODAY) == again
    assert any(step.review for step in method.steps) == (again is not None)
    assert 3 <= len(method.steps) <= 8


@every_method
def test_the_words_are_our_own_and_about_adults(tool_id: str) -> None:
    if not SEEDS.exists():
        pytest.skip("The source documents are not beside this checkout.")
    runs = set()
    for seed in SEEDS.glob("*.txt"):
        source = _words(seed.read_text("utf-8"))
        runs |= {tuple(source[i : i + 7]) for i in range(len(source) - 6)}
    file = Path(__file__).parents[2] / "resources" / "tools" / f"{tool_id}.toml"
    for line in file.read_text("utf-8").splitlines():
        ours = _words(line)
        assert not [i for i in range(len(ours) - 6) if tuple(ours[i : i + 7]) in runs]
        assert not {"child", "children", "childrens", "family", "families"} & set(ours)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub("['’]", "", text.casefold()))


def test_a_debrief_puts_safety_first_and_keeps_facts_out() -> None:
    safety, outline, *_ = tool("post-incident-debrief").steps
    assert safety.title == "Safety first"
    assert "not supervision" in outline.text
    assert "Incident facts and safeguarding concerns belong in the proper system." in outline.text
    assert asked("post-incident-debrief") == [
        *("safe", "recorded", "outline", "like", "signs", "helped", "could-help", "needs"),
        *("who-asks", "more-help", REVIEW_PAGE, CHECK_PAGE),
    ]


@pytest.mark.parametrize(
    ("recorded", "asks"), [("Not yet", True), ("Not sure", True), ("Yes", False)]
)
def test_a_debrief_sees_that_the_incident_is_recorded(recorded: str, asks: bool) -> None:
    assert ("record-it" in asked("post-incident-debrief", {"recorded": recorded})) == asks


def test_a_debrief_stops_for_what_makes_people_safe() -> None:
    pages = asked("post-incident-debrief", {"safe": "Not yet"})
    assert pages.index("make-safe") == pages.index("safe") + 1
    assert "make-safe" not in asked("post-incident-debrief", {"safe": "Yes, for now"})


def test_what_a_debrief_felt_like_is_private_and_the_help_is_shared() -> None:
    seen = audiences("post-incident-debrief")
    for private in ("outline", "like", "signs", "helped", "could-help"):
        assert seen[private] is Audience.PRIVATE
    assert {seen["make-safe"], seen["needs"], seen["who-asks"]} == {Audience.SHARED}
    assert prompt("post-incident-debrief", "needs").kind is PromptKind.ACTION
    assert prompt("post-incident-debrief", "outline").words == 50


@pytest.mark.parametrize(
    ("tool_id", "matched"),
    [
        ("post-incident-debrief", "could-help"),
        ("offload-and-unblock", "ways-on"),
        ("why-i-stay", "ideas"),
    ],
)
def test_there_is_an_idea_for_each_thing_that_can_be_chosen(tool_id: str, matched: str) -> None:
    ideas = prompt(tool_id, matched)
    signs = prompt(tool_id, ideas.about[0])
    assert [response.to for response in ideas.responses] == list(signs.options)
    row = {"noticed": signs.options[0], "response": ideas.responses[0].offers[0]}
    kept = check_value(ideas, [row])
    assert ideas.responses[0].offers[0] in plain_text(blocks(ideas, kept))


def test_offloading_can_be_only_being_heard() -> None:
    heard = {"wanted": "To be heard; no ideas today"}
    closing = ("step", "eased", REVIEW_PAGE, CHECK_PAGE)
    assert asked("offload-and-unblock", heard) == ["wanted", "issue", *closing]
    titles = [step.title for step in Run(tool("offload-and-unblock"), heard).steps]
    assert titles == ["Say what you want from it", "Offload", "One next step"]


@pytest.mark.parametrize("wanted", ["", *prompt("offload-and-unblock", "wanted").options[::2]])
def test_offloading_goes_from_the_issue_to_one_next_step(wanted: str) -> None:
    answers: dict[str, Value] = {"wanted": wanted} if wanted else {}
    assert asked("offload-and-unblock", answers) == [
        *("wanted", "issue", "blocking", "tried", "ways-on", "who", "step", "eased"),
        *(REVIEW_PAGE, CHECK_PAGE),
    ]


def test_the_listener_waits_and_asks_before_offering_ideas() -> None:
    method = tool("offload-and-unblock")
    assert method.setting is Setting.ONE_TO_ONE
    assert method.steps[1].minutes == 10
    assert "said yes" in prompt(method.id, "ways-on").ask_first
    assert audiences(method.id)["issue"] is Audience.PRIVATE


def test_what_is_in_the_way_is_kept_to_three_and_can_be_ones_own() -> None:
    blocking = prompt("offload-and-unblock", "blocking")
    own = [*blocking.options[:2], "The lift is broken"]
    assert check_value(blocking, own) == own
    with pytest.raises(BadInput):
        check_value(blocking, [*own, blocking.options[2]])


def test_the_four_things_are_levels_of_the_work_with_no_total() -> None:
    four = prompt("why-i-stay", "four-things")
    assert four.kind is PromptKind.LEVELS
    assert len(four.rows) == 4
    assert four.rows == prompt("why-i-stay", "weakest").options
    _, here, matters = four.columns
    assert len(here.meanings) == len(matters.meanings) == 3
    kept = check_value(four, [{"what": "Fair pay", "here-now": "A little", "matters": "A lot"}])
    text = plain_text(blocks(four, kept))
    assert "Fair pay" in text
    assert not re.search(r"\d", text)
    with pytest.raises(BadInput):
        check_value(four, [{"what": "My own diligence", "here-now": "A lot"}])


def test_why_i_stay_is_for_oneself_and_compared_after_six_months() -> None:
    method = tool("why-i-stay")
    assert method.setting is Setting.SOLO
    assert set(audiences(method.id).values()) == {Audience.PRIVATE}
    (comparison,) = method.collections
    assert isinstance(comparison, Comparison)
    assert comparison.prompts[0] == "four-things"
    assert prompt(method.id, "weakest").most == 2
    assert asked(method.id) == [
        *("glad", "four-things", "examples", "weakest", "ideas", "stronger", "do", "ask-for"),
        *(REVIEW_PAGE, CHECK_PAGE),
    ]


def test_appreciative_inquiry_discovers_dreams_designs_and_delivers() -> None:
    method = tool("appreciative-inquiry")
    assert [step.id for step in method.steps[1:]] == ["discover", "dream", "design", "deliver"]
    assert asked(method.id) == [
        *("topic", "story", "causes", "usual", "in-place", "start", "ask-for"),
        *(REVIEW_PAGE, CHECK_PAGE),
    ]
    causes = prompt(method.id, "causes")
    check_value(causes, [{"text": "Time to talk", "group": "What we did"}])
    with pytest.raises(BadInput):
        check_value(causes, [{"text": "Time to talk", "group": "Whose fault"}])


@pytest.mark.parametrize(
    ("today", "left_out"),
    [
        ("To say what happened, and what I need", set()),
        ("Only to say what I need", {"happened"}),
        ("Only to hear what support there is", {"happened", "like", "need"}),
    ],
)
def test_support_never_depends_on_telling_the_story(today: str, left_out: set[str]) -> None:
    everything = [
        *("today", "safe", "happened", "like", "chosen", "need", "knows", "may-know", "report"),
        *("manager-actions", "what-was-agreed", REVIEW_PAGE, CHECK_PAGE),
    ]
    assert asked("support-after-racism", {"today": today}) == [
        each for each in everything if each not in left_out
    ]


def test_support_after_racism_can_be_stopped_and_names_the_formal_path() -> None:
    first, *_ = tool("support-after-racism").steps
    assert "stop at any time" in first.title
    reporting = next(s for s in tool("support-after-racism").steps if s.id == "reporting")
    assert "formal report is a path of its own" in reporting.text
    for safe, asks in (("Yes", False), ("Not sure", True), ("No", True)):
        assert ("make-safe" in asked("support-after-racism", {"safe": safe})) == asks
    for report in prompt("support-after-racism", "report").options:
        pages = asked("support-after-racism", {"report": report})
        assert ("report-help" in pages) == (report == "I want to, with help")


def test_what_was_suffered_is_private_and_what_a_manager_does_is_shared() -> None:
    seen = audiences("support-after-racism")
    for private in ("happened", "like", "need", "knows"):
        assert seen[private] is Audience.PRIVATE
    assert seen["manager-actions"] is Audience.SHARED
    assert prompt("support-after-racism", "manager-actions").kind is PromptKind.ACTION
    assert prompt("support-after-racism", "chosen").own_list


@pytest.mark.parametrize(
    ("which", "asks"),
    [("A service", False), ("A letter or form", True), ("A plan", True), ("Something else", False)],
)
def test_words_are_looked_at_where_there_are_words(which: str, asks: bool) -> None:
    pages = asked("good-enough-for-someone-i-love", {"which": which})
    assert ("new-words" in pages) == asks
    assert prompt("good-enough-for-someone-i-love", "new-words").language_help


def test_the_question_about_someone_i_love_makes_a_card() -> None:
    method = tool("good-enough-for-someone-i-love")
    assert asked(method.id) == [
        *("which", "thing", "answer", "good-already", "would-not-accept", "one-change", "do"),
        *(REVIEW_PAGE, CHECK_PAGE),
    ]
    assert method.card
    assert method.card.prompts == (
        *("thing", "answer", "good-already", "would-not-accept", "one-change"),
    )


def test_an_example_is_checked_for_people_before_it_is_shared() -> None:
    method = tool("sharing-good-practice")
    told = ["example", "setting", "tried", "changed", "evidence", "differently", "themes"]
    after = ["agreed-to-share", "where", REVIEW_PAGE, CHECK_PAGE]
    assert asked(method.id) == [*told, "could-tell", *after]
    assert asked(method.id, {"could-tell": "Perhaps"}) == [
        *(*told, "could-tell", "change-first", *after)
    ]
    seen = audiences(method.id)
    assert {seen[each] for each in told} == {Audience.THEMES}
    assert seen["could-tell"] is seen["agreed-to-share"] is Audience.PRIVATE


def test_examples_become_a_card_a_register_and_themes() -> None:
    method = tool("sharing-good-practice")
    assert method.card
    assert {audiences(method.id)[each] for each in method.card.prompts} == {Audience.THEMES}
    register, themes = method.collections
    assert isinstance(register, Register)
    assert isinstance(themes, GatheredThemes)
    with pytest.raises(BadInput):
        check_value(prompt(method.id, "themes"), [{"text": f"Theme {n}"} for n in range(5)])


SHAPES = {
    "Five questions": ["happened", "noticed-and-felt", "mattered", "learned", "next"],
    "Gibbs: six stages": [
        *("gibbs-description", "gibbs-feelings", "gibbs-evaluation", "gibbs-analysis"),
        *("gibbs-conclusion", "gibbs-plan"),
    ],
    "Driscoll: three questions": ["driscoll-what", "driscoll-so-what", "driscoll-now-what"],
    "Kolb: four stages": ["kolb-experience", "kolb-observation", "kolb-idea", "kolb-try"],
}


def test_a_reflection_offers_four_shapes_the_five_questions_first() -> None:
    assert prompt("private-reflection", "questions").options == tuple(SHAPES)
    assert asked("private-reflection") == asked(
        "private-reflection", {"questions": "Five questions"}
    )
    named = " ".join(step.text for step in tool("private-reflection").steps)
    assert all(author in named for author in ("Gibbs", "Driscoll", "Kolb"))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_reflection_asks_only_the_questions_of_its_shape(shape: str) -> None:
    run = Run(tool("private-reflection"), {"questions": shape})
    assert asked("private-reflection", run.answers) == [
        *("questions", *SHAPES[shape], "do", CHECK_PAGE)
    ]
    assert len(run.steps) == 3
    assert [each.id for each in run.unanswered] == [*SHAPES[shape], "do"]


def test_what_was_written_before_another_shape_was_chosen_stays_in_sight() -> None:
    run = Run(tool("private-reflection"), {"happened": "A long afternoon."})
    run = run.with_answer("questions", "Kolb: four stages")
    assert asked("private-reflection", run.answers) == [
        *("questions", "happened", *SHAPES["Kolb: four stages"], "do", CHECK_PAGE)
    ]


def test_a_reflection_is_private() -> None:
    assert tool("private-reflection").setting is Setting.SOLO
    assert set(audiences("private-reflection").values()) == {Audience.PRIVATE}


def test_a_quick_note_is_one_prompt_and_the_rest_is_for_later() -> None:
    method = tool("quick-note")
    assert method.quick
    assert method.minutes == 1
    assert asked(method.id) == ["note", "means", "do", CHECK_PAGE]
    run = Run(method, {"note": "She laughed at last."})
    assert run.is_first
    assert run.next().step_state(method.steps[0]) is StepState.DONE
    assert [each.id for each in run.unanswered] == ["means", "do"]
    assert all(step.title.endswith("for later") for step in method.steps[1:])
    assert set(audiences(method.id).values()) == {Audience.PRIVATE}
