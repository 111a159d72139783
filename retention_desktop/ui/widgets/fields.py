"""Fields: a label, a line of help, the control, and room for what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.ui.theme import BODY, WRITING, theme
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.text import label


class Field(QWidget):
    """A control under its label. Label, help and error are all heard by a screen reader."""

    def __init__(self, name: str, control: QWidget, *, help_text: str = "") -> None:
        super().__init__()
        self.control = control
        self._help = help_text
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._name = label(name, "strong")
        self._name.setBuddy(control)
        layout.addWidget(self._name)
        if help_text:
            layout.addWidget(label(help_text, "muted"))
        self._error = label()
        self._error.setProperty("error", "true")
        self._error.hide()
        layout.addWidget(self._error)
        layout.addWidget(control)
        control.setAccessibleName(name)
        control.setAccessibleDescription(help_text)

    @property
    def error(self) -> str:
        """What is wrong, or nothing."""
        return "" if self._error.isHidden() else self._error.text()

    def set_error(self, text: str) -> None:
        """Say beside the field what is wrong; an empty text takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.control.setProperty("error", "true" if text else "false")
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)
        self.control.setAccessibleDescription(f"{text} {self._help}".strip())


class PassphraseField(QWidget):
    """A passphrase, hidden unless one asks to see it."""

    submitted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._edit = QLineEdit()
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhHiddenText
        )
        self._edit.returnPressed.connect(self.submitted)
        self._edit.textChanged.connect(self.changed)
        self._reveal = icon_button("eye", _("Show the passphrase"))
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._edit, 1)
        layout.addWidget(self._reveal)
        self.setFocusProxy(self._edit)

    def setAccessibleName(self, name: str) -> None:
        self._edit.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        self._edit.setAccessibleDescription(description)

    @property
    def text(self) -> str:
        """What is in the field."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in; what was there cannot be brought back by undo."""
        self._edit.setText(text)

    def reveal(self) -> None:
        """Show it, to be written down."""
        self._reveal.setChecked(True)

    def take(self) -> str:
        """The passphrase, out of the field: it is empty afterwards."""
        text = self._edit.text()
        self._edit.setText("")
        self._reveal.setChecked(False)
        return text

    @Slot(bool)
    def _on_reveal_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)
        self._reveal.setIcon(theme.icon("eye-off" if shown else "eye", "muted", 18))
        name = _("Hide the passphrase") if shown else _("Show the passphrase")
        self._reveal.setAccessibleName(name)
        self._reveal.setToolTip(name)


class TextArea(QPlainTextEdit):
    """Room to write. Tab leaves it; what is pasted comes in as plain text."""

    def __init__(self, *, lines: int = 7) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setMinimumHeight(self._height_of(min(lines, 4)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height_of(self._lines))

    def _height_of(self, lines: int) -> int:
        return round(theme.px(WRITING) * 1.4) * lines + 28


class Combo(QComboBox):
    """A choice that drops down."""

    def __init__(self, name: str, options: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for text, data in options:
            self.addItem(text, data)

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

    _BOX = 24
    _GAP = 12

    def __init__(self, text: str, *, one_of_several: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(one_of_several)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(theme.font(BODY))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._BOX - self._GAP - 8), 10_000)
        text = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text())
        return max(40, text.height() + 16)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._BOX + self._GAP + 12
        return QSize(width, max(40, self.fontMetrics().height() + 16))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._BOX + self._GAP + theme.px(80), 40)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(3, (min(self.height(), 40 + 8) - self._BOX) // 2, self._BOX, self._BOX)
        if self.height() <= self.heightForWidth(self.width()) + 2:
            box.moveTop(max(8, (self.height() - self._BOX) // 2) if self._is_one_line() else 10)
        radius = self._BOX / 2 if self.autoExclusive() else 5
        on = self.isChecked()
        lit = on or self.underMouse()
        painter.setPen(QPen(theme.colour("accent" if lit else "edge"), 2))
        painter.setBrush(theme.colour("accent" if on and not self.autoExclusive() else "surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        if on and self.autoExclusive():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(box.adjusted(6, 6, -6, -6))
        elif on:
            painter.drawPixmap(box.adjusted(3, 3, -3, -3), theme.pixmap("check", "on_accent", 18))
        room = self.rect().adjusted(self._BOX + self._GAP + 3, 4, -4, -4)
        painter.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap,
            self.text(),
        )
        painter.end()

    def _is_one_line(self) -> bool:
        return self.height() < 2 * self.fontMetrics().height() + 8
