"""The search line of the journal, and the boxes to choose from beside it."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from retention_desktop.journal.filtering import ALL, Filter, narrowed
from retention_desktop.journal.queries import Known, Meaning, Query, parse_query, understand
from retention_desktop.journal.saved import SavedSearch
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.ui.journal.wording import meaning_words
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.filter_boxes import FilterBoxes
from retention_desktop.ui.widgets.search_line import SearchLine
from retention_desktop.ui.widgets.text import label

_BETWEEN = "between"  # two dates that the person writes
_A_YEAR = timedelta(days=364)  # "1 September" is the last one: records lie behind


class Asked(Struct, frozen=True):
    """What the list is to show: `words` as they are typed; `wanted` is None where none can fit."""

    words: str
    wanted: Filter | None


EVERYTHING = Asked("", ALL)


class Filters(FilterBoxes):
    """What to search for. `dates_chosen` when the person narrows it by date."""

    dates_chosen = Signal()

    def __init__(self, session: Session) -> None:
        tools = sorted(session.toolkit.every, key=lambda tool: tool.title)
        boxes = (
            Combo(_("Tool"), [(_("Any tool"), None)] + [(tool.title, tool.id) for tool in tools]),
            Combo(
                _("Driver"),
                [(_("Any driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
            ),
            Combo(_("Tag"), [(_("Any tag"), None)]),
            Combo(
                _("State"),
                [
                    (_("Drafts too"), None),
                    (_("Finished"), RecordState.FINISHED),
                    (_("Drafts"), RecordState.DRAFT),
                ],
            ),
            Combo(
                _("Date"),
                [
                    (_("Any date"), None),
                    (_("Last 30 days"), 30),
                    (_("Last 3 months"), 91),
                    (_("Last 12 months"), 365),
                    (_("Between two dates"), _BETWEEN),
                ],
            ),
        )
        find = SearchLine(_("Search what you wrote"))
        super().__init__(find, boxes)
        self._tool, self._driver, self._tag, self._state, self._since = boxes
        self._line = find
        self._session = session
        self._titles = {tool.id: tool.title for tool in tools}
        self._known = Known(tuple(self._titles.items()))
        find.offer(self._known, session.today)
        self._from = DateField(_("From"), session.today, _A_YEAR)
        self._until = DateField(_("Until"), session.today, _A_YEAR)
        self._between = self._two_dates()
        self._meaning = label("", "muted")
        self._meaning.hide()
        self._rows.addWidget(self._meaning)
        self._rows.addWidget(self._between)
        find.textChanged.connect(self._tell_meaning)
        self._since.currentIndexChanged.connect(self._on_dates_chosen)
        for field in (self._from, self._until):
            field.changed.connect(self._on_chosen)

    @property
    def known(self) -> Known:
        """What can be named in the search line."""
        return self._known

    @property
    def asked(self) -> Asked:
        """What the list is to show."""
        meaning = self._understood
        words = " ".join(meaning.words)
        wanted = meaning.wanted and narrowed(meaning.wanted, self._in_boxes)
        return Asked(words if self._query.goes_on or not words else f"{words} ", wanted)

    def know(self, known: Known) -> None:
        """Offer what there is now; what is chosen stays, if it is still there."""
        if known == self._known:
            return
        before = self.asked
        self._known = known
        self._line.offer(known, self._session.today)
        self._offer(self._tag, known.tags)
        self._tell_meaning()
        if self.asked != before:
            self.changed.emit()

    def clear_dates(self) -> None:
        """Take the filter by date away, because another takes its place."""
        self._since.choose(None)
        self._between.hide()
        self._count()

    @Slot()
    def show_everything(self) -> None:
        """Take every filter away."""
        self.show_search(SavedSearch(""))

    def search(self, name: str) -> SavedSearch:
        """What is chosen now, to be kept under a name."""
        days = self._since.currentData()
        is_between = days == _BETWEEN
        return SavedSearch(
            name,
            self._find.text().strip(),
            self._tool.currentData(),
            Driver(self._driver.currentData()) if self._driver.currentData() else None,
            RecordState(self._state.currentData()) if self._state.currentData() else None,
            self._tag.currentData(),
            None if is_between else days,
            self._from.value if is_between else None,
            self._until.value if is_between else None,
        )

    def show_search(self, search: SavedSearch) -> None:
        """Choose what was kept; what is no longer there stays any."""
        is_between = search.since is not None or search.until is not None
        for combo, value in (
            (self._tool, search.tool),
            (self._driver, search.driver),
            (self._tag, search.tag),
            (self._state, search.state),
            (self._since, _BETWEEN if is_between else search.days),
        ):
            combo.choose(value)
        self._from.set_value(search.since)
        self._until.set_value(search.until)
        self._between.setVisible(is_between)
        blocked = QSignalBlocker(self._find)
        self._find.setText(search.text)
        blocked.unblock()
        self._tell_meaning()
        self._on_chosen()

    @property
    def _query(self) -> Query:
        return parse_query(self._find.text(), self._known)

    @property
    def _understood(self) -> Meaning:
        return understand(self._query, self._known, self._session.today)

    @property
    def _in_boxes(self) -> Filter:
        chosen = self.search("")
        since = self._session.today - timedelta(days=chosen.days) if chosen.days else chosen.since
        tags = () if chosen.tag is None else (chosen.tag,)
        return Filter(
            chosen.tool, chosen.driver, chosen.state, since, chosen.until, person=None, tags=tags
        )

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
    def _tell_meaning(self) -> None:
        words = meaning_words(self._understood, self._titles, only=_("Only records {parts}."))
        self._meaning.setText(words)
        self._meaning.setVisible(bool(words))

    @Slot()
    def _on_dates_chosen(self) -> None:
        is_between = self._since.currentData() == _BETWEEN
        self._between.setVisible(is_between)
        if is_between:
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.dates_chosen.emit()
