"""A finished record says when it comes back. That day can be changed, and need not be awaited."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLineEdit

from retention_desktop.journal.records import finish_record, get_record, save_answer, start_record
from retention_desktop.journal.reviews import list_reviews
from retention_desktop.models.enums import ReviewOutcome
from retention_desktop.toolkit.definition import FixedDays
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.vault import open_vault

from .conftest import NAME, OpenWindow
from .samples import every_kind
from .test_agreed import copy_of
from .test_all_screens import (
    assert_nowhere,
    cut_off,
    out_of_reach,
    taken_for_rich_text,
    without_a_name,
)
from .test_all_screens import longer_language as longer_language
from .user import CHEAP, NOW, PASSPHRASE, User

EACH_QUARTER = replace(every_kind(), title="Look each quarter")
ONCE = replace(every_kind(), id="once", title="Look once", follow_up=FixedDays(14, "Look again."))
FIRST, SECOND, WITHOUT_A_DATE = 1, 2, 3


@pytest.fixture(scope="session")
def kept(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two uses of a repeating tool with Person A, and a record that does not come back."""
    folder = tmp_path_factory.mktemp("kept") / NAME
    shutil.copytree(empty_vault, folder)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for tool, days_ago, review_on in (
            (EACH_QUARTER, 91, date(2026, 11, 20)),
            (EACH_QUARTER, 2, date(2026, 12, 24)),
            (ONCE, 1, None),
        ):
            at = NOW - timedelta(days=days_ago)
            (record_id,) = start_record(vault, tool, now=at, person="Person A").records
            step = tool.steps[0]
            save_answer(vault, record_id, step, step.prompts[0], "The rota", now=at)
            finish_record(vault, record_id, review_on=review_on, now=at, tool=tool)
    return folder


@pytest.fixture
def reader(
    open_window: OpenWindow,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> User:
    """Somebody who reads their journal; `param` is the size of the text."""
    tools = Toolkit((EACH_QUARTER, ONCE))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: tools)
    percent = getattr(request, "param", 100)
    user = open_window(vault=kept, text_percent=percent, scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.unlock()
    return user


def read(user: User, record_id: int) -> User:
    user.shell.open_record(record_id)
    user.settle()
    user.screen(RecordPage)
    return user


def comes_back(user: User, record_id: int) -> date | None:
    with copy_of(user.folder) as vault:
        return get_record(vault, record_id).head.review_on


def test_a_record_says_when_it_comes_back(reader: User) -> None:
    assert read(reader, SECOND).sees("It comes back on Thursday 24 December 2026.")
    assert read(reader, WITHOUT_A_DATE).sees("It does not come back on its own.")


def test_the_next_use_is_named_as_the_later_look_and_leads_there(reader: User) -> None:
    read(reader, FIRST)
    assert reader.sees("Looked at again with the next use of this tool, on 20 November 2026.")
    assert reader.sees("It does not come back on its own.")
    reader.press("Read the record of that use")
    assert reader.sees("It comes back on Thursday 24 December 2026.")
    assert not reader.sees("Looked at again with")


def test_the_day_is_changed_with_the_keyboard_alone(reader: User) -> None:
    read(reader, SECOND)
    reader.button("Look again on…").setFocus()
    reader.key("Return")
    assert reader.focus is reader.all(QLineEdit)[0] or reader.sees("When to look again")
    reader.choice("In two weeks, on 6 December 2026").setFocus()
    reader.key("Space")
    reader.button("Look again on 6 December").setFocus()
    reader.key("Return")
    assert reader.sees("It comes back on Sunday 6 December 2026.")
    assert reader.focus is reader.button("Look again on…")
    assert not reader.sees("When to look again")
    assert comes_back(reader, SECOND) == date(2026, 12, 6)


def test_a_record_need_not_come_back(reader: User) -> None:
    read(reader, SECOND)
    reader.press("Look again on…")
    reader.choice("There is no need to look again").click()
    reader.press("Do not look again")
    assert reader.sees("It does not come back on its own.")
    assert comes_back(reader, SECOND) is None


def test_the_day_is_left_as_it_is(reader: User) -> None:
    read(reader, SECOND)
    reader.press("Look again on…")
    reader.choice("In two weeks, on 6 December 2026").click()
    reader.press("Cancel")
    assert reader.sees("It comes back on Thursday 24 December 2026.")
    assert comes_back(reader, SECOND) == date(2026, 12, 24)


def test_another_day_has_to_be_written(reader: User) -> None:
    read(reader, WITHOUT_A_DATE)
    reader.press("Look again on…")
    reader.choice("Another date").click()
    reader.press("Look again on another date")
    assert reader.sees("Write the other date, or choose one of the answers.")
    assert comes_back(reader, WITHOUT_A_DATE) is None
    reader.type("20 May 2027")
    reader.press("Look again on 20 May 2027")
    assert comes_back(reader, WITHOUT_A_DATE) == date(2027, 5, 20)


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_the_arrow_keys_stay_on_the_choices_and_enter_or_space_goes_to_the_date(
    reader: User, key: str
) -> None:
    read(reader, WITHOUT_A_DATE)
    reader.press("Look again on…")
    for _ in range(5):
        if reader.choice("Another date").isChecked():
            break
        reader.key("Down")
    assert reader.focus is reader.choice("Another date")
    reader.key(key)
    assert isinstance(reader.focus, QLineEdit)
    reader.type("20 May 2027")
    reader.press("Look again on 20 May 2027")
    assert comes_back(reader, WITHOUT_A_DATE) == date(2027, 5, 20)


def test_a_record_is_looked_at_before_its_day_and_says_so_from_then_on(reader: User) -> None:
    read(reader, SECOND)
    reader.press("Look at it now")
    reader.screen(ReviewScreen)
    assert reader.sees("Look each quarter with Person A")
    reader.choice("Stop: it is no longer needed").click()
    reader.press("Stop it here")
    with copy_of(reader.folder) as vault:
        (look,) = list_reviews(vault, SECOND)
    assert (look.on, look.outcome) == (date(2026, 12, 24), ReviewOutcome.STOP)
    read(reader, SECOND)
    assert reader.sees("Looked at again")
    assert reader.sees("Stop")
    assert reader.sees("It does not come back on its own.")


# What holds on every screen


def tour(user: User) -> Iterator[str]:
    read(user, FIRST)
    yield "used again"
    user.press("Look again on…")
    yield "which day"


def test_every_control_has_a_name_and_is_reached(reader: User) -> None:
    assert_nowhere(without_a_name, reader, tour(reader))
    assert_nowhere(out_of_reach, reader, tour(reader))
    assert_nowhere(taken_for_rich_text, reader, tour(reader))


@pytest.mark.parametrize("reader", [100, 200], indirect=True)
def test_nothing_is_cut_off(reader: User) -> None:
    assert_nowhere(cut_off, reader, tour(reader))


def test_nothing_is_cut_off_in_a_longer_language(longer_language: None, reader: User) -> None:
    assert_nowhere(cut_off, reader, tour(reader))
