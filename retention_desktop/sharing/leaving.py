"""Writing summaries to a file in one of the ways out, and the mark by which it is known later."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary


def write_pdf_out(
    summaries: Sequence[Summary], target: Path, *, made_on: date, password: str = ""
) -> str:
    """Write the summaries as one PDF to `target`; the SHA-256 of the file, in hex.

    Raises DiskFull, FileProblem, or BadInput for a password that is too long; then nothing was
    written.
    """
    content = render_pdf(*summaries, made_on=made_on, password=password)
    save_file(content, target)
    return sha256(content).hexdigest()
