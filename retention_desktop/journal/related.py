"""Records that have something to do with one another."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import BindParameter, Connection, bindparam, func, literal_column, select

from retention_desktop.journal import store
from retention_desktop.journal.search import refresh_search
from retention_desktop.models import tables as t
from retention_desktop.models.enums import RecordState
from retention_desktop.models.views import RecordHead
from retention_desktop.vault import Vault

_MOST_TRIED = 60  # words that are looked up, the longest first
_RARE = 25  # records: a word that stands in more of them says little
_ONE_IN = 5  # and of a small journal, in more than each fifth
_LEAST_SHARED = 2  # rare words: one alone may be chance
_MOST_SHOWN = 3  # of the words that two records share

_WORD = re.compile(r"[^\W\d_]{5,}")
_r = t.record.c
_this: BindParameter[int] = bindparam("record")
_BODY = select(t.record_search.c.body).where(t.record_search.c.rowid == _this)
_WITH_WORD = (
    select(t.record_search.c.rowid)
    .where(literal_column("record_search").op("MATCH")(bindparam("word")))
    .limit(bindparam("most"))
)
_mine = select(t.record_tag.c.tag_id).where(t.record_tag.c.record_id == _this)
_WITH_TAGS = (
    select(t.record_tag.c.record_id)
    .where(t.record_tag.c.tag_id.in_(_mine), t.record_tag.c.record_id != _this)
    .group_by(t.record_tag.c.record_id)
    .order_by(func.count().desc(), t.record_tag.c.record_id.desc())
    .limit(bindparam("most"))
)
_SHARED_TAGS = (
    select(t.record_tag.c.record_id, t.tag.c.name)
    .join(t.tag)
    .where(
        t.record_tag.c.record_id.in_(bindparam("others", expanding=True)),
        t.record_tag.c.tag_id.in_(_mine),
    )
    .order_by(t.tag.c.name)
)
_THESE = store.HEADS.where(
    _r.id.in_(bindparam("records", expanding=True)), _r.state == RecordState.FINISHED
)
_driver = select(_r.driver).where(_r.id == _this).scalar_subquery()
_WITH_DRIVER = (
    store.HEADS.where(_r.driver == _driver, _r.state == RecordState.FINISHED, _r.id != _this)
    .order_by(_r.updated.desc(), _r.id.desc())
    .limit(bindparam("most"))
)


class Related(Struct, frozen=True):
    """A finished record that shares these tags and rare words, or, with neither, the driver."""

    head: RecordHead
    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def related_records(vault: Vault, record_id: int, *, most: int = 5) -> tuple[Related, ...]:
    """The finished records that have most to do with this one: shared tags, then rare words.

    Where there are too few, the newest of the same driver follow. The cost does not grow with the
    records, but for the count of those that share a tag.
    """
    refresh_search(vault)
    with vault.reading() as connection:
        words = _shared_words(connection, record_id)
        # Twice as many, because some may be drafts.
        here = {"record": record_id, "most": 2 * most}
        with_tags = connection.execute(_WITH_TAGS, here).scalars().all()
        others = list({*with_tags, *words})
        tags = _grouped(connection.execute(_SHARED_TAGS, {"record": record_id, "others": others}))
        heads = map(store.to_head, connection.execute(_THESE, {"records": others}))
        found = [
            Related(head, tuple(tags.get(head.id, ())), words.get(head.id, ())) for head in heads
        ]
        found.sort(key=_how_near, reverse=True)
        if len(found) < most:
            known = {each.head.id for each in found}
            newest = map(store.to_head, connection.execute(_WITH_DRIVER, here))
            found += (Related(head) for head in newest if head.id not in known)
    return tuple(Related(each.head, each.tags, each.words[:_MOST_SHOWN]) for each in found[:most])


def _how_near(related: Related) -> tuple[object, ...]:
    return len(related.tags), len(related.words), related.head.updated, related.head.id


def _shared_words(connection: Connection, record_id: int) -> Mapping[int, tuple[str, ...]]:
    """The rare words that others share with this record: by their ids, the rarest word first."""
    body = connection.execute(_BODY, {"record": record_id}).scalar() or ""
    count = connection.execute(select(func.count()).select_from(t.record)).scalar_one()
    rare = min(_RARE, max(2, count // _ONE_IN))
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(body))
    found: dict[str, list[int]] = {}
    for word in sorted(words, key=len, reverse=True)[:_MOST_TRIED]:
        asked = {"word": f'body : "{word}"', "most": rare + 1}
        ids = connection.execute(_WITH_WORD, asked).scalars().all()
        if 1 < len(ids) <= rare:
            found[word] = [each for each in ids if each != record_id]
    shared = _grouped(
        (other, word)
        for word, ids in sorted(found.items(), key=lambda each: len(each[1]))
        for other in ids
    )
    return {other: tuple(each) for other, each in shared.items() if len(each) >= _LEAST_SHARED}


def _grouped(pairs: Iterable[Any]) -> dict[int, list[str]]:
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for record_id, name in pairs:
        grouped[record_id].append(name)
    return grouped
