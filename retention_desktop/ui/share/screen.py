"""Share: choose what is to leave, in which words, see exactly that, and save it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from retention_desktop.journal.begun import read_begun
from retention_desktop.journal.records import get_record
from retention_desktop.models.enums import Form, WayOut
from retention_desktop.models.views import Place, Record
from retention_desktop.sharing.composing import (
    INTRODUCTION,
    STATEMENT,
    Reader,
    begin,
    compose,
    from_words,
    tell_each,
    to_words,
)
from retention_desktop.sharing.identifying import Found, with_instead
from retention_desktop.sharing.leaving import write_out
from retention_desktop.sharing.summary import Summary
from retention_desktop.ui.begun import BegunForm
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.pdf_saving import PdfSaving
from retention_desktop.ui.session import Session
from retention_desktop.ui.share.findings import FindingsCard
from retention_desktop.ui.share.looking import Looking
from retention_desktop.ui.share.pages import PagesView
from retention_desktop.ui.share.protecting import Protecting
from retention_desktop.ui.share.record_part import RecordPart
from retention_desktop.ui.share.remembering import remember
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Combo, TextArea
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import WIDE, Page, button_row, centred
from retention_desktop.ui.widgets.text import label
from retention_desktop.vault import Vault

_BESIDE_FROM = 860  # the width, at 100 % text, from which the pages stand beside the choices


class ToShare(Struct, frozen=True):
    """Some records of which something is to leave, and the words of a summary already begun."""

    records: tuple[Record, ...]
    begun: dict[str, str]

    @property
    def place(self) -> Place:
        """Where the journal keeps it until it is saved."""
        return _place([record.head.id for record in self.records])


def gather_to_share(vault: Vault, record_ids: Sequence[int]) -> ToShare:
    """The records, whole, in this order; raises NotFound."""
    records = tuple(get_record(vault, record_id) for record_id in record_ids)
    return ToShare(records, read_begun(vault, _place(record_ids)))


def _place(record_ids: Sequence[int]) -> Place:
    return Place(Form.SUMMARY, record_id=record_ids[0] if len(record_ids) == 1 else None)


class _FewLines(TextArea):
    _LEAST_LINES = 2


class ShareScreen(QWidget):
    """Chooses the parts of one record or of several. Private parts start unticked."""

    closed = Signal()

    def __init__(self, session: Session, dialogs: FileDialogs, matter: ToShare) -> None:
        super().__init__()
        self._session = session
        self._matter = matter
        self._composition, reader = from_words(matter.begun, matter.records)
        self._form = BegunForm(session, self._read, self)
        self._form.failed.connect(self._on_not_looked)
        choices = Page(_("Share a summary"), width=540)
        self._choices = choices
        choices.column.setSpacing(10)
        lead = _("Choose what leaves. Everything else stays here.")
        choices.column.addWidget(label(lead, "lead"))
        self._reader = Combo(_("Who is it for?"), _readers())
        self._reader.choose(reader)
        self._reader.currentIndexChanged.connect(self._on_reader_chosen)
        choices.column.addWidget(
            Field(
                _("Who is it for?"),
                self._reader,
                help_text=_("This ticks what you wrote for them. You can change every tick below."),
            )
        )
        self._before = _FewLines()
        self._before.setPlainText(self._composition.introduction)
        self._before.textChanged.connect(self._on_words_changed)
        choices.column.addWidget(Field(_("Your own words before it, if you like"), self._before))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(10)
        choices.column.addSpacing(6)
        choices.column.addLayout(self._parts)
        self._records: list[RecordPart] = []
        is_alone = len(matter.records) == 1
        for record in self._composition.records:
            part = RecordPart(record, self._composition, is_alone=is_alone)
            part.composed.connect(self._on_part_changed)
            part.moved.connect(self._on_moved)
            part.taken_out.connect(self._on_taken_out)
            self._records.append(part)
            self._parts.addWidget(part)
        self._findings = FindingsCard()
        self._findings.replaced.connect(self._on_replaced)
        self._findings.kept.connect(self._on_kept)
        self._findings.ignored.connect(self._on_ignored)
        self._to_look_at = 0  # places that are not decided upon
        self._saves_anyway = False
        self._waiting: WayOut | None = None  # for the look through what leaves
        self._looking = Looking(session, matter.records, self)
        self._looking.looked.connect(self._on_looked)
        self._looking.failed.connect(self._on_not_looked)
        self._after = QLineEdit(self._composition.statement)
        self._after.textChanged.connect(self._on_words_changed)
        choices.column.addSpacing(6)
        choices.column.addWidget(
            Field(
                _("Who wrote it, if you like"),
                self._after,
                help_text=_("For example: written by me, and agreed with Person A."),
            )
        )
        self._protecting = Protecting()
        choices.column.addWidget(self._protecting)
        choices.column.addWidget(self._findings)
        choices.column.addStretch(1)
        self._pages = PagesView(session)
        beside = QVBoxLayout()
        beside.setContentsMargins(12, 36, 20, 24)
        beside.addWidget(self._pages)
        self._beside = QWidget()
        self._beside.setLayout(beside)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(choices, 11)
        both.addWidget(self._beside, 9)
        self._message = Message()
        self._to_findings = button("", "quiet", icon="arrow-down")
        self._to_findings.clicked.connect(self._on_to_findings)
        self._to_findings.setAccessibleDescription(_("They could identify somebody."))
        self._to_findings.hide()
        self._see = button(_("See the pages"), icon="eye")
        self._see.setCheckable(True)
        self._see.toggled.connect(self._arrange)
        self._save = button(_("Save PDF…"), "primary", icon="file-down")
        self._save.clicked.connect(self._on_save)
        self._others = button(_("Other ways"), icon="share-2")
        self._others.setMenu(self._other_ways())
        self._savings = {
            way: PdfSaving(self, pressed, self._message, session, dialogs, choose=choose)
            for way, pressed, choose in (
                (WayOut.PDF, self._save, dialogs.choose_pdf),
                (WayOut.DOCUMENT, self._others, dialogs.choose_document),
                (WayOut.MARKDOWN, self._others, dialogs.choose_text),
            )
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(both, 1)
        layout.addWidget(centred(self._footer(), WIDE, above=12, below=24))
        self._arrange()
        self._show_order()
        self._show_pages()

    def _footer(self) -> QWidget:
        back = button(_("Back"), icon="arrow-left")
        back.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._others)
        buttons.addWidget(self._save)
        footer = QWidget()
        below = QVBoxLayout(footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._message)
        below.addLayout(button_row(self._see, self._to_findings))
        below.addLayout(buttons)
        return footer

    @property
    def pages(self) -> PagesView:
        """The pages that are shown."""
        return self._pages

    @property
    def is_looked_through(self) -> bool:
        """Whether what is said of it is said of what would leave now."""
        return self._looking.is_current

    def arrive(self) -> None:
        """Start at the title."""
        self._choices.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """The pages beside the choices where there is room, else in their place when asked for."""
        is_wide = self.width() >= theme.px(_BESIDE_FROM)
        sees = self._see.isChecked()
        self._see.setVisible(not is_wide)
        words = _("See the choices") if sees else _("See the pages")
        self._see.setText(f" {words}")
        self._see.setAccessibleName(words)
        self._beside.setVisible(is_wide or sees)
        self._choices.setVisible(is_wide or not sees)

    @property
    def _summaries(self) -> tuple[Summary, ...]:
        return compose(self._composition)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what is being put together; `then` hears whether it is in the vault."""
        self._form.flush(then)

    def _read(self) -> tuple[Place, dict[str, str]]:
        reader = Reader(self._reader.currentData())
        words = to_words(self._composition, reader, self._matter.records)
        return self._matter.place, words

    def _on_changed(self) -> None:
        self._form.note()
        self._show_pages()

    def _show_pages(self) -> None:
        self._message.clear()
        self._saves_anyway = False
        self._waiting = None
        self._pages.show_summaries(self._summaries)
        self._looking.look_through(self._composition)

    # What is chosen

    @Slot(int)
    def _on_reader_chosen(self, _index: int) -> None:
        reader = Reader(self._reader.currentData())
        chosen = begin(self._composition.records, reader).chosen
        self._composition = replace(self._composition, chosen=chosen)
        for part in self._records:
            part.choose(chosen[part.record_id])
        self._on_changed()

    @Slot()
    def _on_words_changed(self) -> None:
        self._composition = replace(
            self._composition,
            introduction=self._before.toPlainText(),
            statement=self._after.text(),
        )
        self._on_changed()

    @Slot()
    def _on_part_changed(self) -> None:
        copies = {key: said for part in self._records for key, said in part.copies.items()}
        chosen = {part.record_id: part.chosen for part in self._records}
        self._composition = replace(self._composition, chosen=chosen, copies=copies)
        self._on_changed()

    @Slot(int, int)
    def _on_moved(self, record_id: int, by: int) -> None:
        place = next(n for n, part in enumerate(self._records) if part.record_id == record_id)
        part = self._records.pop(place)
        self._records.insert(place + by, part)
        self._parts.removeWidget(part)
        self._parts.insertWidget(place + by, part)
        self._on_order_changed()
        part.take_focus(by)

    @Slot(int)
    def _on_taken_out(self, record_id: int) -> None:
        part = next(part for part in self._records if part.record_id == record_id)
        place = self._records.index(part)
        self._records.remove(part)
        self._parts.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._on_order_changed()
        self._records[min(place, len(self._records) - 1)].take_focus(0)

    def _on_order_changed(self) -> None:
        records = tuple(part.record for part in self._records)
        self._composition = replace(self._composition, records=records)
        self._show_order()
        self._on_part_changed()

    def _show_order(self) -> None:
        last = len(self._records) - 1
        for place, part in enumerate(self._records):
            part.show_place(is_first=place == 0, is_last=place == last)

    # What could identify somebody

    @Slot(object)
    def _on_looked(self, found: tuple[Found, ...]) -> None:
        self._to_look_at = len(found)
        self._findings.show_found(found)
        words = (
            _("1 place to look at")
            if len(found) == 1
            else _("{count} places to look at").format(count=f"{len(found):,}")
        )
        self._to_findings.setText(f" {words}")
        self._to_findings.setAccessibleName(words)
        self._to_findings.setVisible(bool(found))
        way, self._waiting = self._waiting, None
        if way is not None:
            self._save_as(way)

    @Slot()
    def _on_to_findings(self) -> None:
        self._see.setChecked(False)
        self._findings.take_focus()
        self._choices.scroller.ensureWidgetVisible(self._findings)

    def _on_not_looked(self, error: BaseException) -> None:
        self._waiting = None
        self._message.say_error(error)

    @Slot(object, str)
    def _on_replaced(self, found: Found, words: str) -> None:
        if not self._looking.is_current:
            return  # it may stand elsewhere by now, and is shown anew in a moment
        self._composition = with_instead(self._composition, found, words)
        record_id, part = found.spot.record_id, found.spot.part
        if part == INTRODUCTION:
            self._before.setPlainText(self._composition.introduction)
        elif part == STATEMENT:
            self._after.setText(self._composition.statement)
        else:
            assert record_id is not None
            shown = next(each for each in self._records if each.record_id == record_id)
            shown.show_copy(part, self._composition.copies[record_id, part])
        self._on_changed()

    @Slot(object, str)
    def _on_kept(self, found: Found, reason: str) -> None:
        self._looking.keep(found, reason)

    @Slot(object)
    def _on_ignored(self, found: Found) -> None:
        self._looking.leave_alone(found)

    # Leaving

    def _other_ways(self) -> QMenu:
        menu = QMenu(self)
        for words, way in (
            (_("As a document that can be edited…"), WayOut.DOCUMENT),
            (_("As plain text…"), WayOut.MARKDOWN),
        ):
            menu.addAction(words).setData(way)
        menu.triggered.connect(self._on_other_way)
        return menu

    @Slot(QAction)
    def _on_other_way(self, chosen: QAction) -> None:
        self._save_as(WayOut(chosen.data()))

    @Slot()
    def _on_save(self) -> None:
        self._save_as(WayOut.PDF)

    def _save_as(self, way: WayOut) -> None:
        summaries = self._summaries
        if not summaries:
            self._message.say(_("Tick at least one part first."), tone="warn")
            return
        password = self._protecting.password
        if self._protecting.problem:
            self._protecting.complain()
            return
        if password and way is not WayOut.PDF:
            self._message.say(_("Only a PDF can be locked with a password."), tone="warn")
            return
        if not self._looking.is_current:
            self._waiting = way
            self._looking.look_at_once()
            return
        if self._to_look_at and not self._saves_anyway:
            self._saves_anyway = True
            self._message.say(
                _(
                    "Something could still identify somebody. Look at it first, "
                    "or do the same again to save it as it is."
                ),
                tone="warn",
            )
            return
        parts = {
            record.head.id: _headings(summary) for record, summary in tell_each(self._composition)
        }
        ending = {WayOut.DOCUMENT: "docx", WayOut.MARKDOWN: "md"}.get(way, "pdf")
        # The name says nothing of what is in it: file names are seen by other programs.
        self._form.save()  # so that nothing is still to be kept once it has left
        self._savings[way].ask(
            _("Save the summary"),
            f"Summary {self._session.today.isoformat()}.{ending}",
            partial(write_out, summaries, way, made_on=self._session.today, password=password),
            opens_with_password=bool(password),
            then=partial(
                remember,
                self._session,
                way,
                parts,
                self._reader.currentText(),
                "; ".join(self._looking.reasons),
                settles=self._matter.place,
            ),
        )


def _headings(summary: Summary) -> tuple[str, ...]:
    """What of a record leaves, in words."""
    beside = {_("Who it was with"): summary.person, _("When to look again"): summary.review}
    return (
        *(section.heading for section in summary.sections),
        *(words for words, leaves in beside.items() if leaves),
    )


def _readers() -> list[tuple[str, object]]:
    return [
        (_("Anyone I choose"), Reader.ANYONE),
        (_("My manager"), Reader.MANAGER),
        (_("The other person"), Reader.OTHER_PERSON),
        (_("Themes only, without what one person said"), Reader.THEMES_ONLY),
        (_("My registration"), Reader.REGISTRATION),
    ]
