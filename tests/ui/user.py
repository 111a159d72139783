"""A person at the window: looks for a control by its name, presses it, types, reads the screen."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from retention_desktop.journal.records import get_record, list_records
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.models.views import Record
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.app import App
from retention_desktop.ui.dialogs import FileDialogs
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.runner.editors import Editor
from retention_desktop.ui.runner.editors.level_cell import LevelCell
from retention_desktop.ui.runner.editors.matched import SignCard
from retention_desktop.ui.runner.editors.overlap import ItemCard
from retention_desktop.ui.runner.editors.rows import RowCard
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.shell import Shell
from retention_desktop.ui.tasks import Tasks
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.fields import Field
from retention_desktop.ui.widgets.message import Message
from retention_desktop.vault import KdfParams, open_vault

PASSPHRASE = "otter lantern basket violin"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CHEAP = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)

W = TypeVar("W", bound=QWidget)


class AnsweringDialogs(FileDialogs):
    """Answers in the place of the system's dialogs; fails the test that did not say what."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: Path | None = None
        self.cancels = False
        self.proposed = ""

    def choose_folder(
        self,
        parent: QWidget,  # noqa: ARG002
        title: str,  # noqa: ARG002
        start: Path,  # noqa: ARG002
        chosen: Callable[[Path], None],
    ) -> None:
        self._answer(chosen)

    def choose_pdf(
        self,
        parent: QWidget,  # noqa: ARG002
        title: str,  # noqa: ARG002
        name: str,
        chosen: Callable[[Path], None],
    ) -> None:
        self.proposed = name
        self._answer(chosen)

    def choose_calendar(
        self,
        parent: QWidget,
        title: str,
        name: str,
        chosen: Callable[[Path], None],
    ) -> None:
        self.choose_pdf(parent, title, name, chosen)

    def choose_document(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        self.choose_pdf(parent, title, name, chosen)

    def choose_text(
        self, parent: QWidget, title: str, name: str, chosen: Callable[[Path], None]
    ) -> None:
        self.choose_pdf(parent, title, name, chosen)

    def choose_json(
        self,
        parent: QWidget,
        title: str,
        name: str,
        chosen: Callable[[Path], None],
    ) -> None:
        self.choose_pdf(parent, title, name, chosen)

    def choose_zip(
        self,
        parent: QWidget,  # noqa: ARG002
        title: str,  # noqa: ARG002
        chosen: Callable[[Path], None],
    ) -> None:
        self._answer(chosen)

    def choose_new_zip(
        self,
        parent: QWidget,
        title: str,
        name: str,
        chosen: Callable[[Path], None],
    ) -> None:
        self.choose_pdf(parent, title, name, chosen)

    def _answer(self, chosen: Callable[[Path], None]) -> None:
        if self.cancels:
            return
        assert self.answer is not None, "a dialog opened that this test did not expect"
        chosen(self.answer)


def unbroken(text: str) -> str:
    """The text without the places where a long word may be broken."""
    return text.replace("\u200b", "")


class User:
    """Somebody in front of one window."""

    def __init__(self, qtbot: QtBot, app: App, dialogs: AnsweringDialogs, folder: Path) -> None:
        self.qtbot = qtbot
        self.app = app
        (self._tasks,) = app.findChildren(Tasks)
        self.dialogs = dialogs
        self.folder = folder  # of the vault
        self.window = app.window
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def settle(self) -> None:
        """Wait until nothing is under way and everything has its place.

        Never with QTest.qWait: an error in a slot meanwhile ends the whole process (measured).
        """
        self.qtbot.wait(1)
        while self.app.is_busy:
            with self.qtbot.waitSignal(self._tasks.idle):
                pass
        self.qtbot.wait(1)

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.type(passphrase, into="Passphrase")
        self.press("Unlock")
        self.qtbot.waitUntil(lambda: self.window.shell is not None)
        self.settle()

    def go(self, place: str) -> None:
        self.shell.go_to(place)
        self.settle()

    def screen(self, kind: type[W]) -> W:
        """The screen that is open, which must be of this kind."""
        shown = self.shell.screen_shown
        assert isinstance(shown, kind), type(shown).__name__
        return shown

    # What is there

    def all(self, kind: type[W], inside: QWidget | None = None) -> list[W]:
        """What can be seen of a kind, scrolled away or not."""
        return [each for each in (inside or self.window).findChildren(kind) if each.isVisible()]

    def texts(self, inside: QWidget | None = None) -> list[str]:
        """What every label says."""
        return [unbroken(each.text()) for each in self.all(QLabel, inside) if each.text()]

    def sees(self, text: str) -> bool:
        return any(text in each for each in self.texts())

    @property
    def message(self) -> str:
        """What the message bars say."""
        return unbroken(" ".join(each.text for each in self.all(Message)))

    def error(self, name: str) -> str:
        """What is wrong with a field."""
        return self._field(name).error

    def button(self, name: str) -> QAbstractButton:
        """The button that is called so; the rest of a row's or a card's name may be left out."""
        buttons = self.all(QAbstractButton)
        names = [each.accessibleName() or each.text().strip() for each in buttons]
        for fits in (str.__eq__, str.startswith):
            found = [b for b, called in zip(buttons, names, strict=True) if fits(called, name)]
            if found:
                return found[0]
        raise AssertionError(f"no button {name!r} among {names}")

    def has_button(self, name: str) -> bool:
        return any(name in (b.accessibleName(), b.text()) for b in self.all(QAbstractButton))

    def edit(self, name: str) -> QWidget:
        """The text field that is called so, or whose name begins so."""
        fields = [each for each in self.all(QWidget) if each.accessibleName().startswith(name)]
        fields.sort(
            key=lambda each: (each.accessibleName() != name, not isinstance(each, QLineEdit))
        )
        return fields[0]

    def combo(self, name: str) -> QComboBox:
        return next(each for each in self.all(QComboBox) if each.accessibleName() == name)

    def choice(self, name: str) -> Choice:
        found = self.button(name)
        assert isinstance(found, Choice)
        return found

    def _field(self, name: str) -> Field:
        def is_called(field: Field) -> bool:
            return any(each.text() == name for each in field.findChildren(QLabel))

        return next(field for field in self.all(Field) if is_called(field))

    # What one does

    def press(self, name: str) -> None:
        """Click a button with the mouse."""
        found = self.button(name)
        assert found.isEnabled(), f"{name} cannot be pressed"
        if isinstance(found, Choice):
            self._click(found)
        else:
            QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, keys: str) -> None:
        """Press a key or a combination such as "Ctrl+Return"."""
        self.key_without_waiting(keys)
        self.settle()

    def key_without_waiting(self, keys: str) -> None:
        *held, last = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifiers |= {
                "Ctrl": Qt.KeyboardModifier.ControlModifier,
                "Alt": Qt.KeyboardModifier.AltModifier,
                "Shift": Qt.KeyboardModifier.ShiftModifier,
            }[each]
        code = Qt.Key.Key_Comma if last == "," else getattr(Qt.Key, f"Key_{last}")
        QTest.keyClick(QApplication.focusWidget() or self.window, code, modifiers)

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def type(self, text: str, *, into: str = "") -> None:
        """Type into a field, or where the keyboard is."""
        if into:
            self.edit(into).setFocus()
        QTest.keyClicks(self.focus, text)

    def write(self, text: str) -> None:
        """Put text where the keyboard is, in any script; pasted, because keys are ASCII here."""
        QApplication.clipboard().setText(text)
        QTest.keyClick(self.focus, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def choose(self, combo: str, option: str) -> None:
        """Choose from a box that drops down."""
        box = self.combo(combo)
        index = box.findText(option)
        assert index >= 0, f"{combo} has no {option}"
        box.setCurrentIndex(index)
        self.settle()

    def choose_from_menu(self, name: str, entry: str) -> None:
        """Choose from the menu that a button opens."""
        found = self.button(name)
        assert isinstance(found, QPushButton)
        menu: QMenu = found.menu()
        next(each for each in menu.actions() if each.text() == entry).trigger()
        self.settle()

    # In the runner

    @property
    def runner(self) -> RunnerScreen:
        return self.screen(RunnerScreen)

    @property
    def editor(self) -> Editor:
        """The editor on the page that is open."""
        return self.all(Editor)[0]

    def start(self, tool: Tool, person: str = "") -> None:
        """Start a tool from the toolkit."""
        self.go("toolkit")
        self.press(f"{tool.title}. ")
        if person:
            self.type(person, into="Who is it with?")
        self.press("Start")
        self.qtbot.waitUntil(lambda: isinstance(self.shell.screen_shown, RunnerScreen))
        self.settle()

    def answer(self, value: Value) -> None:
        """Answer what the page asks, with mouse and keyboard; tick first that one may ask."""
        if not self.all(Editor):
            self._click(self.all(Choice, self.runner)[0])
            self.settle()
        self._fill(self.editor, value)

    def finish(self) -> None:
        self.key("Ctrl+Return")
        self.qtbot.waitUntil(lambda: isinstance(self.shell.screen_shown, RecordPage))
        self.settle()

    def _fill(self, editor: Editor, value: Value) -> None:
        choices = editor.findChildren(Choice)
        match editor.prompt.kind:
            case PromptKind.LONG_TEXT | PromptKind.SHORT_TEXT:
                editor.setFocus()
                self.write(str(value))
            case PromptKind.DATE:
                editor.setFocus()
                self.type(f"{date.fromisoformat(str(value)):%d/%m/%Y}")
            case PromptKind.HOURS:
                editor.setFocus()
                self.type(str(value))
            case PromptKind.SCALE:
                assert isinstance(value, int)
                self._click(choices[value - 1])
            case PromptKind.SINGLE_CHOICE | PromptKind.SEVERAL_CHOICES:
                for each in choices:
                    if each.text() == value or (isinstance(value, list) and each.text() in value):
                        self._click(each)
            case PromptKind.TABLE | PromptKind.ACTION:
                self._fill_rows(editor, _rows(value))
            case PromptKind.THEMES:
                self._fill_themes(editor, _rows(value))
            case PromptKind.MATCHED:
                self._fill_matched(editor, _rows(value))
            case PromptKind.OVERLAP:
                self._fill_overlap(editor, _rows(value))
            case PromptKind.LEVELS:
                self._fill_levels(editor, _rows(value))

    def _fill_rows(self, editor: Editor, rows: list[TableRow]) -> None:
        for number, row in enumerate(rows):
            if number and not editor.prompt.rows:
                self.press("Add another")
            place = _fixed_place(editor.prompt, row, otherwise=number)
            card = self.all(RowCard, editor)[place]
            for cell in self.all(Editor, card):
                if cell.prompt.id in row:
                    self._fill(cell, row[cell.prompt.id])

    def _fill_themes(self, editor: Editor, rows: list[TableRow]) -> None:
        editor.setFocus()
        for number, row in enumerate(rows, 1):
            if number > 1:
                self.press("Add a theme")
            self.write(str(row["text"]))
            if "count" in row:
                count = self.edit(f"How often theme {number} was heard")
                assert isinstance(count, QSpinBox)
                count.setFocus()
                count.selectAll()
                self.type(str(row["count"]))
            if "group" in row:
                self.choose(f"Group of theme {number}", str(row["group"]))

    def _fill_matched(self, editor: Editor, rows: list[TableRow]) -> None:
        for row in rows:
            sign = str(row["noticed"])
            if sign not in self.texts(editor):
                self.press("Show all the signs")
            card = next(each for each in self.all(SignCard, editor) if sign in self.texts(each))
            lines = str(row["response"]).split("\n")
            for each in self.all(Choice, card):
                if each.text() in lines:
                    self._click(each)
                    lines.remove(each.text())
            self.all(QPlainTextEdit, card)[0].setFocus()
            self.write("\n".join(lines))

    def _fill_overlap(self, editor: Editor, rows: list[TableRow]) -> None:
        while self.all(ItemCard, editor):  # what the earlier answers have brought along
            self.press("Take out")
        for row in rows:
            self.edit("Add your own").setFocus()
            self.write(str(row["text"]))
            self.key("Return")
            card = self.all(ItemCard, editor)[-1]
            self._click(next(c for c in self.all(Choice, card) if c.text() == row["area"]))
            self.settle()

    def _fill_levels(self, editor: Editor, rows: list[TableRow]) -> None:
        name, *levels = editor.prompt.columns
        for number, row in enumerate(rows):
            place = _fixed_place(editor.prompt, row, otherwise=number)
            if not editor.prompt.rows:
                if number:
                    self.press("Add another row")
                self.edit(f"Row {number + 1}, {name.label}").setFocus()
                self.write(str(row[name.id]))
            for column in levels:
                cells = [each for each in self.all(LevelCell, editor) if each.column == column]
                cells[place].setFocus()
                self.type(str(column.options.index(str(row[column.id])) + 1))

    def _click(self, choice: Choice) -> None:
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(20, choice.height() // 2))

    # What the vault holds

    def records(self) -> list[Record]:
        """What is on the disk now, the newest first, read through a copy of the vault."""
        return read_copy(self.folder)


def _rows(value: Value) -> list[TableRow]:
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, dict)]


def _fixed_place(prompt: Prompt, row: TableRow, *, otherwise: int) -> int:
    """Where a row stands among those that cannot be changed."""
    return prompt.rows.index(str(row[prompt.columns[0].id])) if prompt.rows else otherwise


def read_copy(folder: Path, passphrase: str = PASSPHRASE) -> list[Record]:
    """The records of a vault that may be open elsewhere: a copy of its files is opened."""
    with TemporaryDirectory() as place:
        copy = Path(place) / "Copy.rvault"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.lock"))
        with closing(open_vault(copy, passphrase, kdf_floor=CHEAP)) as vault:
            return [get_record(vault, head.id) for head in list_records(vault)]
