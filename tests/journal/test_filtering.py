"""Which records a filter means, by person and tag; test_search and test_records hold the rest."""

from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.records import (
    count_records,
    list_records,
    set_tags,
    start_record,
)
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import RecordState
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW


def begin(vault: Vault, tool: Tool, *tags: str, person: str | None = None) -> int:
    (record_id,) = start_record(vault, tool, now=NOW, person=person).records
    set_tags(vault, record_id, tags, now=NOW)
    return record_id


def ids(vault: Vault, wanted: Filter) -> list[int]:
    found = [head.id for head in list_records(vault, wanted)]
    assert count_records(vault, wanted) == len(found)
    return sorted(found)


def test_by_person_whatever_the_capitals(vault: Vault, tool: Tool) -> None:
    with_a = begin(vault, tool, person="Person A")
    begin(vault, tool, person="Person B")
    begin(vault, tool)
    assert ids(vault, Filter(person="person a")) == [with_a]
    assert ids(vault, Filter(person="Person C")) == []


def test_by_tags_all_of_them(vault: Vault, tool: Tool) -> None:
    both = begin(vault, tool, "team", "rota")
    one = begin(vault, tool, "Team")
    begin(vault, tool)
    assert ids(vault, Filter(tags=("team",))) == [both, one]
    assert ids(vault, Filter(tags=("team", "rota"))) == [both]
    assert ids(vault, Filter(tags=("winter",))) == []
    assert ids(vault, Filter(tags=("team",), state=RecordState.FINISHED)) == []


def test_a_search_within_a_person_and_a_tag(vault: Vault, tool: Tool) -> None:
    wanted = begin(vault, tool, "team", person="Person A")
    begin(vault, tool, "team", person="Person B")
    begin(vault, tool, person="Person A")
    asked = Filter(person="Person A", tags=("team",))
    assert [hit.head.id for hit in search_records(vault, "talk", asked)] == [wanted]
