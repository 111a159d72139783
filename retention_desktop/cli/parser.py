"""What can be asked for on the command line, and how."""

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from retention_desktop import __version__
from retention_desktop.errors import BadInput
from retention_desktop.models.enums import ActionState
from retention_desktop.toolkit.answers import YEARS

_LARGEST_ID = 2**63 - 1  # what the store can hold


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, like those of the commands."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message}.", f"See “{self.prog} --help”.")


def build_parser() -> argparse.ArgumentParser:
    """The parser; its `command` is the module and the function that do what was asked for."""
    parser = _Parser(
        prog="retention-desktop",
        description="A private, offline workbook for supervision and reflection. "
        "Without a command, the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="keep the window's own data in DIR"
    )
    parser.add_argument("--vault", type=Path, metavar="FOLDER", help="open the window on a vault")
    parser.add_argument(
        "--demo",
        nargs="?",
        choices=("manager", "practitioner"),
        help="open the window on six made-up months, of which nothing is kept",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    tools = _add(commands, "tools", "tool_commands", "show_tools", "show every tool, whole")
    _take_json(tools)

    check = _add(
        commands, "check-tools", "tool_commands", "check_tool_files", "find faults in tool files"
    )
    check.add_argument(
        "path", type=Path, metavar="PATH", help="a tool file, a folder of them, or a pack"
    )

    _add_packs(commands)

    text = _add(
        commands,
        "check-text",
        "privacy_commands",
        "check_text",
        "find what could identify a person in a text",
    )
    text.add_argument("file", metavar="FILE", help="a plain text (- for standard input)")
    text.add_argument(
        "--words", type=Path, metavar="FILE", help="words of your own to find, one on a line"
    )
    _take_json(text)

    _add_on_vault(commands, "new", "make_vault", "make a vault")

    add = _add_on_vault(commands, "add", "add_file", "add finished records from a JSON file")
    add.add_argument("file", type=Path, metavar="FILE.json", help="one record, or a list of them")

    _take_json(_add_on_vault(commands, "list", "show_list", "list the records, the newest first"))

    show = _add_on_vault(commands, "show", "show_record", "show one record, whole")
    _take_id(show)
    _take_json(show)

    search = _add_on_vault(
        commands,
        "search",
        "show_found",
        "find records by words, best first",
        module="search_commands",
    )
    search.add_argument("query", nargs="+", metavar="QUERY", help="words that must all be there")
    search.add_argument(
        "--everywhere",
        action="store_true",
        help="also what was agreed, people and tools; “tag:team” and the like narrow it",
    )
    search.add_argument(
        "--limit", type=_count, default=50, metavar="N", help="show at most N of a kind (50)"
    )
    _take_json(search)

    summary = _add_on_vault(commands, "summary", "save_summary", "save parts of a record as a PDF")
    _take_id(summary)
    summary.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to save the summary"
    )
    document = summary.add_mutually_exclusive_group()
    document.add_argument(
        "--docx", action="store_true", help="save a Word document instead of a PDF"
    )
    document.add_argument("--markdown", action="store_true", help="save Markdown instead")
    parts = summary.add_mutually_exclusive_group()
    parts.add_argument(
        "--include",
        nargs="+",
        metavar="PART",
        help="these parts alone: the ids of prompts, “actions”, “review” or “person”",
    )
    parts.add_argument(
        "--all",
        action="store_true",
        help="every part; otherwise all but private answers and the person",
    )

    gather = _add_on_vault(
        commands, "gather", "show_gathered", "show what all uses of a tool hold together"
    )
    gather.add_argument("tool", metavar="TOOL", help="the tool’s id")
    gather.add_argument(
        "--collection", type=_count, default=1, metavar="N", help="which of its collections (1)"
    )
    gather.add_argument(
        "--since", type=_day, metavar="DATE", help="records since this day, such as 2026-09-01"
    )
    gather.add_argument("--all", action="store_true", help="private answers too")
    form = gather.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of text")
    form.add_argument("--out", type=Path, metavar="FILE.pdf", help="save a PDF instead")

    dates = _add_on_vault(
        commands,
        "calendar",
        "save_calendar",
        "save the dates to come for another calendar",
        module="calendar_commands",
    )
    dates.add_argument(
        "--out", type=Path, required=True, metavar="FILE.ics", help="where to save the dates"
    )
    dates.add_argument("--titles", action="store_true", help="name the tools in the file")

    _add_follow_through(commands)
    _add_whole_journal(commands)

    insights = _add_on_vault(
        commands,
        "insights",
        "show_insights",
        "show what was written over time",
        module="insight_commands",
    )
    insights.add_argument(
        "--since", type=_day, metavar="DATE", help="since this day, such as 2026-09-01"
    )
    _take_json(insights)

    passphrase = _add_on_vault(commands, "passphrase", "change_passphrase", "change the passphrase")
    passphrase.add_argument(
        "--new-passphrase-file", metavar="FILE", help="read the new one from FILE (- for input)"
    )

    _add_on_vault(commands, "verify", "verify", "look a vault over for damage; it repairs nothing")

    _add(commands, "tour", "tour", "tour", "see the main job done, in a temporary vault")
    _add(commands, "self-test", "tour", "check_self", "check that this copy of the program works")
    return parser


# argparse has no public name for what add_subparsers gives.
_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001


# A parser, or a group of options of one; argparse has no public name for what they share.
_TakesOptions: TypeAlias = "argparse._ActionsContainer"  # noqa: SLF001


def _add(commands: _Commands, name: str, module: str, function: str, does: str) -> _Parser:
    parser = commands.add_parser(
        name, help=does, description=f"{does[0].upper()}{does[1:]}.", allow_abbrev=False
    )
    parser.set_defaults(command=(module, function))
    return parser


def _add_packs(commands: _Commands) -> None:
    packs = _add(commands, "packs", "pack_commands", "show_packs", "show the packs of tools")
    _take_json(packs)
    verbs = packs.add_subparsers(metavar="VERB")

    _take_json(_add(verbs, "list", "pack_commands", "show_packs", "show the packs of tools"))

    take = _add(verbs, "import", "pack_commands", "add_pack", "bring in a pack")
    take.add_argument("path", type=Path, metavar="PATH", help="a folder or a .zip")

    remove = _add(verbs, "remove", "pack_commands", "drop_pack", "let a pack go")
    remove.add_argument("id", metavar="PACK", help="the id of the pack, as “packs” shows it")

    export = _add(verbs, "export", "pack_commands", "write_pack", "save tools as a pack for others")
    export.add_argument("out", type=Path, metavar="OUT.zip", help="where to save the pack")
    export.add_argument("--tools", nargs="+", required=True, metavar="TOOL", help="ids of tools")
    export.add_argument("--id", required=True, help="a short name such as northshire-tools")
    export.add_argument("--title", required=True, help="what people call the pack")
    export.add_argument("--publisher", required=True, help="who stands behind it")
    export.add_argument("--text", required=True, help="what it is for, in a sentence or two")
    export.add_argument(
        "--pack-version", type=_count, default=1, metavar="N", help="its version (1)"
    )


def _add_follow_through(commands: _Commands) -> None:
    actions = _add_on_vault(
        commands, "actions", "show_actions", "show what was agreed", module="action_commands"
    )
    actions.add_argument(
        "--due", type=_day, metavar="DATE", help="what is due by this day, such as 2026-09-01"
    )
    actions.add_argument("--person", metavar="ALIAS", help="what was agreed with this person")
    actions.add_argument(
        "--state",
        choices=[*(state.value for state in ActionState), "all"],
        default=ActionState.OPEN.value,
        metavar="STATE",
        help="open, done, changed, let-go or all (open)",
    )
    form = actions.add_mutually_exclusive_group()
    _take_json(form)
    form.add_argument("--csv", type=Path, metavar="FILE.csv", help="save a spreadsheet instead")

    person = _add_on_vault(
        commands,
        "person",
        "save_person",
        "save everything that is held about a person",
        module="action_commands",
    )
    person.add_argument("alias", metavar="ALIAS", help="the person's alias")
    person.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a .pdf to read, or a .json"
    )

    lying = _add_on_vault(
        commands,
        "bin",
        "use_bin",
        "show what lies in the bin, put it back or empty it",
        module="bin_commands",
    )
    form = lying.add_mutually_exclusive_group()
    form.add_argument(
        "--restore", nargs="+", type=_count, metavar="N", help="put these back, by their place"
    )
    form.add_argument("--empty", action="store_true", help="remove everything in it for good")
    _take_json(form)


def _add_whole_journal(commands: _Commands) -> None:
    export = _add_on_vault(
        commands,
        "export",
        "save_journal",
        "save the whole journal as JSON, not encrypted",
        module="export_commands",
    )
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE.json", help="where to save the journal"
    )

    take = _add_on_vault(
        commands,
        "import",
        "add_journal",
        "add a whole journal that was exported",
        module="export_commands",
    )
    take.add_argument("file", type=Path, metavar="FILE.json", help="what “export” has saved")


def _add_on_vault(
    commands: _Commands, name: str, function: str, does: str, *, module: str = "vault_commands"
) -> argparse.ArgumentParser:
    parser = _add(commands, name, module, function, does)
    parser.add_argument("vault", type=Path, metavar="VAULT", help="the folder of the vault")
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from FILE (- for standard input); otherwise it is asked for",
    )
    return parser


def _take_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=_record_id, metavar="ID", help="the record's number")


def _take_json(parser: _TakesOptions) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def _record_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _LARGEST_ID):
        raise argparse.ArgumentTypeError("a record's number is a whole number such as 12")
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if len(text) != len("2026-09-01") or day.year not in YEARS:
        raise argparse.ArgumentTypeError("a day is written such as 2026-09-01")
    return day


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 6 and int(text) > 0):
        raise argparse.ArgumentTypeError("this must be a whole number from 1 to 999999")
    return int(text)
