"""Adding something agreed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from retention_desktop.journal.actions import add_action
from retention_desktop.models.enums import Form
from retention_desktop.models.views import Changes, Place
from retention_desktop.ui.agreed.form import ActionForm
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.in_rows import InRows
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.text import label
from retention_desktop.ui.wording import begun_words

NEW_ACTION = Place(Form.NEW_ACTION)


class AddPanel(QFrame):
    """Takes something that was agreed, from what was `begun` on. `added` carries its id."""

    added = Signal(int)
    left = Signal()

    def __init__(self, session: Session, aliases: Sequence[str], begun: dict[str, str]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._form = ActionForm(session.today, aliases)
        self._message = Message()
        self._begun = BegunForm(session, self._read, self)
        self._begun.failed.connect(self._message.say_error)
        leave = icon_button("x", _("Close, and go back to the list"))
        leave.clicked.connect(self.left)
        self._add = button(_("Add it to the register"), "primary", icon="plus")
        self._add.clicked.connect(self._on_add)
        head = QHBoxLayout()
        head.addWidget(label(_("Something agreed"), "section"), 1)
        head.addWidget(leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._message)
        layout.addWidget(self._form)
        layout.addWidget(InRows([self._add]))
        if begun:
            self._form.show_words(begun)
            self._message.say(begun_words())
        self._form.changed.connect(self._begun.note)
        at_once = QShortcut(QKeySequence("Ctrl+Return"), self, self._on_add)
        at_once.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def has_words(self) -> bool:
        """Whether something is written that is not kept yet."""
        return bool(self._form.words)

    def arrive(self) -> None:
        """Ready to write."""
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._begun.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, Escape leaves; what is written stays."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_add()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _read(self) -> tuple[Place, dict[str, str]]:
        return NEW_ACTION, self._form.words

    @Slot()
    def _on_add(self) -> None:
        if not self.isEnabled() or not self._form.is_ready():
            return
        said, now = self._form.value, self._session.now()
        assert said.about is not None
        about = said.about
        self.setEnabled(False)  # until it is done, so that nothing is added twice
        self._begun.settle()
        self._session.tell(
            self,
            lambda vault: add_action(
                vault,
                said.text,
                now=now,
                kind=about.kind,
                owner=said.owner,
                due=said.due,
                person=about.person,
                driver=about.driver,
            ),
            done=self._on_added,
            failed=self._on_failed,
        )

    def _on_added(self, changes: Changes) -> None:
        self.added.emit(changes.actions[0])

    def _on_failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        self._begun.note()
        self._message.say_error(error)
        self.arrive()
