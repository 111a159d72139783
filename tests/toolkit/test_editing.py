"""Editing a tool: whatever is done can be taken back, and every fault is named at its place."""

import tomllib
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_desktop.models.enums import PromptKind, Setting
from retention_desktop.models.prompts import Column, OnlyIf, Prompt, Response
from retention_desktop.toolkit.checking import check_tool
from retention_desktop.toolkit.definition import (
    Card,
    FixedDays,
    Register,
    Tool,
)
from retention_desktop.toolkit.drafts import load_draft, save_draft
from retention_desktop.toolkit.editing import Editing, copied, skeleton
from retention_desktop.toolkit.faults import Fault
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.naming import is_passing, with_lasting_ids
from retention_desktop.toolkit.parts import Part, parts_of, piece_at, prompt_at
from retention_desktop.toolkit.writing import to_toml

from .small_tool import TOOL, with_prompt

TOOLS = load_toolkit().tools
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=70)
Operation = Callable[[Editing], Editing]


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Something that somebody might do, to a part that is chosen when it is done."""
    what = draw(
        st.sampled_from(
            [
                "title",
                "label",
                "options",
                "kind",
                "add-step",
                "add-prompt",
                "add-column",
                "copy",
                "remove",
                "move",
                "mend",
            ]
        )
    )
    where, words = draw(st.integers(0, 999)), draw(WORDS)
    kind = draw(st.sampled_from(list(PromptKind)))
    by = draw(st.sampled_from([-1, 1]))

    def do(editing: Editing) -> Editing:
        tool = editing.tool
        parts = parts_of(tool)
        part = parts[where % len(parts)]
        editing = editing.look_at(part)
        prompts = [each for each in parts if len(each) == 2]
        prompt = prompts[where % len(prompts)] if prompts else None
        match what:
            case "title" if len(part) < 2:
                return editing.type_in(part, "title", words)
            case "label" if prompt:
                return editing.type_in(prompt, "label", words)
            case "options" if prompt:
                return editing.change(prompt, options=(words, "No"))
            case "kind" if prompt:
                return editing.change_kind(prompt, kind)
            case "add-step":
                return editing.add_step()
            case "add-prompt" if tool.steps:
                return editing.add_prompt()
            case "add-column" if prompt and prompt_at(tool, prompt).columns:
                return editing.add_column(prompt)
            case "copy" if part:
                return editing.copy(part)
            case "remove" if part:
                return editing.remove(part)
            case "move" if part:
                return editing.move(part, by)
            case "mend" if editing.problems:
                return editing.mend(editing.problems[where % len(editing.problems)])
        return editing

    return do


@given(st.sampled_from(TOOLS), st.lists(operations(), max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_was_done_can_be_taken_back_and_made_again(
    tool: Tool, done: list[Operation]
) -> None:
    editing = Editing(tool)
    for do in done:
        editing = do(editing)
        assert check_tool(read(editing.tool), f"{tool.id}.toml").tool == (
            None if editing.problems else editing.tool
        )
        for fault in editing.problems:
            piece_at(editing.tool, fault.part)  # is there
    end = editing.tool
    while editing.can_undo:
        editing = editing.undo()
        piece_at(editing.tool, editing.at)  # is there
    assert editing.tool == tool
    while editing.can_redo:
        editing = editing.redo()
    assert editing.tool == end


@given(st.sampled_from(TOOLS), st.lists(operations(), max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_sound_tool_is_sound_with_its_lasting_ids(tool: Tool, done: list[Operation]) -> None:
    editing = Editing(copied(tool, "new-1"))
    for do in done:
        editing = do(editing)
    made = with_lasting_ids(editing.tool, taken={each.id for each in TOOLS})
    ids = [made.id, *(step.id for step in made.steps), *(prompt.id for prompt in made.prompts)]
    ids += [column.id for prompt in made.prompts for column in prompt.columns]
    assert not any(is_passing(each) for each in ids)
    assert made.id not in {each.id for each in TOOLS}
    assert bool(Editing(made).problems) == bool(editing.problems)


@given(st.sampled_from(TOOLS), st.lists(operations(), max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_draft_comes_back_faults_and_all(
    tmp_path_factory: pytest.TempPathFactory, tool: Tool, done: list[Operation]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "drafts"
    editing = Editing(tool)
    for do in done:
        editing = do(editing)
    save_draft(folder, editing.tool)
    assert load_draft(folder, tool.id) == editing.tool


def read(tool: Tool) -> dict[str, object]:
    return tomllib.loads(to_toml(tool))


# Undo


def test_what_is_typed_in_a_row_is_undone_at_once() -> None:
    editing = Editing(TOOL)
    for words in ("L", "Lo", "Look"):
        editing = editing.type_in((0,), "title", words)
    editing = editing.type_in((0,), "text", "Other words.")
    assert editing.undo().tool.steps[0].title == "Look"
    assert editing.undo().undo().tool == TOOL


def test_typing_again_after_looking_elsewhere_is_a_change_of_its_own() -> None:
    editing = Editing(TOOL).type_in((), "title", "One")
    editing = editing.look_at((0,)).look_at(()).type_in((), "title", "One two")
    assert editing.undo().tool.title == "One"


def test_a_new_change_ends_what_could_be_redone() -> None:
    editing = Editing(TOOL).change((), title="One").undo().change((), title="Two")
    assert not editing.can_redo


def test_undo_leads_to_the_part_that_it_changes() -> None:
    editing = Editing(TOOL).remove((0, 0)).look_at((3,)).undo()
    assert editing.at == (0, 0)
    assert editing.tool == TOOL


def test_a_setting_that_is_chosen_no_longer_stands_among_the_others() -> None:
    tool = msgspec.structs.replace(TOOL, also_suits=(Setting.TEAM, Setting.ONE_TO_ONE))
    editing = Editing(tool).change((), setting=Setting.TEAM)
    assert editing.tool.also_suits == (Setting.ONE_TO_ONE,)
    assert editing.problems == ()


def test_setting_what_is_there_already_is_no_change() -> None:
    assert not Editing(TOOL).change((), title=TOOL.title).can_undo


# Parts


def test_a_question_is_added_after_the_one_that_is_looked_at() -> None:
    editing = Editing(TOOL).look_at((1, 0)).add_prompt()
    assert editing.at == (1, 1)
    assert editing.tool.steps[1].prompts[0] == TOOL.steps[1].prompts[0]


def test_a_prompt_that_is_moved_up_beyond_its_step_goes_to_the_end_of_the_one_before() -> None:
    moved = Editing(TOOL).move((1, 0), -1)
    assert moved.at == (0, len(TOOL.steps[0].prompts))
    assert piece_at(moved.tool, moved.at) == TOOL.steps[1].prompts[0]
    assert moved.move(moved.at, 1).tool == TOOL


def test_nothing_moves_beyond_the_ends() -> None:
    editing = Editing(TOOL)
    last = len(TOOL.steps) - 1
    assert not editing.can_move((0,), -1)
    assert not editing.can_move((0, 0), -1)
    assert not editing.can_move((last,), 1)
    assert editing.move((0,), -1) is editing


def test_a_copied_step_refers_to_its_own_questions() -> None:
    choice = Prompt("which", "Which?", PromptKind.SINGLE_CHOICE, options=("Yes", "No"))
    more = Prompt("more", "More?", only_if=OnlyIf("which", ("Yes",)))
    step = msgspec.structs.replace(TOOL.steps[0], prompts=(choice, more))
    tool = msgspec.structs.replace(TOOL, steps=(step, *TOOL.steps[1:]))
    editing = Editing(tool).copy((0,))
    copied_choice, copied_more = editing.tool.steps[1].prompts
    assert copied_more.only_if == OnlyIf(copied_choice.id, ("Yes",))
    assert editing.tool.steps[0] == step
    assert editing.problems == ()


def test_a_copied_step_does_not_choose_the_date_a_second_time() -> None:
    step = next(n for n, step in enumerate(TOOL.steps) if step.review)
    assert Editing(TOOL).copy((step,)).problems == ()


def test_a_new_column_of_levels_has_the_same_choices() -> None:
    editing = Editing(TOOL).change_kind((0, 0), PromptKind.LEVELS).add_column((0, 0))
    (only,) = [fault for fault in editing.problems if fault.part[:2] == (0, 0)]
    assert (only.part, only.field) == ((0, 0, 2), "label")


# Kinds


def test_another_kind_keeps_what_still_fits() -> None:
    prompt = Prompt(
        "which",
        "Which?",
        PromptKind.SEVERAL_CHOICES,
        "Help.",
        options=("A", "B"),
        most=1,
        minutes=5,
    )
    editing = Editing(with_prompt(prompt)).change_kind((0, 0), PromptKind.SINGLE_CHOICE)
    kept = prompt_at(editing.tool, (0, 0))
    assert (kept.options, kept.most, kept.minutes, kept.help) == (("A", "B"), 0, 5, "Help.")
    text = prompt_at(editing.change_kind((0, 0), PromptKind.LONG_TEXT).tool, (0, 0))
    assert text == Prompt("which", "Which?", PromptKind.LONG_TEXT, "Help.", minutes=5)


def test_a_table_that_becomes_levels_keeps_the_columns_that_fit() -> None:
    high = Column("a", "A", PromptKind.SINGLE_CHOICE, options=("Low", "High"))
    columns = (Column("n", "N", PromptKind.DATE), Column("d", "D", PromptKind.DATE), high)
    table = Prompt("t", "T?", PromptKind.TABLE, columns=columns)
    editing = Editing(with_prompt(table)).change_kind((0, 0), PromptKind.LEVELS)
    assert prompt_at(editing.tool, (0, 0)).columns == (Column("n", "N"), high)
    assert editing.problems == ()


@pytest.mark.parametrize("kind", list(PromptKind))
def test_each_kind_names_only_what_the_person_has_to_write(kind: PromptKind) -> None:
    editing = Editing(TOOL).change_kind((0, 0), kind)
    fields = {fault.field for fault in editing.problems if fault.part == (0, 0)}
    assert fields <= {"options", "responses", "about"}
    assert editing.undo().tool == TOOL or kind is prompt_at(TOOL, (0, 0)).kind


# Faults


@pytest.mark.parametrize(
    ("part", "fields", "fault_at"),
    [
        ((), {"title": ""}, "title"),
        ((), {"follow_up": FixedDays(7, "")}, "follow_up, text"),
        ((0,), {"title": 50 * "x"}, "title"),
        ((0,), {"script": ("Say this.", "")}, "script"),
        ((0, 0), {"label": " "}, "label"),
        ((0, 0), {"kind": PromptKind.SINGLE_CHOICE}, "options"),
        ((0, 0), {"kind": PromptKind.SINGLE_CHOICE, "options": ("A", "A")}, "options"),
        ((0, 0), {"options": ("A",)}, "options"),
        ((0, 0), {"words": 1}, "words"),
    ],
)
def test_a_fault_is_named_at_its_field(
    part: Part, fields: dict[str, object], fault_at: str
) -> None:
    editing = Editing(with_prompt(Prompt("only", "Only?"))).change(part, **fields)
    assert [(fault.part, fault.field) for fault in editing.problems] == [(part, fault_at)]


def test_a_fault_of_a_column_is_named_at_the_column() -> None:
    prompt = Prompt("who", "Who?", PromptKind.TABLE, columns=(Column("a", "A"), Column("b", "")))
    (fault,) = Editing(with_prompt(prompt)).problems
    assert fault[:2] == ((0, 0, 1), "label")


def test_all_faults_are_named_at_once() -> None:
    first, second = Prompt("when", "When?"), Prompt("more", "", only_if=OnlyIf("when", ("Yes",)))
    step = msgspec.structs.replace(TOOL.steps[0], prompts=(first, second))
    tool = msgspec.structs.replace(TOOL, steps=(step, *TOOL.steps[1:]))
    found = {(fault.part, fault.field) for fault in Editing(tool).problems}
    assert found >= {((0, 1), "label"), ((0, 1), "only_if")}


def test_what_refers_to_a_removed_question_is_named_and_can_be_taken_away() -> None:
    first = Prompt("when", "When?", PromptKind.SINGLE_CHOICE, options=("A", "B"))
    second = Prompt("more", "More?", only_if=OnlyIf("when", ("A",)), recalls=("when", "more"))
    step = msgspec.structs.replace(TOOL.steps[0], prompts=(first, second))
    tool = msgspec.structs.replace(
        TOOL,
        steps=(step, *TOOL.steps[1:]),
        card=Card("A card", ("when", "more")),
        collections=(Register("All", "All uses.", ("when",)), Register("More", "Text.", ("more",))),
    )
    assert Editing(tool).problems == ()
    editing = Editing(tool).remove((0, 0))
    places = [(fault.part, fault.field.partition(",")[0]) for fault in editing.problems]
    assert places == [((), "card"), ((), "collections"), ((0, 0), "only_if"), ((0, 0), "recalls")]
    while editing.problems:
        assert editing.can_mend(editing.problems[0])
        editing = editing.mend(editing.problems[0])
    assert editing.tool.card == Card("A card", ("more",))
    assert [each.title for each in editing.tool.collections] == ["More"]
    assert prompt_at(editing.tool, (0, 0)) == Prompt("more", "More?", recalls=("more",))
    for _fault in places:
        editing = editing.undo()
    assert editing.undo().tool == tool


def test_what_goes_with_an_option_goes_with_its_new_words() -> None:
    noticed = Prompt("noticed", "What?", PromptKind.SEVERAL_CHOICES, options=("Tired", "Quiet"))
    which = Prompt("which", "Which?", PromptKind.SINGLE_CHOICE, options=("Yes", "No"))
    responses = (Response("Tired", ("Rest",)), Response("Quiet", ("Ask",)))
    helps = Prompt("helps", "Help?", PromptKind.MATCHED, about=("noticed",), responses=responses)
    more = Prompt("more", "More?", only_if=OnlyIf("which", ("Yes",)))
    step = msgspec.structs.replace(TOOL.steps[0], prompts=(noticed, which, helps, more))
    tool = msgspec.structs.replace(TOOL, steps=(step, *TOOL.steps[1:]))
    editing = Editing(tool)
    for words in ("Worn", "Worn out"):
        editing = editing.type_in((0, 0), "options", (words, "Quiet"))
    editing = editing.change((0, 1), options=("Yes, please", "No"))
    assert editing.problems == ()
    assert prompt_at(editing.tool, (0, 2)).responses[0].to == "Worn out"
    assert prompt_at(editing.tool, (0, 3)).only_if == OnlyIf("which", ("Yes, please",))
    assert editing.undo().undo().tool == tool


def test_words_that_are_missing_cannot_be_taken_away() -> None:
    editing = Editing(TOOL).change((), title="")
    assert not editing.can_mend(editing.problems[0])
    assert editing.mend(Fault((), "title", "")) is editing


# Beginnings


def test_a_copy_keeps_everything_but_its_name() -> None:
    made = copied(TOOL, "new-1")
    assert made == msgspec.structs.replace(
        TOOL, id="new-1", version=1, title=f"Copy of {TOOL.title}"
    )
    assert Editing(made).problems == ()


def test_a_tool_from_nothing_asks_only_for_words() -> None:
    faults = Editing(skeleton("new-1")).problems
    assert {(fault.part, fault.field) for fault in faults} == {
        *(((), name) for name in ("title", "audience", "when", "purpose", "closing")),
        ((0,), "title"),
        ((0,), "text"),
        ((0, 0), "label"),
    }
