"""What is asked, and what an answer can be.

A record keeps each prompt as it was asked, so these shapes are part of the store.
"""

from typing import TypeAlias

from msgspec import Struct

from retention_desktop.models.enums import Audience, PromptKind

TableRow: TypeAlias = dict[str, str | int]

# By kind of prompt: texts, a choice and a date (ISO, "2026-11-22") are str; a scale is int, from 1;
# several choices are a list of str; a table and actions are a list of rows. An action's row is
# {"text", "owner", "due"}, of which owner and due may be missing.
Value: TypeAlias = str | int | list[str] | list[TableRow]


class Column(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One column of a table prompt. `kind` is a short text, a single choice, a scale or a date."""

    id: str
    label: str
    kind: PromptKind = PromptKind.SHORT_TEXT
    help: str = ""
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    points: int = 5


class Prompt(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is asked, and what shape the answer has.

    `options` belong to the choice kinds; `low`, `high` (the worded ends) and `points` to a scale;
    `columns` to a table. An answer is private unless `audience` says otherwise.
    """

    id: str
    label: str
    kind: PromptKind = PromptKind.LONG_TEXT
    help: str = ""
    audience: Audience = Audience.PRIVATE
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    points: int = 5
    columns: tuple[Column, ...] = ()
