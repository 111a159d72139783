"""The bars of the editor: where one is, what is left to mend, and asking once more."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from retention_desktop.toolkit.editing import Editing
from retention_desktop.ui.editor.wording import fault_count, part_heading
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import announce, icon_label, label

Pane = Literal["outline", "form", "preview"]


class TopBar(QWidget):
    """The panes to choose from where they have no room together, what is saved, undo and redo."""

    pane_chosen = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label(_("Make it yours"), "section", wrap=False)
        self._tabs: dict[Pane, QPushButton] = {
            "outline": button(_("Outline"), "quiet"),
            "form": button(_("Words"), "quiet"),
            "preview": button(_("Preview"), "quiet"),
        }
        self._saved = label("", "small", wrap=False)
        self._saved_icon = icon_label("check", "accent", 16)
        self._saved_icon.hide()
        self._undo = _icon_button("undo-2", _("Undo"), "Ctrl+Z")
        self._redo = _icon_button("redo-2", _("Redo"), "Ctrl+Shift+Z")
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._title)
        for pane, tab in self._tabs.items():
            tab.setProperty("pane", pane)
            tab.clicked.connect(self._on_tab)
            line.addWidget(tab)
        line.addStretch(1)
        for each in (self._saved_icon, self._saved, self._undo, self._redo):
            line.addWidget(each)

    def show_panes(self, panes: tuple[Pane, ...], here: Pane) -> None:
        """Offer these panes, one of which is open; the title stands there if there are none."""
        self._title.setVisible(not panes)
        for pane, tab in self._tabs.items():
            tab.setVisible(pane in panes)
            tab.setAccessibleDescription(_("You are here") if pane == here else "")
            tab.setProperty("here", pane == here)
            tab.style().unpolish(tab)
            tab.style().polish(tab)

    def show_history(self, editing: Editing) -> None:
        """Offer to undo and to redo what can be."""
        self._undo.setEnabled(editing.can_undo)
        self._redo.setEnabled(editing.can_redo)

    def say_saved(self, when: datetime) -> None:
        """Everything is kept since then."""
        self._saved_icon.show()
        self._saved.setText(_("Saved {when}").format(when=f"{when:%H:%M}"))
        announce(self._saved, self._saved.text())

    def say_not_saved(self) -> None:
        """Something is not kept yet."""
        self._saved_icon.hide()
        self._saved.setText(_("Not saved yet"))

    @Slot()
    def _on_tab(self) -> None:
        self.pane_chosen.emit(self.sender().property("pane"))


class FaultBar(QFrame):
    """How much is left to mend, and a way to it; hidden when there is nothing."""

    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._count = label()
        next_one = button(_("Go to the next one"), "quiet")
        next_one.clicked.connect(self.next_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(icon_label("info", "warn"))
        row.addWidget(self._count, 1)
        row.addWidget(next_one)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many faults there are."""
        if count:
            self._count.setText(fault_count(count))
        self.setVisible(count > 0)


class PartBar(QWidget):
    """Which part is open, and what can be done with it as a whole."""

    move_wanted = Signal(int)
    copy_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "small-strong")
        self._up = _icon_button("arrow-up", _("Move up"), "Alt+Shift+Up")
        self._down = _icon_button("arrow-down", _("Move down"), "Alt+Shift+Down")
        self._copy = _icon_button("copy", _("Copy this"), "Ctrl+D")
        self._remove = _icon_button("trash-2", _("Remove this"), "Delete")
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._copy.clicked.connect(self.copy_wanted)
        self._remove.clicked.connect(self.remove_wanted)
        self._buttons = (self._up, self._down, self._copy, self._remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self._heading, 1)
        for each in self._buttons:
            line.addWidget(each)

    def show_part(self, editing: Editing) -> None:
        """Say which part is open, and offer what can be done with it."""
        part = editing.at[:2]
        self._heading.setText(part_heading(editing.tool, part))
        for each in self._buttons:
            each.setVisible(bool(part))
        if part:
            self._up.setEnabled(editing.can_move(part, -1))
            self._down.setEnabled(editing.can_move(part, 1))

    @Slot()
    def _on_up(self) -> None:
        self.move_wanted.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.move_wanted.emit(1)


class Question(QFrame):
    """Asks once more, in place, before work is let go."""

    agreed = Signal()
    declined = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._text = label()
        self._yes = button("")
        self._no = button(_("Keep everything"), "quiet")
        self._yes.clicked.connect(self.agreed)
        self._no.clicked.connect(self.declined)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addWidget(self._text)
        layout.addLayout(button_row(self._yes, self._no))
        self.hide()

    def ask(self, text: str, yes: str) -> None:
        """Show the question; the keyboard is on the answer that changes nothing."""
        self._text.setText(text)
        self._yes.setText(yes)
        self._yes.setAccessibleDescription(text)
        self._no.setAccessibleDescription(text)
        self.show()
        self._no.setFocus(Qt.FocusReason.OtherFocusReason)


def _icon_button(icon: str, name: str, keys: str) -> QPushButton:
    """A button with a picture, which is plainly paler where it can do nothing."""
    made = icon_button(icon, name)
    made.setToolTip(f"{name} ({keys})")
    made.setIcon(theme.icon(icon, "text", 18))
    return made
