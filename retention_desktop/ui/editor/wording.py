"""The names of what a tool is made of, and its faults, in words for people who write no files."""

from __future__ import annotations

import re

from retention_desktop.models.enums import Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.faults import Fault
from retention_desktop.toolkit.parts import Part, piece_at
from retention_desktop.toolkit.wording import DRIVER_NAMES, quoted
from retention_desktop.ui.translation import _

_RANGE = re.compile(r"must be from ([0-9]+) to ([0-9]+)")
_LENGTH = re.compile(r"is longer than ([0-9]+) characters")
_USED_TWICE = re.compile(r"(“.*”) is already used")
_NO_PROMPT = re.compile(r"there is no prompt (“.*”)(.*)")
_NO_OPTION = re.compile(r"(“.*”) is not one of the options")
_OTHER_KIND = re.compile(r"the prompt (“.*”) is not of the kind")


def kind_names() -> dict[PromptKind, str]:
    """How a question can be answered, in words."""
    return {
        PromptKind.LONG_TEXT: _("A longer text"),
        PromptKind.SHORT_TEXT: _("One line of text"),
        PromptKind.SINGLE_CHOICE: _("One choice of several"),
        PromptKind.SEVERAL_CHOICES: _("As many choices as fit"),
        PromptKind.SCALE: _("A number on a scale"),
        PromptKind.DATE: _("A date"),
        PromptKind.HOURS: _("A number of hours"),
        PromptKind.ACTION: _("Agreed actions"),
        PromptKind.TABLE: _("A table"),
        PromptKind.LEVELS: _("A table of levels, in colours"),
        PromptKind.THEMES: _("Short themes, no names"),
        PromptKind.OVERLAP: _("Two areas that overlap"),
        PromptKind.MATCHED: _("What may help with what was noticed"),
    }


def column_kind_names() -> dict[PromptKind, str]:
    """What a cell of a table can hold, in words."""
    names = kind_names()
    kinds = (
        PromptKind.SHORT_TEXT,
        PromptKind.SINGLE_CHOICE,
        PromptKind.SCALE,
        PromptKind.DATE,
        PromptKind.HOURS,
    )
    return {kind: names[kind] for kind in kinds}


def follow_up_names() -> dict[str, str]:
    """When a tool is looked at again, in words, by the name that files use."""
    return {
        "none": _("There is nothing to look at again"),
        "fixed-days": _("After so many days"),
        "chosen-date": _("On a day that people choose"),
        "repeating": _("Every so many months"),
        "answered-date": _("So many days after a date in the answers"),
    }


def role_names() -> dict[Role, str]:
    """The groups a tool is made for, in words."""
    return {
        Role.PRACTITIONER: _("Practitioners"),
        Role.SUPERVISOR: _("Supervisors"),
        Role.MANAGER: _("Managers"),
        Role.WORKFORCE_LEAD: _("Workforce leads"),
        Role.TEAM: _("Teams"),
    }


def setting_names() -> dict[Setting, str]:
    """How many people sit down, in words."""
    return {
        Setting.SOLO: _("One person"),
        Setting.ONE_TO_ONE: _("Two people"),
        Setting.TEAM: _("A team"),
    }


def driver_names() -> dict[Driver, str]:
    """The six drivers by their names."""
    return {driver: _(DRIVER_NAMES[driver].name) for driver in Driver}


def part_name(tool: Tool, part: Part) -> str:
    """What a part is called in the outline."""
    match piece_at(tool, part):
        case Tool(title=title):
            return title or _("A tool without a title")
        case Step(title=title):
            number = part[0] + 1
            words = title or _("A step without a title")
            return _("{number}. {title}").format(number=number, title=words)
        case Prompt(label=words):
            return words or _("A question without words")
        case column:
            return column.label or _("A column without a name")


def part_heading(tool: Tool, part: Part) -> str:
    """What is being changed."""
    if not part:
        return _("The tool as a whole")
    number, count = part[0] + 1, len(tool.steps)
    if len(part) == 1:
        return _("Step {number} of {count}").format(number=number, count=count)
    return _("A question of step {number}").format(number=number)


def fault_count(count: int) -> str:
    """How much is left to mend."""
    if count == 1:
        return _("One thing is left to mend.")
    return _("{count} things are left to mend.").format(count=count)


def fault_sentence(editing: Editing, fault: Fault) -> str:
    """A fault as a sentence that says what to do."""
    field, text = fault.field.partition(",")[0], fault.text
    if text == "is empty" or text.startswith("missing key"):
        return _missing(fault.field)
    if found := _LENGTH.match(text):
        return _("This is longer than {count} characters. Shorten it.").format(count=found[1])
    if found := _RANGE.match(text):
        return _("Choose a number from {low} to {high}.").format(low=found[1], high=found[2])
    if text.startswith("holds a line break"):
        return _("Put this on one line, without special characters.")
    if found := _USED_TWICE.match(text):
        return _("{words} is there twice. Change one of them.").format(words=found[1])
    if (found := _NO_PROMPT.match(text)) and field != "matched":
        return _lost(editing, field, found[1])
    if found := _NO_OPTION.match(text):
        return _("This goes with the answer {words}, which is no longer there.").format(
            words=found[1]
        )
    if found := _OTHER_KIND.match(text):
        return _lost(editing, field, found[1])
    plain = {
        "there must be one for each option": _("Write one meaning for each choice, or none."),
        "must be a short text, because the rows stand there": _(
            "This must be one line of text, because the rows stand there."
        ),
        "an overlap has three: one area, both, the other area": _(
            "Write three lines: the first area, both together, the second area."
        ),
        "the rows are fixed already": _("The rows are fixed. Set the most back to any number."),
        "levels need a short text first, for the name, and then choices": _(
            "Levels need a line of text first, and then at least one column of choices."
        ),
        "must be a single choice": _("Every column but the first must be one choice of several."),
        "must be the same as in column 2": _("The choices must be the same in every column."),
        "no prompt carries what was agreed the last time": _(
            "This is an agreement, so one question must begin with the last answer."
        ),
        "there is no follow-up to choose a date for": _(
            "A date is chosen in this step, but nothing is looked at again."
        ),
    }
    if text in plain:
        return plain[text]
    if "could describe one person" in text:
        return _("This tool keeps themes only, so nothing here may describe one person.")
    if field == "about" and "must name" in text:
        return _("This needs an earlier question to build on.")
    return f"{text[0].upper()}{text[1:]}."


def _missing(field: str) -> str:
    return {
        "title": _("Write a title."),
        "purpose": _("Write what it is for."),
        "audience": _("Write who it is for."),
        "when": _("Write when to use it."),
        "closing": _("Write what people read at the end."),
        "text": _("Write what to do in this step."),
        "label": _("Write the words that people read."),
        "options": _("Write at least one choice, each on a line of its own."),
        "low": _("Write what the lowest number means."),
        "high": _("Write what the highest number means."),
        "columns": _("Add at least one column."),
        "steps": _("Add at least one step."),
        "roles": _("Choose at least one group."),
        "follow_up, text": _("Write what to look at again."),
        "follow_up, prompt": _("Choose the question that asks for the date."),
        "responses": _("What may help is missing. It can be written in the file alone."),
    }.get(field, _("Write something here."))


def _lost(editing: Editing, field: str, name: str) -> str:
    """What follows from a name that leads nowhere, or to something of another kind."""
    prompt_id = name[1:-1]
    question = quoted(editing.labels.get(prompt_id, prompt_id))
    if any(prompt.id == prompt_id for prompt in editing.tool.prompts):
        if field in ("card", "collections", "follow_up"):
            sentence = _("This needs the question {question}, asked in the same way as before.")
        else:
            sentence = _(
                "This needs the question {question} before it, asked in the same way as before."
            )
    else:
        sentence = {
            "only_if": _("This is asked only after the question {question}, which is gone."),
            "recalls": _("This shows the last answers to {question}, which is gone."),
            "card": _("The card shows the question {question}, which is gone."),
            "collections": _("The answers to {question} are gathered, and it is gone."),
            "follow_up": _("The date is counted from the question {question}, which is gone."),
        }.get(
            field, _("This builds on the question {question}, which is gone. Undo brings it back.")
        )
    return sentence.format(question=question)
