"""The places of the unlocked window, and the way to each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.text import icon_label, label

_WIDTH = 216  # pixels at 100 % text


class Rail(QFrame):
    """The places. Without room for their names, their pictures stay and names are tooltips."""

    place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 22, 0, 0)
        outer.setSpacing(3)
        self._name = label(_("Retention"), "section", wrap=False)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(icon_label("notebook-pen", "accent", 22))
        head.addWidget(self._name, 1)
        outer.addLayout(head)
        outer.addSpacing(15)
        # At 200 % text a small window has no room for every place.
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        places = QWidget()
        places.setObjectName("places")
        layout = QVBoxLayout(places)
        layout.setContentsMargins(0, 0, 14, 0)
        layout.setSpacing(3)
        self._scroll.setWidget(places)
        outer.addWidget(self._scroll, 1)
        self._buttons: dict[str, QPushButton] = {}
        for place, icon, name in (
            ("search", "search", _("Search")),
            ("today", "sun", _("Today")),
            ("toolkit", "layout-grid", _("Toolkit")),
            ("journal", "book-open", _("Journal")),
            ("agreed", "handshake", _("Agreed")),
            ("people", "user-round", _("People")),
            ("insights", "chart-no-axes-column", _("Insights")),
        ):
            layout.addWidget(self._place_button(place, icon, name))
        layout.addStretch(1)
        for place, icon, name in (
            ("help", "circle-question-mark", _("Help")),
            ("settings", "settings", _("Settings")),
        ):
            layout.addWidget(self._place_button(place, icon, name))
        always_in_sight = QHBoxLayout()
        always_in_sight.setContentsMargins(0, 0, 14, 16)
        always_in_sight.addWidget(self._place_button("lock", "lock", _("Lock now")))
        outer.addLayout(always_in_sight)
        self._open = "today"
        # Places that have just been made or dressed get their room only later: queued.
        self._scroll.verticalScrollBar().rangeChanged.connect(
            self._bring_into_sight, Qt.ConnectionType.QueuedConnection
        )
        self._folded = True
        self.fold(False)

    @property
    def place(self) -> str:
        """Where one is."""
        return self._open

    def show_place(self, place: str) -> None:
        """Mark where one is."""
        self._open = place
        for name, each in self._buttons.items():
            is_here = name == place
            each.setProperty("here", is_here)
            each.style().unpolish(each)
            each.style().polish(each)
            each.setAccessibleDescription(_("You are here") if is_here else "")
            each.setIcon(theme.icon(each.property("picture"), "accent" if is_here else "muted"))
        self._bring_into_sight()

    @Slot()
    def _bring_into_sight(self) -> None:
        self._scroll.ensureWidgetVisible(self._buttons[self._open])

    def take_focus(self) -> None:
        """Put the keyboard on the place that is open."""
        self._buttons[self._open].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self, folded: bool) -> None:
        """Show pictures alone, or pictures and names."""
        if folded == self._folded:
            return
        self._folded = folded
        self._name.setVisible(not folded)
        self.setFixedWidth(theme.px(20) + 56 if folded else theme.px(_WIDTH))
        for each in self._buttons.values():
            name = each.accessibleName()
            each.setText("" if folded else f"  {name}")
            each.setToolTip(name if folded else "")

    def _place_button(self, place: str, icon: str, name: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("look", "rail")
        made.setProperty("place", place)
        made.setProperty("picture", icon)
        made.setAccessibleName(name)
        made.setAutoDefault(True)
        made.setIcon(theme.icon(icon, "muted"))
        made.setIconSize(theme.pixmap(icon, "muted").deviceIndependentSize().toSize())
        made.clicked.connect(self._on_clicked)
        self._buttons[place] = made
        return made

    @Slot()
    def _on_clicked(self) -> None:
        self.place_chosen.emit(self.sender().property("place"))
