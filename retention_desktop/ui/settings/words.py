"""Words of one's own for the check before something leaves: to be found, or to be left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from retention_desktop.journal.lists import add_to_list, own_lists, remove_from_list
from retention_desktop.models.views import Changes
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.text import label


class WordList(QWidget):
    """One list of words in the journal, which can be added to and taken from."""

    def __init__(self, session: Session, name: str, *, title: str, help_text: str) -> None:
        super().__init__()
        self._session = session
        self._name = name
        self._line = QLineEdit()
        self._line.returnPressed.connect(self._on_add)
        add = button(_("Add it"), icon="plus")
        add.setAccessibleDescription(title)
        add.clicked.connect(self._on_add)
        self._message = Message()
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._line, 1)
        row.addWidget(add)
        entry.setFocusProxy(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Field(title, entry, help_text=help_text))
        self._line.setAccessibleName(title)
        self._line.setAccessibleDescription(help_text)
        layout.addWidget(self._message)
        layout.addLayout(self._words)
        self._look()

    def _look(self) -> None:
        self._session.ask(self, own_lists, done=self._show, failed=self._message.say_error)

    def _show(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        clear(self._words)
        for item in lists.get(self._name, ()):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(2, 0, 0, 0)
            line.addWidget(label(item, "body"), 1)
            remove = icon_button("x", _("Take out: {word}").format(word=item))
            remove.setProperty("word", item)
            remove.clicked.connect(self._on_remove)
            line.addWidget(remove)
            self._words.addWidget(row)

    @Slot()
    def _on_add(self) -> None:
        word = self._line.text().strip()
        if word:
            self._tell(partial(add_to_list, name=self._name, item=word), self._on_added)

    @Slot()
    def _on_remove(self) -> None:
        word = self.sender().property("word")
        self._tell(partial(remove_from_list, name=self._name, item=word), self._on_removed)

    def _tell(self, verb: partial[Changes], done: Callable[[Changes], None]) -> None:
        self._message.clear()
        self._session.tell(self, verb, done=done, failed=self._message.say_error)

    def _on_added(self, changes: Changes) -> None:
        self._line.clear()
        self._on_removed(changes)

    def _on_removed(self, _changes: Changes) -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()
