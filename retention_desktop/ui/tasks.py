"""Work off the UI thread. The only file that knows of threads.

One worker owns the open vault, so nothing in it needs a lock; a small pool does free work. Results
come back to the UI thread through one queued signal of a long-lived object: a runnable that owns
its own signal loses its results (measured), and so does a slot of a widget that has gone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Lane = Literal["vault", "free"]


class _Delivery(NamedTuple):
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    future: Future[Any]


class Tasks(QObject):
    """Runs work on a lane and brings its result to a bound method of the owner.

    Work takes and returns frozen values, never a widget. If the owner has gone by the time the
    result is there, the result is dropped. `idle` is emitted whenever nothing is under way.
    """

    idle = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._under_way = 0
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> int:
        """How many pieces of work have not been delivered yet."""
        return self._under_way

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        lane: Lane = "vault",
    ) -> None:
        """Run `work` on `lane`; then `done` with its result, or `failed` with what it raised.

        Work of the vault lane runs in the order in which it was given.
        """
        assert QThread.currentThread() is self.thread(), "run() belongs to the UI thread"
        future = self._executor(lane).submit(work)
        self._under_way += 1
        future.add_done_callback(partial(self._hand_over, owner, done, failed))

    def shut_down(self) -> None:
        """Finish what has begun and end the threads. Results are no longer delivered."""
        for executor in self._lanes.values():
            executor.shutdown(wait=True)
        self._lanes.clear()

    def _executor(self, lane: Lane) -> ThreadPoolExecutor:
        if lane not in self._lanes:
            # Imported here: it costs start-up time, and the first screen needs no thread.
            from concurrent.futures import ThreadPoolExecutor

            self._lanes[lane] = ThreadPoolExecutor(1 if lane == "vault" else 2, lane)
        return self._lanes[lane]

    def _hand_over(
        self,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        future: Future[Any],
    ) -> None:
        if shiboken6.isValid(self):
            self._finished.emit(_Delivery(owner, done, failed, future))

    @Slot(object)
    def _on_finished(self, delivery: _Delivery) -> None:
        self._under_way -= 1
        if shiboken6.isValid(delivery.owner):
            error = delivery.future.exception()
            if error is None:
                delivery.done(delivery.future.result())
            else:
                delivery.failed(error)
        if not self._under_way:
            self.idle.emit()
