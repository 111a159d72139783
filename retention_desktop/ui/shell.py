"""The unlocked window: the places at the left, the screen of the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.journal.records import discard_draft, get_record, start_record
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import Changes, Due, Person, Record, RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import follows_last_use
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.collection.screen import CollectionScreen
from retention_desktop.ui.cover import Cover
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.editor.begin import BeginPage
from retention_desktop.ui.editor.opening import Opened, places_in
from retention_desktop.ui.editor.screen import EditorScreen
from retention_desktop.ui.help.screen import HelpScreen
from retention_desktop.ui.insights.behind import Behind, BehindPage
from retention_desktop.ui.insights.screen import YEAR, InsightsScreen
from retention_desktop.ui.journal.record_page import RecordPage, Version, look_at_version
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.packs.export import ExportScreen
from retention_desktop.ui.packs.screen import YourToolsScreen
from retention_desktop.ui.people.edit import EditPage
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.people.screen import PeopleScreen
from retention_desktop.ui.rail import Rail
from retention_desktop.ui.review.screen import Matter, ReviewScreen, look_back
from retention_desktop.ui.runner.opening import Surroundings, look_around
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.settings.screen import SettingsScreen
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.theme import theme
from retention_desktop.ui.today.screen import TodayScreen, quick_tools
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page
from retention_desktop.vault import KdfParams, Vault

_NAMES_FROM = 860  # the window's width, at 100 % text, from which places have their names


T = TypeVar("T")
Screen = (
    Page | JournalScreen | AgreedScreen | ReviewScreen | RunnerScreen | ShareScreen | EditorScreen
)


class Shell(QWidget):
    """Goes from screen to screen. Leaving a draft always saves it first, and never asks."""

    lock_requested = Signal()
    look_changed = Signal(str)
    together_changed = Signal()

    def __init__(
        self,
        session: Session,
        settings: SettingsFile,
        dialogs: FileDialogs,
        vault_folder: Path,
        kdf: KdfParams,
    ) -> None:
        super().__init__()
        self.setObjectName("shell")
        self._session = session
        self._settings = settings
        self._dialogs = dialogs
        self._vault_folder = vault_folder
        self._kdf = kdf
        self._screen: Screen | None = None
        self._journal: JournalScreen | None = None
        self._agreed: AgreedScreen | None = None
        self._review_from = "today"  # the place from which one went to a review
        self._then: Callable[[], None] | None = None
        self._wanted = 0  # counts what was asked for: only the last of it is shown
        self._is_starting = False
        self._cover: Cover | None = None
        self._focus_under_cover: QWidget | None = None

        session.told.connect(self.notice)
        session.toolkit_changed.connect(self._on_toolkit_changed)

        self._rail = Rail()
        self._rail.place_chosen.connect(self.go_to)
        self._message = Message()
        self._message.setContentsMargins(0, 0, 0, 0)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(0)
        self._place.addWidget(self._message)
        self._under_cover = QWidget()
        layout = QHBoxLayout(self._under_cover)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(self._place, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._under_cover)
        for keys, slot in (
            ("Ctrl+1", self._on_today),
            ("Ctrl+2", self._on_toolkit),
            ("Ctrl+3", self._on_journal),
            ("Ctrl+4", self._on_agreed),
            ("Ctrl+5", self._on_people),
            ("Ctrl+6", self._on_insights),
            ("Ctrl+K", self._on_journal),
            ("Ctrl+N", self._on_quick),
            ("Ctrl+,", self._on_settings),
            ("F1", self._on_help),
            ("F6", self._on_other_area),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        for keys, slot in (("F9", self._on_cover_requested), ("Ctrl+L", self._on_lock)):
            # Even while a menu or a calendar is open, which takes all other keys. PySide passes
            # over a context that the constructor is given (measured).
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is open."""
        return self._screen

    @property
    def is_together(self) -> bool:
        """Whether several people read the screen, so that it is to be large."""
        return isinstance(self._screen, RunnerScreen) and self._screen.is_together

    def flush(self, then: Callable[[bool], None]) -> None:
        """Put everything that is being written into the vault; `then` hears whether it worked."""
        if isinstance(self._screen, (RunnerScreen, EditorScreen)):
            self._screen.flush(then)
        else:
            then(True)

    @Slot(str)
    def notice(self, text: str) -> None:
        """Say something about the whole journal."""
        self._message.say(text, tone="warn")

    def cover(self) -> None:
        """Hide what is on the screen: it could not be saved, so the journal cannot be locked."""
        self._put_cover(
            title=_("Your journal is not locked"),
            text=_(
                "What you wrote last could not be saved, so we have only covered it. "
                "Go back, and the page says what to do."
            ),
            back=_("Back to what I wrote"),
        )

    @Slot()
    def _on_cover_requested(self) -> None:
        """One key covers everything at once; the same key takes the cover away."""
        if self._cover is not None:
            self._on_uncovered()
            return
        self._put_cover(
            title=_("The page is covered"),
            text=_("Nothing is lost, and nothing can be seen. Press F9 or the button to go on."),
            back=_("Show the page again"),
        )

    def _put_cover(self, *, title: str, text: str, back: str) -> None:
        if self._cover is None:
            self._focus_under_cover = QApplication.focusWidget()
        else:
            self._drop_cover()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._under_cover.hide()  # so that no key and no screen reader reaches it either
        self._cover = Cover(self, title=title, text=text, back=back)
        self._cover.uncovered.connect(self._on_uncovered)

    def _drop_cover(self) -> None:
        assert self._cover is not None
        self._cover.hide()
        self._cover.deleteLater()
        self._cover = None

    @Slot()
    def _on_uncovered(self) -> None:
        self._drop_cover()
        self._under_cover.show()
        before, self._focus_under_cover = self._focus_under_cover, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._screen is not None:
            self._screen.arrive()

    @Slot(str)
    def go_to(self, place: str) -> None:
        """Go to one of the places of the rail, or lock."""
        if place == "lock":
            self.lock_requested.emit()
        else:
            self._leave_for(lambda: self._show(place, self._make(place)))

    def open_record(self, record_id: int) -> None:
        """Go on with a draft, or read a finished record."""
        self._leave_for(lambda: self._ask_for(record_id, self._on_record_here))

    @Slot(object)
    def open_review(self, due: Due) -> None:
        """Look again at what has come back."""
        look = partial(look_back, due=due)
        self._leave_for(lambda: self._look_around(look, self._on_review_here))

    def _make(self, place: str) -> Screen:
        if place == "today":
            today = TodayScreen(self._session, self._settings, self._dialogs)
            today.review_requested.connect(self.open_review)
            today.person_requested.connect(self._on_person_requested)
            today.meeting_requested.connect(self._on_start_requested)
            today.continue_requested.connect(self.open_record)
            today.tool_requested.connect(self._on_tool_requested)
            today.start_requested.connect(self._on_quick_requested)
            today.toolkit_requested.connect(self._on_toolkit)
            today.journal_requested.connect(self._on_journal)
            return today
        if place == "toolkit":
            tools = ToolkitScreen(self._session.toolkit)
            tools.tool_requested.connect(self._on_tool_requested)
            tools.your_tools_requested.connect(self._on_your_tools)
            return tools
        if place == "journal":
            if self._journal is None:
                self._journal = JournalScreen(self._session, self._dialogs)
                self._journal.record_requested.connect(self._on_head_requested)
                self._journal.toolkit_requested.connect(self._on_toolkit)
            return self._journal
        if place == "agreed":
            if self._agreed is None:
                self._agreed = AgreedScreen(self._session)
                self._agreed.record_requested.connect(self.open_record)
                self._agreed.review_requested.connect(self.open_review)
            return self._agreed
        if place == "people":
            return self._people()
        if place == "insights":
            return self._insights(YEAR)
        if place == "settings":
            screen = SettingsScreen(self._session, self._settings, self._vault_folder, self._kdf)
            screen.look_changed.connect(self.look_changed)
            return screen
        return HelpScreen()

    def _show(self, place: str, screen: Screen) -> None:
        """Put a screen in place of the one before, which is let go.

        The journal and the register stay, so that one comes back from a record to the same search.
        """
        self._message.clear()
        before, self._screen = self._screen, screen
        if before is not None and before is not screen:
            before.hide()
            self._place.removeWidget(before)
            if before is not self._journal and before is not self._agreed:
                before.deleteLater()
        self._place.addWidget(screen, 1)
        screen.show()
        self._rail.show_place(place)
        screen.arrive()

    def _leave_for(self, then: Callable[[], None]) -> None:
        """Save a draft that is open, or drop it if nothing was written in it; then go on."""
        if self._cover is not None:
            return
        if isinstance(self._screen, RunnerScreen) and self._screen.is_together:
            self._screen.say_leave_together_first()
            return
        self._wanted += 1
        if isinstance(self._screen, (RunnerScreen, EditorScreen)):
            if not self._screen.may_leave():
                self._rail.show_place("toolkit")
                return
            self._then = then
            self._screen.flush(self._on_left)
        else:
            then()

    def _on_left(self, kept: bool) -> None:
        then, self._then = self._then, None
        if not kept or then is None:
            self._rail.show_place("toolkit")  # the page says why one is still here
            return
        if isinstance(self._screen, RunnerScreen) and self._screen.is_blank:
            record_id = self._screen.record_id
            self._session.tell(
                self,
                lambda vault: discard_draft(vault, record_id),
                done=self._on_discarded,
                failed=self._on_failed,
            )
        then()

    def _ask_for(self, record_id: int, done: Callable[[Record], None]) -> None:
        self._wanted += 1
        self._session.ask(
            self,
            lambda vault: get_record(vault, record_id),
            done=partial(self._on_asked_for, self._wanted, done),
            failed=self._on_failed,
        )

    def _on_asked_for(self, wanted: int, done: Callable[[T], None], found: T) -> None:
        if wanted == self._wanted:  # else something else was asked for since
            done(found)

    def _on_record_here(self, record: Record, said: str = "") -> None:
        """Go on with a draft, or show a finished record, with a sentence above it."""
        tool = self._tool_of(record)
        if tool is None:
            self._show_record(record, None, said, None)
        elif record.head.state is RecordState.DRAFT:
            self._look_around(
                partial(look_around, record.head.id), partial(self._on_draft_here, record, tool)
            )
        elif tool.agreement and follows_last_use(tool, record.head.person):
            self._look_around(
                partial(look_at_version, record), partial(self._show_record, record, tool, said)
            )
        else:
            self._show_record(record, tool, said, None)

    def _tool_of(self, record: Record) -> Tool | None:
        """The tool of a record, if it is still in the toolkit."""
        tools = (tool for tool in self._session.toolkit.every if tool.id == record.head.tool_id)
        return next(tools, None)

    def _look_around(self, look: Callable[[Vault], T], done: Callable[[T], None]) -> None:
        """Ask for what else a record's screen shows; drop it if something else is asked for."""
        self._session.ask(
            self,
            look,
            done=partial(self._on_asked_for, self._wanted, done),
            failed=self._on_failed,
        )

    def _show_record(
        self, record: Record, tool: Tool | None, said: str, version: Version | None
    ) -> None:
        page = RecordPage(self._session, self._dialogs, record, tool, version)
        page.share_requested.connect(self._on_share_requested)
        page.again_requested.connect(self._on_start_requested)
        page.record_requested.connect(self.open_record)
        page.back_requested.connect(self._on_journal)
        self._show("journal", page)
        if said:
            page.message.say(said)
        if record.head.state is RecordState.DRAFT:
            page.message.say(
                _("The tool of this draft is no longer in the toolkit, so you can only read it."),
                tone="warn",
            )

    def _on_draft_here(self, record: Record, tool: Tool, surroundings: Surroundings) -> None:
        runner = RunnerScreen(self._session, record, tool, surroundings)
        runner.closed.connect(self._on_today)
        runner.finished.connect(self._on_finished)
        runner.together_changed.connect(self._on_together_changed)
        runner.cover_requested.connect(self._on_cover_requested)
        self._show("toolkit", runner)

    def _on_share_here(self, record: Record) -> None:
        screen = ShareScreen(self._session, self._dialogs, record)
        screen.closed.connect(self.open_record)
        self._show("journal", screen)

    def _on_finished_here(self, record: Record) -> None:
        self._on_record_here(record, _("Finished, and kept in your journal."))

    def _on_start_failed(self, error: BaseException) -> None:
        self._is_starting = False
        if isinstance(self._screen, ToolPage):
            self._screen.message.say_error(error)
        else:
            self._on_failed(error)

    def _on_started(self, changes: Changes) -> None:
        self._is_starting = False
        self._ask_for(changes.records[0], self._on_record_here)

    def _on_discarded(self, _changes: Changes) -> None:
        pass

    def _on_failed(self, error: BaseException) -> None:
        self._message.say_error(error)

    @Slot(str)
    def _on_tool_requested(self, tool_id: str) -> None:
        page = ToolPage(self._session.toolkit.tool(tool_id))
        page.start_requested.connect(self._on_start_requested)
        page.collection_requested.connect(self._on_collection_requested)
        page.back_requested.connect(self._on_toolkit)
        self._show("toolkit", page)

    @Slot(str, int)
    def _on_collection_requested(self, tool_id: str, place: int) -> None:
        tool = self._session.toolkit.tool(tool_id)
        screen = CollectionScreen(self._session, self._dialogs, tool, tool.collections[place])
        screen.closed.connect(self._on_tool_requested)
        self._show("toolkit", screen)

    @Slot()
    def _on_quick(self) -> None:
        for tool in quick_tools(self._session.toolkit.tools)[:1]:
            self._leave_for(partial(self._on_quick_requested, tool.id))

    @Slot(str)
    def _on_quick_requested(self, tool_id: str) -> None:
        self._on_start_requested(tool_id, "")

    @Slot(str, str)
    def _on_start_requested(self, tool_id: str, person: str) -> None:
        if self._is_starting:
            return  # pressed twice
        self._is_starting = True
        tool, now = self._session.toolkit.tool(tool_id), self._session.now()
        self._session.tell(
            self,
            lambda vault: start_record(vault, tool, now=now, person=person or None),
            done=self._on_started,
            failed=self._on_start_failed,
        )

    @Slot(object)
    def _on_head_requested(self, head: RecordHead) -> None:
        self.open_record(head.id)

    @Slot(int)
    def _on_share_requested(self, record_id: int) -> None:
        self._ask_for(record_id, self._on_share_here)

    def _on_review_here(self, matter: Matter) -> None:
        tool = self._tool_of(matter.record) if matter.record is not None else None
        screen = ReviewScreen(self._session, matter, tool)
        screen.left.connect(self._on_review_left)
        screen.reviewed.connect(self._on_reviewed)
        screen.again_requested.connect(self._on_start_requested)
        screen.record_requested.connect(self.open_record)
        self._review_from = self._rail.place
        self._show(self._review_from, screen)

    @Slot()
    def _on_review_left(self) -> None:
        self.go_to(self._review_from)

    @Slot(str)
    def _on_reviewed(self, sentence: str) -> None:
        self.go_to(self._review_from)
        self._message.say(sentence)

    def _people(self) -> PeopleScreen:
        people = PeopleScreen(self._session)
        people.person_requested.connect(self._on_person_requested)
        people.added.connect(self._on_person_requested)
        people.toolkit_requested.connect(self._on_toolkit)
        return people

    @Slot(str)
    def _on_person_requested(self, alias: str) -> None:
        page = PersonPage(self._session, self._dialogs, alias)
        page.back_requested.connect(self._on_people)
        page.edit_requested.connect(self._on_details_requested)
        page.record_requested.connect(self.open_record)
        page.action_requested.connect(self._on_action_requested)
        page.start_requested.connect(self._on_start_requested)
        page.erased.connect(self._on_person_erased)
        self._show("people", page)

    @Slot(int)
    def _on_action_requested(self, action_id: int) -> None:
        self.go_to("agreed")
        if isinstance(self._screen, AgreedScreen):
            self._screen.open_action(action_id)

    @Slot(object)
    def _on_details_requested(self, person: Person) -> None:
        page = EditPage(self._session, person)
        page.left.connect(self._on_person_requested)
        self._show("people", page)

    @Slot(str)
    def _on_person_erased(self, sentence: str) -> None:
        """Lists that still hold what was erased are let go, with what was open in them."""
        for kept in (self._journal, self._agreed):
            if kept is not None:
                kept.deleteLater()
        self._journal = self._agreed = None
        self._session.reviews_begun.clear()
        people = self._people()
        self._show("people", people)
        people.message.say(sentence)

    @Slot(bool)
    def _on_together_changed(self, on: bool) -> None:
        self.together_changed.emit()
        self._rail.setVisible(not on)
        self._fold_rail()

    @Slot(int)
    def _on_finished(self, record_id: int) -> None:
        self._ask_for(record_id, self._on_finished_here)

    @Slot()
    def _on_lock(self) -> None:
        self.lock_requested.emit()

    @Slot()
    def _on_today(self) -> None:
        self.go_to("today")

    @Slot()
    def _on_toolkit(self) -> None:
        self.go_to("toolkit")

    @Slot()
    def _on_your_tools(self) -> None:
        screen = YourToolsScreen(self._session, self._settings, self._dialogs)
        screen.back_requested.connect(self._on_toolkit)
        screen.export_requested.connect(self._on_export)
        screen.edit_requested.connect(self._on_edit_requested)
        self._show("toolkit", screen)

    @Slot(str)
    def _on_edit_requested(self, tool_id: str) -> None:
        tool = self._session.toolkit.tool(tool_id) if tool_id else None
        page = BeginPage(self._session, places_in(self._settings.folder), tool)
        page.opened.connect(self._on_editor_opened)
        page.back_requested.connect(self._on_your_tools)
        self._show("toolkit", page)

    @Slot(object)
    def _on_editor_opened(self, opened: Opened) -> None:
        places = places_in(self._settings.folder)
        editor = EditorScreen(self._session, self._settings, places, opened)
        editor.closed.connect(self._on_your_tools)
        editor.used.connect(self._on_tool_used)
        self._show("toolkit", editor)

    @Slot(str, str)
    def _on_tool_used(self, tool_id: str, sentence: str) -> None:
        self._on_tool_requested(tool_id)
        if isinstance(self._screen, ToolPage):
            self._screen.message.say(sentence)

    @Slot()
    def _on_export(self) -> None:
        screen = ExportScreen(self._session, self._dialogs)
        screen.back_requested.connect(self._on_your_tools)
        self._show("toolkit", screen)

    @Slot()
    def _on_toolkit_changed(self) -> None:
        """Let the journal's list go, which can be narrowed to a tool; others are made anew."""
        if self._journal is not None and self._journal is not self._screen:
            self._journal.deleteLater()
            self._journal = None

    @Slot()
    def _on_journal(self) -> None:
        self.go_to("journal")

    @Slot()
    def _on_people(self) -> None:
        self.go_to("people")

    @Slot()
    def _on_insights(self) -> None:
        self.go_to("insights")

    def _insights(self, days: int | None) -> InsightsScreen:
        screen = InsightsScreen(self._session, self._dialogs, days=days)
        screen.records_requested.connect(self._on_behind_requested)
        screen.toolkit_requested.connect(self._on_toolkit)
        return screen

    @Slot(object)
    def _on_behind_requested(self, behind: Behind) -> None:
        page = BehindPage(self._session, behind)
        page.record_requested.connect(self.open_record)
        page.back_requested.connect(self._on_behind_left)
        self._show("insights", page)

    @Slot(object)
    def _on_behind_left(self, behind: Behind) -> None:
        self._show("insights", self._insights(behind.days))

    @Slot()
    def _on_agreed(self) -> None:
        self.go_to("agreed")

    @Slot()
    def _on_settings(self) -> None:
        self.go_to("settings")

    @Slot()
    def _on_help(self) -> None:
        self.go_to("help")

    @Slot()
    def _on_other_area(self) -> None:
        if not self._rail.isVisible():
            return
        focused = QApplication.focusWidget()
        in_rail = focused is not None and self._rail.isAncestorOf(focused)
        if in_rail and self._screen is not None:
            self._screen.arrive()
        else:
            self._rail.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_rail()
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

    def _fold_rail(self) -> None:
        if not self.is_together:  # where it is away, and the text larger
            self._rail.fold(self.width() < theme.px(_NAMES_FROM))
