"""One agreed action: what is known of it, and what one does with it, all in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.errors import NotFound
from retention_desktop.journal.actions import (
    change_action,
    close_action,
    get_action,
    remove_action,
    reopen_action,
    snooze_action,
)
from retention_desktop.journal.reviews import list_action_reviews
from retention_desktop.models.enums import ActionState
from retention_desktop.models.views import ActionHead, Changes, Due, Review
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.definition import Repeating
from retention_desktop.toolkit.run import review_date
from retention_desktop.ui.agreed.form import ActionForm
from retention_desktop.ui.agreed.wording import facts, kind_name, standing
from retention_desktop.ui.review.history import HistoryView
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import clear, line
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import short_day
from retention_desktop.vault import Vault


class Looked(Struct, frozen=True):
    """An action, and the earlier looks at it."""

    action: ActionHead
    reviews: tuple[Review, ...]


def look_at(vault: Vault, action_id: int) -> Looked:
    """An action as its panel shows it; raises NotFound."""
    return Looked(get_action(vault, action_id), list_action_reviews(vault, action_id))


def week_later(action: ActionHead, today: date) -> date:
    """A week after the day of an action, or after today where that has passed."""
    return max(action.due or today, today) + timedelta(weeks=1)


class ActionPanel(QFrame):
    """Shows an action. What is being written in it stays until it is kept or given up."""

    left = Signal()
    gone = Signal()  # it is in the register no more
    record_requested = Signal(int)
    review_requested = Signal(object)  # a Due

    def __init__(self, session: Session, looked: Looked) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._asked: _Question | None = None
        self._kind = label("", "small-strong")
        leave = icon_button("x", _("Close, and go back to the list"))
        leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._kind, 1)
        head.addWidget(leave)
        self._message = Message()
        self._known = QWidget()
        known, self._doing, self._past = (_column() for _part in range(3))
        self._known.setLayout(known)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._message)
        layout.addWidget(self._known)
        layout.addLayout(self._doing)
        layout.addLayout(self._past)
        session.changed.connect(self._on_changed)
        self._tell(looked)
        self._offer()

    @property
    def action(self) -> ActionHead:
        """The action that is shown."""
        return self._looked.action

    @property
    def has_words(self) -> bool:
        """Whether something is written here that is not kept yet."""
        return self._asked is not None and self._asked.body.has_words

    def arrive(self) -> None:
        """Put the keyboard where one goes on."""
        place = self._asked if self._asked is not None else self._title
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the fields, and then the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._asked is not None:
            self._on_given_up()
        else:
            self.left.emit()

    # What is known

    def _tell(self, looked: Looked) -> None:
        self._looked = looked
        action, today = looked.action, self._session.today
        self._kind.setText(kind_name(action.kind))
        known = self._known.layout()
        assert known is not None
        clear(known)
        self._title = label(action.text, "big-card-title")
        known.addWidget(self._title)
        if action.driver is not None:
            known.addWidget(driver_label(action.driver))
        stands = standing(action, today)
        known.addWidget(label(stands[:1].upper() + stands[1:], "strong"))
        if action.why:
            known.addWidget(selectable(action.why, "body"))
        for fact in facts(action, today):
            known.addWidget(label(fact, "muted"))
        if action.record_id is not None:
            opens = button(_("Read the record"), "quiet", icon="book-open")
            opens.setAccessibleDescription(action.title)
            opens.clicked.connect(self._on_record)
            known.addWidget(opens)
            known.setAlignment(opens, Qt.AlignmentFlag.AlignLeft)
        clear(self._past)
        if looked.reviews:
            self._past.addWidget(line())
            self._past.addWidget(HistoryView(looked.reviews))

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        action = self.action
        if initiator is not self and (
            action.id in changes.actions
            or action.record_id in changes.records
            or action.person in changes.people
        ):
            self._look()

    def _look(self) -> None:
        action_id = self.action.id
        self._session.ask(
            self,
            lambda vault: look_at(vault, action_id),
            done=self._on_looked,
            failed=self._on_not_found,
        )

    def _on_looked(self, looked: Looked) -> None:
        self._tell(looked)
        if self._asked is None:
            self._offer()

    def _on_not_found(self, error: BaseException) -> None:
        if isinstance(error, NotFound):
            self.gone.emit()
        else:
            self._on_failed(error)

    def _on_failed(self, error: BaseException) -> None:
        self._message.say_error(error)

    # What one can do

    def _offer(self) -> None:
        """The buttons."""
        clear(self._doing)
        self._asked = None
        self._known.show()
        is_open = self.action.state is ActionState.OPEN
        self._doing.addWidget(InRows(self._buttons() if is_open else [self._reopen_button()]))

    def _buttons(self) -> list[QPushButton]:
        made: list[QPushButton] = []
        for words, icon, keys, slot in (
            (_("It is done"), "check", "D", self.ask_done),
            (_("It changed"), "refresh-cw", "C", self.ask_changed),
            (_("Let it go"), "feather", "L", self.ask_let_go),
            (_("Edit"), "pencil", "E", self.ask_edit),
            (_("Look at it now"), "eye", "R", self.look_now),
        ):
            each = button(words, "secondary" if made else "primary", icon=icon)
            each.setToolTip(_("In the list, press {key}").format(key=keys))
            each.clicked.connect(slot)
            made.append(each)
        later = button(_("Later"), icon="clock")
        later.setToolTip(_("In the list, press {key} for a week").format(key="S"))
        later.setMenu(self._later_menu(later))
        offered = [*made[:3], later, *made[3:]]
        if self.action.record_id is None:
            remove = button(_("Remove"), icon="trash-2")
            remove.clicked.connect(self._on_remove)
            offered.append(remove)
        return offered

    def _reopen_button(self) -> QPushButton:
        again = button(_("Open it again"), "primary", icon="undo-2")
        again.clicked.connect(self._on_reopen)
        return again

    def _later_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        today = self._session.today
        start = max(self.action.due or today, today)
        for words, day in (
            (_("Tomorrow, {day}"), today + timedelta(days=1)),
            (_("A week later, {day}"), week_later(self.action, today)),
            (_("A month later, {day}"), review_date(Repeating(months=1, text=""), start) or start),
        ):
            menu.addAction(words.format(day=short_day(day, today))).setData(day)
        menu.addAction(_("Another date…"))
        menu.triggered.connect(self._on_later)
        return menu

    @Slot(QAction)
    def _on_later(self, chosen: QAction) -> None:
        day = chosen.data()
        if day is None:
            self._ask(_OtherDate(self._session.today))
        else:
            said = back_words(day, self._session.today)
            self._do(partial(snooze_action, action_id=self.action.id, until=day), said)

    @Slot()
    def ask_done(self) -> None:
        """Ask for a word about how it went."""
        self._ask(_Ending(ActionState.DONE))

    @Slot()
    def ask_changed(self) -> None:
        """Ask for a word about what changed."""
        self._ask(_Ending(ActionState.CHANGED))

    @Slot()
    def ask_let_go(self) -> None:
        """Ask for a word why it is let go."""
        self._ask(_Ending(ActionState.LET_GO))

    @Slot()
    def ask_edit(self) -> None:
        """Let it be said otherwise."""
        self._ask(_Editing(self._session.today, self.action))

    @Slot()
    def look_now(self) -> None:
        """Go to the later look at it."""
        self.review_requested.emit(due_of(self.action, self._session.today))

    @Slot()
    def _on_remove(self) -> None:
        self._ask(_Removing())

    def _ask(self, body: _Body) -> None:
        """Ask for something in the place of the buttons."""
        if self.action.state is not ActionState.OPEN:
            self._message.say(_("This has ended. Open it again first."))
            return
        if self.has_words:  # which stay
            self.arrive()
            return
        self._message.clear()
        clear(self._doing)
        self._asked = _Question(body)
        self._asked.kept.connect(self._on_kept)
        self._asked.given_up.connect(self._on_given_up)
        self._known.setVisible(not isinstance(body, _Editing))
        self._doing.addWidget(self._asked)
        self.arrive()

    @Slot()
    def _on_given_up(self) -> None:
        self._message.clear()
        self._offer()
        self.arrive()

    @Slot()
    def _on_kept(self) -> None:
        assert self._asked is not None
        if self._asked.body.is_ready():
            body = self._asked.body
            self._do(body.verb(self.action.id, self._session.now()), body.said)

    @Slot()
    def _on_reopen(self) -> None:
        self._do(partial(reopen_action, action_id=self.action.id), _("It is open again."))

    def _do(self, verb: Callable[[Vault], Changes], said: str) -> None:
        self.setEnabled(False)  # until it is done, so that nothing is done twice
        done = partial(self._on_done, said)
        self._session.tell(self, verb, done=done, failed=self._on_not_done)

    def _on_done(self, said: str, _changes: Changes) -> None:
        self.setEnabled(True)
        self._asked = None
        self._message.say(said)
        self._session.ask(
            self,
            partial(look_at, action_id=self.action.id),
            done=self._on_done_looked,
            failed=self._on_not_found,
        )

    def _on_done_looked(self, looked: Looked) -> None:
        self._on_looked(looked)
        self.arrive()

    def _on_not_done(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._message.say_error(error)
        self.arrive()

    @Slot()
    def _on_record(self) -> None:
        if self.action.record_id is not None:
            self.record_requested.emit(self.action.record_id)


class _Question(QWidget):
    """Asks for something, with a button that says what happens then, and a way back."""

    kept = Signal()
    given_up = Signal()

    def __init__(self, body: _Body) -> None:
        super().__init__()
        self.body = body
        self._is_for_good = isinstance(body, _Removing)
        keep = button(body.keep_words, "secondary" if self._is_for_good else "primary")
        back = button(_("Back"), "primary" if self._is_for_good else "quiet")
        keep.clicked.connect(self.kept)
        back.clicked.connect(self.given_up)
        layout = _column()
        self.setLayout(layout)
        layout.addWidget(body)
        layout.addWidget(InRows([keep, back]))
        self.setFocusProxy(back if self._is_for_good else body)
        if not self._is_for_good:
            at_once = QShortcut(QKeySequence("Ctrl+Return"), self, self.kept.emit)
            at_once.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line does what the button says, unless that cannot be taken back."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self._is_for_good:
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class _Ending(QWidget):
    """A word about how an action ended."""

    def __init__(self, state: ActionState) -> None:
        super().__init__()
        self._state = state
        self._why = QLineEdit()
        question = {
            ActionState.DONE: _("How did it go?"),
            ActionState.CHANGED: _("What changed?"),
            ActionState.LET_GO: _("Why do you let it go?"),
        }[state]
        layout = _column()
        self.setLayout(layout)
        layout.addWidget(Field(question, self._why, help_text=_("A word is enough, or nothing.")))
        self.setFocusProxy(self._why)

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return {
            ActionState.DONE: _("Mark it as done"),
            ActionState.CHANGED: _("Mark it as changed"),
            ActionState.LET_GO: _("Let it go"),
        }[self._state]

    @property
    def said(self) -> str:
        """What has happened then."""
        return {
            ActionState.DONE: _("Marked as done."),
            ActionState.CHANGED: _("Marked as changed."),
            ActionState.LET_GO: _("Let go."),
        }[self._state]

    @property
    def has_words(self) -> bool:
        """Whether something is written."""
        return bool(self._why.text().strip())

    def is_ready(self) -> bool:
        """A word is never demanded."""
        return True

    def verb(self, action_id: int, now: datetime) -> Callable[[Vault], Changes]:
        """What keeps it."""
        why = only_text(self._why.text())
        return partial(close_action, action_id=action_id, state=self._state, now=now, why=why)


class _OtherDate(QWidget):
    """The day on which an action is to come back."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._date = DateField(_("When it comes back"), today)
        layout = _column()
        self.setLayout(layout)
        layout.addWidget(Field(_("When it comes back"), self._date))
        self.setFocusProxy(self._date)

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return _("Let it come back then")

    @property
    def said(self) -> str:
        """What has happened then."""
        return back_words(self._date.value or self._today, self._today)

    @property
    def has_words(self) -> bool:
        """Whether something is written."""
        return self._date.value is not None or self._date.is_wrong

    def is_ready(self) -> bool:
        """Whether there is a date."""
        if self._date.value is None:
            self._date.complain()
            self._date.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._date.value is not None

    def verb(self, action_id: int, _now: datetime) -> Callable[[Vault], Changes]:
        """What keeps it."""
        assert self._date.value is not None
        return partial(snooze_action, action_id=action_id, until=self._date.value)


class _Editing(ActionForm):
    """What was agreed, said otherwise."""

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return _("Keep it like this")

    @property
    def said(self) -> str:
        """What has happened then."""
        return _("Changed, and kept.")

    def verb(self, action_id: int, _now: datetime) -> Callable[[Vault], Changes]:
        """What keeps it."""
        said = self.value
        return partial(
            change_action, action_id=action_id, text=said.text, owner=said.owner, due=said.due
        )


class _Removing(QWidget):
    """What was added by hand goes for good."""

    has_words = False

    def __init__(self) -> None:
        super().__init__()
        layout = _column()
        self.setLayout(layout)
        layout.addWidget(label(_("It goes for good, with the earlier looks at it."), "body"))

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return _("Remove it for good")

    @property
    def said(self) -> str:
        """What has happened then."""
        return _("Removed.")

    def is_ready(self) -> bool:
        """Nothing is asked."""
        return True

    def verb(self, action_id: int, _now: datetime) -> Callable[[Vault], Changes]:
        """What removes it."""
        return partial(remove_action, action_id=action_id)


_Body = _Ending | _OtherDate | _Editing | _Removing


class InRows(QWidget):
    """Buttons in rows, as many abreast as there is room for."""

    _GAP = 10

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._GAP)
        self._across = 0
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(each.sizeHint().width() for each in self._buttons) + self._GAP
        self._arrange(max(1, min(len(self._buttons), (self.width() + self._GAP) // widest)))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, each in enumerate(self._buttons):
            self._grid.addWidget(each, *divmod(place, across))


def back_words(day: date, today: date) -> str:
    """That something comes back, and when."""
    return _("It comes back on {day}.").format(day=short_day(day, today))


def due_of(action: ActionHead, today: date) -> Due:
    """An action as something to look at now."""
    return Due(
        action.due or today,
        action.record_id,
        action.id,
        action.title,
        action.text,
        action.person,
        action.driver,
    )


def _column() -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    return layout
