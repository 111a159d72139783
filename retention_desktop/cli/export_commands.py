"""The commands that take the whole journal out of a vault, and into one."""

from argparse import Namespace

from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, say
from retention_desktop.cli.vault_commands import opened
from retention_desktop.journal.exporting import export_journal
from retention_desktop.journal.importing import import_journal
from retention_desktop.journal.open_reading import read_journal
from retention_desktop.sharing.journal_export import write_journal


def save_journal(options: Namespace, context: Context) -> None:
    """Save everything that a vault holds as open JSON."""
    with opened(options, context) as vault:
        journal = export_journal(vault)
    write_journal(journal, options.out)
    say(
        f"The whole journal is saved, with {counted(len(journal.records), 'record')}: "
        f"{options.out}",
        "This file is not encrypted. Anybody who can open it can read everything in it.",
    )


def add_journal(options: Namespace, context: Context) -> None:
    """Add a journal from open JSON, all of it or nothing."""
    journal = read_journal(options.file)
    with opened(options, context) as vault:
        added = import_journal(vault, journal)
    say(f"Added: {counted(added.records, 'record')}, {counted(added.actions, 'action')} by hand.")
    if added.were_there:
        say(f"There already, and left as they are: {added.were_there:,}.")
