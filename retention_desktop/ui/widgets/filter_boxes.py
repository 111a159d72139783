"""A line to search in, and boxes to choose from, which fold away where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo

_ONE_LINE_FROM, _SOME_FROM = 820, 560  # widths, at 100 % text, with room for so many boxes abreast


class FilterBoxes(QWidget):
    """Says what to look for. `changed` when that is another thing, `entered` with the Enter key.

    The first option of a box narrows nothing. A box that has no other is not shown.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, find: QLineEdit, boxes: Sequence[Combo]) -> None:
        super().__init__()
        self._find = find
        self._boxes = boxes
        self._abreast = 2
        self._toggle = button(_("Filters"), icon="funnel")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._lay)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(find, 1)
        first.addWidget(self._toggle)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self._rows.addLayout(first)
        self._rows.addLayout(self._grid)
        find.textChanged.connect(self.changed)
        find.returnPressed.connect(self.entered)
        for box in boxes:
            box.currentIndexChanged.connect(self._on_chosen)
        self._lay()

    def arrive(self) -> None:
        """Ready to search; what was searched for before is still there, to keep or type over."""
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)
        self._find.selectAll()

    def arrange(self, room: int) -> None:
        """Boxes in one line, or some abreast, which fold away."""
        steps = ((len(self._boxes), _ONE_LINE_FROM), (3, _SOME_FROM))
        abreast = next((count for count, least in steps if room >= theme.px(least)), 2)
        if abreast != self._abreast:
            self._abreast = abreast
            self._lay()

    def _offer(self, box: Combo, names: Sequence[str]) -> None:
        """Offer these in a box, without a signal; what is chosen stays, if it is among them."""
        box.offer(names)
        self._lay()
        self._count()

    @Slot()
    def _lay(self) -> None:
        folds = self._abreast < len(self._boxes)
        is_out = self._toggle.isChecked() or not folds
        shown = [box for box in self._boxes if box.count() > 1]
        abreast = self._abreast if folds else len(shown)
        self._toggle.setVisible(folds)
        for place, box in enumerate(shown):
            self._grid.addWidget(box, *divmod(place, abreast))
        for column in range(len(self._boxes)):
            self._grid.setColumnStretch(column, 1 if column < abreast else 0)
        for box in self._boxes:
            box.setVisible(is_out and box in shown)

    @Slot()
    def _on_chosen(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        """Where the boxes are folded away, the button tells how many of them narrow the list."""
        count = sum(box.currentIndex() > 0 for box in self._boxes)
        words = _("Filters ({count})").format(count=count) if count else _("Filters")
        self._toggle.setText(f" {words}")
        self._toggle.setAccessibleName(words)
