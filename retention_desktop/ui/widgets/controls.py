"""Controls to answer with: room to write, a list to drop down, boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListView, QPlainTextEdit, QSizePolicy

from retention_desktop.ui.theme import BODY, WRITING, theme


class TextArea(QPlainTextEdit):
    """Room to write, which grows with the text. Tab leaves it; what is pasted comes in plain."""

    _LEAST_LINES, _MOST_LINES = 8, 18

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def sizeHint(self) -> QSize:
        # A plain text document measures its height in lines.
        lines = round(self.document().size().height())
        lines = max(self._LEAST_LINES, min(lines + 1, self._MOST_LINES))
        height = round(theme.px(WRITING) * 1.35) * lines + 28
        return QSize(super().sizeHint().width(), height)

    @Slot()
    def _on_size_changed(self) -> None:
        self.updateGeometry()


class Combo(QComboBox):
    """A choice that drops down."""

    def __init__(self, name: str, options: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setView(QListView())  # which takes its dress from the style sheet, row by row
        for text, data in options:
            self.addItem(text, data)

    def choose(self, data: object) -> None:
        """Choose what has this data, or else the first option, without a signal."""
        blocked = QSignalBlocker(self)
        self.setCurrentIndex(max(0, self.findData(data)))
        blocked.unblock()

    def offer(self, names: Sequence[str]) -> None:
        """Offer these after the first option, without a signal; what is chosen stays, if it can."""
        chosen = self.currentData()
        blocked = QSignalBlocker(self)
        while self.count() > 1:
            self.removeItem(1)
        for name in names:
            self.addItem(name, name)
        blocked.unblock()
        self.choose(chosen)

    def showPopup(self) -> None:
        """As wide as the longest option."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a choice by chance."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        painter = QPainter(self)
        painter.drawPixmap(
            QRect(self.width() - side - 12, (self.height() - side) // 2, side, side),
            theme.pixmap("chevron-down", "text", 16),
        )
        painter.end()


class Choice(QAbstractButton):
    """A tick box, or a round one of several; its words wrap, whatever their length.

    Qt's own boxes do not wrap, so at 200 % text they would be cut off.
    """

    _LEAST_HEIGHT = 40
    _GAP = 12
    _EDGE = 7

    def __init__(self, text: str, *, one_of_several: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(one_of_several)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.font(BODY))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self.indent() - self._EDGE), 100_000)
        text = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return text.height() + 2 * self._above

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + self.indent() + 2 * self._EDGE
        return QSize(width, self.fontMetrics().height() + 2 * self._above)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.indent() + theme.px(60), self._LEAST_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first_line = self._above + self.fontMetrics().height() // 2
        box = QRect(self._EDGE, first_line - self._box // 2, self._box, self._box)
        on, is_round = self.isChecked(), self.autoExclusive()
        painter.setPen(QPen(theme.colour("accent" if on or self.underMouse() else "edge"), 2))
        painter.setBrush(theme.colour("accent" if on and not is_round else "surface"))
        radius = self._box / 2 if is_round else 5
        painter.drawRoundedRect(box, radius, radius)
        if on and is_round:
            inset = self._box // 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(box.adjusted(inset, inset, -inset + 1, -inset + 1))
        elif on:
            painter.drawPixmap(box.adjusted(2, 2, -2, -2), theme.pixmap("check", "on_accent", 18))
        room = self.rect().adjusted(self.indent(), self._above, -self._EDGE, 0)
        painter.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.text())
        painter.end()

    @classmethod
    def indent(cls) -> int:
        """Where the words begin, in pixels."""
        return cls._EDGE + theme.px(22) + cls._GAP

    @property
    def _box(self) -> int:
        return theme.px(22)

    @property
    def _above(self) -> int:
        """The room above the first line, so that the smallest choice is big enough to hit."""
        return max(6, (self._LEAST_HEIGHT - self.fontMetrics().height()) // 2)
