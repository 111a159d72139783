"""Agreed actions as a CSV file for a spreadsheet. No cell of it is a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from io import StringIO
from pathlib import Path

from retention_desktop.models.views import ActionHead
from retention_desktop.sharing.person import KIND_WORDS, STATE_WORDS
from retention_desktop.sharing.plainly import lines
from retention_desktop.sharing.saving import save_file
from retention_desktop.toolkit.wording import DRIVER_NAMES

HEADER = (
    "What was agreed",
    "Whose",
    "By when",
    "Kind",
    "Now",
    "How it ended",
    "Agreed on",
    "Ended on",
    "Record",
    "With",
    "Driver",
)

# What a spreadsheet takes for the beginning of a formula, in half and in full width.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_TEXT_FOLLOWS = "'"


def actions_csv(actions: Iterable[ActionHead], tz: tzinfo | None = None) -> bytes:
    """The actions in their order under `HEADER`, days such as 2026-11-22 in `tz` or as here.

    UTF-8 with the mark that Excel knows it by. A cell that a spreadsheet could take for a formula
    begins with an apostrophe.
    """
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows(map(_inert, _cells(action, tz)) for action in actions)
    return text.getvalue().encode("utf-8-sig")


def write_actions_csv(actions: Iterable[ActionHead], target: Path) -> None:
    """Write that file to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    save_file(actions_csv(actions), target)


def _cells(action: ActionHead, tz: tzinfo | None) -> Iterator[str]:
    yield action.text
    yield action.owner
    yield action.due.isoformat() if action.due else ""
    yield KIND_WORDS[action.kind]
    yield STATE_WORDS[action.state]
    yield action.why
    yield _day(action.created, tz)
    yield _day(action.closed, tz) if action.closed else ""
    yield action.title
    yield action.person or ""
    yield DRIVER_NAMES[action.driver].name if action.driver else ""


def _inert(text: str) -> str:
    cell = "\n".join(lines(text))
    return f"{_TEXT_FOLLOWS}{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def _day(moment: datetime, tz: tzinfo | None) -> str:
    return moment.astimezone(tz).date().isoformat()
