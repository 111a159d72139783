"""What every test gets: no screen, no network, and a tidy Qt after each test that used it."""

import gc
import os
import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure() -> None:
    """Draw off screen, unless somebody wants to watch or has chosen a platform."""
    if "RETENTION_ONSCREEN" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to reach another computer fail the test."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("The program must never use the network.")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(autouse=True)
def tidy_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect rubbish and delete closed widgets between Qt tests, never in the middle of one.

    A cyclic collection that starts on a worker thread would finalise widgets there.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()
