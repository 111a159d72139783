"""The commands on a vault."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from retention_desktop.cli import Context
from retention_desktop.cli.layout import columns, counted, local_date, say, say_json, wrapped
from retention_desktop.cli.pack_commands import all_tools
from retention_desktop.cli.passphrases import read_new_passphrase, read_passphrase
from retention_desktop.errors import BadInput, VaultDamaged
from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import read_entries
from retention_desktop.journal.records import finished_records, get_record, list_records
from retention_desktop.models.enums import Audience
from retention_desktop.models.views import Answer, Record, RecordHead
from retention_desktop.sharing.gathering import gather
from retention_desktop.sharing.markdown import write_markdown
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import Section, all_parts, summarise
from retention_desktop.toolkit.blocks import (
    Bars,
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)
from retention_desktop.toolkit.definition import Collection, Tool
from retention_desktop.toolkit.reading import agreed
from retention_desktop.toolkit.wording import DRIVER_NAMES, quoted
from retention_desktop.vault import Vault, create_vault, open_vault
from retention_desktop.vault import change_passphrase as change_passphrase_of
from retention_desktop.vault.passphrases import judge_passphrase
from retention_desktop.vault.verifying import verify_vault

_PAGE = 500
_AUDIENCES = {
    Audience.PRIVATE: "private",
    Audience.SHARED: "shared with the other person",
    Audience.MANAGER: "for a manager's summary",
    Audience.THEMES: "themes only",
}


def make_vault(options: Namespace, context: Context) -> None:
    """Make a vault with a passphrase that is hard enough to guess."""
    passphrase = read_new_passphrase(options.passphrase_file)
    _require_strong(passphrase)
    create_vault(options.vault, passphrase, kdf=context.kdf, now=context.now())
    say(f"The vault is ready: {options.vault}")


def add_file(options: Namespace, context: Context) -> None:
    """Add the finished records of a file, all or none, and print their ids."""
    entries = read_entries(options.file, all_tools(options))
    with opened(options, context) as vault:
        ids = add_records(vault, entries, now=context.now())
    say(*map(str, ids))


def show_list(options: Namespace, context: Context) -> None:
    """Print all records, the newest first."""
    with opened(options, context) as vault:
        heads = list(_all_heads(vault))
    if options.json:
        say_json([head_as_json(head) for head in heads])
    elif heads:
        say(
            *columns(
                [
                    (
                        str(head.id),
                        _date(head),
                        "draft" if head.finished is None else "",
                        head.title,
                        head.person or "",
                    )
                    for head in heads
                ]
            )
        )
    else:
        say("There are no records yet.")


def show_record(options: Namespace, context: Context) -> None:
    """Print one record, whole."""
    with opened(options, context) as vault:
        record = get_record(vault, options.id)
    if options.json:
        say_json(_record_as_json(record))
    else:
        say(*_record_lines(record))


def save_summary(options: Namespace, context: Context) -> None:
    """Save the chosen parts of a record; what is private only where it is asked for."""
    with opened(options, context) as vault:
        record = get_record(vault, options.id)
    summary = summarise(record, all_parts(record) if options.all else options.include)
    if not (summary.sections or summary.review or summary.person):
        raise BadInput(
            f"Nothing of record {options.id} would be in the summary.",
            "Private answers need --include or --all.",
        )
    if options.docx:
        from retention_desktop.sharing.docx import write_docx  # costs as much as all the rest

        write_docx([summary], options.out)
    elif options.markdown:
        write_markdown([summary], options.out)
    else:
        write_pdf(summary, options.out)
    say(f"The summary is saved: {options.out}")


def show_gathered(options: Namespace, context: Context) -> None:
    """Print what the uses of a tool hold together, or save it as a PDF."""
    tool = all_tools(options).tool(options.tool)
    collection = _collection(tool, options.collection)
    with opened(options, context) as vault:
        summary = gather(
            finished_records(vault, tool.id, since=options.since),
            tool,
            collection,
            with_private=options.all,
        )
    if options.json:
        say_json(
            {
                "tool": tool.id,
                "title": summary.title,
                "when": summary.when,
                "sections": summary.sections,
            }
        )
    elif options.out:
        if not summary.sections:
            raise BadInput("There is nothing to save.", "Private answers need --all.")
        write_pdf(summary, options.out)
        say(f"It is saved: {options.out}")
    elif summary.sections:
        say(summary.title, summary.when, *section_lines(summary.sections))
    else:
        say("There is nothing to show. Private answers need --all.")


def change_passphrase(options: Namespace, context: Context) -> None:
    """Let a new passphrase open the vault in the place of the old one."""
    if (options.passphrase_file, options.new_passphrase_file) == ("-", "-"):
        raise BadInput(
            "Standard input can hold one passphrase only.", "Put one of them into a file."
        )
    old = read_passphrase(options.passphrase_file, "Passphrase until now: ")
    new = read_new_passphrase(options.new_passphrase_file)
    _require_strong(new)
    change_passphrase_of(options.vault, old, new, kdf=context.kdf)
    say(f"The new passphrase opens the vault from now on: {options.vault}")


def verify(options: Namespace, _context: Context) -> None:
    """Look a vault over and print what was found."""
    found = verify_vault(options.vault, read_passphrase(options.passphrase_file))
    say(*found.problems)
    if found.problems:
        count = counted(len(found.problems), "problem")
        raise VaultDamaged(f"The vault {options.vault} has {count}.", "Nothing has been changed.")
    say(f"No damage found. The vault holds {counted(found.rows['record'], 'record')}.")


@contextmanager
def opened(options: Namespace, context: Context) -> Iterator[Vault]:
    """The vault that a command names, opened with its passphrase, and closed after."""
    passphrase = read_passphrase(options.passphrase_file)
    vault = open_vault(options.vault, passphrase, kdf_floor=context.kdf_floor)
    with closing(vault):
        sys.stderr.writelines(f"retention-desktop: {notice}\n" for notice in vault.notices)
        yield vault


def _collection(tool: Tool, number: int) -> Collection:
    if not tool.collections:
        raise BadInput(f"The uses of the tool {quoted(tool.title)} are not gathered anywhere.")
    if number > len(tool.collections):
        titles = (f"{n} {each.title}" for n, each in enumerate(tool.collections, 1))
        raise BadInput(
            f"The tool {quoted(tool.title)} has no collection {number}.",
            f"There are: {', '.join(titles)}.",
        )
    return tool.collections[number - 1]


def _require_strong(passphrase: str) -> None:
    judgement = judge_passphrase(passphrase)
    if not judgement.ok:
        raise BadInput(f"This passphrase is not strong enough. {judgement.sentence}")


def _all_heads(vault: Vault) -> Iterator[RecordHead]:
    heads = list_records(vault, limit=_PAGE)
    while heads:
        yield from heads
        heads = list_records(vault, limit=_PAGE, after=(heads[-1].updated, heads[-1].id))


def _date(head: RecordHead) -> str:
    return local_date(head.finished or head.updated)


def head_as_json(head: RecordHead) -> dict[str, Any]:
    """A record as `list` and `search` print it."""
    return {
        "id": head.id,
        "title": head.title,
        "date": (head.finished or head.updated).astimezone().date(),
        "tool": head.tool_id,
        "driver": head.driver,
        "state": head.state,
        "started": head.started,
        "updated": head.updated,
        "finished": head.finished,
        "person": head.person,
        "review_on": head.review_on,
        "preview": head.preview,
    }


def _record_as_json(record: Record) -> dict[str, Any]:
    return head_as_json(record.head) | {
        "tool_version": record.tool_version,
        "agreed": record.agreed,
        "tags": record.tags,
        "answers": [_answer_as_json(answer, record) for answer in record.answers],
        "actions": [
            {
                "id": action.id,
                "prompt": action.prompt_id,
                "text": action.text,
                "owner": action.owner,
                "due": action.due,
                "kind": action.kind,
                "state": action.state,
                "why": action.why,
                "closed": action.closed,
            }
            for action in record.actions
        ],
        "reviews": [
            {
                "id": review.id,
                "action": review.action_id,
                "on": review.on,
                "done": review.done,
                "outcome": review.outcome,
                "changed": review.changed,
                "for_whom": review.for_whom,
                "next_on": review.next_on,
            }
            for review in record.reviews
        ],
    }


def _answer_as_json(answer: Answer, record: Record) -> dict[str, Any]:
    """The answer beside what was asked; under an action prompt stands what was agreed there."""
    return {
        "id": answer.prompt.id,
        "label": answer.prompt.label,
        "kind": answer.prompt.kind,
        "audience": answer.audience,
        "step": answer.step_id,
        "value": agreed(record, answer.prompt.id) if answer.value is None else answer.value,
    }


def _record_lines(record: Record) -> Iterator[str]:
    head = record.head
    summary = summarise(record, all_parts(record))
    yield head.title
    yield ", ".join(
        [
            DRIVER_NAMES[head.driver].name,
            summary.when,
            *([f"with {summary.person}"] if summary.person else []),
        ]
    )
    if record.tags:
        yield f"Tags: {', '.join(record.tags)}"
    yield from section_lines(summary.sections)
    for ending in filter(None, (summary.agreed, summary.review)):
        yield from ("", ending)


def section_lines(sections: Iterable[Section]) -> Iterator[str]:
    """The parts of a summary as lines, each with who it is for."""
    for section in sections:
        yield ""
        yield wrapped(f"{section.heading}  ({_AUDIENCES[section.audience]})")
        for block in section.blocks:
            yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield wrapped(text, "  ")
        case Bullets(items):
            for item in items:
                yield wrapped(item, "    ", "  - ")
        case Overlap(names, items):
            for name, area in zip(names, items, strict=True):
                yield wrapped(f"{name}:", "  ")
                yield from _block_lines(Bullets(area))
        case Bars(name, bars):
            if name:
                yield wrapped(f"{name}:", "  ")
            for bar in bars:
                yield wrapped(f"{bar.name}: {bar.words}", "    ", "  - ")
        case Grid(header, rows) | Levels(header, rows):
            for row in rows:
                for number, (name, cell) in enumerate(zip(header, row, strict=True)):
                    if cell:
                        yield wrapped(f"{name}: {cell}", "    ", "    " if number else "  - ")
