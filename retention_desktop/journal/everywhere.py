"""Finding everything that holds some words: records, what was agreed, people and tools."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
)

from retention_desktop.journal.actions import HEADS as ACTIONS
from retention_desktop.journal.filtering import ALL, Filter, filtered, midnight
from retention_desktop.journal.matching import (
    Findable,
    Wanted,
    find_in,
    folded,
    holds,
    runs_of,
    wanted_words,
)
from retention_desktop.journal.people import list_people
from retention_desktop.journal.records import list_records
from retention_desktop.journal.search import match_words, search_records
from retention_desktop.models import tables as t
from retention_desktop.models.enums import ActionState
from retention_desktop.models.views import ActionHead, Person, SearchHit
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

MOST = 50  # of each kind
_FEW = 1_000  # records, up to which it is quicker to look at what was agreed in each of them

_a = t.action.c
_r = t.record.c
_p = t.person.c
_SAID = (_a.text, _a.owner, _a.why)
_ACTIONS = ACTIONS.order_by(_a.id.desc())
_RECORDS = (
    select(t.record_search.c.rowid)
    .where(literal_column("record_search", Text).op("MATCH")(bindparam("words")))
    .limit(_FEW + 1)
)


class Found(Struct, frozen=True):
    """What was found of each kind, the best first."""

    records: tuple[SearchHit, ...] = ()
    actions: tuple[ActionHead, ...] = ()
    people: tuple[Person, ...] = ()
    tools: tuple[Tool, ...] = ()


def findable_tools(tools: Iterable[Tool]) -> tuple[Findable[Tool], ...]:
    """The tools, to be found by every word of theirs."""
    return tuple(Findable(tool, folded(tool.title), folded(_text_of(tool))) for tool in tools)


def search_everywhere(
    vault: Vault,
    query: str,
    wanted: Filter = ALL,
    tools: Iterable[Findable[Tool]] = (),
    *,
    limit: int = MOST,
    as_you_type: bool = False,
) -> Found:
    """Everything that holds every word of the query and is as wanted, at most `limit` of each kind.

    Of actions these are the newest, the open ones before the others; their day is the one on which
    they were agreed. An action is made with the tool and has the tags of its record. A person is
    as wanted where a record with them is. A tool has neither person, tags nor days. Without words,
    everything is found that is as wanted; without either, nothing.
    """
    words = wanted_words(query, as_you_type=as_you_type)
    if not runs_of(words) and (words.words or wanted == ALL):
        return Found()
    if words.words:
        records = search_records(vault, query, wanted, limit=limit, as_you_type=as_you_type)
    else:
        heads = list_records(vault, wanted, limit=limit)
        records = tuple(SearchHit(head, ((head.preview, False),)) for head in heads)
    return Found(
        records,
        _actions(vault, words, wanted, limit),
        _people(vault, words, wanted)[:limit],
        _tools(tools, words, wanted)[:limit],
    )


def _actions(vault: Vault, words: Wanted, wanted: Filter, limit: int) -> tuple[ActionHead, ...]:
    query = _narrowed(_ACTIONS, wanted)
    if not words.words:
        with vault.reading() as connection:
            found = [ActionHead(*row) for row in connection.execute(query.limit(limit))]
    else:
        with vault.reading() as connection:
            # What was agreed in a record stands in the record's row of the index too.
            records = connection.execute(_RECORDS, {"words": match_words(words)}).scalars().all()
            if len(records) <= _FEW:
                query = query.where(or_(_a.record_id.in_(records), _a.record_id.is_(null())))
            rows = connection.execute(query.where(*_may_hold(words)))
            hits = (
                row for row in rows if holds(folded(f"{row.text} {row.owner} {row.why}"), words)
            )
            found = [ActionHead(*row) for row in islice(hits, limit)]
    return tuple(sorted(found, key=lambda action: action.state is not ActionState.OPEN))


def _may_hold(words: Wanted) -> Iterator[ColumnElement[bool]]:
    """Leaves out nearly all that does not hold the words, and nothing that does."""
    said = func.lower(" " + _a.text + " " + _a.owner + " " + _a.why + " ")
    for run in runs_of(words):
        for word in run.split():
            may_be = [_has_accents(column) for column in _SAID]
            if word.isascii():
                # The first costs little, and the second sees where a word begins and ends.
                somewhere = or_(*(column.contains(word) for column in _SAID))
                end = "" if run.endswith(word) else "[^0-9a-z]"
                may_be.append(and_(somewhere, said.op("GLOB")(f"*[^0-9a-z]{word}{end}*")))
            yield or_(*may_be)


def _has_accents(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether there is anything in it but ASCII, which is all that SQLite can compare."""
    return func.length(column) != func.octet_length(column)


def _narrowed(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    """The query on `action`, narrowed to what is wanted."""
    columns = ((_p.alias, wanted.person), (_a.driver, wanted.driver))
    query = query.where(*(column == value for column, value in columns if value is not None))
    if wanted.since is not None:
        query = query.where(_a.created >= midnight(wanted.since))
    if wanted.until is not None:
        query = query.where(_a.created < midnight(wanted.until + timedelta(days=1)))
    of_record = Filter(tool=wanted.tool, tags=wanted.tags)
    if of_record != ALL:
        query = query.where(_a.record_id.in_(filtered(select(_r.id), of_record)))
    return query


def _people(vault: Vault, words: Wanted, wanted: Filter) -> tuple[Person, ...]:
    people = list_people(vault)
    if words.words:
        about = ((each, f"{each.alias} {each.role} {each.profession}") for each in people)
        people = tuple(each for each, text in about if holds(folded(text), words))
    if wanted.person is not None:
        people = tuple(each for each in people if each.alias == wanted.person)
    of_records = replace(wanted, person=None)
    if people and of_records != ALL:
        record = filtered(select(_r.id).where(_r.person_id == _p.id), of_records)
        with vault.reading() as connection:
            fitting = set(connection.execute(select(_p.alias).where(record.exists())).scalars())
        people = tuple(each for each in people if each.alias in fitting)
    return people


def _tools(tools: Iterable[Findable[Tool]], words: Wanted, wanted: Filter) -> tuple[Tool, ...]:
    if Filter(tool=wanted.tool, driver=wanted.driver) != wanted:
        return ()
    fitting = [
        each
        for each in tools
        if wanted.tool in (None, each.what.id) and wanted.driver in (None, each.what.driver)
    ]
    return find_in(fitting, words) if words.words else tuple(each.what for each in fitting)


def _text_of(tool: Tool) -> str:
    steps = (f"{step.title} {step.text}" for step in tool.steps)
    prompts = (prompt.label for prompt in tool.prompts)
    return " ".join((tool.title, tool.purpose, tool.when, tool.audience, *steps, *prompts))
