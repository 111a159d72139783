"""A small pack, its tools, and archives of any shape."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

ABOUT = """\
id = "northshire"
version = 1
title = "Northshire tools"
publisher = "Northshire Council"
text = "How we talk at Northshire."
"""

_TOOL = """\
id = "{id}"
version = 1
title = "{title}"
driver = "growth"
setting = "solo"
roles = ["manager"]
audience = "Anybody"
when = "Now and then"
purpose = "To be short."
minutes = 10
closing = "That is all."

[follow_up]
kind = "none"

[source]
document = "Our policy"
position = 1

[[steps]]
id = "first"
title = "First"
text = "Do it."

[[steps.prompts]]
id = "what"
label = "What?"
"""

Content = Mapping[str, str | bytes]


def tool_text(tool_id: str = "a-tool", title: str = "A tool") -> str:
    return _TOOL.format(id=tool_id, title=title)


def pack_files(*tool_ids: str, about: str = ABOUT) -> dict[str, str]:
    """A whole pack, by the names of its files."""
    tools = {f"tools/{each}.toml": tool_text(each) for each in tool_ids or ("a-tool",)}
    return {"pack.toml": about} | tools


def write_folder(files: Content, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes(content))
    return folder


def zip_of(files: Content, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, _bytes(content))
    return whole.getvalue()


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, to see whether anything has changed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
