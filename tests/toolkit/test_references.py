"""What the parts of a tool say of each other must hold, and each fault is named with its place."""

from typing import Any

import pytest
from msgspec import structs

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, OnlyIf, Prompt, Response
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    Card,
    Comparison,
    Fairness,
    GatheredThemes,
    PlannedAndHad,
    Step,
    Tool,
)
from retention_desktop.toolkit.references import reference_faults

from ..tools import a_tool

LOW_HIGH = ("Low", "High")
SIGNS = Prompt("signs", "Signs?", PromptKind.SEVERAL_CHOICES, options=("Quiet", "Tired"))
ONE = Prompt("one", "Which?", PromptKind.SINGLE_CHOICE, options=("Stay", "Leave"))
DAY = Prompt("day", "When?", PromptKind.DATE)
WORDS = Prompt("words", "What?")
THEMES = Prompt("themes", "Themes?", PromptKind.THEMES)
PEOPLE = Prompt(
    "people",
    "Who?",
    PromptKind.TABLE,
    columns=(Column("alias", "Alias"), Column("since", "Since", PromptKind.DATE)),
)
BEFORE = (SIGNS, ONE, DAY, WORDS, THEMES, PEOPLE)


def tool_with(*prompts: Prompt, **fields: Any) -> Tool:
    return a_tool(
        steps=(Step("ask", "Ask", "Ask.", BEFORE), Step("more", "More", "More.", prompts)),
        **fields,
    )


def faults(tool: Tool) -> list[str]:
    return [f"{place}: {fault}" for place, fault in reference_faults(tool)]


GOOD = (
    Prompt(
        "help",
        "Help?",
        PromptKind.MATCHED,
        about=("signs",),
        responses=(Response("Quiet", ("Ask",)),),
    ),
    Prompt("stay", "Stay?", only_if=OnlyIf("one", ("Stay",)), recalls=("words", "stay")),
    Prompt("by", "By when?", PromptKind.DATE, about=("day",), days=7),
    Prompt("map", "Where?", PromptKind.OVERLAP, options=("A", "Both", "B")),
    Prompt(
        "loads",
        "Loads?",
        PromptKind.LEVELS,
        columns=(
            Column("name", "Name", like="people/alias"),
            Column("load", "Load", PromptKind.SINGLE_CHOICE, options=LOW_HIGH, meanings=("l", "h")),
        ),
        rows=("First", "Second"),
    ),
)


def test_a_tool_whose_names_all_lead_somewhere_has_no_fault() -> None:
    tool = tool_with(
        *GOOD,
        follow_up=AnsweredDate("by", "t", 7),
        card=Card("A card", ("words", "stay")),
        collections=(
            GatheredThemes("Themes", "t", ("themes",)),
            Fairness("Fair", "t", "people/alias", "loads/name"),
            Comparison("Before", "t", ("loads",)),
        ),
    )
    assert faults(tool) == []


@pytest.mark.parametrize(
    ("prompt", "fault"),
    [
        (
            Prompt("x", "?", only_if=OnlyIf("later", ("Stay",))),
            "only_if: there is no prompt “later” before this one",
        ),
        (
            Prompt("x", "?", only_if=OnlyIf("signs", ("Quiet",))),
            "only_if: the prompt “signs” is not of the kind single-choice",
        ),
        (
            Prompt("x", "?", only_if=OnlyIf("one", ("Go",))),
            "only_if, answers: “Go” is not one of the options",
        ),
        (Prompt("x", "?", recalls=("nothing",)), "recalls: there is no prompt “nothing”"),
        (
            Prompt("x", "?", PromptKind.MATCHED, responses=(Response("Quiet", ("Ask",)),)),
            "about: names 0 prompts, and must name 1",
        ),
        (
            Prompt(
                "x",
                "?",
                PromptKind.MATCHED,
                about=("signs",),
                responses=(Response("Loud", ("Ask",)),),
            ),
            "responses, to: “Loud” is not one of the options",
        ),
        (
            Prompt(
                "x",
                "?",
                PromptKind.MATCHED,
                about=("signs",),
                responses=(Response("Quiet", ("Ask",)),) * 2,
            ),
            "responses, to: the same option stands there twice",
        ),
        (
            Prompt("x", "?", PromptKind.DATE, days=7),
            "about: names 0 prompts, and must name 1",
        ),
        (
            Prompt("x", "?", PromptKind.DATE, about=("words",), days=7),
            "about: the prompt “words” is not of the kind date",
        ),
        (
            Prompt("x", "?", PromptKind.OVERLAP, options=LOW_HIGH),
            "options: an overlap has three: one area, both, the other area",
        ),
        (
            Prompt("x", "?", PromptKind.OVERLAP, options=("A", "B", "C"), about=("words",)),
            "about: names 1 prompts, and must name 0 or 2",
        ),
        (
            Prompt("x", "?", PromptKind.LEVELS, columns=(Column("name", "Name"),)),
            "columns: levels need a short text first, for the name, and then choices",
        ),
        (
            Prompt(
                "x",
                "?",
                PromptKind.LEVELS,
                columns=(
                    Column("name", "Name"),
                    Column("a", "A", PromptKind.SINGLE_CHOICE, options=LOW_HIGH),
                    Column("b", "B", PromptKind.SINGLE_CHOICE, options=("Low", "Top")),
                ),
            ),
            "column 3, options: must be the same as in column 2",
        ),
        (
            Prompt("x", "?", PromptKind.TABLE, columns=(Column("a", "A", like="people/since"),)),
            "column 1, like: the column “people/since” is not a short text",
        ),
        (
            Prompt("x", "?", PromptKind.TABLE, columns=(Column("a", "A", like="people"),)),
            "column 1, like: “people” names no column; write “prompt/column”",
        ),
        (
            Prompt(
                "x",
                "?",
                PromptKind.TABLE,
                columns=(Column("a", "A", PromptKind.DATE),),
                rows=("R",),
            ),
            "column 1: must be a short text, because the rows stand there",
        ),
        (
            Prompt(
                "x",
                "?",
                PromptKind.TABLE,
                columns=(
                    Column("a", "A"),
                    Column("b", "B", PromptKind.SINGLE_CHOICE, options=LOW_HIGH, meanings=("one",)),
                ),
            ),
            "column 2, meanings: there must be one for each option",
        ),
    ],
)
def test_each_fault_of_a_prompt_is_named_with_its_place(prompt: Prompt, fault: str) -> None:
    assert faults(tool_with(prompt)) == [f"step 2, prompt 1, {fault}"]


def test_faults_of_the_whole_tool_are_named() -> None:
    tool = tool_with(
        follow_up=AnsweredDate("words", "t"),
        card=Card("A card", ("nothing",)),
        agreement=True,
        collections=(
            GatheredThemes("Themes", "t", ("words",)),
            Fairness("Themes", "t", "people/alias", "people/since"),
        ),
    )
    assert faults(tool) == [
        "agreement: no prompt carries what was agreed the last time",
        "follow_up: the prompt “words” is not of the kind date",
        "card: there is no prompt “nothing”",
        "collection 1, prompts: the prompt “words” is not of the kind themes",
        "collection 2, title: “Themes” is used twice",
        "collection 2, matched: the column “people/since” is not a short text",
    ]


def test_planned_and_had_are_two_columns_of_hours_in_one_table() -> None:
    columns = (
        Column("what", "What"),
        Column("planned", "Planned", PromptKind.HOURS),
        Column("had", "Had", PromptKind.HOURS),
    )
    times = Prompt("times", "How long?", PromptKind.TABLE, columns=columns)

    def told(prompt: str, planned: str, had: str) -> list[str]:
        collection = PlannedAndHad("Time", "t", prompt, planned, had)
        return faults(tool_with(times, collections=(collection,)))

    assert told("times", "planned", "had") == []
    assert told("times", "what", "none") == [
        "collection 1, planned: “what” is not a column of hours there",
        "collection 1, had: “none” is not a column of hours there",
    ]
    assert told("times", "had", "had") == ["collection 1, had: names the same column as “planned”"]
    assert told("nothing", "planned", "had") == [
        "collection 1, prompt: there is no prompt “nothing”"
    ]
    assert "is not of the kind table" in told("words", "planned", "had")[0]


def test_a_tool_for_themes_only_asks_nothing_that_could_describe_a_person() -> None:
    tool = structs.replace(tool_with(), themes_only=True)
    assert [place for place, _ in reference_faults(tool)] == [
        "step 1, prompt 4, kind",
        "step 1, prompt 6, kind",
    ]


def test_a_half_made_tool_is_looked_at_without_a_crash() -> None:
    responses = (Response("Quiet", ("A walk",)),)
    for kind in PromptKind:
        faults(tool_with(Prompt("x", "X?", kind, responses=responses, rows=("One",))))
