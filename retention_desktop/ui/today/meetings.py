"""Somebody one has not met for longer than agreed, said quietly, with a way to begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from retention_desktop.models.enums import Setting
from retention_desktop.models.views import Person
from retention_desktop.sharing.person import interval_words
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton, button
from retention_desktop.ui.widgets.text import icon_label, label
from retention_desktop.ui.wording import short_day


class MeetingRow(QWidget):
    """A card that opens a person's page, and beside it the tools for two to start with."""

    person_requested = Signal(str)  # the alias
    start_requested = Signal(str, str)  # the id of a tool, the alias

    def __init__(self, person: Person, tools: Sequence[Tool], today: date) -> None:
        super().__init__()
        self._alias = person.alias
        about = meeting_words(person, today)
        look = ContentButton("card-button", f"{person.alias}. {about}")
        look.clicked.connect(self._on_clicked)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(person.alias, "card-title"))
        words.addWidget(label(about, "small"))
        inside = QHBoxLayout()
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(14)
        inside.addWidget(icon_label("user-round", "muted"))
        inside.addLayout(words, 1)
        look.set_content(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(look, 1)
        if tools:
            start = button(_("Start…"), "quiet")
            start.setAccessibleName(_("Start with {person}").format(person=person.alias))
            menu = QMenu(start)
            for tool in tools:
                menu.addAction(tool.title.replace("&", "&&")).setData(tool.id)
            menu.triggered.connect(self._on_chosen)
            start.setMenu(menu)
            row.addWidget(start, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _on_clicked(self) -> None:
        self.person_requested.emit(self._alias)

    @Slot(QAction)
    def _on_chosen(self, chosen: QAction) -> None:
        self.start_requested.emit(chosen.data(), self._alias)


def tools_for_two(tools: Sequence[Tool], last_used: Mapping[str, datetime]) -> list[Tool]:
    """The tools for two people on any day: those one uses first, the last used before others."""
    for_two = [t for t in tools if t.setting is Setting.ONE_TO_ONE and not t.occasional]
    used = [tool for tool in for_two if tool.id in last_used]
    used.sort(key=lambda tool: last_used[tool.id], reverse=True)
    return used + sorted((t for t in for_two if t not in used), key=lambda tool: tool.title)


def meeting_words(person: Person, today: date) -> str:
    """When one last met, and how often one has agreed to."""
    how_often = interval_words(person.meet_every or 0)
    if person.last_met is None:
        return _("You agreed to meet {how_often}, and have not met yet.").format(
            how_often=how_often
        )
    return _("You agreed to meet {how_often}. You last met on {day}.").format(
        how_often=how_often, day=short_day(person.last_met, today)
    )
