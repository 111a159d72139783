"""Tags of many records at once."""

from datetime import timedelta

import pytest

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.records import finish_record, get_record, set_tags, start_record
from retention_desktop.journal.search import known_names, search_records
from retention_desktop.journal.tags import MOST_AT_ONCE, tag_records, tags_of
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW

LATER = NOW + timedelta(hours=1)


def begin(vault: Vault, tool: Tool, *tags: str) -> int:
    (record_id,) = start_record(vault, tool, now=NOW).records
    set_tags(vault, record_id, tags, now=NOW)
    return record_id


def test_many_records_get_a_tag_beside_those_they_have(vault: Vault, tool: Tool) -> None:
    first, second, third = (
        begin(vault, tool, "rota"),
        begin(vault, tool, "Team"),
        begin(vault, tool),
    )
    changes = tag_records(vault, [first, second, first], " team ", now=LATER)
    assert changes == Changes(records=(first, second))
    assert tags_of(vault, [first, second, third]) == {
        first: ("rota", "Team"),
        second: ("Team",),
        third: (),
    }
    assert {hit.head.id for hit in search_records(vault, "team")} == {first, second}


def test_only_drafts_count_as_written_in(vault: Vault, tool: Tool) -> None:
    draft, finished = begin(vault, tool), begin(vault, tool)
    finish_record(vault, finished, review_on=None, now=NOW)
    tag_records(vault, [draft, finished], "team", now=LATER)
    assert get_record(vault, draft).head.updated == LATER
    assert get_record(vault, finished).head.updated == NOW


def test_all_are_tagged_or_none(vault: Vault, tool: Tool) -> None:
    record_id = begin(vault, tool)
    with pytest.raises(NotFound):
        tag_records(vault, [record_id, 99], "team", now=NOW)
    with pytest.raises(BadInput, match="A tag must be"):
        tag_records(vault, [record_id], "two\nlines", now=NOW)
    with pytest.raises(BadInput, match="1,000"):
        tag_records(vault, range(MOST_AT_ONCE + 1), "team", now=NOW)
    assert tags_of(vault, [record_id]) == {record_id: ()}


def test_what_can_be_named_in_a_query(vault: Vault, tool: Tool) -> None:
    start_record(vault, tool, now=NOW, person="Person B")
    start_record(vault, tool, now=NOW, person="person A")
    begin(vault, tool, "team", "Rota")
    known = known_names(vault, [tool])
    assert known.tools == (("every-kind", "The every-kind talk"),)
    assert known.people == ("person A", "Person B")
    assert known.tags == ("Rota", "team")
