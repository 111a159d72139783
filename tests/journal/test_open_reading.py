"""A journal from outside is read strictly; the example of the docs is one that is sound."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_desktop.errors import BadInput, FileProblem, KnownError
from retention_desktop.journal import open_reading, strict_json
from retention_desktop.journal.exporting import export_journal
from retention_desktop.journal.importing import import_journal
from retention_desktop.journal.open_format import FORMAT, Journal
from retention_desktop.journal.open_reading import read_journal
from retention_desktop.journal.records import get_record
from retention_desktop.journal.search import search_records
from retention_desktop.sharing.journal_export import journal_json
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.vault import Vault

DOCS = Path(__file__).parents[2] / "docs" / "open-format.md"
PAGE = DOCS.read_text("utf-8")
EXAMPLE: dict[str, Any] = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
SECRET = "kestrel"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[object], Journal]:
    """Writes a file and reads it."""

    def go(content: object) -> Journal:
        path = tmp_path / "journal.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return read_journal(path)

    return go


Read = Callable[[object], Journal]


def test_the_example_of_the_docs_is_a_journal(read: Read, vault: Vault) -> None:
    journal = read(EXAMPLE)
    done = import_journal(vault, journal)
    assert (done.records, done.actions) == (1, 1)
    written = json.loads(journal_json(export_journal(vault)))
    written["searches"] = EXAMPLE["searches"]  # it leaves out what is any
    assert written == EXAMPLE


def test_the_docs_name_every_field() -> None:
    def names(content: object) -> set[str]:
        if isinstance(content, list):
            return set().union(*map(names, content))
        if not isinstance(content, dict):
            return set()
        found = set() if "label" in content else set(content)
        return found.union(*(names(v) for k, v in content.items() if k not in ("lists", "words")))

    whole = json.loads(journal_json(Journal(FORMAT, 1)))
    for name in names(EXAMPLE) | set(whole):
        assert re.search(rf"^\|[^|]*`{name}`", PAGE, re.MULTILINE), name


def changed(change: Change) -> dict[str, Any]:
    content = copy.deepcopy(EXAMPLE)
    change(content)
    return content


def at(content: Any, *way: str | int) -> Any:
    for step in way:
        content = content[step]
    return content


def put(*way: Any) -> Change:
    """Puts the last of these at the place that the others are the way to."""

    def go(content: dict[str, Any]) -> None:
        at(content, *way[:-2])[way[-2]] = way[-1]

    return go


RECORD = ("records", 0)
ACTION = (*RECORD, "actions", 0)
FAULTS: list[tuple[Change, str]] = [
    (put("format", "notes"), "is not a journal in the open format"),
    (put("version", 2), "has version 2 of the open format"),
    (put("version", 0), "version: this must be a whole number"),
    (put("version", True), "version: this must be a whole number"),
    (put("version", SECRET), "version: this must be a whole number"),
    (put(SECRET + " flew", 1), "there is no field with an unusual name"),
    (put("mood", 1), "there is no field “mood”"),
    (put("records", SECRET), "records: what stands here is of another kind"),
    (put("lists", SECRET, "Quiet"), "lists: what stands here is of another kind"),
    (put("lists", "signs", [1]), "what stands here is of another kind"),
    (put("lists", "signs", [SECRET * 30]), "lists, signs, row 1: an item is 1 to 120"),
    (put("lists", "signs", ["a"] * 201), "lists, signs: a list holds at most 200 items"),
    (put("lists", SECRET + "\n", ["a"]), "lists, a field with an unusual name: this must be 1 to"),
    (put("people", 0, "alias", ""), "people, row 1, alias: An alias must be 1 to 80"),
    (lambda c: c["people"].append({**c["people"][0], "alias": "PERSON a"}), "row 2, alias: this"),
    (put("people", 0, "meet_every", 0), "meet_every: this must be from 1 to 366"),
    (put("people", 0, "meet_every", 2.5), "meet_every: what stands here is of another kind"),
    (put("people", 0, "created", SECRET), "created: this must be a moment such as"),
    (put("people", 0, "created", "2026-11-22T14:02:00"), "created: this must be a moment such as"),
    (put("people", 0, "created", "1969-11-22T14:02:00Z"), "created: the year must be from 1970"),
    (put("people", 0, "created", "0001-01-01T00:00:00+14:00"), "created: the year must be from"),
    (lambda c: c["people"].clear(), "records, row 1, person: the people of the file have nobody"),
    (put("questions", 0, "asked", SECRET), "questions, row 1, asked: this is nothing that a tool"),
    (put("questions", 0, "asked", "kind", SECRET), "row 1, asked: this is nothing that a tool"),
    (put("questions", 0, "asked", "kind", "overlap"), "row 1, asked: this is nothing that a tool"),
    (put("questions", 0, "asked", "kind", "levels"), "row 1, asked: this is nothing that a tool"),
    (put("questions", 1, "asked", "points", 10_000), "row 2, asked: this is nothing that a tool"),
    (put("questions", 1, "id", 1), "questions, row 2, id: this number stands there twice"),
    (put("questions", 0, "step", ""), "questions, row 1, step: this must be 1 to 200"),
    (put(*RECORD, "driver", SECRET), "records, row 1, driver: this is none of the words"),
    (put(*RECORD, "title", "a\nb"), "records, row 1, title: this must be 1 to 200"),
    (put(*RECORD, "tool_version", 0), "tool_version: this must be a whole number from 1"),
    (put(*RECORD, "finished", None), "records, row 1, agreed: a draft is not agreed yet"),
    (put(*RECORD, "review_on", "2026-02-30"), "review_on: this must be a day such as"),
    (put(*RECORD, "review_on", "0001-01-01"), "review_on: the year must be from 1900 to 2200"),
    (put(*RECORD, "page", SECRET * 100), "records, row 1, page: this must be 1 to 200"),
    (put(*RECORD, "person", SECRET), "person: the people of the file have nobody"),
    (put(*RECORD, "tags", [SECRET * 30]), "tags, row 1: A tag must be 1 to 80"),
    (lambda c: at(c, *RECORD).pop("title"), "records, row 1: the field “title” is missing"),
    (put(*RECORD, "answers", 0, "question", 9), "question: there is no question of this number"),
    (put(*RECORD, "answers", 1, "question", 1), "question: this is answered in the record already"),
    (put(*RECORD, "answers", 0, "audience", SECRET), "audience: this is none of the words"),
    (put(*RECORD, "answers", 0, "value", [SECRET]), "answers, row 1, value: this is no answer"),
    (put(*RECORD, "answers", 1, "value", 11), "answers, row 2, value: this is no answer"),
    (put(*RECORD, "answers", 1, "value", True), "answers, row 2, value: this is no answer"),
    (put(*RECORD, "answers", 0, "value", "x" * 1_000_001), "value: this is no answer"),
    (
        lambda c: at(c, *RECORD).update(finished=None, agreed=None),
        "answers, row 3, value: in a draft, what is agreed stands in its actions alone",
    ),
    (put(*ACTION, "text", " "), "actions, row 1, text: there must be words here"),
    (put(*ACTION, "closed", None), "actions, row 1, closed: this must be the moment of its end"),
    (put(*ACTION, "state", "open"), "actions, row 1, closed: this must be the moment of its end"),
    (put(*ACTION, "prompt", "energy"), "prompt: no action can stand under this question"),
    (put(*ACTION, "kind", SECRET), "actions, row 1, kind: this is none of the words"),
    (put(*RECORD, "reviews", 0, "outcome", SECRET), "outcome: this is none of the words"),
    (put(*RECORD, "reviews", 0, "next_on", "9999-12-31"), "next_on: the year must be"),
    (put(*RECORD, "disclosures", 0, "sha256", SECRET), "sha256: this must be 64 signs"),
    (put("actions", 0, "person", SECRET), "actions, row 1, person: the people of the file"),
    (put("searches", 0, "mood", SECRET), "searches, row 1: there is no field “mood”"),
    (put("searches", 0, "days", 10**9), "searches, row 1, days: this must be from 0"),
    (put("searches", 0, "text", SECRET * 200), "searches, row 1, text: this must be text of at"),
    (put("searches", [{"name": str(n)} for n in range(51)]), "searches: there are at most 50"),
    (put("begun", 0, "form", SECRET), "begun, row 1, form: this is none of the words"),
    (put("begun", 0, "words", {}), "begun, row 1, words: this must be 1 to 50 texts"),
    (put("begun", 0, "words", {SECRET: 1}), "begun, row 1, words: what stands here is of another"),
]


@pytest.mark.parametrize(("change", "says"), FAULTS, ids=[says for _, says in FAULTS])
def test_each_fault_is_one_sentence_with_its_place(
    read: Read, tmp_path: Path, change: Change, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(changed(change))
    sentence = str(caught.value)
    assert sentence.startswith(str(tmp_path / "journal.json"))
    assert says in sentence
    assert SECRET not in sentence.replace(f"lists, {SECRET}", "")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 100_000, "nested more than 64"),
        ('{"format": 1, "format": 2}', "the field “format” stands there twice"),
        (json.dumps(EXAMPLE).replace('"value": 4', '"value": NaN'), "NaN and infinity"),
        (json.dumps(EXAMPLE).replace("The visits", "The \\ud800"), "half of a character"),
        (json.dumps(EXAMPLE).replace("The visits", "The \\u0000"), "control character"),
        (json.dumps(EXAMPLE)[:-1], "is not valid JSON"),
        ("[]", "is not a journal"),
        ("null", "is not a journal"),
        ('"kestrel"', "is not a journal"),
    ],
)
def test_what_no_journal_can_be_is_refused(read: Read, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(text)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_reading, "LARGEST", 1_000_000)
    with pytest.raises(BadInput, match="is larger than 1 MB"):
        read('"' + "x" * 1_000_000 + '"')
    monkeypatch.setattr(strict_json, "MAX_PARTS", 1_000)
    with pytest.raises(BadInput, match="holds more than 1,000 values"):
        read(changed(put("records", [0] * 1_001)))


def test_what_may_be_missing_may_be_missing(read: Read, vault: Vault) -> None:
    assert read({"format": FORMAT, "version": 1}) == Journal(FORMAT, 1)
    small = {
        **{name: EXAMPLE["records"][0][name] for name in ("tool", "tool_version", "title")},
        "driver": "growth",
        "started": "2026-11-20T13:30:00+01:00",
        "updated": "2026-11-20T14:20:00.5+01:00",
    }
    journal = read({"format": FORMAT, "version": 1, "records": [small, small]})
    assert import_journal(vault, journal).records == 2
    assert import_journal(vault, journal).records == 0
    assert journal.records[0].updated.isoformat() == "2026-11-20T13:20:00.500000+00:00"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no file"):
        read_journal(tmp_path / "none.json")
    with pytest.raises(FileProblem, match="is a folder"):
        read_journal(tmp_path)


_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 2**70, 1.5, "", SECRET, "2026-11-22", [], [[]], {}, {"id": 1}, "\ud800"]
)


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_odd_anywhere_is_refused_in_words_or_harmless(
    tmp_path: Path, vault: Vault, data: st.DataObject
) -> None:
    content = copy.deepcopy(EXAMPLE)
    place: Any = content
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not (isinstance(inner, dict | list) and inner and data.draw(st.booleans())):
            break
        place = inner
    place[key] = data.draw(_ODD)
    path = tmp_path / "journal.json"
    path.write_text(json.dumps(content), "utf-8")
    said = ""
    records: tuple[int, ...] = ()
    try:
        records = import_journal(vault, read_journal(path)).changes.records
    except KnownError as error:
        said = str(error)
    assert SECRET not in said
    for record_id in records:
        record = get_record(vault, record_id)
        summarise(record, all_parts(record))
    search_records(vault, "visits")
    export_journal(vault)
