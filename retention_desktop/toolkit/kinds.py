"""What a tool file may give each kind of question, in one table."""

from collections.abc import Mapping

from retention_desktop.models.enums import PromptKind

TEXTS = frozenset({PromptKind.LONG_TEXT, PromptKind.SHORT_TEXT})
TABLES = frozenset({PromptKind.TABLE, PromptKind.LEVELS})

# The fields that belong to some kinds alone; every other field belongs to all.
_BELONGS_TO: Mapping[str, frozenset[PromptKind]] = {
    "options": frozenset(
        {PromptKind.SINGLE_CHOICE, PromptKind.SEVERAL_CHOICES, PromptKind.OVERLAP}
    ),
    "own_list": frozenset({PromptKind.SEVERAL_CHOICES}),
    "most": frozenset({PromptKind.SEVERAL_CHOICES, PromptKind.THEMES, PromptKind.ACTION} | TABLES),
    "agrees": frozenset({PromptKind.ACTION}),
    "words": TEXTS,
    "language_help": frozenset({PromptKind.LONG_TEXT}),
    "low": frozenset({PromptKind.SCALE}),
    "high": frozenset({PromptKind.SCALE}),
    "points": frozenset({PromptKind.SCALE}),
    "columns": TABLES,
    "rows": TABLES,
    "groups": frozenset({PromptKind.THEMES}),
    "counted": frozenset({PromptKind.THEMES}),
    "about": frozenset({PromptKind.MATCHED, PromptKind.OVERLAP, PromptKind.DATE}),
    "days": frozenset({PromptKind.DATE}),
    "responses": frozenset({PromptKind.MATCHED}),
    "meanings": frozenset({PromptKind.SINGLE_CHOICE}),
    "like": frozenset({PromptKind.SHORT_TEXT}),
}
_NEEDED = frozenset({"options", "low", "high", "columns", "responses"})


def may_have(kind: PromptKind, field: str) -> bool:
    """Whether a question of this kind can have a field."""
    return field not in _BELONGS_TO or kind in _BELONGS_TO[field]


def needs(kind: PromptKind, field: str) -> bool:
    """Whether a question of this kind must have a field."""
    return field in _NEEDED and kind in _BELONGS_TO[field]


def fields_of_others(kind: PromptKind) -> frozenset[str]:
    """The fields that a question of this kind cannot have."""
    return frozenset(name for name, kinds in _BELONGS_TO.items() if kind not in kinds)
