"""What is said of what leaves is said with all that is known by then, whatever came first."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from retention_desktop.errors import FileProblem
from retention_desktop.models.views import Changes
from retention_desktop.sharing.composing import Composition
from retention_desktop.sharing.identifying import Found
from retention_desktop.ui.session import Session
from retention_desktop.ui.share.looking import OWN_WORDS, Looking, _Known

WORDS = Composition((), {}, introduction="A visit to Mrs Khan")


class SlowSession(Session):
    """Answers when the test says so: the journal and the looks, each in turn."""

    def __init__(self) -> None:
        QObject.__init__(self)
        self.asked: list[tuple[Callable[[Any], None], Callable[[BaseException], None]]] = []
        self.told: list[Callable[[Any], None]] = []  # type: ignore[assignment]
        self.works: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def ask(
        self,
        owner: QObject,  # noqa: ARG002
        verb: Callable[[Any], Any],  # noqa: ARG002
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.asked.append((done, failed))

    def tell(
        self,
        owner: QObject,  # noqa: ARG002
        verb: Callable[[Any], Changes],  # noqa: ARG002
        *,
        done: Callable[[Changes], None],
        failed: Callable[[BaseException], None],  # noqa: ARG002
    ) -> None:
        self.told.append(done)

    def work(
        self,
        owner: QObject,  # noqa: ARG002
        work: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],  # noqa: ARG002
    ) -> None:
        self.works.append((work, done))

    def look(self) -> None:
        work, done = self.works.pop(0)
        done(work())


class Asker:
    """What was said of `WORDS`."""

    def __init__(self) -> None:
        self.session = SlowSession()
        self.looking = Looking(self.session, (), self.session)
        self.looked: list[list[str]] = []
        self.looking.looked.connect(self._on_looked)
        self.looking.look_through(WORDS)
        self.looking.look_at_once()

    def _on_looked(self, found: tuple[Found, ...]) -> None:
        self.found = found
        self.looked.append([each.words for each in found])


@pytest.fixture
def asker(qtbot: QtBot) -> Asker:
    return Asker()


def test_nothing_is_said_before_ones_own_words_are_known(asker: Asker) -> None:
    assert not asker.session.works
    assert not asker.looking.is_current
    asker.session.asked[0][0](_Known({OWN_WORDS: ("visit",)}, ()))
    asker.looking.look_at_once()
    asker.session.look()
    assert asker.looked == [["visit", "Mrs Khan"]]
    assert asker.looking.is_current


def test_where_ones_own_words_cannot_be_read_the_rest_is_found(asker: Asker) -> None:
    asker.session.asked[0][1](FileProblem("The disk is gone.", "Put it back."))
    asker.looking.look_at_once()
    asker.session.look()
    assert asker.looked == [["Mrs Khan"]]


def test_what_is_left_alone_during_a_look_is_left_alone_after_it(asker: Asker) -> None:
    asker.session.asked[0][0](_Known({}, ()))
    asker.looking.look_at_once()
    asker.session.look()
    asker.looking.look_through(WORDS)
    asker.looking.look_at_once()
    asker.looking.leave_alone(asker.found[0])
    asker.looking.look_at_once()  # while the look before is under way
    asker.session.look()
    asker.session.look()
    assert asker.looked == [["Mrs Khan"], []]


def test_what_changed_during_a_look_is_looked_through_next(asker: Asker) -> None:
    asker.session.asked[0][0](_Known({}, ()))
    asker.looking.look_at_once()
    asker.looking.look_through(replace(WORDS, introduction="With Mr Lowe"))
    asker.looking.look_at_once()
    asker.session.look()
    assert not asker.looking.is_current
    asker.session.look()
    assert asker.looked == [["Mr Lowe"]]
