"""Your tools: turning tools on and off, packs coming and going, and sharing tools."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.packs import (
    PACKS_FOLDER,
    import_pack,
    load_packs,
    read_pack,
    save_own_tool,
)
from retention_desktop.ui.journal.screen import JournalScreen
from retention_desktop.ui.packs.export import ExportScreen
from retention_desktop.ui.packs.screen import YourToolsScreen
from retention_desktop.ui.runner.screen import RunnerScreen
from retention_desktop.ui.toolkit.screen import ToolkitScreen
from retention_desktop.ui.widgets.buttons import ContentButton

from ..toolkit.pack_samples import ABOUT, everything_in, pack_files, tool_text, write_folder, zip_of
from .conftest import OpenWindow
from .user import User

TITLE = "Career conversation"
OURS = {"career-conversation", "peer-group", "leadership-reflection"}


@pytest.fixture(autouse=True)
def few(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Toolkit:
    """A program with few tools, which the window shows sooner."""
    few = Toolkit(tuple(tool for tool in toolkit.tools if tool.id in OURS))
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: few)
    return few


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return write_folder(pack_files("a-tool"), tmp_path / "sent")


@pytest.fixture
def chooser(user: User) -> User:
    """Somebody who wants to see their tools."""
    user.go("toolkit")
    user.press("Your tools")
    user.screen(YourToolsScreen)
    return user


def kept(user: User) -> Path:
    return user.folder.parent / PACKS_FOLDER


def offered(user: User) -> set[str]:
    user.go("toolkit")
    user.screen(ToolkitScreen)
    return {each.property("tool") for each in user.all(ContentButton) if each.property("tool")}


def import_folder(user: User, folder: Path) -> None:
    user.dialogs.answer = folder
    user.press("Import a folder…")


def test_a_tool_that_is_off_is_offered_nowhere_and_comes_back(
    chooser: User,
) -> None:
    chooser.press(TITLE)
    assert not chooser.choice(TITLE).isChecked()
    assert offered(chooser) == OURS - {"career-conversation"}
    chooser.press("Your tools")
    assert not chooser.choice(TITLE).isChecked()
    chooser.press(TITLE)
    assert offered(chooser) == OURS


def test_a_choice_holds_at_the_next_start(chooser: User, open_window: OpenWindow) -> None:
    chooser.press(TITLE)
    settings = json.loads((chooser.folder.parent / "settings.json").read_text())
    assert settings["turned_off"] == ["career-conversation"]
    chooser.window.close()
    chooser.settle()
    again = open_window(unlocked=True)
    assert "career-conversation" not in offered(again)


def test_tools_can_be_turned_off_by_keyboard_alone(user: User) -> None:
    user.go("toolkit")
    user.button("Your tools").setFocus()
    user.key("Return")
    for _ in range(60):
        user.key("Tab")
        if user.focus.accessibleName() == TITLE:
            break
    user.key("Space")
    assert not user.choice(TITLE).isChecked()
    assert user.focus is user.choice(TITLE)
    assert "career-conversation" not in offered(user)


def test_every_tool_off_leaves_a_window_that_works(
    open_window: OpenWindow, empty_vault: Path
) -> None:
    user = open_window(vault=empty_vault, unlocked=True, turned_off=sorted(OURS))
    assert offered(user) == set()
    user.go("journal")
    user.go("today")


def journal_offers(user: User, title: str) -> bool:
    """Whether the journal can be narrowed to a tool."""
    boxes = user.screen(JournalScreen).findChildren(QComboBox)
    return any(box.accessibleName() == "Tool" and box.findText(title) >= 0 for box in boxes)


def test_a_draft_of_a_tool_that_is_off_goes_on(user: User) -> None:
    user.go("toolkit")
    user.press(f"{TITLE}. ")
    user.press("Start")
    user.screen(RunnerScreen)
    user.key("Ctrl+Return")
    user.write("The joint visits.")
    user.go("toolkit")
    user.press("Your tools")
    user.press(TITLE)
    user.go("journal")
    assert journal_offers(user, TITLE)
    user.go("today")
    assert user.sees("Step 2 of")
    user.press("Continue: ")
    user.screen(RunnerScreen)


def test_a_folder_comes_in_at_once(chooser: User, sent: Path) -> None:
    assert chooser.sees("There are none yet.")
    import_folder(chooser, sent)
    assert "“Northshire tools” is here." in chooser.message
    assert chooser.sees("Northshire Council, version 1")
    assert chooser.sees("How we talk at Northshire.")
    assert chooser.sees("From Northshire tools")
    assert chooser.focus is chooser.button("Import a .zip…")
    assert "a-tool" in offered(chooser)


def test_a_zip_comes_in_too_and_is_there_at_the_next_start(
    chooser: User, tmp_path: Path, open_window: OpenWindow
) -> None:
    chooser.dialogs.answer = tmp_path / "sent.zip"
    chooser.dialogs.answer.write_bytes(zip_of(pack_files("a-tool")))
    chooser.press("Import a .zip…")
    assert "is here" in chooser.message
    chooser.window.close()
    chooser.settle()
    assert "a-tool" in offered(open_window(unlocked=True))


def test_a_packs_tool_can_be_used_to_its_end(chooser: User, sent: Path) -> None:
    import_folder(chooser, sent)
    chooser.go("toolkit")
    chooser.press("A tool. ")
    chooser.press("Start")
    chooser.write("It works.")
    chooser.go("today")
    assert chooser.sees("A tool")
    chooser.go("journal")
    assert journal_offers(chooser, "A tool")


def test_every_fault_is_listed_with_its_file_and_place(chooser: User, sent: Path) -> None:
    (sent / "pack.toml").write_text(ABOUT.replace("publisher", "publihser"))
    (sent / "tools" / "a-tool.toml").write_text(
        tool_text().replace('label = "What?"', 'label = "<b>x</b>"\ncolour = "red"')
    )
    before = everything_in(chooser.folder.parent)
    import_folder(chooser, sent)
    assert "This pack cannot be used yet" in chooser.message
    assert chooser.sees("pack.toml: unknown key “publihser”; did you mean “publisher”?")
    assert chooser.sees("pack.toml: missing key “publisher”")
    assert chooser.sees("tools/a-tool.toml: step 1, prompt 1: unknown key “colour”")
    assert everything_in(chooser.folder.parent) == before
    (sent / "pack.toml").write_text(ABOUT)
    (sent / "tools" / "a-tool.toml").write_text(tool_text())
    import_folder(chooser, sent)
    assert "is here" in chooser.message
    assert not chooser.sees("publihser")


def test_very_many_faults_are_counted(chooser: User, sent: Path) -> None:
    lines = "".join(f"extra-{number} = 1\n" for number in range(70))
    (sent / "pack.toml").write_text(lines + ABOUT)
    import_folder(chooser, sent)
    assert chooser.sees("There are 20 more.")


def test_a_hostile_archive_is_refused_in_a_sentence(chooser: User, tmp_path: Path) -> None:
    chooser.dialogs.answer = tmp_path / "sent.zip"
    chooser.dialogs.answer.write_bytes(zip_of({**pack_files(), "../../evil.toml": "x"}))
    chooser.press("Import a .zip…")
    assert chooser.sees("../../evil.toml: names a place outside the pack")
    assert not kept(chooser).exists()


def test_two_packs_with_one_tool_are_refused(chooser: User, sent: Path, tmp_path: Path) -> None:
    import_folder(chooser, sent)
    about = ABOUT.replace("northshire", "southshire").replace("Northshire", "Southshire")
    import_folder(chooser, write_folder(pack_files("a-tool", about=about), tmp_path / "second"))
    assert "“Northshire tools”" in chooser.message
    assert "“Southshire tools”" in chooser.message


def test_a_pack_goes_after_one_question(chooser: User, sent: Path) -> None:
    import_folder(chooser, sent)
    chooser.press("Remove Northshire tools")
    assert chooser.focus is chooser.button("Keep it")
    chooser.press("Keep it")
    assert len(load_packs(kept(chooser)).packs) == 1
    chooser.press("Remove Northshire tools")
    chooser.press("Remove the pack")
    assert "The pack is removed." in chooser.message
    assert chooser.sees("There are none yet.")
    assert load_packs(kept(chooser)).packs == ()
    assert "a-tool" not in offered(chooser)


def test_words_of_the_program_can_be_replaced_and_come_back(
    chooser: User, sent: Path, toolkit: Toolkit
) -> None:
    one = toolkit.tool("career-conversation")
    text = tool_text("career-conversation", "In our words").replace("growth", one.driver.value)
    (sent / "tools" / "career-conversation.toml").write_text(text)
    import_folder(chooser, sent)
    chooser.go("toolkit")
    assert chooser.has_button("In our words. 10 min · on your own")
    assert not chooser.sees(TITLE)
    chooser.press("Your tools")
    chooser.press("Remove Northshire tools")
    chooser.press("Remove the pack")
    chooser.go("toolkit")
    assert chooser.sees(TITLE)


def test_a_record_keeps_the_words_that_were_asked(reader: User, sent: Path) -> None:
    (record, *_) = (r for r in reader.records() if r.head.tool_id == "career-conversation")
    asked = record.answers[0].prompt.label
    text = tool_text("career-conversation", "In our words")
    (sent / "tools" / "career-conversation.toml").write_text(text)
    reader.go("toolkit")
    reader.press("Your tools")
    import_folder(reader, sent)
    reader.shell.open_record(record.head.id)
    reader.settle()
    assert reader.sees(asked)
    assert not reader.sees("What?")


def test_an_unreadable_pack_is_named_at_the_start_and_can_be_removed(
    open_window: OpenWindow, empty_vault: Path, data_dir: Path, sent: Path
) -> None:
    folder = data_dir / PACKS_FOLDER
    import_pack(sent, folder)
    (folder / "broken.zip").write_bytes(b"damaged")
    (folder / ".0123456789abcdef.new").write_bytes(b"half")
    user = open_window(vault=empty_vault, unlocked=True)
    assert "The tools of the pack “broken” are left out" in user.message
    assert "a-tool" in offered(user)
    assert {path.name for path in folder.iterdir()} == {"broken.zip", "northshire.zip"}
    user.press("Your tools")
    user.press("Remove broken")
    user.press("Remove the pack")
    assert {path.name for path in folder.iterdir()} == {"northshire.zip"}


def test_ones_own_tools_stand_with_the_packs(
    open_window: OpenWindow, empty_vault: Path, data_dir: Path, sent: Path
) -> None:
    save_own_tool(data_dir / PACKS_FOLDER, read_pack(sent).tools[0])
    user = open_window(vault=empty_vault, unlocked=True)
    user.go("toolkit")
    user.press("Your tools")
    assert user.sees("My tools")
    assert user.sees("Your own version")
    user.press("Remove My tools")
    assert user.sees("The tools that you made go for good.")


def test_somebody_who_leaves_meanwhile_has_the_tools(chooser: User, sent: Path) -> None:
    chooser.dialogs.answer = sent
    chooser.button("Import a folder…").click()
    chooser.shell.go_to("today")
    chooser.settle()
    assert "“Northshire tools” is here." in chooser.message
    assert "a-tool" in offered(chooser)


def test_nothing_happens_when_nothing_is_chosen(chooser: User) -> None:
    chooser.dialogs.cancels = True
    chooser.press("Import a folder…")
    chooser.press("Import a .zip…")
    assert chooser.message == ""
    assert chooser.button("Import a .zip…").isEnabled()


class TestSharing:
    @pytest.fixture
    def sharer(self, chooser: User) -> User:
        chooser.press("Share tools with others")
        chooser.screen(ExportScreen)
        return chooser

    def fill(self, user: User) -> None:
        user.type("Our tools", into="Name of the pack")
        user.type("Northshire Council", into="Who it comes from")
        user.type("What we use.", into="What it is for")

    def test_tools_are_saved_as_a_pack(self, sharer: User, tmp_path: Path) -> None:
        self.fill(sharer)
        sharer.press(TITLE)
        sharer.dialogs.answer = tmp_path / "out.zip"
        sharer.press("Save the pack…")
        assert "Saved as out.zip." in sharer.message
        assert sharer.dialogs.proposed == "pack-northshire-council-our-tools.zip"
        pack = read_pack(tmp_path / "out.zip")
        assert (pack.about.title, pack.about.version) == ("Our tools", 1)
        assert pack.about.publisher == "Northshire Council"
        assert [tool.id for tool in pack.tools] == ["career-conversation"]

    def test_what_is_missing_is_said_where_it_is_missing(self, sharer: User) -> None:
        sharer.press("Save the pack…")
        for name in ("Name of the pack", "Who it comes from"):
            assert sharer.error(name) == "Write something here first."
        assert sharer.focus is sharer.edit("Name of the pack")
        self.fill(sharer)
        assert sharer.error("Name of the pack") == ""
        sharer.press("Save the pack…")
        assert "Tick at least one tool first." in sharer.message

    def test_a_file_that_cannot_be_written_is_said(self, sharer: User, tmp_path: Path) -> None:
        self.fill(sharer)
        sharer.press(TITLE)
        sharer.dialogs.answer = tmp_path / "nowhere" / "out.zip"
        sharer.press("Save the pack…")
        assert "could not be saved" in sharer.message
        assert sharer.button("Save the pack…").isEnabled()

    def test_escape_is_the_way_back(self, sharer: User) -> None:
        self.fill(sharer)
        sharer.key("Escape")
        sharer.screen(YourToolsScreen)
        sharer.key("Escape")
        sharer.screen(ToolkitScreen)

    def test_the_way_back(self, sharer: User) -> None:
        sharer.press("Back to your tools")
        sharer.screen(YourToolsScreen)
        sharer.press("Back to the toolkit")
        sharer.screen(ToolkitScreen)
