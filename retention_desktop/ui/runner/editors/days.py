"""The editor of a date."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Slot

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.answers import YEARS
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.runner.editors.base import Around, Editor, number_word
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.text import label

# A question may ask for a day that has been, such as the first sign, or for one to come.
_LATELY = timedelta(days=60)


class Day(Editor):
    """A date; perhaps with the one that lies so many days after an earlier answer."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._date = DateField(prompt.label, around.today, _LATELY)
        self._date.changed.connect(self._on_changed)
        self.body.addWidget(self._date)
        self.setFocusProxy(self._date)
        self._suggested: date | None = None
        earlier = around.answers.get(prompt.about[0]) if prompt.about else None
        if isinstance(earlier, str) and earlier:
            self._suggest(date.fromisoformat(earlier))

    @property
    def value(self) -> Value | None:
        chosen = self._date.value
        return chosen.isoformat() if chosen else None

    def set_value(self, value: Value) -> None:
        self._date.set_value(date.fromisoformat(str(value)))
        self._show_whether_suggested()

    def _suggest(self, earlier: date) -> None:
        suggested = earlier + timedelta(days=self.prompt.days)
        if suggested.year not in YEARS:
            return
        self._suggested = suggested
        sentence = _("Counted from {date}, which you wrote before. Any other date is fine too.")
        self.body.addWidget(label(sentence.format(date=long_date(earlier)), "muted"))
        self._take = Choice(_after(self.prompt.days, earlier, suggested))
        self._take.setAccessibleDescription(self.prompt.label)
        self._take.clicked.connect(self._on_take)
        self.body.addWidget(self._take)

    def _show_whether_suggested(self) -> None:
        if self._suggested is not None:
            self._take.setChecked(self._date.value == self._suggested)

    @Slot()
    def _on_take(self) -> None:
        self._date.set_value(self._suggested if self._take.isChecked() else None)
        self.changed.emit()

    @Slot(object)
    def _on_changed(self, _date: object) -> None:
        self._show_whether_suggested()
        self.changed.emit()


def _after(days: int, earlier: date, day: date) -> str:
    """ "A week after 20 November: 27 November 2026"."""
    words = {"earlier": _without_year(earlier), "date": long_date(day)}
    if days == 0:
        return _("The same day: {date}").format(**words)
    if days == 1:
        return _("The day after {earlier}: {date}").format(**words)
    if days == 7:
        return _("A week after {earlier}: {date}").format(**words)
    weeks, rest = divmod(days, 7)
    if rest == 0:
        number = number_word(weeks).capitalize()
        return _("{number} weeks after {earlier}: {date}").format(number=number, **words)
    number = number_word(days).capitalize()
    return _("{number} days after {earlier}: {date}").format(number=number, **words)


def _without_year(day: date) -> str:
    return long_date(day).rsplit(" ", 1)[0]
