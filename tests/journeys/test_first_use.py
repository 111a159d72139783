"""From the first start to a summary on paper, as somebody does it the first time."""

from datetime import date
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtWidgets import QLabel

from retention_desktop.models.enums import RecordState
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, REVIEW_PAGE
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.search.screen import SearchScreen
from tests.ui.conftest import OpenWindow
from tests.ui.samples import answers_in
from tests.ui.user import read_copy

PROUD = "The visit in October. A daughter said nobody had asked before."
ENERGY = "Teaching the students, because it makes me read again."


def test_first_use(open_window: OpenWindow, tmp_path: Path) -> None:
    # The first start: a journal with the words that were given, and at once the first unlock.
    user = open_window()
    user.press("Make my journal")
    passphrase = next(each.text() for each in user.all(QLabel) if each.property("look") == "words")
    user.press("I have written it down")
    user.press("Make my journal")
    user.qtbot.waitUntil(lambda: user.has_button("Unlock"))
    assert user.sees("Your journal is made")
    user.unlock(passphrase)
    assert user.sees("Your journal is empty")

    # A career conversation with Person A.
    user.press("Look at the tools")
    user.press("Career conversation")
    user.type("Person A", into="Who is it with?")
    user.press("Start")
    user.qtbot.waitUntil(lambda: user.sees("Step 1 of "))
    user.key("Ctrl+Return")
    user.type(PROUD)
    user.key("Ctrl+Return")
    user.key("Ctrl+Return")  # one prompt is skipped
    user.type(ENERGY[:20])
    page = user.runner.page_key

    # The phone rings: lock, in the middle of a sentence. A fresh process takes over.
    with user.qtbot.waitSignal(user.window.locked):
        user.key("Ctrl+L")
    assert not user.window.isVisible()

    user = open_window()
    assert user.sees("Welcome back")
    user.unlock(passphrase)
    assert user.sees("One draft is waiting for you")
    user.press("Continue: Career conversation with Person A")
    user.qtbot.waitUntil(lambda: user.sees("with Person A"))
    assert user.runner.page_key == page
    assert user.editor.value == ENERGY[:20]
    user.key("Ctrl+End")
    user.type(ENERGY[20:])

    # On to the end, with an action and a date to look again.
    while user.runner.page_key != "agree-two-things/development-action":
        user.key("Ctrl+Return")
    user.type("Shadow a meeting", into="What was agreed")
    user.type("Person A", into="Who will do it")
    user.type("11/12/26", into="By when")
    while user.runner.page_key != REVIEW_PAGE:
        user.key("Ctrl+Return")
    user.press("Another date")
    user.type("15 January 2027")
    user.key("Ctrl+Return")
    assert user.runner.page_key == CHECK_PAGE
    assert user.sees(PROUD)
    user.finish()

    (record,) = read_copy(user.folder, passphrase)
    assert record.head.state is RecordState.FINISHED
    assert record.head.person == "Person A"
    assert record.head.review_on == date(2027, 1, 15)
    assert answers_in(record) == {
        "going-well": PROUD,
        "energy": ENERGY,
        "development-action": [
            {"text": "Shadow a meeting", "owner": "Person A", "due": "2026-12-11"}
        ],
    }

    # Found again by a word, and read.
    user.key("Ctrl+K")
    user.type("daughter")
    user.settle()
    user.screen(SearchScreen)
    user.key("Return")
    user.key("Return")
    assert user.screen(RecordPage)._record.head.id == record.head.id
    assert user.sees(PROUD)

    # A summary to share, without what was private about energy.
    user.press("Share a summary")
    labels = {p.id: p.label for p in load_toolkit().tool("career-conversation").prompts}
    if not user.choice(labels["going-well"]).isChecked():
        user.press(labels["going-well"])
    if user.choice(labels["energy"]).isChecked():
        user.press(labels["energy"])
    user.dialogs.answer = tmp_path / "Summary.pdf"
    user.press("Save PDF…")
    assert "Saved as Summary.pdf" in user.message
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(tmp_path / "Summary.pdf").pages).split()
    )
    assert PROUD in text
    assert "Shadow a meeting" in text
    assert "15 January 2027" in text
    assert "students" not in text
    assert labels["energy"] not in text

    # And the end of the day.
    with user.qtbot.waitSignal(user.window.ended):
        user.window.close()
    assert read_copy(user.folder, passphrase) == [record]
