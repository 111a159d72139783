"""A career conversation in the room: two people, one screen, and a record that both agreed."""

from datetime import date
from pathlib import Path

from retention_desktop.models.enums import Audience, RecordState
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE
from retention_desktop.ui.journal.record_page import RecordPage
from tests.ui.conftest import OpenWindow
from tests.ui.samples import answers_in

PROUD = "The visit in October."
DOUBT = "Whether I may say that I am tired."
ENERGY = "Teaching the students."


def test_a_career_conversation_together(open_window: OpenWindow, empty_vault: Path) -> None:
    user = open_window(vault=empty_vault, unlocked=True)
    user.go("toolkit")
    user.press("Career conversation")
    user.type("Person A", into="Who is it with?")
    user.press("Start")
    user.qtbot.waitUntil(lambda: user.sees("Step 1 of "))

    # Before the other person comes in: a thought that stays private.
    while user.runner.page_key != "in-the-way/obstacles":
        user.key("Ctrl+Return")
    user.type(DOUBT)
    user.choose_from_menu("Change who this is for", "Private")
    user.press("Set the tone")

    # In the room. The clicker opens each page; who writes clicks into the text first.
    user.key("F8")
    assert user.sees("Private questions are hidden.")
    user.key("PageDown")
    assert user.runner.page_key == "start-with-what-goes-well/going-well"
    user.key("Tab")
    user.type(PROUD)
    while user.runner.page_key != "talk-it-through/energy":
        user.key("PageDown")
    user.key("Tab")
    user.type(ENERGY)

    # Somebody knocks: the screen is covered, and nothing of the talk can be seen.
    user.key("F9")
    assert not user.sees("What gives me energy?")
    user.key("B")
    assert user.editor.value == ENERGY

    # What they agree, and when they meet again. The private thought is passed over.
    while user.runner.page_key != "agree-two-things/development-action":
        user.key("PageDown")
    user.type("Shadow a meeting", into="What was agreed")
    user.type("Person A", into="Who will do it")
    visited = []
    while user.runner.page_key != REVIEW_PAGE:
        user.key("PageDown")
        visited.append(user.runner.page_key)
    assert "in-the-way/obstacles" not in visited
    assert user.sees("Shadow a meeting")
    user.press("In four weeks, on 20 December 2026")
    user.key("PageDown")
    assert user.runner.page_key == CHECK_PAGE

    # Both read it, and both tick.
    assert user.sees(PROUD)
    assert not user.sees(DOUBT)
    user.press("Finish")
    user.press("Me: I have read this and agree")
    user.press("Person A: I have read this and agree")
    user.press("Finish: we agree")
    assert user.sees("Finished, and kept in the journal")
    assert not user.sees(PROUD)

    # Alone again, the whole record is there, the private thought too.
    user.press("Leave Together")
    user.screen(RecordPage)
    assert user.sees(DOUBT)
    (record,) = user.records()
    assert record.head.state is RecordState.FINISHED
    assert record.agreed is not None
    assert record.head.review_on == date(2026, 12, 20)
    assert answers_in(record) == {
        "going-well": PROUD,
        "energy": ENERGY,
        "development-action": [{"text": "Shadow a meeting", "owner": "Person A"}],
        "obstacles": DOUBT,
    }
    private = [each.prompt.id for each in record.answers if each.audience is Audience.PRIVATE]
    assert private == ["obstacles"]
