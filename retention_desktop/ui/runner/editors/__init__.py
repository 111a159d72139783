"""One editor for each kind of prompt. Code knows kinds, never a tool by name."""

from __future__ import annotations

from collections.abc import Callable

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.runner.editors.choices import Scale, SeveralChoices, SingleChoice
from retention_desktop.ui.runner.editors.days import Day
from retention_desktop.ui.runner.editors.hours import Hours
from retention_desktop.ui.runner.editors.levels import Levels
from retention_desktop.ui.runner.editors.matched import Matched
from retention_desktop.ui.runner.editors.overlap import Overlap
from retention_desktop.ui.runner.editors.rows import Rows
from retention_desktop.ui.runner.editors.texts import LongText, ShortText
from retention_desktop.ui.runner.editors.themes import Themes

__all__ = ["Around", "Editor", "Rows", "make_editor"]


def make_editor(prompt: Prompt, around: Around) -> Editor:
    """The editor for a prompt, empty."""
    return _EDITORS[prompt.kind](prompt, around)


_EDITORS: dict[PromptKind, Callable[[Prompt, Around], Editor]] = {
    PromptKind.LONG_TEXT: LongText,
    PromptKind.SHORT_TEXT: ShortText,
    PromptKind.SINGLE_CHOICE: SingleChoice,
    PromptKind.SEVERAL_CHOICES: SeveralChoices,
    PromptKind.SCALE: Scale,
    PromptKind.DATE: Day,
    PromptKind.TABLE: Rows,
    PromptKind.ACTION: Rows,
    PromptKind.THEMES: Themes,
    PromptKind.MATCHED: Matched,
    PromptKind.OVERLAP: Overlap,
    PromptKind.LEVELS: Levels,
    PromptKind.HOURS: Hours,
}
