"""Sharing: what is ticked leaves, and nothing else."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFrame, QLabel

from retention_desktop.toolkit.run import CHECK_PAGE, Run
from retention_desktop.ui.journal.record_page import RecordPage
from retention_desktop.ui.share.screen import ShareScreen
from retention_desktop.ui.widgets.controls import Choice

from .samples import every_kind
from .user import User

TOOL = every_kind()
PAGES = {page.prompt.id: page.key for page in Run(TOOL, {}).pages if page.prompt}


@pytest.fixture
def sharer(any_kind_user: User) -> User:
    """Somebody who has finished a record and is about to share it."""
    user = any_kind_user
    user.window.resize(1280, 800)
    user.start(TOOL, "Person A")
    user.type("Privately thought")
    user.key("Ctrl+Return")
    user.type("Openly said")
    user.runner.go_to(PAGES["agreed"])
    user.settle()
    user.type("Ask the team", into="What was agreed")
    user.runner.go_to("/review")
    user.settle()
    user.runner.go_to(CHECK_PAGE)
    user.settle()
    user.finish()
    user.press("Share a summary")
    user.screen(ShareScreen)
    return user


def ticks(user: User) -> dict[str, bool]:
    return {each.text(): each.isChecked() for each in user.all(Choice)}


def paper(user: User) -> str:
    frame = next(each for each in user.all(QFrame) if each.objectName() == "paper")
    return "\n".join(each.text() for each in user.all(QLabel, frame))


def pdf_text(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_private_parts_start_unticked(sharer: User) -> None:
    state = ticks(sharer)
    assert state["What happened?"] is False
    assert state["In short?"] is True
    assert state["What next?"] is True
    assert "Privately thought" not in " ".join(sharer.texts())


def test_the_paper_shows_exactly_what_is_ticked(sharer: User) -> None:
    assert "Openly said" in paper(sharer)
    assert "Privately thought" not in paper(sharer)
    sharer.press("In short?")
    assert "Openly said" not in paper(sharer)
    sharer.press("What happened?")
    assert "Privately thought" in paper(sharer)


@pytest.mark.parametrize(
    ("presses", "leaves", "stays"),
    [
        ((), ["Openly said", "Ask the team", "22 February 2027"], ["Privately thought"]),
        (("In short?",), ["Ask the team"], ["Openly said", "In short?", "Privately thought"]),
        (("What happened?",), ["Privately thought", "Openly said"], []),
        (("Look again on 22 February 2027",), ["Openly said"], ["22 February 2027"]),
    ],
    ids=["as proposed", "less", "more", "no review date"],
)
def test_the_pdf_holds_exactly_what_is_ticked(
    sharer: User, tmp_path: Path, presses: tuple[str, ...], leaves: list[str], stays: list[str]
) -> None:
    for each in presses:
        sharer.press(each)
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    text = pdf_text(tmp_path / "out.pdf")
    assert all(each in text for each in leaves)
    assert not any(each in text for each in stays)
    assert "Saved as out.pdf" in sharer.message


def test_the_name_that_is_proposed_says_nothing_of_what_is_in_it(
    sharer: User, tmp_path: Path
) -> None:
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert sharer.dialogs.proposed == "Summary 2026-11-22.pdf"


def test_cancelling_leaves_nothing(sharer: User, tmp_path: Path) -> None:
    sharer.dialogs.cancels = True
    sharer.press("Save PDF…")
    assert sharer.button("Save PDF…").isEnabled()
    assert list(tmp_path.rglob("*.pdf")) == []
    assert sharer.message == ""


def test_with_nothing_ticked_there_is_nothing_to_save(sharer: User) -> None:
    for name, on in ticks(sharer).items():
        if on:
            sharer.press(name)
    assert "Nothing is ticked yet." in paper(sharer)
    sharer.press("Save PDF…")  # no dialog opens: it would fail this test
    assert sharer.message == "Tick at least one part first."


def test_a_place_that_cannot_be_written_is_told_and_another_can_be_chosen(
    sharer: User, tmp_path: Path
) -> None:
    sharer.dialogs.answer = tmp_path / "not there" / "out.pdf"
    sharer.press("Save PDF…")
    assert "not there" in sharer.message
    sharer.dialogs.answer = tmp_path / "out.pdf"
    sharer.press("Save PDF…")
    assert "Openly said" in pdf_text(tmp_path / "out.pdf")
    assert [each.name for each in tmp_path.glob("*.p*")] == ["out.pdf"]


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_back_to_the_record(sharer: User, way: str) -> None:
    if way == "Escape":
        sharer.key("Escape")
    else:
        sharer.press("Back to the record")
    sharer.screen(RecordPage)


def test_what_will_leave_can_be_seen_in_a_small_window_too(sharer: User) -> None:
    for width, height in ((1024, 640), (1280, 800), (1024, 640)):
        sharer.window.resize(width, height)
        sharer.settle()
        assert "Openly said" in paper(sharer)
        assert sharer.sees("What will leave") == (width == 1024)
    sharer.press("In short?")
    assert "Openly said" not in paper(sharer)
