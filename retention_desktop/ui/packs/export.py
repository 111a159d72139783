"""Sharing tools: some of them as one file, which others can import."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from retention_desktop.errors import KnownError
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.packs import export_pack, pack_id
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.session import Session
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page, card
from retention_desktop.ui.widgets.text import label


class ExportScreen(Page):
    """Asks which tools and whose they are, then where to save the file."""

    back_requested = Signal()

    def __init__(self, session: Session, dialogs: FileDialogs) -> None:
        super().__init__(_("Share tools with others"), width=READING)
        self._session = session
        self._dialogs = dialogs
        self._message = Message()
        self._title, self._publisher, self._text, self._version = (
            QLineEdit() for _each in range(4)
        )
        self._title.setMaxLength(60)
        self._publisher.setMaxLength(100)
        self._text.setMaxLength(400)
        self._version.setValidator(QIntValidator(1, 999_999, self._version))
        self._version.setText("1")
        self._version.setMaximumWidth(theme.px(120))
        self._fields = {
            self._title: Field(_("Name of the pack"), self._title),
            self._publisher: Field(
                _("Who it comes from"),
                self._publisher,
                help_text=_("Your organisation or team. Keep both names for a newer version."),
            ),
            self._text: Field(_("What it is for, in a sentence or two"), self._text),
            self._version: Field(
                _("Version"), self._version, help_text=_("One more each time you share it again.")
            ),
        }
        self.column.addWidget(
            label(
                _(
                    "You get one file that others can import. "
                    "Only the tools are in it, nothing from your journal."
                ),
                "lead",
            )
        )
        self.column.addWidget(self._message)
        for edit, field in self._fields.items():
            edit.textEdited.connect(field.take_error_back)
            self.column.addWidget(field)
        self.column.addSpacing(6)
        self.column.addWidget(label(_("Which tools"), "section"))
        self._ticks: dict[str, Choice] = {}
        self._add_ticks()
        self.column.addStretch(1)
        back = button(_("Back to your tools"), icon="arrow-left")
        self._save = button(_("Save the pack…"), "primary")
        self.primary = self._save
        self.set_footer(back, self._save)
        back.clicked.connect(self.back_requested)
        self._save.clicked.connect(self._on_save)

    def _add_ticks(self) -> None:
        every = self._session.toolkit.every
        for driver in Driver:
            tools = [tool for tool in every if tool.driver is driver]
            if not tools:
                continue
            frame, layout = card()
            layout.setSpacing(4)
            layout.addWidget(driver_label(driver, "card-title", icon_pixels=20))
            for tool in tools:
                self._ticks[tool.id] = Choice(tool.title)
                layout.addWidget(self._ticks[tool.id])
            self.column.addWidget(frame)

    @Slot()
    def _on_save(self) -> None:
        self._message.clear()
        about = self._about()
        empty = [edit for edit in self._fields if not edit.text().strip()]
        for edit in empty:
            self._fields[edit].set_error(_("Write something here first."))
        if empty:
            empty[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not any(tick.isChecked() for tick in self._ticks.values()):
            self._tell(_("Tick at least one tool first."), is_well=False)
        else:
            self._dialogs.choose_new_zip(
                self, _("Save the pack"), f"{about.id}.zip", partial(self._write, about)
            )

    def _about(self) -> About:
        title, publisher, text = (
            only_text(edit.text()).strip() for edit in (self._title, self._publisher, self._text)
        )
        return About(
            pack_id(publisher, title), int(self._version.text() or 1), title, publisher, text
        )

    def _write(self, about: About, target: Path) -> None:
        self._save.setEnabled(False)
        tools = [
            self._session.toolkit.tool(tool_id)
            for tool_id, tick in self._ticks.items()
            if tick.isChecked()
        ]
        self._session.work(
            self._session,  # whoever leaves meanwhile must still hear how it ended
            lambda: _export(tools, about, target),
            done=self._on_written,
            failed=self._on_failed,
        )

    def _on_written(self, name: str) -> None:
        text = _("Saved as {name}. Others import it under “Your tools”.").format(name=name)
        self._tell(text, is_well=True)

    def _on_failed(self, error: BaseException) -> None:
        self._tell(
            str(error) if isinstance(error, KnownError) else _("It was not saved."), is_well=False
        )
        if not isinstance(error, KnownError):
            raise error

    def _tell(self, sentence: str, *, is_well: bool) -> None:
        if not shiboken6.isValid(self):
            self._session.told.emit(sentence)
            return
        self._save.setEnabled(True)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)
        self._message.say(sentence, tone="calm" if is_well else "warn")
        self.scroller.verticalScrollBar().setValue(0)


def _export(tools: Iterable[Tool], about: About, target: Path) -> str:
    export_pack(tools, about, target)
    return target.name
