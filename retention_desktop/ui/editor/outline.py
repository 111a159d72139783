"""The outline: the tool, its steps and their questions, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.parts import Part, parts_of
from retention_desktop.ui.editor.wording import fault_count, part_name
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.page import Scroller
from retention_desktop.ui.widgets.text import icon_label, label

_INDENT = 14
_SIDE_BY_SIDE_FROM = 400  # the width, at 100 % text, at which both buttons have room


class Outline(QFrame):
    """Lists the parts; Tab comes to the chosen one, the arrows go on from there.

    `part_chosen` carries a part. The other wishes are about the part that is chosen.
    """

    part_chosen = Signal(object)
    prompt_wanted = Signal()
    step_wanted = Signal()
    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._rows: dict[Part, _Row] = {}
        self._here: Part = ()
        inner = QWidget()
        inner.setObjectName("page")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(2)
        self._list.addStretch(1)
        self._scroll = Scroller(inner)
        self._add_prompt = button(_("Add a question"), icon="plus")
        self._add_prompt.setToolTip("Ctrl+Return")
        self._add_prompt.clicked.connect(self.prompt_wanted)
        add_step = button(_("Add a step"), icon="plus")
        add_step.setToolTip("Ctrl+Shift+Return")
        add_step.clicked.connect(self.step_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._scroll, 1)
        self._adding = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._adding.setSpacing(8)
        self._adding.addWidget(self._add_prompt)
        self._adding.addWidget(add_step)
        layout.addLayout(self._adding)

    def show_tool(self, editing: Editing) -> None:
        """Show how the tool stands, and which part is chosen."""
        parts = parts_of(editing.tool)
        had_focus = any(row.hasFocus() for row in self._rows.values())
        self._here = editing.at[:2]
        before: list[_Row] = []
        if parts != tuple(self._rows):
            before = list(self._rows.values())
            self._make_rows(parts)
        counts: dict[Part, int] = {}
        for fault in editing.problems:
            counts[fault.part[:2]] = counts.get(fault.part[:2], 0) + 1
        for part, row in self._rows.items():
            row.show_part(part_name(editing.tool, part), counts.get(part, 0), part == self._here)
        self._add_prompt.setEnabled(bool(editing.tool.steps))
        if had_focus and not self._rows[self._here].hasFocus():
            self.take_focus()
        for row in before:  # only now, or the keyboard would go elsewhere meanwhile
            row.hide()
            row.deleteLater()
        self._scroll.ensureWidgetVisible(self._rows[self._here])

    def show_names(self, editing: Editing) -> None:
        """Show other words for the same parts."""
        for part, row in self._rows.items():
            row.show_name(part_name(editing.tool, part))

    def take_focus(self) -> None:
        """Put the keyboard on the chosen part."""
        self._rows[self._here].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows choose, Delete removes."""
        parts = tuple(self._rows)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif step and not event.modifiers():
            place = parts.index(self._here) + step
            if 0 <= place < len(parts):
                self.part_chosen.emit(parts[place])
                self.take_focus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_SIDE_BY_SIDE_FROM)
        self._adding.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def _make_rows(self, parts: tuple[Part, ...]) -> None:
        self._rows = {}
        for place, part in enumerate(parts):
            row = _Row(part, self)
            row.clicked.connect(self._on_clicked)
            self._list.insertWidget(place, row)
            row.show()
            self._rows[part] = row

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, _Row)
        self.part_chosen.emit(row.part)


class _Row(ContentButton):
    def __init__(self, part: Part, outline: Outline) -> None:
        super().__init__("row-button", "")
        self.part = part
        self._outline = outline
        self._is_here: bool | None = None
        self._name = label("", "step")
        self._mark = icon_label("triangle-alert", "warn", 16)
        line = QHBoxLayout()
        line.setContentsMargins(8 + theme.px(_INDENT) * len(part), 7, 6, 7)
        line.setSpacing(8)
        line.addWidget(self._name, 1)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self.set_content(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows belong to the outline."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete):
            self._outline.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def show_name(self, name: str) -> None:
        if name != self._name.text():
            self._name.setText(name)
            self.setAccessibleName(name)

    def show_part(self, name: str, faults: int, is_here: bool) -> None:
        self.show_name(name)
        self._mark.setVisible(faults > 0)
        here = _("You are here.") if is_here else ""
        wrong = fault_count(faults) if faults else ""
        self.setAccessibleDescription(f"{here} {wrong}".strip())
        if is_here is self._is_here:
            return
        self._is_here = is_here
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_here else Qt.FocusPolicy.ClickFocus)
        self.setProperty("here", is_here)
        self._name.setProperty("state", "current" if is_here else "done")
        for each in (self, self._name):
            each.style().unpolish(each)
            each.style().polish(each)
