"""Writing what leaves to where the person says: a whole file or none."""

from pathlib import Path

from retention_desktop.errors import FileProblem
from retention_desktop.files import explain, write_whole


def save_file(content: bytes, target: Path) -> None:
    """Write to `target`, readable by its owner alone, in place of what was there.

    Raises DiskFull or FileProblem; then nothing was written and what was there is still there.
    """
    try:
        if target.is_dir():
            raise FileProblem(f"{target} is a folder.", "Give the file a name of its own.")
        write_whole(target, content)
    except OSError as error:
        raise explain(error, target, "saved") from error
