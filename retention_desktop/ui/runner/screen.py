"""The runner: one page at a time, the steps at the side, everything saved as it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from retention_desktop.journal.lists import add_to_list, remove_from_list
from retention_desktop.journal.records import finish_record, save_place
from retention_desktop.models.enums import Audience
from retention_desktop.models.prompts import Prompt
from retention_desktop.models.views import Changes, Record
from retention_desktop.sharing.summary import Section, summarise
from retention_desktop.toolkit.definition import NoFollowUp, Tool
from retention_desktop.toolkit.run import (
    CHECK_PAGE,
    REVIEW_PAGE,
    Page,
    Run,
    follows_last_use,
    review_date,
)
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.runner.autosave import Autosave, Draft, ReviewDate
from retention_desktop.ui.runner.editors import Around
from retention_desktop.ui.runner.frame import WIDTH, Frame
from retention_desktop.ui.runner.opening import Surroundings, fitting, written_in
from retention_desktop.ui.runner.pages import (
    CheckBody,
    LastTime,
    PromptBody,
    ReviewBody,
    script_card,
)
from retention_desktop.ui.runner.steps import WIDTH as STEPS_WIDTH
from retention_desktop.ui.runner.steps import StepList, begins_step
from retention_desktop.ui.runner.timer import Countdown
from retention_desktop.ui.runner.together import (
    Agreement,
    PresenterKeys,
    run_together,
    suits_together,
)
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.page import Page as ScrollPage
from retention_desktop.ui.widgets.text import announce, label
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
        self.is_together = False
        self._tool = tool
        self._person = record.head.person
        self._last = surroundings.last if follows_last_use(tool, record.head.person) else None
        self._last_is_open = True
        self._own_lists = dict(surroundings.own_lists)
        self._review_on = record.head.review_on
        self._proposed: date | None = None
        self._review_seen = record.head.review_on is not None or record.head.page in (
            REVIEW_PAGE,
            CHECK_PAGE,
        )
        self._audiences = {answer.prompt.id: answer.audience for answer in record.answers}
        written = written_in(record)
        answers = fitting(written, tool)
        # More than the answers that can be seen: a date, an audience, or words that no longer fit.
        self._holds_more = (
            record.head.review_on is not None
            or answers.keys() != written.keys()
            or any(each.audience is not each.prompt.audience for each in record.answers)
        )
        self._run = Run(tool, answers, record.head.page)
        self._decisive = {prompt.only_if.prompt for prompt in tool.prompts if prompt.only_if}
        self._body: PromptBody | None = None
        self._review: ReviewBody | None = None
        self._agreement: Agreement | None = None
        self._last_time: LastTime | None = None
        self._is_over = False
        self._countdown = Countdown(session.now, self)
        self._autosave = Autosave(session, self.record_id, self)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self._on_save_failed)

        self._steps = StepList(self._run, self._person)
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
        answered = (prompt for prompt in self._tool.prompts if prompt.id in self._run.answers)
        return not self._holds_more and all(map(self._is_carried, answered))

    @property
    def page_key(self) -> str:
        """The key of the page that is open."""
        return self._run.page.key

    def arrive(self) -> None:
        """Ready to write."""
        self._focus_page()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Put everything into the vault; `then` hears whether that worked."""
        if self._review is not None:
            self._autosave.put(ReviewDate(self._review_on))  # what was proposed is now agreed
        self._autosave.flush(then)

    def say_leave_together_first(self) -> None:
        """The rest of the journal is not for everybody in the room."""
        self._frame.message.say(_("The rest is yours alone. Leave Together first, with Esc."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, except where it belongs to the text; in a row, to the next field.

        In Together the title has the keyboard at first, and what is typed there is not lost.
        """
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            body = self._body if self._page.heading.hasFocus() else None
            if body is None or not body.begin_to_write(event):
                super().keyPressEvent(event)
        elif self._body is not None and self._body.has_rows and _is_line(self.focusWidget()):
            self.focusNextChild()
        else:
            self._on_next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # The page

    def _make_frame(self) -> Frame:
        frame = Frame(
            self._countdown,
            may_be_together=suits_together(self._tool),
            together=self.is_together,
            hides_questions=self.is_together and bool(self._private),
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
        page = self._run.page
        shown = ScrollPage("", width=WIDTH)
        shown.column.setContentsMargins(0, 14, 0, 12)
        shown.column.setSpacing(12)
        self._body = self._review = self._agreement = None
        if self._last_time is not None:
            self._last_time.hide()
            self._last_time.deleteLater()
            self._last_time = None
        focus: QWidget = shown.heading
        self._aloud: tuple[str, ...] = ()
        if page.step is not None and page.step.script and begins_step(self._run):
            self._aloud = page.step.script
            shown.column.insertWidget(0, script_card(self._aloud))
        if page.key == REVIEW_PAGE:
            focus = self._show_review(shown, page)
        elif page.step is not None:
            focus = self._show_step(shown, page) or focus
        else:
            self._show_check(shown)
        # Where several read along, the page comes first: one key turns it, and none writes.
        self._focus = shown.heading if self.is_together else focus
        self._page: ScrollPage = shown
        self._frame.show_page(shown)
        self._countdown.come_to(page)
        self._show_place()
        self._fold()

    def _show_place(self) -> None:
        self._steps.show_run(self._run)
        self._frame.show_place(self._run)

    def _show_step(self, shown: ScrollPage, page: Page) -> QWidget | None:
        assert page.step is not None
        prompt = page.prompt
        if prompt is None:
            shown.heading.setText(page.step.title)
            shown.column.addWidget(label(page.step.text, "reading"))
            shown.column.addStretch(1)
            return None
        shown.heading.setText(prompt.label)
        if begins_step(self._run):
            shown.column.addWidget(label(page.step.text, "lead"))
        if prompt.help:
            shown.column.addWidget(label(prompt.help, "muted"))
        if self._is_carried(prompt):
            shown.column.addWidget(label(_("From last time. Change what has changed."), "muted"))
        hidden = self._private if self.is_together else frozenset()
        self._body = PromptBody(
            prompt,
            self._run.answers.get(prompt.id),
            self._audience(prompt),
            self._person,
            Around(
                self._session.today,
                {key: value for key, value in self._run.answers.items() if key not in hidden},
                self._own_lists,
            ),
            may_change_audience=not self.is_together,
        )
        self._body.changed.connect(self._on_answer_changed)
        self._body.own_added.connect(self._on_own_added)
        self._body.own_removed.connect(self._on_own_removed)
        recalled = self._recalled(prompt)
        if recalled:
            self._last_time = LastTime(self._last_time_words, recalled, is_open=self._last_is_open)
            self._last_time.toggled.connect(self._on_last_time_toggled)
            shown.column.addWidget(self._body)
            self._below = shown.column
        else:
            shown.column.addWidget(self._body, 1)
        return self._body

    def _show_review(self, shown: ScrollPage, page: Page) -> QWidget:
        follow_up = self._tool.follow_up
        shown.heading.setText(_("When will you look again?"))
        if page.step is not None and not page.step.prompts:
            shown.column.addWidget(label(page.step.text, "lead"))
        if not isinstance(follow_up, NoFollowUp):
            shown.column.addWidget(label(follow_up.text, "muted"))
        if not self._review_seen or (self._review_on and self._review_on == self._proposed):
            # Proposed, and kept when one goes on, unless something else is chosen.
            self._review_seen = True
            self._review_on = self._proposed = review_date(
                follow_up, self._session.today, self._run.answers
            )
        self._review = ReviewBody(self._run, self._review_on, self._session.today)
        self._review.chosen.connect(self._on_review_chosen)
        shown.column.addWidget(self._review, 1)
        return self._review

    def _show_check(self, shown: ScrollPage) -> None:
        shown.heading.setText(
            _("Read together what was written") if self.is_together else _("Check what you wrote")
        )
        body = CheckBody(self._run, self._review_on)
        body.change.connect(self.go_to)
        shown.column.addWidget(body, 1)

    def _fold(self) -> None:
        """The steps fold away, and the last time goes below, where there is no room for them."""
        beside = not self.is_together and self.width() >= theme.px(_STEPS_FROM)
        self._steps.setVisible(beside)
        aside = not self.is_together and self.width() >= theme.px(_ASIDE_FROM)
        self._aside.setVisible(aside and self._last_time is not None)
        if self._last_time is not None:
            place = self._aside_place if aside else self._below
            if place.indexOf(self._last_time) < 0:
                place.addWidget(self._last_time, 1)
        self._frame.fold(steps_are_beside=beside)

    def _focus_page(self) -> None:
        self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._aloud:
            announce(self._page, _("Read aloud: {words}").format(words=" ".join(self._aloud)))

    def _audience(self, prompt: Prompt) -> Audience:
        return self._audiences.get(prompt.id, prompt.audience)

    @property
    def _private(self) -> frozenset[str]:
        """The questions whose answers are for the writer alone."""
        prompts = self._tool.prompts
        return frozenset(p.id for p in prompts if self._audience(p) is Audience.PRIVATE)

    # The last time

    def _is_carried(self, prompt: Prompt) -> bool:
        """Whether the answer is still as it came from the last time."""
        if not prompt.carries or self._last is None:
            return False
        before = written_in(self._last).get(prompt.id)
        return before is not None and self._run.answers.get(prompt.id) == before

    def _recalled(self, prompt: Prompt) -> tuple[Section, ...]:
        """What the prompt asks to be reminded of, without what is private where others read."""
        if self._last is None:
            return ()
        parts = {
            answer.prompt.id
            for answer in self._last.answers
            if answer.prompt.id in prompt.recalls
            if not (self.is_together and answer.audience is Audience.PRIVATE)
        }
        return summarise(self._last, parts).sections

    @property
    def _last_time_words(self) -> str:
        assert self._last is not None
        moment = self._last.head.finished or self._last.head.updated
        return _("Last time, on {date}").format(date=long_date(moment.astimezone().date()))

    @Slot(bool)
    def _on_last_time_toggled(self, is_open: bool) -> None:
        self._last_is_open = is_open

    # Writing

    def _read_answer(self, page: Page, body: PromptBody) -> Draft:
        assert page.step is not None
        assert page.prompt is not None
        self._run = self._run.with_answer(page.prompt.id, body.value)
        before = self._audience(page.prompt)
        self._holds_more = self._holds_more or body.audience is not before
        self._audiences[page.prompt.id] = body.audience
        return Draft(page.step, page.prompt, body.value, body.audience)

    @Slot()
    def _on_answer_changed(self) -> None:
        assert self._body is not None
        page = self._run.page
        self._autosave.note(partial(self._read_answer, page, self._body))
        if page.prompt is not None and page.prompt.id in self._decisive:
            self._read_answer(page, self._body)
            self._show_place()

    @Slot(str, str)
    def _on_own_added(self, name: str, item: str) -> None:
        self._own_lists[name] = (*self._own_lists.get(name, ()), item)
        self._tell(lambda vault: add_to_list(vault, name, item))

    @Slot(str, str)
    def _on_own_removed(self, name: str, item: str) -> None:
        self._own_lists[name] = tuple(e for e in self._own_lists.get(name, ()) if e != item)
        self._tell(lambda vault: remove_from_list(vault, name, item))

    @Slot(object)
    def _on_review_chosen(self, day: date | None) -> None:
        self._holds_more = True
        self._review_on = day
        self._proposed = None
        self._autosave.put(ReviewDate(day))

    # Going on and back

    @Slot(str)
    def go_to(self, key: str) -> None:
        """Open a page, by the key that `Run` gives it."""
        if not self.may_leave():
            self._steps.show_run(self._run)
            return
        self._leave_page()
        self._run = self._run.go_to(key)
        self._arrive_at_page()

    @Slot()
    def _on_next(self) -> None:
        if self._is_over:
            self._on_together()
        elif not self.may_leave():
            return
        elif not self._run.is_last:
            self._turn(on=True)
        elif not self.is_together:
            self._finish_with(agreed=False)
        elif self._agreement is None:
            self._ask_to_agree()
        elif self._agreement.is_agreed:
            self._finish_with(agreed=True)
        else:
            self._agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_back(self) -> None:
        if not self._is_over and not self._run.is_first and self.may_leave():
            self._turn(on=False)

    @Slot()
    def _on_turned_on(self) -> None:
        """A clicker turns pages; it never finishes anything."""
        if not self._is_over and not self._run.is_last and self.may_leave():
            self._turn(on=True)

    def _turn(self, *, on: bool) -> None:
        self._leave_page()
        self._run = self._run.next() if on else self._run.back()
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
        dates = self._page.findChildren(DateField)
        wrong = next((each for each in dates if each.isVisible() and each.is_wrong), None)
        if wrong is not None:
            wrong.complain()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        asked = self._body or self._review
        problem = asked.problem if asked is not None else ""
        if problem:
            self._frame.message.say(problem, tone="warn")
        return not problem

    def _leave_page(self) -> None:
        """Reads what is being written while its editor is still there, and saves it."""
        self.flush(_nothing_more)

    def _arrive_at_page(self) -> None:
        if not self._problem:
            self._frame.message.clear()
        self._show_page()
        self._focus_page()
        record_id, key = self.record_id, self._run.page.key
        self._tell(lambda vault: save_place(vault, record_id, key))

    # Together

    @Slot()
    def _on_together(self) -> None:
        """Go into Together mode or out of it, on the same page."""
        if not suits_together(self._tool) or not self.may_leave():
            return
        self._leave_page()
        if not self.is_together and self._private >= {p.id for p in self._tool.prompts}:
            self._frame.message.say(
                _("Every question here is private. Under a question you can change who it is for.")
            )
            return
        self.is_together = not self.is_together
        if self._is_over:
            self.together_changed.emit(False)
            self.finished.emit(self.record_id)
            return
        if self.is_together:
            self._run = run_together(self._run, self._private)
        else:
            self._run = Run(self._tool, self._run.answers, self._run.page.key)
        self._frame.hide()
        self._layout.removeWidget(self._frame)
        self._frame.deleteLater()
        self.together_changed.emit(self.is_together)
        self._frame = self._make_frame()
        self._layout.insertWidget(1, self._frame, 1)
        self._show_saved()
        self._arrive_at_page()

    def _ask_to_agree(self) -> None:
        self._agreement = Agreement(self._tool, self._person)
        self._agreement.changed.connect(self._on_agreement_changed)
        self._page.column.addWidget(self._agreement)
        bar = self._page.scroller.verticalScrollBar()
        bar.rangeChanged.connect(self._bring_agreement_into_sight)  # once it has its place
        self._frame.ask_to_agree()
        self._agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _bring_agreement_into_sight(self) -> None:
        if self._agreement is not None:
            self._page.scroller.ensureWidgetVisible(self._agreement, 0, 20)

    @Slot()
    def _on_agreement_changed(self) -> None:
        assert self._agreement is not None
        self._frame.next.setEnabled(self._agreement.is_agreed)

    def _show_end(self, agreed: bool) -> None:
        """The record is for its writer to open, so what everybody sees is only that it is kept."""
        self._is_over = True
        self._body = self._review = self._agreement = None
        self._aloud = ()
        self._page = ScrollPage(_("Finished, and kept in the journal"), width=WIDTH)
        if agreed:
            self._page.column.addWidget(label(_("It says that you agreed it."), "reading"))
        self._page.column.addWidget(label(self._tool.closing, "reading"))
        self._page.column.addStretch(1)
        self._frame.show_page(self._page)
        self._frame.end()
        self.setEnabled(True)
        self._focus = self._page.heading
        self._focus_page()

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
                review_on=self._review_on,
                now=self._session.now(),
                agreed=agreed,
                tool=self._tool,
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
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    frame = QFrame()
    frame.setObjectName("aside")
    frame.setFixedWidth(theme.px(_ASIDE))
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    return frame, place


def _is_line(widget: QWidget | None) -> bool:
    return isinstance(widget, QLineEdit)


def _nothing_more(_kept: bool) -> None:
    pass
