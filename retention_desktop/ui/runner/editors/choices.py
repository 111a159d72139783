"""Editors in which one chooses: one of several, several, a point on a scale."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.runner.editors.adding import AddLine
from retention_desktop.ui.runner.editors.base import Around, Editor, number_word, scroll_to
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import icon_button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.text import announce, label


class SingleChoice(Editor):
    """One of several, and perhaps under each what it means."""

    def __init__(self, prompt: Prompt, _around: Around, meanings: tuple[str, ...] = ()) -> None:
        super().__init__(prompt)
        self._choices = (
            _add_worded_choices(self, meanings)
            if meanings
            else _add_choices(self, prompt.options, one_of_several=True)
        )

    @property
    def value(self) -> Value | None:
        return next((each.text() for each in self._choices if each.isChecked()), None)

    def set_value(self, value: Value) -> None:
        for each in self._choices:
            each.setChecked(each.text() == value)
            if each.isChecked():
                self.setFocusProxy(each)


class SeveralChoices(Editor):
    """Any of several, or at most so many; perhaps with options that people have added."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._choices = _add_choices(self, prompt.options, one_of_several=False)
        for each in self._choices:
            each.clicked.connect(self._show_limit)
        self._own: dict[str, _OwnChoice] = {}
        self._limit = label("", "muted")
        self._is_full = False
        if prompt.own_list:
            self._own_layout = QVBoxLayout()
            self._own_layout.setSpacing(4)
            self.body.addLayout(self._own_layout)
            for text in around.own_lists.get(prompt.own_list, ()):
                if text not in prompt.options:
                    self._add_own(text, is_remembered=True)
        self.body.addWidget(self._limit)
        self._limit.setVisible(bool(prompt.most))
        if prompt.own_list:
            self._line = AddLine(_("Add your own"))
            self._line.added.connect(self._on_added)
            self.body.addWidget(self._line)
        self._show_limit()

    @property
    def value(self) -> Value | None:
        return [each.text() for each in self._all if each.isChecked()] or None

    def set_value(self, value: Value) -> None:
        assert isinstance(value, list)
        shown = [each.text() for each in self._all]
        for chosen in value:
            if self.prompt.own_list and chosen not in shown:
                self._add_own(str(chosen), is_remembered=False)
        for each in self._all:
            each.setChecked(each.text() in value)
        self._show_limit()

    @property
    def _all(self) -> list[Choice]:
        return [*self._choices, *(own.choice for own in self._own.values())]

    def _add_own(self, text: str, *, is_remembered: bool) -> None:
        own = _OwnChoice(text, self.prompt.label, is_remembered=is_remembered)
        own.choice.clicked.connect(self.changed)
        own.choice.clicked.connect(self._show_limit)
        own.forget_requested.connect(self._on_forget)
        self._own[text] = own
        self._own_layout.addWidget(own)

    @Slot()
    def _show_limit(self) -> None:
        """At the limit, what is not chosen cannot be, and the sentence says why."""
        if not self.prompt.most:
            return
        number = number_word(self.prompt.most)
        was_full = self._is_full
        self._is_full = sum(each.isChecked() for each in self._all) >= self.prompt.most
        for each in self._all:
            each.setEnabled(each.isChecked() or not self._is_full)
        if not self._is_full:
            sentence = _("Choose up to {number}.").format(number=number)
        elif self.prompt.most == 1:
            sentence = _("One is the most. Untick it to choose another.")
        else:
            sentence = _("{number} is the most. Untick one to choose another.")
            sentence = sentence.format(number=number.capitalize())
        self._limit.setText(sentence)
        if self._is_full and not was_full and self.isVisible():
            announce(self._limit, sentence)

    @Slot(str)
    def _on_added(self, text: str) -> None:
        there = {each.text().casefold(): each for each in self._all}
        if text.casefold() not in there:
            self._add_own(text, is_remembered=True)
            self.own_added.emit(self.prompt.own_list, text)
        added = there.get(text.casefold()) or self._own[text].choice
        if not self._is_full:
            added.setChecked(True)
            announce(added, _("Added and ticked: {option}").format(option=added.text()))
            self.changed.emit()
        elif not added.isChecked():
            announce(self._limit, self._limit.text())
        self._show_limit()
        QTimer.singleShot(0, self, self._bring_line_into_sight)  # once it has its place

    @Slot()
    def _bring_line_into_sight(self) -> None:
        scroll_to(self._line)

    @Slot(str)
    def _on_forget(self, text: str) -> None:
        """Take it off the list; where it is ticked, it stays a part of this answer."""
        own = self._own[text]
        if own.choice.isChecked():
            own.say_forgotten()
            own.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            del self._own[text]
            self._own_layout.removeWidget(own)
            own.hide()
            own.deleteLater()
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _("Off the list: {option}").format(option=text))
        self.own_removed.emit(self.prompt.own_list, text)


class _OwnChoice(QWidget):
    """An option that somebody added, and a way to take it off the list again."""

    forget_requested = Signal(str)

    def __init__(self, text: str, asked: str, *, is_remembered: bool) -> None:
        super().__init__()
        self.choice = Choice(text)
        self.choice.setAccessibleDescription(asked)
        self._forget = icon_button("trash-2", _("Take off the list: {option}").format(option=text))
        self._forget.clicked.connect(self._on_forget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.choice, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignTop)
        self._forget.setVisible(is_remembered)

    def say_forgotten(self) -> None:
        """It is on no list any more."""
        self._forget.hide()

    @Slot()
    def _on_forget(self) -> None:
        self.forget_requested.emit(self.choice.text())


class Scale(Editor):
    """A point between two worded ends."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._choices = _add_choices(self, _scale_points(prompt), one_of_several=True)

    @property
    def value(self) -> Value | None:
        points = (n for n, each in enumerate(self._choices, 1) if each.isChecked())
        return next(points, None)

    def set_value(self, value: Value) -> None:
        assert isinstance(value, int)
        self._choices[value - 1].setChecked(True)
        self.setFocusProxy(self._choices[value - 1])


def _scale_points(prompt: Prompt) -> tuple[str, ...]:
    ends = {1: f"1  {prompt.low}", prompt.points: f"{prompt.points}  {prompt.high}"}
    return tuple(ends.get(point, str(point)) for point in range(1, prompt.points + 1))


def _add_choices(editor: Editor, options: tuple[str, ...], *, one_of_several: bool) -> list[Choice]:
    """The options below one another; a few very short ones side by side."""
    choices = [Choice(option, one_of_several=one_of_several) for option in options]
    side_by_side = (
        len(choices) <= 3
        and sum(len(option) for option in options) <= 24
        and not editor.prompt.own_list
    )
    line = QHBoxLayout() if side_by_side else QVBoxLayout()
    line.setSpacing(4)
    for each in choices:
        each.setAccessibleDescription(editor.prompt.label)
        each.clicked.connect(editor.changed)
        if side_by_side:
            each.setMinimumWidth(each.sizeHint().width())
        line.addWidget(each)
    editor.body.addLayout(line)
    editor.setFocusProxy(choices[0])
    return choices


def _add_worded_choices(editor: Editor, meanings: tuple[str, ...]) -> list[Choice]:
    """The options below one another, and under each what it means."""
    editor.body.setSpacing(0)
    choices: list[Choice] = []
    for option, meaning in zip(editor.prompt.options, meanings, strict=True):
        choice = Choice(option, one_of_several=True)
        choice.setAccessibleDescription(f"{editor.prompt.label}. {meaning}")
        choice.clicked.connect(editor.changed)
        choices.append(choice)
        editor.body.addWidget(choice)
        under = label(meaning, "muted")
        under.setContentsMargins(Choice.indent(), 0, 0, 6)
        editor.body.addWidget(under)
    editor.setFocusProxy(choices[0])
    return choices
