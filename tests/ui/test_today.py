"""Today: what is waiting, and what to start with."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from retention_desktop.journal.records import save_answer, save_place, start_record
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.today.screen import TodayScreen, _greeting
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.vault import open_vault

from .conftest import OpenWindow
from .conversation import only
from .user import CHEAP, NOW, PASSPHRASE, User

WriteDraft = Callable[..., int]


@pytest.fixture
def write_draft(toolkit: Toolkit) -> WriteDraft:
    """Puts a draft with one answer into a closed vault."""

    def write(folder: Path, tool_id: str, *, ago: timedelta, person: str | None = None) -> int:
        tool = toolkit.tool(tool_id)
        step = next(step for step in tool.steps if step.prompts)
        now = NOW - ago
        with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            (record_id,) = start_record(vault, tool, now=now, person=person).records
            save_answer(vault, record_id, step, step.prompts[0], "The rota.", now=now)
            save_place(vault, record_id, f"{step.id}/{step.prompts[0].id}")
        return record_id

    return write


def test_a_draft_on_a_branch_says_which_question_it_is_at(
    open_window: OpenWindow, empty_vault: Path, toolkit: Toolkit
) -> None:
    user = open_window(vault=empty_vault)
    tool = toolkit.tool("private-reflection")
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (draft,) = start_record(vault, tool, now=NOW).records
        answer = "Driscoll: three questions"
        save_answer(vault, draft, tool.steps[0], tool.steps[0].prompts[0], answer, now=NOW)
        save_place(vault, draft, "driscoll/driscoll-what")
    user.unlock()
    assert user.sees("What?")
    assert not user.sees("Step 1 of")
    assert not user.sees("Which questions would you like?")


def test_an_empty_journal_shows_the_way_in(user: User) -> None:
    assert user.sees("Good afternoon")
    assert user.sees("Sunday 22 November 2026. Nothing is waiting for you.")
    user.press("Look at the tools")
    user.screen(ToolkitScreen)


def test_drafts_continue_where_they_were_left(
    open_window: OpenWindow, empty_vault: Path, write_draft: WriteDraft
) -> None:
    user = open_window(vault=empty_vault)
    write_draft(user.folder, "peer-group", ago=timedelta(days=1))
    latest = write_draft(
        user.folder, "career-conversation", ago=timedelta(hours=2), person="Person A"
    )
    user.unlock()
    assert user.sees("Two drafts are waiting for you")
    assert user.sees("Saved today, 12:02")
    assert user.sees("yesterday, 14:02")
    user.press("Continue: Career conversation with Person A")
    runner = user.screen(RunnerScreen)
    assert runner.record_id == latest
    assert runner.page_key == "start-with-what-goes-well/going-well"


def test_an_older_draft_can_be_opened_too(
    open_window: OpenWindow, empty_vault: Path, write_draft: WriteDraft
) -> None:
    user = open_window(vault=empty_vault)
    older = write_draft(user.folder, "peer-group", ago=timedelta(days=9))
    write_draft(user.folder, "boundaries-agreement", ago=timedelta(days=1))
    user.unlock()
    assert user.sees("13 November 2026")
    user.press("Continue: A peer group")
    assert user.screen(RunnerScreen).record_id == older


def test_drafts_of_one_tool_are_told_apart_by_their_first_words_and_their_day(
    open_window: OpenWindow, empty_vault: Path, toolkit: Toolkit
) -> None:
    user = open_window(vault=empty_vault)
    tool = toolkit.tool("quick-note")
    step = tool.steps[0]
    written = {3: "Ask about the keys", 2: "The night team " * 12, 1: "x" * 150}
    with closing(open_vault(user.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        for days, text in written.items():
            at = NOW - timedelta(days=days)
            (draft,) = start_record(vault, tool, now=at).records
            save_answer(vault, draft, step, step.prompts[0], text, now=at)
    user.unlock()
    assert user.sees("Ask about the keys")
    assert user.sees("19 November 2026")
    long_one = next(text for text in user.texts() if text.startswith("The night team"))
    assert long_one.endswith("team…")
    assert len(long_one) <= 90
    assert not user.sees("x" * 91)
    user.press("Continue: Quick note. Ask about the keys. 19 November 2026")
    assert user.runner.record_id == 1


def test_every_draft_is_counted_though_only_the_newest_are_shown(
    open_window: OpenWindow, empty_vault: Path, write_draft: WriteDraft
) -> None:
    user = open_window(vault=empty_vault)
    for days in range(1, 8):
        write_draft(user.folder, "peer-group", ago=timedelta(days=days))
    user.unlock()
    assert user.sees("7 drafts are waiting for you")
    user.press("All drafts are in the journal")
    assert len(user.screen(JournalScreen).heads()) == 7


def test_a_draft_whose_tool_is_gone_can_be_read(
    open_window: OpenWindow,
    empty_vault: Path,
    write_draft: WriteDraft,
    monkeypatch: pytest.MonkeyPatch,
    toolkit: Toolkit,
) -> None:
    rest = Toolkit(tuple(tool for tool in toolkit.tools if tool.id != "peer-group"))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: rest)
    user = open_window(vault=empty_vault)
    write_draft(user.folder, "peer-group", ago=timedelta(days=1))
    user.unlock()
    user.press("Continue: A peer group")
    assert "no longer in the toolkit" in user.message
    assert user.sees("The rota.")


def test_a_draft_whose_words_no_longer_fit_its_tool_is_never_dropped(
    open_window: OpenWindow,
    empty_vault: Path,
    write_draft: WriteDraft,
    monkeypatch: pytest.MonkeyPatch,
    toolkit: Toolkit,
) -> None:
    """A newer version may have taken the prompt away; the draft then looks blank, and is not."""
    tool = toolkit.tool("peer-group")
    newer = structs.replace(tool, version=2, steps=tool.steps[1:])
    changed = Toolkit(tuple(newer if each is tool else each for each in toolkit.tools))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: changed)
    user = open_window(vault=empty_vault)
    record_id = write_draft(user.folder, "peer-group", ago=timedelta(days=1))
    user.unlock()
    user.press("Continue: A peer group")
    user.screen(RunnerScreen)
    user.go("journal")
    (record,) = user.records()
    assert record.head.id == record_id
    assert [each.value for each in record.answers if each.value] == ["The rota."]


def test_a_suggestion_opens_its_tool(user: User, toolkit: Toolkit) -> None:
    suggested = [each.property("tool") for each in user.all(ContentButton) if each.property("tool")]
    assert len(suggested) == 3
    tool = toolkit.tool(suggested[1])
    user.press(tool.title)
    user.screen(ToolPage)
    assert user.sees(tool.purpose)


def test_suggestions_fit_into_a_few_minutes(user: User, toolkit: Toolkit) -> None:
    tools = [
        toolkit.tool(each.property("tool"))
        for each in user.all(ContentButton)
        if each.property("tool")
    ]
    assert all(tool.minutes <= 15 for tool in tools)
    assert len({tool.driver for tool in tools}) == 3


def test_today_looks_again_when_something_changed(user: User, toolkit: Toolkit) -> None:
    assert user.sees("Nothing is waiting for you")
    today = user.screen(TodayScreen)
    session = today._session
    tool = toolkit.tool("peer-group")
    session.tell(
        session,
        lambda vault: start_record(vault, tool, now=NOW),
        done=lambda _changes: None,
        failed=lambda error: pytest.fail(str(error)),
    )
    user.settle()
    assert user.sees("One draft is waiting for you")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "evening"), (4, "evening"), (5, "morning"), (11, "morning"),
        (12, "afternoon"), (17, "afternoon"), (18, "evening"), (23, "evening"),
    ],
)  # fmt: skip
def test_the_greeting_fits_the_hour(hour: int, words: str) -> None:
    assert words in _greeting(datetime(2026, 11, 22, hour, tzinfo=UTC).hour)


class TestQuickTools:
    """What is offered with one click is begun at once."""

    @pytest.fixture
    def quick(self, toolkit: Toolkit) -> list[Tool]:
        return [tool for tool in toolkit.tools if tool.quick]

    def test_one_click_and_one_can_write(self, user: User, quick: list[Tool]) -> None:
        user.press(quick[0].title)
        user.screen(RunnerScreen)
        user.type("The rota.")
        user.key("Escape")
        (record,) = user.records()
        assert record.head.tool_id == quick[0].id
        assert record.head.preview == "The rota."

    def test_one_key_does_it_from_anywhere(self, user: User, quick: list[Tool]) -> None:
        for place in ("today", "journal"):
            user.go(place)
            user.key("Ctrl+N")
            user.screen(RunnerScreen)
            user.type(place)
        user.key("Ctrl+N")  # what was being written is kept
        user.key("Escape")
        assert [record.head.preview for record in user.records()] == ["journal", "today"]
        assert {record.head.tool_id for record in user.records()} == {quick[0].id}

    def test_every_quick_tool_has_its_button(
        self,
        open_window: OpenWindow,
        empty_vault: Path,
        monkeypatch: pytest.MonkeyPatch,
        toolkit: Toolkit,
    ) -> None:
        chosen = [structs.replace(tool, quick=True) for tool in toolkit.tools[:2]]
        only(monkeypatch, *chosen)
        user = open_window(vault=empty_vault, unlocked=True)
        user.press(chosen[1].title)
        user.screen(RunnerScreen)
        assert user.runner._draft.tool == chosen[1]

    def test_without_one_there_is_no_button_and_the_key_does_nothing(
        self, any_kind_user: User
    ) -> None:
        any_kind_user.key("Ctrl+N")
        any_kind_user.screen(TodayScreen)
        assert any_kind_user.records() == []
