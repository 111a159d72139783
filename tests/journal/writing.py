"""Records and actions for the tests of this folder, and a count of what SQLite does for a verb."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from retention_desktop.journal.records import finish_record, save_answer, start_record
from retention_desktop.models.prompts import TableRow
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault


def write(
    vault: Vault, record_id: int, tool: Tool, prompt_id: str, value: Any, at: datetime
) -> None:
    """Answer a prompt of a draft."""
    step, prompt = next(
        (step, prompt) for step in tool.steps for prompt in step.prompts if prompt.id == prompt_id
    )
    save_answer(vault, record_id, step, prompt, value, now=at)


def draft(
    vault: Vault, tool: Tool, at: datetime, *agreed: TableRow, person: str | None = None
) -> int:
    """A draft in which something was agreed."""
    (record_id,) = start_record(vault, tool, now=at, person=person).records
    write(vault, record_id, tool, "agreed", list(agreed), at)
    return record_id


def finished(
    vault: Vault,
    tool: Tool,
    at: datetime,
    *agreed: TableRow,
    person: str | None = None,
    review_on: date | None = None,
) -> int:
    """A finished record in which something was agreed."""
    record_id = draft(vault, tool, at, *agreed, person=person)
    finish_record(vault, record_id, review_on=review_on, now=at, tool=tool)
    return record_id


def steps(vault: Vault, work: Callable[[], object]) -> int:
    """How many tens of steps SQLite's machine takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    driver = vault._engine.raw_connection().driver_connection
    assert driver is not None
    driver.set_progress_handler(count, 10)
    work()
    driver.set_progress_handler(None, 0)
    return counted
