"""The person's choices for this computer, kept beside the vault in a small JSON file.

Nothing here says what is in a journal: only where it is, how the window looks and when it locks.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from retention_desktop.errors import FileProblem

FILE_NAME = "settings.json"


@dataclass(frozen=True)
class Settings:
    """Choices and their defaults. `generations` holds the newest state seen of each vault."""

    vault: str = ""
    scheme: str = "system"
    text_percent: int = 100
    idle_minutes: int = 5
    geometry: str = ""
    generations: dict[str, int] = field(default_factory=dict)


class SettingsFile:
    """Reads and keeps `Settings` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self.current = self._read()

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return self._file.parent

    def change(self, **choices: Any) -> None:  # noqa: ANN401 - dataclasses.replace checks the names
        """Change some choices and keep them.

        Raises:
            FileProblem: the file could not be written; the choices hold until the window closes.
        """
        self.current = replace(self.current, **choices)
        part = self._file.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_text(json.dumps(asdict(self.current), indent=1), "utf-8")
            os.replace(part, self._file)  # noqa: PTH105 - one atomic step
        except OSError:
            raise FileProblem(
                f"Your settings could not be kept in {self.folder}.",
                "Check that this folder can be written to.",
            ) from None

    def _read(self) -> Settings:
        """What the file says; a choice that is missing or of another type takes its default."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return Settings()
        if not isinstance(found, dict):
            return Settings()
        default = Settings()
        return replace(
            default,
            **{
                each.name: found[each.name]
                for each in fields(Settings)
                if type(found.get(each.name)) is type(getattr(default, each.name))
            },
        )
