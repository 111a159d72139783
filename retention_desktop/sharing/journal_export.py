"""The whole journal as one JSON file that any program can read. The file is not encrypted."""

from pathlib import Path

import msgspec

from retention_desktop.journal.open_format import Journal
from retention_desktop.sharing.saving import save_file


def journal_json(journal: Journal) -> bytes:
    """The journal as JSON that a person can read, too; the same bytes for the same journal."""
    return msgspec.json.format(msgspec.json.encode(journal), indent=1) + b"\n"


def write_journal(journal: Journal, target: Path) -> None:
    """Write that JSON to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    save_file(journal_json(journal), target)
