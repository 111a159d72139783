"""The list of steps at the side: where one is, what is done, and a way to any of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from retention_desktop.toolkit.definition import Step
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run, StepState
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.drivers import driver_label
from retention_desktop.ui.widgets.page import Scroller, line
from retention_desktop.ui.widgets.text import icon_label, label

WIDTH = 264  # pixels at 100 % text

_ICONS = {
    StepState.DONE: ("circle-check", "accent"),
    StepState.CURRENT: ("circle-dot", "accent"),
    StepState.OPEN: ("circle", "muted"),
}


class StepList(QFrame):
    """Names the tool and lists its steps. `page_chosen` carries the key of a page."""

    page_chosen = Signal(str)

    def __init__(self, run: Run, person: str | None) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setFixedWidth(theme.px(WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 36, 14, 20)
        layout.setSpacing(4)
        layout.addWidget(driver_label(run.tool.driver))
        layout.addWidget(label(run.tool.title, "section"))
        if person:
            layout.addWidget(label(_("with {person}").format(person=person), "small"))
        layout.addSpacing(8)
        inner = QFrame()
        inner.setObjectName("page")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(2)
        self._scroll = Scroller(inner)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(label(_("Skip what does not fit. You can come back."), "small"))

        self._rows: dict[str, _StepRow] = {}
        for step in run.tool.steps:
            self._add_row(step.id, step.title)
        self._list.addWidget(line())  # what follows is not counted as a step
        for key, name in _closing_pages(run):
            self._add_row(key, name)
        self._list.addStretch(1)
        self.show_run(run)

    def show_run(self, run: Run) -> None:
        """Show where the run is and what is done; a step of which nothing is asked goes."""
        for step in run.tool.steps:
            self._rows[step.id].show_state(_first_page(run, step), run.step_state(step))
        for key, _name in _closing_pages(run):
            here = run.page.key == key
            self._rows[key].show_state(key, StepState.CURRENT if here else StepState.OPEN)
        for row in self._rows.values():
            if row.state is StepState.CURRENT:
                self._scroll.ensureWidgetVisible(row)

    def _add_row(self, name: str, title: str) -> None:
        row = _StepRow(title)
        row.clicked.connect(self._on_clicked)
        self._list.addWidget(row)
        self._rows[name] = row

    @Slot()
    def _on_clicked(self) -> None:
        self.page_chosen.emit(self.sender().property("page"))


class _StepRow(ContentButton):
    def __init__(self, name: str) -> None:
        super().__init__("row-button", name)
        self.state: StepState | None = None
        self._icon = icon_label("circle", "muted", 18)
        self._name = label(name, "step")
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 6, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._name, 1)
        self.set_content(row)

    def show_state(self, page: str | None, state: StepState) -> None:
        self.setProperty("page", page)
        self.setVisible(page is not None)
        if state is self.state:
            return
        self.state = state
        self._icon.setPixmap(theme.pixmap(*_ICONS[state], 18))
        self.setProperty("here", state is StepState.CURRENT)
        spoken = {StepState.DONE: _("done"), StepState.CURRENT: _("you are here")}.get(state, "")
        self.setAccessibleDescription(spoken)
        self._name.setProperty("state", state.value)
        for each in (self, self._name):
            each.style().unpolish(each)
            each.style().polish(each)


def step_pages(run: Run) -> tuple[tuple[str, str], ...]:
    """(key of the first page, name) of each step, then of the closing pages."""
    firsts = [(_first_page(run, step), step.title) for step in run.tool.steps]
    return (*((key, title) for key, title in firsts if key is not None), *_closing_pages(run))


def page_name(run: Run) -> str:
    """How the page of the run is called where one is led to it."""
    page = run.page
    if page.key == REVIEW_PAGE:
        # A step that has asked something before would lead, by its title, to itself.
        asks_only_this = page.step is not None and not page.step.prompts
        return page.step.title if page.step and asks_only_this else _("When to look again")
    if page.key == CHECK_PAGE:
        return _("Check what you wrote")
    assert page.step is not None
    if page.prompt is not None and not begins_step(run):
        return page.prompt.label
    return page.step.title


def begins_step(run: Run) -> bool:
    """Whether the page of the run is the first of its step."""
    step = run.page.step
    return step is not None and _first_page(run, step) == run.page.key


def in_sentence(name: str) -> str:
    """The name with a small first letter, unless it starts with "I" or an abbreviation."""
    return (
        name if name[1:2] in ("", " ", "’") or name[1:2].isupper() else name[0].lower() + name[1:]
    )


def _closing_pages(run: Run) -> list[tuple[str, str]]:
    names = {REVIEW_PAGE: _("When to look again"), CHECK_PAGE: _("Check and finish")}
    return [(page.key, names[page.key]) for page in run.pages if page.step is None]


def _first_page(run: Run, step: Step) -> str | None:
    """The key of the first page of a step; None where nothing of it is asked."""
    return next((page.key for page in run.pages if page.step == step), None)
