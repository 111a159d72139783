"""What stands on the pages of a run: a prompt, a step, the date to look again, the check."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.sharing.summary import Section
from retention_desktop.toolkit.definition import NoFollowUp
from retention_desktop.toolkit.reading import blocks
from retention_desktop.toolkit.run import REVIEW_PAGE, Run, review_date
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.audiences import audience_name, audience_sentence
from retention_desktop.ui.runner.editors import Around, Rows, make_editor
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.look_again import LookAgain, days_to_choose
from retention_desktop.ui.widgets.page import button_row, card, line
from retention_desktop.ui.widgets.summary_view import block_view, section_view
from retention_desktop.ui.widgets.text import announce, icon_label, label


def script_card(script: tuple[str, ...]) -> QWidget:
    """Sentences to read aloud, in large type."""
    frame = QFrame()
    frame.setObjectName("script")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(22, 16, 22, 18)
    layout.setSpacing(10)
    layout.addWidget(label(_("Read aloud"), "small-strong"))
    for sentence in script:
        layout.addWidget(label(sentence, "script"))
    return frame


class PromptBody(QWidget):
    """The editor of a prompt, and who the answer is for.

    Where the prompt says so, one ticks first that one may ask. Without `may_change_audience`
    it is only told.
    """

    changed = Signal()
    own_added = Signal(str, str)  # the name of a list, and what somebody added to it
    own_removed = Signal(str, str)

    def __init__(
        self,
        prompt: Prompt,
        value: Value | None,
        audience: Audience,
        person: str | None,
        around: Around,
        *,
        may_change_audience: bool,
    ) -> None:
        super().__init__()
        self.audience = audience
        self._person = person
        self._editor = make_editor(prompt, around)
        if value is not None:
            self._editor.set_value(value)
        self._editor.changed.connect(self.changed)
        self._editor.own_added.connect(self.own_added)
        self._editor.own_removed.connect(self.own_removed)
        self._sentence = label("", "muted")
        self._change = button(_("Change"), "quiet")
        self._change.setAccessibleName(_("Change who this is for"))
        menu = QMenu(self._change)
        self._audiences = QActionGroup(self)
        for each in Audience:
            action = self._audiences.addAction(audience_name(each))
            action.setData(each)
            action.setCheckable(True)
            action.setChecked(each is audience)
        menu.addActions(self._audiences.actions())
        menu.triggered.connect(self._on_audience_chosen)
        menu.aboutToShow.connect(self._on_audiences_shown)
        self._change.setMenu(menu)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(icon_label("lock", "muted", 16))
        below.addWidget(self._sentence, 1)
        below.addWidget(self._change)
        self._asked = QWidget()
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        asked.addWidget(self._editor)
        asked.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._permission = Choice(prompt.ask_first)
        self._permission.setAccessibleDescription(prompt.label)
        self._permission.setChecked(value is not None)
        self._permission.toggled.connect(self._on_permission)
        self._is_kept = label(_("What you wrote is kept. Tick this to see it again."), "muted")
        layout.addWidget(self._permission)
        layout.addWidget(self._is_kept)
        layout.addWidget(self._asked)
        layout.addStretch(1)
        self._change.setVisible(may_change_audience)
        self._permission.setVisible(bool(prompt.ask_first))
        self._open(not prompt.ask_first or value is not None)
        self._say_audience()

    @property
    def value(self) -> Value | None:
        """What is written now."""
        return self._editor.value

    @property
    def has_rows(self) -> bool:
        """Whether the answer has several fields."""
        return isinstance(self._editor, Rows)

    @property
    def problem(self) -> str:
        """What keeps the answer from being one, in a sentence; "" when nothing does."""
        return self._editor.problem

    def begin_to_write(self, event: QKeyEvent) -> bool:
        """Put a letter into the first field, where it was typed beside it; whether there is one."""
        if self._asked.isHidden() or not _is_letter(event):
            return False
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        field = QApplication.focusWidget()
        if not isinstance(field, (QLineEdit, QPlainTextEdit)):
            return False
        QApplication.sendEvent(field, event)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._permission.hasFocus() and self.begin_to_write(event)):
            super().keyPressEvent(event)

    @Slot()
    def _on_audiences_shown(self) -> None:
        """Enter, pressed by mistake, leaves everything as it is."""
        self._change.menu().setActiveAction(self._audiences.checkedAction())

    def _open(self, is_open: bool) -> None:
        """Open the question, or put it away; what is written there stays either way."""
        self._asked.setVisible(is_open)
        self._is_kept.setVisible(not is_open and self.value is not None)
        self.setFocusProxy(self._editor if is_open else self._permission)

    @Slot(bool)
    def _on_permission(self, given: bool) -> None:
        self._open(given)
        if given:
            announce(self._permission, _("The question is open, below."))
        elif self.value is not None:
            announce(self._is_kept, self._is_kept.text())

    @Slot(QAction)
    def _on_audience_chosen(self, action: QAction) -> None:
        self.audience = Audience(action.data())
        self._say_audience()
        self.changed.emit()

    def _say_audience(self) -> None:
        self._sentence.setText(audience_sentence(self.audience, self._person))


class LastTime(QWidget):
    """What was written the last time, to look at while one writes. It can be put away."""

    toggled = Signal(bool)

    def __init__(self, when: str, sections: tuple[Section, ...], *, is_open: bool) -> None:
        super().__init__()
        self._toggle = button(when, "quiet", icon="chevron-down")
        self._toggle.setCheckable(True)
        self._toggle.setChecked(is_open)
        self._toggle.toggled.connect(self._on_toggled)
        self._toggle.toggled.connect(self.toggled)
        self._frame, column = card()
        column.setSpacing(14)
        for section in sections:
            column.addWidget(section_view(section, look="body"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(button_row(self._toggle))
        layout.addWidget(self._frame)
        layout.addStretch(1)
        self._on_toggled(is_open)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._frame.setVisible(is_open)
        self._toggle.setAccessibleDescription(_("Open") if is_open else _("Put away"))


class ReviewBody(QWidget):
    """What was agreed, and when to look at it again. `chosen` carries a date or None."""

    chosen = Signal(object)

    def __init__(self, run: Run, value: date | None, today: date) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        agreed = [
            block
            for page in run.pages
            if page.prompt and page.prompt.kind is PromptKind.ACTION
            if page.prompt.id in run.answers
            for block in blocks(page.prompt, run.answers[page.prompt.id])
        ]
        if agreed:
            layout.addWidget(label(_("What was agreed"), "strong"))
            for block in agreed:
                layout.addWidget(block_view(block, "body"))
            layout.addSpacing(10)
        choices = review_choices(run, today)
        self._when = LookAgain(choices, value, today)
        self._when.chosen.connect(self.chosen)
        layout.addWidget(self._when)
        layout.addStretch(1)
        self.setFocusProxy(self._when)

    @property
    def problem(self) -> str:
        """What keeps the choice from being one, in a sentence; "" when nothing does."""
        return self._when.problem


def review_choices(run: Run, today: date) -> tuple[tuple[str, date], ...]:
    """(words, date) to choose from, soonest first; the tool's own interval is among them."""
    return days_to_choose(review_date(run.tool.follow_up, today, run.answers), today)


class CheckBody(QWidget):
    """Everything that was written, each part with a way back to it. `change` carries a page key."""

    change = Signal(str)

    def __init__(self, run: Run, review_on: date | None) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        for page in run.pages:
            if page.prompt is not None and page.prompt.id in run.answers:
                shown = blocks(page.prompt, run.answers[page.prompt.id])
                if shown:
                    part = self._part(page.prompt.label, page.key)
                    for block in shown:
                        part.addWidget(block_view(block, "body"))
        if not isinstance(run.tool.follow_up, NoFollowUp):
            part = self._part(_("When to look again"), REVIEW_PAGE)
            part.addWidget(label(long_date(review_on) if review_on else _("No date"), "body"))
        if run.unanswered:
            names = " · ".join(prompt.label for prompt in run.unanswered)
            empty = _("You left these empty, and that is fine: {names}").format(names=names)
            self._layout.addWidget(label(empty, "muted"))
        self._layout.addWidget(label(run.tool.closing, "lead"))
        self._layout.addStretch(1)

    def _part(self, name: str, key: str) -> QVBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label(name, "strong"), 1)
        change = button(_("Change"), "quiet")
        change.setAccessibleName(_("Change: {name}").format(name=name))
        change.setProperty("page", key)
        change.clicked.connect(self._on_change)
        head.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        part = QVBoxLayout()
        part.setSpacing(4)
        part.addLayout(head)
        self._layout.addLayout(part)
        self._layout.addWidget(line())
        return part

    @Slot()
    def _on_change(self) -> None:
        self.change.emit(self.sender().property("page"))


def _is_letter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    text = event.text()
    return not held and bool(text) and text.isprintable() and not text.isspace()
