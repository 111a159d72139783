"""What holds on every screen: names, the keyboard, room for the text, and plain text."""

from collections.abc import Callable, Iterator
from contextlib import closing
from gettext import NullTranslations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from retention_desktop.journal.records import (
    finish_record,
    save_answer,
    start_record,
)
from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.theme import theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .samples import answer_to, every_kind
from .user import CHEAP, NOW, PASSPHRASE, User

TOOL = every_kind()
PAGES = [page.key for page in Run(TOOL, {}).pages]
CANARY = '<img src="file:///canary.png"><b>bold</b> &amp; [a](b) https://example.org/' + 90 * "x"


def canary_to(prompt: Prompt) -> Value:
    """An answer that would look different if it were taken for rich text."""
    match prompt.kind:
        case PromptKind.LONG_TEXT | PromptKind.SHORT_TEXT:
            return CANARY
        case PromptKind.TABLE:
            row: TableRow = {"who": CANARY}
            return [row]
        case PromptKind.ACTION:
            agreed: TableRow = {"text": CANARY, "owner": CANARY}
            return [agreed]
    return answer_to(prompt)


@pytest.fixture
def visitor(any_kind_user: User) -> User:
    return any_kind_user


def fill(folder: Path) -> None:
    """A finished record and a draft, with something in every field."""
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for is_draft in (False, True):
            (record_id,) = start_record(vault, TOOL, now=NOW, person=CANARY[:60]).records
            for step in TOOL.steps:
                for prompt in step.prompts:
                    save_answer(vault, record_id, step, prompt, canary_to(prompt), now=NOW)
            if not is_draft:
                finish_record(vault, record_id, review_on=None, now=NOW)


@pytest.fixture
def filled(
    open_window: OpenWindow,
    empty_vault: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody whose journal is full of what looks like markup; `param` is the size of the text."""
    small = Toolkit((TOOL,))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)
    percent = getattr(request, "param", 100)
    user = open_window(vault=empty_vault, text_percent=percent, scheme="light")
    fill(user.folder)
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    return user


def tour(user: User) -> Iterator[str]:
    """Go to each screen in turn; gives its name when it is there."""
    yield "unlock"
    user.type("wrong")
    user.key("Return")
    yield "unlock, wrong"
    user.unlock()
    yield "today"
    for place in ("search", "toolkit", "journal", "settings", "help"):
        user.go(place)
        yield place
    user.go("insights")
    yield "insights"
    user.press(f"{DRIVER_SHORT_NAMES[TOOL.driver]}: ")
    user.settle()
    yield "insights, the records"
    user.go("people")
    yield "people"
    user.press(f"{CANARY[:60]}. ")
    user.settle()
    yield "person"
    user.press("Erase everything…")
    user.press("Erase for good")
    yield "person, not erased"
    user.press("Change details")
    (how_often,) = user.all(QComboBox)
    how_often.setCurrentIndex(how_often.count() - 1)
    user.settle()
    yield "details of a person"
    yield from agreed(user)
    user.go("toolkit")
    user.press("Your tools")
    yield "your tools"
    user.press("Share tools with others")
    user.press("Save the pack…")
    yield "share tools"
    user.go("toolkit")
    user.press(f"{TOOL.title}. ")
    yield "tool"
    user.go("today")
    user.press("Continue: ")
    user.qtbot.waitUntil(lambda: isinstance(user.shell.screen_shown, RunnerScreen))
    for key in PAGES:
        user.runner.go_to(key)
        user.settle()
        yield f"runner {key}"
    user.runner.go_to(REVIEW_PAGE)
    user.settle()
    user.press("Another date")
    yield "runner, another date"
    user.type("14 Jan 2027", into="Another date")
    user.runner.go_to(CHECK_PAGE)
    user.settle()
    user.finish()
    yield "record"
    user.press("Share a summary")
    user.screen(ShareScreen)
    yield "share"
    user.go("journal")
    user.shell.open_record(user.screen(JournalScreen).heads()[-1].id)
    user.settle()
    user.press("Move to the bin")
    yield "journal, moved to the bin"
    user.press("Bin")
    yield "bin"
    user.press("Remove for good: ")
    yield "bin, one is to be removed"
    user.press("Empty the bin…")
    yield "bin, it is to be emptied"


def agreed(user: User) -> Iterator[str]:
    """The register, what one does in it, and the later look."""
    user.key("Ctrl+4")
    yield "agreed"
    go_to_the_first(user)
    user.key("Return")
    yield "agreed, open"
    for button in ("It is done", "It changed", "Let it go", "Edit"):
        user.press(button)
        yield f"agreed, {button}"
        user.press("Back")
    user.press("It is done")
    user.type("Half a sen")
    user.press("Back")
    user.press("It is done")
    yield "agreed, begun"
    user.press("Begin afresh")
    user.press("Back")
    user.choose_from_menu("Later", _("Another date…"))
    yield "agreed, later"
    user.press("Close, and go back to the list")
    user.press("Add something agreed")
    user.press("Add it to the register")
    yield "agreed, add"
    user.press("Close, and go back to the list")
    user.type("zzzz", into="Search what was agreed")
    user.settle()
    yield "agreed, nothing fits"
    user.press("Show everything agreed")
    go_to_the_first(user)
    user.key("R")
    yield "review"
    user.press("Keep: ")
    user.press("Another date")
    yield "review, another date"


def go_to_the_first(user: User) -> None:
    """Go from the search to the first thing in the list."""
    user.edit("Search what was agreed").setFocus()
    user.key("Return")


def first_run(user: User) -> Iterator[str]:
    yield "welcome"
    user.press("Make my journal")
    yield "passphrase"
    user.press("Make my journal")
    yield "passphrase, not written down"
    user.press("Choose my own")
    user.type("short", into="Passphrase")
    user.press("Make my journal")
    yield "passphrase of one's own"


@pytest.fixture
def newcomer(open_window: OpenWindow, request: pytest.FixtureRequest) -> User:
    user = open_window(text_percent=getattr(request, "param", 100), scheme="light")
    user.window.resize(1024, 640)
    return user


def assert_nowhere(check: Callable[[User], list[str]], user: User, way: Iterator[str]) -> None:
    """No screen on the way has a fault."""
    faults = [f"{screen}: {fault}" for screen in way for fault in check(user)]
    assert not faults, "\n".join(faults)


def called(widget: QWidget) -> str:
    """The name that a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name).strip()


def describe(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {called(widget)!r} {text!r}"


def can_have_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


# Names


def without_a_name(user: User) -> list[str]:
    return [
        describe(each)
        for each in user.all(QWidget)
        if can_have_focus(each) and not isinstance(each.parent(), QComboBox) and not called(each)
    ]


def test_every_control_has_a_name(filled: User) -> None:
    assert_nowhere(without_a_name, filled, tour(filled))


def test_every_control_of_the_first_run_has_a_name(newcomer: User) -> None:
    assert_nowhere(without_a_name, newcomer, first_run(newcomer))


# The keyboard


def out_of_reach(user: User) -> list[str]:
    """What Tab does not come to, on its way round until it is where it began."""
    wanted = {each for each in user.all(QWidget) if can_have_focus(each)}
    wanted -= {each for each in wanted if is_passed_over(each)}
    start = QApplication.focusWidget()
    visited = {start}
    for _step in range(len(wanted) + 60):
        user.window.focusNextPrevChild(True)
        visited.add(QApplication.focusWidget())
    missing = [f"Tab does not reach {describe(each)}" for each in wanted - visited]
    user.key_without_waiting("Tab")
    before = QApplication.focusWidget()
    user.key_without_waiting("Tab")
    if len(wanted) > 1 and QApplication.focusWidget() is before:
        missing.append(f"Tab is trapped in {describe(user.focus)}")
    user.key_without_waiting("Shift+Tab")
    if QApplication.focusWidget() is not before:
        missing.append(f"Shift+Tab does not come back to {before and describe(before)}")
    return missing


def is_passed_over(widget: QWidget) -> bool:
    """Of several of which one can be chosen, Tab comes to one; the arrows do the rest."""
    if not isinstance(widget, QAbstractButton):
        return False
    parent = widget.parentWidget()
    if widget.group() is not None and widget.group().exclusive():
        together = widget.group().buttons()
    elif widget.autoExclusive() and parent is not None:
        together = [each for each in parent.findChildren(Choice) if each.autoExclusive()]
    else:
        return False
    chosen = next((each for each in together if each.isChecked()), together[0])
    return widget is not chosen


def test_tab_comes_to_everything_and_is_never_trapped(filled: User) -> None:
    assert_nowhere(out_of_reach, filled, tour(filled))


def test_tab_comes_to_everything_in_the_first_run(newcomer: User) -> None:
    assert_nowhere(out_of_reach, newcomer, first_run(newcomer))


# Room


def cut_off(user: User) -> list[str]:
    """Labels, buttons and boxes with less room than their text needs; anything beyond the edge."""
    faults = [
        f"{describe(each)} is {fault}"
        for each in user.all(QWidget)
        if (fault := _fault(each, user.window))
    ]
    if user.window.width() > 1024:
        faults.append(f"the window had to be {user.window.width()} wide")
    return faults


def _fault(widget: QWidget, window: QWidget) -> str:
    left = widget.mapTo(window, QPoint(0, 0)).x()
    if left < 0 or left + widget.width() > window.width():
        return f"beyond the edge: {left} to {left + widget.width()}"
    parent = widget.parentWidget()
    is_control = isinstance(widget, (QLabel, QAbstractButton, QComboBox, QLineEdit))
    if is_control and parent is not None and not parent.rect().contains(widget.geometry()):
        return f"outside {type(parent).__name__}: {widget.geometry()} in {parent.rect()}"
    if isinstance(widget, QLabel) and widget.text():
        metrics = widget.fontMetrics()
        if widget.wordWrap():
            words = widget.text().replace("\u200b", " ").split()
            longest = max(metrics.horizontalAdvance(word) for word in words)
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                return f"{widget.height()} high and needs {needed}"
            room = widget.contentsRect().width()
            return f"{room} wide and a word needs {longest}" if longest > room + 1 else ""
        if widget.width() < widget.sizeHint().width():
            return f"{widget.width()} wide and needs {widget.sizeHint().width()}"
    if isinstance(widget, QPushButton) and widget.text():
        needs = widget.fontMetrics().horizontalAdvance(widget.text())
        needs += widget.iconSize().width() if not widget.icon().isNull() else 0
        if widget.width() < needs + 16 or widget.height() < widget.fontMetrics().height() + 6:
            return f"{widget.width()} wide and needs {needs + 16}"
    if isinstance(widget, Choice) and widget.height() < widget.heightForWidth(widget.width()):
        return f"{widget.height()} high and needs {widget.heightForWidth(widget.width())}"
    if isinstance(widget, QComboBox):
        needs = widget.fontMetrics().horizontalAdvance(widget.currentText()) + 16 + 12
        if widget.width() < needs + theme.px(16):
            return f"{widget.width()} wide and needs {needs + theme.px(16)}"
    return ""


@pytest.mark.parametrize("filled", [100, 200], indirect=True)
def test_nothing_is_cut_off(filled: User) -> None:
    assert_nowhere(cut_off, filled, tour(filled))


@pytest.mark.parametrize("newcomer", [100, 200], indirect=True)
def test_nothing_is_cut_off_in_the_first_run(newcomer: User) -> None:
    assert_nowhere(cut_off, newcomer, first_run(newcomer))


class LongerLanguage(NullTranslations):
    """A language that needs seven letters where English needs five."""

    def gettext(self, message: str) -> str:
        more = round(len(message) * 0.4)
        return message + (" ŷŵé" * more)[:more].rstrip()


@pytest.fixture
def longer_language(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = _.__self__  # type: ignore[attr-defined]
    monkeypatch.setattr(catalogue, "_fallback", LongerLanguage())


def test_nothing_is_cut_off_in_a_longer_language(longer_language: None, filled: User) -> None:
    assert filled.sees("Welcome back ŷŵé")
    assert_nowhere(cut_off, filled, tour(filled))


def test_nothing_is_cut_off_at_the_first_run_in_a_longer_language(
    longer_language: None, newcomer: User
) -> None:
    assert_nowhere(cut_off, newcomer, first_run(newcomer))


# Plain text


def taken_for_rich_text(user: User) -> list[str]:
    return [
        describe(each)
        for each in user.all(QLabel)
        if each.text() and each.textFormat() is not Qt.TextFormat.PlainText
    ] + [
        f"tooltip of {describe(each)}"
        for each in user.all(QWidget)
        if CANARY[:20] in each.toolTip() or "<" in each.toolTip()
    ]


def test_what_people_wrote_is_never_taken_for_rich_text(filled: User) -> None:
    assert_nowhere(taken_for_rich_text, filled, tour(filled))


def test_what_people_wrote_is_shown_as_it_was_written(filled: User) -> None:
    """On each screen that shows it, letter by letter."""
    shown = {screen for screen in tour(filled) if any(CANARY in text for text in filled.texts())}
    assert shown >= {"agreed, open", "review"}
    assert shown >= {"person", "record", f"runner {CHECK_PAGE}", f"runner {REVIEW_PAGE}"}
