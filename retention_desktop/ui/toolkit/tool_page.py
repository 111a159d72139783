"""Before a tool is started: who it is for, when, why, how long, and its steps."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from retention_desktop.models.enums import Setting
from retention_desktop.models.views import Person
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.people.person_line import PersonLine
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import tool_line


class ToolPage(Page):
    """Says what a tool is. `start_requested` carries its id and the other person's alias, or "".

    `collection_requested` carries its id and the place of a collection among its collections.
    """

    start_requested = Signal(str, str)
    collection_requested = Signal(str, int)
    back_requested = Signal()

    def __init__(self, tool: Tool) -> None:
        super().__init__(tool.title, width=READING)
        self._tool_id = tool.id
        self.column.setSpacing(10)
        self.column.insertWidget(0, driver_label(tool.driver))
        self.column.addWidget(label(tool.purpose, "lead"))
        self.column.addWidget(label(tool_line(tool), "small"))
        self.message = Message()
        self.column.addWidget(self.message)
        for name, text in ((_("Who it is for"), tool.audience), (_("When"), tool.when)):
            self.column.addSpacing(4)
            self.column.addWidget(label(name, "strong"))
            self.column.addWidget(label(text, "body"))
        self._person: PersonLine | None = None
        settings = (tool.setting, *tool.also_suits)
        if Setting.ONE_TO_ONE in settings and not tool.themes_only:
            self.column.addSpacing(4)
            self._person = PersonLine()
            self.column.addWidget(
                Field(
                    _("Who is it with?"),
                    self._person,
                    help_text=_(
                        "A short name that only you understand, such as Person A. "
                        "Use the same one each time, and the last time comes back."
                    ),
                )
            )
        self.column.addSpacing(4)
        self.column.addWidget(label(_("The steps"), "strong"))
        steps = QGridLayout()  # so that the titles begin under one another
        steps.setHorizontalSpacing(10)
        steps.setVerticalSpacing(10)
        steps.setColumnStretch(1, 1)
        for number, step in enumerate(tool.steps, 1):
            steps.addWidget(label(f"{number}", "muted", wrap=False), number, 0)
            steps.addWidget(label(step.title, "body"), number, 1)
        self.column.addLayout(steps)
        if tool.collections:
            self.column.addSpacing(4)
            self.column.addWidget(label(_("Gathered from every use"), "strong"))
        for place, collection in enumerate(tool.collections):
            opens = ContentButton("row-button", collection.title)
            opens.setProperty("place", place)
            opens.clicked.connect(self._on_collection)
            content = QHBoxLayout()
            content.setContentsMargins(8, 8, 8, 8)
            content.setSpacing(10)
            content.addWidget(icon_label("layout-grid", "accent", 18))
            content.addWidget(label(collection.title, "row"), 1)
            opens.set_content(content)
            self.column.addWidget(opens)
        start = button(_("Start"), "primary")
        start.setAccessibleName(_("Start: {title}").format(title=tool.title))
        back = button(_("Back to the toolkit"), icon="arrow-left")
        start.clicked.connect(self._on_start)
        back.clicked.connect(self.back_requested)
        self.column.addStretch(1)
        self.primary = start
        self.set_footer(back, start)

    def offer_people(self, people: tuple[Person, ...]) -> None:
        """Offer the aliases of these people where the page asks who it is with."""
        if self._person is not None:
            self._person.offer([each.alias for each in people])

    @Slot()
    def _on_collection(self) -> None:
        self.collection_requested.emit(self._tool_id, self.sender().property("place"))

    @Slot()
    def _on_start(self) -> None:
        self.start_requested.emit(self._tool_id, self._person.alias if self._person else "")
