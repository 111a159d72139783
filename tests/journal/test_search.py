from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import Entry
from retention_desktop.journal.filtering import ALL, Filter, filtered
from retention_desktop.journal.records import (
    discard_draft,
    finish_record,
    save_answer,
    set_person,
    set_tags,
    start_record,
)
from retention_desktop.journal.search import refresh_search, search_records
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW, make_tool


def write(vault: Vault, tool: Tool, words: str) -> int:
    (record_id,) = start_record(vault, tool, now=NOW).records
    write_again(vault, record_id, tool, words)
    return record_id


def write_again(vault: Vault, record_id: int, tool: Tool, words: str) -> None:
    save_answer(vault, record_id, tool.steps[0], tool.prompts[0], words, now=NOW)


def found(vault: Vault, query: str, wanted: Filter = ALL, **options: Any) -> list[int]:
    return [hit.head.id for hit in search_records(vault, query, wanted, **options)]


def test_all_words_must_be_there_in_any_order(vault: Vault, tool: Tool) -> None:
    both = write(vault, tool, "Discharge from hospital was slow")
    write(vault, tool, "The hospital was calm")
    assert found(vault, "hospital DISCHARGE") == [both]
    assert found(vault, "hospital nowhere") == []
    assert found(vault, "") == found(vault, "  \n ") == []


def test_accents_and_case_make_no_difference(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "Cyfarfod â'r tŷ, Bangor")
    assert found(vault, "cyfarfod TY") == found(vault, "tŷ") == [record_id]


def test_while_typing_the_last_word_may_be_a_beginning(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "Discharge from hospital")
    assert found(vault, "discharge hosp", as_you_type=True) == [record_id]
    assert found(vault, "disch hospital", as_you_type=True) == []
    assert found(vault, "hosp ", as_you_type=True) == []
    assert found(vault, "hosp") == []


def test_while_typing_a_single_letter_does_not_narrow_yet(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "Discharge from hospital")
    assert found(vault, "discharge x", as_you_type=True) == [record_id]
    assert found(vault, "discharge xy", as_you_type=True) == []
    assert found(vault, "discharge x") == []
    assert found(vault, "h", as_you_type=True) == []
    assert found(vault, "ho", as_you_type=True) == [record_id]


def test_answers_of_every_kind_actions_person_and_tags_are_found(vault: Vault, tool: Tool) -> None:
    (record_id,) = start_record(vault, tool, now=NOW).records
    answers = {
        "happened": "narrative",
        "one": "Green",
        "table": [{"who": "crossword", "load": 2}],
        "agreed": [{"text": "telephone", "owner": "Ystrad"}],
    }
    for step in tool.steps:
        for prompt in step.prompts:
            save_answer(vault, record_id, step, prompt, answers.get(prompt.id), now=NOW)  # type: ignore[arg-type]
    set_person(vault, record_id, "Kingfisher", now=NOW)
    set_tags(vault, record_id, ["winter"], now=NOW)
    words = ("narrative", "green", "crossword", "telephone", "ystrad", "kingfisher", "winter")
    for word in (*words, "every-kind talk"):
        assert found(vault, word) == [record_id], word
    finish_record(vault, record_id, review_on=None, now=NOW)
    for word in (*words, "every-kind talk"):
        assert found(vault, word) == [record_id], word


def test_what_was_rewritten_is_found_and_what_was_deleted_is_not(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "kestrel")
    assert found(vault, "kestrel") == [record_id]
    write_again(vault, record_id, tool, "osprey")
    assert found(vault, "osprey") == [record_id]
    assert found(vault, "kestrel") == []
    discard_draft(vault, record_id)
    assert found(vault, "osprey") == []


def test_refreshing_overwrites_deleted_words_without_a_search(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "kestrel")
    refresh_search(vault)
    write_again(vault, record_id, tool, "osprey")
    refresh_search(vault)
    with vault.reading() as connection:
        body = connection.execute(text("SELECT body FROM record_search")).scalar_one()
        waiting = connection.execute(text("SELECT count(*) FROM search_pending")).scalar_one()
    assert (body, waiting) == ("osprey", 0)


def test_the_best_come_first_and_no_more_than_asked_for(vault: Vault, tool: Tool) -> None:
    once = write(vault, tool, "otter " + "river " * 40)
    often = write(vault, tool, "otter otter otter")
    assert found(vault, "otter") == [often, once]
    assert found(vault, "otter", limit=1) == [often]


def test_filters_narrow_a_search(vault: Vault, tool: Tool) -> None:
    other = make_tool("other", Driver.WELLBEING)
    first, second = write(vault, tool, "otter"), write(vault, other, "otter")
    finish_record(vault, second, review_on=None, now=NOW)
    day = NOW.astimezone().date()
    assert sorted(found(vault, "otter")) == [first, second]
    assert found(vault, "otter", Filter(tool="other")) == [second]
    assert found(vault, "otter", Filter(driver=Driver.GROWTH)) == [first]
    assert found(vault, "otter", Filter(state=RecordState.FINISHED)) == [second]
    assert found(vault, "otter", Filter(since=day + timedelta(days=1))) == []
    assert found(vault, "otter", Filter(until=day - timedelta(days=1))) == []
    assert sorted(found(vault, "otter", Filter(since=day, until=day))) == [first, second]


def test_a_snippet_tells_what_was_searched_for(vault: Vault, tool: Tool) -> None:
    write(vault, tool, "We saw\tan <b>Otter</b> by the river")
    (hit,) = search_records(vault, "otter river")
    assert [text for text, was_found in hit.snippet if was_found] == ["Otter", "river"]
    assert "".join(text for text, _ in hit.snippet).startswith("We saw an <b>Otter</b> by the")


def test_lines_and_answers_do_not_run_together_in_a_snippet(vault: Vault, tool: Tool) -> None:
    write(vault, tool, "We saw an otter\n\n  by the river")
    (hit,) = search_records(vault, "otter")
    shown = "".join(text for text, _ in hit.snippet)
    assert shown == "We saw an otter · by the river"


def test_text_that_holds_the_marks_of_a_snippet_does_no_harm(vault: Vault, tool: Tool) -> None:
    record_id = write(vault, tool, "\ue001 otter \ue000 \ue001\ue001 river \ue000")
    assert found(vault, "otter river") == [record_id]


def test_a_snippet_of_a_long_answer_is_cut_around_the_word(vault: Vault, tool: Tool) -> None:
    write(vault, tool, "river " * 500 + "otter " + "river " * 500)
    (hit,) = search_records(vault, "otter")
    shown = "".join(text for text, _ in hit.snippet)
    assert "otter" in shown
    assert len(shown) < 200


@settings(
    max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(query=st.text(max_size=60), as_you_type=st.booleans())
@example(query='"', as_you_type=True)
@example(query="a AND (b OR NEAR(", as_you_type=True)
@example(query="title: -x ^y *", as_you_type=False)
@example(query="\x00\ud800", as_you_type=True)
@example(query="x" * 100_000, as_you_type=True)
@example(query="otter " * 2_000, as_you_type=False)
def test_no_query_raises(vault: Vault, query: str, as_you_type: bool) -> None:
    assert search_records(vault, query, as_you_type=as_you_type) == ()


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    words=st.lists(
        st.text(st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x24F), min_size=1),
        min_size=1,
        max_size=4,
    ),
    glue=st.sampled_from([" ", ", ", '" "', " - ", "\n"]),
)
def test_what_was_written_can_be_found_by_its_own_words(
    vault: Vault, tool: Tool, words: list[str], glue: str
) -> None:
    record_id = write(vault, tool, glue.join(words))
    assert record_id in found(vault, " ".join(words))
    discard_draft(vault, record_id)


@pytest.mark.parametrize("wanted", [ALL, Filter(driver=Driver.GROWTH), Filter(tool="every-kind")])
def test_the_index_sorts_and_is_read_first(vault: Vault, tool: Tool, wanted: Filter) -> None:
    """Anything else would build a row and a snippet for every record that holds the words."""
    from retention_desktop.journal import search

    entry = Entry(tool, NOW, NOW, None, {"happened": "otter"}, [], ())
    add_records(vault, [entry] * 50, now=NOW)
    query = filtered(search._FOUND, wanted)
    with vault.reading() as connection:
        compiled = query.compile(connection.engine, compile_kwargs={"render_postcompile": True})
        values = {**compiled.params, "words": '"otter"', "most": 5}
        ordered = tuple(str(values[name]) for name in compiled.positiontup or ())
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", ordered).all()
    steps = [row[3] for row in plan]
    assert steps[0].startswith("SCAN record_search VIRTUAL TABLE")
    assert not any("TEMP B-TREE" in step for step in steps), steps
