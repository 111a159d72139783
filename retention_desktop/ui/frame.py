"""What stands around every screen: the places at the left, a line that speaks, and the cover."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.ui.cover import Cover
from retention_desktop.ui.rail import Rail
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.message import Message

_NAMES_FROM = 860  # the window's width, at 100 % text, from which places have their names


class Frame(QWidget):
    """Holds one screen beside the rail; `arrival_requested` when the keyboard is to be in it."""

    place_chosen = Signal(str)
    arrival_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cover: Cover | None = None
        self._focus_under_cover: QWidget | None = None
        self._rail = Rail()
        self._rail.place_chosen.connect(self.place_chosen)
        self.message = Message()
        self.message.setContentsMargins(0, 0, 0, 0)
        self._screens = QVBoxLayout()
        self._screens.setContentsMargins(0, 0, 0, 0)
        self._screens.setSpacing(0)
        self._screens.addWidget(self.message)
        self._under_cover = QWidget()
        layout = QHBoxLayout(self._under_cover)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(self._screens, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._under_cover)

    @property
    def place(self) -> str:
        """The place of the rail that is marked."""
        return self._rail.place

    @property
    def is_covered(self) -> bool:
        """Whether nothing can be seen."""
        return self._cover is not None

    def show_screen(self, place: str, screen: QWidget) -> None:
        """Show a screen, and mark where it is."""
        self._screens.addWidget(screen, 1)
        screen.show()
        self._rail.show_place(place)

    def take_away(self, screen: QWidget) -> None:
        """Show this screen no longer."""
        screen.hide()
        self._screens.removeWidget(screen)

    def mark(self, place: str) -> None:
        """Mark where one is."""
        self._rail.show_place(place)

    def show_rail(self, shown: bool) -> None:
        """Show the places, or leave all the room to the screen."""
        self._rail.setVisible(shown)
        self._fold_rail()

    @Slot()
    def go_to_other_area(self) -> None:
        """Put the keyboard on the rail, or from there on the screen."""
        if not self._rail.isVisible():
            return
        focused = QApplication.focusWidget()
        if focused is not None and self._rail.isAncestorOf(focused):
            self.arrival_requested.emit()
        else:
            self._rail.take_focus()

    @Slot()
    def toggle_cover(self) -> None:
        """One key covers everything at once; the same key takes the cover away."""
        if self.is_covered:
            self._on_uncovered()
            return
        self.cover(
            title=_("The page is covered"),
            text=_("Nothing is lost, and nothing can be seen. Press F9 or the button to go on."),
            back=_("Show the page again"),
        )

    def cover(self, *, title: str, text: str, back: str) -> None:
        """Hide what is on the screen, and say why."""
        if self._cover is None:
            self._focus_under_cover = QApplication.focusWidget()
        else:
            self._drop_cover()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._under_cover.hide()  # so that no key and no screen reader reaches it either
        self._cover = Cover(self, title=title, text=text, back=back)
        self._cover.uncovered.connect(self._on_uncovered)

    def _drop_cover(self) -> None:
        assert self._cover is not None
        self._cover.hide()
        self._cover.deleteLater()
        self._cover = None

    @Slot()
    def _on_uncovered(self) -> None:
        self._drop_cover()
        self._under_cover.show()
        before, self._focus_under_cover = self._focus_under_cover, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.arrival_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_rail()
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

    def _fold_rail(self) -> None:
        if not self._rail.isHidden():  # in Together it is away, and the text larger
            self._rail.fold(self.width() < theme.px(_NAMES_FROM))
