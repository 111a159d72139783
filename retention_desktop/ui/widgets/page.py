"""The frame of a screen: a centred column that scrolls down, never sideways, and its buttons."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
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


class Page(QWidget):
    """A page with a title. `column` takes what it shows and scrolls; the footer stays in sight."""

    def __init__(self, title: str, *, width: int = LIST) -> None:
        super().__init__()
        self._width = width
        self.heading: QLabel = label(title, "title")
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, _MARGIN, 0, _MARGIN)
        self.column.setSpacing(14)
        self.column.addWidget(self.heading)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(centred(content, width))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.scroller, 1)

    @property
    def room(self) -> int:
        """The width that the column has, in pixels."""
        return min(self.width() - 2 * _MARGIN, theme.px(self._width))

    def arrive(self) -> None:
        """Put the reader at the top; a screen reader hears the title."""
        self.scroller.verticalScrollBar().setValue(0)
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_footer(self, *buttons: QWidget) -> None:
        """Buttons below the page, always in sight: the first at the left, the others right."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(buttons[0])
        line.addStretch(1)
        for each in buttons[1:]:
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


def tab_through(*widgets: QWidget) -> None:
    """Let Tab go through these and what stands in them, in this order.

    Qt goes by when things were made: what is put on a page later would come last in the window.
    """
    stops = [stop for widget in widgets for stop in _stops(widget)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in a widget, in its present order."""
    inside = [widget]
    while (each := inside[-1].nextInFocusChain()) is not None and each is not widget:
        inside.append(each)
    return [
        each
        for each in inside
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and (each is widget or widget.isAncestorOf(each))
    ]


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
