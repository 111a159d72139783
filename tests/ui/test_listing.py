"""What a list asks for while one types: one look at a time, and never an old answer."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QObject
from pytestqt.qtbot import QtBot

from retention_desktop.errors import FileProblem
from retention_desktop.ui.listing import PAGE, Found, Listing
from retention_desktop.ui.session import Session
from retention_desktop.ui.widgets.paged_model import PagedModel
from retention_desktop.vault import Vault


class SlowSession(Session):
    """Answers what it is asked when the test says so, in turn."""

    def __init__(self) -> None:
        QObject.__init__(self)
        self.asked: list[tuple[Callable[[Any], Any], Callable[[Any], None], Any]] = []

    def ask(
        self,
        owner: QObject,  # noqa: ARG002
        verb: Callable[[Any], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.asked.append((verb, done, failed))

    def answer(self) -> None:
        verb, done, _failed = self.asked.pop(0)
        done(verb(None))

    def fail(self) -> None:
        self.asked.pop(0)[2](FileProblem("The disk is full.", "Make room."))


def look_in(_vault: Vault, asked: str, limit: int, after: int | None) -> Found[str, int]:
    first = 0 if after is None else after + 1
    return Found(asked, tuple(range(first, first + limit)), 1_000, may_have_more=True)


class Asker:
    """A list and what it was shown."""

    def __init__(self) -> None:
        self.session = SlowSession()
        self.model: PagedModel[int] = PagedModel(self.session)
        self.listing = Listing(self.session, self.model, look_in)
        self.found: list[tuple[str, int, bool]] = []
        self.failed: list[BaseException] = []
        self.settled = 0
        self.listing.found.connect(self._on_found)
        self.listing.failed.connect(self.failed.append)
        self.listing.settled.connect(self._on_settled)

    def _on_found(self, found: Found[str, int], is_same: bool) -> None:
        self.found.append((found.asked, len(found.rows), is_same))
        self.model.show_first(found.rows, may_have_more=found.may_have_more)

    def _on_settled(self) -> None:
        self.settled += 1


@pytest.fixture
def asker(qtbot: QtBot) -> Asker:
    return Asker()


def test_the_newest_question_waits_and_those_between_are_never_asked(asker: Asker) -> None:
    for words in ("o", "ot", "ott"):
        asker.listing.look(words)
    assert len(asker.session.asked) == 1
    asker.session.answer()
    assert asker.settled == 0
    asker.session.answer()
    assert [words for words, _rows, _is_same in asker.found] == ["o", "ott"]
    assert asker.settled == 1
    assert not asker.session.asked


def test_what_has_changed_meanwhile_is_looked_up_again(asker: Asker) -> None:
    asker.listing.look("otters")
    asker.listing.look("otters")
    asker.session.answer()
    asker.session.answer()
    assert asker.found == [("otters", PAGE, False), ("otters", PAGE, True)]


def test_a_fault_does_not_keep_the_next_question_from_being_asked(asker: Asker) -> None:
    asker.listing.look("o")
    asker.listing.look("ot")
    asker.session.fail()
    assert len(asker.failed) == 1
    asker.session.answer()
    assert asker.found == [("ot", PAGE, False)]


def test_looking_again_brings_as_much_as_has_arrived(asker: Asker) -> None:
    asker.listing.look("")
    asker.session.answer()
    asker.model.fetchMore(QModelIndex())
    asker.session.answer()
    assert asker.model.rows == tuple(range(2 * PAGE))
    asker.listing.look("")
    asker.session.answer()
    assert asker.found[-1] == ("", 2 * PAGE, True)


def test_a_page_of_an_old_question_is_not_added(asker: Asker) -> None:
    asker.listing.look("old")
    asker.session.answer()
    asker.model.fetchMore(QModelIndex())
    asker.listing.look("new")
    old, new = asker.session.asked
    asker.session.asked = [new, old]
    asker.session.answer()
    asker.session.answer()
    assert asker.model.rows == tuple(range(PAGE))


def test_a_page_that_follows_what_has_gone_from_the_end_is_asked_for_anew(asker: Asker) -> None:
    asker.listing.look("")
    asker.session.answer()
    asker.listing.look("")  # something changed
    asker.model.fetchMore(QModelIndex())  # one scrolls, before that is there
    _verb, done, _failed = asker.session.asked.pop(0)
    done(Found("", (-1, *range(PAGE - 1)), 1_000, may_have_more=True))  # one row more at the top
    asker.session.answer()
    assert asker.model.rows == (-1, *range(PAGE - 1))  # what would follow is missing a row
    asker.model.fetchMore(QModelIndex())
    asker.session.answer()
    assert asker.model.rows == (-1, *range(2 * PAGE - 1))
