"""The command that saves dates for another calendar."""

from argparse import Namespace

from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, say
from retention_desktop.cli.vault_commands import opened
from retention_desktop.sharing.calendar import what_comes, write_calendar


def save_calendar(options: Namespace, context: Context) -> None:
    """Save the days from today on, in neutral words."""
    now = context.now()
    with opened(options, context) as vault:
        coming = what_comes(vault, now=now)
    write_calendar(coming, options.out, now=now, with_titles=options.titles)
    say(f"{counted(len(coming.dues), 'date')} saved: {options.out}")
