"""How the runner asks: aloud, with leave, only if, with the last time beside, with lists kept."""

import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from retention_desktop.journal.lists import add_to_list, own_lists
from retention_desktop.journal.records import finish_record, save_answer, start_record
from retention_desktop.models.prompts import Value
from retention_desktop.toolkit.run import REVIEW_PAGE, Run
from retention_desktop.ui import translation
from retention_desktop.ui.runner.editors import Editor
from retention_desktop.ui.runner.pages import LastTime
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.runner.steps import StepList
from retention_desktop.ui.runner.timer import State
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .conversation import SCRIPT, conversation, only, page
from .samples import answers_in
from .test_all_screens import LongerLanguage, cut_off, out_of_reach, without_a_name
from .user import CHEAP, NOW, PASSPHRASE, User

TOOL = conversation()
BEFORE: dict[str, Value] = {"loads": "The rota.", "secret": "I may leave."}


@pytest.fixture(scope="module")
def used_vault(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in which the conversation was had with Person A a month ago."""
    folder = tmp_path_factory.mktemp("used") / "Used.rvault"
    shutil.copytree(empty_vault, folder)
    then = NOW - timedelta(days=31)
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (record_id,) = start_record(vault, TOOL, now=then, person="Person A").records
        for step in TOOL.steps:
            for prompt in step.prompts:
                if prompt.id in BEFORE:
                    save_answer(vault, record_id, step, prompt, BEFORE[prompt.id], now=then)
        finish_record(vault, record_id, review_on=None, now=then)
        add_to_list(vault, "reasons", "Car park")
    return folder


@pytest.fixture
def talker(open_window: OpenWindow, used_vault: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who has begun the second talk with Person A."""
    only(monkeypatch, TOOL)
    user = open_window(vault=used_vault, unlocked=True, scheme="light")
    user.window.resize(1280, 800)
    user.start(TOOL, "Person A")
    return user


def written(user: User) -> dict[str, object]:
    return dict(answers_in(user.records()[0]))


class TestReadAloud:
    def test_the_script_stands_on_the_first_page_of_its_step(self, talker: User) -> None:
        shown = talker.all(QLabel, talker.runner._page)
        shown.sort(key=lambda each: each.mapTo(talker.window, QPoint(0, 0)).y())
        texts = [each.text() for each in shown]
        assert texts[:4] == ["Read aloud", *SCRIPT, "What weighs on you?"]
        talker.key("Ctrl+Return")
        assert not talker.sees(SCRIPT[0])

    def test_it_is_larger_than_what_is_to_be_read_silently(self, talker: User) -> None:
        sizes = {each.text(): each.fontMetrics().height() for each in talker.all(QLabel)}
        assert sizes[SCRIPT[0]] > 1.3 * sizes["Say these sentences first."]


class TestAskFirst:
    @pytest.fixture
    def asker(self, talker: User) -> User:
        page(talker, "look/offer")
        return talker

    TICK = "They said yes to hearing some options"

    def test_what_is_typed_beside_the_tick_is_written(self, talker: User) -> None:
        page(talker, "look/offer")
        talker.type("lost")
        assert talker.all(Editor) == []  # nobody has said yes
        talker.key("Space")
        for letter in "Less":
            talker.type(letter)
        assert talker.editor.value == "Less"

    def test_the_question_opens_with_the_tick(self, asker: User) -> None:
        assert asker.focus is asker.choice(self.TICK)
        assert asker.all(Editor) == []
        assert not asker.has_button("Change who this is for")
        asker.key("Space")
        assert asker.has_button("Change who this is for")
        asker.key("Tab")
        asker.type("A shorter list.")
        asker.key("Ctrl+S")
        assert written(asker)["offer"] == "A shorter list."

    def test_one_can_go_on_without(self, asker: User) -> None:
        asker.key("Return")
        assert asker.runner.page_key == "look/again"

    def test_unticking_keeps_the_words_and_says_so(self, asker: User) -> None:
        asker.press(self.TICK)
        asker.type("A shorter list.", into="What could help?")
        asker.press(self.TICK)
        assert asker.sees("What you wrote is kept. Tick this to see it again.")
        asker.key("Ctrl+Return")
        assert written(asker)["offer"] == "A shorter list."
        asker.key("Alt+Left")
        assert asker.choice(self.TICK).isChecked()  # an answer is there, so they said yes
        assert asker.editor.value == "A shorter list."

    def test_unticking_an_empty_question_only_closes_it(self, asker: User) -> None:
        asker.press(self.TICK)
        asker.press(self.TICK)
        assert not asker.sees("is kept")


class TestOnlyIf:
    @pytest.fixture
    def decider(self, talker: User) -> User:
        page(talker, "look/again")
        return talker

    def test_the_next_page_and_the_steps_follow_the_answer_at_once(self, decider: User) -> None:
        assert decider.has_button("Next: which reasons?")
        assert decider.sees("Step 3 of 4")
        assert not decider.has_button("Take it further")
        decider.press("Yes")
        assert decider.has_button("Next: who else should know?")
        assert decider.sees("Step 3 of 5")
        assert decider.has_button("Take it further")
        decider.press("No")
        assert decider.has_button("Next: which reasons?")
        assert not decider.has_button("Take it further")

    def test_what_was_written_there_keeps_its_page(self, decider: User) -> None:
        decider.press("Yes")
        decider.key("Return")
        assert decider.runner.page_key == "look/step-up"
        decider.type("The lead.")
        decider.key("Alt+Left")
        decider.press("No")
        assert decider.has_button("Next: who else should know?")

    def test_the_step_leads_to_its_first_question(self, decider: User) -> None:
        decider.press("Yes")
        decider.press("Take it further")
        assert decider.runner.page_key == "further/who"
        assert decider.sees("Only when pressure goes on.")

    def test_the_menu_of_steps_follows_too(self, decider: User) -> None:
        decider.window.resize(1024, 640)
        decider.settle()
        decider.press("Yes")
        decider.choose_from_menu("All steps", "Take it further")
        assert decider.runner.page_key == "further/who"


class TestTheLastTime:
    def test_what_carries_is_there_and_says_so(self, talker: User) -> None:
        assert talker.editor.value == "The rota."
        assert talker.sees("From last time. Change what has changed.")
        talker.type(" And cover.")
        talker.key("Ctrl+Return")
        talker.key("Alt+Left")
        assert not talker.sees("From last time")

    def test_what_is_recalled_stands_by_and_can_be_put_away(self, talker: User) -> None:
        page(talker, "look/offer")
        assert talker.sees("The rota.")
        assert talker.sees("I may leave.")
        talker.press("Last time, on 22 October 2026")
        assert not talker.sees("I may leave.")
        page(talker, "look/again")
        page(talker, "look/offer")
        assert not talker.sees("I may leave.")
        talker.press("Last time, on 22 October 2026")
        assert talker.sees("I may leave.")

    def test_it_stands_beside_where_there_is_room_and_else_below(self, talker: User) -> None:
        page(talker, "look/offer")
        (recalled,) = talker.all(LastTime)
        assert talker.runner._page.isAncestorOf(recalled)
        talker.window.resize(1700, 900)
        talker.settle()
        (steps,) = talker.all(StepList)
        assert not talker.runner._page.isAncestorOf(recalled)
        assert recalled.isVisible()
        assert steps.isVisible()
        talker.window.resize(1024, 640)
        talker.settle()
        assert talker.runner._page.isAncestorOf(recalled)

    def test_together_recalls_nothing_private(self, talker: User) -> None:
        page(talker, "look/offer")
        talker.key("F8")
        assert talker.has_button("Last time, on 22 October 2026")
        assert talker.sees("The rota.")
        assert not talker.sees("I may leave.")

    def test_with_another_person_there_is_none(self, talker: User) -> None:
        talker.start(TOOL, "Person B")
        assert talker.editor.value is None
        page(talker, "look/offer")
        assert talker.all(LastTime) == []


class TestListsOfOnesOwn:
    def lists(self, user: User) -> object:
        copy = user.folder.parent / "Copy.rvault"
        shutil.copytree(user.folder, copy, ignore=shutil.ignore_patterns("*.lock"))
        with closing(open_vault(copy, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            return own_lists(vault)["reasons"]

    def test_what_was_added_before_is_offered(self, talker: User) -> None:
        page(talker, "look/reasons")
        talker.press("Car park")
        assert talker.editor.value == ["Car park"]

    def test_what_is_added_is_remembered(self, talker: User) -> None:
        page(talker, "look/reasons")
        talker.type("Night shifts", into="Add your own")
        talker.key("Return")
        page(talker, "look/again")
        page(talker, "look/reasons")
        assert talker.choice("Night shifts").isChecked()
        assert self.lists(talker) == ("Car park", "Night shifts")

    def test_what_is_taken_off_is_forgotten(self, talker: User) -> None:
        page(talker, "look/reasons")
        talker.press("Take off the list: Car park")
        assert self.lists(talker) == ()
        page(talker, "look/again")
        page(talker, "look/reasons")
        assert not talker.has_button("Car park")


class TestADateThatWasAnswered:
    def test_the_review_is_so_many_days_after_it(self, talker: User) -> None:
        page(talker, "agree/noticed-on")
        talker.type("20/11/2026")
        page(talker, REVIEW_PAGE)
        assert talker.choice("As this tool suggests, on 27 November 2026").isChecked()
        talker.key("Return")
        assert talker.records()[0].head.review_on == date(2026, 11, 27)

    def test_it_follows_a_later_change_of_that_date(self, talker: User) -> None:
        page(talker, "agree/noticed-on")
        talker.type("20/11/2026")
        page(talker, REVIEW_PAGE)
        page(talker, "agree/noticed-on")
        talker.key("Ctrl+A")
        talker.type("21/11/2026")
        page(talker, REVIEW_PAGE)
        assert talker.choice("As this tool suggests, on 28 November 2026").isChecked()

    def test_a_date_that_was_chosen_stands(self, talker: User) -> None:
        page(talker, REVIEW_PAGE)
        talker.press("In two weeks, on 6 December 2026")
        page(talker, "agree/noticed-on")
        talker.type("20/11/2026")
        page(talker, REVIEW_PAGE)
        assert talker.choice("In two weeks, on 6 December 2026").isChecked()


@pytest.mark.parametrize(("percent", "longer"), [(100, False), (200, False), (100, True)])
def test_nothing_is_cut_off_and_everything_is_reached(
    open_window: OpenWindow,
    used_vault: Path,
    monkeypatch: pytest.MonkeyPatch,
    percent: int,
    longer: bool,
) -> None:
    only(monkeypatch, TOOL)
    user = open_window(vault=used_vault, unlocked=True, scheme="light", text_percent=percent)
    if longer:
        catalogue = translation._.__self__  # type: ignore[attr-defined]
        monkeypatch.setattr(catalogue, "_fallback", LongerLanguage())
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    user.start(TOOL, "Person A")
    faults = []
    countdown = user.runner._countdown
    for state in (State.OFFERED, State.RUNNING, State.PAUSED, State.OVER):
        countdown._set(state)
        user.settle()
        faults += [f"timer {state}: {fault}" for fault in cut_off(user)]
    for each in Run(TOOL, {"again": "Yes"}).pages:
        user.runner.go_to(each.key)
        user.settle()
        for check in (cut_off, without_a_name, out_of_reach):
            faults += [f"{each.key}: {fault}" for fault in check(user)]
    assert not faults, "\n".join(faults)


def test_a_draft_with_nothing_but_what_was_carried_is_dropped_until_one_writes(
    talker: User,
) -> None:
    talker.key("Escape")
    assert len(talker.records()) == 1
    talker.start(TOOL, "Person A")
    talker.type(" And cover.")
    talker.key("Escape")
    assert len(talker.records()) == 2
    talker.press("Continue: ")
    talker.screen(RunnerScreen)
    assert talker.editor.value == "The rota. And cover."
