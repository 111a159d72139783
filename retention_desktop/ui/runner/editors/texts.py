"""Editors of running text and of one line."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit

from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.answers import only_text
from retention_desktop.ui.runner.editors.base import Around, Editor
from retention_desktop.ui.runner.editors.language import OWN_WORDS, LanguageHelp
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import TextArea
from retention_desktop.ui.widgets.text import label


class LongText(Editor):
    """Room to write, perhaps with help beside it."""

    def __init__(self, prompt: Prompt, around: Around) -> None:
        super().__init__(prompt)
        self._area = TextArea()
        self._area.setAccessibleName(prompt.label)
        self._area.setAccessibleDescription(_description(prompt))
        self._area.textChanged.connect(self.changed)
        self.body.addWidget(self._area)
        self.setFocusProxy(self._area)
        if prompt.words:
            self._length = label(_length_words(prompt.words, ""), "muted")
            self._area.textChanged.connect(self._show_length)
            self.body.addWidget(self._length)
        self._language: LanguageHelp | None = None
        if prompt.language_help:
            self._language = LanguageHelp(self._area, around.own_lists.get(OWN_WORDS, ()))
            self._language.own_word_added.connect(self._on_own_word_added)
            self._language.own_word_removed.connect(self._on_own_word_removed)
            self.body.addSpacing(8)
            self.body.addWidget(self._language)

    @property
    def value(self) -> Value | None:
        text = only_text(self._area.toPlainText())
        return text if text.strip() else None

    def set_value(self, value: Value) -> None:
        self._area.setPlainText(str(value))
        self._area.moveCursor(QTextCursor.MoveOperation.End)  # to go on writing
        if self._language is not None:
            self._language.look()

    @Slot()
    def _show_length(self) -> None:
        self._length.setText(_length_words(self.prompt.words, self._area.toPlainText()))

    @Slot(str)
    def _on_own_word_added(self, word: str) -> None:
        self.own_added.emit(OWN_WORDS, word)

    @Slot(str)
    def _on_own_word_removed(self, word: str) -> None:
        self.own_removed.emit(OWN_WORDS, word)


class ShortText(Editor):
    """One line."""

    def __init__(self, prompt: Prompt, _around: Around) -> None:
        super().__init__(prompt)
        self._line = QLineEdit()
        self._line.setAccessibleName(prompt.label)
        self._line.setAccessibleDescription(_description(prompt))
        self._line.textEdited.connect(self.changed)
        self.body.addWidget(self._line)
        self.setFocusProxy(self._line)
        if prompt.words:
            self._length = label(_length_words(prompt.words, ""), "muted")
            self._line.textChanged.connect(self._show_length)
            self.body.addWidget(self._length)

    @property
    def value(self) -> Value | None:
        return only_text(self._line.text()).strip() or None

    def set_value(self, value: Value) -> None:
        self._line.setText(str(value))

    @Slot(str)
    def _show_length(self, text: str) -> None:
        self._length.setText(_length_words(self.prompt.words, text))


def _description(prompt: Prompt) -> str:
    """What a screen reader says of the field: its help, and once how many words are plenty."""
    length = _length_words(prompt.words, "") if prompt.words else ""
    return f"{prompt.help} {length}".strip()


def _length_words(plenty: int, text: str) -> str:
    """How long the text may well be, and how long it is. Nothing happens beyond."""
    count = len(text.split())
    if count == 0:
        return _("About {plenty} words are plenty.").format(plenty=plenty)
    sentence = _("About {plenty} words are plenty. You have {count}.")
    return sentence.format(plenty=plenty, count=count)
