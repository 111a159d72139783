"""Help with wording, beside a text: what stands out is underlined, and listed with a hint."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from retention_desktop.toolkit.language import Finding, WordingKind, find_wording
from retention_desktop.toolkit.wording import quoted
from retention_desktop.ui.runner.editors.adding import AddLine
from retention_desktop.ui.runner.editors.base import scroll_to
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.page import clear, line
from retention_desktop.ui.widgets.text import announce, label

OWN_WORDS = "language-words"  # the name of the list that keeps them

_AFTER_MS = 300
_MOST_CHARACTERS = 20_000  # so many are looked through while somebody writes
_MOST_LISTED = 20


class _Alike(NamedTuple):
    """What the places of one phrase have in common."""

    phrase: str
    hint: str


class LanguageHelp(QWidget):
    """What `find_wording` finds in a text. It suggests; nobody has to change a word.

    F7 selects the next place in the text, Shift+F7 the one before.
    """

    own_word_added = Signal(str)
    own_word_removed = Signal(str)

    def __init__(self, area: QPlainTextEdit, own_words: tuple[str, ...]) -> None:
        super().__init__()
        self._area = area
        self._own_words = own_words
        self._found: tuple[Finding, ...] = ()
        self._alike: dict[_Alike, list[Finding]] = {}
        self._listed: list[tuple[_Alike, int]] = []
        self._text = ""
        self._twice: list[int] = []
        self._pause = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._pause.timeout.connect(self._on_pause)
        area.textChanged.connect(self._pause.start)

        self._summary = label("", "small-strong")
        self._previous = button(_("Previous"), "quiet", icon="arrow-left")
        self._previous.setAccessibleName(_("Previous place that stands out"))
        self._previous.setToolTip(_("Shift+F7"))
        self._previous.clicked.connect(self._on_previous)
        self._next = button(_("Next"), "quiet", icon="arrow-right")
        self._next.setAccessibleName(_("Next place that stands out"))
        self._next.setToolTip(_("F7"))
        self._next.clicked.connect(self._on_next)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._summary, 1)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        only_first = _("Only the first {count} characters are looked through.")
        self._limit = label(only_first.format(count=f"{_MOST_CHARACTERS:,}"), "muted")
        self._line = AddLine(_("Look out for another word"))
        self._line.added.connect(self._on_own_word)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addWidget(self._limit)
        layout.addWidget(line())
        layout.addWidget(self._line)
        QShortcut(QKeySequence("F7"), self, self._on_next)
        QShortcut(QKeySequence("Shift+F7"), self, self._on_previous)
        self.look()

    def look(self) -> None:
        """Look through the text as it is now."""
        self._pause.stop()
        self._text = self._area.toPlainText()
        self._twice = [n for n, character in enumerate(self._text) if character > "\uffff"]
        self._found = find_wording(self._text[:_MOST_CHARACTERS], self._own_words)
        self._underline()
        self._show_list()

    def _underline(self) -> None:
        selections = []
        for finding in self._found:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(finding)
            selection.format = _underlined()
            selections.append(selection)
        self._area.setExtraSelections(selections)

    def _show_list(self) -> None:
        """List what was found, each phrase once; a list that stays the same is left alone."""
        self._alike = {}
        for finding in self._found:
            alike = _Alike(self._phrase(finding).casefold(), finding.hint)
            self._alike.setdefault(alike, []).append(finding)
        listed = [(alike, len(findings)) for alike, findings in self._alike.items()]
        if listed != self._listed:
            self._listed = listed
            clear(self._list)
            for alike, times in listed[:_MOST_LISTED]:
                self._list.addWidget(self._place(alike, times))
            if len(listed) > _MOST_LISTED:
                more = _("And {count} more, underlined in the text.")
                self._list.addWidget(label(more.format(count=len(listed) - _MOST_LISTED), "muted"))
        self._limit.setVisible(len(self._text) > _MOST_CHARACTERS)
        self._previous.setVisible(len(self._found) > 1)
        self._next.setVisible(len(self._found) > 1)
        self._summary.setText(self._summary_words())

    def _place(self, alike: _Alike, times: int) -> _Place:
        first = self._alike[alike][0]
        is_own = first.kind is WordingKind.OWN
        place = _Place(alike, self._phrase(first), times, is_own=is_own)
        place.show_requested.connect(self._on_show)
        place.forget_requested.connect(self._on_forget)
        return place

    def _summary_words(self) -> str:
        if not self._text.strip():
            return _("While you write, wording to look at again is pointed out here.")
        if not self._found:
            return _("Nothing stood out.")
        if len(self._found) == 1:
            return _("One place you may want to look at again")
        return _("{count} places you may want to look at again").format(count=len(self._found))

    def _cursor(self, finding: Finding) -> QTextCursor:
        cursor = QTextCursor(self._area.document())
        cursor.setPosition(self._position(finding.start))
        cursor.setPosition(self._position(finding.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _position(self, index: int) -> int:
        """Where a character stands for Qt, which counts those beyond U+FFFF twice."""
        return index + bisect_left(self._twice, index)

    def _phrase(self, finding: Finding) -> str:
        return quoted(" ".join(self._text[finding.start : finding.end].split()))

    def _step(self, by: int) -> None:
        if self._pause.isActive():
            self.look()
        if not self._found:
            announce(self._summary, self._summary.text())
            return
        self._select(self._beyond_here(self._found, by))

    def _beyond_here(self, found: Sequence[Finding], by: int) -> Finding:
        """The next of them after the cursor, or with -1 the one before it; round at the ends."""
        cursor = self._area.textCursor()
        if by > 0:
            # A place that begins at the cursor is ahead of it, unless it is selected already.
            least = cursor.selectionStart() + cursor.hasSelection()
            ahead = (each for each in found if self._position(each.start) >= least)
            return next(ahead, found[0])
        behind = [each for each in found if self._position(each.start) < cursor.selectionStart()]
        return behind[-1] if behind else found[-1]

    def _select(self, finding: Finding) -> None:
        """Select a place in the text and go there; a screen reader hears the hint."""
        self._area.setTextCursor(self._cursor(finding))
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(self._area.viewport(), self._area.cursorRect())
        announce(self._area, f"{self._phrase(finding)}: {finding.hint}")

    @Slot(object)
    def _on_show(self, alike: _Alike) -> None:
        self._select(self._beyond_here(self._alike[alike], 1))

    @Slot(object)
    def _on_forget(self, alike: _Alike) -> None:
        """Every own word that points out this phrase goes off the list."""
        finding = self._alike[alike][0]
        phrase = self._text[finding.start : finding.end]
        for word in self._own_words:
            if any(each.kind is WordingKind.OWN for each in find_wording(phrase, (word,))):
                self._own_words = tuple(each for each in self._own_words if each != word)
                self.own_word_removed.emit(word)
        self.look()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    @Slot()
    def _on_pause(self) -> None:
        if self._area.toPlainText() != self._text:
            self.look()

    @Slot(str)
    def _on_own_word(self, word: str) -> None:
        if word not in self._own_words:
            self._own_words = (*self._own_words, word)
            self.own_word_added.emit(word)
        announce(self, _("Now looking out for: {word}").format(word=word))
        self.look()
        QTimer.singleShot(0, self, self._bring_line_into_sight)  # once it has its place

    @Slot()
    def _bring_line_into_sight(self) -> None:
        scroll_to(self._line)


class _Place(QWidget):
    """A phrase that stands out, the hint, and a way to each place where it stands."""

    show_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, alike: _Alike, phrase: str, times: int, *, is_own: bool) -> None:
        super().__init__()
        self._alike = alike
        words = QVBoxLayout()
        words.setSpacing(2)
        heading = _("{phrase}, {count} times").format(phrase=phrase, count=times)
        words.addWidget(label(phrase if times == 1 else heading, "strong"))
        words.addWidget(label(alike.hint, "muted"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        if is_own:
            forget = icon_button("trash-2", _("Take {phrase} off my list").format(phrase=phrase))
            forget.clicked.connect(self._on_forget)
            layout.addWidget(forget, 0, Qt.AlignmentFlag.AlignTop)
        show = button(_("Show"), "quiet")
        show.setAccessibleName(_("Show {phrase} in the text").format(phrase=phrase))
        show.setAccessibleDescription(alike.hint)
        show.clicked.connect(self._on_show)
        layout.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_show(self) -> None:
        self.show_requested.emit(self._alike)

    @Slot()
    def _on_forget(self) -> None:
        self.forget_requested.emit(self._alike)


def _underlined() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(theme.colour("warn"))
    made.setBackground(theme.colour("warn_soft"))
    return made
