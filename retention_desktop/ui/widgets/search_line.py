"""The line to search in, which offers the words that narrow and what can follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView, QWidget

from retention_desktop.journal.queries import (
    DAY_KEYS,
    PERIODS,
    Key,
    Known,
    Term,
    print_term,
    read_period,
)
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES

_TYPED_ROLE = Qt.ItemDataRole.UserRole  # what is put in the line
_FITS_ROLE = Qt.ItemDataRole.UserRole + 1  # what the typed beginning is compared with

# What is being typed at the end of the line: a word, or a key with what follows it in quotes.
_AT_THE_END = re.compile(
    rf"""
    (?<!\S)(?:
        (?:{"|".join(DAY_KEYS)}):(?:this|last)\s+[a-z]*
        | (?:{"|".join(Key)}):"[^"]*
        | \S+
    )\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FITS_NOTHING = "\0"
_LEAST = 3  # letters of a word, before a key is offered for it


class SearchLine(QLineEdit):
    """Takes words, and words that narrow such as tag:team, which it completes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            _("You can narrow the search with person:, tool:, driver:, tag:, before: and after:.")
        )
        self.setClearButtonEnabled(True)
        self._offers = _Offers(self)
        self.setCompleter(self._offers)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        # While its list is open, the completer keeps from the line that the keyboard has left it.
        app.focusChanged.connect(self._on_focus_moved)

    @property
    def is_offering(self) -> bool:
        """Whether the list of what can follow is open."""
        return self._offers.list.isVisible()

    @property
    def offered(self) -> tuple[str, ...]:
        """What is offered for the text as it stands, in words."""
        model = self._offers.completionModel()
        return tuple(model.index(row, 0).data() for row in range(model.rowCount()))

    def offer(self, known: Known, today: date) -> None:
        """Offer what can be named now."""
        self._offers.fill(known, today)

    def begin(self, text: str) -> None:
        """Put this in the line, and offer what can follow it."""
        self.setText(text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offers.setCompletionPrefix(text)
        if self._offers.completionCount():
            self._offers.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While the list is open, Escape closes it, and Enter takes what one is at in it."""
        takes = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_at_one = takes and self._offers.list.currentIndex().isValid()
        if self.is_offering and (event.key() == Qt.Key.Key_Escape or is_at_one):
            event.ignore()  # the completer does it, and nobody else is to hear of the key
        else:
            super().keyPressEvent(event)

    @Slot(QWidget, QWidget)
    def _on_focus_moved(self, before: QWidget | None, _now: QWidget | None) -> None:
        if before is self and self.is_offering:
            self._offers.list.hide()
            QApplication.sendEvent(self, QFocusEvent(QEvent.Type.FocusOut))


def key_help(key: Key) -> str:
    """What a word that narrows is for."""
    return {
        Key.PERSON: _("with whom"),
        Key.TOOL: _("made with which tool"),
        Key.DRIVER: _("about which driver"),
        Key.TAG: _("with which tag"),
        Key.BEFORE: _("written before a day"),
        Key.AFTER: _("written after a day"),
    }[key]


class _Offers(QCompleter):
    """Completes the last word of the line and leaves what stands before it."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._items = QStandardItemModel(0, 1, self)
        self.setModel(self._items)
        self.setCompletionRole(_FITS_ROLE)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(8)
        self.list = QListView()
        self.list.setObjectName("offered")
        self.list.setAccessibleName(_("Words that narrow the search"))
        self.list.setUniformItemSizes(True)
        self.setPopup(self.list)

    def fill(self, known: Known, today: date) -> None:
        self._items.clear()
        for key in Key:
            words = _("{typed} {help}").format(typed=f"{key}:", help=key_help(key))
            self._items.appendRow(_item(words, f"{key}:", key))
        for term, words in _terms(known, today):
            typed = print_term(term)
            fits = f"{term.key}:{term.value}"
            self._items.appendRow(_item(f"{typed} {words}".strip(), f"{typed} ", fits))

    def splitPath(self, path: str) -> list[str]:
        """The beginning that is to be completed: only at the end of the line."""
        begun = _begun(path)
        key, colon, value = begun.partition(":")
        is_at_the_end = self._line.cursorPosition() == len(self._line.text())
        if not is_at_the_end or (not colon and len(begun) < _LEAST):
            return [_FITS_NOTHING]
        value = value.removeprefix('"')
        return [f"{key}{colon}{value}"]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole line, with what was begun completed."""
        before = self.completionPrefix()
        return before.removesuffix(_begun(before)) + str(index.data(_TYPED_ROLE))


def _begun(text: str) -> str:
    found = _AT_THE_END.search(text)
    return found[0] if found else ""


def _terms(known: Known, today: date) -> Iterator[tuple[Term, str]]:
    for alias in known.people:
        yield Term(Key.PERSON, alias), ""
    for _tool_id, title in known.tools:
        yield Term(Key.TOOL, title), ""
    for driver in Driver:
        yield Term(Key.DRIVER, driver.value), DRIVER_SHORT_NAMES[driver]
    for tag in known.tags:
        yield Term(Key.TAG, tag), ""
    for key in DAY_KEYS:
        for period in PERIODS:
            days = read_period(period, today)
            if days is not None:
                first, last = days
                yield Term(key, period), long_date(first if key is Key.BEFORE else last)


def _item(words: str, typed: str, fits: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(typed, _TYPED_ROLE)
    item.setData(fits, _FITS_ROLE)
    return item
