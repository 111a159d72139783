"""The ways between the screens about tools: a tool, what it gathered, and one's own tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from retention_desktop.journal.people import list_people
from retention_desktop.ui.collection.screen import CollectionScreen
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.editor.begin import BeginPage
from retention_desktop.ui.editor.opening import Opened, places_in
from retention_desktop.ui.editor.screen import EditorScreen
from retention_desktop.ui.packs.export import ExportScreen
from retention_desktop.ui.packs.screen import YourToolsScreen
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.widgets.page import Page

ToolScreen = Page | EditorScreen
Way = Callable[[], None]


class ToolWays(QObject):
    """Makes the screens about tools and leads from one to the next.

    `show` puts a screen in its place; the way given with it leads there once more.
    """

    start_requested = Signal(str, str)  # the id of the tool, and the other person's alias or ""
    toolkit_requested = Signal()

    def __init__(
        self,
        session: Session,
        settings: SettingsFile,
        dialogs: FileDialogs,
        show: Callable[[ToolScreen, Way], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._dialogs = dialogs
        self._show = show

    def make_toolkit(self) -> ToolkitScreen:
        """The screen that lists the tools."""
        tools = ToolkitScreen(self._session.toolkit)
        tools.tool_requested.connect(self.show_tool)
        tools.your_tools_requested.connect(self._show_your_tools)
        return tools

    @Slot(str)
    @Slot(str, str)
    def show_tool(self, tool_id: str, said: str = "") -> None:
        """Go to a tool, with a sentence above it."""
        page = ToolPage(self._session.toolkit.tool(tool_id))
        page.start_requested.connect(self.start_requested)
        page.collection_requested.connect(self._show_collection)
        page.back_requested.connect(self.toolkit_requested)
        self._session.ask(page, list_people, done=page.offer_people, failed=page.message.say_error)
        self._show(page, partial(self.show_tool, tool_id))
        if said:
            page.message.say(said)

    @Slot(str, int)
    def _show_collection(self, tool_id: str, place: int) -> None:
        tool = self._session.toolkit.tool(tool_id)
        screen = CollectionScreen(self._session, self._dialogs, tool, tool.collections[place])
        screen.closed.connect(self.show_tool)
        self._show(screen, partial(self._show_collection, tool_id, place))

    @Slot()
    def _show_your_tools(self) -> None:
        screen = YourToolsScreen(self._session, self._settings, self._dialogs)
        screen.back_requested.connect(self.toolkit_requested)
        screen.export_requested.connect(self._show_export)
        screen.edit_requested.connect(self._begin_edit)
        self._show(screen, self._show_your_tools)

    @Slot()
    def _show_export(self) -> None:
        screen = ExportScreen(self._session, self._dialogs)
        screen.back_requested.connect(self._show_your_tools)
        self._show(screen, self._show_export)

    @Slot(str)
    def _begin_edit(self, tool_id: str) -> None:
        tool = self._session.toolkit.tool(tool_id) if tool_id else None
        page = BeginPage(self._session, places_in(self._settings.folder), tool)
        page.opened.connect(self._show_editor)
        page.back_requested.connect(self._show_your_tools)
        self._show(page, partial(self._begin_edit, tool_id))

    @Slot(object)
    def _show_editor(self, opened: Opened) -> None:
        places = places_in(self._settings.folder)
        editor = EditorScreen(self._session, self._settings, places, opened)
        editor.closed.connect(self._show_your_tools)
        editor.used.connect(self.show_tool)
        self._show(editor, self._show_your_tools)
