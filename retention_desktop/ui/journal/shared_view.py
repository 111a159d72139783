"""What has left of a record: when, how, for whom, and which parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.journal.disclosures import list_disclosures
from retention_desktop.models.enums import WayOut
from retention_desktop.models.views import Disclosure
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label


class SharedView(QWidget):
    """Each time that something left, the last first; hidden where nothing has."""

    def __init__(
        self, session: Session, record_id: int, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(label(_("What you shared of it"), "section"))
        self.hide()
        session.ask(
            self,
            partial(list_disclosures, record_id=record_id),
            done=self._on_found,
            failed=failed,
        )

    def _on_found(self, found: tuple[Disclosure, ...]) -> None:
        for each in found:
            self._layout.addSpacing(6)
            self._layout.addWidget(label(shared_words(each), "strong"))
            self._layout.addWidget(label(" · ".join(each.parts), "muted"))
            if each.kept_because:
                why = _("Something that could identify somebody was kept: {why}")
                self._layout.addWidget(label(why.format(why=each.kept_because), "muted"))
            if each.sha256:
                mark = _("The file’s mark (SHA-256): {mark}").format(mark=each.sha256)
                self._layout.addWidget(selectable(mark, "small"))
        self.setVisible(bool(found))


def shared_words(disclosure: Disclosure) -> str:
    """How, when and for whom: "As a PDF on 22 November 2026. For: My manager"."""
    words = {
        WayOut.PDF: _("As a PDF on {day}"),
        WayOut.DOCUMENT: _("As a document on {day}"),
        WayOut.MARKDOWN: _("As plain text on {day}"),
        WayOut.CARD: _("As a card on {day}"),
        WayOut.PRINT: _("Printed on {day}"),
        WayOut.CLIPBOARD: _("Copied on {day}"),
        WayOut.TRANSFER: _("As a transfer file on {day}"),
    }[disclosure.way].format(day=long_date(disclosure.at.astimezone().date()))
    if not disclosure.for_whom:
        return words
    return _("{words}. For: {whom}").format(words=words, whom=disclosure.for_whom)
