"""What a draft is opened with: its answers as far as they fit the tool, and what stands around."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct

from retention_desktop.errors import BadInput
from retention_desktop.journal.lists import own_lists
from retention_desktop.journal.records import last_use
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Value
from retention_desktop.models.views import Record
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.reading import agreed
from retention_desktop.vault import Vault


class Surroundings(Struct, frozen=True):
    """What a journal knows around a draft: the last use of its tool, and the lists people keep."""

    last: Record | None
    own_lists: Mapping[str, tuple[str, ...]]


def look_around(record_id: int, vault: Vault) -> Surroundings:
    """What stands around this draft."""
    return Surroundings(last_use(vault, record_id), own_lists(vault))


def written_in(record: Record) -> dict[str, Value]:
    """What the record holds by prompt; an action prompt's are the actions agreed there."""
    found: dict[str, Value] = {}
    for answer in record.answers:
        if answer.prompt.kind is PromptKind.ACTION:
            if rows := agreed(record, answer.prompt.id):
                found[answer.prompt.id] = rows
        elif answer.value is not None:
            found[answer.prompt.id] = answer.value
    return found


def fitting(written: Mapping[str, Value], tool: Tool) -> dict[str, Value]:
    """What was written by prompt, as far as it still fits the tool.

    A newer version of the tool may ask for something else; what does not fit stays in the vault.
    """
    found: dict[str, Value] = {}
    for prompt in tool.prompts:
        if prompt.id in written:
            with suppress(BadInput):
                found[prompt.id] = check_value(prompt, written[prompt.id])
    return found
