"""One part of a record in what is to leave: in or out, and in which words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from retention_desktop.models.enums import Audience
from retention_desktop.sharing.summary import Section
from retention_desktop.toolkit.blocks import plain_text, written_texts
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice, TextArea
from retention_desktop.ui.widgets.page import button_row
from retention_desktop.ui.widgets.text import Look, label

_GLIMPSE = 120


class TickRow(QFrame):
    """A card with a tick: something that can be in what leaves."""

    def __init__(
        self, name: str, *, glimpse: str = "", chip: str = "", look: Look = "chip-on"
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.words = QVBoxLayout(self)
        self.words.setContentsMargins(14, 10, 14, 12)
        self.words.setSpacing(0)
        self.tick = Choice(name)
        self.tick.setFont(theme.font(15, theme.font(15).Weight.DemiBold))
        self.tick.setAccessibleDescription(". ".join(filter(None, (chip, glimpse))))
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.tick, 1)
        if chip:
            first.addWidget(label(chip, look, wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        self.words.addLayout(first)
        if glimpse:
            below = label(glimpse, "muted")
            below.setContentsMargins(Choice.indent(), 0, 0, 0)
            self.words.addWidget(below)


class PartRow(TickRow):
    """A part with its audience. Once it is in, its words can be changed in the copy.

    `said` carries the part and its texts as they are to leave; `unsaid` the part that takes the
    words of the record again.
    """

    said = Signal(str, object)
    unsaid = Signal(str)

    def __init__(self, section: Section, *, taken_in: bool) -> None:
        is_private = section.audience is Audience.PRIVATE
        glimpse = " ".join(plain_text(section.blocks).split())
        if is_private:
            glimpse = _("Only you can see this. Tick it if you mean it to leave.")
        elif len(glimpse) > _GLIMPSE:
            glimpse = glimpse[:_GLIMPSE].rsplit(" ", 1)[0].rstrip(".,;:") + "…"
        super().__init__(
            section.heading,
            glimpse=glimpse,
            chip=audience_name(section.audience),
            look="chip" if is_private else "chip-on",
        )
        self.section = section
        self._texts = written_texts(section.blocks)
        self._copy: _Copy | None = None
        self._change = button(_("Change the words"), "quiet", icon="pencil")
        self._change.setAccessibleDescription(section.heading)
        self._change.clicked.connect(self._on_change)
        self._row = button_row(self._change)
        self._row.setContentsMargins(Choice.indent() - 14, 0, 0, 0)
        self.words.addLayout(self._row)
        self.tick.toggled.connect(self._on_toggled)
        self.tick.setChecked(taken_in)
        self._on_toggled(taken_in)

    @Slot(bool)
    def _on_toggled(self, taken_in: bool) -> None:
        self._change.setVisible(taken_in and self._copy is None and bool(self._texts))
        if self._copy is not None:
            self._copy.setVisible(taken_in)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show the words of the copy, in which something was replaced."""
        if self._copy is None:
            self._open()
        assert self._copy is not None
        self._copy.show_texts(texts)

    @Slot()
    def _on_change(self) -> None:
        self._open()
        assert self._copy is not None
        self._copy.take_focus()

    def _open(self) -> None:
        self._copy = _Copy(self.section.heading, self._texts)
        self._copy.changed.connect(self._on_copy_changed)
        self._copy.given_up.connect(self._on_given_up)
        self.words.addWidget(self._copy)
        self._change.hide()

    @Slot()
    def _on_copy_changed(self) -> None:
        assert self._copy is not None
        self.said.emit(self.section.part, self._copy.texts)

    @Slot()
    def _on_given_up(self) -> None:
        assert self._copy is not None
        self._copy.hide()
        self._copy.deleteLater()
        self._copy = None
        self._on_toggled(self.tick.isChecked())
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaid.emit(self.section.part)


class _FewLines(TextArea):
    _LEAST_LINES = 1


class _Copy(QFrame):
    """The words of a part as they are to leave; the record keeps its own."""

    changed = Signal()
    given_up = Signal()

    def __init__(self, heading: str, texts: tuple[str, ...]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Choice.indent(), 6, 0, 0)
        layout.setSpacing(8)
        note = _("This changes the copy alone. Your record keeps its words.")
        layout.addWidget(label(note, "small"))
        self._fields: list[TextArea] = []
        for number, text in enumerate(texts, 1):
            field = _FewLines()
            field.setAccessibleName(
                heading
                if len(texts) == 1
                else _("{heading}, {number} of {count}").format(
                    heading=heading, number=number, count=len(texts)
                )
            )
            field.setAccessibleDescription(note)
            field.setPlainText(text)
            field.textChanged.connect(self.changed)
            self._fields.append(field)
            layout.addWidget(field)
        back = button(_("Take the words of the record again"), "quiet", icon="undo-2")
        back.clicked.connect(self.given_up)
        layout.addLayout(button_row(back))

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands there now."""
        return tuple(field.toPlainText() for field in self._fields)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Put these there; only what differs is touched."""
        for field, text in zip(self._fields, texts, strict=True):
            if field.toPlainText() != text:
                field.setPlainText(text)

    def take_focus(self) -> None:
        """Begin with the first."""
        self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
