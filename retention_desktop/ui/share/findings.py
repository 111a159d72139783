"""What could identify somebody in what leaves, each in its place, and what one can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QVBoxLayout, QWidget

from retention_desktop.privacy.findings import Detail, Kind
from retention_desktop.sharing.identifying import Found
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.in_rows import InRows
from retention_desktop.ui.widgets.page import card, clear, line
from retention_desktop.ui.widgets.text import announce, label

_SHOWN = 6  # at a time: what is done with them brings the next


class FindingsCard(QWidget):
    """Lists what was found. The signals carry a `Found`, and what is to be done with it."""

    replaced = Signal(object, str)  # the other words
    kept = Signal(object, str)  # the reason
    ignored = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Found, ...] = ()
        frame, inner = card()
        self.heading = label(_("What could identify somebody"), "section")
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words = label("", "body")
        inner.addWidget(self.heading)
        inner.addWidget(self._words)
        inner.addWidget(
            label(
                _(
                    "No check finds everything. Read the pages before you share them. "
                    "By key: R for the other words, K to keep it, A to point it out no more."
                ),
                "muted",
            )
        )
        self._rows: list[_FoundRow] = []
        self._below = QVBoxLayout()
        self._below.setSpacing(10)
        inner.addLayout(self._below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what is still to be looked at; where nothing is, say so."""
        if tuple(found) == self._found and self._words.text():
            return
        here = self._row_with_focus()
        self._found = tuple(found)
        words = _count_words(len(found))
        if words != self._words.text():
            self._words.setText(words)
            announce(self, words)
        clear(self._below)
        self._rows = [_FoundRow(each) for each in self._found[:_SHOWN]]
        for row in self._rows:
            self._below.addWidget(line())
            self._below.addWidget(row)
            row.replaced.connect(self.replaced)
            row.kept.connect(self.kept)
            row.ignored.connect(self.ignored)
        if len(found) > _SHOWN:
            more = _("And {count} more, which follow.").format(count=len(found) - _SHOWN)
            self._below.addWidget(label(more, "muted"))
        if here is not None:
            self.take_focus(here)

    def take_focus(self, place: int = 0) -> None:
        """Go to one of the things that were found, or to the heading where there is none."""
        wanted = self._rows[min(place, len(self._rows) - 1)] if self._rows else self.heading
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_with_focus(self) -> int | None:
        focused = QApplication.focusWidget()
        places = (n for n, row in enumerate(self._rows) if focused and row.isAncestorOf(focused))
        return next(places, None)


class _FoundRow(QFrame):
    """One thing that was found. R replaces it, K keeps it, A leaves it alone for good."""

    replaced = Signal(object, str)
    kept = Signal(object, str)
    ignored = Signal(object)

    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        finding = found.finding
        layout.addWidget(label(kind_words(finding.kind), "small-strong"))
        if finding.kind is Kind.INDIRECT:
            details = ", ".join(_detail_words(each) for each in finding.details)
            said = _("Together these may point to one person: {details}.").format(details=details)
            layout.addWidget(label(said, "body"))
        else:
            layout.addWidget(label(found.words, "strong"))
        if found.before or found.after:
            gap = "" if found.after[:1] in ",.;:!?)’”" else " "
            around = f"{found.before} […]{gap}{found.after}".strip()
            layout.addWidget(label(around, "muted"))
        if found.heading:
            layout.addWidget(label(_("In: {heading}").format(heading=found.heading), "small"))
        offered = []
        if finding.suggestion:
            words = _("Use “{words}”").format(words=finding.suggestion)
            self._replace = button(words)
            self._replace.setToolTip(_("R does the same"))
            self._replace.clicked.connect(self._on_replace)
            offered.append(self._replace)
        keep = button(_("Keep it, because…"))
        keep.setToolTip(_("K does the same"))
        self._reasons = QMenu(keep)
        for reason in _reasons():
            self._reasons.addAction(reason)
        self._reasons.triggered.connect(self._on_reason)
        keep.setMenu(self._reasons)
        self._keep = keep
        offered.append(keep)
        if finding.kind is not Kind.INDIRECT:
            ignore = button(_("Never point it out again"), "quiet")
            ignore.setToolTip(_("A does the same"))
            ignore.clicked.connect(self._on_ignore)
            offered.append(ignore)
        layout.addWidget(InRows(offered))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(offered[0])
        self.setAccessibleName(f"{kind_words(finding.kind)}: {found.words}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each thing that can be done, wherever in the row one is."""
        if event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_R and self._found.finding.suggestion:
            self._on_replace()
        elif event.key() == Qt.Key.Key_K:
            self._keep.showMenu()
        elif event.key() == Qt.Key.Key_A and self._found.finding.kind is not Kind.INDIRECT:
            self._on_ignore()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_replace(self) -> None:
        self.replaced.emit(self._found, self._found.finding.suggestion)

    @Slot(QAction)
    def _on_reason(self, chosen: QAction) -> None:
        self.kept.emit(self._found, chosen.text())

    @Slot()
    def _on_ignore(self) -> None:
        self.ignored.emit(self._found)


def kind_words(kind: Kind) -> str:
    """What was found, in words."""
    return {
        Kind.NHS_NUMBER: _("An NHS number"),
        Kind.NI_NUMBER: _("A National Insurance number"),
        Kind.PHONE: _("A phone number"),
        Kind.EMAIL: _("An e-mail address"),
        Kind.POSTCODE: _("A postcode"),
        Kind.BIRTH_DATE: _("A date of birth"),
        Kind.NAME: _("A name"),
        Kind.AGE: _("An exact age"),
        Kind.ADDRESS: _("An address"),
        Kind.HOSPITAL: _("A hospital"),
        Kind.WARD: _("A ward"),
        Kind.SURGERY: _("A surgery"),
        Kind.SCHOOL: _("A school"),
        Kind.HOME: _("A care home"),
        Kind.CASE_NUMBER: _("A case number"),
        Kind.OWN_WORD: _("A word from your own list"),
        Kind.INDIRECT: _("Several details together"),
    }[kind]


def _detail_words(detail: Detail) -> str:
    return {
        Detail.AGE: _("an age"),
        Detail.CONDITION: _("a condition"),
        Detail.PLACE: _("a place"),
        Detail.ETHNICITY: _("ethnicity"),
        Detail.FAMILY: _("family"),
        Detail.WORK: _("work"),
    }[detail]


def _reasons() -> tuple[str, ...]:
    return (
        _("It is about me"),
        _("They agreed to be named"),
        _("It points to nobody here"),
        _("The reader knows it anyway"),
    )


def _count_words(count: int) -> str:
    if not count:
        return _("Nothing was found in what leaves.")
    if count == 1:
        return _("1 place could identify somebody. You decide what stands there.")
    return _("{count} places could identify somebody. You decide what stands there.").format(
        count=f"{count:,}"
    )
