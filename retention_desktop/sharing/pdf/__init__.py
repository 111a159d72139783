"""PDFs: `render_…` gives the bytes, `write_…` a whole file or none."""

from collections.abc import Iterable
from pathlib import Path

from retention_desktop.sharing.card import Card
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary


def render_pdf(*summaries: Summary) -> bytes:
    """The summaries as one PDF on A4 pages, each from a new page; the first gives its title.

    The same bytes for the same summaries.
    """
    # reportlab takes longer to import than the window may take to start
    from retention_desktop.sharing.pdf.layout import render

    return render(summaries)


def write_pdf(summary: Summary, target: Path) -> None:
    """Write the summary to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    save_file(render_pdf(summary), target)


def write_one_pdf(summaries: Iterable[Summary], target: Path) -> None:
    """Write the summaries to `target` as one PDF, as `write_pdf` does."""
    save_file(render_pdf(*summaries), target)


def write_card(card: Card, target: Path) -> None:
    """Write the card to `target` as a PDF the size of a postcard, as `write_pdf` does."""
    from retention_desktop.sharing.pdf.card import render_card

    save_file(render_card(card), target)
