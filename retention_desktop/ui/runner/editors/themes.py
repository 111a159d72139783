"""Short lines, one theme each; perhaps with how often it was heard, and what it belongs to."""

from __future__ import annotations

import re
from typing import cast

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.answers import MOST_COUNTED, only_text
from retention_desktop.toolkit.doubts import theme_doubt
from retention_desktop.ui.runner.editors.base import Around, Editor, number_word, scroll_to
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.controls import Combo
from retention_desktop.ui.widgets.text import announce, label, with_icon

_DOUBT_AFTER_MS = 700  # a word that is half written is nobody's name yet
_LEAST_GROUP = 160  # for the name of a group, at 100 % text; longer ones have what room there is
_LEAST_ROOM = 320  # for the words, at 100 % text; with less, the rest stands below them


class Themes(Editor):
    """A line for each theme. Enter makes the next one, Backspace takes an empty one away."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._lines: list[ThemeLine] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(16 if prompt.counted or prompt.groups else 10)
        self.body.addLayout(self._list)
        self._add = button(_("Add a theme"), "quiet", icon="plus")
        self._add.clicked.connect(self._on_add)
        self._hint = label("", "muted")
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._add)
        below.addWidget(self._hint, 1)
        self.body.addLayout(below)
        self._insert(0, {})
        self._arrange()

    @property
    def value(self) -> Value | None:
        rows = [row for each in self._lines if (row := each.row)]
        return rows or None

    def set_value(self, value: Value) -> None:
        for each in self._lines[:]:
            self._drop(each)
        for number, row in enumerate(cast("list[TableRow]", value)):
            self._insert(number, row)
        self._arrange()

    @property
    def _is_full(self) -> bool:
        return bool(self.prompt.most) and len(self._lines) >= self.prompt.most

    def _insert(self, place: int, row: TableRow) -> None:
        line = ThemeLine(self.prompt, row)
        line.changed.connect(self.changed)
        line.next_requested.connect(self._on_next)
        line.move_requested.connect(self._on_move)
        line.remove_requested.connect(self._on_remove)
        self._lines.insert(place, line)
        self._list.insertWidget(place, line)

    def _drop(self, gone: ThemeLine) -> None:
        self._lines.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _arrange(self) -> None:
        for number, each in enumerate(self._lines, 1):
            each.set_number(number, removable=len(self._lines) > 1)
        self._add.setEnabled(not self._is_full)
        if self._is_full:
            number_of = number_word(self.prompt.most).capitalize()
            self._hint.setText(_("{number} is the most.").format(number=number_of))
        else:
            self._hint.setText(_("Enter makes the next line."))
        self.setFocusProxy(self._lines[0])

    def _go_to(self, place: int) -> None:
        self._at = self._lines[place]
        self._at.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._bring_into_sight)  # once it has its place

    @Slot()
    def _bring_into_sight(self) -> None:
        if shiboken6.isValid(self._at):
            scroll_to(self._at)

    @Slot()
    def _on_add(self) -> None:
        self._insert(len(self._lines), {})
        self._arrange()
        self._go_to(-1)

    @Slot(object)
    def _on_next(self, line: ThemeLine) -> None:
        place = self._lines.index(line) + 1
        waits = place < len(self._lines) and self._lines[place].is_blank
        if not waits and self._is_full:
            announce(self._hint, self._hint.text())
            return
        if not waits:
            self._insert(place, {})
            self._arrange()
        self._go_to(place)

    @Slot(object, int)
    def _on_move(self, line: ThemeLine, by: int) -> None:
        place = self._lines.index(line) + by
        if 0 <= place < len(self._lines):
            self._go_to(place)

    @Slot(object)
    def _on_remove(self, line: ThemeLine) -> None:
        place = self._lines.index(line)
        if len(self._lines) == 1:
            return
        self._drop(line)
        self._arrange()
        self._go_to(max(0, place - 1))
        self.changed.emit()


class ThemeLine(QWidget):
    """One theme: its words, beside or below them its count and its group, and a quiet doubt."""

    changed = Signal()
    next_requested = Signal(object)
    move_requested = Signal(object, int)
    remove_requested = Signal(object)

    def __init__(self, prompt: Prompt, row: TableRow) -> None:
        super().__init__()
        self._prompt = prompt
        self._edit = _Words(str(row.get("text", "")))
        self._edit.textEdited.connect(self._on_edited)
        self._edit.editingFinished.connect(self._on_left)
        self._remove = icon_button("trash-2", "")
        self._remove.clicked.connect(self._on_remove)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        self._count: Count | None = None
        if prompt.counted:
            self._count = Count(int(row.get("count", 1)))
            self._count.changed.connect(self.changed)
            beside.addWidget(self._count)
        self._group: Combo | None = None
        if prompt.groups:
            options = [(_("Not sorted yet"), ""), *((group, group) for group in prompt.groups)]
            self._group = Combo("", options)
            self._group.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
            self._group.setMinimumWidth(theme.px(_LEAST_GROUP))
            self._group.setCurrentIndex(max(0, self._group.findData(row.get("group", ""))))
            self._group.currentIndexChanged.connect(self.changed)
            beside.addWidget(self._group, 1)
        else:
            beside.addStretch(1)
        beside.addWidget(self._remove)
        beside.setContentsMargins(0, 0, 0, 0)
        self._beside = QWidget()
        self._beside.setLayout(beside)
        self._doubt = label("", "muted")
        self._doubt_line = with_icon("info", "warn", self._doubt, pixels=18)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._edit)
        words.addWidget(self._doubt_line)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(8)
        self._whole.addLayout(words, 1)
        self._whole.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)
        # The room decides what stands beside the words, not the reverse.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFocusProxy(self._edit)
        self._pause = QTimer(self, singleShot=True, interval=_DOUBT_AFTER_MS)
        self._pause.timeout.connect(self._on_left)
        self._show_doubt()

    @property
    def row(self) -> TableRow:
        """The theme as a row of the answer; {} while there are no words."""
        text = " ".join(only_text(self._edit.text()).split())
        if not text:
            return {}
        row: TableRow = {"text": text}
        if self._count is not None:
            row["count"] = self._count.value
        if self._group is not None and self._group.currentData():
            row["group"] = self._group.currentData()
        return row

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here."""
        return not self._edit.text().strip()

    def set_number(self, number: int, *, removable: bool) -> None:
        """Its place, in the names of its controls; the only line cannot be removed."""
        self._edit.setAccessibleName(_("Theme {number}").format(number=number))
        if self._count is not None:
            self._count.set_name(_("How often theme {number} was heard").format(number=number))
        if self._group is not None:
            self._group.setAccessibleName(_("Group of theme {number}").format(number=number))
        name = _("Remove theme {number}").format(number=number)
        self._remove.setAccessibleName(name)
        self._remove.setToolTip(name)
        self._remove.setVisible(removable)
        has_more = removable or self._count is not None or self._group is not None
        self._beside.setVisible(has_more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in an empty line goes on to the next page, as it does everywhere else."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_blank:
            self.next_requested.emit(self)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_requested.emit(self, -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Backspace and self._edit.hasFocus():
            self.remove_requested.emit(self)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() - self._beside.sizeHint().width() >= theme.px(_LEAST_ROOM)
        direction = QBoxLayout.Direction
        self._whole.setDirection(direction.LeftToRight if has_room else direction.TopToBottom)

    @Slot()
    def _on_edited(self) -> None:
        self._pause.start()
        self.changed.emit()

    @Slot()
    def _on_left(self) -> None:
        """The words stand still for a moment, or somebody has gone on."""
        self._pause.stop()
        self._show_doubt()

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self)

    def _show_doubt(self) -> None:
        """A doubt is shown beside the line and said once; it never keeps anybody from going on."""
        doubt = "" if self.is_blank else theme_doubt(self._edit.text())
        is_new = doubt != self._doubt.text()
        self._doubt.setText(doubt)
        self._doubt_line.setVisible(bool(doubt))
        self._edit.setAccessibleDescription(doubt or self._prompt.help)
        if doubt and is_new and self.isVisible():
            announce(self._edit, doubt)


class _Words(QLineEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace with nothing to take out is the line's business."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Count(QWidget):
    """How often something was heard: written, or changed with the arrows or the two buttons."""

    changed = Signal()

    def __init__(self, times: int) -> None:
        super().__init__()
        self._times = _Times()
        self._times.setValue(times)
        self._times.valueChanged.connect(self._on_changed)
        self._fewer = _step_button("−")
        self._fewer.clicked.connect(self._times.stepDown)
        self._more = _step_button("+")
        self._more.clicked.connect(self._times.stepUp)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for each in (self._fewer, self._times, self._more):
            layout.addWidget(each)
        self._fewer.setEnabled(times > 1)

    @property
    def value(self) -> int:
        """How many times."""
        return self._times.value()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self._times.setAccessibleName(name)
        self._fewer.setAccessibleName(_("{name}: one less").format(name=name))
        self._more.setAccessibleName(_("{name}: one more").format(name=name))

    @Slot(int)
    def _on_changed(self, times: int) -> None:
        self._fewer.setEnabled(times > 1)
        self.changed.emit()


def _step_button(sign: str) -> QPushButton:
    made = button(sign)
    made.setProperty("step", "true")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard there are the arrows
    return made


class _Times(QSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setRange(1, MOST_COUNTED)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def textFromValue(self, value: int) -> str:
        if value == 1:
            return _("heard once")
        return _("heard {count} times").format(count=value)

    def valueFromText(self, text: str) -> int:
        digits = re.search(r"\d+", text)
        return int(digits[0]) if digits else 1

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        is_known = 1 <= self.valueFromText(text) <= MOST_COUNTED
        state = QValidator.State.Acceptable if is_known else QValidator.State.Invalid
        return (state, text, position)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a count by chance."""
        event.ignore()
