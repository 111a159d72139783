"""The whole journal as the open format has it. `docs/open-format.md` explains every field.

Nothing in it depends on the numbers that a vault gives: what belongs together stands together,
people are named by their aliases, and only a question has a number, which holds within the file.
"""

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from retention_desktop.journal.saved import SavedSearch
from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Audience,
    Driver,
    Form,
    ReviewOutcome,
    WayOut,
)
from retention_desktop.models.prompts import Prompt

FORMAT = "retention-desktop-journal"
VERSION = 1

Moment = Annotated[datetime, Meta(tz=True)]


class OpenBegun(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody began to write into a form about the thing in which this stands."""

    form: Form
    words: dict[str, str]
    written: Moment


class OpenReview(Struct, frozen=True, forbid_unknown_fields=True):
    """A later look at the record or the action in which this stands."""

    on: date
    done: Moment
    outcome: ReviewOutcome
    changed: str = ""
    for_whom: str = ""
    next_on: date | None = None


class OpenDisclosure(Struct, frozen=True, forbid_unknown_fields=True):
    """That something of a record has left. The same in several records is one that held them all.

    `parts` are the headings of what was in it; `sha256` is that of the file, in hex, if there was
    one.
    """

    at: Moment
    way: WayOut
    for_whom: str = ""
    sha256: str = ""
    kept_because: str = ""
    parts: tuple[str, ...] = ()


class OpenAction(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was agreed in a record. `prompt` is that under which it stands, if any."""

    text: str
    created: Moment
    prompt: str | None = None
    owner: str = ""
    due: date | None = None
    kind: ActionKind = ActionKind.TRY
    state: ActionState = ActionState.OPEN
    why: str = ""
    closed: Moment | None = None
    reviews: tuple[OpenReview, ...] = ()
    begun: tuple[OpenBegun, ...] = ()


class OpenHandAction(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was agreed outside any record."""

    text: str
    created: Moment
    owner: str = ""
    due: date | None = None
    kind: ActionKind = ActionKind.TRY
    state: ActionState = ActionState.OPEN
    why: str = ""
    closed: Moment | None = None
    person: str | None = None
    driver: Driver | None = None
    reviews: tuple[OpenReview, ...] = ()
    begun: tuple[OpenBegun, ...] = ()


class OpenQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A prompt as it was asked, and the step in which. Answers name it by its `id`."""

    id: int
    step: str
    step_title: str
    asked: Prompt


class OpenAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer; `value` is a `models.prompts.Value`, or None where nothing was written."""

    question: int
    audience: Audience
    value: Any = None


class OpenRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """One use of a tool, whole. It is a draft where `finished` is None."""

    tool: str
    tool_version: int
    title: str
    driver: Driver
    started: Moment
    updated: Moment
    finished: Moment | None = None
    agreed: Moment | None = None
    person: str | None = None
    review_on: date | None = None
    page: str = ""
    tags: tuple[str, ...] = ()
    answers: tuple[OpenAnswer, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    reviews: tuple[OpenReview, ...] = ()
    disclosures: tuple[OpenDisclosure, ...] = ()
    begun: tuple[OpenBegun, ...] = ()


class OpenBinned(Struct, frozen=True, forbid_unknown_fields=True):
    """A record in the bin, and the moment at which it was put there."""

    at: Moment
    record: OpenRecord


class OpenPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody that records are about, under an alias."""

    alias: str
    created: Moment
    role: str = ""
    profession: str = ""
    working_pattern: str = ""
    meet_every: int | None = None
    begun: tuple[OpenBegun, ...] = ()


class Journal(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a vault holds. Records and actions stand in the order they were added in.

    A record stands in `records` or in the `bin`.
    """

    format: str
    version: int
    people: tuple[OpenPerson, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    records: tuple[OpenRecord, ...] = ()
    actions: tuple[OpenHandAction, ...] = ()
    lists: dict[str, tuple[str, ...]] = {}
    searches: tuple[SavedSearch, ...] = ()
    begun: tuple[OpenBegun, ...] = ()
    bin: tuple[OpenBinned, ...] = ()


def folded(alias: str) -> str:
    """The alias as it is compared: the store looks past capitals of the letters a to z alone."""
    return alias.translate(_LOWER)


_LOWER = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
