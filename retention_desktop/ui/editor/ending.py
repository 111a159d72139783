"""The end of an edit: close and keep the draft, use the version, or let it go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import KeptPacks
from retention_desktop.ui.editor.bars import Question
from retention_desktop.ui.editor.keeping import Keeper
from retention_desktop.ui.editor.opening import Opened, Places, go_back, publish
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button


class Ending(QWidget):
    """The buttons below. `busy` says whether nothing may be changed just now.

    `used` carries the id of a tool that is in use now, and a sentence about it; `failed` an error.
    """

    use_wanted = Signal()
    busy = Signal(bool)
    failed = Signal(object)
    closed = Signal()
    used = Signal(str, str)

    def __init__(
        self,
        session: Session,
        settings: SettingsFile,
        places: Places,
        opened: Opened,
        keeper: Keeper,
    ) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._places = places
        self._opened = opened
        self._keeper = keeper
        self._if_agreed: Callable[[], None] = self._throw_away
        close = button(_("Save and close"), icon="arrow-left")
        close.clicked.connect(self.leave)
        more = button(_("More"), "quiet")
        menu = QMenu(more)
        throw_away = menu.addAction(_("Throw away my changes"))
        throw_away.triggered.connect(self._on_throw_away)
        if opened.is_own:
            give_up = menu.addAction(self._give_up_words)
            give_up.triggered.connect(self._on_give_up)
        more.setMenu(menu)
        self._use = button(_("Use this version"), "primary")
        self._use.clicked.connect(self.use_wanted)
        self._question = Question()
        self._question.agreed.connect(self._on_agreed)
        self._question.declined.connect(self._on_declined)
        self._buttons = QWidget()
        line = QHBoxLayout(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(close)
        line.addStretch(1)
        line.addWidget(more)
        line.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._question)
        layout.addWidget(self._buttons)

    @property
    def _give_up_words(self) -> str:
        return _("Go back to the original") if self._opened.hides else _("Remove this tool")

    @Slot()
    def leave(self) -> None:
        """Close, once the draft is kept; from a question, go back."""
        if self._question.isVisible():
            self._on_declined()
        else:
            self._keeper.flush(self._close_if_kept)

    def _close_if_kept(self, kept: bool) -> None:
        if kept:
            self.closed.emit()

    # Using

    def use(self, tool: Tool) -> None:
        """Put this version to use."""
        self.busy.emit(True)
        self._keeper.flush(partial(self._publish, tool))

    def _publish(self, tool: Tool, kept: bool) -> None:
        if not kept:
            self.busy.emit(False)  # the message says why
            return
        turned_off = self._settings.current.turned_off
        self._session.work(
            self,
            partial(publish, self._places, self._session.toolkit, self._opened, tool, turned_off),
            done=self._on_published,
            failed=self._on_failed,
        )

    def _on_published(self, done: tuple[str, Toolkit, KeptPacks]) -> None:
        tool_id, toolkit, kept = done
        self._session.use(toolkit, kept)
        self.used.emit(tool_id, _("Your version is in use. Earlier records keep their words."))

    # Letting go

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
            self.busy.emit(False)

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
            self.busy.emit(False)
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

    def _on_failed(self, error: BaseException) -> None:
        self.busy.emit(False)
        self.failed.emit(error)

    def _ask(self, text: str, yes: str, if_agreed: Callable[[], None]) -> None:
        self._if_agreed = if_agreed
        self._buttons.hide()
        self._question.ask(text, yes)

    def _end_question(self) -> None:
        self._question.hide()
        self._buttons.show()

    @Slot()
    def _on_agreed(self) -> None:
        self._end_question()
        self.busy.emit(True)
        self._if_agreed()

    @Slot()
    def _on_declined(self) -> None:
        self._end_question()
        self._use.setFocus(Qt.FocusReason.OtherFocusReason)
