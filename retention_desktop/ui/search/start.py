"""What the search shows before anything is asked for: what can be found, and how to narrow it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.journal.queries import Key
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.page import Scroller, card
from retention_desktop.ui.widgets.search_line import key_help
from retention_desktop.ui.widgets.text import label

_TWO_ABREAST_FROM = 640  # the width, at 100 % text, from which two examples stand side by side
_EXAMPLES = {
    Key.PERSON: "person:",
    Key.TOOL: "tool:",
    Key.DRIVER: "driver:",
    Key.TAG: "tag:",
    Key.BEFORE: "before:last month ",
    Key.AFTER: "after:last week ",
}


class Start(Scroller):
    """`example_chosen` carries what is to stand in the line."""

    example_chosen = Signal(str)

    def __init__(self) -> None:
        frame, layout = card()
        layout.addWidget(label(_("You can find everything you keep here"), "card-title"))
        layout.addWidget(
            label(
                _(
                    "Records and drafts, what was agreed, people, tools and help. "
                    "The beginning of a word is enough."
                ),
                "muted",
            )
        )
        layout.addSpacing(10)
        layout.addWidget(label(_("To narrow it, add one of these:"), "strong"))
        self._examples = QGridLayout()
        self._examples.setHorizontalSpacing(12)
        self._examples.setVerticalSpacing(8)
        layout.addLayout(self._examples)
        held = QWidget()
        held.setObjectName("page")
        outer = QVBoxLayout(held)
        outer.setContentsMargins(0, 0, 0, 24)
        outer.addWidget(frame)
        outer.addStretch(1)
        super().__init__(held)
        self._pairs = [self._pair(key, text) for key, text in _EXAMPLES.items()]
        self._abreast = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _pair(self, key: Key, text: str) -> tuple[QWidget, QWidget]:
        example = button(text.strip())
        example.setProperty("example", text)
        example.setAccessibleDescription(key_help(key))
        example.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        example.clicked.connect(self._on_example)
        return example, label(key_help(key), "muted")

    def _arrange(self) -> None:
        abreast = 2 if self.width() >= theme.px(_TWO_ABREAST_FROM) else 1
        if abreast == self._abreast:
            return
        self._abreast = abreast
        for place, (example, help_text) in enumerate(self._pairs):
            row, column = divmod(place, abreast)
            self._examples.addWidget(example, row, 2 * column)
            self._examples.addWidget(help_text, row, 2 * column + 1, Qt.AlignmentFlag.AlignVCenter)
        for column in range(4):
            self._examples.setColumnStretch(column, column % 2 if column < 2 * abreast else 0)

    @Slot()
    def _on_example(self) -> None:
        self.example_chosen.emit(self.sender().property("example"))
