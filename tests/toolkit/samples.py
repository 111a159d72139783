"""An answer for any prompt."""

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value


def sample_answer(prompt: Prompt) -> Value:
    """A full answer, as somebody might write it."""
    match prompt.kind:
        case PromptKind.SEVERAL_CHOICES:
            return list(prompt.options[:2])
        case PromptKind.TABLE:
            return [{column.id: _cell(column) for column in prompt.columns} for _ in range(2)]
        case PromptKind.ACTION:
            action: TableRow = {"text": "Keep Tuesdays free", "owner": "Sam", "due": "2026-12-01"}
            return [action]
        case PromptKind.LONG_TEXT:
            return "A quieter week.\n\nTwo visits with a colleague."
        case _:
            return _cell(prompt)


def _cell(asked: Prompt | Column) -> str | int:
    match asked.kind:
        case PromptKind.SINGLE_CHOICE:
            return asked.options[-1]
        case PromptKind.SCALE:
            return asked.points
        case PromptKind.DATE:
            return "2026-11-22"
        case _:
            return "Joint visits"
