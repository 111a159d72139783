"""A form for one part of a tool: fields, and beside each what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.faults import Fault
from retention_desktop.toolkit.parts import Part
from retention_desktop.ui.editor.controls import LeavesUndo, Lines, Number, Words
from retention_desktop.ui.editor.wording import fault_sentence
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, Combo
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.text import label

_Word = TypeVar("_Word", bound=str)


class Change(NamedTuple):
    """A field of a part that somebody has changed; `typed` means that more keys may follow."""

    part: Part
    field: str
    value: object
    typed: bool


class Form(QWidget):
    """Fields below one another. `changed` carries a `Change`, `mend_requested` a `Fault`."""

    changed = Signal(object)
    mend_requested = Signal(object)

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self._fields: dict[str, Field] = {}
        self._controls: dict[str, QWidget] = {}
        self._options: dict[str, tuple[str, ...]] = {}  # Qt would turn an enum into a plain text
        self._leaves_undo = LeavesUndo(self)
        self._shown: tuple[str, ...] = ()
        self._elsewhere: tuple[Fault, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self._whole = QVBoxLayout()
        self._whole.setSpacing(4)
        self.column.addLayout(self._whole)

    def add_line(self, name: str, title: str, text: str, *, longest: int) -> None:
        """A field for a short title."""
        line = QLineEdit(text)
        line.setMaxLength(max(longest, len(text)))
        line.textChanged.connect(self._on_typed)
        self._add_field(name, title, line)

    def add_words(
        self, name: str, title: str, text: str, *, lines: bool = False, help_text: str = ""
    ) -> None:
        """A field for a sentence or a few."""
        words = Words(text, lines=lines)
        words.textChanged.connect(self._on_typed)
        self._add_field(name, title, words, help_text)

    def add_lines(
        self, name: str, title: str, items: tuple[str, ...], *, help_text: str = ""
    ) -> None:
        """A field for a list, one thing to a line."""
        lines = Lines(items)
        lines.textChanged.connect(self._on_typed)
        self._add_field(name, title, lines, help_text)

    def add_number(
        self,
        name: str,
        title: str,
        value: int,
        low: int,
        high: int,
        *,
        at_least: str = "",
        help_text: str = "",
    ) -> None:
        """A field for a number."""
        number = Number(value, low, high, at_least=at_least)
        number.valueChanged.connect(self._on_typed)
        self._add_field(name, title, number, help_text)

    def add_combo(
        self,
        name: str,
        title: str,
        names: Mapping[_Word, str],
        value: _Word,
        *,
        help_text: str = "",
    ) -> None:
        """A field to choose from."""
        combo = Combo(title, [(words, None) for words in names.values()])
        combo.setCurrentIndex(list(names).index(value))
        self._options[name] = tuple(names)
        combo.currentIndexChanged.connect(self._on_chosen)
        self._add_field(name, title, combo, help_text)

    def add_tick(self, name: str, words: str, *, ticked: bool) -> Choice:
        """A box to tick."""
        choice = Choice(words)
        choice.setChecked(ticked)
        choice.setProperty("field", name)
        choice.clicked.connect(self._on_chosen)
        self._controls[name] = choice
        self.column.addWidget(choice)
        return choice

    def value(self, name: str) -> object:
        """What stands in a field now."""
        match self._controls[name]:
            case QLineEdit() as line:
                return only_text(line.text()).strip()
            case Words() | Lines() as words:
                return words.value
            case Number() as number:
                return number.value()
            case Combo() as combo:
                return self._options[name][combo.currentIndex()]
            case Choice() as choice:
                return choice.isChecked()
        raise KeyError(name)

    @property
    def focused(self) -> tuple[Part, str]:
        """The part and the field that the keyboard is in; "" for no field."""
        focus = self.focusWidget()
        fields = ((name, each) for name, each in self._controls.items())
        return self.part, next((name for name, each in fields if each is focus), "")

    def form_of(self, part: Part) -> Form:  # noqa: ARG002 - a table has forms for its columns
        """The form in which the words of a part stand."""
        return self

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        self.focus(next(iter(self._controls)))

    def focus(self, name: str) -> bool:
        """Put the keyboard into a field; whether there is such a field."""
        control = self._controls.get(name) or self._controls.get(name.partition(",")[0])
        if control is None:
            return False
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def caret(self) -> int:
        """Where in its text the keyboard writes."""
        match self.focusWidget():
            case QLineEdit() as line:
                return line.cursorPosition()
            case QPlainTextEdit() as area:
                return area.textCursor().position()
        return 0

    def set_caret(self, place: int) -> None:
        """Go on writing there, or at the end of a shorter text."""
        match self.focusWidget():
            case QLineEdit() as line:
                line.setCursorPosition(place)
            case QPlainTextEdit() as area:
                cursor = area.textCursor()
                cursor.setPosition(min(place, len(area.toPlainText())))
                area.setTextCursor(cursor)

    def show_faults(self, editing: Editing, faults: Collection[Fault]) -> None:
        """Say beside each field what is wrong with it; the rest is said above."""
        sentences: dict[str, list[str]] = {}
        elsewhere: list[Fault] = []
        for fault in faults:
            name = self.field_of(fault)
            if name:
                sentences.setdefault(name, []).append(fault_sentence(editing, fault))
            else:
                elsewhere.append(fault)
        for name, field in self._fields.items():
            text = " ".join(dict.fromkeys(sentences.get(name, ())))
            if text != field.error:
                field.set_error(text)
        self._show_elsewhere(editing, tuple(elsewhere))

    def field_of(self, fault: Fault) -> str:
        """The field that a fault is shown beside; "" for none."""
        first = fault.field.partition(",")[0]
        return next((name for name in (fault.field, first) if name in self._fields), "")

    def _show_elsewhere(self, editing: Editing, faults: tuple[Fault, ...]) -> None:
        """What is wrong where there is no field, each with the way out that there is."""
        if faults == self._elsewhere:
            return
        self._elsewhere = faults
        clear(self._whole)
        for number, fault in enumerate(faults):
            sentence = fault_sentence(editing, fault)
            said = label(sentence)
            said.setProperty("error", "true")
            self._whole.addWidget(said)
            if editing.can_mend(fault):
                take_away = button(_("Take this connection away"), "quiet")
                take_away.setAccessibleDescription(sentence)
                take_away.setProperty("number", number)
                take_away.clicked.connect(self._on_take_away)
                self._whole.addWidget(take_away, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_field(self, name: str, title: str, control: QWidget, help_text: str = "") -> None:
        control.setProperty("field", name)
        if isinstance(control, (QLineEdit, QPlainTextEdit)):
            control.installEventFilter(self._leaves_undo)
        elif isinstance(control, Number):
            control.lineEdit().installEventFilter(self._leaves_undo)
            control.installEventFilter(self._leaves_undo)
        field = Field(title, control, help_text=help_text)
        self._fields[name] = field
        self._controls[name] = control
        self.column.addWidget(field)

    @Slot()
    def _on_typed(self) -> None:
        self.note(self.sender().property("field"), typed=True)

    @Slot()
    def _on_chosen(self) -> None:
        self.note(self.sender().property("field"), typed=False)

    def note(self, name: str, *, typed: bool) -> None:
        """Say that a field was changed."""
        self.changed.emit(Change(self.part, name, self.value(name), typed))

    @Slot()
    def _on_take_away(self) -> None:
        self.mend_requested.emit(self._elsewhere[self.sender().property("number")])
