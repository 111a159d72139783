"""Your tools: which of them are offered, and the packs that bring more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from retention_desktop.errors import KnownError
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.archives import UnusablePack
from retention_desktop.toolkit.checking import Problem
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import (
    OWN_PACK,
    PACKS_FOLDER,
    KeptPacks,
    Pack,
    import_pack,
    load_all,
    packs_by_tool,
    remove_pack,
    with_packs,
)
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.packs.card import PackCard
from retention_desktop.ui.session import Session
from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import LIST, Page, button_row, card, clear
from retention_desktop.ui.widgets.text import announce, label

_MOST_FAULTS = 50  # that are listed; to mend those is a beginning
_MOST_HEARD = 3  # that a screen reader says at once; the others can be read


class YourToolsScreen(Page):
    """Each choice holds at once. A pack comes in whole, or what is wrong with it is listed."""

    back_requested = Signal()
    export_requested = Signal()
    edit_requested = Signal(str)  # the id of a tool to make one's own; "" for a new one

    def __init__(self, session: Session, settings: SettingsFile, dialogs: FileDialogs) -> None:
        super().__init__(_("Your tools"), width=LIST)
        self._session = session
        self._settings = settings
        self._dialogs = dialogs
        self._folder = settings.folder / PACKS_FOLDER
        self._message = Message()
        self._faults, self._faults_layout = card()
        self._faults.hide()
        self._packs = QVBoxLayout()
        self._packs.setSpacing(14)
        self._tools = QVBoxLayout()
        self._tools.setSpacing(14)
        self._import_zip = button(_("Import a .zip…"), icon="plus")
        self._import_folder = button(_("Import a folder…"), icon="plus")
        self.column.addWidget(
            label(_("Turn off what you do not use, and bring in what others made."), "lead")
        )
        self.column.addWidget(self._message)
        self.column.addWidget(self._faults)
        self.column.addWidget(label(_("Packs"), "section"))
        self.column.addLayout(self._packs)
        self.column.addLayout(button_row(self._import_zip, self._import_folder))
        self.column.addSpacing(10)
        self.column.addWidget(label(_("All tools"), "section"))
        self.column.addWidget(
            label(_("A tool that is off is not offered. What you wrote with it stays."), "muted")
        )
        make = button(_("Make a new tool"), icon="plus")
        make.clicked.connect(self._on_make)
        self.column.addLayout(button_row(make))
        self.column.addLayout(self._tools)
        self.column.addStretch(1)
        back = button(_("Back to the toolkit"), icon="arrow-left")
        export = button(_("Share tools with others"), icon="share-2")
        self.set_footer(back, export)
        back.clicked.connect(self.back_requested)
        export.clicked.connect(self.export_requested)
        self._import_zip.clicked.connect(self._on_import_zip)
        self._import_folder.clicked.connect(self._on_import_folder)
        self._show()

    def _change(self, change: Callable[[], str]) -> None:
        """Change the packs, then read everything again; `change` gives the sentence to say."""
        self._message.clear()
        self._faults.hide()
        for each in (self._import_zip, self._import_folder):
            each.setEnabled(False)
        folder, turned_off = self._folder, self._settings.current.turned_off
        self._session.work(
            self._session,  # whoever leaves meanwhile must still be offered the new tools
            lambda: (change(), *load_all(folder, turned_off)),
            done=self._on_changed,
            failed=self._on_failed,
        )

    def _on_changed(self, done: tuple[str, Toolkit, KeptPacks]) -> None:
        sentence, toolkit, kept = done
        self._session.use(toolkit, kept)
        if self._has_gone:
            self._session.told.emit(sentence)
            return
        self._be_ready()
        self._show()
        self._message.say(sentence)

    def _on_failed(self, error: BaseException) -> None:
        if self._has_gone:
            self._session.told.emit(_("The pack was not imported. {why}").format(why=error))
            return
        self._be_ready()
        if isinstance(error, UnusablePack):
            self._message.say(
                _("This pack cannot be used yet, and nothing was changed. This is wrong with it:"),
                tone="warn",
            )
            self._list_faults(error.problems)
        else:
            self._message.say_error(error)

    @property
    def _has_gone(self) -> bool:
        """Whether one has left: the screen is put away first, and deleted a moment later."""
        return not shiboken6.isValid(self) or self.isHidden()

    def _be_ready(self) -> None:
        for each in (self._import_zip, self._import_folder):
            each.setEnabled(True)
        self._import_zip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scroller.verticalScrollBar().setValue(0)

    def _list_faults(self, problems: tuple[Problem, ...]) -> None:
        clear(self._faults_layout)
        for problem in problems[:_MOST_FAULTS]:
            self._faults_layout.addWidget(label(str(problem), "body"))
        if len(problems) > _MOST_FAULTS:
            more = _("There are {count} more.").format(count=len(problems) - _MOST_FAULTS)
            self._faults_layout.addWidget(label(more, "muted"))
        self._faults.show()
        announce(self._faults, " ".join(str(problem) for problem in problems[:_MOST_HEARD]))

    def _show(self) -> None:
        kept = self._session.packs
        self._show_packs(kept)
        self._show_tools(self._session.toolkit, packs_by_tool(kept.packs))
        self.column.activate()  # at once, or it jumps into place while one looks

    def _show_packs(self, kept: KeptPacks) -> None:
        clear(self._packs)
        for pack in kept.packs:
            made = PackCard.of_pack(pack)
            made.remove_requested.connect(self._on_remove)
            self._packs.addWidget(made)
        for pack_id in kept.unreadable:
            made = PackCard.of_unreadable(pack_id)
            made.remove_requested.connect(self._on_remove)
            self._packs.addWidget(made)
        if not kept.packs and not kept.unreadable:
            text = _(
                "There are none yet. A pack holds tools that your organisation or a colleague "
                "made or reworded."
            )
            self._packs.addWidget(label(text, "muted"))

    def _show_tools(self, toolkit: Toolkit, pack_of: dict[str, Pack]) -> None:
        clear(self._tools)
        for driver in Driver:
            tools = [tool for tool in toolkit.every if tool.driver is driver]
            if tools:
                frame, layout = card()
                layout.setSpacing(4)
                layout.addWidget(driver_label(driver, "card-title", icon_pixels=20))
                for row in self._tool_rows(tools, toolkit, pack_of):
                    layout.addLayout(row)
                self._tools.addWidget(frame)

    def _tool_rows(
        self, tools: Iterable[Tool], toolkit: Toolkit, pack_of: dict[str, Pack]
    ) -> Iterable[QHBoxLayout]:
        for tool in tools:
            switch = Choice(tool.title)
            switch.setChecked(tool in toolkit.tools)
            switch.setProperty("tool", tool.id)
            switch.toggled.connect(self._on_switched)
            row = QHBoxLayout()
            row.addWidget(switch, 1)
            if tool.id in pack_of:
                about = pack_of[tool.id].about
                whose = (
                    _("Your own version")
                    if about.id == OWN_PACK
                    else _("From {pack}").format(pack=about.title)
                )
                switch.setAccessibleDescription(whose)
                row.addWidget(label(whose, "small"), 0, Qt.AlignmentFlag.AlignVCenter)
            edit = icon_button("pencil", _("Make my own version: {title}").format(title=tool.title))
            edit.setProperty("tool", tool.id)
            edit.clicked.connect(self._on_edit)
            row.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
            yield row

    @Slot()
    def _on_make(self) -> None:
        self.edit_requested.emit("")

    @Slot()
    def _on_edit(self) -> None:
        self.edit_requested.emit(self.sender().property("tool"))

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        tool_id = self.sender().property("tool")
        others = [each for each in self._settings.current.turned_off if each != tool_id]
        turned_off = tuple(others if on else [*others, tool_id])
        try:
            self._settings.change(turned_off=turned_off)
        except KnownError as error:
            self._message.say_error(error)
        self._session.use(with_packs(self._session.toolkit, (), turned_off), self._session.packs)

    @Slot()
    def _on_import_zip(self) -> None:
        self._dialogs.choose_zip(self, _("Import a pack"), self._import)

    @Slot()
    def _on_import_folder(self) -> None:
        self._dialogs.choose_folder(self, _("Import a pack"), Path.home(), self._import)

    def _import(self, path: Path) -> None:
        self._change(partial(_import, path, self._folder))

    @Slot(str)
    def _on_remove(self, pack_id: str) -> None:
        self._change(partial(_remove, pack_id, self._folder))


def _import(path: Path, folder: Path) -> str:
    pack = import_pack(path, folder)
    return _("“{title}” is here. Its tools are in the toolkit.").format(title=pack.about.title)


def _remove(pack_id: str, folder: Path) -> str:
    remove_pack(pack_id, folder)
    return _("The pack is removed.")
