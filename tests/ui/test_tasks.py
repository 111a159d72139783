"""Work off the UI thread: results come back, in order, to owners that are still there."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from retention_desktop.errors import DiskFull
from retention_desktop.ui.tasks import Tasks


class Owner(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.failures: list[BaseException] = []
        self.threads: set[int] = set()

    def on_done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def on_failed(self, error: BaseException) -> None:
        self.threads.add(threading.get_ident())
        self.failures.append(error)


@pytest.fixture
def owner(qapp: QObject) -> Owner:
    return Owner()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    parent = QObject()
    made = Tasks(parent)
    yield made
    made.shut_down()
    qtbot.wait(1)


def same(value: int) -> int:
    return value


def test_two_hundred_results_come_in_order(tasks: Tasks, owner: Owner, qtbot: QtBot) -> None:
    for number in range(200):
        tasks.run(owner, partial(same, number), done=owner.on_done, failed=owner.on_failed)
    assert tasks.under_way == 200
    with qtbot.waitSignal(tasks.idle):
        pass
    assert owner.results == list(range(200))
    assert tasks.under_way == 0


def test_results_arrive_on_the_thread_of_the_window(
    tasks: Tasks, owner: Owner, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tasks.idle):
        tasks.run(owner, threading.get_ident, done=owner.on_done, failed=owner.on_failed)
    assert owner.threads == {threading.get_ident()}
    assert owner.results != [threading.get_ident()]


def test_a_failure_is_delivered_and_the_work_after_it_goes_on(
    tasks: Tasks, owner: Owner, qtbot: QtBot
) -> None:
    def fail() -> int:
        raise DiskFull("There is no room left.")

    tasks.run(owner, fail, done=owner.on_done, failed=owner.on_failed)
    tasks.run(owner, partial(same, 2), done=owner.on_done, failed=owner.on_failed)
    with qtbot.waitSignal(tasks.idle):
        pass
    assert [type(each) for each in owner.failures] == [DiskFull]
    assert owner.results == [2]


@pytest.mark.parametrize("fails", [False, True])
def test_what_was_meant_for_an_owner_that_has_gone_is_dropped(
    tasks: Tasks, owner: Owner, qtbot: QtBot, fails: bool
) -> None:
    go_on = threading.Event()

    def work() -> int:
        go_on.wait(5)
        return 1 // (not fails)

    with qtbot.waitSignal(tasks.idle):
        tasks.run(owner, work, done=owner.on_done, failed=owner.on_failed)
        shiboken6.delete(owner)
        go_on.set()
    assert owner.results == []
    assert owner.failures == []


def test_free_work_does_not_wait_for_the_vault(tasks: Tasks, owner: Owner, qtbot: QtBot) -> None:
    vault_may_go_on = threading.Event()
    tasks.run(owner, partial(vault_may_go_on.wait, 5), done=owner.on_done, failed=owner.on_failed)
    tasks.run(owner, vault_may_go_on.set, done=owner.on_done, failed=owner.on_failed, lane="free")
    with qtbot.waitSignal(tasks.idle):
        pass
    assert sorted(map(str, owner.results)) == ["None", "True"]


def test_ending_waits_for_what_has_begun(tasks: Tasks, owner: Owner) -> None:
    ended: list[int] = []
    for number in range(5):
        tasks.run(owner, partial(ended.append, number), done=owner.on_done, failed=owner.on_failed)
    tasks.shut_down()
    assert ended == [0, 1, 2, 3, 4]
