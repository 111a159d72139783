"""What somebody does at the window in the months of a journey, and what they see there."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from retention_desktop.journal.diary import Looked
from retention_desktop.journal.records import list_records
from retention_desktop.models.enums import ActionState, Driver, RecordState, ReviewOutcome
from retention_desktop.models.prompts import Value
from retention_desktop.toolkit.run import REVIEW_PAGE
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.people.meeting import MeetingsRow
from retention_desktop.ui.people.person_page import PersonPage
from retention_desktop.ui.people.screen import PeopleScreen
from retention_desktop.ui.people.timeline import Timeline
from retention_desktop.ui.review.screen import ReviewScreen
from retention_desktop.ui.today.due_row import DueRow
from retention_desktop.ui.today.meetings import MeetingRow
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.controls import Choice
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES
from tests.sharing.test_calendar import read_back
from tests.ui.user import PASSPHRASE, User
from tests.vault.pages import decrypted

if TYPE_CHECKING:
    from tests.journeys.six_months import Life

_WORDS = {
    (ReviewOutcome.KEEP, None): "Keep: it goes on as it is",
    (ReviewOutcome.KEEP, ActionState.DONE): "It is done",
    (ReviewOutcome.ADJUST, None): "Adjust: it goes on, but differently",
}


def due_now(user: User) -> list[str]:
    """What Today says has come back, from the top, without since when."""
    names = [user.all(ContentButton, row)[0].accessibleName() for row in user.all(DueRow)]
    titles = [each.removeprefix("Look again: ") for each in names]
    return [re.sub(r"\. (today|waiting since [^.]*)$", "", each) for each in titles]


def not_met_now(user: User) -> list[str]:
    """Whom Today says one has not met for longer than agreed."""
    names = [user.all(ContentButton, row)[0].accessibleName() for row in user.all(MeetingRow)]
    return [each.partition(". ")[0] for each in names]


def look_again(user: User, step: Looked, title: str) -> None:
    """Take what the diary says of a later look, with the keyboard alone."""
    write_the_look(user, step, title)
    if step.next_on is not None:
        choose_day(user, step.next_on)
    elif step.outcome is not ReviewOutcome.STOP and step.closed is None:
        choose(user, "There is no need to look again")
    user.key("Ctrl+Return")
    assert isinstance(user.shell.screen_shown, TodayScreen), user.message


def write_the_look(user: User, step: Looked, title: str) -> None:
    """Open what is due; say what became of it, what changed and for whom."""
    user.button(f"Look again: {title}").setFocus()
    user.key("Return")
    user.screen(ReviewScreen)
    stop = "Stop: let it go" if step.action else "Stop: it is no longer needed"
    choose(user, _WORDS.get((step.outcome, step.closed), stop))
    tab_to(user, user.all(QPlainTextEdit)[0])
    user.write(step.changed)
    user.key("Tab")
    user.write(step.for_whom)


def choose_day(user: User, day: date) -> None:
    """Choose when to look again: the day that is offered, or one's own."""
    offered = [each for each in user.all(Choice) if each.text().endswith(f"on {long_date(day)}")]
    if offered:
        choose(user, offered[0].text())
    else:
        choose(user, "Another date")
        tab_to(user, user.edit("Another date"))
        user.write(f"{day:%d/%m/%Y}")


def choose(user: User, words: str) -> None:
    """Choose one of several with Tab, the arrows and the space bar."""
    wanted = user.choice(words)
    parent = wanted.parentWidget()
    while not (isinstance(user.focus, Choice) and user.focus.parentWidget() is parent):
        user.key("Tab")
    for _ in range(8):
        if user.focus is wanted or wanted.isChecked():
            break
        user.key("Down" if user.focus.y() < wanted.y() else "Up")
    if not wanted.isChecked():
        user.key("Space")
    assert wanted.isChecked(), words


def tab_to(user: User, wanted: QWidget) -> None:
    for _ in range(60):
        if user.focus is wanted:
            return
        user.key("Tab")
    raise AssertionError(f"Tab does not come to {wanted.accessibleName()}")


def look_at_all_that_is_due(life: "Life", when: str) -> None:
    """The keyboard alone, with the words of the diary, until nothing is waiting any more."""
    with life.at_the_window(when) as user:
        waiting = due_now(user)
        assert waiting
        for _ in waiting:
            step = life.by_hand(Looked)
            look_again(user, step, step.action or life.toolkit.tool(step.tool).title)
            assert set(due_now(user)) == life.ledger.due(step.at.date())
        assert due_now(user) == []


def see_when_one_met(life: "Life", user: User, alias: str, next_by: str) -> None:
    """The last days with a person, the one that was agreed, and all that happened between."""
    person, met = life.ledger.people[alias], life.ledger.met(alias)
    open_person(user, alias)
    assert user.sees(f"{person.role} · {person.profession} · {person.working_pattern}")
    (row,) = user.all(MeetingsRow)
    days = row.accessibleName().split(", ")
    assert {long_date(day).rpartition(" ")[0] for day in met[-6:]} <= set(days)
    assert days[-1] == f"agreed: by {next_by}"
    (timeline,) = user.all(Timeline)
    newest = user.all(ContentButton, timeline)[0].accessibleName()
    assert long_date(met[-1]).rpartition(" ")[0] in newest


def see_insights(life: "Life", user: User) -> None:
    """Each number is the one that the diary gives."""
    user.go("insights")
    user.choose("Which time", "Everything")
    ledger, texts = life.ledger, user.texts()
    for driver in Driver:
        assert f"{DRIVER_SHORT_NAMES[driver]}: {times(ledger.count(driver))}" in texts
    actions = ledger.actions
    for name, those in (
        ("Agreed", actions),
        ("Tried", [each for each in actions if each.tried]),
        ("Still open", [each for each in actions if each.state is ActionState.OPEN]),
        ("Let go", [each for each in actions if each.state is ActionState.LET_GO]),
    ):
        assert f"{name}: {things(len(those))}" in texts, name
    for use in ledger.uses:
        if use.kept.entry.tool.id == "caseload-review":
            day = long_date(use.kept.at.date())
            assert any(each.startswith(f"{day}: Low") for each in texts), day


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def take_the_dates_along(life: "Life", user: User, target: Path) -> None:
    """The days to come, once each time something comes back, and nothing that was written."""
    user.go("today")
    user.dialogs.answer = target
    user.press("Put the dates into my calendar…")
    days = life.ledger.days_from(date(2026, 11, 22))
    found = read_back(target.read_bytes())
    assert sorted(event["DTSTART"] for event in found.inside) == [f"{day:%Y%m%d}" for day in days]
    assert {event["SUMMARY"] for event in found.inside} == {"Look again", "Something agreed"}
    assert "Person" not in target.read_text("utf-8")


def hand_over_and_erase(life: "Life", user: User, alias: str, folder: Path) -> None:
    """Everything about a person as two files; then all of it is gone, and is not found."""
    answers, words = life.written_of(alias)
    open_person(user, alias)
    user.dialogs.answer = folder / "held.pdf"
    user.press("Save all as PDF…")
    pages = PdfReader(folder / "held.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert {each for each in answers if each not in text} == set()
    for other in life.ledger.people.keys() - {alias}:
        assert {each for each in life.written_of(other)[0] if each in text} == set(), other
    user.dialogs.answer = folder / "held.json"
    user.press("Save all as JSON…")
    held = json.loads((folder / "held.json").read_bytes())["held"]
    assert len(held["records"]) == len(life.ledger.met(alias)) >= 3

    user.press("Erase everything…")
    user.type(alias)
    user.press("Erase for good")
    user.screen(PeopleScreen)
    assert f"Everything about {alias} is erased." in user.message
    for word in sorted(words)[:3]:
        user.key("Ctrl+K")
        user.key("Ctrl+A")
        user.type(word)
        user.settle()
        assert user.sees("Nothing holds all of these words"), word


def nothing_is_left_of(life: "Life", alias: str) -> None:
    """In no table of the journal, the index of the search among them, and nowhere in its file."""
    answers, words = life.written_of(alias)
    assert len(answers) > 15
    with life.vault() as vault:
        heads = list_records(vault, limit=1_000)
        with vault.reading() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type='table'")
            left = "".join(
                str(connection.exec_driver_sql(f"SELECT * FROM {name}").all())  # noqa: S608
                for name in names.scalars().all()
            )
    assert not re.search(rf"{alias}\b", left)
    left += decrypted(life.folder, PASSPHRASE).decode("utf-8", "ignore")
    still_there = {each for each in answers | words if each.casefold() in left.casefold()}
    assert not still_there, still_there
    kept = [head for head in heads if head.state is RecordState.FINISHED]
    assert len(kept) == len(life.ledger.uses) - len(life.ledger.met(alias))


def answer_all(user: User, answers: Mapping[str, Value]) -> None:
    """Go through a tool to where one says when to look again, and write these answers."""
    while user.runner.page_key != REVIEW_PAGE:
        prompt = user.runner.page_key.rpartition("/")[2]
        if prompt in answers:
            user.answer(answers[prompt])
        user.key("Ctrl+Return")


def open_person(user: User, alias: str) -> None:
    user.go("people")
    user.press(f"{alias}. ")
    user.screen(PersonPage)
    user.settle()
