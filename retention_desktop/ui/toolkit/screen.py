"""The toolkit: every tool by driver, with filters and a search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLineEdit

from retention_desktop.models.enums import Driver, Role, Setting
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.page import WIDE, Page, button_row, card
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import setting_name, tool_line

_TWO_ABREAST_FROM = 720  # the width, at 100 % text, from which two cards stand side by side
_ONE_LINE_FROM = 900  # and from which the filters stand beside the search
_MINUTES = (10, 20, 30, 45)


class ToolkitScreen(Page):
    """Finds a tool. `tool_requested` carries its id."""

    tool_requested = Signal(str)
    your_tools_requested = Signal()

    def __init__(self, toolkit: Toolkit) -> None:
        super().__init__(_("Toolkit"), width=WIDE)
        self._tools = toolkit.tools
        count = _("{count} tools for supervision, teams and yourself.").format(
            count=len(self._tools)
        )
        start = _("Start anywhere; nothing here is in order.")
        your_tools = button(_("Your tools"), "quiet", icon="sliders-horizontal")
        your_tools.setAccessibleDescription(_("Turn tools on or off, and bring in others"))
        your_tools.clicked.connect(self.your_tools_requested)
        top = QHBoxLayout()
        top.addWidget(label(f"{count} {start}", "lead"), 1)
        top.addWidget(your_tools)
        self.column.addLayout(top)

        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Find a tool"))
        self._find.setAccessibleName(_("Find a tool"))
        self._find.setClearButtonEnabled(True)
        self._minutes = Combo(
            _("How much time"),
            [(_("Any time"), None)]
            + [(_("{minutes} min or less").format(minutes=m), m) for m in _MINUTES],
        )
        self._setting = Combo(
            _("Setting"),
            [(_("Any setting"), None)]
            + [(setting_name(each).capitalize(), each) for each in Setting],
        )
        roles = {
            Role.PRACTITIONER: _("For practitioners"),
            Role.SUPERVISOR: _("For supervisors"),
            Role.MANAGER: _("For managers"),
            Role.WORKFORCE_LEAD: _("For workforce leads"),
            Role.TEAM: _("For teams"),
        }
        self._role = Combo(
            _("Who it is for"),
            [(_("For anyone"), None)] + [(name, role) for role, name in roles.items()],
        )
        combos = QHBoxLayout()
        combos.setSpacing(10)
        for combo in (self._minutes, self._setting, self._role):
            combo.setMinimumContentsLength(10)
            combos.addWidget(combo, 1)
        self._filters = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._filters.setSpacing(10)
        self._filters.addWidget(self._find, 1)
        self._filters.addLayout(combos)
        self.column.addLayout(self._filters)
        self._cards = QGridLayout()
        self._cards.setSpacing(14)
        self.column.addLayout(self._cards)
        self._nothing = self._nothing_found()
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self._across = 0

        self._find.textChanged.connect(self._show)
        for combo in (self._minutes, self._setting, self._role):
            combo.currentIndexChanged.connect(self._show)
        self._show()

    def arrive(self) -> None:
        """Ready to search."""
        super().arrive()
        self._find.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _show(self) -> None:
        found = [tool for tool in self._tools if self._matches(tool)]
        phrase = " ".join(self._find.text().lower().split())
        if " " in phrase:  # some words of a title name that tool, not each that holds the words
            found = [tool for tool in found if phrase in tool.title.lower()] or found
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._drivers = [
            self._driver_card(driver, tools)
            for driver in Driver
            if (tools := [tool for tool in found if tool.driver is driver])
        ]
        self._nothing.setVisible(not found)
        self._across = 0
        self._arrange()

    def _matches(self, tool: Tool) -> bool:
        minutes, setting, role = (
            combo.currentData() for combo in (self._minutes, self._setting, self._role)
        )
        return (
            (minutes is None or tool.minutes <= minutes)
            and (setting is None or setting in (tool.setting, *tool.also_suits))
            and (role is None or role in tool.roles)
            and all(word in _words(tool) for word in self._find.text().lower().split())
        )

    def _driver_card(self, driver: Driver, tools: list[Tool]) -> QFrame:
        frame, layout = card()
        layout.setContentsMargins(10, 18, 10, 12)
        layout.setSpacing(0)
        name = driver_label(driver, "card-title", icon_pixels=20)
        name.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(name)
        layout.addSpacing(6)
        for tool in tools:
            row = ContentButton("row-button", f"{tool.title}. {tool_line(tool)}")
            row.setProperty("tool", tool.id)
            row.clicked.connect(self._on_tool)
            line = QHBoxLayout()
            line.setContentsMargins(8, 7, 8, 7)
            line.addWidget(label(tool.title, "row"), 3)
            about = label(tool_line(tool), "small")
            about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(about, 2)
            row.set_content(line)
            layout.addWidget(row)
        layout.addStretch(1)
        return frame

    def _nothing_found(self) -> QFrame:
        frame, layout = card()
        layout.addWidget(label(_("No tool fits all of that"), "card-title"))
        layout.addWidget(label(_("Try another word, or take a filter away."), "muted"))
        again = button(_("Show every tool"))
        again.clicked.connect(self._on_show_all)
        layout.addLayout(button_row(again))
        return frame

    def _arrange(self) -> None:
        one_line = self.room >= theme.px(_ONE_LINE_FROM)
        self._filters.setDirection(
            QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom
        )
        across = 2 if self.room >= theme.px(_TWO_ABREAST_FROM) else 1
        if across == self._across:
            return
        self._across = across
        for index, frame in enumerate(self._drivers):
            self._cards.addWidget(frame, *divmod(index, across))
        for column in range(2):
            self._cards.setColumnStretch(column, 1 if column < across else 0)

    @Slot()
    def _on_tool(self) -> None:
        self.tool_requested.emit(self.sender().property("tool"))

    @Slot()
    def _on_show_all(self) -> None:
        self._find.clear()
        for combo in (self._minutes, self._setting, self._role):
            combo.setCurrentIndex(0)


def _words(tool: Tool) -> str:
    """All that a search looks at, in small letters."""
    steps = (f"{step.title} {step.text}" for step in tool.steps)
    prompts = (prompt.label for prompt in tool.prompts)
    return " ".join((tool.title, tool.purpose, tool.when, tool.audience, *steps, *prompts)).lower()
