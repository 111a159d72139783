"""When a finished record comes back, to change that day, and to look at it now."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from retention_desktop.journal.records import next_use, set_review_date
from retention_desktop.models.views import Changes, Due, RecordHead
from retention_desktop.toolkit.definition import Repeating, Tool
from retention_desktop.toolkit.run import follows_last_use, review_date
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.look_again import LookAgain, days_to_choose
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import button_row, card
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import due_words, weekday_name


class ComingBack(QWidget):
    """`review_requested` carries a Due, `record_requested` the id of the next use of the tool."""

    review_requested = Signal(object)
    record_requested = Signal(int)

    def __init__(self, session: Session, head: RecordHead, tool: Tool | None) -> None:
        super().__init__()
        self._session = session
        self._head = head
        self._tool = tool
        self._day = head.review_on
        self._next: RecordHead | None = None
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(_("When it comes back"), "section"))
        self._used_again = label("", "body")
        self._to_next = button(_("Read the record of that use"), "quiet", icon="book-open")
        self._to_next.clicked.connect(self._on_next)
        self._next_part = QWidget()
        next_part = QVBoxLayout(self._next_part)
        next_part.setContentsMargins(0, 0, 0, 0)
        next_part.addWidget(self._used_again)
        next_part.addLayout(button_row(self._to_next))
        layout.addWidget(self._next_part)
        self._next_part.hide()
        self._when = label("", "body")
        layout.addWidget(self._when)
        self._message = Message()
        layout.addWidget(self._message)
        self._now = button(_("Look at it now"), icon="eye")
        self._now.clicked.connect(self._on_now)
        self._change = button(_("Look again on…"), icon="calendar")
        self._change.clicked.connect(self._on_change)
        layout.addLayout(button_row(self._now, self._change))
        self._choosing: QWidget | None = None
        self._days: LookAgain | None = None
        self._say()
        if tool is not None and follows_last_use(tool, head.person):
            session.ask(
                self,
                partial(next_use, record_id=head.id),
                done=self._on_next_found,
                failed=self._message.say_error,
            )

    def _say(self) -> None:
        today = self._session.today
        if self._day is None:
            words = _("It does not come back on its own.")
        elif self._day > today:
            words = _("It comes back on {weekday} {day}.").format(
                weekday=weekday_name(self._day), day=long_date(self._day)
            )
        else:
            words = _("It has come back: {when}.").format(when=due_words(self._day, today))
        self._when.setText(words)

    def _on_next_found(self, head: RecordHead | None) -> None:
        """A use that repeats is itself the later look."""
        if head is None or head.finished is None:
            return
        assert self._tool is not None
        self._next = head
        words = (
            _("Looked at again with the next use of this tool, on {day}.")
            if isinstance(self._tool.follow_up, Repeating)
            else _("This tool was used again on {day}.")
        )
        day = long_date(head.finished.astimezone().date())
        self._used_again.setText(words.format(day=day))
        self._next_part.show()

    @Slot()
    def _on_next(self) -> None:
        assert self._next is not None
        self.record_requested.emit(self._next.id)

    @Slot()
    def _on_now(self) -> None:
        head = self._head
        on = self._day or self._session.today
        self.review_requested.emit(
            Due(on, head.id, None, head.title, head.preview, head.person, head.driver)
        )

    @Slot()
    def _on_change(self) -> None:
        """Open the choices, or close them and leave the day as it is."""
        self._message.clear()
        if self._choosing is None:
            self._open_choices()
        else:
            self._close_choices()

    def _open_choices(self) -> None:
        today = self._session.today
        proposed = review_date(self._tool.follow_up, today) if self._tool is not None else None
        choices = days_to_choose(proposed, today)
        self._days = LookAgain(choices, self._day or proposed or choices[0][1], today)
        self._keep = button("", icon="check")
        self._keep.clicked.connect(self._on_keep)
        self._days.chosen.connect(self._name_keep)
        self._name_keep()
        self._choosing, inner = card()
        inner.addWidget(label(_("When to look again"), "strong"))
        inner.addWidget(self._days)
        inner.addSpacing(6)
        inner.addLayout(button_row(self._keep))
        self._layout.addWidget(self._choosing)
        _name(self._change, _("Cancel"))
        self._days.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _name_keep(self) -> None:
        assert self._days is not None
        _name(self._keep, self._days.what_happens)

    def _close_choices(self) -> None:
        assert self._choosing is not None
        self._choosing.hide()
        self._choosing.deleteLater()
        self._choosing = self._days = None
        _name(self._change, _("Look again on…"))
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep(self) -> None:
        assert self._choosing is not None
        assert self._days is not None
        if problem := self._days.problem:
            self._message.say(problem, tone="warn")
            return
        day = self._days.value
        self._choosing.setEnabled(False)  # until it is kept
        self._session.tell(
            self,
            partial(
                set_review_date,
                record_id=self._head.id,
                review_on=day,
                now=self._session.now(),
            ),
            done=partial(self._on_kept, day),
            failed=self._on_failed,
        )

    def _on_kept(self, day: date | None, _changes: Changes) -> None:
        self._day = day
        self._say()
        self._close_choices()

    def _on_failed(self, error: BaseException) -> None:
        assert self._choosing is not None
        self._choosing.setEnabled(True)
        self._message.say_error(error)


def _name(made: QPushButton, words: str) -> None:
    made.setText(f" {words}")
    made.setAccessibleName(words)
