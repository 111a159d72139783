"""Searches that are kept under a name: a menu to choose from, and where they are named."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.journal.saved import (
    SavedSearch,
    remove_search,
    rename_search,
    save_search,
)
from retention_desktop.journal.store import LONGEST_NAME
from retention_desktop.models.views import Changes
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.page import Scroller, button_row, card, clear
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_SAVE, _EDIT = "save", "edit"  # the last entries of the menu


class SavedMenu(QMenu):
    """Lists the saved searches. `chosen` carries the one to show."""

    chosen = Signal(object)
    save_requested = Signal()
    edit_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.triggered.connect(self._on_triggered)
        self.show_searches(())

    def show_searches(self, searches: tuple[SavedSearch, ...]) -> None:
        """List these."""
        self.clear()
        for search in searches:
            name = search.name.replace("&", "&&")  # else Qt would take it for the mark of a key
            self.addAction(name).setData(search)
        if searches:
            self.addSeparator()
        self.addAction(_("Save this search…")).setData(_SAVE)
        if searches:
            self.addAction(_("Rename or remove…")).setData(_EDIT)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        wish = action.data()
        if wish == _SAVE:
            self.save_requested.emit()
        elif wish == _EDIT:
            self.edit_requested.emit()
        else:
            self.chosen.emit(wish)


class SavedPanel(Scroller):
    """Takes the name of a search, or lists those there are to rename and remove.

    `done` carries a sentence, or "" where nothing has changed.
    """

    done = Signal(str)

    def __init__(self, session: Session) -> None:
        content = QWidget()
        super().__init__(content)
        self._session = session
        self._search = SavedSearch("")
        self._field: Field | None = None
        content.setObjectName("page")
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 8, 12)
        frame, self._inner = card()
        outer.addWidget(frame)
        outer.addStretch(1)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit("")
        else:
            super().keyPressEvent(event)

    def ask_name(self, search: SavedSearch) -> None:
        """Ask for the name under which to keep this search."""
        self._search = search
        clear(self._inner)
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.returnPressed.connect(self._on_save)
        self._field = Field(
            _("Name of this search"),
            self._name,
            help_text=_("Its words and filters are kept in your journal, not what it finds."),
        )
        self._name.textEdited.connect(self._field.take_error_back)
        save = button(_("Save this search"), "primary")
        save.clicked.connect(self._on_save)
        self._inner.addWidget(self._field)
        self._inner.addSpacing(4)
        self._inner.addLayout(button_row(save, self._back_button(_("Not now"))))
        self.show()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, searches: tuple[SavedSearch, ...]) -> None:
        """List the searches there are, to rename and remove them."""
        clear(self._inner)
        self._field = None
        self._inner.addWidget(label(_("Saved searches"), "card-title"))
        rows = [_SearchRow(search) for search in searches]
        for row in rows:
            row.rename_requested.connect(self._on_rename)
            row.remove_requested.connect(self._on_remove)
            self._inner.addWidget(row)
        back = self._back_button(_("Back to the records"))
        self._inner.addSpacing(4)
        self._inner.addLayout(button_row(back))
        self.show()
        (rows[0] if rows else back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_button(self, words: str) -> QWidget:
        back = button(words)
        back.clicked.connect(self._on_back)
        return back

    @Slot()
    def _on_back(self) -> None:
        self.done.emit("")

    @Slot()
    def _on_save(self) -> None:
        search = replace(self._search, name=self._name.text())
        self._do(
            partial(save_search, search=search),
            _("Saved. Choose it under “Saved searches”."),
            self._on_failed,
        )

    @Slot(object)
    def _on_rename(self, row: _SearchRow) -> None:
        self._do(
            partial(rename_search, name=row.search.name, new=row.typed),
            _("Renamed."),
            row.say_error,
        )

    @Slot(object)
    def _on_remove(self, row: _SearchRow) -> None:
        self._do(
            partial(remove_search, name=row.search.name),
            _("The saved search is removed. The records it found are all still there."),
            row.say_error,
        )

    def _do(
        self,
        verb: Callable[[Vault], Changes],
        said: str,
        failed: Callable[[BaseException], None],
    ) -> None:
        self._session.tell(self, verb, done=partial(self._on_done, said), failed=failed)

    def _on_done(self, said: str, _changes: Changes) -> None:
        self.done.emit(said)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError) or self._field is None:
            raise error
        self._field.set_error(str(error))


class _SearchRow(QWidget):
    """One saved search: its name, which can be written anew. Signals carry the row."""

    rename_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, search: SavedSearch) -> None:
        super().__init__()
        self.search = search
        self._name = QLineEdit(search.name)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.returnPressed.connect(self._on_rename)
        self._field = Field(_("Name of “{name}”").format(name=search.name), self._name)
        self._name.textEdited.connect(self._field.take_error_back)
        rename = button(_("Rename"))
        rename.setAccessibleName(_("Rename “{name}”").format(name=search.name))
        rename.clicked.connect(self._on_rename)
        remove = button(_("Remove"), "quiet", icon="trash-2")
        remove.setAccessibleName(_("Remove “{name}”").format(name=search.name))
        remove.clicked.connect(self._on_remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.addWidget(self._field)
        layout.addLayout(button_row(rename, remove))
        self.setFocusProxy(self._name)

    @property
    def typed(self) -> str:
        """The name as it is written now."""
        return self._name.text()

    def say_error(self, error: BaseException) -> None:
        """Say why it could not be done."""
        if not isinstance(error, KnownError):
            raise error
        self._field.set_error(str(error))

    @Slot()
    def _on_rename(self) -> None:
        self.rename_requested.emit(self)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self)
