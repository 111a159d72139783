"""What is open beside the list: an action, or what one is adding."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.journal.begun import read_begun
from retention_desktop.ui.agreed.adding import NEW_ACTION, AddPanel
from retention_desktop.ui.agreed.looked import Looked, look_at
from retention_desktop.ui.agreed.panel import ActionPanel
from retention_desktop.ui.session import Session
from retention_desktop.ui.widgets.page import Scroller


class Beside(Scroller):
    """Shows one panel. Another in which something is written waits until it is opened again.

    `turned` when another panel is open, or none; `escaped` when an action was left by Escape;
    `gone` when what was open is in the register no more.
    """

    turned = Signal()
    left = Signal()
    escaped = Signal()
    added = Signal(int)
    gone = Signal()
    failed = Signal(object)
    record_requested = Signal(int)
    review_requested = Signal(object)  # a Due

    def __init__(self, session: Session) -> None:
        place = QWidget()
        super().__init__(place)
        self._session = session
        self._open: ActionPanel | AddPanel | None = None
        self._adding: AddPanel | None = None
        self._actions: dict[int, ActionPanel] = {}
        place.setObjectName("page")
        # As high as the text is at this width, and not as at the narrowest.
        place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        whole = QVBoxLayout(place)
        whole.setContentsMargins(0, 0, 4, 24)
        self._place = QVBoxLayout()
        whole.addLayout(self._place)
        whole.addStretch(1)
        self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open."""
        return self._open is None

    @property
    def action_id(self) -> int | None:
        """The action that is open, if one is."""
        return self._open.action.id if isinstance(self._open, ActionPanel) else None

    def arrive(self) -> None:
        """Put the keyboard where one goes on in what is open."""
        if self._open is not None:
            self._open.arrive()

    # An action

    def open(self, action_id: int, wish: str = "") -> None:
        """Open an action, and ask in it for what a key in the list wished for."""
        if action_id in self._actions:
            self._show_action(action_id, wish)
        else:
            self._session.ask(
                self,
                lambda vault: look_at(vault, action_id),
                done=partial(self._on_looked, wish),
                failed=self.failed.emit,
            )

    def _on_looked(self, wish: str, looked: Looked) -> None:
        if looked.action.id not in self._actions:
            panel = ActionPanel(self._session, looked)
            panel.left.connect(self._on_left)
            panel.escaped.connect(self._on_escaped)
            panel.gone.connect(self._on_gone)
            panel.record_requested.connect(self.record_requested)
            panel.review_requested.connect(self.review_requested)
            self._actions[looked.action.id] = panel
        self._show_action(looked.action.id, wish)

    def _show_action(self, action_id: int, wish: str) -> None:
        panel = self._actions[action_id]
        self._show(panel)
        begin = {
            "D": panel.ask_done,
            "C": panel.ask_changed,
            "L": panel.ask_let_go,
            "E": panel.ask_edit,
        }
        begin.get(wish, panel.arrive)()

    @Slot()
    def _on_gone(self) -> None:
        panel = self.sender()
        assert isinstance(panel, ActionPanel)
        is_open = panel is self._open
        if is_open:
            self._put_aside()
        self._drop(panel)
        if is_open:
            self.turned.emit()
            self.gone.emit()

    # Adding

    def add(self, aliases: tuple[str, ...]) -> None:
        """Take something that was agreed, with one of these people or another."""
        self._session.ask(
            self,
            partial(read_begun, place=NEW_ACTION),
            done=partial(self._on_begun, aliases),
            failed=self.failed.emit,
        )

    def _on_begun(self, aliases: tuple[str, ...], begun: dict[str, str]) -> None:
        if self._adding is None:
            self._adding = AddPanel(self._session, aliases, begun)
            self._adding.left.connect(self._on_left)
            self._adding.added.connect(self._on_added)
        self._show(self._adding)
        self._adding.arrive()

    @Slot(int)
    def _on_added(self, action_id: int) -> None:
        """Its panel takes the place of the form, so that it can be said otherwise at once."""
        assert self._adding is not None
        adding = self._adding
        self._put_aside()
        self._drop(adding)
        self.added.emit(action_id)
        self.open(action_id)

    # Which panel is open

    def _show(self, panel: ActionPanel | AddPanel) -> None:
        if panel is not self._open:
            self._close()
            self._open = panel
            self._place.addWidget(panel)
            panel.show()
        self.turned.emit()
        self.verticalScrollBar().setValue(0)

    @Slot()
    def _on_left(self) -> None:
        self._close()
        self.turned.emit()
        self.left.emit()

    @Slot()
    def _on_escaped(self) -> None:
        self._close()
        self.turned.emit()
        self.escaped.emit()

    def _close(self) -> None:
        """Put away what is open; it stays only if something is written in it."""
        panel = self._open
        if panel is not None:
            self._put_aside()
            if not panel.has_words:
                self._drop(panel)

    def _put_aside(self) -> None:
        if self._open is not None:
            self._open.hide()
            self._place.removeWidget(self._open)
            self._open = None

    def _drop(self, panel: ActionPanel | AddPanel) -> None:
        if isinstance(panel, ActionPanel):
            del self._actions[panel.action.id]
        else:
            self._adding = None
        panel.deleteLater()
