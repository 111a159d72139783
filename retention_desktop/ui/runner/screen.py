"""The runner: one page at a time, the steps at the side, everything saved as it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.journal.lists import add_to_list, remove_from_list
from retention_desktop.journal.records import finish_record, save_place
from retention_desktop.models.views import Changes, Record
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import Page
from retention_desktop.ui.runner.autosave import Autosave, Draft, ReviewDate
from retention_desktop.ui.runner.frame import WIDTH, Frame
from retention_desktop.ui.runner.open_draft import OpenDraft
from retention_desktop.ui.runner.opening import Surroundings
from retention_desktop.ui.runner.pages import PromptBody
from retention_desktop.ui.runner.run_page import RunPage, end_page
from retention_desktop.ui.runner.steps import WIDTH as STEPS_WIDTH
from retention_desktop.ui.runner.steps import StepList
from retention_desktop.ui.runner.timer import Countdown
from retention_desktop.ui.runner.together import PresenterKeys, suits_together
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import Scroller, clear
from retention_desktop.ui.widgets.text import announce
from retention_desktop.ui.wording import when_words
from retention_desktop.vault import Vault

# The widths, at 100 % text, at which there is room beside the page.
_STEPS_FROM = STEPS_WIDTH + WIDTH - 20
_ASIDE = 320
_ASIDE_FROM = STEPS_WIDTH + WIDTH + 80 + _ASIDE


class RunnerScreen(QWidget):
    """Leads through one draft. `closed` and `finished` come when everything is in the vault.

    In Together mode, which `together_changed` announces before anything is drawn for it, the page
    is for two people or a team to read, and nothing private is drawn.
    """

    closed = Signal()
    finished = Signal(int)
    together_changed = Signal(bool)
    cover_requested = Signal()

    def __init__(
        self, session: Session, record: Record, tool: Tool, surroundings: Surroundings
    ) -> None:
        super().__init__()
        self._session = session
        self.record_id = record.head.id
        self._draft = OpenDraft(record, tool, surroundings)
        self._last_is_open = True
        self._is_over = False
        self._countdown = Countdown(session.now, self)
        self._autosave = Autosave(session, self.record_id, self)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self._on_save_failed)

        self._steps = StepList(self._draft.run, record.head.person)
        self._steps.page_chosen.connect(self.go_to)
        self._aside, self._aside_place = _aside()
        self._frame = self._make_frame()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._steps)
        layout.addWidget(self._frame, 1)
        layout.addWidget(self._aside)
        self._layout = layout
        for keys, slot in (
            ("Ctrl+Return", self._on_next),
            ("Alt+Left", self._on_back),
            ("Ctrl+S", self._on_save_now),
            ("Escape", self._on_escape),
            ("F8", self._on_together),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        self._saved = "" if self.is_blank else when_words(record.head.updated, session.now())
        self._problem = ""
        self._show_saved()
        self._show_page()

    @property
    def is_blank(self) -> bool:
        """Whether the draft holds nothing that anybody wrote or chose in it."""
        return self._draft.is_blank

    @property
    def is_together(self) -> bool:
        """Whether others read along."""
        return self._draft.is_together

    @property
    def page_key(self) -> str:
        """The key of the page that is open."""
        return self._draft.run.page.key

    def arrive(self) -> None:
        """Ready to write."""
        self._page.arrive()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Put everything into the vault; `then` hears whether that worked."""
        if self._page.review is not None:
            self._autosave.put(ReviewDate(self._draft.review_on))  # what was proposed is now agreed
        self._autosave.flush(then)

    def say_leave_together_first(self) -> None:
        """The rest of the journal is not for everybody in the room."""
        self._frame.message.say(_("The rest is yours alone. Leave Together first, with Esc."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, except where it belongs to the text; in a row, to the next field.

        In Together the title has the keyboard at first, and what is typed there is not lost.
        """
        page, body = self._page, self._page.body
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if body is not None and body.has_rows and isinstance(self.focusWidget(), QLineEdit):
                self.focusNextChild()
            else:
                self._on_next()
        elif body is None or not page.heading.hasFocus() or not body.begin_to_write(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # The page

    def _make_frame(self) -> Frame:
        frame = Frame(
            self._countdown,
            may_be_together=suits_together(self._draft.tool),
            together=self.is_together,
            hides_questions=self.is_together and bool(self._draft.private),
        )
        frame.step_chosen.connect(self.go_to)
        frame.back.clicked.connect(self._on_back)
        frame.save_and_close.clicked.connect(self._on_close)
        frame.next.clicked.connect(self._on_next)
        frame.without.clicked.connect(self._on_finish_without)
        frame.together.clicked.connect(self._on_together)
        frame.cover.clicked.connect(self.cover_requested)
        if self.is_together:
            keys = PresenterKeys(frame)
            keys.on_pressed.connect(self._on_turned_on)
            keys.back_pressed.connect(self._on_back)
            keys.cover_pressed.connect(self.cover_requested)
        return frame

    def _show_page(self) -> None:
        clear(self._aside_place)
        self._page = page = RunPage.of(
            self._draft, self._session.today, last_is_open=self._last_is_open
        )
        page.page_chosen.connect(self.go_to)
        if page.body is not None:
            page.body.changed.connect(self._on_answer_changed)
            page.body.own_added.connect(self._on_own_added)
            page.body.own_removed.connect(self._on_own_removed)
        if page.review is not None:
            page.review.chosen.connect(self._on_review_chosen)
        if page.last_time is not None:
            page.last_time.toggled.connect(self._on_last_time_toggled)
        self._frame.show_page(page)
        self._countdown.come_to(self._draft.run.page)
        self._show_place()
        self._fold()

    def _show_place(self) -> None:
        self._steps.show_run(self._draft.run)
        self._frame.show_place(self._draft.run)

    def _fold(self) -> None:
        """The steps fold away, and the last time goes below, where there is no room for them."""
        beside = not self.is_together and self.width() >= theme.px(_STEPS_FROM)
        self._steps.setVisible(beside)
        aside = not self.is_together and self.width() >= theme.px(_ASIDE_FROM)
        last_time = self._page.last_time
        self._aside.setVisible(aside and last_time is not None)
        if last_time is not None:
            place = self._aside_place if aside else self._page.column
            if place.indexOf(last_time) < 0:
                place.addWidget(last_time, 1)
        self._frame.fold(steps_are_beside=beside)

    @Slot(bool)
    def _on_last_time_toggled(self, is_open: bool) -> None:
        self._last_is_open = is_open

    # Writing

    def _read_answer(self, page: Page, body: PromptBody) -> Draft:
        return self._draft.write(page, body.value, body.audience)

    @Slot()
    def _on_answer_changed(self) -> None:
        page, body = self._draft.run.page, self._page.body
        assert page.prompt is not None
        assert body is not None
        self._autosave.note(partial(self._read_answer, page, body))
        if self._draft.is_decisive(page.prompt):
            self._read_answer(page, body)
            self._show_place()

    @Slot(str, str)
    def _on_own_added(self, name: str, item: str) -> None:
        self._draft.add_own(name, item)
        self._tell(lambda vault: add_to_list(vault, name, item))

    @Slot(str, str)
    def _on_own_removed(self, name: str, item: str) -> None:
        self._draft.remove_own(name, item)
        self._tell(lambda vault: remove_from_list(vault, name, item))

    @Slot(object)
    def _on_review_chosen(self, day: date | None) -> None:
        self._draft.choose_review(day)
        self._autosave.put(ReviewDate(day))

    # Going on and back

    @Slot(str)
    def go_to(self, key: str) -> None:
        """Open a page, by the key that `Run` gives it."""
        if not self.may_leave():
            self._steps.show_run(self._draft.run)
            return
        self._leave_page()
        self._draft.run = self._draft.run.go_to(key)
        self._arrive_at_page()

    @Slot()
    def _on_next(self) -> None:
        if self._is_over:
            self._on_together()
        elif not self.may_leave():
            return
        elif not self._draft.run.is_last:
            self._turn(on=True)
        elif not self.is_together:
            self._finish_with(agreed=False)
        elif self._page.agreement is None:
            self._ask_to_agree()
        elif self._page.agreement.is_agreed:
            self._finish_with(agreed=True)
        else:
            self._page.agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_back(self) -> None:
        if not self._is_over and not self._draft.run.is_first and self.may_leave():
            self._turn(on=False)

    @Slot()
    def _on_turned_on(self) -> None:
        """A clicker turns pages; it never finishes anything."""
        if not self._is_over and not self._draft.run.is_last and self.may_leave():
            self._turn(on=True)

    def _turn(self, *, on: bool) -> None:
        self._leave_page()
        self._draft.run = self._draft.run.next() if on else self._draft.run.back()
        self._arrive_at_page()

    @Slot()
    def _on_save_now(self) -> None:
        self._autosave.flush(_nothing_more)

    @Slot()
    def _on_escape(self) -> None:
        if self.is_together:
            self._on_together()
        else:
            self._on_close()

    @Slot()
    def _on_close(self) -> None:
        if self.may_leave():
            self.flush(self._close_if_kept)

    def _close_if_kept(self, kept: bool) -> None:
        if kept:
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether all that stands on the page can be kept; if not, the page says what is wrong."""
        if (wrong := self._page.wrong_date) is not None:
            wrong.complain()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if problem := self._page.problem:
            self._frame.message.say(problem, tone="warn")
        return not problem

    def _leave_page(self) -> None:
        """Reads what is being written while its editor is still there, and saves it."""
        self.flush(_nothing_more)

    def _arrive_at_page(self) -> None:
        if not self._problem:
            self._frame.message.clear()
        self._show_page()
        self._page.arrive()
        record_id, key = self.record_id, self._draft.run.page.key
        self._tell(lambda vault: save_place(vault, record_id, key))

    # Together

    @Slot()
    def _on_together(self) -> None:
        """Go into Together mode or out of it, on the same page."""
        if not suits_together(self._draft.tool) or not self.may_leave():
            return
        self._leave_page()
        if not self.is_together and self._draft.is_all_private:
            self._frame.message.say(
                _("Every question here is private. Under a question you can change who it is for.")
            )
            return
        self._draft.turn_together()
        if self._is_over:
            self.together_changed.emit(False)
            self.finished.emit(self.record_id)
            return
        self._frame.hide()
        self._layout.removeWidget(self._frame)
        self._frame.deleteLater()
        self.together_changed.emit(self.is_together)
        self._frame = self._make_frame()
        self._layout.insertWidget(1, self._frame, 1)
        self._show_saved()
        self._arrive_at_page()

    def _ask_to_agree(self) -> None:
        agreement = self._page.ask_to_agree(self._draft)
        agreement.changed.connect(self._on_agreement_changed)
        self._frame.ask_to_agree()
        agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_agreement_changed(self) -> None:
        assert self._page.agreement is not None
        self._frame.next.setEnabled(self._page.agreement.is_agreed)

    def _show_end(self, agreed: bool) -> None:
        self._is_over = True
        self._page = end_page(self._draft.tool, agreed=agreed)
        self._frame.show_page(self._page)
        self._frame.end()
        self.setEnabled(True)
        self._page.arrive()

    # Finishing and saving

    @Slot()
    def _on_finish_without(self) -> None:
        self._finish_with(agreed=False)

    def _finish_with(self, *, agreed: bool) -> None:
        self.setEnabled(False)  # nothing can be written to a record that is being finished
        self._autosave.flush(partial(self._finish, agreed))

    def _finish(self, agreed: bool, kept: bool) -> None:
        if not kept:
            self.setEnabled(True)
            return
        self._session.tell(
            self,
            partial(
                finish_record,
                record_id=self.record_id,
                review_on=self._draft.review_on,
                now=self._session.now(),
                agreed=agreed,
                tool=self._draft.tool,
            ),
            done=partial(self._on_finished, agreed),
            failed=self._on_finish_failed,
        )

    def _on_finish_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._frame.message.say_error(error)

    def _on_finished(self, agreed: bool, _changes: Changes) -> None:
        if self.is_together:
            self._show_end(agreed)
        else:
            self.finished.emit(self.record_id)

    def _tell(self, verb: Callable[[Vault], Changes]) -> None:
        self._session.tell(self, verb, done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, _changes: Changes) -> None:
        pass

    def _on_failed(self, error: BaseException) -> None:
        self._frame.message.say_error(error)

    @Slot(datetime)
    def _on_saved(self, when: datetime) -> None:
        self._frame.message.clear()
        self._saved, self._problem = f"{when:%H:%M}", ""
        self._show_saved()
        announce(self._frame, _("Saved {when}").format(when=self._saved))

    @Slot(str)
    def _on_save_failed(self, sentence: str) -> None:
        self._problem = sentence
        self._show_saved()

    def _show_saved(self) -> None:
        if self._problem:
            self._frame.say_not_saved()
            self._frame.message.say(
                _("{problem} Your words are still here, and we keep trying.").format(
                    problem=self._problem
                ),
                tone="warn",
            )
        elif self._saved:
            self._frame.say_saved(self._saved)


def _aside() -> tuple[QFrame, QVBoxLayout]:
    """A column at the right that scrolls, and the layout of what stands in it."""
    inner = QWidget()
    inner.setObjectName("page")
    place = QVBoxLayout(inner)
    place.setContentsMargins(16, 34, 24, 20)
    frame = QFrame()
    frame.setObjectName("aside")
    frame.setFixedWidth(theme.px(_ASIDE))
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(Scroller(inner))
    return frame, place


def _nothing_more(_kept: bool) -> None:
    pass
