"""An open vault that costs little, and a tool that asks in every way there is."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retention_desktop.models.enums import Audience, Driver, PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault

from ..tools import a_tool

PASSPHRASE = "otter lantern basket violin"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
CHEAP = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)


def make_tool(
    tool_id: str = "every-kind", driver: Driver = Driver.GROWTH, label: str = "What happened?"
) -> Tool:
    """A tool of two steps with a prompt of each kind."""
    return a_tool(
        id=tool_id,
        version=3,
        title=f"The {tool_id} talk",
        driver=driver,
        steps=(
            Step(
                "first",
                "First",
                "Begin.",
                (
                    Prompt("happened", label),
                    Prompt("short", "In short?", PromptKind.SHORT_TEXT, audience=Audience.SHARED),
                    Prompt("one", "Which?", PromptKind.SINGLE_CHOICE, options=("Red", "Green")),
                    Prompt("several", "All?", PromptKind.SEVERAL_CHOICES, options=("A", "B", "C")),
                ),
            ),
            Step("talk", "Talk", "Nothing to write."),
            Step(
                "second",
                "Second",
                "Go on.",
                (
                    Prompt("scale", "How?", PromptKind.SCALE, low="Low", high="High"),
                    Prompt(
                        "table",
                        "Who?",
                        PromptKind.TABLE,
                        columns=(Column("who", "Who"), Column("load", "Load", PromptKind.SCALE)),
                    ),
                    Prompt("agreed", "What next?", PromptKind.ACTION, audience=Audience.SHARED),
                    Prompt("when", "When?", PromptKind.DATE),
                ),
            ),
        ),
    )


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new vault; copied, because making one costs more than a test."""
    folder = tmp_path_factory.mktemp("vaults") / "Empty.rvault"
    create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
    return folder


@pytest.fixture
def vault(empty_vault: Path, tmp_path: Path) -> Iterator[Vault]:
    """An open, empty vault."""
    folder = tmp_path / "My vault.rvault"
    shutil.copytree(empty_vault, folder)
    opened = open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)
    yield opened
    opened.close()


@pytest.fixture
def tool() -> Tool:
    """The tool that asks in every way there is."""
    return make_tool()


@pytest.fixture
def toolkit(tool: Tool) -> Toolkit:
    """That tool, and another."""
    return Toolkit((tool, make_tool("other", Driver.WELLBEING)))


@pytest.fixture
def in_zone() -> Iterator[Callable[[str], None]]:
    """Takes the computer to a time zone, until the end of the test."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")

    def go(zone: str) -> None:
        moved.setenv("TZ", zone)
        time.tzset()

    with pytest.MonkeyPatch.context() as moved:
        yield go
    time.tzset()
