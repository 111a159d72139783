"""The form of the part that is open, under a bar that says which it is."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.parts import Part
from retention_desktop.ui.editor.bars import PartBar
from retention_desktop.ui.editor.form import Form
from retention_desktop.ui.editor.forms import PromptForm, make_form
from retention_desktop.ui.widgets.page import Scroller


class Spot(NamedTuple):
    """Where the keyboard is in a form, and how far it is scrolled."""

    part: Part
    field: str
    caret: int
    scrolled: int


class FormPane(QWidget):
    """`changed` carries a `Change`, `mend_requested` a `Fault`, the others the part of a column."""

    changed = Signal(object)
    mend_requested = Signal(object)
    column_wanted = Signal()
    copy_requested = Signal(object)
    remove_requested = Signal(object)
    move_requested = Signal(object, int)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.bar = PartBar()
        self.form = Form(())  # until the first part is shown
        inner = QWidget()
        inner.setObjectName("page")
        self._place = QVBoxLayout(inner)
        self._place.setContentsMargins(2, 2, 10, 12)
        self._place.addWidget(self.form)
        self._place.addStretch(1)
        self._scroller = Scroller(inner)
        self._scroll_to = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar)
        layout.addWidget(self._scroller, 1)
        self.show_part(editing)

    def show_part(self, editing: Editing) -> None:
        """Make the form of the part that is open anew."""
        before, self.form = self.form, make_form(editing, editing.at)
        self.form.changed.connect(self.changed)
        self.form.mend_requested.connect(self.mend_requested)
        if isinstance(self.form, PromptForm):
            self.form.column_wanted.connect(self.column_wanted)
            self.form.copy_requested.connect(self.copy_requested)
            self.form.remove_requested.connect(self.remove_requested)
            self.form.move_requested.connect(self.move_requested)
        self._place.replaceWidget(before, self.form)
        self.form.show()  # now, so that the keyboard can go into it
        focus = QApplication.focusWidget()
        if focus is not None and before.isAncestorOf(focus):
            self.form.focus_first()
        before.hide()
        before.deleteLater()
        self.bar.show_part(editing)

    @property
    def spot(self) -> Spot:
        """Where one is, to go back to after the form was made anew."""
        part, name = self.form.focused
        caret = self.form.form_of(part).caret
        return Spot(part, name, caret, self._scroller.verticalScrollBar().value())

    def go_back(self, spot: Spot) -> None:
        """Put the keyboard and the page where they were."""
        form = self.form.form_of(spot.part)
        if form.focus(spot.field):
            form.set_caret(spot.caret)
        self._scroll_to = spot.scrolled
        QTimer.singleShot(0, self, self._scroll_back)  # once the new form has its height

    @Slot()
    def _scroll_back(self) -> None:
        self._scroller.verticalScrollBar().setValue(self._scroll_to)

    def begin(self) -> None:
        """Put the keyboard into the first field, at the top of the form."""
        self.scroll_up()
        self.form.focus_first()

    def scroll_up(self) -> None:
        """Show the top of the form."""
        self._scroller.verticalScrollBar().setValue(0)

    def go_to(self, part: Part, name: str = "") -> None:
        """Put the keyboard into a field of a part, or into its first."""
        form = self.form.form_of(part)
        if not name or not form.focus(name):
            form.focus_first()
        QTimer.singleShot(0, self, self._show_focus)

    @Slot()
    def _show_focus(self) -> None:
        focus = self.form.focusWidget()
        if self.form.isAncestorOf(focus):
            self._scroller.ensureWidgetVisible(focus, 0, 60)
