"""Ids are made from words, once, and stay."""

import msgspec
import pytest

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import AnsweredDate
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.naming import NEW_LIST, with_lasting_ids

from .small_tool import TOOL, with_prompt


def test_ids_are_made_from_words_once_the_tool_is_kept_and_stay() -> None:
    editing = Editing(TOOL).look_at((0,)).add_prompt().change((0, 1), label="What went well, Siân?")
    editing = editing.look_at((0,)).add_step().change((1,), title="2 minutes’ rest", text="Rest.")
    kept = with_lasting_ids(editing.tool, taken=())
    assert kept.id == TOOL.id
    assert kept.steps[1].id == "minutes-rest"
    assert [p.id for p in kept.prompts if p.id not in {each.id for each in TOOL.prompts}] == [
        "what-went-well-sian"
    ]
    again = Editing(kept).change((0, 1), label="And what else?")
    assert with_lasting_ids(again.tool, taken=()).prompts[1].id == "what-went-well-sian"


@pytest.mark.parametrize(
    ("title", "tool_id"),
    [
        ("Career conversation", "career-conversation-2"),
        ("Review", "review"),
        ("对话", "tool"),
        ("New 1", "new-1-2"),
        (60 * "w", 50 * "w"),
    ],
)
def test_a_new_tool_takes_an_id_that_no_other_has(title: str, tool_id: str) -> None:
    tool = msgspec.structs.replace(TOOL, id="new-1", title=title)
    assert with_lasting_ids(tool, taken={"career-conversation"}).id == tool_id


def test_a_question_never_takes_the_name_of_a_part_of_every_record() -> None:
    tool = with_prompt(Prompt("new-1", "Review"))
    assert with_lasting_ids(tool, taken=()).prompts[0].id == "review-2"


def test_a_new_list_that_people_add_to_is_the_questions_own() -> None:
    prompt = Prompt("new-1", "Why?", PromptKind.SEVERAL_CHOICES, options=("A",), own_list=NEW_LIST)
    assert with_lasting_ids(with_prompt(prompt), taken=()).prompts[0].own_list == f"{TOOL.id}-why"


def test_a_follow_up_finds_its_new_question() -> None:
    tool = msgspec.structs.replace(
        with_prompt(Prompt("new-1", "Noticed on", PromptKind.DATE)),
        follow_up=AnsweredDate("new-1", "Look again."),
    )
    kept = with_lasting_ids(tool, taken=())
    assert kept.follow_up == AnsweredDate("noticed-on", "Look again.")
    assert Editing(kept).problems == ()
