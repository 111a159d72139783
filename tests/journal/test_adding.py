from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import Entry
from retention_desktop.journal.records import count_records, get_record, list_records
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import RecordState
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW


def entry(tool: Tool, number: int = 0) -> Entry:
    start = NOW - timedelta(days=number)
    agreed: list[dict[str, str | int]] = [{"text": "Visit", "owner": "Sam", "due": "2026-12-01"}]
    return Entry(
        tool,
        start,
        start + timedelta(minutes=30),
        "Person A",
        {
            "when": "2026-12-24",
            "happened": f"Number {number}",
            "agreed": agreed,
        },
        [{"text": "Rest"}],
        ("supervision", "autumn"),
    )


def test_an_added_record_is_a_finished_one(vault: Vault, tool: Tool) -> None:
    (record_id,) = add_records(vault, [entry(tool)], now=NOW)
    record = get_record(vault, record_id)
    end = NOW + timedelta(minutes=30)
    assert record.head.state is RecordState.FINISHED
    assert (record.head.started, record.head.updated, record.head.finished) == (NOW, end, end)
    assert (record.head.person, record.head.preview) == ("Person A", "Number 0")
    assert [answer.prompt.id for answer in record.answers] == ["happened", "agreed", "when"]
    assert record.answers[0].prompt == tool.prompts[0]
    assert [(a.text, a.owner, a.due, a.prompt_id) for a in record.actions] == [
        ("Visit", "Sam", date(2026, 12, 1), "agreed"),
        ("Rest", "", None, None),
    ]
    assert record.tags == ("autumn", "supervision")
    assert [hit.head.id for hit in search_records(vault, "number visit rest person")] == [record_id]


def test_a_thousand_records_at_once_keep_their_order(vault: Vault, tool: Tool) -> None:
    ids = add_records(vault, [entry(tool, number) for number in range(1000)], now=NOW)
    assert len(set(ids)) == count_records(vault) == 1000
    assert [head.id for head in list_records(vault, limit=2)] == list(ids[:2])
    (hit,) = search_records(vault, '"number 734"')
    assert hit.head.id == ids[734]


def test_all_are_added_or_none(vault: Vault, tool: Tool) -> None:
    class Interrupted(BaseException):
        pass

    def entries() -> Iterator[Entry]:
        yield entry(tool, 1)
        yield entry(tool, 2)
        raise Interrupted

    with pytest.raises(Interrupted):
        add_records(vault, entries(), now=NOW)
    assert count_records(vault) == 0
    assert search_records(vault, "number") == ()
    assert add_records(vault, [entry(tool)], now=NOW)
