"""The fields of an agreed action, to add one by hand or to say one otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

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
    """What the form says."""

    text: str
    owner: str
    due: date | None


class About(Struct, frozen=True):
    """What is said of an action only when it is added."""

    kind: ActionKind
    person: str | None
    driver: Driver | None


class _TwoLines(TextArea):
    _LEAST_LINES = 2


class ActionForm(QWidget):
    """What was agreed, whose it is and by when."""

    def __init__(self, today: date, action: ActionHead | None = None) -> None:
        super().__init__()
        self._text = _TwoLines()
        self._owner = QLineEdit()
        self._due = DateField(_("By when"), today)
        if action is not None:
            self._text.setPlainText(action.text)
            self._owner.setText(action.owner)
            self._due.set_value(action.due)
        self._before = self.value
        self._asked = Field(_("What was agreed"), self._text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        for field in (
            self._asked,
            Field(_("Who will do it"), self._owner),
            Field(_("By when"), self._due),
        ):
            self.column.addWidget(field)
        self._text.textChanged.connect(self._asked.take_error_back)
        self.setFocusProxy(self._text)

    @property
    def value(self) -> Agreed:
        """What is written now."""
        text = " ".join(only_text(self._text.toPlainText()).split())
        return Agreed(text, only_text(self._owner.text()).strip(), self._due.value)

    @property
    def has_words(self) -> bool:
        """Whether something is written that is not kept yet."""
        return self.value != self._before or self._due.is_wrong

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


class NewActionForm(ActionForm):
    """The same, with all that is said only once: what it is for, with whom, for which driver."""

    def __init__(self, today: date, aliases: Sequence[str]) -> None:
        super().__init__(today)
        self._kind = Combo(_("Kind"), [(kind_name(each), each) for each in ActionKind])
        self._person = QLineEdit()
        self._person.setMaxLength(LONGEST_NAME)
        offered = QCompleter(list(aliases), self._person)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("offered")
        popup.setAccessibleName(_("People you know"))
        offered.setPopup(popup)
        self._person.setCompleter(offered)
        self._driver = Combo(
            _("Driver"),
            [(_("No driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
        )
        self.column.insertWidget(1, Field(_("Kind"), self._kind))
        self.column.addWidget(
            Field(
                _("Who is it with?"),
                self._person,
                help_text=_("A short name that only you understand, or nobody."),
            )
        )
        self.column.addWidget(Field(_("Driver"), self._driver))

    @property
    def about(self) -> About:
        """What it is for, with whom and for which driver."""
        person = only_text(self._person.text()).strip()
        driver = self._driver.currentData()  # Qt gives back the plain text that is in an enum
        return About(
            ActionKind(self._kind.currentData()), person or None, Driver(driver) if driver else None
        )

    @property
    def has_words(self) -> bool:
        """Whether something is written that is not kept yet."""
        return super().has_words or self.about.person is not None
