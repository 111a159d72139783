"""Tools that are being edited, kept as they are, faults and all, until they are used or dropped.

A draft is a tool file in a folder of its own. It need not pass the checks of one; it must only have
its shape.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from retention_desktop.errors import FileProblem
from retention_desktop.files import explain, explain_reading, read_start, sync_folder, write_whole
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import LARGEST_FILE, UnreadableFile, read_toml
from retention_desktop.toolkit.writing import to_toml

_SUFFIX = ".toml"


def save_draft(folder: Path, tool: Tool) -> None:
    """Keep a tool as it is now; raises `FileProblem` or `DiskFull`."""
    path = _path(folder, tool.id)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, to_toml(tool).encode())
    except OSError as error:
        raise explain(error, path, "saved") from None


def load_draft(folder: Path, tool_id: str) -> Tool | None:
    """What was kept of a tool, or None; raises `FileProblem` where it cannot be read."""
    path = _path(folder, tool_id)
    try:
        tool = msgspec.convert(read_toml(read_start(path, LARGEST_FILE)), Tool)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explain_reading(error, path) from None
    except (UnreadableFile, msgspec.ValidationError):
        raise _damaged(path) from None
    if tool.id != tool_id:
        raise _damaged(path)
    return tool


def list_drafts(folder: Path) -> tuple[Tool, ...]:
    """Every draft that can be read, in the order of their ids."""
    try:
        names = sorted(path.stem for path in folder.iterdir() if path.suffix == _SUFFIX)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise explain_reading(error, folder) from None
    drafts: list[Tool] = []
    for name in names:
        with suppress(FileProblem):  # it is named when somebody wants to go on with it
            if (draft := load_draft(folder, name)) is not None:
                drafts.append(draft)
    return tuple(drafts)


def remove_draft(folder: Path, tool_id: str) -> None:
    """Let a draft go, if there is one; raises `FileProblem`."""
    path = _path(folder, tool_id)
    try:
        path.unlink()
        sync_folder(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise explain(error, path, "removed") from None


def _path(folder: Path, tool_id: str) -> Path:
    return folder / f"{tool_id}{_SUFFIX}"


def _damaged(path: Path) -> FileProblem:
    return FileProblem(
        f"The draft {path} could not be read.",
        "Mend or remove the file; until then the tool can be edited from where it was.",
    )
