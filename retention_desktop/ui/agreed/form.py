"""The fields of an agreed action, to add one by hand or to say one otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from retention_desktop.journal.actions import About
from retention_desktop.journal.store import LONGEST_NAME
from retention_desktop.models.enums import ActionKind, Driver
from retention_desktop.models.views import ActionHead
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.agreed.wording import kind_name
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Combo, TextArea
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.fields import Field


class Agreed(Struct, frozen=True):
    """What the form says. `about` is None where the record of the action says it."""

    text: str
    owner: str
    due: date | None
    about: About | None


class _TwoLines(TextArea):
    _LEAST_LINES = 2


class ActionForm(QWidget):
    """What was agreed, whose it is and by when; by hand, also what for and with whom.

    Without an `action`, it takes a new one. `changed` at every key.
    """

    changed = Signal()

    def __init__(
        self, today: date, aliases: Sequence[str], action: ActionHead | None = None
    ) -> None:
        super().__init__()
        self._text = _TwoLines()
        self._owner = QLineEdit()
        self._due = DateField(_("By when"), today)
        self._kind = Combo(_("Kind"), [(kind_name(each), each) for each in ActionKind])
        self._person = _person_edit(aliases)
        self._driver = Combo(
            _("Driver"),
            [(_("No driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
        )
        if action is not None:
            self._text.setPlainText(action.text)
            self._owner.setText(action.owner)
            self._due.set_value(action.due)
            self._kind.choose(action.kind)
            self._person.setText(action.person or "")
            self._driver.choose(action.driver)
        self._before = self._fields
        self._is_by_hand = action is None or action.record_id is None
        self._lay_out()
        self._text.textChanged.connect(self._asked.take_error_back)
        self._text.textChanged.connect(self.changed)
        for edit in (self._owner, self._person):
            edit.textChanged.connect(self.changed)
        self._due.changed.connect(self.changed)
        for combo in (self._kind, self._driver):
            combo.currentIndexChanged.connect(self.changed)
        self.setFocusProxy(self._text)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._asked = Field(_("What was agreed"), self._text)
        kind = Field(_("Kind"), self._kind)
        whose = Field(_("Who will do it"), self._owner)
        when = Field(_("By when"), self._due)
        person = Field(
            _("Who is it with?"),
            self._person,
            help_text=_("A short name that only you understand, or nobody."),
        )
        driver = Field(_("Driver"), self._driver)
        for field in (self._asked, kind, whose, when, person, driver):
            column.addWidget(field)
        for field in (kind, person, driver):
            field.setVisible(self._is_by_hand)

    @property
    def value(self) -> Agreed:
        """What is written now."""
        text = " ".join(only_text(self._text.toPlainText()).split())
        owner = only_text(self._owner.text()).strip()
        return Agreed(text, owner, self._due.value, self._about if self._is_by_hand else None)

    @property
    def _about(self) -> About:
        person = only_text(self._person.text()).strip()
        driver = self._driver.currentData()  # Qt gives back the plain text that is in an enum
        return About(
            ActionKind(self._kind.currentData()), person or None, Driver(driver) if driver else None
        )

    @property
    def words(self) -> dict[str, str]:
        """What stands in the fields, where it is not what they began with."""
        return {} if self._fields == self._before else self._fields

    @property
    def _fields(self) -> dict[str, str]:
        return {
            "text": only_text(self._text.toPlainText()),
            "owner": only_text(self._owner.text()),
            "due": self._due.text,
            "kind": self._kind.currentData(),
            "person": only_text(self._person.text()),
            "driver": self._driver.currentData() or "",
        }

    def show_words(self, words: dict[str, str]) -> None:
        """Show what `words` has given."""
        fields = self._fields | words
        self._text.setPlainText(fields["text"])
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._owner.setText(fields["owner"])
        self._due.set_text(fields["due"])
        self._kind.choose(fields["kind"])
        self._person.setText(fields["person"])
        self._driver.choose(fields["driver"] or None)

    def begin_afresh(self) -> None:
        """Say again what the fields began with."""
        self.show_words(self._before)

    def is_ready(self) -> bool:
        """Whether it can be kept; where not, the field says why and has the keyboard."""
        if not self.value.text:
            self._asked.set_error(_("Write what was agreed."))
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self._due.is_wrong:
            self._due.complain()
            self._due.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True


def _person_edit(aliases: Sequence[str]) -> QLineEdit:
    """Takes an alias, and offers those that are known."""
    edit = QLineEdit()
    edit.setMaxLength(LONGEST_NAME)
    offered = QCompleter(list(aliases), edit)
    offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    popup = QListView()
    popup.setObjectName("offered")
    popup.setAccessibleName(_("People you know"))
    offered.setPopup(popup)
    edit.setCompleter(offered)
    return edit
