"""Six months of one person: a diary lived day by day, and some days of it at the real window."""

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retention_desktop.journal.actions import list_actions
from retention_desktop.journal.diary import Began, Kept, Step, read_diary
from retention_desktop.journal.living import live
from retention_desktop.journal.records import list_records
from retention_desktop.journal.reviews import list_reviews
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.app import App
from retention_desktop.ui.today.screen import TodayScreen
from retention_desktop.vault import Vault, open_vault
from tests.journeys.acts import due_now, not_met_now
from tests.journeys.ledger import Ledger
from tests.ui.conftest import NAME, end
from tests.ui.user import CHEAP, PASSPHRASE, AnsweringDialogs, User

S = TypeVar("S", bound=Step)


class Life:
    """Somebody's six months, as far as they have come."""

    def __init__(
        self, name: str, qtbot: QtBot, qapp: QApplication, empty_vault: Path, data_dir: Path
    ) -> None:
        qapp.setStyle("Fusion")
        shutil.copytree(empty_vault, data_dir / NAME)
        self.toolkit = load_toolkit()
        self.diary = read_diary(resource(f"samples/{name}.json"), self.toolkit)
        self.folder = data_dir / NAME
        self._to_come: list[Step] = list(self.diary)
        self._lived: list[Step] = []
        self._qtbot, self._qapp, self._data_dir = qtbot, qapp, data_dir
        self._empty_vault = empty_vault

    @property
    def ledger(self) -> Ledger:
        return Ledger(self._lived)

    @contextmanager
    def vault(self) -> Iterator[Vault]:
        with closing(open_vault(self.folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
            yield vault

    def live_until(self, moment: datetime) -> None:
        """Do what comes next in the diary, through the verbs."""
        day = [step for step in self._to_come if step.at <= moment]
        with self.vault() as vault:
            live(vault, day)
        self._lived += day
        del self._to_come[: len(day)]

    def by_hand(self, kind: type[S], **named: str) -> S:
        """The next such step of the diary, which is done at the window instead."""
        step = next(
            each
            for each in self._to_come
            if isinstance(each, kind)
            and all(getattr(each, name) == value for name, value in named.items())
        )
        self._to_come.remove(step)
        self._lived.append(step)
        return step

    def is_as_if_lived(self, *, without: str = "") -> bool:
        """Whether the journal holds what the verbs alone would have kept, but for one tool."""
        other = shutil.copytree(self._empty_vault, self._data_dir / "Lived.rvault")
        with closing(open_vault(other, PASSPHRASE, kdf_floor=CHEAP)) as lived:
            live(lived, self.diary)
            with self.vault() as vault:
                return told(vault, without) == told(lived, without)

    def did(self, step: Step) -> None:
        """Note what was done at the window, and stands in no diary."""
        self._lived.append(step)

    def written_of(self, alias: str) -> tuple[set[str], set[str]]:
        """What was written with a person alone: whole answers, and the longer words in them."""
        own: set[str] = set()
        others: set[str] = set()
        for step in self.diary:
            if isinstance(step, Kept | Began):
                texts = own if step.entry.person == alias else others
                texts.update(_texts([*step.entry.answers.values()]))
            elif getattr(step, "person", None) != alias:
                others.update(_texts([getattr(step, name) for name in step.__struct_fields__]))
        tools = _texts(msgspec.to_builtins(self.toolkit.tools))
        told = " ".join([*others, *tools]).casefold()
        answers = {each for each in own if len(each) > 12 and each.casefold() not in told}
        words = {word for each in answers for word in re.findall(r"[a-z]{6,}", each.casefold())}
        return answers, {word for word in words if word not in told}

    @contextmanager
    def at_the_window(self, when: str) -> Iterator[User]:
        """The diary until this moment, and then the window, which is closed again after."""
        on_the_wall = datetime.fromisoformat(when)
        moment = on_the_wall.astimezone()
        self.live_until(on_the_wall)
        dialogs = AnsweringDialogs()
        app = App(
            self._qapp,
            self._data_dir,
            None,
            dialogs=dialogs,
            kdf=CHEAP,
            kdf_floor=CHEAP,
            clock=lambda: moment,
        )
        user = User(self._qtbot, app, dialogs, self.folder)
        try:
            user.unlock()
            user.screen(TodayScreen)
            assert user.sees(f"{on_the_wall:%A} {long_date(on_the_wall.date())}.")
            assert set(due_now(user)) == self.ledger.due(on_the_wall.date())
            assert set(not_met_now(user)) == self.ledger.not_met(on_the_wall.date())
            yield user
        finally:
            end(user, self._qtbot)


@contextmanager
def london() -> Iterator[None]:
    """Takes the computer to where the clocks go back on 25 October."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    with pytest.MonkeyPatch.context() as moved:
        moved.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _texts([*value.values()])
        case list() | tuple():
            for each in value:
                yield from _texts(each)


def told(vault: Vault, without: str) -> tuple[Iterable[Any], Iterable[Any]]:
    """What became of everything that was agreed, and each look at a record or an action."""
    actions = list_actions(vault, limit=1_000)
    looks = [
        (look.on, look.done.astimezone().date(), look.outcome, look.changed, look.for_whom)
        for head in list_records(vault, limit=1_000)
        for look in list_reviews(vault, head.id)
        if head.tool_id != without
    ]
    became = [(each.text, each.state, str(each.due), each.why) for each in actions]
    return sorted(became), sorted(looks)
