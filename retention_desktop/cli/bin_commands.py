"""The command on the bin: what lies there, putting it back, removing it for good."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from retention_desktop.cli import Context
from retention_desktop.cli.layout import columns, counted, local_date, say, say_json
from retention_desktop.cli.vault_commands import opened
from retention_desktop.journal.bin import empty_binned, last_day, list_binned, restore_binned
from retention_desktop.models.views import Binned
from retention_desktop.toolkit.wording import long_date
from retention_desktop.vault import Vault

_PAGE = 500


def use_bin(options: Namespace, context: Context) -> None:
    """Print what lies in the bin, put some of it back, or empty it."""
    with opened(options, context) as vault:
        if options.restore:
            ids = restore_binned(vault, options.restore).records
            say(f"Put back, now with the ids: {', '.join(map(str, ids))}")
            return
        lying = list(_all(vault))
        if options.empty:
            empty_binned(vault)
    if options.empty:
        say(f"Removed for good: {counted(len(lying), 'record')}.")
    elif options.json:
        say_json([_as_json(each) for each in lying])
    elif lying:
        rows = [
            (
                str(each.id),
                local_date(each.finished or each.started),
                f"until {long_date(last_day(each.at))}",
                each.title + (f" with {each.person}" if each.person else ""),
            )
            for each in lying
        ]
        say(*columns(rows))
    else:
        say("The bin is empty.")


def _all(vault: Vault) -> Iterator[Binned]:
    page = list_binned(vault, limit=_PAGE)
    while page:
        yield from page
        page = list_binned(vault, limit=_PAGE, after=(page[-1].at, page[-1].id))


def _as_json(binned: Binned) -> dict[str, Any]:
    return {
        "place": binned.id,
        "binned": binned.at,
        "until": last_day(binned.at),
        "title": binned.title,
        "driver": binned.driver,
        "person": binned.person,
        "started": binned.started,
        "finished": binned.finished,
    }
