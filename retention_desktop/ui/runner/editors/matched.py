"""What may help with each sign that was noticed: chosen from what is offered, or in own words."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.runner.editors.base import Around, Editor, scroll_to
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, TextArea
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label


class Matched(Editor):
    """A card for each sign that was noticed. The others can be brought up too."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        noticed = around.answers.get(prompt.about[0])
        self._noticed = [str(sign) for sign in noticed] if isinstance(noticed, list) else []
        self._offers = {each.to: each.offers for each in prompt.responses}
        self._cards: dict[str, SignCard] = {}
        self._empty = label(
            _(
                "No sign is ticked yet. Go back and tick what you noticed, "
                "and what may help will stand here."
            )
        )
        self.body.addWidget(self._empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.body.addLayout(self._list)
        self._all = button(_("Show all the signs"), "quiet", icon="plus")
        self._all.clicked.connect(self._on_all)
        self.body.addLayout(button_row(self._all))
        for sign in self._noticed:
            self._add_card(sign)
        self._arrange()

    @property
    def value(self) -> Value | None:
        rows: list[TableRow] = [
            {"noticed": sign, "response": response}
            for sign, card in self._cards.items()
            if (response := card.response)
        ]
        return rows or None

    def set_value(self, value: Value) -> None:
        for row in cast("list[TableRow]", value):
            sign = str(row["noticed"])
            if sign not in self._cards:
                note = _("This sign is no longer ticked. What you chose stays here.")
                self._add_card(sign, "" if sign in self._noticed else note)
            self._cards[sign].set_response(str(row.get("response", "")))
        self._arrange()

    def _add_card(self, sign: str, note: str = "") -> None:
        card = SignCard(sign, self._offers.get(sign, ()), note)
        card.changed.connect(self.changed)
        self._cards[sign] = card
        self._list.addWidget(card)

    def _arrange(self) -> None:
        self._empty.setVisible(not self._cards)
        self._all.setVisible(not self._cards.keys() >= self._offers.keys())
        first = next(iter(self._cards.values()), None)
        self.setFocusProxy(first if first is not None else self._all)

    @Slot()
    def _on_all(self) -> None:
        others = [sign for sign in self._offers if sign not in self._cards]
        for sign in others:
            self._add_card(sign)
        self._arrange()
        self._first_other = self._cards[others[0]]
        self._first_other.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._bring_into_sight)  # once it has its place

    @Slot()
    def _bring_into_sight(self) -> None:
        scroll_to(self._first_other)


class SignCard(QFrame):
    """One sign: what is offered, and room for own words. `response` has a line for each."""

    changed = Signal()

    def __init__(self, sign: str, offers: tuple[str, ...], note: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 16)
        layout.setSpacing(4)
        layout.addWidget(label(sign, "card-title"))
        if note:
            layout.addWidget(label(note, "muted"))
        self._choices = [Choice(offer) for offer in offers]
        for choice in self._choices:
            choice.setAccessibleDescription(_("What may help with: {sign}").format(sign=sign))
            choice.clicked.connect(self.changed)
            layout.addWidget(choice)
        name = _("Or in your own words") if offers else _("In your own words")
        layout.addSpacing(6)
        layout.addWidget(label(name, "small-strong"))
        self._own = _OwnWords()
        self._own.setAccessibleName(_("{name}: {sign}").format(name=name, sign=sign))
        self._own.textChanged.connect(self.changed)
        layout.addWidget(self._own)
        controls: list[QWidget] = [*self._choices, self._own]
        self.setFocusProxy(controls[0])

    @property
    def response(self) -> str:
        """The offers that are ticked, then the own lines, a line each; "" when there is none."""
        chosen = [each.text() for each in self._choices if each.isChecked()]
        own = (line.strip() for line in only_text(self._own.toPlainText()).split("\n"))
        return "\n".join([*chosen, *filter(None, own)])

    def set_response(self, response: str) -> None:
        """Tick what is offered; everything else are own words."""
        lines = response.split("\n")
        for each in self._choices:
            each.setChecked(each.text() in lines)
        offered = {each.text() for each in self._choices}
        self._own.setPlainText("\n".join(line for line in lines if line not in offered))


class _OwnWords(TextArea):
    _LEAST_LINES = 2
