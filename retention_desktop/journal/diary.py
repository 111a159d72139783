"""What one person did in their journal over time, as a JSON file brings it.

Every fault is one sentence that names the file, the entry's number and the field, and never what
was written there.
"""

from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from retention_desktop.journal.entries import Entry, read_entry
from retention_desktop.journal.strict_json import Json, Place, read_json, refuse
from retention_desktop.models.enums import ActionKind, ActionState, Driver, ReviewOutcome
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.toolkit.run import Run


class _Moment(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", tag_field="did"):
    at: datetime  # as the clock on the wall says, wherever the diary is lived


class Met(_Moment, frozen=True, tag="met"):
    """Somebody was made known, or something was said of them anew. `meet_every` is in days."""

    alias: str
    role: str = ""
    profession: str = ""
    working_pattern: str = ""
    meet_every: int | None = None


class Agreed(_Moment, frozen=True, tag="agreed"):
    """Something that was agreed was added by hand."""

    text: str
    owner: str = ""
    due: date | None = None
    kind: ActionKind = ActionKind.TRY
    person: str | None = None
    driver: Driver | None = None


class Reworded(_Moment, frozen=True, tag="reworded"):
    """An open action was said otherwise."""

    action: str
    text: str
    owner: str = ""
    due: date | None = None


class Ended(_Moment, frozen=True, tag="ended"):
    """An open action was done, changed or let go."""

    action: str
    state: ActionState
    why: str = ""


class PutOff(_Moment, frozen=True, tag="put-off"):
    """An open action, or the last use of a tool, shall come back on a later day."""

    until: date
    action: str = ""
    tool: str = ""
    person: str | None = None


class Looked(_Moment, frozen=True, tag="looked"):
    """A later look at an open action, or at the last use of a tool."""

    outcome: ReviewOutcome
    action: str = ""
    tool: str = ""
    person: str | None = None
    changed: str = ""
    for_whom: str = ""
    next_on: date | None = None
    closed: ActionState | None = None


class Kept(Struct, frozen=True):
    """A record was finished, to be looked at again on a day, or never."""

    at: datetime
    entry: Entry
    review_on: date | None
    agreed: bool  # by both


class Began(Struct, frozen=True):
    """A draft was written, and left at a page. Its entry ends where it was left."""

    at: datetime
    entry: Entry
    page: str


# Actions are named by their words, and records by their tool and person: the last such one is
# meant, with nobody where no person is named.
Step = Met | Kept | Began | Agreed | Reworded | Ended | PutOff | Looked
_Plain = Met | Agreed | Reworded | Ended | PutOff | Looked


def read_diary(path: Path, toolkit: Toolkit) -> tuple[Step, ...]:
    """What was done, in the order of time. Raises FileProblem, or BadInput for the first fault."""
    content = read_json(path)
    if not isinstance(content, list):
        refuse(path, (), "a diary must be a list.")
    steps: list[Step] = []
    known = _Known()
    for number, raw in enumerate(content):
        step = _step(path, (number,), raw, toolkit)
        if steps and step.at < steps[-1].at:
            refuse(path, (number, "at"), "this is before the one above it.")
        if sentence := known.take(step):
            refuse(path, (number,), sentence)
        steps.append(step)
    return tuple(steps)


class _Known:
    """What there is so far to be named: the open actions, and the uses of tools."""

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._used: set[tuple[str, str | None]] = set()

    def take(self, step: Step) -> str:
        """Note what a step brings and ends; what is wrong with it, in a sentence, or ""."""
        match step:
            case Kept(entry=entry):
                self._used.add((entry.tool.id, entry.person))
                prompts = {prompt.id: prompt for prompt in entry.tool.prompts}
                for prompt_id, value in entry.answers.items():
                    if prompts[prompt_id].kind == "action" and isinstance(value, list):
                        texts = (row["text"] for row in value if isinstance(row, dict))
                        if any(self._is_taken(str(text)) for text in texts):
                            return _TAKEN
            case Agreed(text=text):
                return _TAKEN if self._is_taken(text) else ""
            case Reworded(action=action, text=text):
                return self._leave(action) or (_TAKEN if self._is_taken(text) else "")
            case Ended(action=action):
                return self._leave(action)
            case PutOff() | Looked():
                return self._named(step)
        return ""

    def _is_taken(self, text: str) -> bool:
        taken = text in self._open
        self._open.add(text)
        return taken

    def _leave(self, action: str) -> str:
        if action not in self._open:
            return "no action that is open by then has these words."
        self._open.remove(action)
        return ""

    def _named(self, step: PutOff | Looked) -> str:
        if bool(step.action) is bool(step.tool):
            return "name either an action or a tool."
        if step.tool:
            is_there = (step.tool, step.person) in self._used
            return "" if is_there else "by then, this tool was not used with this person."
        if isinstance(step, Looked) and (step.closed or step.outcome is ReviewOutcome.STOP):
            return self._leave(step.action)
        return "" if step.action in self._open else self._leave(step.action)


_TAKEN = "an action with these words is open already."


def _step(path: Path, place: Place, raw: Json, toolkit: Toolkit) -> Step:
    if not isinstance(raw, dict):
        refuse(path, place, "this must be an object with named fields.")
    if raw.get("did") in ("kept", "began"):
        return _record(path, place, raw, toolkit)
    try:
        step: _Plain = msgspec.convert(raw, _Plain)
    except msgspec.ValidationError as error:
        field, sentence = _fault(str(error))
        refuse(path, (*place, *field), sentence)
    if step.at.tzinfo is not None:
        refuse(path, (*place, "at"), "this must be a time without an offset.")
    return step


def _record(path: Path, place: Place, raw: dict[str, Json], toolkit: Toolkit) -> Kept | Began:
    """A record or a draft: its own fields, and those of an entry, which ends `at`."""
    if "at" not in raw or "finished" in raw:
        refuse(path, place, "the field “at” says when it was finished, or left.")
    own = {"did", "at", "review-on", "agreed"} if raw["did"] == "kept" else {"did", "at", "page"}
    entry = read_entry(
        path,
        place,
        {name: value for name, value in raw.items() if name not in own} | {"finished": raw["at"]},
        toolkit,
    )
    if entry.actions:
        refuse(path, (*place, "actions"), "what was agreed stands under a prompt here.")
    at = entry.finished.astimezone().replace(tzinfo=None)
    if raw["did"] == "began":
        page, pages = raw.get("page", ""), Run(entry.tool, entry.answers).pages
        if not isinstance(page, str) or page not in [each.key for each in pages]:
            refuse(path, (*place, "page"), f"the tool “{entry.tool.id}” has no such page.")
        return Began(at, entry, page)
    try:
        review_on = msgspec.convert(raw.get("review-on"), date | None)
        agreed = msgspec.convert(raw.get("agreed", False), bool)
    except msgspec.ValidationError as error:
        refuse(path, place, _fault(str(error))[1])
    return Kept(at, entry, review_on, agreed)


def _fault(said: str) -> tuple[Place, str]:
    """The field and a sentence, from what msgspec says; it may quote what was written."""
    what, _, at = said.partition(" - at `$.")
    field: Place = (at.rstrip("`"),) if at else ()
    if what.startswith("Object missing required field"):
        return field, f"the field “{what.split('`')[1]}” is missing."
    if what.startswith("Object contains unknown field"):
        return field, "there is a field that does not belong here."
    return field, "this is not what may stand here."
