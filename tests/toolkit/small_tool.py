"""A small tool to edit."""

import msgspec

from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import Repeating, Step, Tool
from retention_desktop.toolkit.editing import skeleton

TOOL = msgspec.structs.replace(
    skeleton("career-conversation"),
    title="Career conversation",
    audience="Anybody",
    when="Now and then",
    purpose="To look ahead.",
    closing="Thank you.",
    follow_up=Repeating(3, "Look again."),
    steps=(
        Step(
            "look-back", "Look back", "Take your time.", (Prompt("went-well", "What went well?"),)
        ),
        Step("look-ahead", "Look ahead", "Be bold.", (Prompt("hopes", "What do you hope for?"),)),
        Step("later", "Look again", "Choose a day.", review=True),
    ),
)


def with_prompt(prompt: Prompt) -> Tool:
    """The tool with this as the only prompt of its first step."""
    step = msgspec.structs.replace(TOOL.steps[0], prompts=(prompt,))
    return msgspec.structs.replace(TOOL, steps=(step, *TOOL.steps[1:]), card=None, collections=())
