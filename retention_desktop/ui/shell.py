"""The unlocked window: goes from screen to screen, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from retention_desktop.journal.actions import ActionFilter
from retention_desktop.journal.begun import read_begun
from retention_desktop.journal.records import discard_draft, get_record, start_record
from retention_desktop.models.enums import Form, RecordState
from retention_desktop.models.views import Changes, Due, Person, Place, Record, RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.run import follows_last_use
from retention_desktop.ui.agreed.screen import AgreedScreen
from retention_desktop.ui.begun import Writing
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.editor.screen import EditorScreen
from retention_desktop.ui.frame import Frame
from retention_desktop.ui.help.screen import HelpScreen
from retention_desktop.ui.insights.behind import Behind, BehindPage
from retention_desktop.ui.insights.screen import YEAR, InsightsScreen
from retention_desktop.ui.journal.bin_page import BinPage
from retention_desktop.ui.journal.binning import Binning
from retention_desktop.ui.journal.record_page import RecordPage, Version, look_at_version
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.people.edit import EditPage
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.people.screen import PeopleScreen
from retention_desktop.ui.review.matter import Matter, look_back
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.ui.runner.opening import Surroundings, look_around
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.search.screen import SearchScreen
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.settings.screen import SettingsScreen
from retention_desktop.ui.share.screen import ShareScreen, ToShare, gather_to_share
from retention_desktop.ui.today.screen import TodayScreen, quick_tools
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.toolkit.ways import ToolScreen, ToolWays, Way
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import Page
from retention_desktop.vault import KdfParams, Vault

T = TypeVar("T")
Screen = (
    Page
    | SearchScreen
    | JournalScreen
    | AgreedScreen
    | ReviewScreen
    | RunnerScreen
    | ShareScreen
    | EditorScreen
)


class Shell(QWidget):
    """Goes from screen to screen. Leaving one saves what is written there first, and never asks."""

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
        self._here: Way = self._on_today  # leads to the screen that is open, once more
        self._came_from: Way = self._on_journal  # where Back leads from what was asked for
        self._said = ""  # a sentence to stand above the next screen
        # Screens that stay, so that one comes back to the same search.
        self._kept: dict[str, SearchScreen | JournalScreen | AgreedScreen] = {}
        self._then: Callable[[], None] | None = None
        self._wanted = 0  # counts what was asked for: only the last of it is shown
        self._is_starting = False

        session.told.connect(self.notice)
        session.changed.connect(self._on_changed)
        session.toolkit_changed.connect(self._on_toolkit_changed)

        self._frame = Frame(self)
        self._frame.place_chosen.connect(self.go_to)
        self._frame.arrival_requested.connect(self._on_arrival_requested)
        self._binning = Binning(session, self._frame.message, self)
        self._binning.moved.connect(self._on_binned)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        self._tools = ToolWays(session, settings, dialogs, self._show_about_tools, self)
        self._tools.start_requested.connect(self._on_start_requested)
        self._tools.toolkit_requested.connect(self._on_toolkit)
        for keys, slot in (
            ("Ctrl+1", self._on_today),
            ("Ctrl+2", self._on_toolkit),
            ("Ctrl+3", self._on_journal),
            ("Ctrl+4", self._on_agreed),
            ("Ctrl+5", self._on_people),
            ("Ctrl+6", self._on_insights),
            ("Ctrl+K", self._on_search),
            ("Ctrl+N", self._on_quick),
            ("Ctrl+,", self._on_settings),
            ("F1", self._on_help),
            ("F6", self._frame.go_to_other_area),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        for keys, slot in (("F9", self._frame.toggle_cover), ("Ctrl+L", self.lock_requested.emit)):
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
        if isinstance(self._screen, Writing):
            self._screen.flush(then)
        else:
            then(True)

    @Slot(str)
    def notice(self, text: str) -> None:
        """Say something about the whole journal."""
        self._frame.message.say(text, tone="warn")

    @Slot(object, object)
    def _on_changed(self, _changes: Changes, initiator: object) -> None:
        """What is said above a screen goes once the next thing is done on it."""
        if (
            isinstance(initiator, QWidget)
            and self._screen is not None
            and (initiator is self._screen or self._screen.isAncestorOf(initiator))
        ):
            self._frame.message.clear()

    def cover(self) -> None:
        """Hide what is on the screen: it could not be saved, so the journal cannot be locked."""
        self._frame.cover(
            title=_("Your journal is not locked"),
            text=_(
                "What you wrote last could not be saved, so we have only covered it. "
                "Go back, and the page says what to do."
            ),
            back=_("Back to what I wrote"),
        )

    @Slot()
    def _on_arrival_requested(self) -> None:
        if self._screen is not None:
            self._screen.arrive()

    # Places

    @Slot(str)
    def go_to(self, place: str) -> None:
        """Go to one of the places of the rail, or lock."""
        if place == "lock":
            self.lock_requested.emit()
        else:
            self._leave_for(lambda: self._show(place, self._make(place)))

    def _make(self, place: str) -> Screen:
        if place == "today":
            today = TodayScreen(self._session, self._settings, self._dialogs)
            today.review_requested.connect(self.open_review)
            today.person_requested.connect(self._on_person_requested)
            today.meeting_requested.connect(self._on_start_requested)
            today.continue_requested.connect(self.open_record)
            today.tool_requested.connect(self._tools.show_tool)
            today.start_requested.connect(self._on_quick_requested)
            today.toolkit_requested.connect(self._on_toolkit)
            today.journal_requested.connect(self._on_journal)
            return today
        if place == "toolkit":
            return self._tools.make_toolkit()
        if place in ("search", "journal", "agreed"):
            if place not in self._kept:
                self._kept[place] = self._make_kept(place)
            return self._kept[place]
        if place == "people":
            people = PeopleScreen(self._session)
            people.person_requested.connect(self._on_person_requested)
            people.added.connect(self._on_person_requested)
            people.toolkit_requested.connect(self._on_toolkit)
            return people
        if place == "insights":
            return self._insights(YEAR)
        if place == "settings":
            screen = SettingsScreen(self._session, self._settings, self._vault_folder, self._kdf)
            screen.look_changed.connect(self.look_changed)
            return screen
        return HelpScreen()

    def _make_kept(self, place: str) -> SearchScreen | JournalScreen | AgreedScreen:
        if place == "search":
            search = SearchScreen(self._session)
            search.record_requested.connect(self.open_record)
            search.action_requested.connect(self._on_action_requested)
            search.person_requested.connect(self._on_person_requested)
            search.tool_requested.connect(self._tools.show_tool)
            search.help_requested.connect(self._show_help)
            search.journal_requested.connect(self._on_records_requested)
            search.agreed_requested.connect(self._on_actions_requested)
            return search
        if place == "journal":
            journal = JournalScreen(self._session)
            journal.share_requested.connect(self._on_share_several)
            journal.record_requested.connect(self._on_head_requested)
            journal.toolkit_requested.connect(self._on_toolkit)
            journal.bin_requested.connect(self._on_bin)
            return journal
        agreed = AgreedScreen(self._session)
        agreed.record_requested.connect(self.open_record)
        agreed.review_requested.connect(self.open_review)
        return agreed

    def _let_go(self, *places: str) -> None:
        """Screens that stay are made anew the next time."""
        for place in places:
            if (kept := self._kept.pop(place, None)) is not None:
                kept.deleteLater()

    @Slot()
    def _on_search(self) -> None:
        self.go_to("search")

    @Slot()
    def _on_today(self) -> None:
        self.go_to("today")

    @Slot()
    def _on_toolkit(self) -> None:
        self.go_to("toolkit")

    @Slot()
    def _on_journal(self) -> None:
        self.go_to("journal")

    @Slot()
    def _on_agreed(self) -> None:
        self.go_to("agreed")

    @Slot()
    def _on_people(self) -> None:
        self.go_to("people")

    @Slot()
    def _on_insights(self) -> None:
        self.go_to("insights")

    @Slot()
    def _on_settings(self) -> None:
        self.go_to("settings")

    @Slot()
    def _on_help(self) -> None:
        self.go_to("help")

    @Slot(str)
    def _show_help(self, section: str) -> None:
        self._show("help", HelpScreen(section), partial(self._show_help, section))

    @Slot(str)
    def _on_records_requested(self, text: str) -> None:
        self.go_to("journal")
        if isinstance(self._screen, JournalScreen):
            self._screen.look_for(text)

    @Slot(object)
    def _on_actions_requested(self, wanted: ActionFilter) -> None:
        self.go_to("agreed")
        if isinstance(self._screen, AgreedScreen):
            self._screen.look_for(wanted)

    # From one screen to the next

    def _show(self, place: str, screen: Screen, here: Way | None = None) -> None:
        """Put a screen in place of the one before, which is let go.

        `here` leads to it once more; without one, its place does. Some screens stay, so that
        one comes back to them as they were.
        """
        self._frame.message.clear()
        if self._said:
            self._frame.message.say(self._said)
            self._said = ""
        before, self._screen = self._screen, screen
        self._here = here or partial(self.go_to, place)
        if before is not None and before is not screen:
            self._frame.take_away(before)
            if before not in self._kept.values():
                before.deleteLater()
        self._frame.show_screen(place, screen)
        screen.arrive()

    def _show_about_tools(self, screen: ToolScreen, here: Way) -> None:
        self._show("toolkit", screen, here)

    def _leave_for(self, then: Callable[[], None]) -> None:
        """Save what is being written, or drop a draft in which nothing is; then go on."""
        if self._frame.is_covered:
            return
        if isinstance(self._screen, RunnerScreen) and self._screen.is_together:
            self._screen.say_leave_together_first()
            return
        self._wanted += 1
        if isinstance(self._screen, (RunnerScreen, EditorScreen)) and not self._screen.may_leave():
            self._frame.mark(self._frame.place)
            return
        self._then = then
        self.flush(self._on_left)

    def _on_left(self, kept: bool) -> None:
        then, self._then = self._then, None
        if not kept or then is None:
            self._frame.mark(self._frame.place)  # the page says why one is still here
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

    def _on_discarded(self, _changes: Changes) -> None:
        pass

    def _ask(self, look: Callable[[Vault], T], done: Callable[[T], None]) -> None:
        """Ask for what the next screen shows; drop it if something else is asked for."""
        self._session.ask(
            self,
            look,
            done=partial(self._on_asked_for, self._wanted, done),
            failed=self._on_failed,
        )

    def _on_asked_for(self, wanted: int, done: Callable[[T], None], found: T) -> None:
        if wanted == self._wanted:  # else something else was asked for since
            done(found)

    def _on_failed(self, error: BaseException) -> None:
        self._frame.message.say_error(error)

    @Slot()
    def _go_back(self) -> None:
        self._came_from()

    # Records

    @Slot(int)
    def open_record(self, record_id: int) -> None:
        """Go on with a draft, or read a finished record; Back leads to where one is now."""
        self._open_record(record_id, self._here)

    @Slot(object)
    def _on_head_requested(self, head: RecordHead) -> None:
        self.open_record(head.id)

    def _open_record(self, record_id: int, came_from: Way, said: str = "") -> None:
        self._leave_for(partial(self._ask_for, record_id, came_from, said))

    def _ask_for(self, record_id: int, came_from: Way, said: str = "") -> None:
        self._wanted += 1
        self._ask(
            partial(get_record, record_id=record_id),
            partial(self._on_record_here, came_from=came_from, said=said),
        )

    def _on_record_here(self, record: Record, *, came_from: Way, said: str) -> None:
        """Go on with a draft, or show a finished record, with a sentence above it."""
        tool = self._tool_of(record)
        show = partial(self._show_record, record, tool, came_from, said)
        if tool is None:
            show(None)
        elif record.head.state is RecordState.DRAFT:
            self._ask(partial(look_around, record.head.id), partial(self._show_run, record, tool))
        elif tool.agreement and follows_last_use(tool, record.head.person):
            self._ask(partial(look_at_version, record), show)
        else:
            show(None)

    def _tool_of(self, record: Record) -> Tool | None:
        """The tool of a record, if it is still in the toolkit."""
        tools = (tool for tool in self._session.toolkit.every if tool.id == record.head.tool_id)
        return next(tools, None)

    def _show_record(
        self,
        record: Record,
        tool: Tool | None,
        came_from: Way,
        said: str,
        version: Version | None,
    ) -> None:
        self._came_from = came_from
        page = RecordPage(self._session, self._dialogs, record, tool, version)
        page.share_requested.connect(self._on_share_requested)
        page.again_requested.connect(self._on_start_requested)
        page.review_requested.connect(self.open_review)
        page.record_requested.connect(self.open_record)
        page.bin_requested.connect(self._on_bin_requested)
        page.back_requested.connect(self._go_back)
        self._show("journal", page, partial(self._open_record, record.head.id, came_from))
        if said:
            page.message.say(said)
        if record.head.state is RecordState.DRAFT:
            page.message.say(
                _("The tool of this draft is no longer in the toolkit, so you can only read it."),
                tone="warn",
            )

    @Slot(int)
    def _on_bin_requested(self, record_id: int) -> None:
        self._binning.move((record_id,))

    @Slot()
    def _on_binned(self) -> None:
        """What is on the page is no longer there."""
        if isinstance(self._screen, RecordPage):
            self.go_to("journal")

    @Slot()
    def _on_bin(self) -> None:
        self._leave_for(self._show_bin)

    def _show_bin(self) -> None:
        page = BinPage(self._session)
        page.back_requested.connect(self._on_journal)
        self._show("journal", page, self._on_bin)

    def _show_run(self, record: Record, tool: Tool, surroundings: Surroundings) -> None:
        runner = RunnerScreen(self._session, record, tool, surroundings)
        runner.closed.connect(self._on_today)
        runner.finished.connect(self._on_finished)
        runner.together_changed.connect(self._on_together_changed)
        runner.cover_requested.connect(self._frame.toggle_cover)
        self._show("toolkit", runner, self._on_journal)

    @Slot(int)
    def _on_finished(self, record_id: int) -> None:
        self._ask_for(record_id, self._on_journal, _("Finished, and kept in your journal."))

    @Slot(bool)
    def _on_together_changed(self, on: bool) -> None:
        self.together_changed.emit()
        self._frame.show_rail(not on)

    @Slot(int)
    def _on_share_requested(self, record_id: int) -> None:
        self._on_share_several((record_id,))

    @Slot(object)
    def _on_share_several(self, record_ids: tuple[int, ...]) -> None:
        self._wanted += 1
        self._ask(partial(gather_to_share, record_ids=record_ids), self._show_share)

    def _show_share(self, matter: ToShare) -> None:
        screen = ShareScreen(self._session, self._dialogs, matter)
        screen.closed.connect(self._on_share_closed)
        self._show("journal", screen, self._here)

    @Slot()
    def _on_share_closed(self) -> None:
        self._here()

    # A new use

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

    def _on_started(self, changes: Changes) -> None:
        self._is_starting = False
        self._ask_for(changes.records[0], self._on_journal)

    def _on_start_failed(self, error: BaseException) -> None:
        self._is_starting = False
        if isinstance(self._screen, ToolPage):
            self._screen.message.say_error(error)
        else:
            self._on_failed(error)

    @Slot()
    def _on_toolkit_changed(self) -> None:
        """Let those go that know the tools; others are made anew."""
        knowing = ("search", "journal")
        self._let_go(*(each for each in knowing if self._kept.get(each) is not self._screen))

    # Later looks

    @Slot(object)
    def open_review(self, due: Due) -> None:
        """Look again at what has come back; afterwards one is where one is now."""
        self._open_review(due, self._here)

    def _open_review(self, due: Due, came_from: Way) -> None:
        show = partial(self._show_review, came_from=came_from)
        self._leave_for(lambda: self._ask(partial(look_back, due=due), show))

    def _show_review(self, matter: Matter, came_from: Way) -> None:
        self._came_from = came_from
        tool = self._tool_of(matter.record) if matter.record is not None else None
        screen = ReviewScreen(self._session, matter, tool)
        screen.left.connect(self._go_back)
        screen.reviewed.connect(self._on_reviewed)
        screen.again_requested.connect(self._on_start_requested)
        screen.record_requested.connect(self.open_record)
        self._show(self._frame.place, screen, partial(self._open_review, matter.due, came_from))

    @Slot(str)
    def _on_reviewed(self, sentence: str) -> None:
        self._said = sentence
        self._came_from()

    # People

    @Slot(str)
    def _on_person_requested(self, alias: str) -> None:
        self._leave_for(partial(self._show_person, alias))

    def _show_person(self, alias: str) -> None:
        page = PersonPage(self._session, self._dialogs, alias)
        page.back_requested.connect(self._on_people)
        page.edit_requested.connect(self._on_details_requested)
        page.record_requested.connect(self.open_record)
        page.action_requested.connect(self._on_action_requested)
        page.start_requested.connect(self._on_start_requested)
        page.erased.connect(self._on_person_erased)
        self._show("people", page, partial(self._on_person_requested, alias))

    @Slot(object)
    def _on_details_requested(self, person: Person) -> None:
        self._wanted += 1
        look = partial(read_begun, place=Place(Form.DETAILS, person=person.alias))
        self._ask(look, partial(self._show_details, person))

    def _show_details(self, person: Person, begun: dict[str, str]) -> None:
        page = EditPage(self._session, person, begun)
        page.left.connect(self._on_person_requested)
        self._show("people", page, partial(self._on_person_requested, person.alias))

    @Slot(int)
    def _on_action_requested(self, action_id: int) -> None:
        came_from = self._here
        self.go_to("agreed")
        if isinstance(self._screen, AgreedScreen):
            self._screen.open_action(action_id, came_from)

    @Slot(str)
    def _on_person_erased(self, sentence: str) -> None:
        """Lists that still hold what was erased are let go, with what was open in them."""
        self._let_go(*self._kept)
        self.go_to("people")
        if isinstance(self._screen, PeopleScreen):
            self._screen.message.say(sentence)

    # Insights

    def _insights(self, days: int | None) -> InsightsScreen:
        screen = InsightsScreen(self._session, self._dialogs, days=days)
        screen.records_requested.connect(self._show_behind)
        screen.toolkit_requested.connect(self._on_toolkit)
        return screen

    @Slot(object)
    def _show_behind(self, behind: Behind) -> None:
        page = BehindPage(self._session, behind)
        page.record_requested.connect(self.open_record)
        page.back_requested.connect(self._on_behind_left)
        self._show("insights", page, partial(self._leave_for, partial(self._show_behind, behind)))

    @Slot(object)
    def _on_behind_left(self, behind: Behind) -> None:
        self._show("insights", self._insights(behind.days))
