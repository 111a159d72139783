"""What to look for in the register: a search, and boxes to choose from."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QLineEdit

from retention_desktop.journal.actions import ActionFilter
from retention_desktop.models.enums import ActionKind, ActionState, Driver
from retention_desktop.ui.agreed.wording import kind_name, state_name
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.ui.widgets.filter_boxes import FilterBoxes

_NOW, _THIS_MONTH = "now", "this month"


class Filters(FilterBoxes):
    """What the register is to show."""

    def __init__(self) -> None:
        find = QLineEdit()
        find.setPlaceholderText(_("Search what was agreed"))
        find.setAccessibleName(_("Search what was agreed"))
        find.setClearButtonEnabled(True)
        boxes = (
            Combo(
                _("State"),
                [(state_name(each), each) for each in ActionState] + [(_("Open and ended"), None)],
            ),
            Combo(
                _("Due"),
                [(_("Any date"), None), (_("Due now"), _NOW), (_("Due this month"), _THIS_MONTH)],
            ),
            Combo(_("Person"), [(_("Anybody"), None)]),
            Combo(
                _("Driver"),
                [(_("Any driver"), None)] + [(DRIVER_SHORT_NAMES[each], each) for each in Driver],
            ),
            Combo(
                _("Kind"),
                [(_("Any kind"), None)] + [(kind_name(each), each) for each in ActionKind],
            ),
        )
        super().__init__(find, boxes)
        self._state, self._due, self._person, self._driver, self._kind = boxes
        self._aliases: tuple[str, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """The people one can choose from."""
        return self._aliases

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
        if aliases == self._aliases:
            return
        self._aliases = aliases
        chosen = self._person.currentData()
        self._offer(self._person, aliases)
        if self._person.currentData() != chosen:
            self.changed.emit()

    def ask(self, wanted: ActionFilter) -> None:
        """Choose this person, this driver and these words, in any state; nothing else narrows."""
        if wanted.person is not None and wanted.person not in self._aliases:
            self.know((*self._aliases, wanted.person))  # the others are looked up with the list
        for box in self._boxes:
            box.choose(None)
        self._person.choose(wanted.person)
        self._driver.choose(wanted.driver)
        blocked = QSignalBlocker(self._find)
        self._find.setText(wanted.words)
        blocked.unblock()
        self._on_chosen()

    @Slot()
    def show_everything(self) -> None:
        """Take every filter away, that of the state too."""
        self.ask(ActionFilter())
