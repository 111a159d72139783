"""A summary as a PDF: `render_pdf` gives the bytes, `write_pdf` a whole file or none."""

import errno
import os
import tempfile
from pathlib import Path

from retention_desktop.errors import DiskFull, FileProblem, KnownError
from retention_desktop.sharing.summary import Summary

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def render_pdf(summary: Summary) -> bytes:
    """The summary as a PDF on A4 pages: the same bytes for the same summary."""
    # reportlab takes longer to import than the window may take to start
    from retention_desktop.sharing.pdf.layout import render

    return render(summary)


def write_pdf(summary: Summary, target: Path) -> None:
    """Write the summary to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    if target.is_dir():
        raise FileProblem(f"“{target}” is a folder.", "Give the file a name of its own.")
    if not target.parent.is_dir():
        raise FileProblem(
            f"There is no folder “{target.parent}”.", "Choose a folder that is there."
        )
    data = render_pdf(summary)
    try:
        _write_whole(data, target)
    except OSError as error:
        raise _in_words(error, target) from error


def _write_whole(data: bytes, target: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".summary-", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:  # mkstemp made it with mode 0600
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _in_words(error: OSError, target: Path) -> KnownError:
    if error.errno in _NO_ROOM:
        return DiskFull(
            f"There is no room for the PDF in “{target.parent}”.",
            "Free some space or choose another folder.",
        )
    return FileProblem(
        f"The PDF could not be saved as “{target}”.",
        "The folder may be read-only, or the file open elsewhere. Choose another place.",
    )
