"""The journal: every record, newest first, with filters, a calendar and a search as one types."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.filtering import Filter, narrowed
from retention_desktop.journal.saved import SAVED_SEARCHES, SavedSearch
from retention_desktop.journal.written import a_year_before
from retention_desktop.models.views import Changes, RecordHead
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.journal.chosen import ChosenBar
from retention_desktop.ui.journal.days import Days
from retention_desktop.ui.journal.filters import EVERYTHING, Asked, Filters
from retention_desktop.ui.journal.looking import MOST_HITS, Learnt, learn, look_in
from retention_desktop.ui.journal.records_list import RecordList
from retention_desktop.ui.journal.records_model import RecordRow
from retention_desktop.ui.journal.saved import SavedMenu, SavedPanel
from retention_desktop.ui.listing import Found, Listing
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.nothing import NothingThere
from retention_desktop.ui.widgets.page import WIDE, centred
from retention_desktop.ui.widgets.text import label

# Widths at 100 % text: from which the calendar stands beside the list, and its button has its name.
_BESIDE_FROM, _NAMED_FROM = 900, 700


class JournalScreen(QWidget):
    """Lists and finds records. `record_requested` carries the head of the one to open."""

    record_requested = Signal(object)
    share_requested = Signal(object)  # the ids of several
    toolkit_requested = Signal()
    bin_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_stale = False
        self._is_all = False  # whether nothing is asked for, so that every record is shown
        self._searches: tuple[SavedSearch, ...] = ()
        self._wants_calendar: bool | None = None  # None: where there is room beside the list
        self.heading = label(_("Journal"), "title")
        self._calendar_button = button(_("Calendar"), icon="calendar")
        self._calendar_button.setCheckable(True)
        self._bin_button = button(_("Bin"), "quiet", icon="trash-2")
        self._saved_button = button(_("Saved searches"), icon="bookmark")
        self._menu = SavedMenu(self._saved_button)
        self._saved_button.setMenu(self._menu)
        self._filters = Filters(session)
        self._message = Message()
        self._panel = SavedPanel(session)
        self._days = Days(session)
        self._year_ago = button("", "quiet", icon="clock")
        self._year_ago.hide()
        self._count = label("", "small")
        self._chosen = ChosenBar(session, self._message)
        self._list = RecordList()
        self._listing = Listing(session, self._list.records, look_in)
        self._toolkit = button(_("Look at the tools"), "primary")
        self._everything = button(_("Show every record"))
        self._nothing = NothingThere(self._toolkit, self._everything)
        self._lay_out()

        self._filters.changed.connect(self._on_asked)
        self._filters.dates_chosen.connect(self._on_dates_chosen)
        self._filters.entered.connect(self._on_enter)
        self._listing.found.connect(self._on_found)
        self._listing.failed.connect(self._message.say_error)
        self._listing.settled.connect(self._on_settled)
        self._bin_button.clicked.connect(self.bin_requested)
        self._calendar_button.toggled.connect(self._on_calendar_toggled)
        self._days.day_chosen.connect(self._on_day_chosen)
        self._days.failed.connect(self._message.say_error)
        self._menu.chosen.connect(self._on_search_chosen)
        self._menu.save_requested.connect(self._on_save_search)
        self._menu.edit_requested.connect(self._on_edit_searches)
        self._panel.done.connect(self._on_panel_done)
        self._year_ago.clicked.connect(self._on_year_ago)
        self._list.opened.connect(self.record_requested)
        self._list.chosen.connect(self._chosen.show_chosen)
        self._chosen.share_requested.connect(self.share_requested)
        self._chosen.binned.connect(self._filters.arrive)
        self._chosen.none_requested.connect(self._list.choose_none)
        self._toolkit.clicked.connect(self.toolkit_requested)
        self._everything.clicked.connect(self._on_show_everything)
        session.changed.connect(self._on_changed)
        self._look()
        self._learn()

    def heads(self) -> tuple[RecordHead, ...]:
        """The records that have arrived in the list, from the top."""
        return tuple(row.head for row in self._list.records.rows)

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._filters.arrive()
        if self._is_stale:
            self._refresh()

    def look_for(self, text: str) -> None:
        """Show what fits this search, and nothing else narrows it."""
        self._on_search_chosen(SavedSearch("", text))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._message.clear()  # it tells of what one did before one went away

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading, 1)
        head.addWidget(self._bin_button)
        head.addWidget(self._calendar_button)
        head.addWidget(self._saved_button)
        self._list_side = QWidget()
        right = QVBoxLayout(self._list_side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        above = QHBoxLayout()
        above.addWidget(self._count, 1)
        above.addWidget(self._year_ago)
        right.addLayout(above)
        right.addWidget(self._nothing)
        right.addWidget(self._list, 1)
        right.addWidget(self._chosen)  # below, so that no row moves while one chooses
        self._body = QWidget()
        beside = QHBoxLayout(self._body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(20)
        beside.addWidget(self._days)
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
        self._days.stand(beside=beside)
        self._days.setVisible(shows)
        self._list_side.setVisible(beside or not shows)
        blocked = QSignalBlocker(self._calendar_button)
        self._calendar_button.setChecked(shows)
        blocked.unblock()
        self._filters.arrange(room)
        for each in (self._bin_button, self._calendar_button):
            name = each.accessibleName()
            each.setToolTip(name)
            each.setText(f" {name}" if room >= theme.px(_NAMED_FROM) else "")

    # The list

    @property
    def _asked(self) -> Asked:
        asked, day = self._filters.asked, self._days.day
        if day is None or asked.wanted is None:
            return asked
        return replace(asked, wanted=narrowed(asked.wanted, Filter(since=day, until=day)))

    @Slot()
    def _on_asked(self) -> None:
        self._message.clear()
        self._look()

    def _look(self) -> None:
        self._listing.look(self._asked)

    @Slot(object, bool)
    def _on_found(self, found: Found[Asked, RecordRow], is_same: bool) -> None:
        self._list.show_found(found, stay=is_same)
        self._tell(found)

    def _tell(self, found: Found[Asked, RecordRow]) -> None:
        """How many there are, or why there are none."""
        self._is_all = found.asked == EVERYTHING
        self._show_year_ago()
        self._list.setVisible(bool(found.rows))
        self._count.setVisible(bool(found.rows))
        told = [_count_words(found, self._days.day)]
        if len(found.rows) > 1:
            told.append(_("With Ctrl or Shift you choose several."))
        self._count.setText(" · ".join(told))
        if found.rows:
            self._nothing.hide()
        elif self._is_all:
            self._nothing.tell(
                _("Nothing is written yet"),
                _("Everything you write will be here, the newest first."),
                self._toolkit,
            )
        else:
            self._nothing.tell(
                _("No record fits"),
                _("Try fewer words, or take a filter away."),
                self._everything,
            )

    @Slot()
    def _on_settled(self) -> None:
        self._days.come_up()
        self._days.mark(self._filters.asked.wanted)
        self.shown.emit()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        concerns = bool(changes.records or changes.people) or SAVED_SEARCHES in changes.lists
        self._is_stale = concerns or self._is_stale
        if self._is_stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._days.forget()
        self._learn()
        self._look()

    @Slot()
    def _on_enter(self) -> None:
        """Enter in the search goes to the first record."""
        if self._list_side.isVisible():
            self._list.enter()

    @Slot()
    def _on_show_everything(self) -> None:
        self._days.choose(None)
        self._filters.show_everything()

    # What there is besides

    def _learn(self) -> None:
        tools, today = self._session.toolkit.every, self._session.today
        self._session.ask(
            self,
            partial(learn, tools=tools, today=today),
            done=self._on_learnt,
            failed=self._message.say_error,
        )

    def _on_learnt(self, learnt: Learnt) -> None:
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
        self._year_ago.setVisible(self._is_all and bool(self._year_ago.text()))

    @Slot()
    def _on_year_ago(self) -> None:
        since, until = a_year_before(self._session.today)
        self._days.choose(None)
        self._filters.show_search(SavedSearch("", since=since, until=until))

    # Days

    @Slot(bool)
    def _on_calendar_toggled(self, shown: bool) -> None:
        self._wants_calendar = shown
        self._arrange()
        if shown:
            self._days.arrive()

    @Slot()
    def _on_day_chosen(self) -> None:
        self._filters.clear_dates()
        if not self._list_side.isVisible():
            self._wants_calendar = None
            self._arrange()
            self._calendar_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_asked()

    @Slot()
    def _on_dates_chosen(self) -> None:
        """Dates in the boxes take the place of the day in the calendar."""
        self._days.choose(None)
        self._on_asked()

    # Saved searches

    @Slot(object)
    def _on_search_chosen(self, search: SavedSearch) -> None:
        self._days.choose(None)
        self._filters.show_search(search)

    @Slot()
    def _on_save_search(self) -> None:
        search = self._filters.search("")
        if self._days.day is not None:
            search = replace(search, since=self._days.day, until=self._days.day)
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


def _count_words(found: Found[Asked, RecordRow], day: date | None) -> str:
    if found.asked.words and found.count == MOST_HITS:
        return _("The {count} records that fit best").format(count=found.count)
    if day is not None and found.count == 1:
        return _("1 record on {day}").format(day=long_date(day))
    if day is not None:
        return _("{count} records on {day}").format(count=f"{found.count:,}", day=long_date(day))
    if found.count == 1:
        return _("1 record")
    return _("{count} records").format(count=f"{found.count:,}")
