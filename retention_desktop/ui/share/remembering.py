"""Noting in the journal what has left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from retention_desktop.errors import KnownError
from retention_desktop.journal.disclosures import note_disclosure
from retention_desktop.models.enums import WayOut
from retention_desktop.models.views import Changes, Place
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _


def remember(
    session: Session,
    way: WayOut,
    parts: Mapping[int, Sequence[str]],
    for_whom: str,
    kept_because: str,
    sha256: str,
    *,
    settles: Place | None = None,
) -> None:
    """Note that these parts have left, even where the screen has gone by now.

    `settles` is the form in which it was put together, which the journal need not keep any more.
    """
    session.tell(
        session,
        partial(
            note_disclosure,
            way=way,
            parts=parts,
            now=session.now(),
            for_whom=for_whom,
            sha256=sha256,
            kept_because=kept_because,
            settles=settles,
        ),
        done=_nothing_more,
        failed=partial(_not_noted, session),
    )


def _nothing_more(_changes: Changes) -> None:
    pass


def _not_noted(session: Session, error: BaseException) -> None:
    session.told.emit(_("It has left, but your journal could not note that."))
    if not isinstance(error, KnownError):
        raise error
