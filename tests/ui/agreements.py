"""Two tools whose uses build on one another, and somebody whose journal holds some of them."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from retention_desktop.journal.records import (
    finish_record,
    save_answer,
    start_record,
)
from retention_desktop.models.enums import Audience, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.definition import (
    Card,
    Comparison,
    GatheredRows,
    GatheredThemes,
    Register,
    Source,
    Step,
    Tool,
)
from retention_desktop.vault import open_vault

from ..tools import a_tool
from .user import CHEAP, NOW, PASSPHRASE

AGREEMENT = a_tool(
    id="our-agreement",
    title="Our agreement",
    driver=Driver.FLEXIBILITY,
    setting=Setting.TEAM,
    also_suits=(Setting.ONE_TO_ONE,),
    roles=(Role.TEAM,),
    steps=(
        Step(
            "agree",
            "Agree",
            "Write it down.",
            (
                Prompt("principles", "What do we agree?", audience=Audience.SHARED, carries=True),
                Prompt("doubts", "What do you doubt?", carries=True),
            ),
        ),
    ),
    agreement=True,
    card=Card("Our principles", ("principles",)),
    collections=(
        Comparison("Now and then", "The last two.", ("principles",)),
        GatheredRows("All that was agreed", "Every version.", ("principles", "doubts")),
    ),
)
ROUND = a_tool(
    id="our-round",
    title="Our round",
    driver=Driver.BELONGING,
    setting=Setting.TEAM,
    also_suits=(Setting.ONE_TO_ONE,),
    roles=(Role.TEAM,),
    steps=(
        Step(
            "listen",
            "Listen",
            "Take themes only.",
            (
                Prompt("themes", "What came up?", PromptKind.THEMES, audience=Audience.THEMES),
                Prompt("day", "When?", PromptKind.DATE),
            ),
        ),
    ),
    source=Source("a page", 2),
    themes_only=True,
    collections=(
        GatheredThemes("What we hear", "All themes.", ("themes",)),
        Register("All rounds", "Every round.", ("day",)),
    ),
)


def themes(*texts: str) -> list[TableRow]:
    """Themes as an answer has them."""
    return [{"text": each} for each in texts]


def keep(
    folder: Path,
    tool: Tool,
    answers: dict[str, Value],
    *,
    days_ago: int = 0,
    person: str | None = None,
    agreed: bool = False,
) -> int:
    """Put a finished record into a vault that nobody has open; its id."""
    at: datetime = NOW - timedelta(days=days_ago)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (record_id,) = start_record(vault, tool, now=at, person=person).records
        for step in tool.steps:
            for prompt in step.prompts:
                if prompt.id in answers:
                    save_answer(vault, record_id, step, prompt, answers[prompt.id], now=at)
        finish_record(vault, record_id, review_on=None, now=at, agreed=agreed)
        return record_id
