"""The editor of a tool: its outline, a form for the chosen part, and what people will see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.enums import PromptKind
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.faults import Fault
from retention_desktop.toolkit.parts import Part
from retention_desktop.ui.editor.bars import FaultBar, Pane, TopBar
from retention_desktop.ui.editor.ending import Ending
from retention_desktop.ui.editor.form import Change
from retention_desktop.ui.editor.form_pane import FormPane
from retention_desktop.ui.editor.keeping import Keeper
from retention_desktop.ui.editor.opening import Opened, Places
from retention_desktop.ui.editor.outline import Outline
from retention_desktop.ui.editor.preview import Preview
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.message import Message

_REFRESH_AFTER_MS = 200
# Widths at 100 % text.
_ALL_FROM, _OUTLINE_FROM = 1000, 720
_OUTLINE_WIDTH = 236
_WIDEST = 16_777_215  # of a widget in Qt
_MARGIN = 24


class EditorScreen(QWidget):
    """Edits one tool. Everything is kept as a draft until it is used or thrown away.

    `used` carries the id of a tool that is in use now, and a sentence about it.
    """

    closed = Signal()
    used = Signal(str, str)

    def __init__(
        self, session: Session, settings: SettingsFile, places: Places, opened: Opened
    ) -> None:
        super().__init__()
        self._opened = opened
        self._editing = Editing(opened.tool)
        self._pane: Pane = "form"
        self._is_unsaved = False
        self._keeper = Keeper(session, places.drafts, self)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_save_failed)
        self._refreshing = QTimer(self, singleShot=True, interval=_REFRESH_AFTER_MS)
        self._refreshing.timeout.connect(self._refresh)

        self._top = TopBar()
        self._top.pane_chosen.connect(self._on_pane_chosen)
        self._top.undo_wanted.connect(self._on_undo)
        self._top.redo_wanted.connect(self._on_redo)
        self._message = Message()
        self._faults = FaultBar()
        self._faults.next_wanted.connect(self._on_next_fault)
        self._outline = Outline()
        self._outline.part_chosen.connect(self._on_part_chosen)
        self._outline.prompt_wanted.connect(self._on_add_prompt)
        self._outline.step_wanted.connect(self._on_add_step)
        self._outline.remove_requested.connect(self._on_remove)
        self._middle = FormPane(self._editing)
        self._middle.bar.move_wanted.connect(self._move)
        self._middle.bar.copy_wanted.connect(self._on_copy)
        self._middle.bar.remove_wanted.connect(self._on_remove)
        self._middle.changed.connect(self._on_changed)
        self._middle.mend_requested.connect(self._on_mend)
        self._middle.column_wanted.connect(self._on_add_column)
        self._middle.copy_requested.connect(self._on_copy_column)
        self._middle.remove_requested.connect(self._on_remove_column)
        self._middle.move_requested.connect(self._on_move_column)
        self._preview = Preview(session.today)
        self._ending = Ending(session, settings, places, opened, self._keeper)
        self._ending.use_wanted.connect(self._on_use)
        self._ending.busy.connect(self.setDisabled)
        self._ending.failed.connect(self._message.say_error)
        self._ending.closed.connect(self.closed)
        self._ending.used.connect(self.used)
        self._panes: dict[Pane, QWidget] = {
            "outline": self._outline,
            "form": self._middle,
            "preview": self._preview,
        }
        panes = QHBoxLayout()
        panes.setSpacing(20)
        for pane, widget in self._panes.items():
            panes.addWidget(widget, 0 if pane == "outline" else 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 20, _MARGIN, 18)
        layout.setSpacing(12)
        for bar in (self._top, self._message, self._faults):
            layout.addWidget(bar)
        layout.addLayout(panes, 1)
        layout.addWidget(self._ending)
        self._add_shortcuts()
        self._refresh()
        if opened.notice:
            self._message.say(opened.notice, tone="warn")

    def arrive(self) -> None:
        """Ready to write in the first field."""
        self._middle.form.focus("title")

    def may_leave(self) -> bool:
        """Whatever stands here can be kept, faults and all."""
        return True

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the draft now; `then` hears whether that worked."""
        self._keeper.flush(then)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Shift+Z", self._on_redo),
            ("Ctrl+Y", self._on_redo),
            ("Ctrl+Return", self._on_add_prompt),
            ("Ctrl+Shift+Return", self._on_add_step),
            ("Ctrl+D", self._on_copy),
            ("Alt+Shift+Up", self._on_up),
            ("Alt+Shift+Down", self._on_down),
            ("Ctrl+S", self._on_save_now),
            ("Escape", self._ending.leave),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    # What is shown

    def _arrange(self) -> None:
        """All three beside each other where there is room, else those that have been chosen."""
        width = self.width() - 2 * _MARGIN
        has_all, has_outline = width >= theme.px(_ALL_FROM), width >= theme.px(_OUTLINE_FROM)
        if has_outline and self._pane == "outline":
            self._pane = "form"
        tabs: tuple[Pane, ...] = (
            ("form", "preview") if has_outline else ("outline", "form", "preview")
        )
        for pane, widget in self._panes.items():
            widget.setVisible(has_all or pane not in tabs or pane == self._pane)
        self._outline.setMinimumWidth(theme.px(_OUTLINE_WIDTH) if has_outline else 0)
        self._outline.setMaximumWidth(theme.px(_OUTLINE_WIDTH) if has_outline else _WIDEST)
        self._top.show_panes(() if has_all else tabs, self._pane)

    def _show_pane(self, pane: Pane) -> None:
        self._pane = pane
        self._arrange()

    @Slot()
    def _refresh(self) -> None:
        """What follows from the words: the faults, the marks in the outline, the preview."""
        self._refreshing.stop()
        editing = self._editing
        part = editing.at[:2]
        deep = len(part) == 2
        theirs = [f for f in editing.problems if (f.part[:2] if deep else f.part) == part]
        self._middle.form.show_faults(editing, theirs)
        self._outline.show_tool(editing)
        self._preview.show_part(editing)
        self._faults.show_count(len(editing.problems))
        self._top.show_history(editing)

    def _take(self, editing: Editing, *, anew: bool = True) -> None:
        """The tool is this now; `anew` where fields may have come, gone or changed."""
        changed = editing.tool != self._editing.tool
        self._editing = editing
        if changed:
            if editing.tool == self._opened.published:
                self._keeper.drop(editing.tool.id)
            else:
                self._keeper.keep(editing.tool)
        if anew:
            self._middle.show_part(editing)
            self._refresh()
        else:
            self._outline.show_names(editing)
            self._top.show_history(editing)
            self._refreshing.start()

    def _stay_in(self, editing: Editing) -> None:
        """As `_take`, with the keyboard and the page where they were."""
        spot = self._middle.spot
        self._take(editing)
        self._middle.go_back(spot)

    def _go_to(self, part: Part, name: str) -> None:
        """Open a part with the keyboard in one of its fields."""
        self._show_pane("form")
        self._take(self._editing.look_at(part[:2]))
        self._middle.go_to(part, name)

    # What one does

    @Slot(object)
    def _on_part_chosen(self, part: Part) -> None:
        self._take(self._editing.look_at(part))
        self._middle.scroll_up()
        if self._pane == "outline":
            self._show_pane("form")
            self._middle.form.focus_first()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        part, name, value, typed = change
        editing = self._editing
        if isinstance(value, PromptKind):
            self._stay_in(editing.change_kind(part, value))
        elif name == "levels" and isinstance(value, tuple):
            self._take(editing.type_levels(part, value), anew=False)
        elif typed:
            self._take(editing.type_in(part, name, value), anew=False)
        else:
            self._stay_in(editing.change(part, **{name: value}))

    @Slot()
    def _on_add_prompt(self) -> None:
        if self._editing.tool.steps:
            self._add(self._editing.add_prompt())

    @Slot()
    def _on_add_step(self) -> None:
        self._add(self._editing.add_step())

    def _add(self, editing: Editing) -> None:
        self._take(editing)
        self._show_pane("form")
        self._middle.begin()

    @Slot()
    def _on_copy(self) -> None:
        if part := self._editing.at[:2]:
            self._take(self._editing.copy(part))
            self._say(_("Copied. The copy is open."))

    @Slot()
    def _on_remove(self) -> None:
        if part := self._editing.at[:2]:
            self._take(self._editing.remove(part))
            self._say(_("Removed. Undo brings it back."))

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot(int)
    def _move(self, by: int) -> None:
        part = self._editing.at[:2]
        if part and self._editing.can_move(part, by):
            self._stay_in(self._editing.move(part, by))

    @Slot()
    def _on_add_column(self) -> None:
        self._take_column(self._editing.add_column(self._middle.form.part))

    @Slot(object)
    def _on_copy_column(self, part: Part) -> None:
        self._take_column(self._editing.copy(part))

    @Slot(object)
    def _on_remove_column(self, part: Part) -> None:
        self._take_column(self._editing.remove(part))

    @Slot(object, int)
    def _on_move_column(self, part: Part, by: int) -> None:
        self._take_column(self._editing.move(part, by))

    def _take_column(self, editing: Editing) -> None:
        """As `_take`, with the keyboard in the column that was changed."""
        self._take(editing)
        self._middle.go_to(editing.at)

    @Slot(object)
    def _on_mend(self, fault: Fault) -> None:
        self._stay_in(self._editing.mend(fault))

    @Slot()
    def _on_undo(self) -> None:
        if self._editing.can_undo:
            self._stay_in(self._editing.undo())

    @Slot()
    def _on_redo(self) -> None:
        if self._editing.can_redo:
            self._stay_in(self._editing.redo())

    @Slot(str)
    def _on_pane_chosen(self, pane: Pane) -> None:
        self._refresh()
        self._show_pane(pane)

    @Slot()
    def _on_next_fault(self) -> None:
        """To the first fault after where the keyboard is, round at the end."""
        self._refresh()
        problems = self._editing.problems
        if not problems:
            return
        part, name = self._middle.form.focused
        here = [
            place
            for place, fault in enumerate(problems)
            if fault.part == (part or self._editing.at)
            and self._middle.form.form_of(fault.part).field_of(fault) == name
        ]
        later = [place for place, fault in enumerate(problems) if fault.part > self._editing.at]
        start = here[-1] + 1 if here else (later[0] if later else 0)
        fault = problems[start % len(problems)]
        self._go_to(fault.part, fault.field)

    # Keeping and using

    @Slot()
    def _on_use(self) -> None:
        self._refresh()
        if self._editing.problems:
            first = self._editing.problems[0]
            self._go_to(first.part, first.field)
            self._say(_("Mend what is marked first. Your words are kept meanwhile."), warn=True)
        else:
            self._ending.use(self._editing.tool)

    @Slot()
    def _on_save_now(self) -> None:
        self._keeper.flush(_nothing_more)

    @Slot(datetime)
    def _on_saved(self, when: datetime) -> None:
        if self._is_unsaved:
            self._is_unsaved = False
            self._message.clear()
        self._top.say_saved(when)

    @Slot(object)
    def _on_save_failed(self, error: BaseException) -> None:
        self._is_unsaved = True
        self._top.say_not_saved()
        self._message.say(
            _("{problem} Your words are still here, and we keep trying.").format(problem=error),
            tone="warn",
        )

    def _say(self, text: str, *, warn: bool = False) -> None:
        self._message.say(text, tone="warn" if warn else "calm")


def _nothing_more(_kept: bool) -> None:
    pass
