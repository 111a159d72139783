"""The commands that need no vault: what the tools are, and whether tool files are sound."""

from argparse import Namespace
from collections.abc import Collection, Iterator

from msgspec import Struct, json
from msgspec.structs import fields

from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, say, say_json, whole, wrapped
from retention_desktop.cli.pack_commands import kept_packs
from retention_desktop.errors import BadInput
from retention_desktop.models.enums import PromptKind, Setting
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    ChosenDate,
    FixedDays,
    FollowUp,
    NoFollowUp,
    Repeating,
    Tool,
)
from retention_desktop.toolkit.loading import check_tools, load_toolkit
from retention_desktop.toolkit.packs import Pack, check_pack, is_pack, packs_by_tool, with_packs
from retention_desktop.toolkit.wording import DRIVER_NAMES

_TOOL_SHOWN = frozenset(Tool.__struct_fields__) - {
    "themes_only",
    "agreement",
    "quick",
    "occasional",
    "card",
}
_STEP_SHOWN = frozenset({"id", "title", "text", "prompts", "script"})
_PROMPT_SHOWN = frozenset(
    {"id", "label", "kind", "help", "audience", "options", "low", "high", "points", "columns"}
)
_SETTINGS = {
    Setting.SOLO: "on your own",
    Setting.ONE_TO_ONE: "one to one",
    Setting.TEAM: "as a team",
}


def show_tools(options: Namespace, _context: Context) -> None:
    """Print every field of every tool."""
    packs = kept_packs(options)
    tools = with_packs(load_toolkit(), packs).tools
    pack_of = packs_by_tool(packs)
    if options.json:
        say_json([_tool_as_json(tool, pack_of.get(tool.id)) for tool in tools])
        return
    driver = None
    for tool in tools:
        if tool.driver is not driver:
            driver = tool.driver
            names = DRIVER_NAMES[driver]
            say(names.name.upper(), *([names.heading] if names.heading != names.name else []), "")
        say(*_tool_lines(tool))
        if tool.id in pack_of:
            say(*_named("Pack", pack_of[tool.id].about.title))
        say("")


def check_tool_files(options: Namespace, _context: Context) -> None:
    """Print every problem of the tool files, or of the pack, at a path."""
    path = options.path
    problems = check_pack(path) if is_pack(path) else check_tools(path)
    say(*map(str, problems))
    if problems:
        count = counted(len(problems), "problem")
        raise BadInput(f"The tool files at {path} have {count}.")
    say("No problems found.")


def _tool_as_json(tool: Tool, pack: Pack | None) -> dict[str, object]:
    prompts = [whole(prompt) for prompt in tool.prompts]
    return whole(tool) | {"prompts": prompts, "pack": pack.about.id if pack else None}


def _tool_lines(tool: Tool) -> Iterator[str]:
    yield f"{tool.title}  ({tool.id}, version {tool.version})"
    others = [_SETTINGS[setting] for setting in tool.also_suits]
    setting = _SETTINGS[tool.setting] + (f" (also {', '.join(others)})" if others else "")
    yield f"  {tool.minutes} minutes, {setting}"
    yield from _named("For", f"{tool.audience} ({', '.join(tool.roles)})")
    yield from _named("When", tool.when)
    yield from _named("Purpose", tool.purpose)
    for number, step in enumerate(tool.steps, 1):
        yield wrapped(f"{step.title} [{step.id}]", "     ", f"{number:>4} ")
        yield wrapped(step.text, "     ")
        for sentence in step.script:
            yield wrapped(f"“{sentence}”", "       ", "     ")
        yield from _rest_lines(step, _STEP_SHOWN, "     ")
        for prompt in step.prompts:
            yield from _prompt_lines(prompt)
    yield from _named("Closing", tool.closing)
    yield from _named("Follow-up", _follow_up(tool.follow_up))
    for collection in tool.collections:
        yield from _named("Gathers", f"{collection.title}. {collection.text}")
    yield from _rest_lines(tool, _TOOL_SHOWN, "  ")
    yield f"  Source: {tool.source.document}, {tool.source.position}"


def _follow_up(follow_up: FollowUp) -> str:
    match follow_up:
        case NoFollowUp():
            return "none"
        case FixedDays(days, text):
            return f"after {days} days. {text}"
        case ChosenDate(text):
            return f"on a date you choose. {text}"
        case Repeating(months, text):
            return f"every {months} months. {text}" if months > 1 else f"every month. {text}"
        case AnsweredDate(prompt, text, days):
            return f"{days} days after the date of “{prompt}”. {text}"


def _named(name: str, text: str) -> Iterator[str]:
    yield wrapped(f"{name}: {text}", "    ", "  ")


def _prompt_lines(prompt: Prompt) -> Iterator[str]:
    yield wrapped(prompt.label, "       ", "     - ")
    yield wrapped(f"[{prompt.id}: {prompt.kind}, {prompt.audience}]", "       ")
    if prompt.help:
        yield wrapped(prompt.help, "       ")
    yield from _shape_lines(prompt, "       ")
    yield from _rest_lines(prompt, _PROMPT_SHOWN, "       ")
    for column in prompt.columns:
        yield wrapped(f"{column.label} [{column.id}: {column.kind}]", "         ", "       | ")
        if column.help:
            yield wrapped(column.help, "         ")
        yield from _shape_lines(column, "         ")
        yield from _rest_lines(column, _PROMPT_SHOWN, "         ")


def _shape_lines(asked: Prompt | Column, indent: str) -> Iterator[str]:
    if asked.options:
        yield wrapped(f"One of: {'; '.join(asked.options)}", indent)
    if asked.kind is PromptKind.SCALE:
        yield wrapped(f"From 1 ({asked.low}) to {asked.points} ({asked.high})", indent)


def _rest_lines(part: Struct, shown: Collection[str], indent: str) -> Iterator[str]:
    """The fields that only few tools use, as the tool file names them."""
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name not in shown and value != field.default:
            text = value if isinstance(value, str) else json.encode(value).decode()
            yield wrapped(f"{field.name} = {text}", indent + "  ", indent)
