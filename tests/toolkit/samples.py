"""An answer for any prompt."""

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value


def sample_answer(prompt: Prompt) -> Value:
    """A full answer, as somebody might write it."""
    match prompt.kind:
        case PromptKind.SEVERAL_CHOICES:
            return list(prompt.options[:2])
        case PromptKind.TABLE | PromptKind.LEVELS:
            count = len(prompt.rows) or min(2, prompt.most or 2)
            return [_row(prompt, number) for number in range(count)]
        case PromptKind.THEMES:
            theme: TableRow = {"text": "Too little notice"}
            if prompt.groups:
                theme["group"] = prompt.groups[0]
            if prompt.counted:
                theme["count"] = 3
            return [theme]
        case PromptKind.MATCHED:
            response = prompt.responses[0]
            matched: TableRow = {"noticed": response.to, "response": "\n".join(response.offers)}
            return [matched]
        case PromptKind.OVERLAP:
            items: list[TableRow] = [
                {"text": f"Item {n}", "area": area} for n, area in enumerate(prompt.options)
            ]
            return items
        case PromptKind.ACTION:
            action: TableRow = {"text": "Keep Tuesdays free", "owner": "Sam", "due": "2026-12-01"}
            return [action]
        case PromptKind.LONG_TEXT:
            return "A quieter week.\n\nTwo visits with a colleague."
        case _:
            return _cell(prompt)


def _row(prompt: Prompt, number: int) -> TableRow:
    row = {column.id: _cell(column) for column in prompt.columns}
    if prompt.rows:
        row[prompt.columns[0].id] = prompt.rows[number]
    return row


def _cell(asked: Prompt | Column) -> str | int:
    match asked.kind:
        case PromptKind.SINGLE_CHOICE:
            return asked.options[-1]
        case PromptKind.SCALE:
            return asked.points
        case PromptKind.DATE:
            return "2026-11-22"
        case PromptKind.HOURS:
            return "4.5"
        case _:
            return "Joint visits"
