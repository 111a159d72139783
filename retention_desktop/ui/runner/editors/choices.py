"""Editors in which one chooses: one of several, several, a point on a scale."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.widgets.controls import Choice


class SingleChoice(Editor):
    """One of several."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._choices = _add_choices(self, prompt.options, one_of_several=True)

    @property
    def value(self) -> Value | None:
        return next((each.text() for each in self._choices if each.isChecked()), None)

    def set_value(self, value: Value) -> None:
        for each in self._choices:
            each.setChecked(each.text() == value)
            if each.isChecked():
                self.setFocusProxy(each)


class SeveralChoices(Editor):
    """Any of several."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._choices = _add_choices(self, prompt.options, one_of_several=False)

    @property
    def value(self) -> Value | None:
        return [each.text() for each in self._choices if each.isChecked()] or None

    def set_value(self, value: Value) -> None:
        assert isinstance(value, list)
        for each in self._choices:
            each.setChecked(each.text() in value)


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
    side_by_side = len(choices) <= 3 and sum(len(option) for option in options) <= 24
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
