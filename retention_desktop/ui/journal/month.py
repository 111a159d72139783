"""A month as a calendar: the days on which something was written, to choose one from."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
)

from retention_desktop.journal.filtering import EARLIEST
from retention_desktop.ui.journal.wording import day_words, month_name, month_words
from retention_desktop.ui.theme import BODY, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import weekday_name

_CELL = 40
_WEEKS = 6
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthCalendar(QFrame):
    """Shows a month. `day_chosen` carries a day, or None for every day.

    The arrows go from day to day, Page Up and Page Down from month to month.
    """

    day_chosen = Signal(object)
    month_changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("card")
        self._today = today
        self._counts: Mapping[date, int] = {}
        self._here = today
        self._chosen: date | None = None
        self._title = label("", "strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        before = icon_button("arrow-left", _("Month before"))
        after = icon_button("arrow-right", _("Month after"))
        before.clicked.connect(self._on_before)
        after.clicked.connect(self._on_after)
        head = QHBoxLayout()
        head.addWidget(before)
        head.addWidget(self._title, 1)
        head.addWidget(after)
        grid = QGridLayout()
        grid.setSpacing(0)
        monday = date(2026, 11, 16)
        for place in range(7):
            name = weekday_name(monday + timedelta(days=place))
            short = label(name[:2], "small", wrap=False)
            short.setAccessibleName(name)
            short.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(short, 0, place)
        self._days = [_Day() for _place in range(7 * _WEEKS)]
        for place, day in enumerate(self._days):
            day.clicked.connect(self._on_day_clicked)
            row, column = divmod(place, 7)
            grid.addWidget(day, row + 1, column)
        self._words = label("", "small")
        self._every = button(_("Show every day"), "quiet")
        self._every.clicked.connect(self._on_every)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._words)
        layout.addLayout(button_row(self._every))
        self._draw()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the month that is shown."""
        first = self._here.replace(day=1)
        return first, self._here.replace(day=monthrange(first.year, first.month)[1])

    def show_days(self, counts: Mapping[date, int]) -> None:
        """Mark the days of this month on which something was written."""
        self._counts = counts
        self._draw()

    def choose(self, day: date | None) -> None:
        """Show which day the list stands at, without telling anybody."""
        self._chosen = day
        self._draw()

    def take_focus(self) -> None:
        """Put the keyboard on the day one was at."""
        self._button_of(self._here).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._go(self._here + timedelta(days=_KEYS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go(_months_on(self._here, -1 if key is Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self.days[key is Qt.Key.Key_End])
        else:
            super().keyPressEvent(event)
            return
        self.take_focus()

    def _go(self, day: date) -> None:
        if day < EARLIEST or day.year > self._today.year + 1:
            return
        shown = self.days
        self._here = day
        if self.days != shown:
            self._counts = {}
            self._draw()
            self.month_changed.emit()
        else:
            self._draw()

    def _draw(self) -> None:
        first, last = self.days
        self._title.setText(month_name(first))
        day = first - timedelta(days=first.weekday())
        for each in self._days:
            is_inside = first <= day <= last
            each.show_day(
                day,
                self._counts.get(day, 0),
                is_inside=is_inside,
                is_today=day == self._today,
                is_chosen=day == self._chosen,
            )
            # One stop for Tab; the arrows do the rest.
            is_here = day == self._here
            each.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_here else Qt.FocusPolicy.ClickFocus
            )
            day += timedelta(days=1)
        self._words.setText(month_words(first, self._counts))
        self._every.setVisible(self._chosen is not None)

    def _button_of(self, day: date) -> _Day:
        return next(each for each in self._days if each.day == day)

    @Slot()
    def _on_before(self) -> None:
        self._go(_months_on(self._here, -1))

    @Slot()
    def _on_after(self) -> None:
        self._go(_months_on(self._here, 1))

    @Slot()
    def _on_every(self) -> None:
        self.choose(None)
        self.take_focus()
        self.day_chosen.emit(None)

    @Slot()
    def _on_day_clicked(self) -> None:
        clicked = self.sender()
        if isinstance(clicked, _Day) and clicked.count:
            self._here = clicked.day
            self.choose(clicked.day)
            self.day_chosen.emit(clicked.day)


class _Day(QAbstractButton):
    """One day: its number, and a dot where something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.day = date.min
        self.count = 0
        self._is_today = False
        self._is_chosen = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(
        self, day: date, count: int, *, is_inside: bool, is_today: bool, is_chosen: bool
    ) -> None:
        self.day, self.count = day, count
        self._is_today, self._is_chosen = is_today, is_chosen
        words = day_words(day, count)
        self.setAccessibleName(_("{day}, chosen").format(day=words) if is_chosen else words)
        self.setToolTip(words if count else "")
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.setVisible(is_inside)
        self.setCursor(Qt.CursorShape.PointingHandCursor if count else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        side = max(_CELL, theme.px(_CELL))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(32), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif Qt.Key(event.key()) in _KEYS:
            event.ignore()  # the calendar's; a button would go to the next control
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._is_chosen:
            ground, text = "accent", "on_accent"
        elif self.count:
            ground, text = "accent_soft", "accent"
        else:
            ground, text = "surface", "muted"
        painter.setPen(Qt.PenStyle.NoPen)
        if self.count and self.underMouse() and not self._is_chosen:
            painter.setPen(QPen(theme.colour("accent"), 1))
        elif self._is_today:
            painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(inner, 8, 8)
        weight = QFont.Weight.Bold if self.count else QFont.Weight.Normal
        painter.setFont(theme.font(BODY, weight))
        painter.setPen(theme.colour(text))
        dot = theme.px(5)
        above = inner.adjusted(0, 0, 0, -dot if self.count else 0)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(self.day.day))
        if self.count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(text))
            painter.drawEllipse(
                QRectF(inner.center().x() - dot / 2, inner.bottom() - dot - 3, dot, dot)
            )
        painter.end()


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
