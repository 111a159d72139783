"""Whatever a tool file may say: what is written with it is kept, read, gathered and printed."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from retention_desktop.journal.records import (
    finish_record,
    finished_records,
    get_record,
    save_answer,
    start_record,
)
from retention_desktop.journal.search import refresh_search
from retention_desktop.models.prompts import Value
from retention_desktop.models.views import Record
from retention_desktop.sharing.card import card_text, make_card
from retention_desktop.sharing.differences import differences
from retention_desktop.sharing.gathering import gather
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.pdf.card import render_card
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.reading import agreed, is_empty
from retention_desktop.toolkit.run import CHECK_PAGE, Run, review_date
from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault
from tests.toolkit.any_tool import answers, tools

PASSPHRASE = "otter lantern basket violin"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
CHEAP = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)
NUMBERS = count()
LARGE = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A vault that fills up: each tool that is made up has an id of its own."""
    folder = tmp_path_factory.mktemp("vaults") / "Any.rvault"
    create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
    opened = open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)
    yield opened
    opened.close()


@given(st.data())
@LARGE
def test_what_is_written_with_any_tool_is_kept_and_read(vault: Vault, data: st.DataObject) -> None:
    tool = replace(data.draw(tools()), id=f"tool-{next(NUMBERS)}")
    written = draw_answers(data, tool)
    walk(tool, written)

    record = use(vault, tool, written, NOW)

    assert kept_in(record) == written
    look_at(vault, tool, record)


@given(st.data())
@settings(LARGE, max_examples=12)
def test_a_tool_may_ask_in_another_way_from_one_version_to_the_next(
    vault: Vault, data: st.DataObject
) -> None:
    before = replace(data.draw(tools()), id=f"tool-{next(NUMBERS)}")
    after = replace(data.draw(tools()), id=before.id)
    old = use(vault, before, draw_answers(data, before), NOW)

    (draft,) = start_record(vault, after, now=NOW + timedelta(days=1)).records
    carried = {prompt.id for prompt in after.prompts if prompt.carries}
    assert kept_in(get_record(vault, draft)).keys() <= carried & kept_in(old).keys()
    new = use(vault, after, draw_answers(data, after), NOW + timedelta(days=1))

    for tool, record in ((before, new), (after, old)):
        look_at(vault, tool, record)
    assert differences(old, old) == ()
    differences(old, new)


def draw_answers(data: st.DataObject, tool: Tool) -> dict[str, Value]:
    """Answers to some of the prompts, as they are kept."""
    written: dict[str, Value] = {}
    for prompt in tool.prompts:
        value = check_value(prompt, data.draw(answers(prompt)))
        assert check_value(prompt, value) == value
        if not is_empty(prompt, value):
            written[prompt.id] = value
    return written


def walk(tool: Tool, written: Mapping[str, Value]) -> None:
    """From the first page to the last one, and back."""
    for run in (Run(tool, {}), Run(tool, written)):
        seen = [run.page.key]
        while not run.is_last:
            run = run.next()
            assert run.position is None or run.position[0] <= run.position[1]
            seen.append(run.page.key)
        assert seen[-1] == CHECK_PAGE
        assert len(set(seen)) == len(seen)
        for step in run.steps:
            run.step_state(step)
        assert written.keys() - run.answers.keys() or written.keys() <= {
            key.partition("/")[2] for key in seen
        }
        while not run.is_first:
            run = run.back()


def use(vault: Vault, tool: Tool, written: Mapping[str, Value], now: datetime) -> Record:
    """A finished record in which this was written."""
    (record_id,) = start_record(vault, tool, now=now).records
    for step in tool.steps:
        for prompt in step.prompts:
            save_answer(vault, record_id, step, prompt, written.get(prompt.id), now=now)
    review_on = review_date(tool.follow_up, date(2026, 11, 22), written)
    finish_record(vault, record_id, review_on=review_on, now=now)
    refresh_search(vault)
    return get_record(vault, record_id)


def kept_in(record: Record) -> dict[str, Value]:
    """What a record holds, by prompt."""
    return {
        answer.prompt.id: agreed(record, answer.prompt.id) if answer.value is None else answer.value
        for answer in record.answers
    }


def look_at(vault: Vault, tool: Tool, record: Record) -> None:
    """The summary, the card and all collections, as they are and printed."""
    everything = summarise(record, all_parts(record))
    assert [section.part for section in everything.sections] == list(kept_in(record))
    render_pdf(everything)
    assert tool.card is not None
    card = make_card(record, tool.card)
    card_text(card)
    render_card(card)
    for collection in tool.collections:
        for with_private in (False, True):
            uses = finished_records(vault, tool.id)
            gathered = gather(uses, tool, collection, with_private=with_private)
            if with_private:
                render_pdf(gathered)
