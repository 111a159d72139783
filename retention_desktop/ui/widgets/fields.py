"""Fields: a label, a line of help, the control, and room for what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.text import announce, label


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

    @Slot()
    def take_error_back(self) -> None:
        """Somebody is mending it."""
        if self.error:
            self.set_error("")

    def set_error(self, text: str) -> None:
        """Say beside the field what is wrong; an empty text takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        edge = self.control.focusProxy() or self.control
        edge.setProperty("error", "true" if text else "false")
        edge.style().unpolish(edge)
        edge.style().polish(edge)
        edge.updateGeometry()  # its edge is thicker now
        self.control.setAccessibleDescription(f"{text} {self._help}".strip())
        if text:
            announce(self._error, text)


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
