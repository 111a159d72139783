"""The command that saves dates for another calendar."""

from argparse import Namespace

from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, say
from retention_desktop.cli.vault_commands import opened
from retention_desktop.sharing.calendar import write_calendar


def save_calendar(options: Namespace, context: Context) -> None:
    """Save the days from today on, in neutral words."""
    with opened(options, context) as vault:
        count = write_calendar(vault, options.out, now=context.now(), with_titles=options.titles)
    say(f"{counted(count, 'date')} saved: {options.out}")
