"""The frame of a screen: a centred column that scrolls down, never sideways, and its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.text import label

# Widths at 100 % text.
READING, LIST, WIDE = 680, 860, 960

_MARGIN = 40
_ABOVE = 36


class Scroller(QScrollArea):
    """Shows its content and scrolls down, never sideways; the keyboard goes to what is in it."""

    def __init__(self, content: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)


class Page(QWidget):
    """A page with a title. `column` takes what it shows and scrolls; the footer stays in sight."""

    def __init__(self, title: str, *, width: int = LIST) -> None:
        super().__init__()
        self._width = width
        self.primary: QPushButton | None = None
        self._back: QPushButton | None = None
        self.heading: QLabel = label(title, "title")
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, _ABOVE, 0, _ABOVE)
        self.column.setSpacing(14)
        self.column.addWidget(self.heading)
        scrolled = centred(content, width)
        # As high as the text is at this width, and not as at the narrowest.
        scrolled.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.scroller = Scroller(scrolled)
        self._scrolled = scrolled
        self.scroller.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.scroller, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the primary thing, except where it belongs to a control; Escape goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.primary is not None:
            self.primary.click()
        elif event.key() == Qt.Key.Key_Escape and self._back is not None:
            self._back.click()
        else:
            super().keyPressEvent(event)

    @property
    def room(self) -> int:
        """The width that the column has, in pixels."""
        return min(self.width() - 2 * _MARGIN, theme.px(self._width))

    @Slot(int, int)
    def _on_range_changed(self, lowest: int, highest: int) -> None:
        """The scroll bar stands in the margin, so the column stays in line with the footer."""
        bar = self.scroller.verticalScrollBar().sizeHint().width() if highest > lowest else 0
        sides = self._scrolled.layout()
        assert sides is not None
        sides.setContentsMargins(_MARGIN, 0, _MARGIN - bar, 0)

    def arrive(self) -> None:
        """Put the reader at the top; a screen reader hears the title."""
        self.scroller.verticalScrollBar().setValue(0)
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_footer(self, back: QPushButton | None, *others: QWidget) -> None:
        """What stands below the page, always in sight: the way back at the left, others right."""
        self._back = back
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        if back is not None:
            line.addWidget(back)
        line.addStretch(1)
        for each in others:
            line.addWidget(each)
        self._layout.addWidget(centred(row, self._width, above=12, below=24))


def centred(content: QWidget, width: int, *, above: int = 0, below: int = 0) -> QWidget:
    """The content in the middle, at most `width` wide at 100 % text."""
    content.setMaximumWidth(theme.px(width))
    # It takes what room there is, and never makes the page wider than the window.
    content.setSizePolicy(QSizePolicy.Policy.Ignored, content.sizePolicy().verticalPolicy())
    outer = QWidget()
    outer.setObjectName("page")
    sides = QHBoxLayout(outer)
    sides.setContentsMargins(_MARGIN, above, _MARGIN, below)
    sides.addStretch(1)
    sides.addWidget(content, 1000)
    sides.addStretch(1)
    return outer


def card() -> tuple[QFrame, QVBoxLayout]:
    """A raised surface and the layout of what stands on it."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(22, 18, 22, 18)
    layout.setSpacing(8)
    return frame, layout


def line() -> QFrame:
    """A hairline between things."""
    made = QFrame()
    made.setObjectName("line")
    return made


def button_row(*buttons: QWidget) -> QHBoxLayout:
    """Buttons side by side, from the left."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
