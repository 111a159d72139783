"""When something was, as people say it."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from retention_desktop.models.enums import Setting
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.wording import due_words, setting_words, when_words


@pytest.fixture(autouse=True)
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process can be set on Unix alone")
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("moment", "now", "words"),
    [
        (at(2026, 11, 22, 14, 2), at(2026, 11, 22, 14, 3), "today, 14:02"),
        (at(2026, 11, 22, 0, 0), at(2026, 11, 22, 23, 59), "today, 00:00"),
        (at(2026, 11, 21, 23, 59), at(2026, 11, 22, 0, 0), "yesterday, 23:59"),
        (at(2026, 11, 20, 23, 59), at(2026, 11, 22, 0, 0), "20 November 2026"),
        # In summer 23:30 UTC is half past midnight, of the next day.
        (at(2026, 7, 1, 23, 30), at(2026, 7, 2, 8, 0), "today, 00:30"),
        (at(2026, 7, 1, 22, 30), at(2026, 7, 1, 23, 30), "yesterday, 23:30"),
        # The day on which the clocks go back has 25 hours, and the one when they go forward 23.
        (at(2026, 10, 24, 23, 30), at(2026, 10, 25, 23, 30), "today, 00:30"),
        (at(2026, 10, 25, 0, 30), at(2026, 10, 26, 0, 30), "yesterday, 01:30"),
        (at(2026, 3, 28, 23, 30), at(2026, 3, 29, 22, 30), "yesterday, 23:30"),
        (at(2025, 12, 31, 20, 0), at(2026, 1, 1, 1, 0), "yesterday, 20:00"),
    ],
)
def test_when(moment: datetime, now: datetime, words: str) -> None:
    assert when_words(moment, now) == words


def test_a_clock_that_was_set_back_is_no_error() -> None:
    now = at(2026, 11, 22, 14, 2)
    assert when_words(now + timedelta(days=3), now) == "25 November 2026"


def test_every_tool_says_with_whom(toolkit: Toolkit) -> None:
    words = {setting_words(tool) for tool in toolkit.tools}
    alone = {t for t in toolkit.tools if {t.setting, *t.also_suits} == {Setting.SOLO}}
    assert all(setting_words(tool) == "on your own" for tool in alone)
    assert words <= {
        "on your own",
        "two people",
        "team",
        "alone or two",
        "two or a team",
        "alone or a team",
        "alone or together",
    }


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 12, 3), "by 3 December"),
        (date(2027, 1, 3), "by 3 January 2027"),
        (date(2026, 11, 23), "by tomorrow"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "waiting since yesterday"),
        (date(2026, 11, 20), "waiting since Friday"),
        (date(2026, 11, 16), "waiting since Monday"),
        (date(2026, 11, 15), "waiting since 15 November"),  # Sunday would be today
        (date(2025, 12, 31), "waiting since 31 December 2025"),
    ],
)
def test_when_something_is_due(due: date, words: str) -> None:
    assert due_words(due, date(2026, 11, 22)) == words
