"""The editor of two areas that overlap: what lies in one, in both and in the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
)

from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.runner.editors.adding import AddLine
from retention_desktop.ui.runner.editors.base import Around, Editor, scroll_to
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, icon_button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.overlap_view import OverlapView
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.text import icon_label, label

_ABREAST_FROM = 520  # pixels at 100 % text
_LIST_MARKS = "-–•*· \t"


class Overlap(Editor):
    """The two areas, drawn from what is written, and beneath them a card for each thing.

    It begins with the lines of the two answers that it builds on. What was placed stays placed; a
    line that came later, or was taken out, is offered.
    """

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        one, both, other = prompt.options
        self._lines = _lines_to_place(prompt, around)
        self._view = OverlapView((one, both, other), ((), (), ()), live=True)
        self._cards: list[ItemCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(2)
        self._own = AddLine(_("Add your own"))
        self._own.added.connect(self._on_added)
        self.body.setSpacing(14)
        self.body.addWidget(self._view)
        self.body.addLayout(self._list)
        self.body.addLayout(self._offers)
        self.body.addWidget(self._own)
        self.body.addStretch(1)
        for text, area in self._lines.items():
            self._add_card(text, area)
        self._has_begun = bool(self._cards)
        self._show()

    @property
    def value(self) -> Value | None:
        return [row for each in self._cards if (row := each.row)] or None

    def set_value(self, value: Value) -> None:
        self._has_begun = False
        for each in self._cards[:]:
            self._drop(each)
        for row in cast("list[TableRow]", value):
            self._add_card(str(row["text"]), self.prompt.options.index(str(row["area"])))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """What the picture begins with is kept, even if nothing is changed in it."""
        super().showEvent(event)
        if self._has_begun:
            self._has_begun = False
            QTimer.singleShot(0, self, self._on_changed)

    def _add_card(self, text: str, area: int) -> ItemCard:
        made = ItemCard(text, self.prompt.options, area)
        made.changed.connect(self._on_changed)
        made.remove_requested.connect(self._on_remove)
        self._cards.append(made)
        self._list.addWidget(made)
        return made

    def _drop(self, gone: ItemCard) -> None:
        self._cards.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _show(self) -> None:
        """Draw what is written, number the cards, and offer what is not placed."""
        rows = [row for each in self._cards if (row := each.row)]
        one, both, other = (
            tuple(str(row["text"]) for row in rows if row["area"] == area)
            for area in self.prompt.options
        )
        self._view.show_items((one, both, other))
        for number, each in enumerate(self._cards, 1):
            each.set_number(number)
        self.setFocusProxy(self._cards[0] if self._cards else self._own)
        written = {str(row["text"]).casefold() for row in rows}
        self._offer(written | {each.began_as.casefold() for each in self._cards})

    def _offer(self, placed: set[str]) -> None:
        clear(self._offers)
        left = [line for line in self._lines if line.casefold() not in placed]
        if left:
            self._offers.addWidget(label(_("Not in the picture yet"), "small-strong"))
        for line in left:
            offer = ContentButton("row-button", _("Put in: {text}").format(text=line))
            content = QHBoxLayout()
            content.setContentsMargins(8, 8, 8, 8)
            content.setSpacing(10)
            content.addWidget(icon_label("plus", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
            content.addWidget(label(line), 1)
            offer.set_content(content)
            offer.setProperty("line", line)
            offer.clicked.connect(self._on_offer)
            self._offers.addWidget(offer)

    @Slot()
    def _on_offer(self) -> None:
        line = str(self.sender().property("line"))
        self._place(line, self._lines[line])

    @Slot(str)
    def _on_added(self, text: str) -> None:
        self._place(text, 0)

    def _place(self, text: str, area: int) -> None:
        """Put it into the picture; the keyboard goes to where its area is chosen."""
        made = self._add_card(text, area)
        made.show()  # now, so that it has its place
        self._on_changed()
        made.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(made)

    @Slot()
    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_remove(self, gone: ItemCard) -> None:
        place = self._cards.index(gone)
        self._drop(gone)
        self._on_changed()
        left = self._cards[min(place, len(self._cards) - 1)] if self._cards else self._own
        left.setFocus(Qt.FocusReason.OtherFocusReason)


def _lines_to_place(prompt: Prompt, around: Around) -> dict[str, int]:
    """Each line of the two earlier answers, and the place of its area; in both, where both say it.

    The words are those that were written first; capitals make no difference.
    """
    found: dict[str, tuple[str, int]] = {}
    for prompt_id, area in zip(prompt.about, (0, 2), strict=False):
        for line in _lines(around.answers.get(prompt_id)):
            key = line.casefold()
            text, before = found.get(key, (line, area))
            found[key] = (text, area if before == area else 1)
    return dict(found.values())


def _lines(answer: Value | None) -> Iterable[str]:
    lines = answer.splitlines() if isinstance(answer, str) else ()
    return filter(None, (" ".join(line.strip().lstrip(_LIST_MARKS).split()) for line in lines))


class ItemCard(QFrame):
    """One thing: its words, and the three areas of which it lies in one."""

    changed = Signal()
    remove_requested = Signal(object)

    def __init__(self, text: str, areas: tuple[str, ...], area: int) -> None:
        super().__init__()
        self.setObjectName("card")
        self.began_as = text
        self._text = QLineEdit(text)
        self._text.setCursorPosition(0)
        self._text.textEdited.connect(self.changed)
        self._remove = icon_button("trash-2", "")
        self._remove.clicked.connect(self._on_remove)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._text, 1)
        line.addWidget(self._remove)
        self._areas = [_Area(each) for each in areas]
        self._abreast = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._abreast.setSpacing(4)
        for each in self._areas:
            each.clicked.connect(self._on_chosen)
            each.step_requested.connect(self._on_step)
            self._abreast.addWidget(each, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addLayout(self._abreast)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)  # the room decides how many stand abreast, not the reverse
        self._areas[area].setChecked(True)
        self.setFocusProxy(self._areas[area])

    @property
    def row(self) -> TableRow:
        """The thing and its area; nothing where there are no words."""
        text = only_text(self._text.text()).strip()
        area = next(each.text() for each in self._areas if each.isChecked())
        return {"text": text, "area": area} if text else {}

    def set_number(self, number: int) -> None:
        """Say which one this is, for who cannot see it."""
        text = self._text.text().strip()
        self._text.setAccessibleName(_("Thing {number}").format(number=number))
        removal = _("Take out: {text}").format(text=text) if text else _("Take out")
        self._remove.setAccessibleName(removal)
        self._remove.setToolTip(_("Take out"))
        for each in self._areas:
            each.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the words goes to the area, not to the next page."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._text.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_ABREAST_FROM)
        direction = QBoxLayout.Direction
        self._abreast.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    @Slot()
    def _on_chosen(self) -> None:
        self.setFocusProxy(next(each for each in self._areas if each.isChecked()))
        self.changed.emit()

    @Slot(int)
    def _on_step(self, by: int) -> None:
        place = next(n for n, each in enumerate(self._areas) if each.isChecked()) + by
        if 0 <= place < len(self._areas):
            self._areas[place].click()
            self._areas[place].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self)


class _Area(Choice):
    """One of the three areas. The arrows go from one to the next, however they are laid out."""

    step_requested = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, one_of_several=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step_requested.emit(-1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.step_requested.emit(1)
        else:
            super().keyPressEvent(event)
