"""A summary as a PDF: `render_pdf` gives the bytes, `write_pdf` a whole file or none."""

from pathlib import Path

from retention_desktop.errors import FileProblem
from retention_desktop.files import explain, write_whole
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
    data = render_pdf(summary)
    try:
        if target.is_dir():
            raise FileProblem(f"{target} is a folder.", "Give the PDF a file name of its own.")
        write_whole(target, data)
    except OSError as error:
        raise explain(error, target, "saved") from error
