"""What is true now, as the later look takes it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.models.enums import ActionState, ReviewOutcome
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.definition import Repeating, Tool
from retention_desktop.toolkit.run import review_date
from retention_desktop.toolkit.wording import quoted
from retention_desktop.ui.review.matter import Ending, Matter, endings
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, TextArea
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.look_again import LookAgain, days_to_choose
from retention_desktop.ui.widgets.page import button_row, card
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import begun_words, short_day


class _FewLines(TextArea):
    _LEAST_LINES = 3


class NowForm(QFrame):
    """Takes the choice, what changed and for whom, and when to look again.

    It begins with what was begun before.
    """

    changed = Signal()

    def __init__(self, matter: Matter, tool: Tool | None, today: date) -> None:
        super().__init__()
        self.setObjectName("card")
        self._today = today
        self._title = quoted(matter.title)
        self._is_action = matter.action is not None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 20)
        layout.setSpacing(14)
        layout.addWidget(label(_("What is true now?"), "section"))
        if matter.begun:
            layout.addWidget(label(begun_words(), "muted"))
        layout.addWidget(self._make_choices(endings(matter)))
        self._changed = _FewLines()
        self._for_whom = QLineEdit()
        self._for_whom.setPlaceholderText(_("For example, me or the team"))
        layout.addWidget(Field(_("What changed?"), self._changed))
        layout.addWidget(Field(_("For whom?"), self._for_whom))
        proposed = review_date(tool.follow_up, today) if tool and not self._is_action else None
        days = days_to_choose(proposed, today)
        if proposed is None and (self._is_action or tool is None):
            proposed = days[1][1]
        self._when = LookAgain(days, proposed, today)
        self._when_part = QWidget()
        when = QVBoxLayout(self._when_part)
        when.setContentsMargins(0, 0, 0, 0)
        when.setSpacing(6)
        when.addWidget(label(_("When to look again"), "strong"))
        when.addWidget(self._when)
        layout.addWidget(self._when_part)
        self.again = button(_("Use this tool again now"), icon="refresh-cw")
        self._again_part, again = card()
        again.addWidget(label(_("This tool is used again and again."), "strong"))
        again.addWidget(label(_("We keep what you found, and begin the next use."), "muted"))
        again.addLayout(button_row(self.again))
        layout.addWidget(self._again_part)
        self._repeats = (
            tool is not None and isinstance(tool.follow_up, Repeating) and not self._is_action
        )
        self._blank = self._fields
        if matter.begun:
            self._show(matter.begun)
        self._changed.textChanged.connect(self.changed)
        self._for_whom.textChanged.connect(self.changed)
        self._when.chosen.connect(self._on_day_chosen)
        self._show_what_fits()

    def _make_choices(self, endings: tuple[Ending, ...]) -> QWidget:
        together = QWidget()  # apart from the dates: of all choices in a widget, one can be made
        layout = QVBoxLayout(together)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._choices: list[tuple[Choice, Ending]] = []
        for ending in endings:
            choice = Choice(ending.words, one_of_several=True)
            choice.setAccessibleDescription(_("What is true now?"))
            choice.clicked.connect(self._on_chosen)
            self._choices.append((choice, ending))
            layout.addWidget(choice)
        return together

    @Slot()
    def arrive(self) -> None:
        """Put the keyboard on the choice that is made, or on the first."""
        made = [choice for choice, _ending in self._choices if choice.isChecked()]
        to = (made or [self._choices[0][0]])[0]
        to.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(self, QRect(0, 0, 1, min(self.height(), theme.px(300))))

    @property
    def ending(self) -> Ending | None:
        """The choice that is made, if one is."""
        return next((each for choice, each in self._choices if choice.isChecked()), None)

    @property
    def words(self) -> tuple[str, str]:
        """What changed, and for whom."""
        changed = only_text(self._changed.toPlainText()).strip()
        return changed, only_text(self._for_whom.text()).strip()

    @property
    def next_on(self) -> date | None:
        """When to look again; what has ended has no next time."""
        return self._when.value if self.ending is not None and self.ending.goes_on else None

    @property
    def begun(self) -> dict[str, str]:
        """What stands in the fields, if anybody has changed one."""
        return {} if self._fields == self._blank else self._fields

    @property
    def _fields(self) -> dict[str, str]:
        return {
            "ending": self.ending.name if self.ending else "",
            "changed": only_text(self._changed.toPlainText()),
            "for_whom": only_text(self._for_whom.text()),
            "next_on": self._when.words,
        }

    def _show(self, begun: dict[str, str]) -> None:
        fields = self._fields | begun
        for choice, ending in self._choices:
            choice.setChecked(fields["ending"] == ending.name)
        self._changed.setPlainText(fields["changed"])
        self._changed.moveCursor(QTextCursor.MoveOperation.End)
        self._for_whom.setText(fields["for_whom"])
        self._when.show_words(fields["next_on"])

    @property
    def problem(self) -> str:
        """What keeps it from being kept, in a sentence; "" when nothing does."""
        if self.ending is None:
            self._choices[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
            return _("Choose first what is true now.")
        return self._when.problem if self.ending.goes_on else ""

    @property
    def what_happens(self) -> str:
        """What the button says."""
        if self.ending is None:
            return _("Keep what I found")
        day = self.next_on
        if not self.ending.goes_on:
            return {
                None: _("Stop it here"),
                ActionState.DONE: _("Mark it as done"),
                ActionState.LET_GO: _("Let it go"),
            }[self.ending.closed]
        if self.ending.outcome is ReviewOutcome.KEEP:
            words = _("Keep it, and look again on {day}") if day else _("Keep it, with no date")
        else:
            words = _("Adjust it, and look again on {day}") if day else _("Adjust it, with no date")
        return words.format(day=short_day(day, self._today)) if day else words

    @property
    def what_has_happened(self) -> str:
        """What is said once it is kept."""
        if self.next_on is None:
            return _("Kept in your journal: {title}.").format(title=self._title)
        is_other = self.ending is not None and self.ending.outcome is ReviewOutcome.ADJUST
        words = (
            _("Changed. It comes back on {day}: {title}.")
            if is_other
            else _("Kept. It comes back on {day}: {title}.")
        )
        return words.format(day=short_day(self.next_on, self._today), title=self._title)

    @Slot()
    def _on_chosen(self) -> None:
        self._show_what_fits()
        self.changed.emit()

    @Slot(object)
    def _on_day_chosen(self, _day: date | None) -> None:
        self.changed.emit()

    def _show_what_fits(self) -> None:
        goes_on = self.ending is None or self.ending.goes_on
        self._when_part.setVisible(goes_on)
        self._again_part.setVisible(self._repeats and goes_on)
