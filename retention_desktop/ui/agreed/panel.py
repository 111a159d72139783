"""One agreed action: what is known of it, and what one does with it, all in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from retention_desktop.errors import NotFound
from retention_desktop.journal.actions import reopen_action, snooze_action
from retention_desktop.models.enums import ActionState, Form
from retention_desktop.models.views import ActionHead, Changes, Place
from retention_desktop.toolkit.definition import Repeating
from retention_desktop.toolkit.run import review_date
from retention_desktop.ui.agreed.known import KnownView
from retention_desktop.ui.agreed.looked import Looked, due_of, look_at, week_later
from retention_desktop.ui.agreed.questions import (
    Body,
    Editing,
    Ending,
    OtherDate,
    Question,
    Removing,
)
from retention_desktop.ui.agreed.wording import back_words, kind_name
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.review.history import HistoryView
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.in_rows import InRows
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import clear, line
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import short_day
from retention_desktop.vault import Vault


class ActionPanel(QFrame):
    """Shows an action. What is written in its questions stays until it is kept."""

    left = Signal()
    escaped = Signal()
    gone = Signal()  # it is in the register no more
    record_requested = Signal(int)
    review_requested = Signal(object)  # a Due

    def __init__(self, session: Session, looked: Looked) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._asked: Question | None = None
        self._kind = label("", "small-strong")
        leave = icon_button("x", _("Close, and go back to the list"))
        leave.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._kind, 1)
        head.addWidget(leave)
        self._message = Message()
        self._begun = BegunForm(session, self._read, self)
        self._begun.failed.connect(self._on_failed)
        self._words = looked.words
        self._known = KnownView()
        self._known.record_wanted.connect(self._on_record)
        self._doing, self._past = (_column() for _part in range(2))
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
        self._go_on()

    @property
    def action(self) -> ActionHead:
        """The action that is shown."""
        return self._looked.action

    @property
    def has_words(self) -> bool:
        """Whether something is written in the question that is open."""
        return self._asked is not None and bool(self._asked.body.words)

    def arrive(self) -> None:
        """Put the keyboard where one goes on."""
        if self._asked is not None:
            self._asked.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._known.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the fields, and then the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._asked is not None:
            self._on_given_up()
        else:
            self.escaped.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._begun.save()

    # What is known

    def _tell(self, looked: Looked) -> None:
        self._looked = looked
        self._kind.setText(kind_name(looked.action.kind))
        self._known.tell(looked.action, self._session.today)
        clear(self._past)
        if looked.reviews:
            self._past.addWidget(line())
            self._past.addWidget(HistoryView(looked.reviews))

    @Slot()
    def _on_record(self) -> None:
        assert self.action.record_id is not None
        self.record_requested.emit(self.action.record_id)

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
        self._put_away()
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
            self._ask(OtherDate(self._session.today))
        else:
            said = back_words(day, self._session.today)
            self._do(partial(snooze_action, action_id=self.action.id, until=day), said)

    @Slot()
    def ask_done(self) -> None:
        """Ask for a word about how it went."""
        self._ask(Ending(ActionState.DONE))

    @Slot()
    def ask_changed(self) -> None:
        """Ask for a word about what changed."""
        self._ask(Ending(ActionState.CHANGED))

    @Slot()
    def ask_let_go(self) -> None:
        """Ask for a word why it is let go."""
        self._ask(Ending(ActionState.LET_GO))

    @Slot()
    def ask_edit(self) -> None:
        """Let it be said otherwise."""
        self._ask(Editing(self._session.today, self._looked.aliases, self.action))

    @Slot()
    def look_now(self) -> None:
        """Go to the later look at it."""
        self.review_requested.emit(due_of(self.action, self._session.today))

    @Slot()
    def _on_remove(self) -> None:
        self._ask(Removing())

    def _go_on(self) -> None:
        """Ask again where somebody wrote last, if it is not kept yet."""
        if self.action.state is ActionState.OPEN:
            for form, words in self._words.items():
                if form is Form.ENDING:
                    self._ask(Ending(_end_of(words)))
                elif form is Form.LATER:
                    self._ask(OtherDate(self._session.today))
                elif form is Form.EDIT:
                    self.ask_edit()
                else:
                    continue
                return

    def _ask(self, body: Body) -> None:
        """Ask for something in the place of the buttons."""
        if self.action.state is not ActionState.OPEN:
            self._message.say(_("This has ended. Open it again first."))
            return
        self._message.clear()
        self._put_away()
        begun = self._words.get(body.form, {}) if body.form is not None else {}
        self._asked = Question(body, begun)
        self._asked.kept.connect(self._on_kept)
        self._asked.given_up.connect(self._on_given_up)
        if body.form is not None:
            body.changed.connect(self._begun.note)
        self._known.setVisible(not isinstance(body, Editing))
        self._doing.addWidget(self._asked)
        self.arrive()

    def _put_away(self) -> None:
        """Take away what is asked or offered; what is written there is there the next time."""
        if self._asked is not None and self._asked.body.form is not None:
            self._words[self._asked.body.form] = self._asked.body.words
            self._begun.save()
        self._asked = None
        clear(self._doing)

    def _read(self) -> tuple[Place, dict[str, str]]:
        assert self._asked is not None
        assert self._asked.body.form is not None
        body = self._asked.body
        return Place(body.form, action_id=self.action.id), body.words

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
        self._begun.settle()
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
        self._words = looked.words
        self._on_looked(looked)
        self.arrive()

    def _on_not_done(self, error: BaseException) -> None:
        self.setEnabled(True)
        if self._asked is not None:
            self._asked.body.changed.emit()  # so that it is kept as begun
        self._message.say_error(error)
        self.arrive()


def _end_of(words: dict[str, str]) -> ActionState:
    """The end that words were meant for; where they do not say, that it is done."""
    ends = (ActionState.DONE, ActionState.CHANGED, ActionState.LET_GO)
    return next((each for each in ends if each == words.get("state")), ends[0])


def _column() -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    return layout
