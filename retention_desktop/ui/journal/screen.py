"""The journal: every record, newest first, with filters and a search as one types."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.filtering import ALL, Filter
from retention_desktop.journal.records import count_records, list_records
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.models.views import Changes, RecordHead
from retention_desktop.ui.journal.records_model import (
    ROW_ROLE,
    RecordDelegate,
    RecordRow,
    RecordsModel,
)
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import LIST, button_row, card, centred
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_PAGE = 60
_BETWEEN = "between"  # two dates that the person writes
_A_YEAR = timedelta(days=364)  # "1 September" is the last one: records lie behind
_MOST_HITS = 50
_ONE_LINE_FROM = 760  # the width, at 100 % text, from which the filters stand in one line


class _Asked(Struct, frozen=True):
    """What the list is to show."""

    words: str
    wanted: Filter


class _Found(Struct, frozen=True):
    asked: _Asked
    rows: tuple[RecordRow, ...]
    count: int
    may_have_more: bool


class JournalScreen(QWidget):
    """Lists and finds records. `record_requested` carries the head of the one to open."""

    record_requested = Signal(object)
    toolkit_requested = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._under_way = False
        self._is_stale = False
        self._shown: _Asked | None = None
        self.heading = label(_("Journal"), "title")
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Search what you wrote"))
        self._find.setAccessibleName(_("Search what you wrote"))
        self._find.setClearButtonEnabled(True)
        tools = sorted(session.toolkit.every, key=lambda tool: tool.title)
        self._tool = Combo(
            _("Tool"), [(_("Any tool"), None)] + [(tool.title, tool.id) for tool in tools]
        )
        self._driver = Combo(
            _("Driver"),
            [(_("Any driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
        )
        self._state = Combo(
            _("State"),
            [
                (_("Drafts too"), None),
                (_("Finished"), RecordState.FINISHED),
                (_("Drafts"), RecordState.DRAFT),
            ],
        )
        self._since = Combo(
            _("Date"),
            [
                (_("Any date"), None),
                (_("Last 30 days"), 30),
                (_("Last 3 months"), 91),
                (_("Last 12 months"), 365),
                (_("Between two dates"), _BETWEEN),
            ],
        )
        self._from = DateField(_("From"), session.today, _A_YEAR)
        self._until = DateField(_("Until"), session.today, _A_YEAR)
        self._between = self._two_dates()
        self._combos = (self._tool, self._driver, self._state, self._since)
        self._count = label("", "small")
        self._message = Message()
        self._model = RecordsModel(self)
        self._list = _RecordList()
        self._list.setModel(self._model)
        self._list.setItemDelegate(RecordDelegate(self._list))
        self._list.setAccessibleName(_("Records"))
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = _Empty()

        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 40, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        self._filters = QGridLayout()
        self._filters.setSpacing(10)
        column.addLayout(self._filters)
        column.addWidget(self._between)
        column.addWidget(self._message)
        column.addWidget(self._count)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, LIST))
        self._across = 0
        self._arrange()

        self._find.textChanged.connect(self._look)
        for combo in self._combos:
            combo.currentIndexChanged.connect(self._look)
        self._since.currentIndexChanged.connect(self._on_dates_chosen)
        for field in (self._from, self._until):
            field.changed.connect(self._look)
        self._list.clicked.connect(self._on_row_chosen)
        self._list.activated.connect(self._on_row_chosen)
        self._find.returnPressed.connect(self._on_enter)
        self._model.more_wanted.connect(self._fetch_more)
        self._empty.toolkit.clicked.connect(self.toolkit_requested)
        self._empty.everything.clicked.connect(self._on_show_everything)
        session.changed.connect(self._on_changed)
        self._look()

    def heads(self) -> tuple[RecordHead, ...]:
        """The records that have arrived in the list, from the top."""
        return tuple(row.head for row in self._model.rows)

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find.selectAll()
        if self._is_stale:
            self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _two_dates(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        line.addWidget(Field(_("From"), self._from), 1)
        line.addWidget(Field(_("Until"), self._until), 1)
        row.hide()
        return row

    @Slot()
    def _on_dates_chosen(self) -> None:
        is_between = self._since.currentData() == _BETWEEN
        self._between.setVisible(is_between)
        if is_between:
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Search above the filters; the filters in one line, or two by two."""
        across = 4 if self.width() - 80 >= theme.px(_ONE_LINE_FROM) else 2
        if across == self._across:
            return
        self._across = across
        self._filters.addWidget(self._find, 0, 0, 1, across)
        for index, combo in enumerate(self._combos):
            row, column = divmod(index, across)
            self._filters.addWidget(combo, row + 1, column)

    @property
    def _asked(self) -> _Asked:
        tool, driver, state, days = (combo.currentData() for combo in self._combos)
        until = None
        if days == _BETWEEN:
            since, until = self._from.value, self._until.value
        else:
            since = self._session.today - timedelta(days=days) if days else None
        return _Asked(self._find.text().strip(), Filter(tool, driver, state, since, until))

    @Slot()
    def _look(self) -> None:
        """Look for what is asked now. One look at a time: while one is under way, the newest
        question waits, and those between are never asked."""
        if self._under_way:
            return
        self._under_way, self._is_stale = True, False
        asked, words = self._asked, self._find.text()
        self._session.ask(
            self,
            lambda vault: _look_in(vault, asked, words),
            done=self._on_found,
            failed=self._on_failed,
        )

    def _on_found(self, found: _Found) -> None:
        self._under_way = False
        self._shown = found.asked
        self._message.clear()
        self._model.show_first(found.rows, may_have_more=found.may_have_more)
        self._list.setVisible(bool(found.rows))
        is_all = found.asked == _Asked("", ALL)
        self._empty.show_for(nothing=not found.rows, is_all=is_all)
        self._count.setVisible(bool(found.rows))
        self._count.setText(_count_words(found))
        if self._asked != found.asked:
            self._look()
        else:
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
            lambda vault: _page(vault, asked, last),
            done=self._on_more,
            failed=self._on_failed,
        )

    def _on_more(self, found: _Found) -> None:
        if found.asked == self._shown:
            self._model.show_more(found.rows, may_have_more=found.may_have_more)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        self._is_stale = bool(changes.records) or self._is_stale
        if self._is_stale and self.isVisible():
            self._look()

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        self.record_requested.emit(index.data(ROW_ROLE).head)

    @Slot()
    def _on_enter(self) -> None:
        """Enter in the search goes to the first record."""
        if self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.setCurrentIndex(self._model.index(0))

    @Slot()
    def _on_show_everything(self) -> None:
        self._find.clear()
        for combo in self._combos:
            combo.setCurrentIndex(0)


class _RecordList(QListView):
    """A list that the keyboard enters at a record."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        here = self.currentIndex()
        # Qt makes the first record the current one, but shows it only once it is chosen.
        self.setCurrentIndex(here if here.isValid() else self.model().index(0, 0))


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


def _look_in(vault: Vault, asked: _Asked, words: str) -> _Found:
    if not asked.words:
        return _page(vault, asked, None)
    hits = search_records(vault, words, asked.wanted, limit=_MOST_HITS, as_you_type=True)
    rows = tuple(RecordRow(hit.head, hit.snippet) for hit in hits)
    return _Found(asked, rows, len(rows), may_have_more=False)


def _page(vault: Vault, asked: _Asked, last: RecordHead | None) -> _Found:
    heads = list_records(
        vault,
        asked.wanted,
        limit=_PAGE,
        after=(last.updated, last.id) if last else None,
    )
    count = count_records(vault, asked.wanted) if last is None else 0
    rows = tuple(RecordRow(head, ((head.preview, False),)) for head in heads)
    return _Found(asked, rows, count, may_have_more=len(heads) == _PAGE)


def _count_words(found: _Found) -> str:
    if found.asked.words and found.count == _MOST_HITS:
        return _("The {count} records that fit best").format(count=found.count)
    if found.count == 1:
        return _("1 record")
    return _("{count} records").format(count=f"{found.count:,}")
