"""The later look: what was written then, beside what is true now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.reviews import review_action, review_record
from retention_desktop.models.views import Changes, Place
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.review.matter import Ending, Matter, endings
from retention_desktop.ui.review.now import NowForm
from retention_desktop.ui.review.then import ThenPage
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, WIDE, centred
from retention_desktop.vault import Vault

_BESIDE_FROM = 900  # the width, at 100 % text, from which then and now stand side by side
_NO_LIMIT = 16_777_215  # Qt's own


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
        self._then = ThenPage(matter, session.today)
        self._now = NowForm(matter, tool, session.today)
        self._now.changed.connect(self._on_changed)
        self._now.again.clicked.connect(self._on_again)
        self._then.to_now.clicked.connect(self._now.arrive)
        self._then.record_requested.connect(self.record_requested)
        self._save = button("", "primary")
        self._save.clicked.connect(self._on_save)
        back = button(_("Back"), icon="arrow-left")
        back.clicked.connect(self.left)
        self._message = Message()
        self._begun = BegunForm(session, self._read, self)
        self._begun.failed.connect(self._message.say_error)
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

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what is begun; `then` hears whether it is in the vault."""
        self._begun.flush(then)

    def _read(self) -> tuple[Place, dict[str, str]]:
        return self._matter.place, self._now.begun

    @Slot()
    def _on_changed(self) -> None:
        self._message.clear()
        self._begun.note()
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
        self._keep(None, self._now.ending or endings(self._matter)[0], then)

    def _keep(self, next_on: date | None, ending: Ending | None, then: Callable[[], None]) -> None:
        assert ending is not None
        self.setEnabled(False)  # until it is done, so that nothing is kept twice
        self._begun.settle()
        self._session.tell(
            self,
            _verb(self._matter, ending, self._now.words, next_on, self._session),
            done=partial(self._on_kept, then),
            failed=self._on_failed,
        )

    def _on_kept(self, then: Callable[[], None], _changes: Changes) -> None:
        then()

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._begun.note()
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say_error(error)


def _verb(
    matter: Matter,
    ending: Ending,
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
