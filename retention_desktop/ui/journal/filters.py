"""The search line of the journal, and the boxes to choose from beside it."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.filtering import ALL, Filter, narrowed
from retention_desktop.journal.queries import Known, Meaning, parse_query, understand
from retention_desktop.journal.saved import SavedSearch
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.ui.journal.search_line import SearchLine
from retention_desktop.ui.journal.wording import meaning_words
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.text import label

_BETWEEN = "between"  # two dates that the person writes
_A_YEAR = timedelta(days=364)  # "1 September" is the last one: records lie behind
_ONE_LINE_FROM, _SOME_FROM = 820, 560  # widths, at 100 % text, with room for so many boxes abreast


class Asked(Struct, frozen=True):
    """What the list is to show: `words` as they are typed; `wanted` is None where none can fit."""

    words: str
    wanted: Filter | None


EVERYTHING = Asked("", ALL)


class Filters(QWidget):
    """What to search for. `changed` when it is another thing, `entered` with the Enter key."""

    changed = Signal()
    dates_chosen = Signal()
    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        tools = sorted(session.toolkit.every, key=lambda tool: tool.title)
        self._titles = {tool.id: tool.title for tool in tools}
        self._known = Known(tuple(self._titles.items()))
        self._find = SearchLine()
        self._find.offer(self._known, session.today)
        self._toggle = button(_("Filters"), icon="funnel")
        self._toggle.setCheckable(True)
        self._tool = Combo(
            _("Tool"), [(_("Any tool"), None)] + [(tool.title, tool.id) for tool in tools]
        )
        self._driver = Combo(
            _("Driver"),
            [(_("Any driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
        )
        self._tag = Combo(_("Tag"), [(_("Any tag"), None)])
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
        self._combos = (self._tool, self._driver, self._tag, self._state, self._since)
        self._from = DateField(_("From"), session.today, _A_YEAR)
        self._until = DateField(_("Until"), session.today, _A_YEAR)
        self._between = self._two_dates()
        self._meaning = label("", "muted")
        self._meaning.hide()
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._find, 1)
        first.addWidget(self._toggle)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(first)
        layout.addLayout(self._grid)
        layout.addWidget(self._meaning)
        layout.addWidget(self._between)
        self._across = 0
        self.arrange(0)
        self._find.textChanged.connect(self._on_text_changed)
        self._find.returnPressed.connect(self.entered)
        self._toggle.toggled.connect(self._fold)
        for combo in self._combos:
            combo.currentIndexChanged.connect(self._on_chosen)
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
        goes_on = parse_query(self._find.text()).goes_on
        wanted = meaning.wanted and narrowed(meaning.wanted, self._boxes)
        return Asked(words if goes_on or not words else f"{words} ", wanted)

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find.selectAll()

    def know(self, known: Known) -> None:
        """Offer what there is now; what is chosen stays, if it is still there."""
        if known == self._known:
            return
        before = self.asked
        self._known = known
        self._find.offer(known, self._session.today)
        chosen = self._tag.currentData()
        blocked = QSignalBlocker(self._tag)
        while self._tag.count() > 1:
            self._tag.removeItem(1)
        for tag in known.tags:
            self._tag.addItem(tag, tag)
        self._tag.setCurrentIndex(max(0, self._tag.findData(chosen)))
        blocked.unblock()
        self._lay_boxes()
        self._tell_meaning()
        if self.asked != before:
            self.changed.emit()

    def clear_dates(self) -> None:
        """Take the filter by date away, because another takes its place."""
        blocked = QSignalBlocker(self._since)
        self._since.setCurrentIndex(0)
        blocked.unblock()
        self._between.hide()
        self._count_boxes()

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
            blocked = QSignalBlocker(combo)
            combo.setCurrentIndex(max(0, combo.findData(value)))
            blocked.unblock()
        self._from.set_value(search.since)
        self._until.set_value(search.until)
        self._between.setVisible(is_between)
        blocked = QSignalBlocker(self._find)
        self._find.setText(search.text)
        blocked.unblock()
        self._tell_meaning()
        self._on_chosen()

    def arrange(self, room: int) -> None:
        """Boxes in one line, or some abreast, which fold away."""
        steps = ((len(self._combos), _ONE_LINE_FROM), (3, _SOME_FROM))
        across = next((count for count, least in steps if room >= theme.px(least)), 2)
        if across != self._across:
            self._across = across
            self._lay_boxes()

    @property
    def _understood(self) -> Meaning:
        return understand(parse_query(self._find.text()), self._known, self._session.today)

    @property
    def _boxes(self) -> Filter:
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

    def _lay_boxes(self) -> None:
        folds = self._across < len(self._combos)
        shown = [each for each in self._combos if each is not self._tag or self._known.tags]
        across = self._across if folds else len(shown)
        self._toggle.setVisible(folds)
        for index, combo in enumerate(shown):
            row, column = divmod(index, across)
            self._grid.addWidget(combo, row, column)
        for column in range(len(self._combos)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        folds = self._across < len(self._combos)
        for combo in self._combos:
            is_of_use = combo is not self._tag or bool(self._known.tags)
            combo.setVisible(is_of_use and (self._toggle.isChecked() or not folds))

    @Slot()
    def _on_text_changed(self) -> None:
        self._tell_meaning()
        self.changed.emit()

    def _tell_meaning(self) -> None:
        words = meaning_words(self._understood, self._titles)
        self._meaning.setText(words)
        self._meaning.setVisible(bool(words))

    @Slot()
    def _on_chosen(self) -> None:
        self._count_boxes()
        self.changed.emit()

    def _count_boxes(self) -> None:
        """Where the boxes are folded away, the button tells how many of them narrow the list."""
        count = sum(combo.currentData() is not None for combo in self._combos)
        words = _("Filters ({count})").format(count=count) if count else _("Filters")
        self._toggle.setText(f" {words}")
        self._toggle.setAccessibleName(words)

    @Slot()
    def _on_dates_chosen(self) -> None:
        is_between = self._since.currentData() == _BETWEEN
        self._between.setVisible(is_between)
        if is_between:
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.dates_chosen.emit()
