"""Editing a tool in the window: as typed, with a preview and undo, kept, used, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from retention_desktop.models.enums import PromptKind
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.drafts import load_draft
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import OWN_PACK, PACKS_FOLDER, load_packs
from retention_desktop.ui.editor.begin import BeginPage
from retention_desktop.ui.editor.outline import Outline
from retention_desktop.ui.editor.preview import Preview
from retention_desktop.ui.editor.screen import EditorScreen
from retention_desktop.ui.editor.wording import kind_names
from retention_desktop.ui.help.sections import editing_shortcuts
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.packs.screen import YourToolsScreen
from retention_desktop.ui.runner.editors import Editor
from retention_desktop.ui.toolkit.tool_page import ToolPage
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import ContentButton
from retention_desktop.ui.widgets.controls import Choice

from .conftest import OpenWindow
from .samples import every_kind
from .test_all_screens import (
    assert_nowhere,
    cut_off,
    longer_language,  # noqa: F401 - a fixture
    out_of_reach,
    without_a_name,
)
from .user import User

TOOL = every_kind()


@pytest.fixture
def small_toolkit(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Toolkit((TOOL,))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)


@pytest.fixture
def author(any_kind_user: User) -> User:
    """Somebody who is about to change the words of a tool."""
    begin(any_kind_user)
    return any_kind_user


def begin(user: User, how: str = "Change the words of this tool", tool: Tool = TOOL) -> None:
    user.go("toolkit")
    user.press("Your tools")
    user.press(f"Make my own version: {tool.title}")
    user.screen(BeginPage)
    user.press(how)
    user.screen(EditorScreen)


def rewrite(user: User, name: str, text: str) -> None:
    """Put other words into a field, with the keyboard."""
    user.edit(name).setFocus()
    user.key("Ctrl+A")
    user.write(text)
    refreshed(user)


def refreshed(user: User) -> None:
    """Wait until what follows from the words is shown."""
    user.settle()
    user.qtbot.wait(250)
    user.settle()


def choose(user: User, part: str) -> None:
    """Choose a part in the outline."""
    row = next(
        each
        for each in user.all(ContentButton, user.all(Outline)[0])
        if each.accessibleName() == part
    )
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    user.settle()


def outline(user: User) -> list[str]:
    return [each.accessibleName() for each in user.all(ContentButton, user.all(Outline)[0])]


def preview(user: User) -> str:
    """All that the preview says, in one line."""
    (shown,) = user.all(Preview)
    choices = [each.text() for each in user.all(Choice, shown)]
    return " | ".join([*user.texts(shown), *choices])


def use(user: User) -> None:
    user.press("Use this version")
    user.qtbot.waitUntil(lambda: isinstance(user.shell.screen_shown, ToolPage))
    user.settle()


def own_tools(user: User) -> dict[str, Tool]:
    packs = load_packs(user.folder.parent / PACKS_FOLDER).packs
    return {tool.id: tool for pack in packs if pack.about.id == OWN_PACK for tool in pack.tools}


def drafts(user: User) -> list[str]:
    folder = user.folder.parent / "tool-drafts"
    return sorted(path.stem for path in folder.iterdir()) if folder.is_dir() else []


def kept_title(user: User) -> str:
    """The title in the draft on the disk."""
    draft = load_draft(user.folder.parent / "tool-drafts", TOOL.id)
    return draft.title if draft else ""


# Changing, seeing, undoing, using


def test_a_question_that_is_added_is_seen_at_once_and_asked_once_it_is_used(author: User) -> None:
    rewrite(author, "Title", "Our own questions")
    assert "Our own questions" in preview(author)
    assert outline(author)[0] == "Our own questions"
    choose(author, "What happened?")
    author.key("Ctrl+Return")
    author.write("What helped most?")
    author.choose("How it is answered", kind_names()[PromptKind.SINGLE_CHOICE])
    rewrite(author, "Choices", "Time\nA colleague")
    assert "What helped most?" in preview(author)
    assert "Time | A colleague" in preview(author)
    use(author)
    assert author.sees("Our own questions")
    assert "Your version is in use" in author.message
    made = own_tools(author)[TOOL.id]
    assert made.version == 2
    assert made.steps[0].prompts[1].id == "what-helped-most"
    assert [each.id for each in made.prompts if each.id != "what-helped-most"] == [
        each.id for each in TOOL.prompts
    ]
    assert drafts(author) == []

    author.start(made)
    author.runner.go_to("begin/what-helped-most")
    author.settle()
    assert author.sees("What helped most?")
    author.answer("A colleague")
    author.runner.flush(lambda _kept: None)
    author.settle()
    assert author.records()[0].answers[0].value == "A colleague"


def test_undo_and_redo_are_a_key_even_inside_a_text(author: User) -> None:
    author.type(" and answer", into="Title")
    author.type(" Really.", into="What it is for")
    assert author.edit("What it is for").toPlainText().endswith(" Really.")  # type: ignore[attr-defined]
    author.key("Ctrl+Z")
    assert author.focus.accessibleName() == "What it is for"
    assert author.focus.toPlainText() == TOOL.purpose  # type: ignore[attr-defined]
    assert outline(author)[0] == f"{TOOL.title} and answer"
    author.key("Ctrl+Z")
    assert outline(author)[0] == TOOL.title
    assert not author.button("Undo").isEnabled()
    author.key("Ctrl+Shift+Z")
    author.key("Ctrl+Shift+Z")
    assert author.edit("Title").text() == f"{TOOL.title} and answer"  # type: ignore[attr-defined]
    assert not author.button("Redo").isEnabled()


def test_undo_brings_a_removed_step_back_and_leads_to_it(author: User) -> None:
    before = outline(author)
    choose(author, "3. Go on")
    author.key("Delete")
    assert len(outline(author)) < len(before)
    assert "Undo brings it back" in author.message
    author.press("Undo")
    assert outline(author) == before
    assert author.sees("Step 3 of 3")


def test_the_caret_stays_where_it_was_when_something_is_undone(author: User) -> None:
    author.type("xyz", into="Title")
    author.settle()
    author.key("Home")
    author.key("Right")
    author.key("Ctrl+Z")
    author.type("!")
    assert author.edit("Title").text() == f"{TOOL.title[0]}!{TOOL.title[1:]}"  # type: ignore[attr-defined]


def test_parts_are_moved_copied_and_chosen_with_keys(author: User) -> None:
    choose(author, "In short?")
    author.key("Alt+Shift+Up")
    assert outline(author)[2:4] == ["In short?", "What happened?"]
    author.key("Alt+Shift+Down")
    author.key("Ctrl+D")
    assert outline(author)[2:5] == ["What happened?", "In short?", "In short?"]
    author.key("Up")
    author.key("Up")
    author.key("Up")
    assert author.focus.accessibleName() == "1. Begin"
    assert author.sees("Step 1 of 3")


def test_everything_about_a_tool_a_step_and_a_question_can_be_set(author: User) -> None:
    author.choose("How many sit down", "A team")
    author.press("Managers")
    author.choose("When to look again", "After so many days")
    rewrite(author, "Days until then", "21")
    rewrite(author, "Minutes it takes", "30")
    choose(author, "Which of these?")
    author.press("People can add their own")
    assert "Add your own" in author.all(Preview)[0].findChildren(QLineEdit)[0].placeholderText()
    choose(author, "2. Pause")
    rewrite(author, "To read aloud", "Breathe in.\n\nBreathe out.")
    rewrite(author, "Minutes for this step", "5")
    assert "Breathe out." in preview(author)
    choose(author, "What happened?")
    author.choose("Who the answer is for", "Shared")
    author.press("It begins with what was written the last time")
    rewrite(author, "About how many words are plenty", "40")
    assert "About 40 words are plenty." in preview(author)
    use(author)
    made = own_tools(author)[TOOL.id]
    assert (made.setting, made.minutes) == ("team", 30)
    assert made.roles == ("practitioner", "manager")
    assert made.follow_up.days == 21  # type: ignore[union-attr]
    assert made.steps[1].script == ("Breathe in.", "Breathe out.")
    assert made.steps[1].minutes == 5
    assert made.steps[0].prompts[3].own_list == "every-kind-several"
    prompt = made.steps[0].prompts[0]
    assert (prompt.audience, prompt.carries, prompt.words) == ("shared", True, 40)


def test_the_columns_of_a_table_are_changed_in_place(author: User) -> None:
    choose(author, "Who does what?")
    author.press("Remove column 4")
    author.press("Add a column")
    assert author.focus.accessibleName() == "Name of the column"
    author.write("Where")
    author.press("Move column 4 up")
    assert author.focus.toPlainText() == "Where"  # type: ignore[attr-defined]
    refreshed(author)
    assert preview(author).index("Where") < preview(author).index("Load")
    author.press("Undo")
    author.press("Copy column 1")
    use(author)
    columns = next(
        each for each in own_tools(author)[TOOL.id].prompts if each.id == "table"
    ).columns
    assert [each.label for each in columns] == ["Who", "Who", "Kind", "Load", "Where"]
    assert [each.id for each in columns] == ["who", "who-2", "kind", "load", "where"]


def test_the_levels_of_all_columns_are_changed_at_once(author: User) -> None:
    choose(author, "How heavy is each?")
    rewrite(author, "Levels, rising", "Light\nFair\nHeavy")
    use(author)
    levels = next(each for each in own_tools(author)[TOOL.id].prompts if each.id == "levels")
    assert {each.options for each in levels.columns[1:]} == {("Light", "Fair", "Heavy")}


def test_each_way_to_answer_is_previewed_as_it_will_be(author: User) -> None:
    choose(author, "Which of these?")  # has choices, which are kept where they fit
    (shown,) = author.all(Preview)
    for kind, name in kind_names().items():
        if kind is PromptKind.MATCHED:
            continue  # what it offers can be written in a file alone
        author.choose("How it is answered", name)
        if "Choices" in author.texts():
            rewrite(author, "Choices", "One\nBoth\nOther")
        assert author.all(Editor, shown)[0].prompt.kind is kind
        assert without_a_name(author) == []


def test_what_may_help_is_previewed_as_if_all_was_noticed(author: User) -> None:
    choose(author, "What may help?")
    assert "Keep an hour free" in preview(author)


def test_a_step_is_previewed_as_the_page_on_which_it_begins(author: User) -> None:
    choose(author, "1. Begin")
    assert "What happened? | 1. Begin | Take a minute first." in preview(author)
    choose(author, "2. Pause")
    assert "Breathe. There is nothing to write." in preview(author)
    author.press("The date to look again is chosen in this step")
    assert "When will you look again?" in preview(author)
    assert "Look again in three months." in preview(author)


# Faults


def test_faults_are_said_beside_the_field_and_one_leads_to_the_next(author: User) -> None:
    rewrite(author, "Title", "")
    assert author.error("Title") == "Write a title."
    assert author.sees("One thing is left to mend.")
    author.key("Ctrl+Shift+Return")
    author.settle()
    assert author.sees("3 things are left to mend.")
    author.press("Use this version")
    assert author.focus.accessibleName() == "Title"
    assert "Mend what is marked first" in author.message
    assert own_tools(author) == {}
    author.press("Go to the next one")
    assert author.focus.accessibleName() == "Title of the step"
    author.press("Go to the next one")
    assert author.focus.accessibleName() == "What to do"
    author.press("Go to the next one")
    assert author.focus.accessibleName() == "Title"
    author.type("Mended")
    refreshed(author)
    assert author.error("Title") == ""
    assert author.sees("2 things are left to mend.")


def test_what_a_removal_breaks_is_named_in_its_place_and_can_be_taken_away(author: User) -> None:
    choose(author, "When was it?")
    author.press("Remove this")
    assert author.sees("One thing is left to mend.")
    author.press("Go to the next one")
    assert author.sees("This builds on the question “When was it?”, which is gone.")
    author.press("Take this connection away")
    assert not author.sees("left to mend")
    use(author)


# Keeping


def test_what_is_typed_is_kept_within_a_second_and_comes_back(author: User) -> None:
    author.type(" of ours", into="Title")
    author.key("Ctrl+Shift+Return")
    author.qtbot.waitUntil(lambda: drafts(author) == [TOOL.id], timeout=1500)
    author.qtbot.waitUntil(lambda: author.sees("Saved 14:02"))
    author.key("Escape")
    author.screen(YourToolsScreen)
    begin(author)
    assert author.edit("Title").text() == f"{TOOL.title} of ours"  # type: ignore[attr-defined]
    assert "A step without a title" in " ".join(outline(author))
    assert author.sees("2 things are left to mend.")
    assert own_tools(author) == {}


def test_leaving_by_the_rail_and_locking_keep_what_was_typed_a_moment_before(
    author: User, open_window: OpenWindow, small_toolkit: None
) -> None:
    author.type(" one", into="Title")
    author.go("today")
    assert drafts(author) == [TOOL.id]
    begin(author)
    author.type(" two", into="Title")
    with author.qtbot.waitSignal(author.window.locked):
        author.key_without_waiting("Ctrl+L")
    other = open_window(unlocked=True)
    begin(other)
    assert other.edit("Title").text() == f"{TOOL.title} one two"  # type: ignore[attr-defined]


def test_changes_are_thrown_away_after_asking_once_more(author: User) -> None:
    author.type(" of ours", into="Title")
    author.choose_from_menu("More", "Throw away my changes")
    assert author.focus.text() == "Keep everything"  # type: ignore[attr-defined]
    author.key("Escape")
    author.screen(EditorScreen)
    author.choose_from_menu("More", "Throw away my changes")
    author.press("Throw them away")
    author.screen(YourToolsScreen)
    assert drafts(author) == []
    begin(author)
    assert author.edit("Title").text() == TOOL.title  # type: ignore[attr-defined]


def test_what_is_typed_while_a_draft_is_being_kept_is_kept_too(author: User) -> None:
    author.type("1", into="Title")
    author.key("Ctrl+S")
    for letter in "2345":
        author.key_without_waiting("Ctrl+S")
        author.type(letter)
    author.qtbot.waitUntil(lambda: kept_title(author) == f"{TOOL.title}12345", timeout=2000)


def test_undoing_everything_leaves_no_draft(author: User) -> None:
    author.type("x", into="Title")
    author.qtbot.waitUntil(lambda: drafts(author) == [TOOL.id])
    author.key("Ctrl+Z")
    author.qtbot.waitUntil(lambda: drafts(author) == [])


def test_what_cannot_be_kept_is_said_and_nobody_is_sent_away(author: User, data_dir: Path) -> None:
    in_the_way = data_dir / "tool-drafts"
    in_the_way.write_text("a file")
    author.type(" of ours", into="Title")
    author.key("Escape")
    author.screen(EditorScreen)
    assert "Your words are still here" in author.message
    assert author.sees("Not saved yet")
    in_the_way.unlink()
    author.key("Escape")
    author.screen(YourToolsScreen)
    assert drafts(author) == [TOOL.id]


def test_a_damaged_draft_is_named_and_the_tool_can_be_edited_from_where_it_was(
    any_kind_user: User, data_dir: Path
) -> None:
    (data_dir / "tool-drafts").mkdir()
    (data_dir / "tool-drafts" / f"{TOOL.id}.toml").write_text("title =")
    begin(any_kind_user)
    assert "could not be read" in any_kind_user.message
    assert any_kind_user.edit("Title").text() == TOOL.title  # type: ignore[attr-defined]


# Whose tool it is


def test_an_old_record_keeps_the_words_that_were_asked(any_kind_user: User) -> None:
    user = any_kind_user
    user.start(TOOL)
    user.answer("It rained.")
    user.key("Ctrl+Return")
    record_id = user.records()[0].head.id
    begin(user)
    choose(user, "What happened?")
    rewrite(user, "The question", "What was it like?")
    use(user)
    user.shell.open_record(record_id)
    user.settle()
    user.runner.go_to("begin/long")
    user.settle()
    assert user.sees("What was it like?")  # a draft goes on with the new words
    user.runner.go_to("/check")
    user.settle()
    user.finish()
    begin(user)
    choose(user, "What was it like?")
    rewrite(user, "The question", "Anything else?")
    use(user)
    user.shell.open_record(record_id)
    user.settle()
    user.screen(RecordPage)
    assert user.sees("It rained.")
    assert not user.sees("Anything else?")


def test_the_original_comes_back_when_ones_own_version_is_given_up(author: User) -> None:
    rewrite(author, "Title", "Ours")
    use(author)
    author.go("toolkit")
    author.press("Your tools")
    assert author.sees("Your own version")
    author.press("Make my own version: Ours")
    author.press("Change the words of this tool")
    author.choose_from_menu("More", "Go back to the original")
    author.press("Go back to the original")
    author.qtbot.waitUntil(lambda: isinstance(author.shell.screen_shown, ToolPage))
    assert author.sees(TOOL.title)
    assert "The original is back" in author.message
    assert own_tools(author) == {}


def test_a_version_counts_on_from_the_one_before(author: User) -> None:
    for number in (2, 3):
        rewrite(author, "Title", f"Version {number}")
        use(author)
        assert own_tools(author)[TOOL.id].version == number
        begin(author, tool=own_tools(author)[TOOL.id])


def test_a_new_tool_from_another_stands_beside_it(any_kind_user: User) -> None:
    user = any_kind_user
    begin(user, "Make a new tool from it")
    assert user.edit("Title").text() == f"Copy of {TOOL.title}"  # type: ignore[attr-defined]
    rewrite(user, "Title", "Ours alone")
    use(user)
    assert user.sees("Ours alone")
    assert own_tools(user)["ours-alone"].version == 1
    assert [each.id for each in own_tools(user)["ours-alone"].prompts] == [
        each.id for each in TOOL.prompts
    ]
    user.go("toolkit")
    assert user.has_button(f"{TOOL.title}. 10 min · alone or two")
    assert user.has_button("Ours alone. 10 min · alone or two")
    begin(user, tool=own_tools(user)["ours-alone"])
    user.choose_from_menu("More", "Remove this tool")
    user.press("Remove this tool")
    user.screen(YourToolsScreen)
    assert own_tools(user) == {}


def test_a_tool_is_made_from_nothing_by_following_what_is_missing(any_kind_user: User) -> None:
    user = any_kind_user
    user.go("toolkit")
    user.press("Your tools")
    user.press("Make a new tool")
    user.press("Start from nothing")
    words = iter(f"Words {number}" for number in range(20))
    while user.has_button("Go to the next one"):
        user.press("Go to the next one")
        user.write(next(words))
        refreshed(user)
    use(user)
    (made,) = own_tools(user).values()
    assert made.id == made.title.lower().replace(" ", "-")
    user.start(made)
    assert user.sees(made.prompts[0].label)


def test_a_new_tool_that_is_not_finished_is_found_again(any_kind_user: User) -> None:
    user = any_kind_user
    begin(user, "Start from nothing")
    user.type("Half a tool", into="Title")
    user.key("Escape")
    user.press("Make a new tool")
    user.press("Go on with “Half a tool”")
    assert user.edit("Title").text() == "Half a tool"  # type: ignore[attr-defined]
    user.choose_from_menu("More", "Throw away my changes")
    user.press("Throw them away")
    user.press("Make a new tool")
    assert not user.has_button("Go on with “Half a tool”")


# The window


@pytest.fixture
def narrow(
    open_window: OpenWindow, empty_vault: Path, small_toolkit: None, request: pytest.FixtureRequest
) -> User:
    """A window with little room; `param` is the size of the text."""
    percent = getattr(request, "param", 100)
    user = open_window(vault=empty_vault, unlocked=True, text_percent=percent, scheme="light")
    user.window.setMinimumSize(0, 0)
    user.window.resize(1024, 640)
    return user


def visit(user: User) -> Iterator[str]:
    """Go through the ways to begin, some parts and all panes."""
    user.go("toolkit")
    user.press("Your tools")
    yield "your tools"
    user.press(f"Make my own version: {TOOL.title}")
    yield "begin"
    user.press("Change the words of this tool")
    screen = user.screen(EditorScreen)
    yield "tool"
    user.key("Ctrl+Shift+Return")
    refreshed(user)
    yield "new step, with faults"
    for part in (1, 2, 9, 16):
        rows = screen.findChildren(ContentButton)
        rows[part].click()
        refreshed(user)
        yield f"part {part}"
        for pane in ("Outline", "Preview", "Words"):
            if user.has_button(pane):
                user.press(pane)
                yield f"part {part}, {pane}"
    user.choose_from_menu("More", _("Throw away my changes"))
    yield "asked once more"


def cut_off_or_nameless(user: User) -> list[str]:
    return [*cut_off(user), *without_a_name(user)]


@pytest.mark.parametrize("narrow", [100, 200], indirect=True)
def test_nothing_is_cut_off_or_without_a_name(narrow: User) -> None:
    assert_nowhere(cut_off_or_nameless, narrow, visit(narrow))
    assert narrow.window.height() == 640


@pytest.mark.usefixtures("longer_language")
def test_nothing_is_cut_off_in_a_longer_language(narrow: User) -> None:
    assert_nowhere(cut_off, narrow, visit(narrow))


def test_the_help_lists_every_key_of_the_editor(author: User) -> None:
    screen = author.screen(EditorScreen)
    working = {
        each.key().toString().replace("Return", "Enter") for each in screen.findChildren(QShortcut)
    }
    listed = {key for keys, _meaning in editing_shortcuts() for key in keys.split(", ")}
    assert working - {"Esc"} == listed - {"Delete"}


def test_tab_comes_to_everything(author: User) -> None:
    choose(author, "Who does what?")
    assert out_of_reach(author) == []
