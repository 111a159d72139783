"""A tool to try something with: plain, but for what is given."""

from typing import Any

from msgspec.structs import replace

from retention_desktop.models.enums import Driver, Role, Setting
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.definition import NoFollowUp, Source, Step, Tool

_PLAIN = Tool(
    id="a-tool",
    version=1,
    title="A tool",
    driver=Driver.GROWTH,
    setting=Setting.SOLO,
    roles=(Role.MANAGER,),
    audience="Anybody",
    when="Each month",
    purpose="To try it.",
    minutes=10,
    steps=(),
    closing="That is all.",
    follow_up=NoFollowUp(),
    source=Source("a page", 1),
)


def a_tool(*prompts: Prompt, **fields: Any) -> Tool:
    """A tool of one step with these prompts, or of the `steps` that are given."""
    return replace(_PLAIN, **({"steps": (Step("step", "Step", "Do it.", prompts),)} | fields))
