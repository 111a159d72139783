"""The tags of a record, to take away and to add to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.journal.queries import Known
from retention_desktop.journal.records import set_tags
from retention_desktop.journal.search import known_names
from retention_desktop.models.views import Changes
from retention_desktop.ui.journal.tag_line import TagLine
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.page import clear
from retention_desktop.ui.widgets.text import announce, icon_label, label


class TagsView(QWidget):
    """A row for each tag, and a line for a new one. Every change is kept at once."""

    def __init__(self, session: Session, record_id: int, tags: tuple[str, ...]) -> None:
        super().__init__()
        self._session = session
        self._record_id = record_id
        self._tags = tags
        self._under_way = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._line = TagLine()
        self._line.returnPressed.connect(self._on_add)
        self._field = Field(_("Add a tag"), self._line)
        self._line.textEdited.connect(self._field.take_error_back)
        add = button(_("Add"), icon="plus")
        add.setAccessibleName(_("Add this tag"))
        add.clicked.connect(self._on_add)
        entry = QHBoxLayout()
        entry.setSpacing(10)
        entry.addWidget(self._field, 1)
        entry.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(_("Tags"), "section"))
        layout.addLayout(self._rows)
        layout.addLayout(entry)
        self._show()
        session.ask(
            self,
            partial(known_names, tools=()),
            done=self._on_known,
            failed=self._on_failed,
        )

    def _on_known(self, known: Known) -> None:
        self._line.offer(known.tags)

    def _show(self) -> None:
        clear(self._rows)
        for tag in self._tags:
            self._rows.addWidget(self._row(tag))
        if not self._tags:
            self._rows.addWidget(
                label(_("None yet. A tag brings records together, such as induction."), "muted")
            )

    def _row(self, tag: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(icon_label("tag", "accent", 16))
        line.addWidget(label(tag, "strong"), 1)
        remove = button(_("Remove"), "quiet", icon="x")
        remove.setAccessibleName(_("Remove the tag “{tag}”").format(tag=tag))
        remove.setProperty("tag", tag)
        remove.clicked.connect(self._on_remove)
        line.addWidget(remove)
        return row

    @Slot()
    def _on_add(self) -> None:
        tag = self._line.text().strip()
        if tag and tag.casefold() not in map(str.casefold, self._tags):
            self._set((*self._tags, tag), _("The tag “{tag}” is added.").format(tag=tag))
        else:
            self._line.clear()

    @Slot()
    def _on_remove(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            tag = pressed.property("tag")
            left = tuple(each for each in self._tags if each != tag)
            self._set(left, _("The tag “{tag}” is removed.").format(tag=tag))

    def _set(self, tags: Sequence[str], said: str) -> None:
        if self._under_way:
            return  # pressed twice
        self._under_way = True
        self._session.tell(
            self,
            partial(set_tags, record_id=self._record_id, tags=tags, now=self._session.now()),
            done=partial(self._on_set, tuple(tags), said),
            failed=self._on_failed,
        )

    def _on_set(self, tags: tuple[str, ...], said: str, _changes: Changes) -> None:
        self._under_way = False
        self._tags = tuple(sorted(tags, key=str.casefold))
        self._line.clear()
        self._show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, said)

    def _on_failed(self, error: BaseException) -> None:
        self._under_way = False
        if not isinstance(error, KnownError):
            raise error
        self._field.set_error(str(error))
