"""The bin: what was removed, how long it stays, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from retention_desktop.journal.bin import (
    count_binned,
    empty_binned,
    last_day,
    list_binned,
    restore_binned,
)
from retention_desktop.models.views import Binned, Changes
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, button_row, card, clear, line
from retention_desktop.ui.widgets.text import announce, icon_label, label
from retention_desktop.vault import Vault

_PAGE = 50


class InBin(Struct, frozen=True):
    """Some of what lies in the bin, and how many records do."""

    records: tuple[Binned, ...]
    count: int


def look_in_bin(vault: Vault, after: tuple[datetime, int] | None) -> InBin:
    """What lies in the bin, from the top or after the last one seen."""
    return InBin(list_binned(vault, limit=_PAGE, after=after), count_binned(vault))


class BinPage(Page):
    """Lists the bin: put back, remove for good, empty it."""

    back_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(_("Bin"), width=READING)
        self._session = session
        self._last: Binned | None = None
        self._count = 0
        self.column.addWidget(
            label(_("What you remove stays here for 30 days. Then it is gone for good."), "lead")
        )
        self.message = Message()
        self.column.addWidget(self.message)
        self._all = QWidget()
        whole = QVBoxLayout(self._all)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        whole.addLayout(self._rows)
        self._more = button(_("Show more"))
        self._more.clicked.connect(self._look)
        whole.addLayout(button_row(self._more))
        self._emptying = QWidget()
        below = QVBoxLayout(self._emptying)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(12)
        below.addWidget(line())
        self._empty = Removal(_("Empty the bin…"), _("Empty the bin for good"))
        self._empty.confirmed.connect(self._on_empty)
        below.addWidget(self._empty)
        below.addWidget(label(_("Backups and files you saved elsewhere are not touched."), "small"))
        whole.addWidget(self._emptying)
        self._nothing = label(_("The bin is empty."), "muted")
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._all)
        self.column.addStretch(1)
        for each in (self._all, self._more, self._nothing):
            each.hide()
        back = button(_("Back to the journal"), icon="arrow-left")
        back.clicked.connect(self.back_requested)
        self.set_footer(back)
        self._look()

    @Slot()
    def _look(self) -> None:
        after = None if self._last is None else (self._last.at, self._last.id)
        self._session.ask(
            self,
            partial(look_in_bin, after=after),
            done=self._on_found,
            failed=self.message.say_error,
        )

    def _on_found(self, found: InBin) -> None:
        is_first = self._last is None
        rows = [BinnedRow(each, self._session.today) for each in found.records]
        for row in rows:
            row.back_wanted.connect(self._on_back_wanted)
            row.removed.connect(self._on_removed)
            self._rows.addWidget(row)
        if found.records:
            self._last = found.records[-1]
        self._more.setVisible(len(rows) == _PAGE)
        self._tell(found.count)
        if rows and not is_first:
            rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, count: int) -> None:
        self._count = count
        self._nothing.setVisible(count == 0)
        self._all.setVisible(count > 0)
        self._empty.ask_with(
            _("This removes the record in the bin for good. Nobody can bring it back.")
            if count == 1
            else _(
                "This removes all {count} records in the bin for good. Nobody can bring them back."
            ).format(count=f"{count:,}")
        )

    @Slot(object)
    def _on_back_wanted(self, row: BinnedRow) -> None:
        self._do(
            partial(restore_binned, ids=(row.binned.id,)),
            partial(self._on_gone, row, _("It is back in your journal.")),
        )

    @Slot(object)
    def _on_removed(self, row: BinnedRow) -> None:
        self._do(
            partial(empty_binned, ids=(row.binned.id,)),
            partial(self._on_gone, row, _("It is removed for good.")),
        )

    @Slot()
    def _on_empty(self) -> None:
        self._do(empty_binned, self._on_emptied)

    def _do(self, verb: Callable[[Vault], Changes], done: Callable[[Changes], None]) -> None:
        self._all.setEnabled(False)  # so that nothing is pressed twice
        self._session.tell(self, verb, done=done, failed=self._on_failed)

    def _on_gone(self, row: BinnedRow, said: str, _changes: Changes) -> None:
        """One record has left the bin; the keyboard goes to the next."""
        place = self._rows.indexOf(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._all.setEnabled(True)
        self._tell(self._count - 1)
        self.message.say(said)
        if not self._rows.count():
            self._last = None
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
            self._look()
            return
        beside = self._rows.itemAt(min(place, self._rows.count() - 1))
        next_row = None if beside is None else beside.widget()
        assert next_row is not None
        next_row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_emptied(self, _changes: Changes) -> None:
        clear(self._rows)
        self._all.setEnabled(True)
        self._tell(0)
        self.message.say(_("Everything in it is removed for good."))
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BaseException) -> None:
        self._all.setEnabled(True)
        self.scroller.verticalScrollBar().setValue(0)
        self.message.say_error(error)


class Removal(QWidget):
    """A button that asks first, in its own place; `confirmed` once somebody is sure."""

    confirmed = Signal()

    def __init__(self, words: str, sure: str, *beside: QPushButton, name: str = "") -> None:
        super().__init__()
        self._open = button(words, "quiet", icon="trash-2")
        self._open.setAccessibleName(name or words)
        self._open.clicked.connect(self._on_open)
        self._inside = QWidget()
        self._question = label(_("This removes it for good. Nobody can bring it back."), "strong")
        keep, remove = button(_("Keep it")), button(sure, icon="trash-2")
        keep.clicked.connect(self._on_keep)
        remove.clicked.connect(self._on_sure)
        self._keep = keep
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._question)
        inner.addLayout(button_row(keep, remove))
        self._inside.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._closed = QWidget()
        row = button_row(*beside, self._open)
        row.setContentsMargins(0, 0, 0, 0)
        self._closed.setLayout(row)
        layout.addWidget(self._closed)
        layout.addWidget(self._inside)

    def ask_with(self, question: str) -> None:
        """Ask in these words."""
        self._question.setText(question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the question back."""
        if event.key() == Qt.Key.Key_Escape and not self._inside.isHidden():
            self._on_keep()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_open(self) -> None:
        self._inside.show()
        self._closed.hide()
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(self)
        announce(self._inside, self._question.text())

    @Slot()
    def _on_keep(self) -> None:
        self._inside.hide()
        self._closed.show()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_sure(self) -> None:
        self._inside.hide()
        self._closed.show()
        self.confirmed.emit()


class BinnedRow(QWidget):
    """One record in the bin. Its signals carry the row."""

    back_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, binned: Binned, today: date) -> None:
        super().__init__()
        self.binned = binned
        title = binned.title
        if binned.person:
            title = _("{title} with {person}").format(title=title, person=binned.person)
        about = f"{_day_words(binned)} · {left_words(binned.at, today)}"
        frame, inner = card()
        head = QHBoxLayout()
        head.setSpacing(12)
        icon = icon_label(DRIVER_ICONS[binned.driver], binned.driver.value, 18)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "row"))
        words.addWidget(label(about, "small"))
        head.addLayout(words, 1)
        inner.addLayout(head)
        self._back = button(_("Put back"), icon="undo-2")
        self._back.setAccessibleName(
            _("Put back: {title}. {about}").format(title=title, about=about)
        )
        self._back.clicked.connect(self._on_back)
        removal = Removal(
            _("Remove for good…"),
            _("Remove for good"),
            self._back,
            name=_("Remove for good: {title}. {about}").format(title=title, about=about),
        )
        removal.confirmed.connect(self._on_confirmed)
        inner.addWidget(removal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.setFocusProxy(self._back)

    @Slot()
    def _on_back(self) -> None:
        self.back_wanted.emit(self)

    @Slot()
    def _on_confirmed(self) -> None:
        self.removed.emit(self)


def left_words(binned_at: datetime, today: date) -> str:
    """How long something still stays in the bin."""
    days = (last_day(binned_at) - today).days
    if days > 1:
        return _("{count} days left").format(count=days)
    return _("1 day left") if days == 1 else _("the last day")


def _day_words(binned: Binned) -> str:
    if binned.finished is not None:
        return long_date(binned.finished.astimezone().date())
    return _("Draft, {day}").format(day=long_date(binned.started.astimezone().date()))
