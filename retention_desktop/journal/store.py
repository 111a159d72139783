"""How records lie in the store: what the verbs of this package share."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

import msgspec
from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    null,
    select,
    union_all,
    update,
)

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.models import tables as t
from retention_desktop.models.enums import ActionKind, ActionState, PromptKind
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.models.views import RecordHead, Review
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.blocks import plain_text
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.reading import blocks
from retention_desktop.toolkit.wording import quoted

LONGEST_NAME = 80  # characters of an alias or a tag

_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PREVIEW_LENGTH = 160
_decode = msgspec.json.Decoder().decode
_r = t.record.c

HEAD_COLUMNS = (
    _r.id,
    _r.tool_id,
    _r.title,
    _r.driver,
    _r.state,
    _r.started,
    _r.updated,
    _r.finished,
    t.person.c.alias,
    _r.review_on,
    _r.page,
    _r.preview,
)
HEADS: Select[*tuple[Any, ...]] = select(*HEAD_COLUMNS).select_from(t.record.outerjoin(t.person))

_kind = func.json_extract(t.answer.c.asked, "$.kind")
_WRITTEN = (
    select(t.answer.c.asked, t.answer.c.value)
    .where(
        t.answer.c.record_id == bindparam("record"),
        t.answer.c.value.is_not(null()),
        _kind.is_distinct_from(PromptKind.ACTION),  # its words stand in the actions
    )
    .order_by(t.answer.c.position)
)
# A date or a choice says little about a record, so running text comes first.
_is_text = func.coalesce(_kind, PromptKind.LONG_TEXT).in_(
    [PromptKind.LONG_TEXT, PromptKind.SHORT_TEXT]
)
_FIRST_WRITTEN = _WRITTEN.order_by(None).order_by(_is_text.desc(), t.answer.c.position).limit(1)
_AGREED = (
    select(t.action.c.text, t.action.c.owner, t.action.c.why)
    .where(t.action.c.record_id == bindparam("record"))
    .order_by(t.action.c.position)
)
_AGREED_UNDER_PROMPTS = (
    select(t.action.c.prompt_id, t.action.c.text, t.action.c.owner, t.action.c.due)
    .where(t.action.c.record_id == bindparam("record"), t.action.c.prompt_id.is_not(null()))
    .order_by(t.action.c.prompt_id, t.action.c.position)
)
_NAMES = (
    select(_r.title, t.person.c.alias)
    .select_from(t.record.outerjoin(t.person))
    .where(_r.id == bindparam("record"))
)
TAGS = (
    select(t.tag.c.name)
    .join(t.record_tag)
    .where(t.record_tag.c.record_id == bindparam("record"))
    .order_by(t.tag.c.name)
)
_these: BindParameter[int] = bindparam("records", expanding=True)
_reviews = union_all(
    select(t.review.c.record_id.label("of"), *t.review.c).where(t.review.c.record_id.in_(_these)),
    select(t.action.c.record_id, *t.review.c)
    .join_from(t.review, t.action)
    .where(t.action.c.record_id.in_(_these)),
).subquery()
_REVIEWS = select(_reviews).order_by(_reviews.c.done, _reviews.c.id)
_UPDATE = update(t.record).where(_r.id == bindparam("record"))
_MARK_PENDING = insert(t.search_pending).prefix_with("OR IGNORE")
_UNMARK_PENDING = delete(t.search_pending).where(
    t.search_pending.c.record_id == bindparam("record")
)
_PUT_IN_SEARCH = insert(t.record_search).prefix_with("OR REPLACE")


def to_head(row: Row[*tuple[Any, ...]]) -> RecordHead:
    """A row that begins with `HEAD_COLUMNS`, as a view."""
    return RecordHead(*tuple(row)[: len(RecordHead.__struct_fields__)])


def checked_name(name: str, what: str) -> str:
    """An alias or a tag without the space around it; raises BadInput where it is none."""
    name = name.strip()
    if not is_one_line(name, LONGEST_NAME):
        raise BadInput(f"{what} must be 1 to {LONGEST_NAME} characters on one line.")
    return name


def is_one_line(text: str, longest: int) -> bool:
    """Whether this is text of 1 to `longest` characters, without line breaks or control signs."""
    return 0 < len(text) <= longest and not _NOT_IN_A_LINE.search(text)


def not_found(record_id: int) -> NotFound:
    """The error for a record that is not there."""
    return NotFound(f"There is no record {record_id} in this journal.")


@lru_cache(maxsize=512)
def to_prompt(asked: str) -> Prompt:
    """The prompt from its stored form. Few are in use at once, and all are the tools' words."""
    return msgspec.json.decode(asked, type=Prompt)


def to_value(stored: str) -> Value:
    """The answer from its stored form."""
    return cast("Value", _decode(stored))


def to_text(content: Prompt | Value) -> str:
    """A prompt or an answer in its stored form."""
    return msgspec.json.encode(content).decode()


def update_record(connection: Connection, record_id: int, **columns: object) -> None:
    """Change columns of a record, with its preview; its search row is then out of date."""
    here = {"record": record_id}
    pieces = map(_readable, connection.execute(_FIRST_WRITTEN, here))
    first = next(pieces, None) or connection.execute(_AGREED, here).scalar() or ""
    connection.execute(_UPDATE, {**here, **columns, "preview": preview_of(first)})
    connection.execute(_MARK_PENDING, {"record_id": record_id})


def preview_of(text: str) -> str:
    """The first words of a text, on one line; with an ellipsis where there are more."""
    # Many short words are already too long, so what comes after them need not be taken apart.
    words = " ".join(text.split(maxsplit=_PREVIEW_LENGTH)[:_PREVIEW_LENGTH])
    if len(words) <= _PREVIEW_LENGTH:
        return words
    begun = words[:_PREVIEW_LENGTH]
    return f"{begun.rpartition(' ')[0] or begun[:-1]}…"


def refresh_search(connection: Connection, record_id: int) -> None:
    """Bring the search row of a record up to date: what was written, the person and the tags."""
    here = {"record": record_id}
    title, alias = connection.execute(_NAMES, here).one()
    pieces = [
        *map(_readable, connection.execute(_WRITTEN, here)),
        *map(" ".join, connection.execute(_AGREED, here)),
        *(f"{each.changed} {each.for_whom}" for _, each in reviews_of(connection, [record_id])),
        alias,
        *connection.execute(TAGS, here).scalars(),
    ]
    body = "\n".join(filter(None, pieces))
    connection.execute(_PUT_IN_SEARCH, {"rowid": record_id, "title": title, "body": body})
    connection.execute(_UNMARK_PENDING, here)


def _readable(row: Row[str, str]) -> str:
    asked, value = row
    return plain_text(blocks(to_prompt(asked), to_value(value)))


def reviews_of(connection: Connection, record_ids: Sequence[int]) -> Iterator[tuple[int, Review]]:
    """The reviews of these records and of their actions, each with the id of the record.

    They stand in the order in which they took place.
    """
    for record_id, *review in connection.execute(_REVIEWS, {"records": record_ids}):
        yield record_id, Review(*review)


def checked_text(text: str, what: str) -> str:
    """A text that stands in no answer, as it will be kept; raises BadInput where it is none."""
    return str(check_value(Prompt(what, ""), text)).strip()


def new_record(
    connection: Connection, tool: Tool, alias: str | None, *, now: datetime, **columns: object
) -> int:
    """A record of the tool with the prompts as they are worded now; its id.

    The other `columns` say when it was and whether it is finished. Raises BadInput for a person in
    a record of a tool that keeps themes alone.
    """
    if alias is not None and tool.themes_only:
        raise BadInput(
            f"The tool {quoted(tool.title)} keeps themes only, so no record of it names a person.",
            "Leave the person out.",
        )
    values = {
        "tool_id": tool.id,
        "tool_version": tool.version,
        "title": tool.title,
        "driver": tool.driver,
        "person_id": None if alias is None else person_id(connection, alias, now=now),
        **columns,
    }
    record_id = inserted(connection, t.record, values)
    asked = [
        {
            "record_id": record_id,
            "prompt_id": prompt.id,
            "position": position,
            "step_id": step.id,
            "step_title": step.title,
            "audience": prompt.audience,
            "asked": to_text(prompt),
        }
        for position, (step, prompt) in enumerate(
            (step, prompt) for step in tool.steps for prompt in step.prompts
        )
    ]
    if asked:
        connection.execute(insert(t.answer), asked)
    return record_id


def keep_agreed(connection: Connection, record_id: int) -> None:
    """Keep what was agreed as it is worded now: the actions may change, the record stays."""
    asked = connection.execute(_AGREED_UNDER_PROMPTS, {"record": record_id}).all()
    for prompt_id, actions in groupby(asked, key=lambda action: action.prompt_id):
        rows = [_agreed_row(each) for each in actions]
        connection.execute(
            update(t.answer)
            .where(t.answer.c.record_id == record_id, t.answer.c.prompt_id == prompt_id)
            .values(value=to_text(rows))
        )


def _agreed_row(action: Row[*tuple[Any, ...]]) -> TableRow:
    due = action.due.isoformat() if action.due else ""
    cells = {"text": action.text, "owner": action.owner, "due": due}
    return {name: cell for name, cell in cells.items() if cell}


def drop_unanswered(connection: Connection, record_id: int) -> None:
    """Let go of the prompts of a record under which nothing was written."""
    agreed = select(t.action.c.prompt_id).where(
        t.action.c.record_id == record_id, t.action.c.prompt_id.is_not(null())
    )
    connection.execute(
        delete(t.answer).where(
            t.answer.c.record_id == record_id,
            t.answer.c.value.is_(null()),
            t.answer.c.prompt_id.not_in(agreed),
        )
    )


def add_actions(
    connection: Connection,
    record_id: int,
    prompt: Prompt | None,
    agreed: Value,
    *,
    now: datetime,
) -> None:
    """Write actions in their order; `agreed` is the checked answer to an action prompt."""
    rows = cast("list[TableRow]", agreed)
    if rows:
        of_record = select(_r.person_id, _r.driver).where(_r.id == record_id)
        person, driver = connection.execute(of_record).one()
        connection.execute(
            insert(t.action),
            [
                {
                    "record_id": record_id,
                    "position": position,
                    "prompt_id": prompt.id if prompt else None,
                    "kind": prompt.agrees if prompt else ActionKind.TRY,
                    "text": row["text"],
                    "owner": row.get("owner", ""),
                    "due": date.fromisoformat(str(row["due"])) if "due" in row else None,
                    "state": ActionState.OPEN,
                    "created": now,
                    "person_id": person,
                    "driver": driver,
                }
                for position, row in enumerate(rows)
            ],
        )


def person_id(connection: Connection, alias: str, *, now: datetime) -> int:
    """The id of the person with this alias, who is made known when new."""
    known = connection.scalar(select(t.person.c.id).where(t.person.c.alias == alias))
    if known is None:
        known = inserted(connection, t.person, {"alias": alias, "created": now})
    return cast("int", known)


def tag_record(connection: Connection, record_id: int, names: Iterable[str]) -> None:
    """Put tags on a record that has none."""
    for name in names:
        tag_id = connection.scalar(select(t.tag.c.id).where(t.tag.c.name == name))
        if tag_id is None:
            tag_id = inserted(connection, t.tag, {"name": name})
        connection.execute(
            insert(t.record_tag).values(record_id=record_id, tag_id=tag_id).prefix_with("OR IGNORE")
        )


def drop_if_unused(connection: Connection, person: int | None, tags: Iterable[int]) -> None:
    """Forget a person whom nothing names and of whom nothing was said, and tags of no record."""
    connection.execute(
        delete(t.person).where(
            t.person.c.id == person,
            t.person.c.role == "",
            t.person.c.profession == "",
            t.person.c.working_pattern == "",
            t.person.c.meet_every.is_(null()),
            ~exists().where(_r.person_id == person),
            ~exists().where(t.action.c.person_id == person),
            ~exists().where(t.begun.c.person_id == person),
            ~exists().where(t.binned.c.person_id == person),
        )
    )
    for tag in tags:
        used = exists().where(t.record_tag.c.tag_id == tag)
        connection.execute(delete(t.tag).where(t.tag.c.id == tag, ~used))


def inserted(connection: Connection, table: Table, values: Mapping[str, object]) -> int:
    """Insert a row; its id."""
    return connection.execute(insert(table), values).lastrowid
