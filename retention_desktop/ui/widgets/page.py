"""The frame of a screen: a centred column that scrolls down, never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.text import label

# Widths at 100 % text.
READING, LIST, WIDE = 680, 860, 960


class Page(QScrollArea):
    """A page with a title. `column` takes what it shows."""

    def __init__(self, title: str, *, width: int = LIST, margin: int = 36) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._margin = margin
        self._content = QWidget()
        self._content.setObjectName("page")
        self._content.setMaximumWidth(theme.px(width))
        self._content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, margin, 0, margin)
        self.column.setSpacing(14)
        outer = QWidget()
        outer.setObjectName("page")
        self._sides = QHBoxLayout(outer)
        self._sides.setContentsMargins(margin, 0, margin, 0)
        self._sides.addStretch(1)
        self._sides.addWidget(self._content, 1000)
        self._sides.addStretch(1)
        self.setWidget(outer)
        self.heading: QLabel = label(title, "title")
        self.column.addWidget(self.heading)

    def arrive(self) -> None:
        """Put the reader at the top; a screen reader hears the title."""
        self.verticalScrollBar().setValue(0)
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)


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


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]
