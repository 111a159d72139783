"""When to look at something again: a few dates, one of one's own, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.toolkit.definition import Repeating
from retention_desktop.toolkit.run import review_date
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.dates import DateField, parse_date
from retention_desktop.ui.wording import short_day

_NEVER = "never"


class LookAgain(QWidget):
    """Takes a date out of some choices. `chosen` carries a date or None."""

    chosen = Signal(object)

    def __init__(
        self, choices: tuple[tuple[str, date], ...], value: date | None, today: date
    ) -> None:
        super().__init__()
        self._today = today
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._days: list[tuple[Choice, date | None]] = []
        for name, day in choices:
            self._add_choice(layout, name, day)
        self._other = Choice(_("Another date"), one_of_several=True)
        self._other.toggled.connect(self._on_other_toggled)
        self._other.clicked.connect(self._on_other_clicked)
        layout.addWidget(self._other)
        self._date = DateField(_("Another date"), today)
        self._date.setContentsMargins(38, 0, 0, 0)
        self._date.changed.connect(self._on_date_changed)
        layout.addWidget(self._date)
        self._add_choice(layout, _("There is no need to look again"), None)
        self._date.hide()
        self._show(value)

    @property
    def value(self) -> date | None:
        """The date that is chosen now, if one is."""
        if self._other.isChecked():
            return self._date.value
        return next(day for choice, day in self._days if choice.isChecked())

    @property
    def what_happens(self) -> str:
        """What a button says that keeps what is chosen."""
        if self.value is not None:
            day = short_day(self.value, self._today)
            return _("Look again on {day}").format(day=day)
        if self._other.isChecked():
            return _("Look again on another date")
        return _("Do not look again")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the other date goes where one writes it; Space is a click, and does so too."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._other.hasFocus() and self._date.value is None:
            self._other.click()
        else:
            super().keyPressEvent(event)

    @property
    def words(self) -> str:
        """What is chosen, or what is written so far as another date; `show_words` takes it."""
        if self._other.isChecked():
            return self._date.text
        return self.value.isoformat() if self.value is not None else _NEVER

    def show_words(self, words: str) -> None:
        """Show what `words` has given, also where the choices are others by now."""
        day = parse_date(words, self._today)
        if words == _NEVER or day is not None:
            self._show(day)
        else:
            self._show_other()
            self._date.set_text(words)

    @property
    def problem(self) -> str:
        """What keeps the choice from being one, in a sentence; "" when nothing does."""
        if self._other.isChecked() and self._date.value is None:
            self._date.setFocus(Qt.FocusReason.OtherFocusReason)
            return _("Write the other date, or choose one of the answers.")
        return ""

    def _add_choice(self, layout: QVBoxLayout, name: str, day: date | None) -> None:
        choice = Choice(name, one_of_several=True)
        choice.clicked.connect(self._on_clicked)
        layout.addWidget(choice)
        self._days.append((choice, day))

    def _show(self, value: date | None) -> None:
        for choice, day in self._days:
            if day == value:
                choice.setChecked(True)
                self.setFocusProxy(choice)
                return
        self._show_other()
        self._date.set_value(value)

    def _show_other(self) -> None:
        self._other.setChecked(True)
        self.setFocusProxy(self._date)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.value)

    @Slot(bool)
    def _on_other_toggled(self, on: bool) -> None:
        self._date.setVisible(on)

    @Slot()
    def _on_other_clicked(self) -> None:
        self._date.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._date.value)  # what was chosen before no longer holds

    @Slot(object)
    def _on_date_changed(self, day: date | None) -> None:
        self.chosen.emit(day)


def days_to_choose(proposed: date | None, today: date) -> tuple[tuple[str, date], ...]:
    """(words, date) to choose from, soonest first; what a tool proposes is among them."""
    in_three_months = review_date(Repeating(months=3, text=""), today) or today
    days = {
        today + timedelta(weeks=2): _("In two weeks, on {date}"),
        today + timedelta(weeks=4): _("In four weeks, on {date}"),
        in_three_months: _("In three months, on {date}"),
    }
    if proposed is not None:
        days.setdefault(proposed, _("As this tool suggests, on {date}"))
    return tuple((words.format(date=long_date(day)), day) for day, words in sorted(days.items()))
