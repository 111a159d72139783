"""What stays while pages come and go: where one is, that it is saved, and the ways on and back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from retention_desktop.toolkit.run import Run
from retention_desktop.ui.runner.steps import in_sentence, page_name, step_pages
from retention_desktop.ui.runner.timer import Countdown, TimerBar
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page, centred
from retention_desktop.ui.widgets.text import icon_label, label

WIDTH = 640  # of what one writes in, at 100 % text
_GAP = 8


class Frame(QWidget):
    """The lines above and below a page. `step_chosen` carries the key of a page.

    With `together` it says less and is meant to be read from across a table.
    """

    step_chosen = Signal(str)

    def __init__(
        self,
        countdown: Countdown,
        *,
        may_be_together: bool,
        together: bool,
        hides_questions: bool,
    ) -> None:
        super().__init__()
        self._is_together = together
        self._has_ended = False
        self.message = Message()
        self._position = label("", "small-strong", wrap=False)
        self._all_steps = button(_("All steps"), "quiet")
        self._menu = QMenu(self._all_steps)
        self._menu.triggered.connect(self._on_step_chosen)
        self._all_steps.setMenu(self._menu)
        self.timer = TimerBar(countdown)
        self.timer.changed.connect(self._arrange)
        self.cover = button(_("Cover"), "quiet")
        self.cover.setToolTip(_("Cover the window: F9"))
        self.together = button(_("Leave Together") if together else _("Together"), "quiet")
        self.together.setToolTip(
            _("Back to normal size: Esc")
            if together
            else _("Large type, one question at a time, nothing private: F8")
        )
        self._saved = label("", "small", wrap=False)
        self._saved_icon = icon_label("check", "accent", 16)
        self._saved_group = QWidget()

        self.back = button(_("Back"), icon="arrow-left")
        self.save_and_close = button(_("Save and close"), "quiet")
        self.without = button(_("Finish without agreeing"))
        self.next = button("", "primary")
        self._place = QVBoxLayout()
        self._page: Page | None = None

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(
            centred(self._top(hides_questions), WIDTH, above=16 if together else 34, below=4)
        )
        layout.addWidget(centred(self.message, WIDTH))
        layout.addLayout(self._place, 1)
        layout.addWidget(centred(self._footer(), WIDTH, above=12, below=24))
        self._texts = ("", "")
        for each, is_there in (
            (self._all_steps, False),
            (self.cover, together),
            (self.together, may_be_together),
            (self.save_and_close, not together),
            (self.without, False),
            (self._saved_group, False),
        ):
            each.setVisible(is_there)  # now that it is no window of its own

    def show_page(self, page: Page) -> None:
        """Put a page in place of the one before, which is let go."""
        before, self._page = self._page, page
        if before is not None:
            before.hide()
            before.deleteLater()
        self._place.addWidget(page)

    def show_place(self, run: Run) -> None:
        """Say where the run is and what comes next."""
        self._menu.clear()
        for key, name in step_pages(run):
            self._menu.addAction(name).setData(key)
        position = run.position
        self._position.setText(
            _("Step {number} of {count}").format(number=position[0], count=position[1])
            if position
            else _("Almost done")
        )
        self.back.setEnabled(not run.is_first)
        self.without.hide()
        self.next.setEnabled(True)
        if run.is_last:
            self.say_next(_("Finish"))
        else:
            name = in_sentence(page_name(run.next()))
            self.say_next(_("Next: {page}").format(page=name), short=_("Next"))

    def say_next(self, text: str, *, short: str = "") -> None:
        """What the button says that leads on; `short` where there is no room for more."""
        self._texts = (text, short or text)
        self._arrange()

    def ask_to_agree(self) -> None:
        """From here there are two ways to finish."""
        self.without.show()
        self.next.setEnabled(False)
        self.say_next(_("Finish: we agree"), short=_("We agree"))

    def end(self) -> None:
        """Nothing is left to do but to leave."""
        self._has_ended = True
        for each in (self.back, self.without, self.cover, self.together):
            each.hide()
        self._position.setText(_("Done"))
        self.next.setEnabled(True)
        self.say_next(_("Leave Together"))

    def say_saved(self, when: str) -> None:
        """When it was saved, as words."""
        self._saved_group.show()
        self._saved_icon.show()
        self._saved.setText(_("Saved {when}").format(when=when))
        self._arrange()

    def say_not_saved(self) -> None:
        """What was written last is not in the vault yet."""
        self._saved_group.show()
        self._saved_icon.hide()
        self._saved.setText(_("Not saved yet"))
        self._arrange()

    def fold(self, *, steps_are_beside: bool) -> None:
        """Where the steps are not beside the page, a menu has them."""
        self._all_steps.setVisible(not steps_are_beside and not self._is_together)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _top(self, hides_questions: bool) -> QWidget:
        where, modes, saved = QWidget(), QWidget(), self._saved_group
        for group, parts in (
            (where, (self._position, self._all_steps)),
            (modes, (self.cover, self.together)),
            (saved, (self._saved_icon, self._saved)),
        ):
            line = QHBoxLayout(group)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(_GAP)
            for part in parts:
                line.addWidget(part)
        self._groups = (where, self.timer, modes, saved)
        self._modes = modes
        self._first = QHBoxLayout()
        self._first.setSpacing(14)
        self._first.addWidget(where)
        self._first.addStretch(1)
        self._first.addWidget(saved)
        self._second = QHBoxLayout()
        self._second.addWidget(self.timer, 1)
        self._second.addStretch(0)
        self._second.addWidget(modes)
        self._is_one_line = False
        top = QWidget()
        lines = QVBoxLayout(top)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addLayout(self._first)
        lines.addLayout(self._second)
        if hides_questions:
            hidden = QHBoxLayout()
            hidden.setSpacing(_GAP)
            hidden.addWidget(icon_label("eye-off", "muted", 16))
            hidden.addWidget(label(_("Private questions are hidden."), "small"), 1)
            lines.addLayout(hidden)
        return top

    def _footer(self) -> QWidget:
        footer = QWidget()
        line = QHBoxLayout(footer)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.back)
        line.addStretch(1)
        for each in (self.save_and_close, self.without, self.next):
            line.addWidget(each)
        return footer

    @Slot()
    def _arrange(self) -> None:
        """All in one line where there is room, and the button on says all it can."""
        self.timer.setVisible(self.timer.is_wanted and not self._has_ended)
        room = min(self.width() - 80, theme.px(WIDTH))
        self.timer.wrap(False)
        wanted = sum(each.sizeHint().width() + _GAP for each in self._groups if not each.isHidden())
        self._put_in_one_line(wanted <= room)
        self.timer.wrap(not self._is_one_line)
        others = [e for e in (self.back, self.save_and_close, self.without) if not e.isHidden()]
        taken = sum(each.sizeHint().width() + 12 for each in others)
        text, short = self._texts
        fits = self.next.fontMetrics().horizontalAdvance(text) + 40 + taken <= room
        self.next.setText(text if fits else short)

    def _put_in_one_line(self, on: bool) -> None:
        if on == self._is_one_line:
            return
        self._is_one_line = on
        self._second.removeWidget(self.timer)
        self._second.removeWidget(self._modes)
        self._first.removeWidget(self.timer)
        self._first.removeWidget(self._modes)
        if on:
            self._first.insertWidget(1, self.timer)
            self._first.insertWidget(3, self._modes)
        else:
            self._second.insertWidget(0, self.timer, 1)
            self._second.addWidget(self._modes)

    @Slot(QAction)
    def _on_step_chosen(self, action: QAction) -> None:
        self.step_chosen.emit(action.data())
