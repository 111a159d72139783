"""The runner: one page at a time, everything kept."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from retention_desktop.models.enums import Audience, RecordState
from retention_desktop.models.prompts import Prompt
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE, Run
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.runner.editors.rows import RowCard
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.today.screen import TodayScreen

from .samples import LONG, answer_to, answers_in, every_kind
from .user import User

TOOL = every_kind()
PAGES = {page.prompt.id: page.key for page in Run(TOOL, {}).pages if page.prompt}
PROMPTS = {prompt.id: prompt for prompt in TOOL.prompts}


@pytest.fixture
def writer(any_kind_user: User) -> User:
    """Somebody on the first page of the tool that asks in every way."""
    any_kind_user.start(TOOL, "Person A")
    return any_kind_user


def reopen(user: User) -> None:
    """Close the draft and go on with it."""
    user.key("Escape")
    user.press("Continue: ")
    user.qtbot.waitUntil(lambda: isinstance(user.shell.screen_shown, RunnerScreen))


def written(user: User) -> dict[str, object]:
    """The answers that the vault holds."""
    (record,) = user.records()
    return dict(answers_in(record))


def value(user: User) -> object:
    return user.editor.value


def press(user: User, *keys: str) -> None:
    for each in keys:
        user.key(each)


@pytest.mark.parametrize("prompt", TOOL.prompts, ids=lambda prompt: prompt.id)
def test_every_kind_of_answer_is_there_again(writer: User, prompt: Prompt) -> None:
    writer.runner.go_to(PAGES[prompt.id])
    writer.settle()
    wanted = check_value(prompt, answer_to(prompt))
    writer.answer(answer_to(prompt))
    assert writer.editor.value == wanted
    reopen(writer)
    assert writer.runner.page_key == PAGES[prompt.id]
    assert writer.editor.value == wanted
    assert written(writer) == {prompt.id: wanted}


@pytest.mark.parametrize("prompt_id", ["long", "short", "day"])
def test_an_answer_that_is_taken_out_is_gone(writer: User, prompt_id: str) -> None:
    writer.runner.go_to(PAGES[prompt_id])
    writer.settle()
    writer.answer(answer_to(PROMPTS[prompt_id]))
    writer.key("Ctrl+S")
    assert written(writer)
    writer.key("Ctrl+A")
    writer.key("Delete")
    writer.key("Ctrl+S")
    assert written(writer) == {}


def test_the_keyboard_is_in_the_answer(writer: User) -> None:
    assert isinstance(writer.focus, QPlainTextEdit)
    writer.type("Straight away")
    assert writer.editor.value == "Straight away"


def test_where_one_is(writer: User) -> None:
    assert writer.sees("Step 1 of 3")
    assert writer.sees("What happened?")
    assert writer.sees("Take a minute first.")
    assert writer.sees("In your own words.")
    assert writer.sees("with Person A")
    assert not writer.button("Back").isEnabled()


def test_enter_makes_a_line_in_a_text_and_goes_on_elsewhere(writer: User) -> None:
    writer.type("One")
    writer.key("Return")
    writer.type("Two")
    assert writer.editor.value == "One\nTwo"
    writer.key("Ctrl+Return")
    assert writer.runner.page_key == PAGES["short"]
    writer.type("In short")
    writer.key("Return")
    assert writer.runner.page_key == PAGES["one"]
    writer.key("Space")  # chooses the first
    writer.key("Return")
    assert writer.runner.page_key == PAGES["several"]
    assert answers_in(writer.records()[0]) == {
        "long": "One\nTwo",
        "short": "In short",
        "one": "Red",
    }


def test_choosing_by_keyboard_alone(writer: User) -> None:
    writer.runner.go_to(PAGES["one"])
    writer.settle()
    press(writer, "Right", "Space")
    assert value(writer) == "Green"
    press(writer, "Left")  # with one chosen, the arrows choose
    assert value(writer) == "Red"
    press(writer, "Return", "Space", "Tab", "Tab", "Space")
    assert value(writer) == ["Time to think", "Less on the list"]
    press(writer, "Space", "Ctrl+S")
    assert written(writer) == {"one": "Red", "several": ["Time to think"]}


def test_a_scale_by_keyboard_alone(writer: User) -> None:
    writer.runner.go_to(PAGES["scale"])
    writer.settle()
    press(writer, "Space", "Down", "Down", "Ctrl+S")
    assert written(writer) == {"scale": 3}


def test_alt_left_goes_back_with_the_answer_kept(writer: User) -> None:
    writer.type("Kept")
    writer.key("Ctrl+Return")
    writer.key("Alt+Left")
    assert writer.runner.page_key == PAGES["long"]
    assert writer.editor.value == "Kept"
    writer.key("Alt+Left")  # there is no page before
    assert writer.runner.page_key == PAGES["long"]


def test_escape_saves_and_closes(writer: User) -> None:
    writer.type("Half a sent")
    writer.key("Escape")
    writer.screen(TodayScreen)
    assert written(writer) == {"long": "Half a sent"}
    assert writer.sees("One draft is waiting for you")


def test_the_button_saves_and_closes(writer: User) -> None:
    writer.type("Half a sent")
    writer.press("Save and close")
    writer.screen(TodayScreen)
    assert written(writer) == {"long": "Half a sent"}


def test_going_elsewhere_saves_first(writer: User) -> None:
    writer.type("Half a sent")
    writer.key("Ctrl+3")
    writer.screen(JournalScreen)
    assert written(writer) == {"long": "Half a sent"}


@pytest.mark.parametrize("way_out", ["Escape", "Ctrl+1", "Ctrl+2", "Ctrl+3", "F1", "Ctrl+,"])
def test_a_blank_draft_is_dropped_when_it_is_left(writer: User, way_out: str) -> None:
    writer.key("Ctrl+Return")
    assert len(writer.records()) == 1
    writer.key(way_out)
    assert not isinstance(writer.shell.screen_shown, RunnerScreen)
    assert writer.records() == []


def test_spaces_alone_are_no_answer(writer: User) -> None:
    writer.type("   ")
    writer.key("Escape")
    assert writer.records() == []


def test_the_steps_at_the_side_lead_to_their_pages(writer: User) -> None:
    writer.window.resize(1280, 800)
    writer.settle()
    writer.type("Something")
    writer.press("Go on")
    assert writer.runner.page_key == PAGES["scale"]
    assert writer.button("Go on").accessibleDescription() == "you are here"
    assert writer.button("Begin").accessibleDescription() == "done"
    assert written(writer) == {"long": "Something"}
    writer.press("Begin")
    assert writer.editor.value == "Something"
    writer.press("Check and finish")
    assert writer.runner.page_key == CHECK_PAGE


def test_a_menu_has_the_steps_where_there_is_no_room_for_them(writer: User) -> None:
    writer.window.resize(1024, 640)
    writer.settle()
    writer.choose_from_menu("All steps", "Go on")
    assert writer.runner.page_key == PAGES["scale"]


def test_a_draft_opens_where_it_was_left(writer: User) -> None:
    writer.type("Something")
    writer.runner.go_to(PAGES["table"])
    writer.settle()
    reopen(writer)
    assert writer.runner.page_key == PAGES["table"]


def test_skipping(writer: User) -> None:
    writer.key("Ctrl+Return")
    writer.type("Only this")
    for _ in range(20):
        writer.key("Ctrl+Return")
        if writer.runner.page_key == CHECK_PAGE:
            break
    assert writer.sees("You left these empty, and that is fine: What happened? · Which?")
    writer.finish()
    (record,) = writer.records()
    assert record.head.state is RecordState.FINISHED
    assert answers_in(record) == {"short": "Only this"}


def test_the_check_has_a_way_back_to_each_part(writer: User) -> None:
    writer.type("First words")
    writer.key("Ctrl+Return")
    writer.type("In short")
    writer.runner.go_to(CHECK_PAGE)
    writer.settle()
    assert writer.sees("First words")
    writer.press("Change: What happened?")
    assert writer.runner.page_key == PAGES["long"]
    writer.type(" and more")
    writer.runner.go_to(CHECK_PAGE)
    writer.settle()
    assert any("First words" in text and "and more" in text for text in writer.texts())
    writer.press("Change: When to look again")
    assert writer.runner.page_key == REVIEW_PAGE


def test_rows_are_added_and_removed(writer: User) -> None:
    writer.runner.go_to(PAGES["table"])
    writer.settle()
    assert not writer.has_button("Remove row 1")  # the last one stays
    for name in ("first", "second", "third"):
        writer.type(name)
        writer.press("Add another row")
    writer.press("Remove row 2")
    assert len(writer.all(RowCard)) == 3
    assert writer.editor.value == [{"who": "first"}, {"who": "third"}]
    writer.key("Ctrl+S")
    assert written(writer) == {"table": [{"who": "first"}, {"who": "third"}]}


def test_tab_goes_through_the_rows_in_order_and_then_to_the_button_below(writer: User) -> None:
    writer.runner.go_to(PAGES["agreed"])
    writer.settle()
    for name in ("first", "second"):
        writer.type(name)
        writer.press("Add another action")
    writer.edit("What was agreed").setFocus()
    visited = []
    for _ in range(14):
        visited.append(writer.focus.accessibleName())
        writer.key("Tab")
    row = ["What was agreed", "Who will do it", "By when", "Choose from a calendar"]
    assert (
        visited
        == [
            *row,
            "Remove action 2",
            *row,
            "Remove action 3",
            *row,
            "Add another action",
            "Change who this is for",
        ][: len(visited)]
    )


def test_tab_goes_from_the_text_straight_to_the_buttons_below(writer: User) -> None:
    writer.type("Something")
    writer.key("Tab")
    assert writer.focus is writer.button("Change who this is for")
    for name in ("Save and close", "Next: in short?"):  # there is no page before
        writer.key("Tab")
        assert writer.focus is writer.button(name)


def test_an_owner_without_an_action_is_not_yet_one(writer: User) -> None:
    writer.runner.go_to(PAGES["agreed"])
    writer.settle()
    writer.type("Person A", into="Who will do it")
    writer.key("Ctrl+S")
    assert written(writer) == {}
    writer.type("Ask the team", into="What was agreed")
    writer.key("Ctrl+S")
    assert written(writer) == {"agreed": [{"text": "Ask the team", "owner": "Person A"}]}


class TestLookingAgain:
    @pytest.fixture
    def reviewer(self, writer: User) -> User:
        writer.type("Something")
        writer.runner.go_to(REVIEW_PAGE)
        writer.settle()
        return writer

    def review_on(self, user: User) -> date | None:
        return user.records()[0].head.review_on

    def test_the_tools_own_date_is_proposed(self, reviewer: User) -> None:
        assert reviewer.choice("In three months, on 22 February 2027").isChecked()
        assert self.review_on(reviewer) is None
        reviewer.key("Ctrl+Return")
        assert reviewer.sees("22 February 2027")
        reviewer.finish()
        assert self.review_on(reviewer) == date(2027, 2, 22)

    def test_the_proposed_date_stands_when_the_draft_is_opened_again(self, reviewer: User) -> None:
        reviewer.key("Ctrl+Return")
        reopen(reviewer)
        assert reviewer.sees("22 February 2027")
        assert self.review_on(reviewer) == date(2027, 2, 22)

    def test_another_of_the_dates(self, reviewer: User) -> None:
        reviewer.press("In two weeks, on 6 December 2026")
        assert self.review_on(reviewer) == date(2026, 12, 6)
        reopen(reviewer)
        assert reviewer.choice("In two weeks, on 6 December 2026").isChecked()

    def test_any_other_date(self, reviewer: User) -> None:
        reviewer.press("Another date")
        reviewer.type("14 Jan 2027")  # the keyboard is in the field
        reviewer.key("Return")
        assert reviewer.runner.page_key == CHECK_PAGE
        assert reviewer.sees("14 January 2027")
        assert self.review_on(reviewer) == date(2027, 1, 14)
        reviewer.key("Alt+Left")
        assert reviewer.choice("Another date").isChecked()

    def test_another_date_must_be_written_before_one_goes_on(self, reviewer: User) -> None:
        reviewer.press("Another date")
        reviewer.key("Ctrl+Return")
        assert reviewer.runner.page_key == REVIEW_PAGE
        assert "Write the other date" in reviewer.message
        assert self.review_on(reviewer) is None

    def test_another_date_that_cannot_be_read(self, reviewer: User) -> None:
        reviewer.press("Another date")
        reviewer.type("some day")
        reviewer.key("Ctrl+Return")
        assert reviewer.runner.page_key == REVIEW_PAGE
        reviewer.press("In two weeks, on 6 December 2026")
        reviewer.key("Ctrl+Return")
        assert reviewer.runner.page_key == CHECK_PAGE

    def test_no_need(self, reviewer: User) -> None:
        reviewer.press("There is no need to look again")
        assert self.review_on(reviewer) is None
        reviewer.key("Ctrl+Return")
        assert reviewer.sees("No date")
        reviewer.key("Alt+Left")
        assert reviewer.choice("There is no need to look again").isChecked()

    def test_no_need_stays_chosen_when_the_draft_is_opened_again(self, reviewer: User) -> None:
        reviewer.press("There is no need to look again")
        reopen(reviewer)
        assert reviewer.choice("There is no need to look again").isChecked()
        assert self.review_on(reviewer) is None

    def test_what_was_agreed_stands_there(self, writer: User) -> None:
        writer.runner.go_to(PAGES["agreed"])
        writer.settle()
        writer.answer(answer_to(PROMPTS["agreed"]))
        writer.runner.go_to(REVIEW_PAGE)
        writer.settle()
        assert writer.sees("Shadow a meeting")


class TestAudience:
    def audience(self, user: User) -> dict[str, Audience]:
        return {answer.prompt.id: answer.audience for answer in user.records()[0].answers}

    def test_private_unless_the_prompt_says_otherwise(self, writer: User) -> None:
        assert writer.sees("Only you see this.")
        writer.type("Private words")
        writer.key("Ctrl+Return")
        assert writer.sees("Written with Person A.")
        writer.type("Shared words")
        writer.key("Ctrl+S")
        assert self.audience(writer) == {"long": Audience.PRIVATE, "short": Audience.SHARED}

    def test_a_change_is_kept(self, writer: User) -> None:
        writer.type("For the manager")
        writer.choose_from_menu("Change who this is for", "For a manager")
        assert writer.sees("Meant for a manager’s summary.")
        writer.key("Ctrl+Return")
        assert self.audience(writer) == {"long": Audience.MANAGER}
        writer.key("Alt+Left")
        assert writer.sees("Meant for a manager’s summary.")
        reopen(writer)
        assert writer.sees("Meant for a manager’s summary.")

    def test_a_choice_made_before_a_word_is_written_is_kept(self, writer: User) -> None:
        writer.choose_from_menu("Change who this is for", "Shared")
        writer.key("Ctrl+Return")
        writer.key("Alt+Left")
        writer.type("Now words")
        writer.key("Ctrl+S")
        assert self.audience(writer) == {"long": Audience.SHARED}


class TestADateThatCannotBeRead:
    """What was typed is not thrown away by going on."""

    @pytest.fixture
    def unsure(self, writer: User) -> User:
        writer.type("Something")
        writer.runner.go_to(PAGES["day"])
        writer.settle()
        writer.type("last tuesday")
        return writer

    def test_going_on_says_so_and_keeps_it(self, unsure: User) -> None:
        unsure.key("Return")
        assert unsure.runner.page_key == PAGES["day"]
        assert unsure.sees("We could not read this as a date.")
        assert unsure.edit("When was it?").text() == "last tuesday"  # type: ignore[attr-defined]

    def test_ctrl_enter_too(self, unsure: User) -> None:
        unsure.key("Ctrl+Return")
        assert unsure.runner.page_key == PAGES["day"]
        assert unsure.sees("We could not read this as a date.")

    def test_one_can_go_on_once_it_is_right_or_empty(self, unsure: User) -> None:
        unsure.key("Return")
        unsure.key("Ctrl+A")
        unsure.type("17/11/2026")
        unsure.key("Return")
        assert unsure.runner.page_key == PAGES["table"]
        assert written(unsure)["day"] == "2026-11-17"

    def test_a_date_that_was_right_before_is_not_kept_in_its_place(self, unsure: User) -> None:
        unsure.key("Ctrl+A")
        unsure.type("17/11/2026")
        unsure.key("Ctrl+S")
        unsure.type("x")
        unsure.key("Ctrl+S")
        assert "day" not in written(unsure)


def test_finishing_twice_is_finishing_once(writer: User) -> None:
    writer.type("Something")
    writer.runner.go_to(CHECK_PAGE)
    writer.settle()
    writer.key_without_waiting("Ctrl+Return")
    writer.key_without_waiting("Ctrl+Return")
    writer.settle()
    assert "Finished, and kept" in writer.message
    assert len(writer.records()) == 1


def test_reading_a_finished_record(writer: User) -> None:
    writer.write(LONG)
    writer.runner.go_to(CHECK_PAGE)
    writer.settle()
    writer.finish()
    assert writer.sees("Every kind of question with Person A")
    assert writer.sees("Diolch, Siân: <b>ŵ</b> & ŷ.")
    assert writer.sees("Private")
    writer.key("Escape")
    writer.screen(JournalScreen)


def test_tab_leaves_a_table_of_several_rows(writer: User) -> None:
    """A loop of Tab stops once held the keyboard for ever in a table that was opened again."""
    writer.runner.go_to(PAGES["table"])
    writer.settle()
    writer.type("Worker A")
    writer.press("Add another row")
    writer.type("Worker B")
    reopen(writer)
    add, close = writer.button("Add another row"), writer.button("Save and close")
    seen: list[QWidget] = []
    while close not in seen and len(seen) < 60:
        writer.key_without_waiting("Tab")
        seen.append(writer.focus)
    assert seen.index(add) < seen.index(close)


def test_tab_over_pages_that_come_and_go_never_ends_the_program(writer: User) -> None:
    """Looking at the items of a page's layout once did, within seconds."""
    writer.type("Something")
    for _ in range(15):
        for key in PAGES.values():
            writer.runner.go_to(key)
            writer.qtbot.wait(1)
            press_all_at_once(writer, "Tab", "Tab", "Tab")
    assert written(writer) == {"long": "Something"}


def press_all_at_once(user: User, *keys: str) -> None:
    for each in keys:
        user.key_without_waiting(each)
