"""What an agreed action is asked for in its panel: a word about its end, a day, other words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from retention_desktop.journal.actions import (
    change_action,
    change_added_action,
    close_action,
    remove_action,
    snooze_action,
)
from retention_desktop.models.enums import ActionState, Form
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.agreed.form import ActionForm
from retention_desktop.ui.agreed.wording import back_words
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.in_rows import InRows
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import begun_words
from retention_desktop.vault import Vault


class Ending(QWidget):
    """A word about how an action ended."""

    form = Form.ENDING
    changed = Signal()

    def __init__(self, state: ActionState) -> None:
        super().__init__()
        self._state = state
        self._why = QLineEdit()
        self._why.textChanged.connect(self.changed)
        question = {
            ActionState.DONE: _("How did it go?"),
            ActionState.CHANGED: _("What changed?"),
            ActionState.LET_GO: _("Why do you let it go?"),
        }[state]
        help_text = _("A word is enough, or nothing.")
        _column(self).addWidget(Field(question, self._why, help_text=help_text))
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
    def words(self) -> dict[str, str]:
        """What is written, if anything is."""
        why = only_text(self._why.text())
        return {"state": self._state, "why": why} if why.strip() else {}

    def show_words(self, words: dict[str, str]) -> None:
        """Show what `words` has given, whichever end it was meant for."""
        self._why.setText(words.get("why", ""))

    def begin_afresh(self) -> None:
        """Forget what is written."""
        self._why.clear()

    def is_ready(self) -> bool:
        """A word is never demanded."""
        return True

    def verb(self, action_id: int, now: datetime) -> Callable[[Vault], Changes]:
        """What keeps it."""
        why = only_text(self._why.text())
        return partial(close_action, action_id=action_id, state=self._state, now=now, why=why)


class OtherDate(QWidget):
    """The day on which an action is to come back."""

    form = Form.LATER
    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._date = DateField(_("When it comes back"), today)
        self._date.changed.connect(self.changed)
        _column(self).addWidget(Field(_("When it comes back"), self._date))
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
    def words(self) -> dict[str, str]:
        """What is written, if anything is."""
        return {"day": self._date.text} if self._date.text.strip() else {}

    def show_words(self, words: dict[str, str]) -> None:
        """Show what `words` has given."""
        self._date.set_text(words.get("day", ""))

    def begin_afresh(self) -> None:
        """Forget what is written."""
        self._date.set_value(None)

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


class Editing(ActionForm):
    """What was agreed, said otherwise."""

    form = Form.EDIT

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return _("Keep it like this")

    @property
    def said(self) -> str:
        """What has happened then."""
        return _("Changed, and kept.")

    def verb(self, action_id: int, now: datetime) -> Callable[[Vault], Changes]:
        """What keeps it."""
        said = self.value
        if said.about is None:
            return partial(
                change_action, action_id=action_id, text=said.text, owner=said.owner, due=said.due
            )
        return partial(
            change_added_action,
            action_id=action_id,
            text=said.text,
            owner=said.owner,
            due=said.due,
            about=said.about,
            now=now,
        )


class Removing(QWidget):
    """What was added by hand goes for good."""

    form = None
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        _column(self).addWidget(label(_("It goes for good, with the earlier looks at it."), "body"))

    @property
    def keep_words(self) -> str:
        """What the button does."""
        return _("Remove it for good")

    @property
    def said(self) -> str:
        """What has happened then."""
        return _("Removed.")

    @property
    def words(self) -> dict[str, str]:
        """Nothing can be written here."""
        return {}

    def show_words(self, words: dict[str, str]) -> None:
        """Nothing can be shown here."""

    def begin_afresh(self) -> None:
        """There is nothing to forget."""

    def is_ready(self) -> bool:
        """Nothing is asked."""
        return True

    def verb(self, action_id: int, _now: datetime) -> Callable[[Vault], Changes]:
        """What removes it."""
        return partial(remove_action, action_id=action_id)


Body = Ending | OtherDate | Editing | Removing


class Question(QWidget):
    """Asks for something, with a button that says what happens then, and a way back.

    It begins with `begun`, if anything is.
    """

    kept = Signal()
    given_up = Signal()

    def __init__(self, body: Body, begun: dict[str, str]) -> None:
        super().__init__()
        self.body = body
        self._is_for_good = isinstance(body, Removing)
        keep = button(body.keep_words, "secondary" if self._is_for_good else "primary")
        back = button(_("Back"), "primary" if self._is_for_good else "quiet")
        keep.clicked.connect(self.kept)
        back.clicked.connect(self.given_up)
        self._again = QWidget()
        again = _column(self._again)
        again.addWidget(label(begun_words(), "muted"))
        afresh = button(_("Begin afresh"), "quiet", icon="undo-2")
        afresh.clicked.connect(self._on_afresh)
        again.addLayout(button_row(afresh))
        column = _column(self)
        column.addWidget(self._again)
        column.addWidget(body)
        column.addWidget(InRows([keep, back]))
        self._again.setVisible(bool(begun))
        if begun:
            body.show_words(begun)
        self.setFocusProxy(back if self._is_for_good else body)
        if not self._is_for_good:
            at_once = QShortcut(QKeySequence("Ctrl+Return"), self, self.kept.emit)
            at_once.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot()
    def _on_afresh(self) -> None:
        self._again.hide()
        self.body.begin_afresh()
        self.body.changed.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line does what the button says, unless that cannot be taken back."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self._is_for_good:
            self.kept.emit()
        else:
            super().keyPressEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column
