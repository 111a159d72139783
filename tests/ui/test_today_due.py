"""Today: what has come back on its day, whom to meet, the minutes one has, and dates to take."""

import calendar
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from retention_desktop.journal.actions import add_action, list_actions
from retention_desktop.journal.people import add_person, change_person
from retention_desktop.journal.records import finish_record, save_answer, start_record
from retention_desktop.models.enums import Driver, Setting
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.session import Session
from retention_desktop.ui.today.due_row import DueRow, later_days
from retention_desktop.ui.today.meetings import MeetingRow, tools_for_two
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.vault import Vault, open_vault

from .conftest import OpenWindow
from .test_all_screens import cut_off
from .user import CHEAP, NOW, PASSPHRASE, TODAY, User

Fill = Callable[[Vault], object]
FRIDAY = TODAY - timedelta(days=2)


@pytest.fixture
def open_with(open_window: OpenWindow, empty_vault: Path) -> Callable[..., User]:
    """Opens a journal with something in it."""

    def opener(fill: Fill, **settings: object) -> User:
        user = open_window(vault=empty_vault, **settings)
        with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            fill(vault)
        user.unlock()
        return user

    return opener


def agree(*agreed: tuple[str, date | None], person: str | None = None) -> Fill:
    def fill(vault: Vault) -> None:
        for text, due in agreed:
            add_action(
                vault, text, now=NOW - timedelta(days=30), due=due, person=person,
                driver=Driver.GROWTH,
            )  # fmt: skip

    return fill


def to_look_at(toolkit: Toolkit, review_on: date, tool_id: str = "career-conversation") -> Fill:
    """A finished record with Person A, to be looked at again on a day."""

    def fill(vault: Vault) -> int:
        tool, then = toolkit.tool(tool_id), NOW - timedelta(days=40)
        (record_id,) = start_record(vault, tool, now=then, person="Person A").records
        step = next(step for step in tool.steps if step.prompts)
        save_answer(vault, record_id, step, step.prompts[0], "Joint visits.", now=then)
        finish_record(vault, record_id, review_on=review_on, now=then)
        return record_id

    return fill


def agreed_to_meet(alias: str, days: int) -> Fill:
    def fill(vault: Vault) -> None:
        add_person(vault, alias, now=NOW - timedelta(days=100))
        change_person(
            vault, alias, new_alias=alias, role="", profession="", working_pattern="",
            meet_every=days,
        )  # fmt: skip

    return fill


def kept(user: User) -> dict[str, date | None]:
    """What is agreed and by when, as the vault holds it now."""
    with TemporaryDirectory() as place:
        copy = shutil.copytree(
            user.folder, Path(place) / "Copy.rvault", ignore=shutil.ignore_patterns("*.lock")
        )
        with closing(open_vault(copy, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            return {action.text: action.due for action in list_actions(vault)}


def rows(user: User) -> list[str]:
    """The names of what is due, from the top."""
    buttons = [user.all(ContentButton, row)[0] for row in user.all(DueRow)]
    return [button.accessibleName() for button in buttons]


# What has come back


def test_what_waits_longest_stands_first_and_says_since_when(
    open_with: Callable[..., User],
) -> None:
    user = open_with(
        agree(
            ("Send the rota", TODAY), ("Ask about January", FRIDAY),
            ("Book the room", TODAY + timedelta(days=1)), ("One day", None),
            person="Person A",
        )
    )  # fmt: skip
    assert rows(user) == [
        "Look again: Ask about January. waiting since Friday",
        "Look again: Send the rota. today",
    ]
    assert user.sees("Waiting since Friday · Agreed with Person A")
    assert user.sees("Some things have come back to look at.")
    assert not user.sees("Book the room")


def test_a_record_comes_back_with_its_person_and_how_it_begins(
    open_with: Callable[..., User], toolkit: Toolkit
) -> None:
    user = open_with(to_look_at(toolkit, TODAY - timedelta(days=1)))
    title = toolkit.tool("career-conversation").title
    assert rows(user) == [f"Look again: {title} with Person A. waiting since yesterday"]
    assert user.sees("Waiting since yesterday · Joint visits.")
    assert user.sees("One thing has come back to look at.")


@pytest.mark.parametrize("way", ["Return", "mouse"])
def test_it_opens_with_enter_or_a_click(open_with: Callable[..., User], way: str) -> None:
    user = open_with(agree(("Send the rota", TODAY)))
    asked: list[Any] = []
    user.screen(TodayScreen).review_requested.connect(asked.append)
    if way == "mouse":
        user.press("Look again: ")
    else:
        user.button("Look again: ").setFocus()
        user.key("Return")
    assert [(due.text, due.on) for due in asked] == [("Send the rota", TODAY)]


def test_one_key_puts_it_off_for_a_week_and_goes_on_to_the_next(
    open_with: Callable[..., User],
) -> None:
    user = open_with(agree(("First", FRIDAY), ("Second", TODAY)))
    user.button("Look again: First").setFocus()
    user.key("S")
    assert rows(user) == ["Look again: Second. today"]
    assert user.message == "Put off until Sunday 29 November: “First”."
    assert user.focus is user.button("Look again: Second")
    assert kept(user) == {"First": TODAY + timedelta(days=7), "Second": TODAY}
    user.key("S")
    assert rows(user) == []
    assert user.focus is user.button("Bring it back")


def test_what_is_said_goes_when_the_next_thing_is_done(open_with: Callable[..., User]) -> None:
    user = open_with(agree(("First", FRIDAY), ("Second", FRIDAY), ("Third", TODAY)))
    for name, choice, said in (
        ("First", "Keep", "Kept. It comes back on 20 December: “First”."),
        ("Second", "Adjust", "Changed. It comes back on 20 December: “Second”."),
    ):
        user.press(f"Look again: {name}")
        next(each for each in user.all(Choice) if each.text().startswith(f"{choice}:")).click()
        user.press(f"{choice} it, and look again on 20 December")
        assert user.message == said
    user.button("Look again: Third").setFocus()
    user.key("S")
    assert user.message == "Put off until Sunday 29 November: “Third”."


def test_what_was_put_off_is_brought_back_as_it_was(
    open_with: Callable[..., User], toolkit: Toolkit
) -> None:
    user = open_with(to_look_at(toolkit, FRIDAY))
    before = rows(user)
    user.button("Look again: ").setFocus()
    user.key("S")
    assert rows(user) == []
    user.press("Bring it back")
    assert rows(user) == before
    assert not user.has_button("Bring it back")
    assert user.message == ""
    assert [record.head.review_on for record in user.records()] == [FRIDAY]


def test_other_days_are_in_a_menu(open_with: Callable[..., User]) -> None:
    user = open_with(agree(("Send the rota", FRIDAY)))
    user.choose_from_menu("Put off: Send the rota", "Tomorrow, Monday 23 November")
    assert kept(user) == {"Send the rota": date(2026, 11, 23)}
    assert rows(user) == []


def test_many_are_shown_a_few_at_a_time(open_with: Callable[..., User]) -> None:
    user = open_with(agree(*((f"Thing {n}", FRIDAY) for n in range(7))))
    assert len(rows(user)) == 5
    user.press("Show more")
    assert len(rows(user)) == 7
    assert not user.has_button("Show more")


def test_nothing_due_is_said_kindly(open_with: Callable[..., User], toolkit: Toolkit) -> None:
    user = open_with(to_look_at(toolkit, TODAY + timedelta(days=1)))
    assert user.sees("Nothing is waiting for you. Nothing has to be done here today.")
    assert not user.sees("To look at again")
    assert not user.sees("Your journal is empty")


def test_all_that_today_shows_is_one_question_to_the_vault(
    open_with: Callable[..., User], monkeypatch: pytest.MonkeyPatch, toolkit: Toolkit
) -> None:
    user = open_with(to_look_at(toolkit, FRIDAY))
    asked: list[object] = []
    ask = Session.ask

    def counted(*words: object, **named: object) -> None:
        asked.append(words)
        ask(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "ask", counted)
    user.go("today")
    assert len(asked) == 1


# Days


@pytest.fixture
def in_zone() -> Iterator[Callable[[str], None]]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    before = os.environ.get("TZ", "")

    def move(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield move
    os.environ["TZ"] = before
    if not before:
        del os.environ["TZ"]
    time.tzset()


def test_a_day_begins_where_one_is(
    open_with: Callable[..., User], in_zone: Callable[[str], None]
) -> None:
    summer = date(2026, 10, 24)  # the day before the clocks of London go back
    user = open_with(agree(("Send the rota", TODAY), ("In summer", summer)))
    session = user.window._session
    assert session is not None
    for zone, moment, due in (
        ("Europe/London", datetime(2026, 11, 21, 20, tzinfo=UTC), 1),
        ("Pacific/Auckland", datetime(2026, 11, 21, 20, tzinfo=UTC), 2),  # where it is the 22nd
        ("Pacific/Pago_Pago", datetime(2026, 11, 22, 10, 59, tzinfo=UTC), 1),
        ("Pacific/Pago_Pago", datetime(2026, 11, 22, 11, 0, tzinfo=UTC), 2),
        ("Europe/London", datetime(2026, 10, 23, 22, 59, tzinfo=UTC), 0),
        ("Europe/London", datetime(2026, 10, 23, 23, 0, tzinfo=UTC), 1),
    ):
        in_zone(zone)
        session.now = partial(datetime.astimezone, moment, UTC)
        user.go("today")
        assert len(rows(user)) == due, (zone, moment)


@given(st.dates(date(1971, 1, 1), date(2200, 11, 30)))
@example(date(2027, 1, 31))
@example(date(2028, 1, 31))
@example(date(2028, 2, 29))
@example(date(2026, 12, 31))
def test_later_days_are_days_in_their_order(today: date) -> None:
    days = [day for _words, day in later_days(today)]
    assert days == sorted(set(days))
    assert (days[0] - today).days == 1
    month = days[-1]
    assert (month.year * 12 + month.month) - (today.year * 12 + today.month) == 1
    last = calendar.monthrange(month.year, month.month)[1]
    assert month.day == min(today.day, last)


# Whom to meet


def test_somebody_one_has_not_met_for_longer_than_agreed(
    open_with: Callable[..., User], toolkit: Toolkit
) -> None:
    def fill(vault: Vault) -> None:
        agreed_to_meet("Person A", 28)(vault)
        agreed_to_meet("Person B", 28)(vault)
        agreed_to_meet("Person C", 300)(vault)
        to_look_at(toolkit, TODAY + timedelta(days=9))(vault)

    user = open_with(fill)
    shown = [" ".join(user.texts(row)) for row in user.all(MeetingRow)]
    assert shown == [
        "Person B You agreed to meet every four weeks, and have not met yet.",
        "Person A You agreed to meet every four weeks. You last met on 13 October.",
    ]
    assert not user.sees("Nothing has to be done here today.")
    user.press("Person A. ")
    assert user.screen(PersonPage).heading.text() == "Person A"
    user.go("today")
    tool = toolkit.tool("career-conversation")
    user.choose_from_menu("Start with Person B", tool.title)
    user.screen(RunnerScreen)
    assert user.runner._draft.tool.id == tool.id
    assert user.records()[0].head.person == "Person B"


def test_many_such_people_are_named_in_one_line(open_with: Callable[..., User]) -> None:
    def fill(vault: Vault) -> None:
        for letter in "ABCDEF":
            agreed_to_meet(f"Person {letter}", 28)(vault)

    user = open_with(fill)
    assert len(user.all(MeetingRow)) == 4
    assert user.sees("Also Person E, Person F")


def test_the_tools_one_uses_with_others_come_first(toolkit: Toolkit) -> None:
    tools = tools_for_two(toolkit.tools, {"supervision": NOW, "stay-exit": NOW - timedelta(1)})
    assert [tool.id for tool in tools[:2]] == ["supervision", "stay-exit"]
    assert all(tool.setting is Setting.ONE_TO_ONE and not tool.occasional for tool in tools)
    titles = [tool.title for tool in tools[2:]]
    assert titles == sorted(titles)


# The minutes one has


def suggested(user: User, toolkit: Toolkit) -> list[int]:
    """The minutes of the tools that are suggested."""
    return [
        toolkit.tool(each.property("tool")).minutes
        for each in user.all(ContentButton)
        if each.property("tool")
    ]


def test_the_minutes_one_has_choose_the_suggestions(
    user: User, toolkit: Toolkit, open_window: OpenWindow
) -> None:
    assert user.choice("Ten minutes").isChecked()
    assert min(suggested(user, toolkit)) == 10
    user.press("Forty-five minutes")
    longer = suggested(user, toolkit)
    assert max(longer) == 45
    user.window.close()
    user.settle()
    again = open_window(unlocked=True)  # it is remembered
    assert again.choice("Forty-five minutes").isChecked()
    assert suggested(again, toolkit) == longer


def test_what_takes_longer_comes_last_and_says_so(user: User, toolkit: Toolkit) -> None:
    assert suggested(user, toolkit) == [10, 15, 15]
    cards = [each for each in user.all(ContentButton) if each.property("tool")]
    said = [each.accessibleName() for each in cards]
    assert ["15 minutes, a little longer" in each for each in said] == [False, True, True]
    user.press("Twenty minutes")
    assert not user.sees("a little longer")


def test_what_is_due_already_is_not_suggested_too(
    open_with: Callable[..., User], toolkit: Toolkit
) -> None:
    user = open_with(to_look_at(toolkit, FRIDAY, "leadership-reflection"))
    assert suggested(user, toolkit) == [15, 15, 15]
    user.button("Look again: ").setFocus()
    user.key("S")
    assert suggested(user, toolkit)[0] == 10


def test_minutes_that_cannot_be_remembered_hold_until_the_window_closes(
    user: User, toolkit: Toolkit
) -> None:
    file = user.folder.parent / "settings.json"
    file.unlink(missing_ok=True)
    file.mkdir()
    user.press("Twenty minutes")
    assert "Your settings could not be kept" in user.message
    assert max(suggested(user, toolkit)) <= 20


# Dates to take


def test_the_dates_are_saved_for_another_calendar(
    open_with: Callable[..., User], tmp_path: Path
) -> None:
    user = open_with(agree(("CANARY rota", TODAY + timedelta(days=9)), person="CANARY Ms B"))
    user.dialogs.answer = tmp_path / "mine.ics"
    user.press("Put the dates into my calendar…")
    assert user.dialogs.proposed == "dates.ics"
    assert "One date is saved as mine.ics" in user.message
    assert b"CANARY" not in user.dialogs.answer.read_bytes()
    (event,) = Calendar.from_ical(user.dialogs.answer.read_bytes()).events
    assert event.start == TODAY + timedelta(days=9)


def test_who_cancels_saves_nothing(open_with: Callable[..., User], tmp_path: Path) -> None:
    user = open_with(agree(("Send the rota", TODAY)))
    user.dialogs.cancels = True
    user.press("Put the dates into my calendar…")
    assert user.message == ""
    assert not list(tmp_path.glob("*.ics"))


def test_why_nothing_was_saved_is_said(open_with: Callable[..., User], tmp_path: Path) -> None:
    user = open_with(agree(("Send the rota", FRIDAY)))
    user.dialogs.answer = tmp_path / "dates.ics"
    user.press("Put the dates into my calendar…")
    assert "No date lies ahead" in user.message
    assert user.button("Put the dates into my calendar…").isEnabled()


def test_without_dates_there_is_nothing_to_save(user: User) -> None:
    assert not user.has_button("Put the dates into my calendar…")


# Room


@pytest.mark.parametrize("percent", [100, 200])
def test_a_full_day_scrolls_and_nothing_is_cut_off(
    open_with: Callable[..., User], toolkit: Toolkit, percent: int
) -> None:
    def fill(vault: Vault) -> None:
        agree(*((f"Ask the hospital team about joint visits {n}", FRIDAY) for n in range(9)))(vault)
        for days, tool in enumerate(toolkit.tools[:6]):
            start_record(vault, tool, now=NOW - timedelta(days=days))
        for letter in "ABCDEF":
            agreed_to_meet(f"Person {letter}", 28)(vault)

    user = open_with(fill, text_percent=percent)
    user.window.setMinimumSize(0, 0)

    def is_whole() -> bool:
        return [each for each in cut_off(user) if "window had to be" not in each] == []

    # Wider first: what was laid out must be laid out anew.
    for width, height in ((1480, 800), (1280, 800), (1024, 640)):
        user.window.resize(width, height)
        user.settle()
        user.qtbot.waitUntil(is_whole)
        assert user.screen(TodayScreen).scroller.verticalScrollBar().maximum() > 0
    user.go("toolkit")
    user.go("today")
    user.qtbot.waitUntil(is_whole)
