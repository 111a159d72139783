"""Controls of the editor's forms. What they undo is the editor's matter, not their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QSpinBox

from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.theme import theme
from retention_desktop.ui.widgets.controls import TextArea


class _Area(TextArea):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)  # to go on writing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words into another number of lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Never higher than its words need: Qt would leave room for scroll bars."""
        return QSize(0, self.sizeHint().height())


class Words(_Area):
    """Room for a sentence or a few; it wraps, and without `lines` Enter breaks no line."""

    _LEAST_LINES = 1

    def __init__(self, text: str, *, lines: bool) -> None:
        super().__init__(text)
        self._lines = lines

    @property
    def value(self) -> str:
        """What is written, without blanks around it."""
        text = only_text(self.toPlainText()).strip()
        return text if self._lines else " ".join(text.split("\n"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._lines and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Lines(_Area):
    """A list, one thing to a line."""

    _LEAST_LINES = 3

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__("\n".join(items))

    @property
    def value(self) -> tuple[str, ...]:
        """The lines on which something is written."""
        lines = (line.strip() for line in only_text(self.toPlainText()).split("\n"))
        return tuple(line for line in lines if line)


class Number(QSpinBox):
    """A number; the least one can have words of its own, such as "Any number"."""

    def __init__(self, value: int, low: int, high: int, *, at_least: str = "") -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSpecialValueText(at_least)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setValue(value)
        self.lineEdit().setTextMargins(11, 0, 0, 0)
        self.setMaximumWidth(theme.px(200))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a number by chance."""
        event.ignore()


class LeavesUndo(QObject):
    """A text field keeps the keys of undo for itself; with this filter they reach the editor."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the two keys through."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(each) for each in keys):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
