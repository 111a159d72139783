"""The register of actions: all that was agreed, in finished records and by hand.

What was agreed in a draft is not in the register until its record is finished.
"""

from datetime import date, datetime
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    null,
    or_,
    select,
    tuple_,
    update,
)

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal import store
from retention_desktop.journal.begun import drop_begun
from retention_desktop.models import tables as t
from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Driver,
    Form,
    PromptKind,
    RecordState,
)
from retention_desktop.models.prompts import Prompt, TableRow
from retention_desktop.models.views import ActionHead, Changes, Place
from retention_desktop.toolkit.answers import check_value
from retention_desktop.vault import Vault

_ASKED = Prompt("action", "What was agreed", PromptKind.ACTION)

_a = t.action.c
_r = t.record.c
_IN_REGISTER = or_(_a.record_id.is_(null()), _r.state == RecordState.FINISHED)
_JOINED = t.action.outerjoin(t.record, _a.record_id == _r.id).outerjoin(
    t.person, _a.person_id == t.person.c.id
)
HEADS: Select[*tuple[Any, ...]] = (
    select(
        _a.id,
        _a.text,
        _a.owner,
        _a.due,
        _a.kind,
        _a.state,
        _a.why,
        _a.created,
        _a.closed,
        _a.record_id,
        func.coalesce(_r.title, ""),
        t.person.c.alias,
        _a.driver,
    )
    .select_from(_JOINED)
    .where(_IN_REGISTER)
)
_COUNT = select(func.count()).select_from(_JOINED).where(_IN_REGISTER)

# The register in its order is these three, one after the other; for each there is an index.
_DATED = HEADS.where(_a.state == ActionState.OPEN, _a.due.is_not(null())).order_by(_a.due, _a.id)
_UNDATED = HEADS.where(_a.state == ActionState.OPEN, _a.due.is_(null())).order_by(_a.id.desc())
_CLOSED = HEADS.where(_a.closed.is_not(null())).order_by(_a.closed.desc(), _a.id.desc())


class ActionFilter(Struct, frozen=True):
    """What actions must be like; None means any.

    `person` is an alias. `due_until` leaves out those without a date. Each word of `words` must
    stand, perhaps within another, in what was agreed, whose it is or how it ended.
    """

    person: str | None = None
    driver: Driver | None = None
    state: ActionState | None = None
    kind: ActionKind | None = None
    due_until: date | None = None
    words: str = ""


ALL = ActionFilter()


class About(Struct, frozen=True):
    """What an action is for, with whom and for which driver. `person` is an alias."""

    kind: ActionKind = ActionKind.TRY
    person: str | None = None
    driver: Driver | None = None


def list_actions(
    vault: Vault,
    wanted: ActionFilter = ALL,
    *,
    limit: int = 100,
    after: ActionHead | None = None,
) -> tuple[ActionHead, ...]:
    """The actions that are wanted, at most `limit`.

    The open ones come first, the soonest due before the others and those without a date last; then
    the closed ones, the last closed first. `after` is the last one of the page before.
    """
    found: list[ActionHead] = []
    with vault.reading() as connection:
        for part in _parts(wanted, after):
            query = _filtered(part, wanted).limit(limit - len(found))
            found += (ActionHead(*row) for row in connection.execute(query))
            if len(found) == limit:
                break
    return tuple(found)


def count_actions(vault: Vault, wanted: ActionFilter = ALL) -> int:
    """How many actions are wanted."""
    with vault.reading() as connection:
        return int(connection.execute(_filtered(_COUNT, wanted)).scalar_one())


def get_action(vault: Vault, action_id: int) -> ActionHead:
    """One action of the register; raises NotFound."""
    with vault.reading() as connection:
        return find_action(connection, action_id)


def add_action(
    vault: Vault,
    text: str,
    *,
    now: datetime,
    kind: ActionKind = ActionKind.TRY,
    owner: str = "",
    due: date | None = None,
    person: str | None = None,
    driver: Driver | None = None,
) -> Changes:
    """An action added by hand; `actions` of the changes holds its id alone."""
    about = _checked_about(About(kind, person, driver))
    columns = _checked(text, owner, due)
    with vault.writing() as connection:
        columns |= _about_columns(connection, about, now)
        added = {"position": 0, "state": ActionState.OPEN, "created": now}
        action_id = store.inserted(connection, t.action, columns | added)
        drop_begun(connection, Place(Form.NEW_ACTION))
    return Changes(actions=(action_id,), people=_people(about.person))


def change_action(
    vault: Vault, action_id: int, *, text: str, owner: str, due: date | None
) -> Changes:
    """Say otherwise what was agreed, whose it is and by when, while it is open."""
    columns = _checked(text, owner, due)
    with vault.writing() as connection:
        action = find_open(connection, action_id)
        drop_begun(connection, Place(Form.EDIT, action_id=action_id))
        return write_action(connection, action, **columns)


def change_added_action(
    vault: Vault,
    action_id: int,
    *,
    text: str,
    owner: str,
    due: date | None,
    about: About,
    now: datetime,
) -> Changes:
    """Say everything anew of an open action that was added by hand.

    Raises BadInput for one of a record: it has the record's person and driver.
    """
    about = _checked_about(about)
    columns = _checked(text, owner, due)
    with vault.writing() as connection:
        action = find_open(connection, action_id)
        if action.record_id is not None:
            raise BadInput("This action has the person and the driver of its record.")
        before = _person_of(connection, action_id)
        drop_begun(connection, Place(Form.EDIT, action_id=action_id))
        write_action(connection, action, **columns, **_about_columns(connection, about, now))
        store.drop_if_unused(connection, before, ())
    people = dict.fromkeys((*_people(action.person), *_people(about.person)))
    return Changes(actions=(action_id,), people=tuple(people))


def snooze_action(vault: Vault, action_id: int, until: date) -> Changes:
    """Let an open action come back on another day."""
    with vault.writing() as connection:
        action = find_open(connection, action_id)
        drop_begun(connection, Place(Form.LATER, action_id=action_id))
        return write_action(connection, action, due=until)


def close_action(
    vault: Vault, action_id: int, state: ActionState, *, now: datetime, why: str = ""
) -> Changes:
    """Close an open action as done, changed or let go, with a word why."""
    if state is ActionState.OPEN:
        raise ValueError("an action is closed as done, changed or let go")
    columns = {"state": state, "closed": now, "why": store.checked_text(why, "why")}
    with vault.writing() as connection:
        action = find_open(connection, action_id)
        drop_begun(connection, Place(Form.ENDING, action_id=action_id))
        return write_action(connection, action, **columns)


def reopen_action(vault: Vault, action_id: int) -> Changes:
    """Let a closed action stand again; the word about its end is forgotten."""
    with vault.writing() as connection:
        action = find_action(connection, action_id)
        return write_action(connection, action, state=ActionState.OPEN, closed=None, why="")


def remove_action(vault: Vault, action_id: int) -> Changes:
    """Remove an action that was added by hand, with its reviews; those of records stay."""
    with vault.writing() as connection:
        action = find_action(connection, action_id)
        if action.record_id is not None:
            raise BadInput("This action belongs to a record, so it stays.", "Let it go instead.")
        person = _person_of(connection, action_id)
        connection.execute(t.action.delete().where(_a.id == action_id))
        store.drop_if_unused(connection, person, ())
    return _changes(action)


def find_action(connection: Connection, action_id: int) -> ActionHead:
    """One action of the register, for the verbs of this package; raises NotFound."""
    row: Row[*tuple[Any, ...]] | None = connection.execute(HEADS.where(_a.id == action_id)).first()
    if row is None:
        raise NotFound(f"There is no action {action_id} in this journal.")
    return ActionHead(*row)


def find_open(connection: Connection, action_id: int) -> ActionHead:
    """One open action; raises NotFound, and BadInput for one that is closed."""
    action = find_action(connection, action_id)
    if action.state is not ActionState.OPEN:
        raise BadInput(
            f"Action {action_id} is closed, so it stays as it is.", "Open it again first."
        )
    return action


def write_action(connection: Connection, action: ActionHead, **columns: object) -> Changes:
    """Change columns of an action; the search row of its record is then out of date."""
    connection.execute(update(t.action).where(_a.id == action.id).values(columns))
    if action.record_id is not None:
        store.update_record(connection, action.record_id)
    return _changes(action)


def _changes(action: ActionHead) -> Changes:
    return Changes(
        records=() if action.record_id is None else (action.record_id,),
        actions=(action.id,),
        people=_people(action.person),
    )


def _people(alias: str | None) -> tuple[str, ...]:
    return () if alias is None else (alias,)


def _person_of(connection: Connection, action_id: int) -> int | None:
    return connection.scalar(select(_a.person_id).where(_a.id == action_id))


def _parts(wanted: ActionFilter, after: ActionHead | None) -> list[Select[*tuple[Any, ...]]]:
    """The parts of the register in which something wanted can stand, from `after` on."""
    parts = [_DATED, _UNDATED, _CLOSED]
    begin = 0
    if after is not None:
        begin, beyond = _beyond(after)
        parts[begin] = parts[begin].where(beyond)
    if wanted.state is ActionState.OPEN:
        return parts[begin:2]
    return parts[begin:] if wanted.state is None else parts[2:]


def _beyond(action: ActionHead) -> tuple[int, ColumnElement[bool]]:
    """In which part of the register an action stands, and what comes after it there."""
    if action.closed is not None:
        return 2, tuple_(_a.closed, _a.id) < (action.closed, action.id)
    if action.due is None:
        return 1, _a.id < action.id
    return 0, tuple_(_a.due, _a.id) > (action.due, action.id)


def _filtered(query: Select[*tuple[Any, ...]], wanted: ActionFilter) -> Select[*tuple[Any, ...]]:
    columns = ((_a.driver, wanted.driver), (_a.state, wanted.state), (_a.kind, wanted.kind))
    query = query.where(*(column == value for column, value in columns if value is not None))
    if wanted.person is not None:
        is_named = t.person.c.alias == wanted.person
        query = query.where(_a.person_id == select(t.person.c.id).where(is_named).scalar_subquery())
    if wanted.due_until is not None:
        query = query.where(_a.due <= wanted.due_until)
    words = _a.text + " " + _a.owner + " " + _a.why
    return query.where(*(words.icontains(word, autoescape=True) for word in wanted.words.split()))


def _checked(text: str, owner: str, due: date | None) -> dict[str, Any]:
    """The columns of an action, checked as an answer to an action prompt is."""
    if not text.strip():
        raise BadInput("There is nothing yet in what was agreed.", "Write a few words.")
    row = {"text": text, "owner": owner, "due": "" if due is None else due.isoformat()}
    (checked,) = cast("list[TableRow]", check_value(_ASKED, [row]))
    return {"text": checked["text"], "owner": checked.get("owner", ""), "due": due}


def _checked_about(about: About) -> About:
    if about.person is None:
        return about
    return replace(about, person=store.checked_name(about.person, "An alias"))


def _about_columns(connection: Connection, about: About, now: datetime) -> dict[str, Any]:
    person = None if about.person is None else store.person_id(connection, about.person, now=now)
    return {"kind": about.kind, "person_id": person, "driver": about.driver}
