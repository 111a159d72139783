"""The calendar beside the journal: the days on which there is something, within what is asked."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.journal.filtering import ALL, Filter
from retention_desktop.journal.written import days_written
from retention_desktop.ui.journal.month import MonthCalendar
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.page import WIDE, Scroller

_WIDTH, _WIDEST = 312, 420  # at 100 % text


class Days(Scroller):
    """Shows a month. `day_chosen` when the person chooses a day, or every day again."""

    day_chosen = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._day: date | None = None
        self._wanted: Filter | None = ALL
        self._counted: Filter | None = None
        self._calendar = MonthCalendar(session.today)
        self._calendar.day_chosen.connect(self._on_day_chosen)
        self._calendar.month_changed.connect(self._count)
        self._content = QWidget()
        self._content.setObjectName("page")
        around = QVBoxLayout(self._content)
        around.setContentsMargins(0, 0, 0, 12)
        around.addWidget(self._calendar)
        around.addStretch(1)
        self._count()

    @property
    def day(self) -> date | None:
        """The one day that the list stands at, if it does."""
        return self._day

    def choose(self, day: date | None) -> None:
        """Stand at this day, without a signal."""
        self._day = day
        self._calendar.choose(day)

    def arrive(self) -> None:
        """Put the keyboard on the day one was at."""
        self._calendar.take_focus()

    @Slot()
    def come_up(self) -> None:
        """Draw the calendar in a turn of its own: to dress so many days takes a while."""
        if self.widget() is None:
            QTimer.singleShot(0, self, self._come_up)

    @Slot()
    def _come_up(self) -> None:
        self.setWidget(self._content)

    def stand(self, *, beside: bool) -> None:
        """Beside the list, or in its place."""
        self.setMaximumWidth(theme.px(_WIDTH if beside else WIDE))
        self.setMinimumWidth(theme.px(_WIDTH) if beside else 0)
        self._calendar.setMaximumWidth(theme.px(_WIDEST))

    def forget(self) -> None:
        """Something has changed: count anew the next time."""
        self._counted = None

    def mark(self, wanted: Filter | None) -> None:
        """Mark the days on which there is something that is wanted, whatever its date."""
        self._wanted = wanted
        self._count()

    @Slot()
    def _count(self) -> None:
        if self._wanted is None:
            return
        since, until = self._calendar.days
        of_month = replace(self._wanted, since=since, until=until)
        if of_month != self._counted:
            self._counted = of_month
            self._session.ask(
                self,
                partial(days_written, wanted=of_month),
                done=partial(self._on_counted, of_month),
                failed=self.failed.emit,
            )

    def _on_counted(self, of_month: Filter, counts: dict[date, int]) -> None:
        if of_month == self._counted:
            self._calendar.show_days(counts)

    @Slot(object)
    def _on_day_chosen(self, day: date | None) -> None:
        self._day = day
        self.day_chosen.emit()
