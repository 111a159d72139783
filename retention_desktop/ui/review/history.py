"""The earlier looks at a record or an action, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retention_desktop.models.enums import ReviewOutcome
from retention_desktop.models.views import Review
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import label


class HistoryView(QWidget):
    """Each earlier look, the last one first: what became of it, what changed and for whom."""

    def __init__(self, reviews: Sequence[Review]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(_("Looked at before"), "section"))
        for review in reversed(reviews):
            layout.addSpacing(6)
            layout.addWidget(label(outcome_sentence(review), "strong"))
            if review.changed:
                layout.addWidget(selectable(review.changed, "body"))
            if review.for_whom:
                whom = _("For whom: {whom}").format(whom=review.for_whom)
                layout.addWidget(selectable(whom, "muted"))


def outcome_sentence(review: Review) -> str:
    """What became of it, and when: "You kept it on 3 September 2026"."""
    words = {
        ReviewOutcome.KEEP: _("You kept it on {day}"),
        ReviewOutcome.ADJUST: _("You changed it on {day}"),
        ReviewOutcome.STOP: _("You stopped it on {day}"),
    }[review.outcome]
    return words.format(day=long_date(review.done.astimezone().date()))
