"""What an unlock needs, imported and loaded while the first screen waits for the person.

Start-up time is measured, so what the first screen does not show comes after it is painted.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.ui.settings.file import SettingsFile
from retention_desktop.vault import warm_up

if TYPE_CHECKING:
    from pathlib import Path

    from retention_desktop.toolkit.loading import Toolkit
    from retention_desktop.toolkit.packs import KeptPacks
    from retention_desktop.ui.tasks import Tasks

# What the shell is made of, each after what it needs. Imported one by one while the first screen
# waits for the person, so that no import holds up a key for longer than a frame.
_PARTS_OF_THE_SHELL = (
    "session",
    "reminders",
    "wording",
    "audiences",
    "widgets.dates",
    "widgets.drivers",
    "widgets.look_again",
    "widgets.bars_view",
    "widgets.summary_view",
    "cover",
    "today.due_row",
    "today.few_minutes",
    "today.meetings",
    "today.calendar_file",
    "today.screen",
    "toolkit.screen",
    "toolkit.tool_page",
    "packs.card",
    "packs.screen",
    "packs.export",
    "runner.autosave",
    "runner.editors",
    "runner.steps",
    "runner.pages",
    "runner.timer",
    "runner.frame",
    "runner.opening",
    "runner.together",
    "runner.open_draft",
    "runner.run_page",
    "runner.screen",
    "editor.opening",
    "editor.begin",
    "editor.forms",
    "editor.bars",
    "editor.form_pane",
    "editor.ending",
    "editor.outline",
    "editor.preview",
    "editor.screen",
    "widgets.paged_model",
    "listing",
    "widgets.card_list",
    "widgets.nothing",
    "widgets.filter_boxes",
    "widgets.pieces",
    "journal.records_model",
    "journal.wording",
    "widgets.search_line",
    "journal.filters",
    "journal.looking",
    "journal.records_list",
    "journal.month",
    "journal.days",
    "journal.saved",
    "journal.tag_line",
    "pdf_saving",
    "journal.binning",
    "journal.chosen",
    "journal.screen",
    "agreed.actions_model",
    "review.history",
    "agreed.panel",
    "agreed.filters",
    "agreed.adding",
    "agreed.beside",
    "agreed.screen",
    "review.screen",
    "clipboard",
    "journal.tags_view",
    "journal.related_view",
    "journal.shared_view",
    "journal.record_page",
    "journal.bin_page",
    "collection.screen",
    "share.pages",
    "share.findings",
    "share.looking",
    "share.remembering",
    "share.part",
    "share.protecting",
    "share.record_part",
    "share.screen",
    "people.meeting",
    "people.screen",
    "people.timeline",
    "people.holding",
    "people.person_page",
    "people.edit",
    "insights.behind",
    "insights.screen",
    "settings.passphrase",
    "settings.words",
    "settings.screen",
    "help.sections",
    "help.screen",
    "search.looking",
    "search.results",
    "search.start",
    "search.screen",
    "toolkit.ways",
    "rail",
    "frame",
    "shell",
)


class Preparing(QObject):
    """Prepares, piece by piece; `done` when an unlock has nothing left to import."""

    done = Signal()

    def __init__(self, settings: SettingsFile, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._tasks = tasks
        self._has_begun = False
        self._tools: tuple[Toolkit, KeptPacks] | None = None
        self._to_import = list(_PARTS_OF_THE_SHELL)
        self._importing = QTimer(self, interval=5)
        self._importing.timeout.connect(self._import_next)

    @property
    def is_done(self) -> bool:
        """Whether an unlock has nothing left to import."""
        return not self._to_import

    @property
    def tools(self) -> tuple[Toolkit, KeptPacks]:
        """All tools, and the packs they come from: loaded by now, or loaded at once."""
        current = self._settings.current
        return self._tools or _load_tools(self._settings.folder, current.turned_off)

    def begin_soon(self) -> None:
        """Begin once the first screen has had the time to be painted."""
        if not self._has_begun:
            self._has_begun = True
            QTimer.singleShot(50, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        """What needs no Qt is imported on the vault's thread, where it is wanted first."""
        self._tasks.run(self, _prepare_vault, done=self._on_vault_prepared, failed=self._on_failed)
        self._tasks.run(
            self,
            partial(_load_tools, self._settings.folder, self._settings.current.turned_off),
            done=self._on_tools,
            failed=self._on_failed,
            lane="free",
        )

    def _on_vault_prepared(self, _nothing: None) -> None:
        self._importing.start()

    @Slot()
    def _import_next(self) -> None:
        self._importing.stop()  # else a part that cannot be imported would be told without end
        import_module(f"retention_desktop.ui.{self._to_import.pop(0)}")
        if self._to_import:
            self._importing.start()
        else:
            self.done.emit()

    def _on_tools(self, tools: tuple[Toolkit, KeptPacks]) -> None:
        self._tools = tools

    def _on_failed(self, error: BaseException) -> None:
        raise error


def _prepare_vault() -> None:
    warm_up()
    import_module("retention_desktop.journal.records")
    import_module("retention_desktop.journal.search")
    import_module("retention_desktop.sharing.calendar")
    import_module("retention_desktop.sharing.person")


def _load_tools(data_folder: Path, turned_off: tuple[str, ...]) -> tuple[Toolkit, KeptPacks]:
    from retention_desktop.toolkit.packs import PACKS_FOLDER, load_all, remove_leftovers

    folder = data_folder / PACKS_FOLDER
    remove_leftovers(folder)
    return load_all(folder, turned_off)
