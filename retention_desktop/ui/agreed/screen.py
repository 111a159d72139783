"""The register: everything agreed, what waits first, with filters and a search as one types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.journal.actions import (
    ActionFilter,
    count_actions,
    list_actions,
    snooze_action,
)
from retention_desktop.journal.begun import all_begun
from retention_desktop.journal.people import list_people
from retention_desktop.models.enums import ActionState, Form
from retention_desktop.models.views import ActionHead, Begun, Changes
from retention_desktop.ui.agreed.actions_model import ACTION_ROLE, ActionDelegate, ActionsModel
from retention_desktop.ui.agreed.adding import NEW_ACTION
from retention_desktop.ui.agreed.beside import Beside
from retention_desktop.ui.agreed.filters import Filters
from retention_desktop.ui.agreed.looked import due_of, week_later
from retention_desktop.ui.agreed.wording import back_words
from retention_desktop.ui.begun import BegunForm, flush_all
from retention_desktop.ui.listing import Found, Listing
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.card_list import CardList
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.nothing import NothingThere
from retention_desktop.ui.widgets.page import WIDE, centred
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_BESIDE_FROM = 880  # the width, at 100 % text, from which an action opens beside the list
_WISHES = "SDCLER"  # a week later, done, changed, let go, edit, look at it now
_ASKED = (Form.ENDING, Form.LATER, Form.EDIT)  # what the panel of an action asks for
_OPEN = ActionFilter(state=ActionState.OPEN)


class _Agreed(Found[ActionFilter, ActionHead], frozen=True):
    total: int  # of the whole register, closed ones too
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
        self._is_stale = False
        self._added: int | None = None  # the action that the list is to stand at once it has come
        self._came_from: Callable[[], object] | None = None  # leads from what is open, once
        self.heading = label(_("Agreed"), "title")
        self._add = button(_("Add something agreed"), icon="plus")
        self._begun = label(_("You began something here."), "small")
        self._begun.hide()
        self._filters = Filters()
        self._count = label("", "small")
        self._message = Message()
        self._model = ActionsModel(self, session.today)
        self._listing = Listing(session, self._model, _look_in)
        self._list = ActionList()
        self._list.setModel(self._model)
        self._list.setItemDelegate(ActionDelegate(self._list))
        self._add_first = button(_("Add something agreed"), "primary", icon="plus")
        self._everything = button(_("Show everything agreed"))
        self._nothing = NothingThere(self._add_first, self._everything)
        self._beside = Beside(session)
        self._lay_out()

        self._filters.changed.connect(self._on_asked)
        self._filters.entered.connect(self._list.enter)
        self._listing.found.connect(self._on_found)
        self._listing.failed.connect(self._message.say_error)
        self._listing.settled.connect(self.shown)
        self._list.clicked.connect(self._on_chosen)
        self._list.activated.connect(self._on_chosen)
        self._list.wished.connect(self._on_wished)
        self._add.clicked.connect(self._on_add)
        self._add_first.clicked.connect(self._on_add)
        self._everything.clicked.connect(self._filters.show_everything)
        self._beside.turned.connect(self._on_turned)
        self._beside.left.connect(self._on_left)
        self._beside.escaped.connect(self._on_escaped)
        self._beside.added.connect(self._on_added)
        self._beside.gone.connect(self._on_gone)
        self._beside.failed.connect(self._message.say_error)
        self._beside.record_requested.connect(self.record_requested)
        self._beside.review_requested.connect(self.review_requested)
        session.changed.connect(self._on_changed)
        self._look()

    def listed(self) -> tuple[ActionHead, ...]:
        """The actions that have arrived in the list, from the top."""
        return self._model.rows

    def arrive(self) -> None:
        """Where one was: at the action that is open, else ready to search."""
        if self._list_side.isVisibleTo(self):
            self._filters.arrive()
        else:
            self._beside.arrive()
        if self._is_stale:
            self._look()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what is begun about any action; `then` hears whether it is in the vault."""
        flush_all(self.findChildren(BegunForm), then)

    def open_action(self, action_id: int, came_from: Callable[[], object]) -> None:
        """Open one action, whether it is in the list or not; Escape leads where one came from."""
        self._came_from = came_from
        self._beside.open(action_id)

    def look_for(self, wanted: ActionFilter) -> None:
        """Show what fits these words, this person and this driver, in any state."""
        self._filters.ask(wanted)

    # The list

    @Slot()
    def _on_asked(self) -> None:
        self._message.clear()
        self._look()

    def _look(self) -> None:
        self._is_stale = False
        self._listing.look(self._filters.asked(self._session.today))
        self._learn_begun()

    @Slot(object, bool)
    def _on_found(self, found: _Agreed, is_same: bool) -> None:
        here = self._list.currentIndex()
        stood = (here.row(), here.data(ACTION_ROLE).id) if here.isValid() else (0, None)
        scrolled = self._list.verticalScrollBar().value()
        self._filters.know(found.aliases)
        self._model.today = self._session.today
        self._model.show_first(found.rows, may_have_more=found.may_have_more)
        self._tell(found)
        if is_same:
            self._list.doItemsLayout()
            self._list.verticalScrollBar().setValue(scrolled)
            self._stand_at(*stood)
        self._mark_open()

    def _tell(self, found: _Agreed) -> None:
        """How many there are, or why there are none."""
        self._list.setVisible(bool(found.rows))
        self._count.setVisible(bool(found.rows))
        self._count.setText(_count_words(found))
        self._add.setVisible(bool(found.total))
        if found.rows:
            self._nothing.hide()
        elif not found.total:
            self._nothing.tell(
                _("Nothing is agreed yet"),
                _("What you agree in a conversation, or add by hand, waits here until its day."),
                self._add_first,
            )
        elif found.asked == _OPEN:
            self._nothing.tell(
                _("Nothing is open"),
                _("Everything agreed so far is done, changed or let go."),
                self._everything,
            )
        else:
            self._nothing.tell(
                _("Nothing agreed fits"),
                _("Try fewer words, or take a filter away."),
                self._everything,
            )

    def _stand_at(self, row: int, action_id: int | None) -> None:
        """Go back to the same action; where it has left the list, to the one in its place."""
        wanted = action_id if self._added is None else self._added
        if wanted is None:
            return
        self._added = None
        place = self._model.place_of(wanted)
        if not place.isValid():
            place = self._model.index(min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(place)

    def _mark_open(self) -> None:
        """Mark the row of what is open; where it has none, no other row looks as if it were."""
        place = self._model.place_of(self._beside.action_id)
        if place.isValid():
            self._list.setCurrentIndex(place)
            self._list.scrollTo(place)
        elif not (self._beside.is_empty or self._list.hasFocus()):
            self._list.clearSelection()

    def _learn_begun(self) -> None:
        self._session.ask(self, all_begun, done=self._know_begun, failed=self._message.say_error)

    def _know_begun(self, begun: tuple[Begun, ...]) -> None:
        places = [each.place for each in begun]
        is_adding = NEW_ACTION in places
        self._begun.setVisible(is_adding)
        for each in (self._add, self._add_first):
            each.setAccessibleDescription(self._begun.text() if is_adding else "")
        asked = (each.action_id for each in places if each.form in _ASKED)
        self._model.know_begun(frozenset(each for each in asked if each is not None))

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        """While another screen is open, it is enough to know that something changed."""
        if not (changes.actions or changes.records or changes.people):
            return
        if initiator is not self:
            self._message.clear()  # which told of what was before
        self._is_stale = True
        if self.isVisible():
            self._look()

    # One action

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self._open(index.data(ACTION_ROLE).id)

    def _open(self, action_id: int, wish: str = "") -> None:
        self._came_from = None
        self._beside.open(action_id, wish)

    @Slot(str)
    def _on_wished(self, wish: str) -> None:
        """A key in the list: do it, or open the action where it asks for a word."""
        action: ActionHead = self._list.currentIndex().data(ACTION_ROLE)
        if action.state is not ActionState.OPEN:
            self._open(action.id)  # where it can be opened again
        elif wish == "R":
            self.review_requested.emit(due_of(action, self._session.today))
        elif wish == "S":
            day = week_later(action, self._session.today)
            self._session.tell(
                self,
                lambda vault: snooze_action(vault, action.id, day),
                done=partial(self._on_snoozed, day),
                failed=self._message.say_error,
            )
        else:
            self._open(action.id, wish)

    def _on_snoozed(self, day: date, _changes: Changes) -> None:
        self._message.say(back_words(day, self._session.today))

    @Slot()
    def _on_add(self) -> None:
        self._came_from = None
        self._beside.add(self._filters.aliases)

    @Slot(int)
    def _on_added(self, action_id: int) -> None:
        self._added = action_id

    @Slot()
    def _on_turned(self) -> None:
        self._arrange()
        self._mark_open()
        self._learn_begun()

    @Slot()
    def _on_escaped(self) -> None:
        if self._came_from is None:
            self._on_left()
        else:
            came_from, self._came_from = self._came_from, None
            came_from()

    @Slot()
    def _on_left(self) -> None:
        self._came_from = None
        if self._list.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._filters.arrive()

    @Slot()
    def _on_gone(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say(_("It is no longer in the register."))

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
        adding = QVBoxLayout()
        adding.setSpacing(4)
        adding.addWidget(self._add)
        adding.addWidget(self._begun)
        head.addLayout(adding)
        self._list_side = QWidget()
        side = QVBoxLayout(self._list_side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._count)
        side.addWidget(self._nothing)
        side.addWidget(self._list, 1)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """An action opens beside the list; where there is no room for both, in its place."""
        room = self.width() - 80
        may_see_both = room >= theme.px(_BESIDE_FROM) or self._beside.is_empty
        self._beside.setVisible(not self._beside.is_empty)
        for each in (self._head, self._filters, self._list_side):
            each.setVisible(may_see_both)
        self._filters.arrange(room)


class ActionList(CardList):
    """`wished` carries the key of a wish."""

    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            _("What was agreed"),
            _("Enter opens it. S: a week later. D: done. C: changed. L: let go. E: edit. R: look."),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each thing to do with what one is at."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        keys = event.text().upper()
        if is_plain and keys and keys in _WISHES and self.currentIndex().isValid():
            self.wished.emit(keys)
        else:
            super().keyPressEvent(event)


def _look_in(vault: Vault, asked: ActionFilter, limit: int, after: ActionHead | None) -> _Agreed:
    actions = list_actions(vault, asked, limit=limit, after=after)
    return _Agreed(
        asked,
        actions,
        count_actions(vault, asked),
        may_have_more=len(actions) == limit,
        total=count_actions(vault),
        aliases=tuple(person.alias for person in list_people(vault)),
    )


def _count_words(found: _Agreed) -> str:
    if found.asked == _OPEN:
        if found.count == 1:
            return _("1 thing is open")
        return _("{count} things are open").format(count=f"{found.count:,}")
    if found.count == 1:
        return _("1 thing agreed")
    return _("{count} things agreed").format(count=f"{found.count:,}")
