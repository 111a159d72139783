"""The runner: one page at a time, the steps at the side, everything saved as it is written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from retention_desktop.errors import BadInput
from retention_desktop.journal.records import finish_record, save_place
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Value
from retention_desktop.models.views import Changes, Record
from retention_desktop.toolkit.answers import agreed, check_value
from retention_desktop.toolkit.definition import NoFollowUp, Tool
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Page, Run, review_date
from retention_desktop.ui.runner.autosave import Autosave, Draft, ReviewDate
from retention_desktop.ui.runner.editors import Around
from retention_desktop.ui.runner.pages import CheckBody, PromptBody, ReviewBody
from retention_desktop.ui.runner.steps import WIDTH, StepList, step_pages
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.dates import DateField
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page as ScrollPage
from retention_desktop.ui.widgets.page import centred
from retention_desktop.ui.widgets.text import announce, icon_label, label
from retention_desktop.ui.wording import when_words

_WIDTH = 640  # of what one writes in, at 100 % text
_STEPS_FROM = WIDTH + _WIDTH - 20  # the width, at 100 % text, at which the steps have room


class RunnerScreen(QWidget):
    """Leads through one draft. `closed` and `finished` come when everything is in the vault."""

    closed = Signal()
    finished = Signal(int)

    def __init__(self, session: Session, record: Record, tool: Tool) -> None:
        super().__init__()
        self._session = session
        self.record_id = record.head.id
        self._person = record.head.person
        self._review_on = record.head.review_on
        self._review_seen = record.head.review_on is not None or record.head.page in (
            REVIEW_PAGE,
            CHECK_PAGE,
        )
        self._audiences = {answer.prompt.id: answer.audience for answer in record.answers}
        written = _written(record)
        answers = _fitting(written, tool)
        # More than the answers that can be seen: a date, an audience, or words that no longer fit.
        self._holds_more = (
            record.head.review_on is not None
            or answers.keys() != written.keys()
            or any(each.audience is not each.prompt.audience for each in record.answers)
        )
        self._run = Run(tool, answers, record.head.page)
        self._body: PromptBody | None = None
        self._review: ReviewBody | None = None
        self._autosave = Autosave(session, self.record_id, self)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self._on_save_failed)

        self._steps = StepList(self._run, self._person)
        self._steps.page_chosen.connect(self.go_to)
        self._message = Message()
        self._saved = label("", "small", wrap=False)
        self._saved_icon = icon_label("check", "accent", 16)
        self._saved_icon.hide()
        self._all_steps = button(_("All steps"), "quiet")
        menu = QMenu(self._all_steps)
        for key, name in step_pages(self._run):
            menu.addAction(name).setData(key)
        menu.triggered.connect(self._on_step_chosen)
        self._all_steps.setMenu(menu)
        self._page_place = QVBoxLayout()
        self._page: ScrollPage | None = None

        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(centred(self._top_line(), _WIDTH, above=34))
        main.addWidget(centred(self._message, _WIDTH))
        main.addLayout(self._page_place, 1)
        main.addWidget(centred(self._footer(), _WIDTH, above=12, below=24))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._steps)
        layout.addLayout(main, 1)

        for keys, slot in (
            ("Ctrl+Return", self._on_next),
            ("Alt+Left", self._on_back),
            ("Ctrl+S", self._on_save_now),
            ("Escape", self._on_close),
        ):
            QShortcut(
                QKeySequence(keys),
                self,
                slot,
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )
        if not self.is_blank:
            self._say_saved(when_words(record.head.updated, session.now()))
        self._show_page()

    @property
    def is_blank(self) -> bool:
        """Whether the draft holds nothing that anybody wrote or chose."""
        return not self._run.answers and not self._holds_more

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, except where it belongs to the text; in a row, to the next field."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self._body is not None and self._body.has_rows and _is_line(self.focusWidget()):
            self.focusNextChild()
        else:
            self._on_next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _top_line(self) -> QWidget:
        top = QWidget()
        line = QHBoxLayout(top)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._position = label("", "small-strong", wrap=False)
        line.addWidget(self._position)
        line.addWidget(self._all_steps)
        line.addStretch(1)
        line.addWidget(self._saved_icon)
        line.addWidget(self._saved)
        return top

    def _footer(self) -> QWidget:
        footer = QWidget()
        self._back = button(_("Back"), icon="arrow-left")
        self._close = button(_("Save and close"), "quiet")
        self._next = button("", "primary")
        self._back.clicked.connect(self._on_back)
        self._close.clicked.connect(self._on_close)
        self._next.clicked.connect(self._on_next)
        line = QHBoxLayout(footer)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._back)
        line.addStretch(1)
        line.addWidget(self._close)
        line.addWidget(self._next)
        return footer

    def _show_page(self) -> None:
        page = self._run.page
        shown = ScrollPage("", width=_WIDTH)
        shown.column.setContentsMargins(0, 14, 0, 12)
        shown.column.setSpacing(12)
        self._body = self._review = None
        focus: QWidget = shown.heading
        if page.key == REVIEW_PAGE:
            focus = self._show_review(shown, page)
        elif page.step is not None:
            focus = self._show_step(shown, page) or focus
        else:
            self._show_check(shown)
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
        self._page = shown
        self._focus = focus
        self._page_place.addWidget(shown)
        self._steps.show_run(self._run)
        position = self._run.position
        self._position.setText(
            _("Step {number} of {count}").format(number=position[0], count=position[1])
            if position
            else _("Almost done")
        )
        self._back.setEnabled(not self._run.is_first)
        self._fold()

    def _show_step(self, shown: ScrollPage, page: Page) -> QWidget | None:
        assert page.step is not None
        prompt = page.prompt
        if prompt is None:
            shown.heading.setText(page.step.title)
            shown.column.addWidget(label(page.step.text, "reading"))
            shown.column.addStretch(1)
            return None
        shown.heading.setText(prompt.label)
        if prompt is page.step.prompts[0]:
            shown.column.addWidget(label(page.step.text, "lead"))
        if prompt.help:
            shown.column.addWidget(label(prompt.help, "muted"))
        self._body = PromptBody(
            prompt,
            self._run.answers.get(prompt.id),
            self._audiences.get(prompt.id, prompt.audience),
            self._person,
            Around(self._session.today, self._run.answers),
        )
        self._body.changed.connect(self._on_answer_changed)
        shown.column.addWidget(self._body, 1)
        return self._body

    def _show_review(self, shown: ScrollPage, page: Page) -> QWidget:
        follow_up = self._run.tool.follow_up
        shown.heading.setText(_("When will you look again?"))
        if page.step is not None and not page.step.prompts:
            shown.column.addWidget(label(page.step.text, "lead"))
        if not isinstance(follow_up, NoFollowUp):
            shown.column.addWidget(label(follow_up.text, "muted"))
        if not self._review_seen:
            # Proposed, and kept when one goes on, unless something else is chosen.
            self._review_seen = True
            self._review_on = review_date(follow_up, self._session.today)
        self._review = ReviewBody(self._run, self._review_on, self._session.today)
        self._review.chosen.connect(self._on_review_chosen)
        shown.column.addWidget(self._review, 1)
        return self._review

    def _show_check(self, shown: ScrollPage) -> None:
        shown.heading.setText(_("Check what you wrote"))
        body = CheckBody(self._run, self._review_on)
        body.change.connect(self.go_to)
        shown.column.addWidget(body, 1)

    def _fold(self) -> None:
        """The steps fold away, and the button says less, where there is no room for them."""
        wide = self.width() >= theme.px(_STEPS_FROM)
        self._steps.setVisible(wide)
        self._all_steps.setVisible(not wide)
        room = self.width() - (self._steps.width() if wide else 0) - 80
        room = min(room, theme.px(_WIDTH))
        taken = self._back.sizeHint().width() + self._close.sizeHint().width() + 40
        text = self._next_text()
        if self._next.fontMetrics().horizontalAdvance(text) + 40 + taken > room:
            text = _("Finish") if self._run.is_last else _("Next")
        self._next.setText(text)

    def _next_text(self) -> str:
        if self._run.is_last:
            return _("Finish")
        return _("Next: {page}").format(page=_in_sentence(_page_name(self._run.next().page)))

    def _focus_page(self) -> None:
        self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_answer(self, page: Page, body: PromptBody) -> Draft:
        assert page.step is not None
        assert page.prompt is not None
        self._run = self._run.with_answer(page.prompt.id, body.value)
        before = self._audiences.get(page.prompt.id, page.prompt.audience)
        self._holds_more = self._holds_more or body.audience is not before
        self._audiences[page.prompt.id] = body.audience
        return Draft(page.step, page.prompt, body.value, body.audience)

    @Slot()
    def _on_answer_changed(self) -> None:
        assert self._body is not None
        self._autosave.note(partial(self._read_answer, self._run.page, self._body))

    @Slot(str)
    def go_to(self, key: str) -> None:
        """Open a page, by the key that `Run` gives it."""
        if not self.may_leave():
            self._steps.show_run(self._run)
            return
        self._leave_page()
        self._run = self._run.go_to(key)
        self._arrive_at_page()

    @Slot(QAction)
    def _on_step_chosen(self, action: QAction) -> None:
        self.go_to(action.data())

    @Slot()
    def _on_next(self) -> None:
        if not self.may_leave():
            return
        if self._run.is_last:
            self.setEnabled(False)  # nothing can be written to a record that is being finished
            self._autosave.flush(self._finish)
            return
        self._leave_page()
        self._run = self._run.next()
        self._arrive_at_page()

    @Slot()
    def _on_back(self) -> None:
        if self._run.is_first or not self.may_leave():
            return
        self._leave_page()
        self._run = self._run.back()
        self._arrive_at_page()

    @Slot()
    def _on_save_now(self) -> None:
        self._autosave.flush(_nothing_more)

    @Slot()
    def _on_close(self) -> None:
        if self.may_leave():
            self.flush(self._close_if_kept)

    def _close_if_kept(self, kept: bool) -> None:
        if kept:
            self.closed.emit()

    def may_leave(self) -> bool:
        """Whether all that stands on the page can be kept; if not, the page says what is wrong."""
        assert self._page is not None
        dates = self._page.findChildren(DateField)
        wrong = next((each for each in dates if each.isVisible() and each.is_wrong), None)
        if wrong is not None:
            wrong.complain()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        asked = self._body or self._review
        problem = asked.problem if asked is not None else ""
        if problem:
            self._message.say(problem, tone="warn")
        return not problem

    def _leave_page(self) -> None:
        """Reads what is being written while its editor is still there, and saves it."""
        self.flush(_nothing_more)

    def _arrive_at_page(self) -> None:
        self._show_page()
        self._focus_page()
        record_id, key = self.record_id, self._run.page.key
        self._session.tell(
            self,
            lambda vault: save_place(vault, record_id, key),
            done=self._on_kept,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_review_chosen(self, day: date | None) -> None:
        self._holds_more = True
        self._review_on = day
        self._autosave.put(ReviewDate(day))

    def _finish(self, kept: bool) -> None:
        if not kept:
            self.setEnabled(True)
            return
        record_id, now = self.record_id, self._session.now()
        review_on = self._review_on
        self._session.tell(
            self,
            lambda vault: finish_record(vault, record_id, review_on=review_on, now=now),
            done=self._on_finished,
            failed=self._on_finish_failed,
        )

    def _on_finish_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._message.say_error(error)

    def _on_finished(self, _changes: Changes) -> None:
        self.finished.emit(self.record_id)

    def _on_kept(self, _changes: Changes) -> None:
        pass

    def _on_failed(self, error: BaseException) -> None:
        self._message.say_error(error)

    @Slot(datetime)
    def _on_saved(self, when: datetime) -> None:
        self._message.clear()
        self._say_saved(f"{when:%H:%M}")
        announce(self._saved, self._saved.text())

    def _say_saved(self, when: str) -> None:
        self._saved_icon.show()
        self._saved.setText(_("Saved {when}").format(when=when))

    @Slot(str)
    def _on_save_failed(self, sentence: str) -> None:
        self._saved_icon.hide()
        self._saved.setText(_("Not saved yet"))
        self._message.say(
            _("{problem} Your words are still here, and we keep trying.").format(problem=sentence),
            tone="warn",
        )


def _fitting(written: dict[str, Value], tool: Tool) -> dict[str, Value]:
    """What was written by prompt, as far as it still fits the tool.

    A newer version of the tool may ask for something else; what does not fit stays in the vault.
    """
    fitting: dict[str, Value] = {}
    for prompt in tool.prompts:
        if prompt.id in written:
            with suppress(BadInput):
                fitting[prompt.id] = check_value(prompt, written[prompt.id])
    return fitting


def _written(record: Record) -> dict[str, Value]:
    """What the record holds by prompt; an action prompt's are the actions agreed there."""
    found: dict[str, Value] = {}
    for answer in record.answers:
        if answer.prompt.kind is PromptKind.ACTION:
            if rows := agreed(record, answer.prompt.id):
                found[answer.prompt.id] = rows
        elif answer.value is not None:
            found[answer.prompt.id] = answer.value
    return found


def _page_name(page: Page) -> str:
    if page.key == REVIEW_PAGE:
        # A step that has asked something before would lead, by its title, to itself.
        asks_only_this = page.step is not None and not page.step.prompts
        return page.step.title if page.step and asks_only_this else _("When to look again")
    if page.key == CHECK_PAGE:
        return _("Check what you wrote")
    assert page.step is not None
    if page.prompt is not None and page.prompt is not page.step.prompts[0]:
        return page.prompt.label
    return page.step.title


def _in_sentence(name: str) -> str:
    """The name with a small first letter, unless it starts with "I" or an abbreviation."""
    return (
        name if name[1:2] in ("", " ", "’") or name[1:2].isupper() else name[0].lower() + name[1:]
    )


def _is_line(widget: QWidget | None) -> bool:
    return isinstance(widget, QLineEdit)


def _nothing_more(_kept: bool) -> None:
    pass
