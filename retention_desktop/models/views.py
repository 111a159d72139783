"""What is read back: frozen views of what the vault holds, fit to cross threads and screens."""

from datetime import date, datetime

from msgspec import Struct

from retention_desktop.models.enums import ActionState, Audience, Driver, RecordState
from retention_desktop.models.prompts import Prompt, Value


class Action(Struct, frozen=True):
    """Something that was agreed. `prompt_id` is the action prompt it was written under, if any."""

    id: int
    prompt_id: str | None
    text: str
    owner: str
    due: date | None
    state: ActionState


class Answer(Struct, frozen=True):
    """What was written, beside the prompt exactly as it was asked.

    `value` is None for an action prompt: what was agreed there stands in the record's actions.
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

    `agreed` is when both people said that they had read what was written, and agree it.
    """

    head: RecordHead
    tool_version: int
    answers: tuple[Answer, ...]
    actions: tuple[Action, ...]
    tags: tuple[str, ...]
    agreed: datetime | None = None


class SearchHit(Struct, frozen=True):
    """A record that a search found. `snippet` is text in pieces: (text, was it searched for)."""

    head: RecordHead
    snippet: tuple[tuple[str, bool], ...]


class Changes(Struct, frozen=True):
    """What a verb has changed, so that a screen refreshes only for what concerns it.

    `records` are ids; `lists` are the names of the lists that a person keeps.
    """

    records: tuple[int, ...] = ()
    lists: tuple[str, ...] = ()
