"""The editor of a tool: its outline, a form for the chosen part, and what people will see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.enums import PromptKind
from retention_desktop.toolkit.editing import Editing, Fault
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import KeptPacks
from retention_desktop.toolkit.parts import Part
from retention_desktop.ui.editor.bars import FaultBar, Pane, PartBar, Question, TopBar
from retention_desktop.ui.editor.form import Change, Form
from retention_desktop.ui.editor.forms import PromptForm, make_form
from retention_desktop.ui.editor.keeping import Keeper
from retention_desktop.ui.editor.opening import Opened, Places, go_back, publish
from retention_desktop.ui.editor.outline import Outline
from retention_desktop.ui.editor.preview import Preview
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
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
        self._session = session
        self._settings = settings
        self._places = places
        self._opened = opened
        self._editing = Editing(opened.tool)
        self._pane: Pane = "form"
        self._scroll_to = 0
        self._is_unsaved = False
        self._if_agreed: Callable[[], None] = self._throw_away
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
        self._part_bar = PartBar()
        self._part_bar.move_wanted.connect(self._move)
        self._part_bar.copy_wanted.connect(self._on_copy)
        self._part_bar.remove_wanted.connect(self._on_remove)
        self._form: Form = make_form(self._editing, ())
        self._preview = Preview(session.today)
        self._question = Question()
        self._question.agreed.connect(self._on_agreed)
        self._question.declined.connect(self._on_declined)
        self._footer = self._make_footer()
        self._panes: dict[Pane, QWidget] = {
            "outline": self._outline,
            "form": self._make_middle(),
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
        layout.addWidget(self._question)
        layout.addWidget(self._footer)
        self._add_shortcuts()
        self._show_form()
        self._refresh()
        if opened.notice:
            self._message.say(opened.notice, tone="warn")

    def arrive(self) -> None:
        """Ready to write in the first field."""
        self._form.focus("title")

    def may_leave(self) -> bool:
        """Whatever stands here can be kept, faults and all."""
        return True

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the draft now; `then` hears whether that worked."""
        self._keeper.flush(then)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # How it is put together

    def _make_middle(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("page")
        self._form_place = QVBoxLayout(inner)
        self._form_place.setContentsMargins(2, 2, 10, 12)
        self._form_place.addWidget(self._form)
        self._form_place.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._part_bar)
        layout.addWidget(self._scroll, 1)
        return middle

    def _make_footer(self) -> QWidget:
        close = button(_("Save and close"), icon="arrow-left")
        close.clicked.connect(self._on_close)
        more = button(_("More"), "quiet")
        menu = QMenu(more)
        throw_away = menu.addAction(_("Throw away my changes"))
        throw_away.triggered.connect(self._on_throw_away)
        if self._opened.is_own:
            give_up = menu.addAction(self._give_up_words)
            give_up.triggered.connect(self._on_give_up)
        more.setMenu(menu)
        self._use = button(_("Use this version"), "primary")
        self._use.clicked.connect(self._on_use)
        footer = QWidget()
        line = QHBoxLayout(footer)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(close)
        line.addStretch(1)
        line.addWidget(more)
        line.addWidget(self._use)
        return footer

    @property
    def _give_up_words(self) -> str:
        return _("Go back to the original") if self._opened.hides else _("Remove this tool")

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
            ("Escape", self._on_close),
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

    def _show_form(self) -> None:
        """The form of the chosen part, made anew."""
        before, self._form = self._form, make_form(self._editing, self._editing.at)
        self._form.changed.connect(self._on_changed)
        self._form.mend_requested.connect(self._on_mend)
        if isinstance(self._form, PromptForm):
            self._form.column_wanted.connect(self._on_add_column)
            self._form.copy_requested.connect(self._on_copy_column)
            self._form.remove_requested.connect(self._on_remove_column)
            self._form.move_requested.connect(self._on_move_column)
        self._form_place.replaceWidget(before, self._form)
        self._form.show()  # now, so that the keyboard can go into it
        focus = QApplication.focusWidget()
        if focus is not None and before.isAncestorOf(focus):
            self._form.focus_first()
        before.hide()
        before.deleteLater()
        self._part_bar.show_part(self._editing)

    @Slot()
    def _refresh(self) -> None:
        """What follows from the words: the faults, the marks in the outline, the preview."""
        self._refreshing.stop()
        editing = self._editing
        part = editing.at[:2]
        deep = len(part) == 2
        theirs = [f for f in editing.problems if (f.part[:2] if deep else f.part) == part]
        self._form.show_faults(editing, theirs)
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
            self._show_form()
            self._refresh()
        else:
            self._outline.show_names(editing)
            self._top.show_history(editing)
            self._refreshing.start()

    def _stay_in(self, editing: Editing) -> None:
        """As `_take`, with the keyboard and the page where they were."""
        part, name = self._form.focused
        caret = self._form.form_of(part).caret
        at = self._scroll.verticalScrollBar().value()
        self._take(editing)
        if self._form.form_of(part).focus(name):
            self._form.form_of(part).set_caret(caret)
        self._scroll_to = at
        QTimer.singleShot(0, self, self._scroll_back)  # once the new form has its height

    @Slot()
    def _scroll_back(self) -> None:
        self._scroll.verticalScrollBar().setValue(self._scroll_to)

    def _go_to(self, part: Part, name: str) -> None:
        """Open a part with the keyboard in one of its fields."""
        self._show_pane("form")
        self._take(self._editing.look_at(part[:2]))
        form = self._form.form_of(part)
        if not form.focus(name):
            form.focus_first()
        QTimer.singleShot(0, self, self._show_focus)

    @Slot()
    def _show_focus(self) -> None:
        focus = self._form.focusWidget()
        if self._form.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, 60)

    # What one does

    @Slot(object)
    def _on_part_chosen(self, part: Part) -> None:
        self._take(self._editing.look_at(part))
        self._scroll.verticalScrollBar().setValue(0)
        if self._pane == "outline":
            self._show_pane("form")
            self._form.focus_first()

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
        self._scroll.verticalScrollBar().setValue(0)
        self._form.focus_first()

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
        self._take_column(self._editing.add_column(self._form.part))

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
        self._form.form_of(editing.at).focus_first()
        QTimer.singleShot(0, self, self._show_focus)

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
        part, name = self._form.focused
        here = [
            place
            for place, fault in enumerate(problems)
            if fault.part == (part or self._editing.at)
            and self._form.form_of(fault.part).field_of(fault) == name
        ]
        later = [place for place, fault in enumerate(problems) if fault.part > self._editing.at]
        start = here[-1] + 1 if here else (later[0] if later else 0)
        fault = problems[start % len(problems)]
        self._go_to(fault.part, fault.field)

    # Keeping, using, letting go

    @Slot()
    def _on_use(self) -> None:
        self._refresh()
        if self._editing.problems:
            first = self._editing.problems[0]
            self._go_to(first.part, first.field)
            self._say(_("Mend what is marked first. Your words are kept meanwhile."), warn=True)
            return
        self.setEnabled(False)
        self._keeper.flush(self._publish)

    def _publish(self, kept: bool) -> None:
        if not kept:
            self.setEnabled(True)  # the message says why
            return
        self._session.work(
            self,
            partial(
                publish,
                self._places,
                self._session.toolkit,
                self._opened,
                self._editing.tool,
                self._settings.current.turned_off,
            ),
            done=self._on_published,
            failed=self._on_failed,
        )

    def _on_published(self, done: tuple[str, Toolkit, KeptPacks]) -> None:
        tool_id, toolkit, kept = done
        self._session.use(toolkit, kept)
        self.used.emit(tool_id, _("Your version is in use. Earlier records keep their words."))

    @Slot()
    def _on_throw_away(self) -> None:
        self._ask(
            _("All your changes since you last used this tool go, for good."),
            _("Throw them away"),
            self._throw_away,
        )

    def _throw_away(self) -> None:
        self._keeper.drop(self._opened.tool.id)
        self._keeper.flush(self._on_thrown_away)

    def _on_thrown_away(self, gone: bool) -> None:
        if gone:
            self.closed.emit()
        else:
            self.setEnabled(True)

    @Slot()
    def _on_give_up(self) -> None:
        if self._opened.hides:
            text = _("Your own version goes, and the original takes its place again.")
        else:
            text = _("Your tool goes, for good. What you wrote with it stays.")
        self._ask(text, self._give_up_words, self._give_up)

    def _give_up(self) -> None:
        self._keeper.drop(self._opened.tool.id)
        self._keeper.flush(self._take_away)

    def _take_away(self, kept: bool) -> None:
        if not kept:
            self.setEnabled(True)
            return
        self._session.work(
            self,
            partial(go_back, self._places, self._opened.tool.id, self._settings.current.turned_off),
            done=self._on_given_up,
            failed=self._on_failed,
        )

    def _on_given_up(self, done: tuple[str, Toolkit, KeptPacks]) -> None:
        tool_id, toolkit, kept = done
        self._session.use(toolkit, kept)
        if self._opened.hides:
            self.used.emit(tool_id, _("The original is back in its place."))
        else:
            self.closed.emit()

    def _ask(self, text: str, yes: str, if_agreed: Callable[[], None]) -> None:
        self._if_agreed = if_agreed
        self._footer.hide()
        self._question.ask(text, yes)

    def _end_question(self) -> None:
        self._question.hide()
        self._footer.show()

    @Slot()
    def _on_agreed(self) -> None:
        self._end_question()
        self.setEnabled(False)
        self._if_agreed()

    @Slot()
    def _on_declined(self) -> None:
        self._end_question()
        self._use.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_save_now(self) -> None:
        self._keeper.flush(_nothing_more)

    @Slot()
    def _on_close(self) -> None:
        if self._question.isVisible():
            self._on_declined()
        else:
            self._keeper.flush(self._close_if_kept)

    def _close_if_kept(self, kept: bool) -> None:
        if kept:
            self.closed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._message.say_error(error)

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
