"""What every editor is: a widget that takes one answer, and what it may know of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.translation import _

_AROUND = 16  # pixels left free above and below what is brought into sight


@dataclass(frozen=True)
class Around:
    """What stands around a question: the day, the other answers, the lists people have added to."""

    today: date
    answers: Mapping[str, Value] = field(default_factory=dict, repr=False)
    own_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


class Editor(QWidget):
    """Takes an answer. `value` is None as long as nothing is written."""

    changed = Signal()
    own_added = Signal(str, str)  # the name of a list, and what somebody added to it
    own_removed = Signal(str, str)

    def __init__(self, prompt: Prompt) -> None:
        super().__init__()
        self.prompt = prompt
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)

    @property
    def value(self) -> Value | None:
        """What is written now."""
        raise NotImplementedError

    @property
    def problem(self) -> str:
        """What keeps the words here from being an answer, in a sentence; "" when nothing does."""
        return ""

    def set_value(self, value: Value) -> None:
        """Show an answer that was written before."""
        raise NotImplementedError


def scroll_to(widget: QWidget, part: QRect | None = None) -> None:
    """Bring a widget, or a part of it, into sight on a page that scrolls."""
    page = widget.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    content = page.widget() if page is not None else None
    if page is None or content is None:
        return
    # What has just come onto the page has no place yet, and the page not its height.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    wanted = QRect(widget.rect() if part is None else part)
    room = page.viewport().height() - 2 * _AROUND
    wanted.setHeight(min(wanted.height(), room))  # where not all has room, its beginning
    middle = widget.mapTo(content, wanted.center())
    page.ensureVisible(middle.x(), middle.y(), 0, wanted.height() // 2 + _AROUND)


def number_word(number: int) -> str:
    """A small number as a word, such as "two"; from eleven on in digits."""
    words = (
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
    )
    return words[number - 1] if 1 <= number <= len(words) else str(number)
