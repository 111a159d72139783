"""Vaults to measure with: of any size, always the same words, filled in seconds."""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice, product
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benching import PASSPHRASE
from retention_desktop.journal import store
from retention_desktop.journal.records import save_answer, save_place, start_record
from retention_desktop.models import tables as t
from retention_desktop.models.enums import ActionKind, ActionState, PromptKind, RecordState
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.sharing.insights import asked_over_time
from retention_desktop.toolkit.definition import Step, Tool
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.vault import Vault, create_vault, open_vault

VAULT_NAME = "My journal.rvault"  # where the window looks when nobody says otherwise
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
DRAFTS = 4  # as many as Today shows

# In one record of a thousand, in about one of twenty, and in about half of them.
RARE, SOMETIMES, COMMON = "zephyrine", "gratitude", "today"
_RARE_EVERY = 1_000
_RANKS = {COMMON: 22, SOMETIMES: 350}

_DISTINCT_WORDS = 40_000
_ZIPF = 1.05
_WORDS_IN_AN_ANSWER = 100
_BATCH = 1_000
_THEMES = 40
_PEOPLE = 40  # as many as one person may meet, however long they keep a journal
_OPEN_AND_DUE_EVERY = 50  # so many things that were agreed are open; one of them waits by now
_TEXT = (PromptKind.LONG_TEXT, PromptKind.SHORT_TEXT)


def filled_vault(folder: Path, size: int) -> Path:
    """A data folder under `folder` whose vault holds `size` records; one that is there is kept."""
    data_dir = folder / f"{size}-records"
    if not data_dir.exists():
        building = folder / f"{size}-records.part"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        create_vault(building / VAULT_NAME, PASSPHRASE, now=NOW)
        with closing(open_vault(building / VAULT_NAME, PASSPHRASE)) as vault:
            _fill(vault, size)
        building.rename(data_dir)
    return data_dir


def texts(seed: int) -> Iterator[str]:
    """Answers of about a hundred words without end; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret: every run has the same words
    words = _vocabulary()
    weights = list(accumulate(1 / rank**_ZIPF for rank in range(1, len(words) + 1)))
    while True:
        drawn = chance.choices(words, cum_weights=weights, k=_WORDS_IN_AN_ANSWER)
        sentences = (" ".join(drawn[n : n + 10]).capitalize() for n in range(0, len(drawn), 10))
        yield ". ".join(sentences) + "."


def text_prompts(tool: Tool) -> list[tuple[int, Step, Prompt]]:
    """The prompts of a tool that take a text, each with its position and its step."""
    asked = ((step, prompt) for step in tool.steps for prompt in step.prompts)
    return [
        (position, step, prompt)
        for position, (step, prompt) in enumerate(asked)
        if prompt.kind in _TEXT
    ]


def new_draft(vault: Vault, tool: Tool) -> int:
    """A draft of `tool` in which nothing is written yet."""
    return start_record(vault, tool, now=NOW).records[0]


def _vocabulary() -> list[str]:
    """Made-up words, the most common ones short, with the ones to search for in their places."""
    syllables = [a + b for a, b in product("bdfglmnprstv", "aeiou")]
    made = ("".join(parts) for length in (1, 2, 3) for parts in product(syllables, repeat=length))
    words = list(islice(made, _DISTINCT_WORDS))
    for word, rank in _RANKS.items():
        words[rank] = word
    return words


def _fill(vault: Vault, size: int) -> None:
    tools = tuple(tool for tool in load_toolkit().tools if text_prompts(tool))
    written = texts(size)
    finished = size - DRAFTS
    with vault.writing() as connection:
        connection.execute(insert(t.person), [_person(number) for number in range(_PEOPLE)])
    for first in range(0, finished, _BATCH):
        _add_batch(vault, tools, written, range(first, min(first + _BATCH, finished)))
    for tool in tools[:DRAFTS]:
        record_id = new_draft(vault, tool)
        _position, step, prompt = text_prompts(tool)[0]
        save_answer(vault, record_id, step, prompt, next(written), now=NOW)
        save_place(vault, record_id, f"{step.id}/{prompt.id}")


def _add_batch(
    vault: Vault, tools: tuple[Tool, ...], written: Iterator[str], numbers: range
) -> None:
    """Put finished records straight into the tables: the verbs, one by one, take too long."""
    records: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    actions: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number in numbers:
        tool = tools[number % len(tools)]
        when = NOW - timedelta(minutes=17 * (number + 1))
        bodies = list(islice(written, 2))
        if number % _RARE_EVERY == 0:
            bodies[1] += f" {RARE.capitalize()}."
        prompts = text_prompts(tool)[:2]
        if len(prompts) < len(bodies):
            bodies = ["\n".join(bodies)]
        records.append(
            {
                "id": number + 1,
                "tool_id": tool.id,
                "tool_version": tool.version,
                "title": tool.title,
                "driver": tool.driver,
                "state": RecordState.FINISHED,
                "started": when,
                "updated": when,
                "finished": when,
                "preview": bodies[0][:160],
                "person_id": _met(number),
                "review_on": _comes_back(number),
            }
        )
        answers += (
            {
                "record_id": number + 1,
                "prompt_id": prompt.id,
                "position": position,
                "step_id": step.id,
                "step_title": step.title,
                "audience": prompt.audience,
                "asked": store.to_text(prompt),
                "value": store.to_text(body),
            }
            for (position, step, prompt), body in zip(prompts, bodies, strict=True)
        )
        answers += _told_over_time(tool, number)
        actions.append(_agreed(tool, number, when))
        body = "\n".join((*bodies, actions[-1]["text"]))
        rows.append({"rowid": number + 1, "title": tool.title, "body": body})
    with vault.writing() as connection:
        connection.execute(insert(t.record), records)
        connection.execute(insert(t.answer), answers)
        connection.execute(insert(t.action), actions)
        connection.execute(insert(t.record_search), rows)


def _person(number: int) -> dict[str, Any]:
    return {"id": number + 1, "alias": f"Person {number + 1}", "created": NOW, "meet_every": 28}


def _met(number: int) -> int | None:
    """Every third record is one with somebody."""
    return None if number % 3 else number // 3 % _PEOPLE + 1


def _comes_back(number: int) -> date:
    """The day on which it is looked at again: for one of fifty, it has come."""
    days = number % 200
    return NOW.date() + timedelta(days=days if number % _OPEN_AND_DUE_EVERY else -days)


def _told_over_time(tool: Tool, number: int) -> Iterator[dict[str, Any]]:
    """An answer to each prompt of the tool that insights tell."""
    asked = asked_over_time([tool]).get(tool.id, frozenset())
    places = ((step, prompt) for step in tool.steps for prompt in step.prompts)
    for position, (step, prompt) in enumerate(places):
        if prompt.id in asked:
            yield {
                "record_id": number + 1,
                "prompt_id": prompt.id,
                "position": position,
                "step_id": step.id,
                "step_title": step.title,
                "audience": prompt.audience,
                "asked": store.to_text(prompt),
                "value": store.to_text(_value(prompt, number)),
            }


def _value(prompt: Prompt, number: int) -> Value:
    match prompt.kind:
        case PromptKind.SEVERAL_CHOICES:
            return [prompt.options[number % len(prompt.options)]]
        case PromptKind.THEMES:
            return [_theme(number + more) for more in range(3)]
    names = prompt.rows or ("Case A", "Case B", "Case C")
    return [_levels(prompt, name, number + place) for place, name in enumerate(names)]


def _theme(number: int) -> TableRow:
    return {"text": f"Theme {number % _THEMES}"}


def _levels(prompt: Prompt, name: str, number: int) -> TableRow:
    first, *columns = prompt.columns
    row: TableRow = {first.id: name}
    for column in columns:
        if column.options:
            row[column.id] = column.options[number % len(column.options)]
        elif column.kind is PromptKind.HOURS:
            row[column.id] = str(number % 8)
    return row


def _agreed(tool: Tool, number: int, when: datetime) -> dict[str, Any]:
    """Something agreed in a record; of three, one is open, one done and one changed."""
    state = (ActionState.OPEN, ActionState.DONE, ActionState.CHANGED)[number % 3]
    return {
        "record_id": number + 1,
        "position": 0,
        "prompt_id": "agreed",
        "kind": ActionKind.TRY,
        "text": f"Try one small change in week {number}",
        "state": state,
        "created": when,
        "closed": None if state is ActionState.OPEN else when + timedelta(days=3),
        "due": _comes_back(number),
        "person_id": _met(number),
        "driver": tool.driver,
    }
