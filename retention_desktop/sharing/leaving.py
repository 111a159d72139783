"""Writing summaries to a file in one of the ways out, and the mark by which it is known later."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from retention_desktop.models.enums import WayOut
from retention_desktop.sharing.card import Card
from retention_desktop.sharing.markdown import render_markdown
from retention_desktop.sharing.pdf import render_card, render_pdf
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary


def write_out(
    summaries: Sequence[Summary],
    way: WayOut,
    target: Path,
    *,
    made_on: date,
    password: str = "",
) -> str:
    """Write the summaries as one file to `target`; the SHA-256 of the file, in hex.

    A `password` is for a PDF alone. Raises DiskFull, FileProblem, or BadInput for a password that
    is too long; then nothing was written.
    """
    match way:
        case WayOut.PDF:
            content = render_pdf(*summaries, made_on=made_on, password=password)
        case WayOut.DOCUMENT:
            from retention_desktop.sharing.docx import render_docx  # takes long to import

            content = render_docx(*summaries, made_on=made_on)
        case WayOut.MARKDOWN:
            content = render_markdown(*summaries).encode()
        case _:
            raise ValueError(f"{way} is no file")
    save_file(content, target)
    return sha256(content).hexdigest()


def write_card_out(card: Card, target: Path, *, made_on: date) -> str:
    """Write a card as a PDF to `target`, as `write_out` does."""
    content = render_card(card, made_on=made_on)
    save_file(content, target)
    return sha256(content).hexdigest()
