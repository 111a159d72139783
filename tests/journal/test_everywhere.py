"""One search through records, what was agreed, people and tools."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_desktop.journal import everywhere
from retention_desktop.journal.actions import add_action, close_action
from retention_desktop.journal.everywhere import Found, findable_tools, search_everywhere
from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.matching import folded, holds, wanted_words
from retention_desktop.journal.people import add_person, change_person
from retention_desktop.journal.records import get_record, set_tags
from retention_desktop.journal.search import search_records
from retention_desktop.models.enums import ActionState, Driver
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool
from .writing import draft, finished, write

DAY = timedelta(days=1)
TODAY = NOW.astimezone().date()


def look(vault: Vault, query: str, wanted: Filter | None = None, **options: Any) -> Found:
    tools = findable_tools((make_tool(), make_tool("other", Driver.WELLBEING, "Which rota?")))
    return search_everywhere(vault, query, wanted or Filter(), tools, **options)


def agreed(found: Found) -> list[str]:
    return [action.text for action in found.actions]


def people(found: Found) -> list[str]:
    return [person.alias for person in found.people]


def tools(found: Found) -> list[str]:
    return [tool.id for tool in found.tools]


def know(vault: Vault, alias: str, role: str = "", profession: str = "") -> None:
    add_person(vault, alias, now=NOW)
    change_person(
        vault,
        alias,
        new_alias=alias,
        role=role,
        profession=profession,
        working_pattern="",
        meet_every=None,
    )


def test_one_search_finds_every_kind(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, {"text": "Ask for a new rota", "owner": "Me"})
    add_action(vault, "Look at the rota", now=NOW)
    know(vault, "Kestrel", role="Rota lead")
    found = look(vault, "rota")
    assert [hit.head.id for hit in found.records] == [record_id]
    assert ("rota", True) in found.records[0].snippet
    assert agreed(found) == ["Look at the rota", "Ask for a new rota"]
    assert people(found) == ["Kestrel"]
    assert tools(found) == ["other"]


def test_without_words_and_without_what_narrows_nothing_is_found(vault: Vault, tool: Tool) -> None:
    finished(vault, tool, NOW, {"text": "Ask"}, person="Kestrel")
    assert look(vault, "") == look(vault, "  ") == look(vault, "-") == Found()
    assert look(vault, "-", Filter(person="Kestrel")) == Found()


def test_actions_by_what_was_agreed_whose_it_is_and_why_it_ended(vault: Vault) -> None:
    (told,) = add_action(vault, "Ring the agency", now=NOW, owner="Otter").actions
    assert agreed(look(vault, "agency otter")) == ["Ring the agency"]
    close_action(vault, told, ActionState.DONE, now=NOW, why="They rang back")
    assert agreed(look(vault, "otter back")) == ["Ring the agency"]
    assert agreed(look(vault, "ott", as_you_type=True)) == ["Ring the agency"]
    assert agreed(look(vault, "ott")) == agreed(look(vault, "gency otter")) == []


def test_accents_and_capitals_make_no_difference_anywhere(vault: Vault) -> None:
    add_action(vault, "Talk at the CAFÉ", now=NOW)
    add_action(vault, "Meet at the cafe", now=NOW)
    know(vault, "Tŷ")
    assert agreed(look(vault, "café")) == agreed(look(vault, "cafe"))
    assert len(agreed(look(vault, "cafe"))) == 2
    assert people(look(vault, "ty")) == ["Tŷ"]


def test_what_was_agreed_in_a_draft_is_not_in_the_register_yet(vault: Vault, tool: Tool) -> None:
    draft(vault, tool, NOW, {"text": "Ask for a new rota"})
    found = look(vault, "rota")
    assert (len(found.records), found.actions) == (1, ())


def test_open_actions_come_first_and_then_the_newest(vault: Vault) -> None:
    first, second, _third = (
        add_action(vault, f"Walk {n}", now=NOW + n * DAY).actions[0] for n in range(3)
    )
    close_action(vault, second, ActionState.LET_GO, now=NOW)
    assert agreed(look(vault, "walk")) == ["Walk 2", "Walk 0", "Walk 1"]
    assert agreed(look(vault, "walk", limit=2)) == ["Walk 2", "Walk 1"]
    assert first


@pytest.fixture
def held(vault: Vault, toolkit: Toolkit) -> Vault:
    """Two records a month apart, by tool, person, driver and tag."""
    one, other = toolkit.tools
    old = finished(vault, one, NOW - 31 * DAY, {"text": "Walk on Monday"}, person="Kestrel")
    finished(vault, other, NOW, {"text": "Walk on Friday"}, person="Otter")
    set_tags(vault, old, ["team"], now=NOW - 31 * DAY)
    add_action(vault, "Walk by oneself", now=NOW)
    return vault


@pytest.mark.parametrize(
    ("wanted", "actions", "with_whom", "with_what"),
    [
        (Filter(person="Kestrel"), ["Walk on Monday"], ["Kestrel"], []),
        (Filter(tool="other"), ["Walk on Friday"], ["Otter"], ["other"]),
        (Filter(driver=Driver.GROWTH), ["Walk on Monday"], ["Kestrel"], ["every-kind"]),
        (Filter(tags=("team",)), ["Walk on Monday"], ["Kestrel"], []),
        (Filter(tags=("team", "other")), [], [], []),
        (Filter(until=TODAY - 20 * DAY), ["Walk on Monday"], ["Kestrel"], []),
        (Filter(since=TODAY), ["Walk by oneself", "Walk on Friday"], ["Otter"], []),
        (Filter(since=TODAY, person="Kestrel"), [], [], []),
    ],
)
def test_each_operator_narrows_each_kind(
    held: Vault, wanted: Filter, actions: list[str], with_whom: list[str], with_what: list[str]
) -> None:
    found = look(held, "", wanted)
    assert (agreed(found), people(found), tools(found)) == (actions, with_whom, with_what)
    of_records = [text for text in actions if text != "Walk by oneself"]
    assert [hit.head.preview for hit in found.records] == of_records
    assert agreed(look(held, "walk", wanted)) == actions
    assert agreed(look(held, "sail", wanted)) == []
    assert people(look(held, "walk", wanted)) == []


def test_a_tool_is_found_by_all_its_words_and_first_by_its_name(vault: Vault) -> None:
    assert tools(look(vault, "talk")) == ["every-kind", "other"]
    assert tools(look(vault, "other talk")) == ["other"]
    assert tools(look(vault, "which ro", as_you_type=True)) == ["other"]


def test_each_kind_is_limited(vault: Vault, tool: Tool) -> None:
    for number in range(4):
        finished(vault, tool, NOW, {"text": f"Walk {number}"}, person=f"Walk {number}")
    found = look(vault, "walk", limit=3)
    assert [len(found.records), len(found.actions), len(found.people)] == [3, 3, 3]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    said=st.lists(st.sampled_from(["Tŷ", "ty", "café", "Caff", "%", "e-mail", "mail"]), min_size=1),
    query=st.lists(st.sampled_from(["ty", "tŷ", "caf", "E", "mail", "e-mail", "%"]), min_size=1),
    few=st.booleans(),
    as_you_type=st.booleans(),
)
def test_all_that_holds_every_word_is_found_and_nothing_else(
    vault: Vault,
    tool: Tool,
    said: list[str],
    query: list[str],
    few: bool,
    as_you_type: bool,
) -> None:
    text, words = " ".join(said), " ".join(query)
    before = len(look(vault, words, limit=999, as_you_type=as_you_type).actions)
    finished(vault, tool, NOW, {"text": text})
    add_action(vault, text, now=NOW)
    with pytest.MonkeyPatch.context() as patched:
        if not few:
            patched.setattr(everywhere, "_FEW", -1)  # as where very many records hold the words
        found = look(vault, words, limit=999, as_you_type=as_you_type)
    wanted = wanted_words(words, as_you_type=as_you_type)
    assert len(found.actions) - before == (2 if holds(folded(text), wanted) else 0)
    for action in found.actions:
        assert holds(folded(action.text), wanted)
    for hit in found.records:
        record = get_record(vault, hit.head.id)
        assert holds(folded(f"{tool.title} {record.actions[0].text}"), wanted)


def test_narrowed_records_are_those_that_search_and_filter_give(held: Vault) -> None:
    for wanted in (Filter(person="Otter"), Filter(tags=("team",)), Filter(since=date(2020, 1, 1))):
        (hits, found) = search_records(held, "walk", wanted), look(held, "walk", wanted)
        assert found.records == hits
        assert hits


def test_a_record_is_found_by_what_is_not_saved_in_the_index_yet(vault: Vault, tool: Tool) -> None:
    record_id = draft(vault, tool, NOW)
    write(vault, record_id, tool, "happened", "The kingfisher", NOW)
    assert [hit.head.id for hit in look(vault, "kingfisher").records] == [record_id]
