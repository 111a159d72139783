"""What is read back: frozen views of what the vault holds, fit to cross threads and screens."""

from datetime import date, datetime

from msgspec import Struct

from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Audience,
    Driver,
    Form,
    RecordState,
    ReviewOutcome,
    WayOut,
)
from retention_desktop.models.prompts import Prompt, Value


class Action(Struct, frozen=True):
    """Something that was agreed. `prompt_id` is the action prompt it was written under, if any."""

    id: int
    prompt_id: str | None
    text: str
    owner: str
    due: date | None
    state: ActionState
    kind: ActionKind = ActionKind.TRY
    why: str = ""  # a word about its end, where it is done, changed or let go
    closed: datetime | None = None


class ActionHead(Struct, frozen=True):
    """An action as the register shows it.

    `created` is when it was agreed. `record_id` and `title` are those of the record it comes from,
    None and "" where it was added by hand.
    """

    id: int
    text: str
    owner: str
    due: date | None
    kind: ActionKind
    state: ActionState
    why: str
    created: datetime
    closed: datetime | None
    record_id: int | None
    title: str
    person: str | None
    driver: Driver | None


class Review(Struct, frozen=True):
    """The later look at a record or at an action: one of the two ids is None.

    `on` is the day that was agreed for it, `done` the moment it took place. `changed` says what
    changed, `for_whom` for whom.
    """

    id: int
    record_id: int | None
    action_id: int | None
    on: date
    done: datetime
    outcome: ReviewOutcome
    changed: str
    for_whom: str
    next_on: date | None


class Answer(Struct, frozen=True):
    """What was written, beside the prompt exactly as it was asked.

    Under an action prompt, what is agreed stands in the record's actions. When a record is
    finished, `value` also keeps it as it was worded then; in a draft it is None there.
    """

    prompt: Prompt
    step_id: str
    step_title: str
    audience: Audience
    value: Value | None


class RecordHead(Struct, frozen=True):
    """A record as a list shows it. Times are UTC; `review_on` is a date."""

    id: int
    tool_id: str
    title: str
    driver: Driver
    state: RecordState
    started: datetime
    updated: datetime
    finished: datetime | None
    person: str | None
    review_on: date | None
    page: str  # where the writer was in the run, as `Run` names its pages; "" at the start
    preview: str  # the first words that were written, on one line


class Record(Struct, frozen=True):
    """One use of a tool, whole. Answers stand in the order of the tool's prompts.

    `agreed` is when both people said that they had read what was written, and agree it. `reviews`
    are those of the record and of its actions, in the order in which they took place.
    """

    head: RecordHead
    tool_version: int
    answers: tuple[Answer, ...]
    actions: tuple[Action, ...]
    tags: tuple[str, ...]
    agreed: datetime | None = None
    reviews: tuple[Review, ...] = ()


class Due(Struct, frozen=True):
    """A finished record or an open action whose day `on` has come.

    For an action, `action_id` is set, `text` is what was agreed, and the record is the one it comes
    from: None, with an empty `title`, where it was added by hand. For a record, `text` is its
    first words.
    """

    on: date
    record_id: int | None
    action_id: int | None
    title: str
    text: str
    person: str | None
    driver: Driver | None


class Person(Struct, frozen=True):
    """Somebody that records are about, under an alias.

    `meet_every` is in days, None where nothing was agreed. `last_met` is the local day of the last
    finished record with them; `next_meeting` follows from both.
    """

    alias: str
    role: str
    profession: str
    working_pattern: str
    meet_every: int | None
    created: datetime
    last_met: date | None
    next_meeting: date | None


class Event(Struct, frozen=True):
    """One thing on a person's timeline, at its moment.

    A record stands where it was finished, a draft where it was begun; an action where it was
    agreed. `agreed` marks the moment in which both agreed the record.
    """

    at: datetime
    what: RecordHead | ActionHead | Review
    agreed: bool = False


class Place(Struct, frozen=True):
    """A form, and the one thing it is about, if anything. `person` is an alias."""

    form: Form
    record_id: int | None = None
    action_id: int | None = None
    person: str | None = None


class Begun(Struct, frozen=True):
    """What somebody began to write into a form and has not kept yet: its fields, by name."""

    place: Place
    words: dict[str, str]
    written: datetime


class Binned(Struct, frozen=True):
    """A record in the bin, as a list shows it. `at` is when it was put there."""

    id: int  # its place in the bin, not the record's id
    at: datetime
    title: str
    driver: Driver
    person: str | None
    started: datetime
    finished: datetime | None


class Everything(Struct, frozen=True):
    """All that is held about a person: records whole and the oldest first, drafts too.

    `actions` are those added by hand, with their `reviews`; others stand in their records. `begun`
    is what forms hold about the person, their records or their actions. `disclosures` are what has
    left of their records, the last first. Records in the bin are among them all; `in_bin` says of
    which ids they are, and since when they lie there.
    """

    person: Person
    records: tuple[Record, ...]
    actions: tuple[ActionHead, ...]
    reviews: tuple[Review, ...]
    begun: tuple[Begun, ...] = ()
    disclosures: tuple["Disclosure", ...] = ()
    in_bin: dict[int, datetime] = {}


class Disclosure(Struct, frozen=True):
    """That something of a record has left the journal, when and how.

    `for_whom` is in the writer's words. `parts` are the headings of what was in it; `sha256` is
    that of the file, in hex, "" where there was none. `kept_because` says why something that could
    identify somebody was left in it.
    """

    id: int
    at: datetime
    way: WayOut
    for_whom: str
    sha256: str
    kept_because: str
    parts: tuple[str, ...]


class SearchHit(Struct, frozen=True):
    """A record that a search found. `snippet` is text in pieces: (text, was it searched for)."""

    head: RecordHead
    snippet: tuple[tuple[str, bool], ...]


class Changes(Struct, frozen=True):
    """What a verb has changed, so that a screen refreshes only for what concerns it.

    `records` and `actions` are ids, `people` aliases; `lists` are the names of the lists that a
    person keeps.
    """

    records: tuple[int, ...] = ()
    lists: tuple[str, ...] = ()
    actions: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
