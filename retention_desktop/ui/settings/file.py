"""The person's choices for this computer, kept beside the vault in a small JSON file.

Nothing here says what is in a journal: only where it is, how the window looks and when it locks.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from retention_desktop.errors import FileProblem
from retention_desktop.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "settings.json"
SCHEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 175, 200)  # per cent
IDLE_MINUTES = (1, 2, 5, 10, 15, 30, 60)
MINUTES_NOW = (10, 20, 45)
REMINDER_TIMES = tuple(f"{hour:02}:00" for hour in range(6, 21))

_ALLOWED = {
    "scheme": SCHEMES,
    "text_percent": TEXT_SIZES,
    "idle_minutes": IDLE_MINUTES,
    "minutes_now": MINUTES_NOW,
    "remind_at": ("", *REMINDER_TIMES),
}


class Settings(NamedTuple):
    """Choices and their defaults. `generations` is the newest that was seen of each vault.

    `turned_off` are the ids of tools that the person does not want to see. `minutes_now` is for how
    long Today suggests something. `remind_at` is the time of day of the reminder, "" for none: it
    is seen by whoever is at the screen, so nobody gets one who has not asked for it.
    """

    vault: str = ""
    scheme: str = "system"
    text_percent: int = 100
    idle_minutes: int = 5
    geometry: str = ""
    generations: Mapping[str, int] = MappingProxyType({})
    turned_off: tuple[str, ...] = ()
    minutes_now: int = 10
    remind_at: str = ""


class SettingsFile:
    """Reads and keeps `Settings` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self.current = self._read()

    @property
    def folder(self) -> Path:
        """Where the file lies."""
        return self._file.parent

    def change(self, **choices: Any) -> None:  # noqa: ANN401 - _replace checks the names
        """Change some choices and keep them.

        Raises:
            FileProblem: the file could not be written; the choices hold until the window closes.
        """
        self.current = self.current._replace(**choices)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = self.current._asdict() | {"generations": dict(self.current.generations)}
            write_whole(self._file, json.dumps(kept, indent=1).encode())
        except OSError:
            raise FileProblem(
                f"Your settings could not be kept in {self.folder}.",
                "Check that this folder can be written to.",
            ) from None

    def _read(self) -> Settings:
        """What the file says; a choice that is missing or makes no sense takes its default."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return Settings()
        if not isinstance(found, dict):
            return Settings()
        kept: dict[str, Any] = {  # JSON has no tuples
            name: tuple(value) if isinstance(value, list) else value
            for name, value in found.items()
            if name in Settings._fields
        }
        return Settings(
            **{name: value for name, value in kept.items() if _makes_sense(name, value)}
        )


def _makes_sense(name: str, value: object) -> bool:
    if name == "generations":
        return isinstance(value, dict) and all(type(each) is int for each in value.values())
    if name == "turned_off":
        return isinstance(value, tuple) and all(type(each) is str for each in value)
    fits = type(value) is type(Settings._field_defaults[name])
    return fits and value in _ALLOWED.get(name, (value,))
