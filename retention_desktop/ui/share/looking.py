"""Looks through what leaves, off the UI thread, while somebody puts it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from retention_desktop.errors import KnownError
from retention_desktop.journal.lists import add_to_list, own_lists
from retention_desktop.journal.people import list_people
from retention_desktop.models.views import Changes, Record
from retention_desktop.privacy.findings import Kind
from retention_desktop.sharing.composing import Composition
from retention_desktop.sharing.identifying import Found, letters_for, look_for
from retention_desktop.ui.session import Session
from retention_desktop.vault import Vault

# The lists in the vault. No tool can name such a list.
OWN_WORDS = "check/own-words"
LEFT_ALONE = "check/left-alone"
_PAUSE_MS = 250


class _Known(Struct, frozen=True):
    """A person's own lists, and the aliases that are somebody's already."""

    lists: Mapping[str, tuple[str, ...]]
    aliases: tuple[str, ...]


def _what_is_known(vault: Vault) -> _Known:
    return _Known(own_lists(vault), tuple(person.alias for person in list_people(vault)))


_Question = tuple[Composition, tuple[str, ...], tuple[str, ...]]


class Looking(QObject):
    """Says what in a composition could identify somebody and is not decided upon.

    `looked` carries the findings, a tuple of `Found`.
    """

    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, records: Sequence[Record], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._records = records
        self._letters = letters_for(())
        self._own_words: tuple[str, ...] | None = None  # until the journal has told them
        self._left_alone: tuple[str, ...] = ()
        self._kept: dict[tuple[Kind, str], str] = {}  # the reason, by what was found
        self._reasons: tuple[str, ...] = ()
        self._wanted: Composition | None = None
        self._asked: _Question | None = None  # what is being looked through, and for what
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        session.ask(self, _what_is_known, done=self._on_known, failed=self._on_no_lists)

    @property
    def is_current(self) -> bool:
        """Whether what was said last is of what is wanted now."""
        is_waiting = self._pause.isActive() or self._own_words is None
        return not is_waiting and self._asked is None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why something that was found stays in what leaves, each reason once."""
        return self._reasons

    def look_through(self, composition: Composition) -> None:
        """Look through this soon."""
        self._wanted = composition
        self._pause.start()

    def look_at_once(self) -> None:
        """Wait no longer for another change."""
        if self._pause.isActive():
            self._pause.stop()
            self._look()

    def keep(self, found: Found, reason: str) -> None:
        """Let what was found stay, wherever it stands in what leaves."""
        self._kept[found.finding.kind, found.words] = reason
        self._look_again()

    def leave_alone(self, found: Found) -> None:
        """Never find these words again; the journal remembers them."""
        words = " ".join(found.words.split())
        self._left_alone = (*self._left_alone, words)
        self._look_again()
        self._session.tell(
            self,
            partial(add_to_list, name=LEFT_ALONE, item=words),
            done=self._on_remembered,
            failed=self._tell,
        )

    def _look_again(self) -> None:
        if self._wanted is not None:
            self.look_through(self._wanted)

    def _on_known(self, known: _Known) -> None:
        self._letters = letters_for(self._records, known.aliases)
        lists = known.lists
        self._own_words = lists.get(OWN_WORDS, ())
        self._left_alone = lists.get(LEFT_ALONE, ())
        self._look_again()

    def _on_no_lists(self, error: BaseException) -> None:
        self._on_known(_Known({}, ()))
        self._tell(error)

    def _on_remembered(self, _changes: Changes) -> None:
        pass

    @Slot()
    def _look(self) -> None:
        if self._asked is not None or self._wanted is None or self._own_words is None:
            return  # what is wanted by then follows as soon as that is there
        self._asked = self._wanted, self._own_words, self._left_alone
        self._session.work(
            self,
            partial(
                look_for,
                self._wanted,
                self._letters,
                own_words=self._own_words,
                ignored=self._left_alone,
            ),
            done=self._on_looked,
            failed=self._on_failed,
        )

    def _on_looked(self, found: tuple[Found, ...]) -> None:
        is_latest = self._asked == (self._wanted, self._own_words, self._left_alone)
        self._asked = None
        if is_latest:
            kept = [self._kept.get((each.finding.kind, each.words)) for each in found]
            self._reasons = tuple(dict.fromkeys(filter(None, kept)))
            left = (each for each, reason in zip(found, kept, strict=True) if reason is None)
            self.looked.emit(tuple(left))
        else:
            self._look()

    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        self._tell(error)

    def _tell(self, error: BaseException) -> None:
        self.failed.emit(error)
        if not isinstance(error, KnownError):
            raise error
