"""The register: everything agreed, what waits first, with filters and a search as one types."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.actions import (
    ActionFilter,
    count_actions,
    list_actions,
    snooze_action,
)
from retention_desktop.journal.people import list_people
from retention_desktop.models.enums import ActionKind, ActionState, Driver
from retention_desktop.models.views import ActionHead, Changes
from retention_desktop.ui.agreed.actions_model import ACTION_ROLE, ActionDelegate, ActionsModel
from retention_desktop.ui.agreed.adding import AddPanel
from retention_desktop.ui.agreed.panel import (
    ActionPanel,
    Looked,
    back_words,
    due_of,
    look_at,
    week_later,
)
from retention_desktop.ui.agreed.wording import kind_name, state_name
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import WIDE, button_row, card, centred
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_PAGE = 60
_ONE_LINE_FROM, _THREE_FROM = 820, 560  # widths from which so many filters stand abreast
_BESIDE_FROM = 880  # the width, at 100 % text, from which an action opens beside the list
_NOW, _THIS_MONTH = "now", "this month"
_WISHES = "SDCLER"  # a week later, done, changed, let go, edit, look at it now
_OPEN = ActionFilter(state=ActionState.OPEN)


class _Found(Struct, frozen=True):
    asked: ActionFilter
    actions: tuple[ActionHead, ...]
    count: int
    total: int  # of the whole register, closed ones too
    may_have_more: bool
    aliases: tuple[str, ...]


class AgreedScreen(QWidget):
    """Lists what was agreed; what one does with a thing happens beside the list, or in its place.

    `record_requested` carries the id of a record, `review_requested` a `Due`.
    """

    record_requested = Signal(int)
    review_requested = Signal(object)
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._under_way = False
        self._is_stale = False
        self._shown: ActionFilter | None = None
        self._news = ""
        self._goes_to: int | None = None  # the action that the list is to stand at
        self._panel: ActionPanel | AddPanel | None = None
        self._adding: AddPanel | None = None
        self._panels: dict[int, ActionPanel] = {}
        self.heading = label(_("Agreed"), "title")
        self._add = button(_("Add something agreed"), icon="plus")
        self._filters = _Filters()
        self._count = label("", "small")
        self._message = Message()
        self._model = ActionsModel(self, session.today)
        self._list = _ActionList()
        self._list.setModel(self._model)
        self._list.setItemDelegate(ActionDelegate(self._list))
        self._empty = _Empty()
        self._lay_out()

        self._add.clicked.connect(self._on_add)
        self._empty.add.clicked.connect(self._on_add)
        self._empty.everything.clicked.connect(self._filters.show_everything)
        self._filters.changed.connect(self._look)
        self._filters.entered.connect(self._on_enter)
        self._list.clicked.connect(self._on_chosen)
        self._list.activated.connect(self._on_chosen)
        self._list.wished.connect(self._on_wished)
        self._model.more_wanted.connect(self._fetch_more)
        session.changed.connect(self._on_changed)
        self._look()

    def listed(self) -> tuple[ActionHead, ...]:
        """The actions that have arrived in the list, from the top."""
        return self._model.rows

    def arrive(self) -> None:
        """Where one was: at the action that is open, else ready to search."""
        if self._panel is not None and not self._list_side.isVisibleTo(self):
            self._panel.arrive()
        else:
            self._filters.arrive()
        if self._is_stale:
            self._look()

    def open_action(self, action_id: int) -> None:
        """Open one action, whether it is in the list or not."""
        self._open(action_id, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # The list

    @Slot()
    def _look(self) -> None:
        """Look for what is asked now. One look at a time: while one is under way, the newest
        question waits, and those between are never asked."""
        if self._under_way:
            return
        self._under_way, self._is_stale = True, False
        asked = self._filters.asked(self._session.today)
        limit = max(_PAGE, len(self.listed())) if asked == self._shown else _PAGE
        self._session.ask(
            self,
            partial(_look_in, asked=asked, limit=limit),
            done=self._on_found,
            failed=self._on_failed,
        )

    def _on_found(self, found: _Found) -> None:
        self._under_way = False
        here = self._list.currentIndex()
        stood = (here.row(), here.data(ACTION_ROLE).id) if here.isValid() else (0, None)
        is_same = found.asked == self._shown
        scrolled = self._list.verticalScrollBar().value()
        self._shown = found.asked
        if news := self._news:
            self._news = ""
            self._message.say(news)
        else:
            self._message.clear()
        self._filters.know(found.aliases)
        self._model.today = self._session.today
        self._model.show_first(found.actions, may_have_more=found.may_have_more)
        self._list.setVisible(bool(found.actions))
        self._empty.show_for(found)
        self._add.setVisible(bool(found.total))
        self._count.setVisible(bool(found.actions))
        self._count.setText(_count_words(found))
        if is_same:
            self._list.doItemsLayout()
            self._list.verticalScrollBar().setValue(scrolled)
            self._stand_at(*stood)
        if self._is_stale or self._filters.asked(self._session.today) != found.asked:
            self._look()
        else:
            self.shown.emit()

    def _stand_at(self, row: int, action_id: int | None) -> None:
        """Go back to the same action; where it has left the list, to the one in its place."""
        wanted = self._goes_to if self._goes_to is not None else action_id
        if wanted is None:
            return
        place = self._model.place_of(wanted)
        if not place.isValid():
            place = self._model.index(min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(place)
        self._goes_to = None

    def _on_failed(self, error: BaseException) -> None:
        self._under_way = False
        self._message.say_error(error)

    @Slot()
    def _fetch_more(self) -> None:
        asked = self._shown
        if asked is None or not self.listed():
            return
        last = self.listed()[-1]
        self._session.ask(
            self,
            lambda vault: (asked, list_actions(vault, asked, limit=_PAGE, after=last)),
            done=self._on_more,
            failed=self._on_failed,
        )

    def _on_more(self, found: tuple[ActionFilter, tuple[ActionHead, ...]]) -> None:
        asked, actions = found
        if asked == self._shown:
            self._model.show_more(actions, may_have_more=len(actions) == _PAGE)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        has_news = changes.actions or changes.records or changes.people
        self._is_stale = bool(has_news) or self._is_stale
        if self._is_stale and self.isVisible():
            self._look()

    @Slot()
    def _on_enter(self) -> None:
        """Enter in the search goes to the first action."""
        if self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.setCurrentIndex(self._model.index(0))

    # One action

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self._open(index.data(ACTION_ROLE).id, "")

    @Slot(str)
    def _on_wished(self, wish: str) -> None:
        """A key in the list: do it, or open the action where it asks for a word."""
        action: ActionHead = self._list.currentIndex().data(ACTION_ROLE)
        if action.state is not ActionState.OPEN:
            self._open(action.id, "")  # where it can be opened again
        elif wish == "R":
            self.review_requested.emit(due_of(action, self._session.today))
        elif wish == "S":
            day = week_later(action, self._session.today)
            self._session.tell(
                self,
                lambda vault: snooze_action(vault, action.id, day),
                done=partial(self._on_snoozed, day),
                failed=self._on_failed,
            )
        else:
            self._open(action.id, wish)

    def _on_snoozed(self, day: date, _changes: Changes) -> None:
        self._news = back_words(day, self._session.today)  # said once the list shows it

    def _open(self, action_id: int, wish: str) -> None:
        if (panel := self._panels.get(action_id)) is not None:
            self._put(panel)
            _begin(panel, wish)
            return
        self._session.ask(
            self,
            lambda vault: look_at(vault, action_id),
            done=partial(self._on_looked, wish),
            failed=self._on_failed,
        )

    def _on_looked(self, wish: str, looked: Looked) -> None:
        panel = ActionPanel(self._session, looked)
        panel.left.connect(self._on_left)
        panel.gone.connect(self._on_gone)
        panel.record_requested.connect(self.record_requested)
        panel.review_requested.connect(self.review_requested)
        self._panels[looked.action.id] = panel
        self._put(panel)
        _begin(panel, wish)

    @Slot()
    def _on_add(self) -> None:
        if self._adding is None:
            self._adding = AddPanel(self._session, self._filters.aliases)
            self._adding.left.connect(self._on_left)
            self._adding.added.connect(self._on_added)
        self._put(self._adding)
        self._adding.arrive()

    @Slot(int)
    def _on_added(self, action_id: int) -> None:
        """It stands in the list now, and its panel shows it, to be said otherwise at once."""
        assert self._adding is not None
        self._goes_to = action_id
        adding, self._adding = self._adding, None
        self._take_out()
        adding.deleteLater()
        self._open(action_id, "")

    @Slot()
    def _on_left(self) -> None:
        self._take_out()
        self._arrange()
        if self._list.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._filters.arrive()

    @Slot()
    def _on_gone(self) -> None:
        """What a panel shows was removed elsewhere."""
        panel = self.sender()
        assert isinstance(panel, ActionPanel)
        if panel is self._panel:
            self._panel = None
            panel.hide()
            self._panel_place.removeWidget(panel)
            self._arrange()
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            words = _("It is no longer in the register.")
            self._news = words if self._under_way else ""  # said again once the list shows it
            self._message.say(words)
        del self._panels[panel.action.id]
        panel.deleteLater()

    def _put(self, panel: ActionPanel | AddPanel) -> None:
        """Show a panel; the one before stays only if something is written in it."""
        if panel is not self._panel:
            self._take_out()
            self._panel = panel
            self._panel_place.addWidget(panel)
            panel.show()
        self._arrange()
        self._beside.verticalScrollBar().setValue(0)

    def _take_out(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.hide()
        self._panel_place.removeWidget(panel)
        if not panel.has_words:
            if isinstance(panel, ActionPanel):
                del self._panels[panel.action.id]
            else:
                self._adding = None
            panel.deleteLater()

    # Where everything stands

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 40, 0, 0)
        column.setSpacing(12)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.heading, 1)
        head.addWidget(self._add)
        self._list_side = QWidget()
        side = QVBoxLayout(self._list_side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._count)
        side.addWidget(self._empty)
        side.addWidget(self._list, 1)
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place = QWidget()
        place.setObjectName("page")
        # As high as the text is at this width, and not as at the narrowest.
        place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        whole = QVBoxLayout(place)
        whole.setContentsMargins(0, 0, 4, 24)
        self._panel_place = QVBoxLayout()
        whole.addLayout(self._panel_place)
        whole.addStretch(1)
        self._beside.setWidget(place)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self._list_side, 10)
        body.addWidget(self._beside, 9)
        column.addWidget(self._head)
        column.addWidget(self._filters)
        column.addWidget(self._message)
        column.addLayout(body, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(inner, WIDE))
        self._arrange()

    def _arrange(self) -> None:
        """An action opens beside the list; where there is no room for both, in its place."""
        room = self.width() - 80
        may_see_both = room >= theme.px(_BESIDE_FROM) or self._panel is None
        self._beside.setVisible(self._panel is not None)
        for each in (self._head, self._filters, self._list_side):
            each.setVisible(may_see_both)
        self._filters.arrange(room)


class _Filters(QWidget):
    """The search, and the boxes to choose from; they fold away where there is little room."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Search what was agreed"))
        self._find.setAccessibleName(_("Search what was agreed"))
        self._find.setClearButtonEnabled(True)
        self._toggle = button(_("Filters"), icon="funnel")
        self._toggle.setCheckable(True)
        self._state = Combo(
            _("State"),
            [(state_name(each), each) for each in ActionState] + [(_("Open and ended"), None)],
        )
        self._person = Combo(_("Person"), [(_("Anybody"), None)])
        self._driver = Combo(
            _("Driver"),
            [(_("Any driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
        )
        self._due = Combo(
            _("Due"),
            [(_("Any date"), None), (_("Due now"), _NOW), (_("Due this month"), _THIS_MONTH)],
        )
        self._kind = Combo(
            _("Kind"),
            [(_("Any kind"), None)] + [(kind_name(each), each) for each in ActionKind],
        )
        self._combos = (self._state, self._due, self._person, self._driver, self._kind)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._across = 0
        self.arrange(0)
        self._find.textChanged.connect(self.changed)
        self._find.returnPressed.connect(self.entered)
        self._toggle.toggled.connect(self._fold)
        for combo in self._combos:
            combo.currentIndexChanged.connect(self._on_chosen)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The people one can choose from."""
        return tuple(self._person.itemText(n) for n in range(1, self._person.count()))

    def asked(self, today: date) -> ActionFilter:
        """What the list is to show."""
        days = {
            _NOW: today,
            _THIS_MONTH: today.replace(day=monthrange(today.year, today.month)[1]),
        }
        # Qt gives back the plain text that is in an enum.
        driver, state, kind = (c.currentData() for c in (self._driver, self._state, self._kind))
        return ActionFilter(
            person=self._person.currentData(),
            driver=Driver(driver) if driver else None,
            state=ActionState(state) if state else None,
            kind=ActionKind(kind) if kind else None,
            due_until=days.get(self._due.currentData()),
            words=" ".join(self._find.text().split()),
        )

    def know(self, aliases: tuple[str, ...]) -> None:
        """Offer these people; the one who is chosen stays, if they are among them."""
        if aliases == self.aliases:
            return
        chosen = self._person.currentData()
        blocked = QSignalBlocker(self._person)
        while self._person.count() > 1:
            self._person.removeItem(1)
        for alias in aliases:
            self._person.addItem(alias, alias)
        self._person.setCurrentIndex(max(0, self._person.findData(chosen)))
        blocked.unblock()

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there."""
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find.selectAll()

    @Slot()
    def show_everything(self) -> None:
        """Take every filter away, that of the state too."""
        for combo in self._combos:
            blocked = QSignalBlocker(combo)
            combo.setCurrentIndex(combo.findData(None))
            blocked.unblock()
        self._find.clear()
        self._on_chosen()

    def arrange(self, room: int) -> None:
        """Boxes in one line, or three abreast, or two that fold away."""
        steps = ((5, _ONE_LINE_FROM), (3, _THREE_FROM))
        across = next((count for count, least in steps if room >= theme.px(least)), 2)
        if across == self._across:
            return
        self._across = across
        folds = across == 2
        self._grid.addWidget(self._find, 0, 0, 1, 1 if folds else across)
        self._grid.addWidget(self._toggle, 0, 1)
        self._toggle.setVisible(folds)
        for index, combo in enumerate(self._combos):
            row, column = divmod(index, across)
            self._grid.addWidget(combo, row + 1, column)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        for combo in self._combos:
            combo.setVisible(self._across > 2 or self._toggle.isChecked())

    @Slot()
    def _on_chosen(self) -> None:
        """Where the boxes are folded away, the button tells how many of them narrow the list."""
        narrowing = sum(c.currentData() is not None for c in self._combos if c is not self._state)
        narrowing += self._state.currentData() != ActionState.OPEN
        words = _("Filters ({count})").format(count=narrowing) if narrowing else _("Filters")
        self._toggle.setText(f" {words}")
        self._toggle.setAccessibleName(words)
        self.changed.emit()


class _ActionList(QListView):
    """A list that the keyboard enters at an action. `wished` carries the key of a wish."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What was agreed"))
        self.setAccessibleDescription(
            _("Enter opens it. S: a week later. D: done. C: changed. L: let go. E: edit. R: look.")
        )
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        here = self.currentIndex()
        # Qt makes the first one current, but shows it only once it is chosen.
        self.setCurrentIndex(here if here.isValid() else self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each thing to do with what one is at."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        keys = event.text().upper()
        if is_plain and keys and keys in _WISHES and self.currentIndex().isValid():
            self.wished.emit(keys)
        else:
            super().keyPressEvent(event)


class _Empty(QFrame):
    """What stands there when there is nothing to list."""

    def __init__(self) -> None:
        super().__init__()
        frame, layout = card()
        self._title = label("", "card-title")
        self._help = label("", "muted")
        self.add = button(_("Add something agreed"), "primary", icon="plus")
        self.everything = button(_("Show everything agreed"))
        layout.addWidget(self._title)
        layout.addWidget(self._help)
        layout.addSpacing(4)
        layout.addLayout(button_row(self.add, self.everything))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)
        self.hide()

    def show_for(self, found: _Found) -> None:
        """Say why the list is empty: nothing was agreed yet, nothing is open, or nothing fits."""
        self.setVisible(not found.actions)
        self.add.setVisible(not found.total)
        self.everything.setVisible(bool(found.total))
        if not found.total:
            self._title.setText(_("Nothing is agreed yet"))
            self._help.setText(
                _("What you agree in a conversation, or add by hand, waits here until its day.")
            )
        elif found.asked == _OPEN:
            self._title.setText(_("Nothing is open"))
            self._help.setText(_("Everything agreed so far is done, changed or let go."))
        else:
            self._title.setText(_("Nothing agreed fits"))
            self._help.setText(_("Try fewer words, or take a filter away."))


def _begin(panel: ActionPanel, wish: str) -> None:
    """Ask in the panel for what a key in the list wished for."""
    wishes = {
        "D": panel.ask_done,
        "C": panel.ask_changed,
        "L": panel.ask_let_go,
        "E": panel.ask_edit,
    }
    wishes.get(wish, panel.arrive)()


def _look_in(vault: Vault, asked: ActionFilter, limit: int) -> _Found:
    actions = list_actions(vault, asked, limit=limit)
    return _Found(
        asked,
        actions,
        count_actions(vault, asked),
        count_actions(vault),
        may_have_more=len(actions) == limit,
        aliases=tuple(person.alias for person in list_people(vault)),
    )


def _count_words(found: _Found) -> str:
    if found.asked == _OPEN:
        if found.count == 1:
            return _("1 thing is open")
        return _("{count} things are open").format(count=f"{found.count:,}")
    if found.count == 1:
        return _("1 thing agreed")
    return _("{count} things agreed").format(count=f"{found.count:,}")
