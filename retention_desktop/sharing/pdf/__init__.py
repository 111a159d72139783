"""PDFs for everybody's ears and eyes: `render_…` gives the bytes, `write_…` a whole file or none.

Each is tagged as PDF/UA-1 asks, so that a screen reader tells all of it in its order. With a
`password` it is encrypted (AES-256) and opens with that alone; with `made_on` it says the day on
which it was made.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from retention_desktop.sharing.card import Card
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary


def render_pdf(*summaries: Summary, made_on: date | None = None, password: str = "") -> bytes:
    """The summaries as one PDF on A4 pages, each from a new page; the first gives its title.

    The same bytes for the same summaries, unless there is a password. Raises BadInput for a
    password that is longer than a PDF can have.
    """
    # reportlab takes longer to import than the window may take to start
    from retention_desktop.sharing.pdf.layout import render

    return render(summaries, made_on, password)


def write_pdf(
    summary: Summary, target: Path, made_on: date | None = None, password: str = ""
) -> None:
    """Write the summary to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    save_file(render_pdf(summary, made_on=made_on, password=password), target)


def write_one_pdf(
    summaries: Iterable[Summary], target: Path, made_on: date | None = None, password: str = ""
) -> None:
    """Write the summaries to `target` as one PDF, as `write_pdf` does."""
    save_file(render_pdf(*summaries, made_on=made_on, password=password), target)


def render_card(card: Card, made_on: date | None = None, password: str = "") -> bytes:
    """The card as a PDF the size of a postcard, as `render_pdf` does."""
    from retention_desktop.sharing.pdf import card as cards

    return cards.render_card(card, made_on, password)


def write_card(card: Card, target: Path, made_on: date | None = None, password: str = "") -> None:
    """Write the card to `target` as a PDF the size of a postcard, as `write_pdf` does."""
    save_file(render_card(card, made_on, password), target)
