"""The later look: what was written then, beside what is true now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.actions import get_action
from retention_desktop.journal.records import get_record
from retention_desktop.journal.reviews import list_action_reviews, review_action, review_record
from retention_desktop.models.enums import ActionState, ReviewOutcome
from retention_desktop.models.views import ActionHead, Changes, Due, Record, Review
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.definition import Repeating, Tool
from retention_desktop.toolkit.run import review_date
from retention_desktop.ui.agreed.wording import facts, kind_name
from retention_desktop.ui.review.history import HistoryView
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, TextArea
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.look_again import LookAgain, days_to_choose
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, WIDE, Page, button_row, card, centred, line
from retention_desktop.ui.widgets.summary_view import section_view
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import due_words, record_title, short_day
from retention_desktop.vault import Vault

_BESIDE_FROM = 900  # the width, at 100 % text, from which then and now stand side by side
_NO_LIMIT = 16_777_215  # Qt's own


class Matter(Struct, frozen=True):
    """What has come back: a record, or an action with the record it comes from, if any."""

    due: Due
    action: ActionHead | None
    record: Record | None
    reviews: tuple[Review, ...]


class Begun(Struct, frozen=True):
    """A review that is being written. `ending` is the name of a choice, "" while none is made."""

    ending: str
    changed: str
    for_whom: str
    next_on: date | None


class _Ending(Struct, frozen=True):
    """One of the choices: what it says, and what is kept with it."""

    name: str
    words: str
    outcome: ReviewOutcome
    closed: ActionState | None = None

    @property
    def goes_on(self) -> bool:
        return self.outcome is not ReviewOutcome.STOP and self.closed is None


def look_back(vault: Vault, due: Due) -> Matter:
    """What was written then; raises NotFound where it is gone."""
    record = get_record(vault, due.record_id) if due.record_id is not None else None
    if due.action_id is not None:
        reviews = list_action_reviews(vault, due.action_id)
        return Matter(due, get_action(vault, due.action_id), record, reviews)
    assert record is not None
    own = tuple(each for each in record.reviews if each.action_id is None)
    return Matter(due, None, record, own)


class ReviewScreen(QWidget):
    """Takes what became of a record or an action.

    `reviewed` carries a sentence, once it is kept. `again_requested` carries the id of a tool and
    the other person's alias or "": the review is kept by then, too.
    """

    reviewed = Signal(str)
    again_requested = Signal(str, str)
    record_requested = Signal(int)
    left = Signal()

    def __init__(self, session: Session, matter: Matter, tool: Tool | None) -> None:
        super().__init__()
        self._session = session
        self._matter = matter
        self._tool = tool
        self._key = (matter.due.record_id, matter.due.action_id)
        self._then = _ThenPage(matter, session.today)
        self._now = _NowForm(matter, tool, session.reviews_begun.get(self._key), session.today)
        self._now.changed.connect(self._on_changed)
        self._now.again.clicked.connect(self._on_again)
        self._then.to_now.clicked.connect(self._now.arrive)
        self._then.record_requested.connect(self.record_requested)
        self._save = button("", "primary")
        self._save.clicked.connect(self._on_save)
        back = button(_("Back"), icon="arrow-left")
        back.clicked.connect(self.left)
        self._message = Message()
        at_once = QShortcut(QKeySequence("Ctrl+Return"), self, self._on_save)
        at_once.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place = QWidget()
        place.setObjectName("page")
        # As high as the text is at this width, and not as at the narrowest.
        place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(8, 36, 28, 24)
        self._place.addStretch(1)
        self._beside.setWidget(place)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._then, 10)
        both.addWidget(self._beside, 9)
        footer = QWidget()
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight, footer)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(12)
        self._buttons.addWidget(back)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._save)
        self._below = QWidget()
        says = QVBoxLayout(self._below)
        says.setContentsMargins(0, 0, 0, 0)
        says.addWidget(self._message)
        says.addWidget(footer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(both, 1)
        layout.addWidget(centred(self._below, WIDE, above=12, below=24))
        self._is_beside: bool | None = None
        self._arrange()
        self._say_what_happens()

    @property
    def heading(self) -> QWidget:
        """What a screen reader hears on arrival."""
        return self._then.heading

    def arrive(self) -> None:
        """At the top of what was written then."""
        self._then.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps it, except in text; Escape goes back, and what is written stays."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._arrange_buttons()

    def _arrange(self) -> None:
        """Now stands beside then; where there is no room for both, below it."""
        is_beside = self.width() >= theme.px(_BESIDE_FROM)
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        self._beside.setVisible(is_beside)
        self._below.setMaximumWidth(_NO_LIMIT if is_beside else theme.px(READING))
        self._then.to_now.setVisible(not is_beside)
        if is_beside:
            self._place.insertWidget(0, self._now)
        else:
            self._then.column.insertWidget(self._then.column.count() - 1, self._now)

    def _arrange_buttons(self) -> None:
        """Below one another, where what the button says is long and the window small."""
        room = min(self.width() - 80, self._below.maximumWidth())
        fits = self._buttons.sizeHint().width() <= room
        if self._buttons.direction() is QBoxLayout.Direction.LeftToRight and not fits:
            self._buttons.setDirection(QBoxLayout.Direction.BottomToTop)

    @Slot()
    def _on_changed(self) -> None:
        """What is written stays until the journal is locked, wherever one goes."""
        self._message.clear()
        begun = self._now.begun
        if begun is None:
            self._session.reviews_begun.pop(self._key, None)
        else:
            self._session.reviews_begun[self._key] = begun
        self._say_what_happens()

    def _say_what_happens(self) -> None:
        self._save.setText(self._now.what_happens)
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight)
        self._arrange_buttons()

    @Slot()
    def _on_save(self) -> None:
        if self._save.isEnabled():
            if problem := self._now.problem:
                self._message.say(problem, tone="warn")
            else:
                said = self._now.what_has_happened
                self._keep(self._now.next_on, self._now.ending, partial(self.reviewed.emit, said))

    @Slot()
    def _on_again(self) -> None:
        """The next use takes over: this look is kept, and the new one has the next date."""
        assert self._tool is not None
        record = self._matter.record
        person = "" if self._tool.themes_only or record is None else record.head.person or ""
        then = partial(self.again_requested.emit, self._tool.id, person)
        self._keep(None, self._now.ending or _endings(self._matter)[0], then)

    def _keep(self, next_on: date | None, ending: _Ending | None, then: Callable[[], None]) -> None:
        assert ending is not None
        self.setEnabled(False)  # until it is done, so that nothing is kept twice
        self._session.tell(
            self,
            _verb(self._matter, ending, self._now.words, next_on, self._session),
            done=partial(self._on_kept, then),
            failed=self._on_failed,
        )

    def _on_kept(self, then: Callable[[], None], _changes: Changes) -> None:
        self._session.reviews_begun.pop(self._key, None)
        then()

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say_error(error)


class _ThenPage(Page):
    """What was written then, and the earlier looks at it."""

    record_requested = Signal(int)

    def __init__(self, matter: Matter, today: date) -> None:
        super().__init__(_title(matter), width=READING)
        self._matter = matter
        if matter.due.driver is not None:
            self.column.insertWidget(0, driver_label(matter.due.driver))
        waits = due_words(matter.due.on, today)
        self.column.addWidget(label(waits[:1].upper() + waits[1:], "lead"))
        self.to_now = button(_("Go to what is true now"), "quiet", icon="arrow-down")
        self.column.addLayout(button_row(self.to_now))
        if matter.action is not None:
            self._add_facts(matter.action, today)
        if matter.record is not None:
            self._add_record(matter.record)
        if matter.reviews:
            self.column.addWidget(line())
            self.column.addWidget(HistoryView(matter.reviews))
        self.column.addStretch(1)

    def _add_facts(self, action: ActionHead, today: date) -> None:
        told = QVBoxLayout()
        told.setSpacing(4)
        for words in (kind_name(action.kind), *facts(action, today)):
            told.addWidget(label(words, "muted"))
        self.column.addLayout(told)

    def _add_record(self, record: Record) -> None:
        summary = summarise(record, all_parts(record))
        said = _("What was written on {day}").format(day=summary.when)
        self.column.addWidget(label(said, "section"))
        for section in summary.sections:
            self.column.addWidget(section_view(section, look="body"))
        if not summary.sections:
            self.column.addWidget(label(_("Nothing was written here."), "muted"))
        opens = button(_("Read the record"), "quiet", icon="book-open")
        opens.setAccessibleDescription(record.head.title)
        opens.clicked.connect(self._on_record)
        self.column.addLayout(button_row(opens))

    @Slot()
    def _on_record(self) -> None:
        assert self._matter.record is not None
        self.record_requested.emit(self._matter.record.head.id)


class _FewLines(TextArea):
    _LEAST_LINES = 3


class _NowForm(QFrame):
    """What is true now: the choice, what changed and for whom, and when to look again."""

    changed = Signal()

    def __init__(self, matter: Matter, tool: Tool | None, begun: Begun | None, today: date) -> None:
        super().__init__()
        self.setObjectName("card")
        self._today = today
        self._is_action = matter.action is not None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 20)
        layout.setSpacing(14)
        layout.addWidget(label(_("What is true now?"), "section"))
        layout.addWidget(self._make_choices(_endings(matter), begun))
        self._changed = _FewLines()
        self._for_whom = QLineEdit()
        self._for_whom.setPlaceholderText(_("For example, me or the team"))
        if begun is not None:
            self._changed.setPlainText(begun.changed)
            self._for_whom.setText(begun.for_whom)
        layout.addWidget(Field(_("What changed?"), self._changed))
        layout.addWidget(Field(_("For whom?"), self._for_whom))
        proposed = review_date(tool.follow_up, today) if tool and not self._is_action else None
        days = days_to_choose(proposed, today)
        if proposed is None and (self._is_action or tool is None):
            proposed = days[1][1]
        self._when = LookAgain(days, begun.next_on if begun else proposed, today)
        self._when_part = QWidget()
        when = QVBoxLayout(self._when_part)
        when.setContentsMargins(0, 0, 0, 0)
        when.setSpacing(6)
        when.addWidget(label(_("When to look again"), "strong"))
        when.addWidget(self._when)
        layout.addWidget(self._when_part)
        self.again = button(_("Use this tool again now"), icon="refresh-cw")
        self._again_part, again = card()
        again.addWidget(label(_("This tool is used again and again."), "strong"))
        again.addWidget(label(_("We keep this look, and begin the next use."), "muted"))
        again.addLayout(button_row(self.again))
        layout.addWidget(self._again_part)
        self._repeats = (
            tool is not None and isinstance(tool.follow_up, Repeating) and not self._is_action
        )
        self._changed.textChanged.connect(self.changed)
        self._for_whom.textChanged.connect(self.changed)
        self._when.chosen.connect(self._on_day_chosen)
        self._show_what_fits()

    def _make_choices(self, endings: tuple[_Ending, ...], begun: Begun | None) -> QWidget:
        together = QWidget()  # apart from the dates: of all choices in a widget, one can be made
        layout = QVBoxLayout(together)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._choices: list[tuple[Choice, _Ending]] = []
        for ending in endings:
            choice = Choice(ending.words, one_of_several=True)
            choice.setAccessibleDescription(_("What is true now?"))
            choice.setChecked(begun is not None and begun.ending == ending.name)
            choice.clicked.connect(self._on_chosen)
            self._choices.append((choice, ending))
            layout.addWidget(choice)
        return together

    @Slot()
    def arrive(self) -> None:
        """Put the keyboard on the choice that is made, or on the first."""
        made = [choice for choice, _ending in self._choices if choice.isChecked()]
        to = (made or [self._choices[0][0]])[0]
        to.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(self, QRect(0, 0, 1, min(self.height(), theme.px(300))))

    @property
    def ending(self) -> _Ending | None:
        """The choice that is made, if one is."""
        return next((each for choice, each in self._choices if choice.isChecked()), None)

    @property
    def words(self) -> tuple[str, str]:
        """What changed, and for whom."""
        changed = only_text(self._changed.toPlainText()).strip()
        return changed, only_text(self._for_whom.text()).strip()

    @property
    def next_on(self) -> date | None:
        """When to look again; what has ended has no next time."""
        return self._when.value if self.ending is not None and self.ending.goes_on else None

    @property
    def begun(self) -> Begun | None:
        """What is written so far, if anything is."""
        changed, for_whom = self.words
        if self.ending is None and not changed and not for_whom:
            return None
        return Begun(self.ending.name if self.ending else "", changed, for_whom, self._when.value)

    @property
    def problem(self) -> str:
        """What keeps it from being kept, in a sentence; "" when nothing does."""
        if self.ending is None:
            self._choices[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
            return _("Choose first what is true now.")
        return self._when.problem if self.ending.goes_on else ""

    @property
    def what_happens(self) -> str:
        """What the button says."""
        if self.ending is None:
            return _("Keep this look")
        day = self.next_on
        if not self.ending.goes_on:
            return {
                None: _("Stop it here"),
                ActionState.DONE: _("Mark it as done"),
                ActionState.LET_GO: _("Let it go"),
            }[self.ending.closed]
        if self.ending.outcome is ReviewOutcome.KEEP:
            words = _("Keep it, and look again on {day}") if day else _("Keep it, with no date")
        else:
            words = _("Adjust it, and look again on {day}") if day else _("Adjust it, with no date")
        return words.format(day=short_day(day, self._today)) if day else words

    @property
    def what_has_happened(self) -> str:
        """What is said once it is kept."""
        if self.next_on is not None:
            day = short_day(self.next_on, self._today)
            return _("Kept. It comes back on {day}.").format(day=day)
        return _("Kept in your journal.")

    @Slot()
    def _on_chosen(self) -> None:
        self._show_what_fits()
        self.changed.emit()

    @Slot(object)
    def _on_day_chosen(self, _day: date | None) -> None:
        self.changed.emit()

    def _show_what_fits(self) -> None:
        goes_on = self.ending is None or self.ending.goes_on
        self._when_part.setVisible(goes_on)
        self._again_part.setVisible(self._repeats and goes_on)


def _endings(matter: Matter) -> tuple[_Ending, ...]:
    keep, adjust, stop = ReviewOutcome.KEEP, ReviewOutcome.ADJUST, ReviewOutcome.STOP
    if matter.action is None:
        return (
            _Ending("keep", _("Keep: it goes on as it is"), keep),
            _Ending("adjust", _("Adjust: it goes on, but differently"), adjust),
            _Ending("stop", _("Stop: it is no longer needed"), stop),
        )
    return (
        _Ending("keep", _("Keep: it goes on as it is"), keep),
        _Ending("done", _("It is done"), keep, ActionState.DONE),
        _Ending("adjust", _("Adjust: it goes on, but differently"), adjust),
        _Ending("stop", _("Stop: let it go"), stop, ActionState.LET_GO),
    )


def _verb(
    matter: Matter,
    ending: _Ending,
    words: tuple[str, str],
    next_on: date | None,
    session: Session,
) -> Callable[[Vault], Changes]:
    """What keeps the review."""
    changed, for_whom = words
    if matter.action is not None:
        return partial(
            review_action,
            action_id=matter.action.id,
            outcome=ending.outcome,
            closed=ending.closed,
            now=session.now(),
            changed=changed,
            for_whom=for_whom,
            next_on=next_on,
        )
    assert matter.record is not None
    return partial(
        review_record,
        record_id=matter.record.head.id,
        outcome=ending.outcome,
        now=session.now(),
        changed=changed,
        for_whom=for_whom,
        next_on=next_on,
    )


def _title(matter: Matter) -> str:
    if matter.action is not None:
        return matter.action.text
    assert matter.record is not None
    return record_title(matter.record.head)
