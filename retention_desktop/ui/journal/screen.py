"""The journal: every record, newest first, with filters, a calendar and a search as one types."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.filtering import Filter, narrowed
from retention_desktop.journal.queries import Known
from retention_desktop.journal.records import count_records, list_records
from retention_desktop.journal.saved import SAVED_SEARCHES, SavedSearch, saved_searches
from retention_desktop.journal.search import known_names, search_records
from retention_desktop.journal.tags import tags_of
from retention_desktop.journal.written import a_year_before, days_written
from retention_desktop.models.views import Changes, RecordHead
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.journal.chosen import ChosenBar
from retention_desktop.ui.journal.filters import EVERYTHING, Asked, Filters
from retention_desktop.ui.journal.month import MonthCalendar
from retention_desktop.ui.journal.records_model import (
    ROW_ROLE,
    RecordDelegate,
    RecordRow,
    RecordsModel,
)
from retention_desktop.ui.journal.saved import SavedMenu, SavedPanel
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import WIDE, button_row, card, centred
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_PAGE = 60
_MOST_HITS = 50
_BESIDE_FROM = 900  # the width, at 100 % text, from which the calendar stands beside the list
_CALENDAR_WIDTH = 312


class _Found(Struct, frozen=True):
    asked: Asked
    rows: tuple[RecordRow, ...]
    count: int
    may_have_more: bool


class _Learnt(Struct, frozen=True):
    """What there is besides the records of the list."""

    known: Known
    searches: tuple[SavedSearch, ...]
    a_year_ago: int  # records


class JournalScreen(QWidget):
    """Lists and finds records. `record_requested` carries the head of the one to open."""

    record_requested = Signal(object)
    toolkit_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session, dialogs: FileDialogs) -> None:
        super().__init__()
        self._session = session
        self._under_way = False
        self._is_stale = False
        self._shown: Asked | None = None
        self._day: date | None = None
        self._days_of: tuple[Filter, date] | None = None
        self._searches: tuple[SavedSearch, ...] = ()
        self._wants_calendar: bool | None = None  # None: where there is room beside the list
        self.heading = label(_("Journal"), "title")
        self._calendar_button = button(_("Calendar"), icon="calendar")
        self._calendar_button.setCheckable(True)
        self._saved_button = button(_("Saved searches"), icon="bookmark")
        self._menu = SavedMenu(self._saved_button)
        self._saved_button.setMenu(self._menu)
        self._filters = Filters(session)
        self._message = Message()
        self._panel = SavedPanel(session)
        self._calendar = MonthCalendar(session.today)
        self._year_ago = button("", "quiet", icon="clock")
        self._year_ago.hide()
        self._count = label("", "small")
        self._chosen = ChosenBar(session, dialogs, self._message)
        self._model = RecordsModel(self)
        self._list = _RecordList()
        self._list.setModel(self._model)
        self._delegate = RecordDelegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._empty = _Empty()
        self._lay_out()

        self._filters.changed.connect(self._look)
        self._filters.dates_chosen.connect(self._on_dates_chosen)
        self._filters.entered.connect(self._on_enter)
        self._calendar_button.toggled.connect(self._on_calendar_toggled)
        self._calendar.day_chosen.connect(self._on_day_chosen)
        self._calendar.month_changed.connect(self._count_days)
        self._menu.chosen.connect(self._on_search_chosen)
        self._menu.save_requested.connect(self._on_save_search)
        self._menu.edit_requested.connect(self._on_edit_searches)
        self._panel.done.connect(self._on_panel_done)
        self._year_ago.clicked.connect(self._on_year_ago)
        self._list.clicked.connect(self._on_row_chosen)
        self._list.activated.connect(self._on_row_chosen)
        self._list.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._chosen.none_requested.connect(self._on_choose_none)
        self._model.more_wanted.connect(self._fetch_more)
        self._empty.toolkit.clicked.connect(self.toolkit_requested)
        self._empty.everything.clicked.connect(self._on_show_everything)
        session.changed.connect(self._on_changed)
        self._look()
        self._learn()
        self._count_days()

    def heads(self) -> tuple[RecordHead, ...]:
        """The records that have arrived in the list, from the top."""
        return tuple(row.head for row in self._model.rows)

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._filters.arrive()
        if self._is_stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading, 1)
        head.addWidget(self._calendar_button)
        head.addWidget(self._saved_button)
        self._calendar_area = QScrollArea()
        self._calendar_area.setWidgetResizable(True)
        self._calendar_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._calendar_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held = QWidget()
        held.setObjectName("page")
        around = QVBoxLayout(held)
        around.setContentsMargins(0, 0, 0, 12)
        around.addWidget(self._calendar)
        around.addStretch(1)
        self._calendar_holder = held
        self._list_side = QWidget()
        right = QVBoxLayout(self._list_side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        above = QHBoxLayout()
        above.addWidget(self._count, 1)
        above.addWidget(self._year_ago)
        right.addLayout(above)
        right.addWidget(self._chosen)
        right.addWidget(self._empty)
        right.addWidget(self._list, 1)
        self._body = QWidget()
        beside = QHBoxLayout(self._body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(20)
        beside.addWidget(self._calendar_area)
        beside.addWidget(self._list_side, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 36, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._filters)
        column.addWidget(self._message)
        column.addWidget(self._panel, 1)
        column.addWidget(self._body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, WIDE))
        self._arrange()

    def _arrange(self) -> None:
        """The calendar beside the list; where there is no room for both, in its place."""
        room = min(self.width() - 80, theme.px(WIDE))
        beside = room >= theme.px(_BESIDE_FROM)
        shows = beside if self._wants_calendar is None else self._wants_calendar
        self._calendar_area.setVisible(shows)
        self._list_side.setVisible(beside or not shows)
        self._calendar_area.setMaximumWidth(theme.px(_CALENDAR_WIDTH if beside else WIDE))
        self._calendar_area.setMinimumWidth(theme.px(_CALENDAR_WIDTH) if beside else 0)
        self._calendar.setMaximumWidth(theme.px(420))
        blocked = QSignalBlocker(self._calendar_button)
        self._calendar_button.setChecked(shows)
        blocked.unblock()
        self._filters.arrange(room)

    @property
    def _asked(self) -> Asked:
        asked = self._filters.asked
        if self._day is None or asked.wanted is None:
            return asked
        return replace(
            asked, wanted=narrowed(asked.wanted, Filter(since=self._day, until=self._day))
        )

    # The list

    @Slot()
    def _look(self) -> None:
        """Look for what is asked now. One look at a time: while one is under way, the newest
        question waits, and those between are never asked."""
        if self._under_way:
            return
        self._under_way = True
        asked = self._asked
        limit = max(_PAGE, len(self._model.rows)) if asked == self._shown else _PAGE
        self._session.ask(
            self,
            partial(_look_in, asked=asked, limit=limit),
            done=self._on_found,
            failed=self._on_failed,
        )

    def _on_found(self, found: _Found) -> None:
        self._under_way = False
        if self._shown is None:
            # To dress so many days takes a while, so the calendar comes in a turn of its own.
            QTimer.singleShot(0, self, self._add_calendar)
        is_same = found.asked == self._shown
        chosen = set(self._chosen_records()) if is_same else set()
        scrolled = self._list.verticalScrollBar().value() if is_same else 0
        if not is_same:
            self._message.clear()
        self._shown = found.asked
        self._model.show_first(found.rows, may_have_more=found.may_have_more)
        self._list.setVisible(bool(found.rows))
        self._empty.show_for(nothing=not found.rows, is_all=found.asked == EVERYTHING)
        self._count.setVisible(bool(found.rows))
        self._count.setText(_count_words(found, self._day))
        self._show_year_ago()
        if chosen:
            for place in self._model.places_of(chosen):
                self._list.selectionModel().select(place, QItemSelectionModel.SelectionFlag.Select)
            self._list.doItemsLayout()
            self._list.verticalScrollBar().setValue(scrolled)
        self._on_selection_changed()
        if self._asked != found.asked:
            self._look()
        else:
            self._count_days()
            self.shown.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._under_way = False
        self._message.say_error(error)

    @Slot()
    def _fetch_more(self) -> None:
        asked, last = self._shown, self._model.last
        if asked is None or last is None:
            return
        self._session.ask(
            self,
            partial(_page, asked=asked, last=last, limit=_PAGE),
            done=self._on_more,
            failed=self._on_failed,
        )

    def _on_more(self, found: _Found) -> None:
        if found.asked == self._shown:
            self._model.show_more(found.rows, may_have_more=found.may_have_more)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        concerns = bool(changes.records or changes.people) or SAVED_SEARCHES in changes.lists
        self._is_stale = concerns or self._is_stale
        if self._is_stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._days_of = None
        self._learn()
        self._look()

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        if not self._list.is_choosing:
            self.record_requested.emit(index.data(ROW_ROLE).head)

    @Slot()
    def _on_enter(self) -> None:
        """Enter in the search goes to the first record."""
        if self._model.rowCount() and self._list_side.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.setCurrentIndex(self._model.index(0))

    @Slot()
    def _on_show_everything(self) -> None:
        self._take_day(None)
        self._filters.show_everything()

    # Several at once

    def _chosen_records(self) -> tuple[int, ...]:
        places = sorted(self._list.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return tuple(place.data(ROW_ROLE).head.id for place in places)

    @Slot()
    def _on_selection_changed(self) -> None:
        chosen = self._chosen_records()
        self._delegate.shows_ticks = len(chosen) > 1
        self._list.viewport().update()
        self._chosen.show_chosen(chosen)

    @Slot()
    def _on_choose_none(self) -> None:
        self._list.clearSelection()
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # What there is besides

    def _learn(self) -> None:
        tools = self._session.toolkit.every
        days = a_year_before(self._session.today)
        self._session.ask(
            self,
            lambda vault: _Learnt(
                known_names(vault, tools),
                saved_searches(vault),
                count_records(vault, Filter(since=days[0], until=days[1])),
            ),
            done=self._on_learnt,
            failed=self._message.say_error,
        )

    def _on_learnt(self, learnt: _Learnt) -> None:
        self._filters.know(learnt.known)
        self._chosen.offer(learnt.known.tags)
        self._searches = learnt.searches
        self._menu.show_searches(learnt.searches)
        words = (
            _("This time last year: 1 record")
            if learnt.a_year_ago == 1
            else _("This time last year: {count} records").format(count=learnt.a_year_ago)
        )
        self._year_ago.setText(f" {words}" if learnt.a_year_ago else "")
        self._year_ago.setAccessibleName(words)
        self._show_year_ago()

    def _show_year_ago(self) -> None:
        """Only where nothing else is asked for."""
        self._year_ago.setVisible(self._shown == EVERYTHING and bool(self._year_ago.text()))

    @Slot()
    def _on_year_ago(self) -> None:
        since, until = a_year_before(self._session.today)
        self._take_day(None)
        self._filters.show_search(SavedSearch("", since=since, until=until))

    # Days

    @Slot()
    def _count_days(self) -> None:
        """Ask for the days of the month on which there is something, within the other filters."""
        wanted = self._filters.asked.wanted
        since, until = self._calendar.days
        if wanted is None:
            return
        of_month = replace(wanted, since=since, until=until)
        if self._days_of == (of_month, since):
            return
        self._days_of = (of_month, since)
        self._session.ask(
            self,
            partial(days_written, wanted=of_month),
            done=partial(self._on_days, self._days_of),
            failed=self._message.say_error,
        )

    def _on_days(self, days_of: tuple[Filter, date], counts: dict[date, int]) -> None:
        if days_of == self._days_of:
            self._calendar.show_days(counts)

    @Slot()
    def _add_calendar(self) -> None:
        self._calendar_area.setWidget(self._calendar_holder)

    @Slot(bool)
    def _on_calendar_toggled(self, shown: bool) -> None:
        self._wants_calendar = shown
        self._arrange()
        if shown:
            self._calendar.take_focus()

    @Slot(object)
    def _on_day_chosen(self, day: date | None) -> None:
        self._day = day
        self._filters.clear_dates()
        if not self._list_side.isVisible():
            self._wants_calendar = None
            self._arrange()
            self._calendar_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    @Slot()
    def _on_dates_chosen(self) -> None:
        """Dates in the boxes take the place of the day in the calendar."""
        self._take_day(None)
        self._look()

    def _take_day(self, day: date | None) -> None:
        self._day = day
        self._calendar.choose(day)

    # Saved searches

    @Slot(object)
    def _on_search_chosen(self, search: SavedSearch) -> None:
        self._take_day(None)
        self._filters.show_search(search)

    @Slot()
    def _on_save_search(self) -> None:
        search = self._filters.search("")
        if self._day is not None:
            search = replace(search, since=self._day, until=self._day)
        self._body.hide()
        self._panel.ask_name(search)

    @Slot()
    def _on_edit_searches(self) -> None:
        self._body.hide()
        self._panel.edit(self._searches)

    @Slot(str)
    def _on_panel_done(self, said: str) -> None:
        self._panel.hide()
        self._body.show()
        self._saved_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if said:
            self._message.say(said)


class _RecordList(QListView):
    """A list that the keyboard enters at a record. With Ctrl or Shift one chooses several."""

    def __init__(self) -> None:
        super().__init__()
        self.is_choosing = False  # whether the last click was one to choose, not to open
        self.setAccessibleName(_("Records"))
        self.setAccessibleDescription(
            _("Enter opens a record. With Shift or Ctrl you choose several.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            here = self.currentIndex()
            # Qt makes the first record the current one, but shows it only once it is chosen.
            self.setCurrentIndex(here if here.isValid() else self.model().index(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        choosing = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self.is_choosing = bool(event.modifiers() & choosing)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to one record."""
        self.is_choosing = False
        if event.key() == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self.setCurrentIndex(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Empty(QFrame):
    """What stands there when there is nothing to list."""

    def __init__(self) -> None:
        super().__init__()
        frame, layout = card()
        self._title = label("", "card-title")
        self._help = label("", "muted")
        self.toolkit = button(_("Look at the tools"), "primary")
        self.everything = button(_("Show every record"))
        layout.addWidget(self._title)
        layout.addWidget(self._help)
        layout.addSpacing(4)
        layout.addLayout(button_row(self.toolkit, self.everything))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)
        self.hide()

    def show_for(self, *, nothing: bool, is_all: bool) -> None:
        """Say why the list is empty: nothing was written yet, or nothing fits."""
        self.setVisible(nothing)
        self.toolkit.setVisible(is_all)
        self.everything.setVisible(not is_all)
        if is_all:
            self._title.setText(_("Nothing is written yet"))
            self._help.setText(_("Everything you write will be here, the newest first."))
        else:
            self._title.setText(_("No record fits"))
            self._help.setText(_("Try fewer words, or take a filter away."))


def _look_in(vault: Vault, asked: Asked, limit: int) -> _Found:
    if asked.wanted is None:
        return _Found(asked, (), 0, may_have_more=False)
    if not asked.words:
        return _page(vault, asked, None, limit)
    hits = search_records(vault, asked.words, asked.wanted, limit=_MOST_HITS, as_you_type=True)
    tags = tags_of(vault, [hit.head.id for hit in hits])
    rows = tuple(RecordRow(hit.head, hit.snippet, tags[hit.head.id]) for hit in hits)
    return _Found(asked, rows, len(rows), may_have_more=False)


def _page(vault: Vault, asked: Asked, last: RecordHead | None, limit: int) -> _Found:
    assert asked.wanted is not None
    heads = list_records(
        vault,
        asked.wanted,
        limit=limit,
        after=(last.updated, last.id) if last else None,
    )
    count = count_records(vault, asked.wanted) if last is None else 0
    tags = tags_of(vault, [head.id for head in heads])
    rows = tuple(RecordRow(head, ((head.preview, False),), tags[head.id]) for head in heads)
    return _Found(asked, rows, count, may_have_more=len(heads) == limit)


def _count_words(found: _Found, day: date | None) -> str:
    if found.asked.words and found.count == _MOST_HITS:
        return _("The {count} records that fit best").format(count=found.count)
    if day is not None and found.count == 1:
        return _("1 record on {day}").format(day=long_date(day))
    if day is not None:
        return _("{count} records on {day}").format(count=f"{found.count:,}", day=long_date(day))
    if found.count == 1:
        return _("1 record")
    return _("{count} records").format(count=f"{found.count:,}")
