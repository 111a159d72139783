"""PDFs: `render_…` gives the bytes, `write_…` a whole file or none."""

from pathlib import Path

from retention_desktop.errors import FileProblem
from retention_desktop.files import explain, write_whole
from retention_desktop.sharing.card import Card
from retention_desktop.sharing.summary import Summary


def render_pdf(summary: Summary) -> bytes:
    """The summary as a PDF on A4 pages: the same bytes for the same summary."""
    # reportlab takes longer to import than the window may take to start
    from retention_desktop.sharing.pdf.layout import render

    return render(summary)


def write_pdf(summary: Summary, target: Path) -> None:
    """Write the summary to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    _write(render_pdf(summary), target)


def write_card(card: Card, target: Path) -> None:
    """Write the card to `target` as a PDF the size of a postcard, as `write_pdf` does."""
    from retention_desktop.sharing.pdf.card import render_card

    _write(render_card(card), target)


def _write(pdf: bytes, target: Path) -> None:
    try:
        if target.is_dir():
            raise FileProblem(f"{target} is a folder.", "Give the PDF a file name of its own.")
        write_whole(target, pdf)
    except OSError as error:
        raise explain(error, target, "saved") from error
