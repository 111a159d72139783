"""A date as people write it, with a calendar beside it."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.toolkit.answers import YEARS, only_text
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.text import announce, label

_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9})(?: (?P<year>\d{4}))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?"
)


def parse_date(text: str, today: date) -> date | None:
    """The date somebody wrote: 22/11/2026, 22.11, 22 Nov, Nov 22nd, 2026-11-22; else None.

    Without a year it is the next such day from `today` on. Only the years that an answer may have.
    """
    text = " ".join(text.lower().replace(",", " ").split())
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})", text):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})", text):
        day, month = int(found[1]), int(found[2])
        year = _next_year(today, month, day)
    elif found := (_DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)):
        day, month = int(found["day"]), _month_number(found["month"])
        year = int(found["year"]) if found["year"] else _next_year(today, month, day)
    else:
        return None
    year = year + 2000 if year < 100 else year
    return date(year, month, day) if year in YEARS and _is_day(year, month, day) else None


def _short_date(day: date) -> str:
    number, month, _year = long_date(day).split()
    return f"{number} {month[:3]}"


def _month_number(name: str) -> int:
    for number in range(1, 13):
        if long_date(date(2000, number, 1)).split()[1].lower().startswith(name):
            return number
    return 0


def _next_year(today: date, month: int, day: int) -> int:
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    if (month, day) == (2, 29):
        while not isleap(year):
            year += 1
    return year


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


class DateField(QWidget):
    """Takes a date in the usual ways of writing it. `changed` carries a `date` or None.

    A day without its year may lie up to `back` before today; otherwise the next such day is meant.
    """

    changed = Signal(object)

    def __init__(self, name: str, today: date, back: timedelta = timedelta()) -> None:
        super().__init__()
        self._today = today
        self._first = today - back
        self._edit = QLineEdit()
        self._edit.setAccessibleName(name)
        self._edit.setPlaceholderText(_("For example, {date}").format(date=_short_date(today)))
        self._edit.textEdited.connect(self._on_text_edited)
        self._edit.editingFinished.connect(self._on_editing_finished)
        self._calendar: QCalendarWidget | None = None
        self._open = icon_button("calendar", _("Choose from a calendar"))
        self._open.clicked.connect(self._on_open_clicked)
        self._hint = label("", "small")
        self._hint.setProperty("error", "true")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._edit, 1)
        row.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._hint)
        self._hint.hide()
        self.setFocusProxy(self._edit)

    @property
    def value(self) -> date | None:
        """The date that is written there, if it is one."""
        return parse_date(self._edit.text(), self._first)

    @property
    def is_wrong(self) -> bool:
        """Whether something is written there that is no date."""
        return bool(self._edit.text().strip()) and self.value is None

    def set_value(self, value: date | None) -> None:
        """Show a date, or nothing."""
        self._edit.setText(long_date(value) if value else "")
        self._hint.hide()

    @property
    def text(self) -> str:
        """What is written there, a date or not yet."""
        return only_text(self._edit.text())

    def set_text(self, text: str) -> None:
        """Show what somebody had begun to write there."""
        self._edit.setText(text)
        self._hint.hide()

    def complain(self) -> None:
        """Say that no date can be read there, and how to write one."""
        example = long_date(self._today)
        self._hint.setText(
            _("We could not read this as a date. Write it like {date}.").format(date=example)
        )
        self._hint.show()
        self._edit.setAccessibleDescription(self._hint.text())
        announce(self._edit, self._hint.text())

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._hint.hide()
        self.changed.emit(self.value)

    @Slot()
    def _on_editing_finished(self) -> None:
        if self.is_wrong:
            self.complain()
        elif self.value is not None:
            self.set_value(self.value)

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(
                QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
            )
            self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            plain = QTextCharFormat()
            plain.setForeground(theme.colour("text"))
            for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
                self._calendar.setWeekdayTextFormat(day, plain)  # Qt's own are red
            for name, icon in (("prevmonth", "arrow-left"), ("nextmonth", "arrow-right")):
                turn = self._calendar.findChild(QToolButton, f"qt_calendar_{name}")
                if turn is not None:
                    turn.setIcon(theme.icon(icon, "text", 16))  # Qt's own cannot be seen in dark
            self._calendar.clicked.connect(self._on_day_chosen)
            self._calendar.activated.connect(self._on_day_chosen)
        shown = self.value or self._today
        self._calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._calendar.move(self._edit.mapToGlobal(QPoint(0, self._edit.height() + 4)))
        self._calendar.show()
        self._calendar.setFocus()

    @Slot(QDate)
    def _on_day_chosen(self, day: QDate) -> None:
        assert self._calendar is not None
        self._calendar.hide()
        chosen = date(day.year(), day.month(), day.day())
        self.set_value(chosen)
        self.changed.emit(chosen)
