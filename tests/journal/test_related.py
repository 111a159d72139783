"""Records that have something to do with one another."""

from datetime import datetime, timedelta

import pytest

from retention_desktop.journal.records import finish_record, set_tags, start_record
from retention_desktop.journal.related import related_records
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool
from .writing import write

OTHER = make_tool("other", Driver.WELLBEING)


def keep(
    vault: Vault,
    tool: Tool,
    words: str = "",
    *tags: str,
    at: datetime = NOW,
    finish: bool = True,
) -> int:
    (record_id,) = start_record(vault, tool, now=at).records
    write(vault, record_id, tool, "happened", words, at)
    set_tags(vault, record_id, tags, now=at)
    if finish:
        finish_record(vault, record_id, review_on=None, now=at)
    return record_id


def related(vault: Vault, record_id: int) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    return [(each.head.id, each.tags, each.words) for each in related_records(vault, record_id)]


@pytest.fixture
def busy(vault: Vault) -> Vault:
    """A journal in which some words are common."""
    for number in range(10):
        keep(vault, OTHER, "Meeting about ordinary things", at=NOW - timedelta(days=number + 2))
    return vault


def test_shared_tags_come_first_then_rare_words(busy: Vault, tool: Tool) -> None:
    words = "The discharge meeting about an ambulance was ordinary"
    this = keep(busy, tool, words, "team", "rota")
    one_tag = keep(busy, OTHER, "Elsewhere", "team")
    two_tags = keep(busy, OTHER, "Elsewhere again", "team", "rota", "winter")
    same_words = keep(busy, OTHER, "An AMBULANCE, and a discharge")
    keep(busy, OTHER, "One discharge meeting about ordinary things")
    assert related(busy, this) == [
        (two_tags, ("rota", "team"), ()),
        (one_tag, ("team",), ()),
        (same_words, (), ("ambulance", "discharge")),
    ]


def test_the_newest_of_the_driver_fill_up(busy: Vault, tool: Tool) -> None:
    this = keep(busy, tool, "Nothing")
    older = keep(busy, tool, at=NOW - timedelta(days=2))
    newer = keep(busy, tool, at=NOW - timedelta(days=1))
    assert related(busy, this) == [(newer, (), ()), (older, (), ())]


def test_at_most_five_and_never_itself_or_a_draft(vault: Vault, tool: Tool) -> None:
    keep(vault, tool, "Kestrel", "team", finish=False)
    ids = [keep(vault, tool, "Kestrel", "team") for _ in range(7)]
    found = related_records(vault, ids[0])
    assert [each.head.id for each in found] == ids[:1:-1]
    assert {each.tags for each in found} == {("team",)}


def test_signs_in_what_was_written_have_no_power(vault: Vault, tool: Tool) -> None:
    this = keep(vault, tool, 'body: "unclosed OR NEAR(title) {column} * ^caret ŵyneb')
    other = keep(vault, tool, "unclosed caret", at=NOW - timedelta(days=1))
    ((found, _, words),) = related(vault, this)
    assert found == other
    assert words == ("unclosed", "caret")


def test_an_empty_record_has_nothing_related(vault: Vault, tool: Tool) -> None:
    assert related(vault, keep(vault, tool)) == []
