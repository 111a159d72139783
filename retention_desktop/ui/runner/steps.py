"""The list of steps at the side: where one is, what is done, and a way to any of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
)

from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run, StepState
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.drivers import driver_label
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
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QFrame()
        inner.setObjectName("page")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(2)
        scroll.setWidget(inner)
        layout.addWidget(scroll, 1)
        layout.addWidget(label(_("Skip what does not fit. You can come back."), "small"))

        self._rows: dict[str, _StepRow] = {}
        for key, name in step_pages(run):
            row = _StepRow(key, name)
            row.clicked.connect(self._on_clicked)
            self._list.addWidget(row)
            self._rows[key] = row
        self._list.addStretch(1)
        self._scroll = scroll
        self.show_run(run)

    def show_run(self, run: Run) -> None:
        """Show where the run is and what is done."""
        states = {_first_page(run, step.id): run.step_state(step) for step in run.tool.steps}
        for key, row in self._rows.items():
            at_closing = StepState.CURRENT if run.page.key == key else StepState.OPEN
            row.show_state(states.get(key, at_closing))
            if row.state is StepState.CURRENT:
                self._scroll.ensureWidgetVisible(row)

    @Slot()
    def _on_clicked(self) -> None:
        self.page_chosen.emit(self.sender().property("page"))


class _StepRow(ContentButton):
    def __init__(self, key: str, name: str) -> None:
        super().__init__("row-button", name)
        self.setProperty("page", key)
        self.state: StepState | None = None
        self._icon = icon_label("circle", "muted", 18)
        self._name = label(name, "step")
        line = QHBoxLayout()
        line.setContentsMargins(8, 8, 6, 8)
        line.setSpacing(10)
        line.addWidget(self._icon)
        line.addWidget(self._name, 1)
        self.set_content(line)

    def show_state(self, state: StepState) -> None:
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
    steps = [(_first_page(run, step.id), step.title) for step in run.tool.steps]
    names = {REVIEW_PAGE: _("When to look again"), CHECK_PAGE: _("Check and finish")}
    closing = [(page.key, names[page.key]) for page in run.pages if page.step is None]
    return (*steps, *closing)


def _first_page(run: Run, step_id: str) -> str:
    return next(page.key for page in run.pages if page.step and page.step.id == step_id)
