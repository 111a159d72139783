"""The first run: what this is, a passphrase, and where the journal will be kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from retention_desktop.errors import KnownError
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.tasks import Tasks
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.fields import Field, PassphraseField
from retention_desktop.ui.widgets.message import Message
from retention_desktop.ui.widgets.page import Page, button_row
from retention_desktop.ui.widgets.text import breakable, icon_label, label
from retention_desktop.vault.passphrases import (
    Judgement,
    generate_passphrase,
    judge_passphrase,
)

_JUDGE_AFTER_MS = 250


class WelcomeScreen(QStackedWidget):
    """Two pages: an introduction, and the choice of a passphrase."""

    create_requested = Signal(object, str)  # the folder of the new vault, the passphrase
    open_requested = Signal()
    back_requested = Signal()  # to the journal that was about to be unlocked

    def __init__(
        self, folder: Path, tasks: Tasks, dialogs: FileDialogs, *, may_go_back: bool
    ) -> None:
        super().__init__()
        self._intro = _Intro()
        self._intro.back.setVisible(may_go_back)
        self._intro.back.clicked.connect(self.back_requested)
        self._passphrase = _PassphrasePage(folder, tasks, dialogs)
        self.addWidget(self._intro)
        self.addWidget(self._passphrase)
        self._intro.begin.clicked.connect(self._on_begin)
        self._intro.open_other.clicked.connect(self.open_requested)
        self._passphrase.back.clicked.connect(self._on_back)
        self._passphrase.chosen.connect(self.create_requested)

    def arrive(self) -> None:
        """Start at the beginning."""
        self.setCurrentWidget(self._intro)
        self._intro.arrive()

    def show_failure(self, sentence: str) -> None:
        """Say why the journal could not be made; everything chosen stays."""
        self._passphrase.show_failure(sentence)

    @Slot()
    def _on_begin(self) -> None:
        self.setCurrentWidget(self._passphrase)
        self._passphrase.arrive()

    @Slot()
    def _on_back(self) -> None:
        self.setCurrentWidget(self._intro)
        self._intro.arrive()


class _Intro(Page):
    def __init__(self) -> None:
        super().__init__(_("A private place to think about your work"), width=620)
        self.column.setSpacing(16)
        self.column.insertWidget(0, icon_label("notebook-pen", "accent", 36))
        self.column.insertStretch(0, 2)
        for icon, sentence in (
            ("layout-grid", _("Short tools lead you through supervision and reflection.")),
            ("lock", _("What you write is encrypted, stays here and never uses the internet.")),
            ("share-2", _("You choose, answer by answer, what to share with others.")),
        ):
            line = QHBoxLayout()
            line.setSpacing(14)
            line.addWidget(icon_label(icon, "accent", 22), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(sentence, "reading"), 1)
            self.column.addLayout(line)
        self.column.addSpacing(6)
        self.column.addWidget(
            label(
                _(
                    "This is not the case record. Write about your learning, and leave out "
                    "anything that could identify a person. A court could still ask to see it."
                ),
                "muted",
            )
        )
        self.column.addSpacing(10)
        self.begin = button(_("Make my journal"), "primary")
        self.open_other = button(_("Open a journal I already have"), "quiet")
        self.back = button(_("Back"), icon="arrow-left")
        self.primary = self.begin
        self.column.addLayout(button_row(self.back, self.begin, self.open_other))
        self.column.addStretch(3)


class _PassphrasePage(Page):
    chosen = Signal(object, str)

    def __init__(self, folder: Path, tasks: Tasks, dialogs: FileDialogs) -> None:
        super().__init__(_("Your passphrase"), width=620)
        self._folder = folder
        self._tasks = tasks
        self._dialogs = dialogs
        self._judge_later = QTimer(self, singleShot=True, interval=_JUDGE_AFTER_MS)
        self._judge_later.timeout.connect(self._judge)

        self.column.insertStretch(0, 2)
        self.column.addWidget(
            label(
                _(
                    "It is the only key to your journal, and nobody can replace it. "
                    "Write it on paper and keep the paper apart from this computer."
                ),
                "lead",
            )
        )
        self._message = Message()
        self.column.addWidget(self._message)
        self._generated, self._chosen = self._generated_way(), self._own_way()
        self.column.addWidget(self._generated)
        self.column.addWidget(self._chosen)
        self._chosen.hide()
        self._written_down = Choice(_("I have written it down"))
        self.column.addWidget(self._written_down)

        place = QHBoxLayout()
        self._place = label("", "small")
        change_place = button(_("Keep it somewhere else"), "quiet")
        place.addWidget(self._place, 1)
        place.addWidget(change_place)
        self.column.addLayout(place)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        self.column.addWidget(self._busy)

        self.back = button(_("Back"), icon="arrow-left")
        self._create = button(_("Make my journal"), "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self._create)
        self.column.addSpacing(8)
        self.column.addLayout(buttons)
        self.column.addStretch(3)

        self.primary = self._create
        change_place.clicked.connect(self._on_change_place)
        self._written_down.toggled.connect(self._message.clear)
        self._create.clicked.connect(self._on_create)
        self._show_place()

    def _generated_way(self) -> QWidget:
        way = QWidget()
        layout = QVBoxLayout(way)
        layout.setContentsMargins(0, 0, 0, 0)
        self._words = label(generate_passphrase(), "words")
        self._words.setAccessibleName(_("Your six words: {words}").format(words=self._words.text()))
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        paper = QWidget()
        paper.setObjectName("card")
        paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        on_paper = QVBoxLayout(paper)
        on_paper.setContentsMargins(24, 22, 24, 22)
        on_paper.addWidget(self._words)
        layout.addWidget(paper)
        other = button(_("Give me other words"), "quiet", icon="refresh-cw")
        own = button(_("Choose my own"), "quiet", icon="pencil")
        other.clicked.connect(self._on_other_words)
        own.clicked.connect(self._on_choose_own)
        layout.addLayout(button_row(other, own))
        return way

    def _own_way(self) -> QWidget:
        way = QWidget()
        layout = QVBoxLayout(way)
        layout.setContentsMargins(0, 0, 0, 0)
        self._own = PassphraseField()
        self._own.changed.connect(self._on_own_changed)
        self._own.submitted.connect(self._on_create)
        self._own_field = Field(
            _("Passphrase"),
            self._own,
            help_text=_(
                "At least 15 characters. A short sentence only you would think of is good."
            ),
        )
        layout.addWidget(self._own_field)
        self._meter = QProgressBar()
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(_("Strength of the passphrase"))
        self._verdict = label("", "muted")
        layout.addWidget(self._meter)
        layout.addWidget(self._verdict)
        words = button(_("Give me six words instead"), "quiet", icon="refresh-cw")
        words.clicked.connect(self._on_words_instead)
        layout.addLayout(button_row(words))
        return way

    def show_failure(self, sentence: str) -> None:
        """Say why it did not work."""
        self._set_busy(False)
        self._message.say(sentence, tone="warn")

    @property
    def _is_own(self) -> bool:
        return not self._chosen.isHidden()

    def _choose_way(self, *, own: bool) -> None:
        self._chosen.setVisible(own)
        self._generated.setVisible(not own)
        self._written_down.setChecked(False)
        self._message.clear()

    @Slot()
    def _on_other_words(self) -> None:
        self._words.setText(generate_passphrase())
        self._words.setAccessibleName(_("Your six words: {words}").format(words=self._words.text()))
        self._written_down.setChecked(False)

    @Slot()
    def _on_choose_own(self) -> None:
        self._choose_way(own=True)
        self._own.setFocus()

    @Slot()
    def _on_words_instead(self) -> None:
        self._own.set_text("")
        self._choose_way(own=False)
        self._on_other_words()

    @Slot()
    def _on_own_changed(self) -> None:
        self._own_field.set_error("")
        self._judge_later.start()

    @Slot()
    def _judge(self) -> None:
        self._tasks.run(
            self,
            partial(judge_passphrase, self._own.text),
            done=self._on_judged,
            failed=self._on_failed,
            lane="free",
        )

    def _on_judged(self, judgement: Judgement) -> None:
        self._meter.setValue(judgement.level)
        self._verdict.setText(judgement.sentence if self._own.text else "")

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.show_failure(str(error))

    @Slot()
    def _on_change_place(self) -> None:
        self._dialogs.choose_folder(
            self, _("Where to keep your journal"), self._folder.parent, self._on_place_chosen
        )

    def _on_place_chosen(self, place: Path) -> None:
        self._folder = place / self._folder.name
        self._show_place()

    def _show_place(self) -> None:
        place = _("It will be kept in {place}").format(place=self._folder.parent)
        self._place.setText(breakable(place))

    @Slot()
    def _on_create(self) -> None:
        if self._is_own:
            # Judged again here: Enter may come before the pause after the last key, and a verdict
            # that comes late is about what stood there before.
            judgement = judge_passphrase(self._own.text)
            if not judgement.ok:
                self._own_field.set_error(judgement.sentence)
                self._own.setFocus()
                return
        if not self._written_down.isChecked():
            self._message.say(
                _("Write the passphrase down first, then tick the box below."), tone="warn"
            )
            self._written_down.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._message.clear()
        self._set_busy(True)
        self.chosen.emit(self._folder, self._own.text if self._is_own else self._words.text())

    def _set_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        self.setEnabled(not busy)  # what is being made the passphrase must stay as it is shown
        self._create.setText(_("Making your journal…") if busy else _("Make my journal"))
