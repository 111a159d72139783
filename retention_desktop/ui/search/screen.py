"""Search everywhere: one line, and under it everything found as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.journal.actions import ActionFilter
from retention_desktop.journal.everywhere import MOST
from retention_desktop.journal.filtering import ALL, Filter
from retention_desktop.journal.queries import Known, Meaning, Query, parse_query, understand
from retention_desktop.journal.search import known_names
from retention_desktop.models.views import Changes
from retention_desktop.ui.journal.wording import meaning_words
from retention_desktop.ui.listing import Listing
from retention_desktop.ui.search.looking import Asked, Everything, Kind, Looking, More, Row
from retention_desktop.ui.search.results import ResultList
from retention_desktop.ui.search.start import Start
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.nothing import NothingThere
from retention_desktop.ui.widgets.page import LIST, centred
from retention_desktop.ui.widgets.search_line import SearchLine
from retention_desktop.ui.widgets.text import announce, label

_PAUSE_MS = 700  # without a key, and typing has come to rest


class SearchScreen(QWidget):
    """Finds everything. Each `…_requested` carries the id, alias or key of what to open.

    `journal_requested` carries what was typed, `agreed_requested` an `ActionFilter`: there all of
    it is shown.
    """

    record_requested = Signal(int)
    action_requested = Signal(int)
    person_requested = Signal(str)
    tool_requested = Signal(str)
    help_requested = Signal(str)
    journal_requested = Signal(str)
    agreed_requested = Signal(object)
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_stale = False
        self._whole: frozenset[Kind] = frozenset()  # kinds of which all is shown
        self._titles = {tool.id: tool.title for tool in session.toolkit.every}
        self._known = Known(tuple(self._titles.items()))
        self.heading = label(_("Search"), "title")
        self._line = _Line()
        self._meaning = label("", "muted")
        self._meaning.hide()
        self._count = label("", "small")
        self._message = Message()
        self._start: Start | None = None
        self._list = ResultList()
        self._words_alone = button(_("Look for the words alone"))
        self._clear = button(_("Clear the search"))
        self._nothing = NothingThere(self._words_alone, self._clear)
        self._listing = Listing(session, self._list.found, Looking(session.toolkit.tools).look_in)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._lay_out()

        self._line.textChanged.connect(self._on_typed)
        self._line.returnPressed.connect(self._list.enter)
        self._line.went_down.connect(self._list.enter)
        self._list.left.connect(self._on_list_left)
        self._list.chosen.connect(self._on_chosen)
        self._words_alone.clicked.connect(self._on_words_alone)
        self._clear.clicked.connect(self._on_clear)
        self._listing.found.connect(self._on_found)
        self._listing.failed.connect(self._message.say_error)
        self._listing.settled.connect(self.shown)
        self._pause.timeout.connect(self._on_pause)
        session.changed.connect(self._on_changed)
        self._show_only(None)
        self._learn()
        # To dress so many buttons takes a while, so they come in a turn of their own.
        QTimer.singleShot(0, self, self._add_start)

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()
        if self._is_stale:
            self._refresh()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 36, 0, 0)
        self._column.setSpacing(12)
        for each in (self.heading, self._line, self._meaning, self._message, self._count):
            self._column.addWidget(each)
        for below in (self._nothing, self._list):
            self._column.addWidget(below, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, LIST))

    @Slot()
    def _add_start(self) -> None:
        self._start = Start()
        self._start.example_chosen.connect(self._line.begin)
        self._column.addWidget(self._start, 1)
        self._start.setVisible(self._nothing.isHidden() and self._list.isHidden())

    # What is asked, and what is found

    @property
    def _query(self) -> Query:
        return parse_query(self._line.text(), self._known)

    @property
    def _understood(self) -> Meaning:
        return understand(self._query, self._known, self._session.today)

    @property
    def _asked(self) -> Asked:
        meaning = self._understood
        words = " ".join(meaning.words)
        return Asked(
            words if self._query.goes_on or not words else f"{words} ",
            meaning.wanted,
            self._session.today,
            self._whole,
        )

    @Slot()
    def _on_typed(self) -> None:
        self._message.clear()
        self._whole = frozenset()
        self._tell_meaning()
        self._look()

    def _look(self) -> None:
        self._listing.look(self._asked)

    @Slot(object, bool)
    def _on_found(self, found: Everything, is_same: bool) -> None:
        had_focus = self._list.hasFocus()
        self._list.show_rows(found.rows, stay=is_same or had_focus)
        self._count.setText(_count_words(found))
        if found.rows:
            self._show_only(self._list)
        elif found.asked.is_nothing:
            self._show_only(None)
        else:
            self._tell_nothing(found.asked)
            self._show_only(self._nothing)
        if had_focus and not found.rows:
            self._on_list_left()
        if not is_same:
            self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        """Let a screen reader say how much was found, once nobody types."""
        if self.isVisible() and not self._asked.is_nothing:
            announce(self._line, self._count.text())

    def _show_only(self, shown: NothingThere | ResultList | None) -> None:
        """Show what was found, or why nothing was; before anything is asked, how to begin."""
        for each in (self._nothing, self._list):
            each.setVisible(each is shown)
        if self._start is not None:
            self._start.setVisible(shown is None)
        self._count.setVisible(shown is self._list)

    def _tell_nothing(self, asked: Asked) -> None:
        if asked.wanted == ALL:
            self._nothing.tell(
                _("Nothing holds all of these words"),
                _("Try fewer words, another word, or only how one begins."),
                self._clear,
            )
        elif asked.words:
            self._nothing.tell(
                _("Nothing fits all of this"),
                _("The words may be somewhere else. Look for them without what narrows them."),
                self._words_alone,
            )
        else:
            self._nothing.tell(
                _("Nothing fits"),
                _("Take away some of what narrows the search, or begin again."),
                self._clear,
            )

    def _tell_meaning(self) -> None:
        words = meaning_words(self._understood, self._titles, only=_("Only what is {parts}."))
        self._meaning.setText(words)
        self._meaning.setVisible(bool(words))

    # What there is to name

    def _learn(self) -> None:
        tools = self._session.toolkit.every
        self._session.ask(
            self,
            lambda vault: known_names(vault, tools),
            done=self._know,
            failed=self._message.say_error,
        )

    def _know(self, known: Known) -> None:
        before = self._asked
        self._known = known
        self._line.offer(known, self._session.today)
        self._tell_meaning()
        if self._asked != before:
            self._look()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        concerns = bool(changes.records or changes.actions or changes.people)
        self._is_stale = concerns or self._is_stale
        if self._is_stale and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._learn()
        if not self._asked.is_nothing:
            self._look()

    # Where it leads

    @Slot(object)
    def _on_chosen(self, row: Row) -> None:
        if isinstance(row, More):
            self._show_whole(row.kind)
            return
        {
            Kind.RECORD: self.record_requested,
            Kind.ACTION: self.action_requested,
            Kind.PERSON: self.person_requested,
            Kind.TOOL: self.tool_requested,
            Kind.HELP: self.help_requested,
        }[row.kind].emit(row.leads_to)

    def _show_whole(self, kind: Kind) -> None:
        """All of a kind: in its own place where that can be asked the same, else here."""
        asked = self._asked
        if kind is Kind.RECORD:
            self.journal_requested.emit(self._line.text().strip())
        elif kind is Kind.ACTION and (there := _in_register(asked)) is not None:
            self.agreed_requested.emit(there)
        else:
            self._whole |= {kind}
            self._look()

    @Slot()
    def _on_list_left(self) -> None:
        self._list.clearSelection()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_words_alone(self) -> None:
        self._line.begin(" ".join(self._understood.words))

    @Slot()
    def _on_clear(self) -> None:
        self._line.begin("")


class _Line(SearchLine):
    """`went_down` with the key that leads to what was found. Escape clears the line."""

    went_down = Signal()

    def __init__(self) -> None:
        super().__init__(_("Search everything"))
        self.setProperty("look", "large")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text() and not self.is_offering:
            self.clear()
        else:
            super().keyPressEvent(event)


def _in_register(asked: Asked) -> ActionFilter | None:
    """The same question to the register, which knows neither tools, tags nor days of agreeing."""
    wanted = asked.wanted
    if wanted is None or Filter(person=wanted.person, driver=wanted.driver) != wanted:
        return None
    return ActionFilter(person=wanted.person, driver=wanted.driver, words=asked.words.strip())


def _count_words(found: Everything) -> str:
    """How many things were found: "3 records, 1 thing agreed, 1 tool"."""
    return ", ".join(_how_many(kind, count) for kind, count in found.of_each) or _("Nothing found")


def _how_many(kind: Kind, count: int) -> str:
    one, several = {
        Kind.RECORD: (_("1 record"), _("{count} records")),
        Kind.ACTION: (_("1 thing agreed"), _("{count} things agreed")),
        Kind.PERSON: (_("1 person"), _("{count} people")),
        Kind.TOOL: (_("1 tool"), _("{count} tools")),
        Kind.HELP: (_("1 place in the help"), _("{count} places in the help")),
    }[kind]
    more = "+" if count == MOST else ""
    return one if count == 1 else several.format(count=f"{count}{more}")
