import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from retention_desktop.errors import BadInput
from retention_desktop.journal.entries import Entry, read_entries
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit

SECRET = "kestrel"
FINE: dict[str, Any] = {
    "tool": "every-kind",
    "started": "2026-11-20T13:00:00Z",
    "finished": "2026-11-20T14:02:00+00:00",
    "answers": {"happened": SECRET},
}


def read(tmp_path: Path, toolkit: Toolkit, content: object) -> tuple[Entry, ...]:
    path = tmp_path / "records.json"
    path.write_text(json.dumps(content), "utf-8")
    return read_entries(path, toolkit)


def refused(tmp_path: Path, toolkit: Toolkit, **changes: object) -> str:
    """What is said about the second record of a file, whose fields differ so from a fine one's."""
    record = {name: value for name, value in {**FINE, **changes}.items() if value is not ...}
    with pytest.raises(BadInput) as caught:
        read(tmp_path, toolkit, [FINE, record])
    sentence = str(caught.value)
    assert sentence.startswith(f"{tmp_path / 'records.json'}, record 2")
    assert SECRET not in sentence
    assert "\n" not in sentence
    return sentence


def test_one_record_or_a_list_of_them(tmp_path: Path, toolkit: Toolkit) -> None:
    (one,) = read(tmp_path, toolkit, FINE)
    assert read(tmp_path, toolkit, [FINE, FINE]) == (one, one)
    assert read(tmp_path, toolkit, []) == ()
    assert one.tool is toolkit.tools[0]
    assert one.started == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert one.finished == datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
    assert (one.person, one.answers, one.actions, one.tags) == (None, {"happened": SECRET}, [], ())


def test_everything_a_record_can_hold(tmp_path: Path, toolkit: Toolkit) -> None:
    (entry,) = read(
        tmp_path,
        toolkit,
        FINE
        | {
            "person": " Person A ",
            "tags": ["one", "two words"],
            "actions": [
                {"text": "Ring", "owner": "Sam", "due": "2026-12-01"},
                {"text": "Rest", "owner": None, "due": None},
            ],
            "answers": {
                "happened": "one\r\ntwo",
                "short": "",
                "one": "Red",
                "several": ["C", "A"],
                "scale": 5,
                "table": [{"who": "B", "load": 1}, {}],
                "agreed": [{"text": "Visit"}],
                "when": "2026-12-24",
            },
        },
    )
    assert entry.person == "Person A"
    assert entry.tags == ("one", "two words")
    assert entry.actions == [
        {"text": "Ring", "owner": "Sam", "due": "2026-12-01"},
        {"text": "Rest"},
    ]
    assert entry.answers == {
        "happened": "one\ntwo",
        "one": "Red",
        "several": ["A", "C"],
        "scale": 5,
        "table": [{"who": "B", "load": 1}],
        "agreed": [{"text": "Visit"}],
        "when": "2026-12-24",
    }


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20T14:02:00Z", datetime(2026, 11, 20, 14, 2, tzinfo=UTC)),
        ("2026-11-20T14:02:00.5Z", datetime(2026, 11, 20, 14, 2, 0, 500_000, tzinfo=UTC)),
        ("2026-11-20 14:02Z", datetime(2026, 11, 20, 14, 2, tzinfo=UTC)),
        (
            "2026-11-20T14:02:09+05:30",
            datetime(2026, 11, 20, 14, 2, 9, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        ("2026-11-20T14:02:09", datetime(2026, 11, 20, 14, 2, 9).astimezone()),
        ("2026-11-20", datetime(2026, 11, 20).astimezone()),
    ],
)
def test_a_time_may_be_in_utc_with_an_offset_or_local(
    tmp_path: Path, toolkit: Toolkit, written: str, moment: datetime
) -> None:
    (entry,) = read(tmp_path, toolkit, FINE | {"started": written, "finished": "2026-11-22"})
    assert entry.started == moment
    assert entry.started.tzinfo is UTC


def test_a_date_alone_stands_for_the_whole_day(tmp_path: Path, toolkit: Toolkit) -> None:
    (entry,) = read(tmp_path, toolkit, FINE | {"started": "2026-11-20", "finished": "2026-11-20"})
    assert entry.started.astimezone().isoformat()[:16] == "2026-11-20T00:00"
    assert entry.finished.astimezone().isoformat()[:16] == "2026-11-20T23:59"


@pytest.mark.parametrize("field", ["started", "finished"])
@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        SECRET,
        "2026-02-30",
        "2026-13-01T10:00:00Z",
        "2026-11-20T25:00:00Z",
        "2026-11-20T14:02:00+99:00",
        "20261120",
        "2026-W47-5",
        "٢٠٢٦-11-20",
        "0001-01-01T00:00:00+14:00",
        "1970-01-01",  # Windows cannot say when that was
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00",
        1_795_000_000,
        None,
        ["2026-11-20"],
    ],
)
def test_a_time_that_is_none_is_refused(
    tmp_path: Path, toolkit: Toolkit, field: str, written: object
) -> None:
    assert f", {field}: " in refused(tmp_path, toolkit, **{field: written})


def test_a_year_out_of_range_is_named_so(tmp_path: Path, toolkit: Toolkit) -> None:
    says = refused(tmp_path, toolkit, started="1969-07-20")
    assert says.endswith("record 2, started: the year must be from 1971 to 2200.")
    (entry,) = read(tmp_path, toolkit, FINE | {"started": "1971-01-01"})
    assert entry.started.astimezone().date() == date(1971, 1, 1)


def test_the_end_may_not_be_before_the_start(tmp_path: Path, toolkit: Toolkit) -> None:
    says = refused(tmp_path, toolkit, finished="2026-11-20T12:59:59Z")
    assert says.endswith("record 2, finished: the end is before the start.")


@pytest.mark.parametrize("field", ["tool", "started", "finished", "answers"])
def test_a_field_that_is_missing_is_named(tmp_path: Path, toolkit: Toolkit, field: str) -> None:
    assert f"“{field}” is missing" in refused(tmp_path, toolkit, **{field: ...})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mood": SECRET}, "there is no field “mood”"),
        ({SECRET + " flew": 1}, "there is no field with an unusual name"),
        ({"tool": "no-such-tool"}, "tool: there is no tool “no-such-tool”"),
        ({"tool": 7}, "tool: this must be the id of a tool"),
        ({"tool": None}, "tool: this must be the id of a tool"),
        ({"answers": {"no-such": SECRET}}, "the tool “every-kind” has no prompt “no-such”"),
        ({"answers": [SECRET]}, "answers: this must be an object"),
        ({"answers": None}, "answers: this must be an object"),
        ({"answers": {"happened": 7}}, '"happened"'),
        ({"answers": {"happened": None}}, '"happened"'),
        ({"answers": {"happened": "x" * 1_000_001}}, "over 1 MB"),
        ({"answers": {"short": [SECRET]}}, '"short"'),
        ({"answers": {"one": SECRET}}, '"one"'),
        ({"answers": {"several": "A"}}, '"several"'),
        ({"answers": {"several": ["A", SECRET]}}, '"several"'),
        ({"answers": {"several": ["A", "A"]}}, '"several"'),
        ({"answers": {"scale": 6}}, '"scale"'),
        ({"answers": {"scale": True}}, '"scale"'),
        ({"answers": {"scale": 2.5}}, '"scale"'),
        ({"answers": {"scale": "3"}}, '"scale"'),
        ({"answers": {"when": "2026-02-30"}}, '"when"'),
        ({"answers": {"table": {"who": SECRET}}}, '"table"'),
        ({"answers": {"table": [{"who": "B", "mood": SECRET}]}}, '"table", row 1'),
        ({"answers": {"table": [{"load": SECRET}]}}, '"table", row 1, column "load"'),
        ({"answers": {"agreed": SECRET}}, '"agreed"'),
        ({"answers": {"agreed": [{"owner": SECRET}]}}, '"agreed", row 1'),
        ({"actions": [{"text": SECRET, "due": "soon"}]}, '"actions", row 1, "due"'),
        ({"actions": [{"text": SECRET, "who": "Sam"}]}, '"actions", row 1'),
        ({"actions": SECRET}, '"actions"'),
        ({"actions": None}, '"actions"'),
        ({"person": 7}, "person: an alias must be text"),
        ({"person": ""}, "person: an alias must be 1 to 80 characters"),
        ({"person": f"{SECRET}\n"}, None),
        ({"person": f"{SECRET}\nB"}, "person: an alias must be"),
        ({"tags": SECRET}, "tags: this must be a list"),
        ({"tags": [SECRET, "x" * 81]}, "tags: a tag must be 1 to 80 characters"),
        ({"tags": [7]}, "tags: a tag must be text"),
    ],
)
def test_each_fault_is_one_sentence_with_its_place(
    tmp_path: Path, toolkit: Toolkit, changes: dict[str, object], says: str | None
) -> None:
    if says is None:
        assert len(read(tmp_path, toolkit, [FINE, FINE | changes])) == 2
    else:
        assert says in refused(tmp_path, toolkit, **changes)


def test_a_record_of_themes_alone_names_nobody(tmp_path: Path, tool: Tool) -> None:
    themes = Toolkit((replace(tool, themes_only=True),))
    says = refused(tmp_path, themes, person=SECRET)
    assert says.endswith("record 2, person: this tool keeps themes only, so nobody is named.")
    assert len(read(tmp_path, themes, FINE | {"person": None})) == 1


@pytest.mark.parametrize("content", ["a record", 7, None, [[FINE]], ["a record"]])
def test_what_is_no_record_is_refused(tmp_path: Path, toolkit: Toolkit, content: object) -> None:
    with pytest.raises(BadInput, match="a record must be an object"):
        read(tmp_path, toolkit, content)


def test_an_answer_of_exactly_1_mb_is_kept(tmp_path: Path, toolkit: Toolkit) -> None:
    (entry,) = read(tmp_path, toolkit, FINE | {"answers": {"happened": "x" * 1_000_000}})
    assert entry.answers["happened"] == "x" * 1_000_000
