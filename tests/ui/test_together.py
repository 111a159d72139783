"""Together mode: for two people or a team in front of one screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QPlainTextEdit

from retention_desktop.models.enums import Audience, RecordState, Setting
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, Run
from retention_desktop.ui.idle import IdleWatch
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.runner.steps import StepList
from retention_desktop.ui.runner.together import (
    TogetherRun,
    _who_agrees,
    run_together,
    suits_together,
)
from retention_desktop.ui.theme import theme
from retention_desktop.ui.today.screen import TodayScreen

from .conftest import OpenWindow
from .conversation import SCRIPT, conversation, only, page
from .samples import answers_in
from .test_all_screens import LongerLanguage, cut_off, out_of_reach, without_a_name
from .user import User

TOOL = conversation()
PRIVATE = frozenset(p.id for p in TOOL.prompts if p.audience is Audience.PRIVATE)
SECRET = "Only for me."
FIRST_AFTER_SECRET = "look/offer"


class TestRun:
    def test_private_questions_are_not_asked(self) -> None:
        run = run_together(Run(TOOL, {}), PRIVATE)
        asked = [each.prompt.id for each in run.pages if each.prompt]
        assert {"mine", "secret", "my-do"} == PRIVATE
        assert not PRIVATE & set(asked)
        assert not PRIVATE & {prompt.id for prompt in run.unanswered}

    def test_it_begins_where_one_was_or_at_what_is_next(self) -> None:
        assert run_together(Run(TOOL, {}, "open/loads"), PRIVATE).page.key == "open/loads"
        assert run_together(Run(TOOL, {}, "alone/secret"), PRIVATE).page.key == FIRST_AFTER_SECRET
        assert run_together(Run(TOOL, {}, CHECK_PAGE), PRIVATE).page.key == CHECK_PAGE

    def test_on_and_back_stay_together(self) -> None:
        run = run_together(Run(TOOL, {}, "open/slot"), PRIVATE)
        assert run.next().page.key == FIRST_AFTER_SECRET
        assert run.next().back().page.key == "open/slot"
        assert isinstance(run.next().with_answer("offer", "Yes"), TogetherRun)

    def test_steps_are_counted_as_everybody_sees_them(self) -> None:
        run = run_together(Run(TOOL, {}, FIRST_AFTER_SECRET), PRIVATE)
        assert run.position == (2, 3)


@pytest.mark.parametrize("tool", load_toolkit().tools, ids=lambda tool: tool.id)
def test_every_tool_for_several_goes_to_its_end_without_what_is_private(tool: Tool) -> None:
    if not suits_together(tool):
        return
    private = frozenset(p.id for p in tool.prompts if p.audience is Audience.PRIVATE)
    run: Run = run_together(Run(tool, {}), private)
    visited = [run.page]
    while not run.is_last:
        run = run.next()
        visited.append(run.page)
    assert tuple(visited) == run.pages
    assert visited[-1].key == CHECK_PAGE
    assert not [each for each in visited if each.prompt and each.prompt.id in private]


def test_which_tools_are_for_several_people() -> None:
    alone = replace(TOOL, setting=Setting.SOLO, also_suits=())
    assert not suits_together(alone)
    assert suits_together(replace(alone, setting=Setting.TEAM))
    assert suits_together(replace(alone, also_suits=(Setting.ONE_TO_ONE,)))


def test_who_is_asked_to_agree() -> None:
    team = replace(TOOL, setting=Setting.TEAM, also_suits=())
    assert _who_agrees(team, None) == ("We have read this and agree",)
    assert _who_agrees(TOOL, None)[1] == "The other person: I have read this and agree"
    assert _who_agrees(TOOL, "Person A") == (
        "Me: I have read this and agree",
        "Person A: I have read this and agree",
    )


def test_where_every_question_is_private_one_is_told_how_to_share(any_kind_user: User) -> None:
    tool = any_kind_user.shell._session.toolkit.tools[0]
    steps = tuple(
        replace(step, prompts=tuple(replace(p, audience=Audience.PRIVATE) for p in step.prompts))
        for step in tool.steps
    )
    any_kind_user.shell._session.toolkit = Toolkit((replace(tool, steps=steps),))
    any_kind_user.start(tool)
    any_kind_user.key("F8")
    assert not any_kind_user.runner.is_together
    assert "Every question here is private." in any_kind_user.message
    any_kind_user.choose_from_menu("Change who this is for", "Shared")
    any_kind_user.key("F8")
    assert any_kind_user.runner.is_together


OpenTalk = Callable[..., User]


@pytest.fixture
def open_talk(
    open_window: OpenWindow, empty_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> OpenTalk:
    """Opens a window in which the conversation was begun."""

    def opener(**settings: object) -> User:
        only(monkeypatch, TOOL)
        user = open_window(vault=empty_vault, unlocked=True, scheme="light", **settings)
        user.window.setMinimumSize(0, 0)
        user.window.resize(1024, 640)
        user.start(TOOL, "Person A")
        return user

    return opener


@pytest.fixture
def talker(open_talk: OpenTalk) -> User:
    """Somebody with private and shared words in a draft, in normal size."""
    user = open_talk()
    user.type("The rota.")
    user.key("Ctrl+Return")
    user.type(SECRET)
    page(user, "open/loads")
    return user


@pytest.fixture
def pair(talker: User) -> User:
    """Two people, on the first page, in Together mode."""
    talker.key("F8")
    return talker


def answers(user: User) -> dict[str, object]:
    (record,) = user.records()
    return dict(answers_in(record))


def test_the_type_is_large_and_the_rest_is_away(talker: User) -> None:
    before = talker.runner._page.heading.fontMetrics().height()
    talker.press("Together")
    assert talker.runner._page.heading.fontMetrics().height() > 1.5 * before
    assert talker.all(StepList) == []
    for gone in ("Today", "All steps", "Save and close", "Change who this is for"):
        assert not talker.has_button(gone)
    assert talker.sees("What weighs on you?")
    assert talker.sees("Private questions are hidden.")
    assert talker.sees("Saved 14:02")
    assert talker.sees(SCRIPT[0])


def test_leaving_is_the_same_page_at_normal_size(pair: User) -> None:
    pair.key("PageDown")
    for way in ("Escape", "F8", "the button"):
        assert theme.text_percent == 160
        if way == "the button":
            pair.press("Leave Together")
        else:
            pair.key(way)
        assert theme.text_percent == 100
        assert pair.runner.page_key == "open/slot"
        assert pair.has_button("Today")
        assert pair.has_button("Save and close")
        assert isinstance(pair.focus, QPlainTextEdit)
        pair.key("F8")
        assert pair.runner.page_key == "open/slot"


def test_a_clicker_goes_on_and_back_past_what_is_private(pair: User) -> None:
    visited = []
    for key in ("PageDown", "PageDown", "PageUp", "Right", "Left"):
        pair.key(key)
        visited.append(pair.runner.page_key)
    assert visited == ["open/slot", "look/offer", "open/slot", "look/offer", "open/slot"]


def test_a_clicker_turns_pages_from_inside_a_text_and_never_finishes(pair: User) -> None:
    pair.type("More. ", into="What weighs on you?")
    pair.key("PageDown")
    assert pair.runner.page_key == "open/slot"
    for _ in range(20):
        pair.key("PageDown")
    assert pair.runner.page_key == CHECK_PAGE
    assert "More." in str(answers(pair)["loads"])
    assert pair.records()[0].head.state is RecordState.DRAFT


def test_in_a_text_the_arrows_and_letters_write(pair: User) -> None:
    pair.edit("What weighs on you?").setFocus()
    pair.key("Left")
    pair.key("Right")
    pair.type(" b.")
    assert pair.editor.value == "The rota. b."
    assert pair.runner.page_key == "open/loads"


def test_what_is_typed_at_the_title_is_written(pair: User) -> None:
    pair.key("PageDown")
    for letter in "After a turn. B.":
        pair.type(letter)
    assert pair.editor.value == "After a turn. B."
    assert not pair.sees("The page is covered")


def test_among_choices_of_one_the_arrows_choose(pair: User) -> None:
    page(pair, "look/again")
    pair.choice("No").setFocus()
    pair.key("Space")
    pair.key("Right")
    assert pair.editor.value == "Yes"


def test_one_key_covers_and_uncovers(pair: User) -> None:
    for key in ("B", "Period", "F9"):
        pair.key(key)
        assert pair.sees("The page is covered")
        assert not pair.sees("What weighs on you?")
        pair.key("PageDown")
        assert pair.sees("The page is covered")
        pair.key(key)
        assert pair.sees("What weighs on you?")
    pair.key("PageDown")  # and the clicker goes on
    assert pair.runner.page_key == "open/slot"


def test_the_button_covers(pair: User) -> None:
    pair.press("Cover")
    pair.press("Show the page again")
    assert pair.sees("What weighs on you?")


def test_nothing_private_is_ever_drawn(pair: User) -> None:
    labels = [p.label for p in TOOL.prompts if p.audience is Audience.PRIVATE]
    for _ in range(20):
        shown = " ".join([*pair.texts(), *(e.toPlainText() for e in pair.all(QPlainTextEdit))])
        assert SECRET not in shown
        assert not any(label in shown for label in labels)
        pair.key("PageDown")
    assert pair.runner.page_key == CHECK_PAGE
    pair.key("Ctrl+Return")
    assert not pair.sees(SECRET)


def test_from_a_private_page_one_comes_to_the_next_that_is_for_both(talker: User) -> None:
    page(talker, "alone/secret")
    talker.type("Not this")
    talker.key("F8")
    assert talker.runner.page_key == FIRST_AFTER_SECRET
    assert answers(talker)["secret"] == "Not this"


def test_what_was_made_shared_is_shown(talker: User) -> None:
    page(talker, "open/mine")
    talker.choose_from_menu("Change who this is for", "Shared")
    talker.key("F8")
    assert talker.sees("What do I feel?")


def test_the_rest_of_the_journal_stays_away(pair: User) -> None:
    for keys in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+K", "F1", "Ctrl+,"):
        pair.runner._frame.message.clear()
        pair.key(keys)
        pair.screen(RunnerScreen)
        assert "Leave Together first" in pair.message
    pair.key("F6")
    assert not pair.has_button("Today")


def to_the_end(user: User) -> None:
    while user.runner.page_key != CHECK_PAGE:
        user.key("PageDown")


class TestAgreement:
    @pytest.fixture
    def readers(self, pair: User) -> User:
        to_the_end(pair)
        return pair

    def test_both_read_what_both_may_see(self, readers: User) -> None:
        assert readers.sees("Read together what was written")
        assert readers.sees("The rota.")
        assert not readers.sees(SECRET)

    def test_with_both_ticks_the_record_says_so(self, readers: User) -> None:
        readers.press("Finish")
        assert not readers.button("Finish: we agree").isEnabled()
        readers.press("Me: I have read this and agree")
        assert not readers.button("Finish: we agree").isEnabled()
        readers.press("Person A: I have read this and agree")
        readers.press("Finish: we agree")
        assert readers.sees("It says that you agreed it.")
        (record,) = readers.records()
        assert record.head.state is RecordState.FINISHED
        assert record.agreed is not None
        audiences = {answer.prompt.id: answer.audience for answer in record.answers}
        assert audiences == {"loads": Audience.SHARED, "mine": Audience.PRIVATE}

    def test_by_keyboard_alone(self, readers: User) -> None:
        readers.key("Return")
        assert readers.records()[0].head.state is RecordState.DRAFT
        readers.key("Space")
        readers.key("Tab")
        readers.key("Space")
        readers.key("Return")
        (record,) = readers.records()
        assert record.agreed is not None

    def test_without_ticks_one_can_finish_and_nothing_says_agreed(self, readers: User) -> None:
        readers.press("Finish")
        readers.press("Me: I have read this and agree")
        readers.key("Ctrl+Return")  # one of two is not agreed
        assert readers.records()[0].head.state is RecordState.DRAFT
        readers.press("Finish without agreeing")
        (record,) = readers.records()
        assert record.head.state is RecordState.FINISHED
        assert record.agreed is None

    def test_a_change_has_to_be_read_anew(self, readers: User) -> None:
        readers.press("Finish")
        readers.press("Me: I have read this and agree")
        readers.press("Change: What weighs on you?")
        assert readers.runner.page_key == "open/loads"
        assert not readers.has_button("Finish without agreeing")
        to_the_end(readers)
        readers.press("Finish")
        assert not readers.choice("Me: I have read this and agree").isChecked()

    def test_the_record_itself_is_opened_after_together_only(self, readers: User) -> None:
        readers.press("Finish")
        readers.press("Finish without agreeing")
        assert readers.sees("Finished, and kept in the journal")
        assert not readers.sees("agreed it")
        assert readers.sees("Thank each other.")
        assert not readers.sees("The rota.")
        readers.key("PageUp")
        assert readers.sees("Thank each other.")
        readers.press("Leave Together")
        readers.screen(RecordPage)
        assert readers.sees(SECRET)
        assert theme.text_percent == 100
        assert readers.has_button("Today")

    def test_alone_nobody_is_asked_to_agree(self, talker: User) -> None:
        page(talker, CHECK_PAGE)
        talker.finish()
        (record,) = talker.records()
        assert record.agreed is None


class TestLocking:
    def test_it_locks_by_itself_as_ever(self, pair: User) -> None:
        pair.type("More. ", into="What weighs on you?")
        (watch,) = pair.app.findChildren(IdleWatch)
        with pair.qtbot.waitSignal(pair.window.locked):
            watch.idle.emit()
        assert "More." in str(answers(pair)["loads"])

    def test_a_fresh_window_is_not_in_together(self, pair: User, open_window: OpenWindow) -> None:
        with pair.qtbot.waitSignal(pair.window.locked):
            pair.key("Ctrl+L")
        fresh = open_window()
        fresh.unlock()
        fresh.screen(TodayScreen)
        assert theme.text_percent == 100


def test_the_window_grows_meanwhile(pair: User) -> None:
    pair.window.resize(1280, 800)
    pair.settle()
    pair.key("F8")
    assert any(text == "Retention" for text in pair.texts())  # the places have their names
    assert pair.all(StepList)


def test_the_look_of_the_system_changes_meanwhile(pair: User) -> None:
    pair.window.dress()
    assert theme.text_percent == 160


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_off_and_all_is_reached(open_talk: OpenTalk, percent: int) -> None:
    user = open_talk(text_percent=percent)
    user.key("F8")
    assert_nothing_wrong(user)


def test_nothing_is_cut_off_in_a_longer_language(
    open_talk: OpenTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retention_desktop.ui.translation import _

    catalogue = _.__self__  # type: ignore[attr-defined]
    user = open_talk()
    monkeypatch.setattr(catalogue, "_fallback", LongerLanguage())
    user.key("F8")
    assert_nothing_wrong(user)


def assert_nothing_wrong(user: User) -> None:
    faults = []
    while True:
        for check in (cut_off, without_a_name, out_of_reach):
            faults += [f"{user.runner.page_key}: {fault}" for fault in check(user)]
        if user.runner.page_key == CHECK_PAGE:
            break
        user.key("PageDown")
    user.runner._on_next()
    user.settle()
    faults += [f"agree: {fault}" for check in (cut_off, out_of_reach) for fault in check(user)]
    assert not faults, "\n".join(faults)
