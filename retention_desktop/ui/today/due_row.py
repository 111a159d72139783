"""Something that has come back on its day: to look at now, or to put off with one key."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from retention_desktop.models.views import Due
from retention_desktop.toolkit.definition import Repeating
from retention_desktop.toolkit.run import review_date
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, icon_button
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import due_words, short_day, weekday_name


class DueRow(QWidget):
    """A card that opens what is due, and beside it a menu of later days. S puts off by a week."""

    review_requested = Signal(object)  # the Due
    later_requested = Signal(object, object)  # the Due, and the date on which it comes back

    def __init__(self, due: Due, today: date) -> None:
        super().__init__()
        self._due = due
        self._in_a_week = today + timedelta(weeks=1)
        title, below = due_title(due), due_place(due)
        when = due_words(due.on, today)
        self._open = ContentButton(
            "card-button", _("Look again: {title}. {when}").format(title=title, when=when)
        )
        self._open.setAccessibleDescription(_("S puts it off for a week."))
        self._open.clicked.connect(self._on_clicked)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(title, "card-title"))
        words.addWidget(
            label(" · ".join(filter(None, (when[0].upper() + when[1:], below))), "small")
        )
        inside = QHBoxLayout()
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(14)
        icon = (DRIVER_ICONS[due.driver], due.driver.value) if due.driver else ("calendar", "muted")
        inside.addWidget(icon_label(*icon))
        inside.addLayout(words, 1)
        self._open.set_content(inside)
        later = icon_button("clock", _("Put off: {title}").format(title=title))
        later.setToolTip(_("Put off. S puts it off for a week."))
        menu = QMenu(later)
        for text, day in later_days(today):
            menu.addAction(text).setData(day)
        menu.triggered.connect(self._on_later)
        later.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._open, 1)
        row.addWidget(later, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.later_requested.emit(self._due, self._in_a_week)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        self.review_requested.emit(self._due)

    @Slot(QAction)
    def _on_later(self, chosen: QAction) -> None:
        self.later_requested.emit(self._due, chosen.data())


def later_days(today: date) -> tuple[tuple[str, date], ...]:
    """(words, date) to put something off to, the soonest first."""
    next_month = review_date(Repeating(months=1, text=""), today)
    assert next_month is not None
    return tuple(
        (words.format(day=f"{weekday_name(day)} {short_day(day, today)}"), day)
        for words, day in (
            (_("Tomorrow, {day}"), today + timedelta(days=1)),
            (_("In a week, {day}"), today + timedelta(weeks=1)),
            (_("In two weeks, {day}"), today + timedelta(weeks=2)),
            (_("In a month, {day}"), next_month),
        )
    )


def due_title(due: Due) -> str:
    """What was agreed, or the record that is to be looked at again."""
    if due.action_id is not None:
        return due.text
    if due.person:
        return _("{title} with {person}").format(title=due.title, person=due.person)
    return due.title


def due_place(due: Due) -> str:
    """Where it comes from: its record and person, or how the record begins."""
    if due.action_id is None:
        return due.text
    if due.title and due.person:
        return _("{title} with {person}").format(title=due.title, person=due.person)
    if due.person:
        return _("Agreed with {person}").format(person=due.person)
    return due.title
