"""A pack on the page: what it says of itself, its tools, and letting it go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from retention_desktop.toolkit.packs import OWN_PACK, Pack
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import label


class PackCard(QFrame):
    """Asks once more, in place, before a pack goes. `remove_requested` carries the pack's id."""

    remove_requested = Signal(str)

    def __init__(self, pack_id: str, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._pack_id = pack_id
        self.words = QVBoxLayout()
        self.words.setSpacing(4)
        self.words.addWidget(label(title, "card-title"))
        self._remove = button(_("Remove"), "quiet", icon="trash-2")
        self._remove.setAccessibleName(_("Remove {title}").format(title=title))
        self._really = button(_("Remove the pack"))
        self._keep = button(_("Keep it"), "quiet")
        self._question = QWidget()
        question = QVBoxLayout(self._question)
        question.setContentsMargins(0, 0, 0, 0)
        what_goes = (
            _("The tools that you made go for good. What you wrote with them stays.")
            if pack_id == OWN_PACK
            else _("Its tools go. What you wrote with them stays, and can be read.")
        )
        question.addWidget(label(what_goes, "body"))
        question.addLayout(button_row(self._really, self._keep))
        self._question.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 14)
        layout.setSpacing(8)
        layout.addLayout(self.words)
        layout.addLayout(button_row(self._remove))
        layout.addWidget(self._question)
        self._remove.clicked.connect(self._on_remove)
        self._really.clicked.connect(self._on_really)
        self._keep.clicked.connect(self._on_keep)

    @classmethod
    def of_pack(cls, pack: Pack) -> PackCard:
        """The card of a pack that can be used."""
        about = pack.about
        made = cls(about.id, _("My tools") if about.id == OWN_PACK else about.title)
        if about.id != OWN_PACK:
            line = _("{publisher}, version {version}").format(
                publisher=about.publisher, version=about.version
            )
            made.words.addWidget(label(line, "small"))
            made.words.addWidget(label(about.text, "body"))
        titles = ", ".join(tool.title for tool in pack.tools)
        made.words.addWidget(label(_("Tools: {titles}").format(titles=titles), "muted"))
        return made

    @classmethod
    def of_unreadable(cls, pack_id: str) -> PackCard:
        """The card of a pack of which only the id is known."""
        made = cls(pack_id, pack_id)
        text = _("This pack could not be read, so its tools are left out. Import it again.")
        made.words.addWidget(label(text, "body"))
        return made

    @Slot()
    def _on_remove(self) -> None:
        self._remove.hide()
        self._question.show()
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep(self) -> None:
        self._question.hide()
        self._remove.show()
        self._remove.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_really(self) -> None:
        self.remove_requested.emit(self._pack_id)
