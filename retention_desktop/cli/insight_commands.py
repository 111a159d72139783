"""The command on what the journal holds over time."""

from argparse import Namespace

from retention_desktop.cli import Context
from retention_desktop.cli.layout import say, say_json
from retention_desktop.cli.pack_commands import all_tools
from retention_desktop.cli.vault_commands import opened, section_lines
from retention_desktop.journal.insights import read_insights
from retention_desktop.sharing.insights import asked_over_time, tell_insights


def show_insights(options: Namespace, context: Context) -> None:
    """Print what was written over time, counted for oneself; private answers too."""
    tools = all_tools(options).every
    with opened(options, context) as vault:
        found = read_insights(vault, asked_over_time(tools), since=options.since)
    summary = tell_insights(found, tools, with_private=True)
    if options.json:
        say_json({"since": found.since, "sections": summary.sections})
    elif summary.sections:
        say(summary.title, summary.when, *section_lines(summary.sections))
    else:
        say("There is nothing to show yet. It begins with the first record that is finished.")
