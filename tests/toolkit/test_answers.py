"""Answers are checked without being quoted, and read the same wherever they are shown."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import ActionState, Driver, PromptKind, RecordState
from retention_desktop.models.prompts import Column, Prompt, Response, TableRow
from retention_desktop.models.views import Action, Record, RecordHead
from retention_desktop.toolkit.answers import LONGEST_ANSWER, MOST_ROWS, check_value, only_text
from retention_desktop.toolkit.blocks import (
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
    plain_text,
)
from retention_desktop.toolkit.reading import agreed, blocks, hours_in, is_empty

from .samples import sample_answer

LONG = Prompt("long", "Long?")
SHORT = Prompt("short", "Short?", PromptKind.SHORT_TEXT)
SINGLE = Prompt("single", "One?", PromptKind.SINGLE_CHOICE, options=("Red", "Blue"))
SEVERAL = Prompt("several", "Some?", PromptKind.SEVERAL_CHOICES, options=("Red", "Blue", "Green"))
SCALE = Prompt("scale", "How?", PromptKind.SCALE, low="Rushed", high="Calm")
DATE = Prompt("date", "When?", PromptKind.DATE)
HOURS = Prompt("hours", "How long?", PromptKind.HOURS)
TIMES = Prompt(
    "times",
    "How long?",
    PromptKind.TABLE,
    columns=(
        Column("what", "What"),
        Column("planned", "Planned", PromptKind.HOURS),
        Column("had", "Had", PromptKind.HOURS),
    ),
)
ACTION = Prompt("action", "Agreed?", PromptKind.ACTION)
TABLE = Prompt(
    "table",
    "Work?",
    PromptKind.TABLE,
    columns=(
        Column("alias", "Alias"),
        Column("load", "Load", PromptKind.SINGLE_CHOICE, options=("Low", "High")),
        Column("ease", "Ease", PromptKind.SCALE, low="Hard", high="Easy", points=3),
        Column("since", "Since", PromptKind.DATE),
    ),
)
OWN = Prompt(
    "own",
    "Which?",
    PromptKind.SEVERAL_CHOICES,
    options=("Red", "Blue"),
    own_list="colours",
    most=3,
)
THEMES = Prompt("themes", "Themes?", PromptKind.THEMES, groups=("Soon", "Later"), counted=True)
PLAIN_THEMES = Prompt("plain-themes", "Themes?", PromptKind.THEMES, most=2)
MATCHED = Prompt(
    "matched",
    "What could help?",
    PromptKind.MATCHED,
    about=("several",),
    responses=(Response("Red", ("A walk", "A talk")),),
)
OVERLAP = Prompt("overlap", "Where?", PromptKind.OVERLAP, options=("Trained", "Both", "Do"))
LEVELS = Prompt(
    "levels",
    "How heavy?",
    PromptKind.LEVELS,
    columns=(
        Column("alias", "Alias"),
        Column("volume", "Volume", PromptKind.SINGLE_CHOICE, options=("Low", "High")),
        Column("mood", "Mood", PromptKind.SINGLE_CHOICE, options=("Low", "High")),
    ),
)
FIXED = structs.replace(LEVELS, id="fixed", rows=("Growth", "Trust"))
PROMPTS = [
    *(LONG, SHORT, SINGLE, SEVERAL, SCALE, DATE, ACTION, TABLE),
    *(HOURS, TIMES),
    *(OWN, THEMES, PLAIN_THEMES, MATCHED, OVERLAP, LEVELS, FIXED),
]
SECRET = "zebra"


def test_there_is_a_prompt_here_for_every_kind() -> None:
    assert {prompt.kind for prompt in PROMPTS} == set(PromptKind)


@pytest.mark.parametrize(
    ("prompt", "value", "place"),
    [
        (LONG, 7, 'answer "long": this must be text.'),
        (LONG, ["zebra"], 'answer "long": this must be text.'),
        (LONG, "zebra\x00", 'answer "long": there is a character that is not text.'),
        (LONG, "zebra\x1b[31m", 'answer "long": there is a character'),
        (LONG, "zebra\x85", 'answer "long": there is a character'),
        (LONG, "zebra\ud800", 'answer "long": there is a character'),
        (LONG, SECRET * 200_001, 'answer "long": the text is over 1 MB.'),
        (LONG, "é" * 500_001, 'answer "long": the text is over 1 MB.'),
        (SHORT, None, 'answer "short": this must be text.'),
        (SINGLE, "zebra", 'answer "single": this must be one of: Red, Blue.'),
        (SINGLE, ["Red"], 'answer "single": this must be one of'),
        (SEVERAL, "Red", 'answer "several": this must be a list of choices.'),
        (SEVERAL, ["Red", "zebra"], 'answer "several", choice 2: this must be one of'),
        (SEVERAL, ["Red", "Red"], 'answer "several": the same choice is there twice.'),
        (SCALE, 0, 'answer "scale": this must be a whole number from 1 to 5.'),
        (SCALE, 6, 'answer "scale": this must be a whole number from 1 to 5.'),
        (SCALE, True, 'answer "scale": this must be a whole number from 1 to 5.'),
        (SCALE, 4.0, 'answer "scale": this must be a whole number from 1 to 5.'),
        (DATE, "2026-02-30", 'answer "date": this must be a date such as 2026-11-22.'),
        (DATE, "20261122", 'answer "date": this must be a date'),
        (DATE, "2026-W47-7", 'answer "date": this must be a date'),
        (DATE, "２０２６-11-22", 'answer "date": this must be a date'),
        (DATE, "1899-12-31", 'answer "date": the year must be from 1900 to 2200.'),
        (DATE, "2201-01-01", 'answer "date": the year must be from 1900 to 2200.'),
        (HOURS, 4, 'answer "hours": this must be hours such as 3 or 1.5, at most 9999.99.'),
        (HOURS, "zebra", 'answer "hours": this must be hours'),
        (HOURS, "", 'answer "hours": this must be hours'),
        (HOURS, "-1", 'answer "hours": this must be hours'),
        (HOURS, "1,5", 'answer "hours": this must be hours'),
        (HOURS, "1.555", 'answer "hours": this must be hours'),
        (HOURS, "10000", 'answer "hours": this must be hours'),
        (HOURS, "1e2", 'answer "hours": this must be hours'),
        (HOURS, "４", 'answer "hours": this must be hours'),
        (TIMES, [{"had": "zebra"}], 'answer "times", row 1, column "had": this must be hours'),
        (ACTION, "zebra", 'answer "action": this must be a list of rows.'),
        (ACTION, ["zebra"], 'answer "action", row 1: this must be a row of named fields.'),
        (ACTION, [{"owner": "zebra"}], 'answer "action", row 1: "text" is missing.'),
        (ACTION, [{"text": " ", "owner": "zebra"}], 'answer "action", row 1: "text" is missing.'),
        (
            ACTION,
            [{"text": "a"}, {"text": "a", "due": "zebra"}],
            'answer "action", row 2, "due": this must be a date',
        ),
        (ACTION, [{"text": "a", "zebra": 1}], 'answer "action", row 1: there is an unknown'),
        (TABLE, {"alias": "zebra"}, 'answer "table": this must be a list of rows.'),
        (TABLE, [{}, {"zebra": 1}], 'answer "table", row 2: there is an unknown field.'),
        (TABLE, [{"load": "zebra"}], 'answer "table", row 1, column "load": this must be one of'),
        (TABLE, [{"ease": 4}], 'answer "table", row 1, column "ease": this must be a whole'),
        (TABLE, [{"since": "zebra"}], 'answer "table", row 1, column "since": this must be a date'),
        (TABLE, [{"alias": None}], 'answer "table", row 1, column "alias": this must be text.'),
        (TABLE, [{"alias": "zebra" * 100_001}] * 2, 'answer "table": the text is over 1 MB.'),
        (OWN, ["zebra", " "], 'answer "own", choice 2: a choice of one\'s own is 1 to 120'),
        (OWN, ["zebra" * 25], 'answer "own", choice 1: a choice of one\'s own is 1 to 120'),
        (OWN, ["zebra", "zebra "], 'answer "own": the same choice is there twice.'),
        (OWN, ["zebra", "a", "b", "c"], 'answer "own": there are more than 3.'),
        (THEMES, [{"count": 2}], 'answer "themes", row 1: "text" is missing.'),
        (THEMES, [{"text": "zebra", "count": 0}], 'answer "themes", row 1, "count": this must be'),
        (THEMES, [{"text": "a", "group": "zebra"}], 'answer "themes", row 1, "group": this must'),
        (PLAIN_THEMES, [{"text": "zebra", "count": 1}], 'answer "plain-themes", row 1: there is'),
        (PLAIN_THEMES, [{"text": "zebra"}] * 3, 'answer "plain-themes": there are more than 2.'),
        (MATCHED, [{"response": "zebra"}], 'answer "matched", row 1: "noticed" is missing.'),
        (OVERLAP, [{"text": "zebra"}], 'answer "overlap", row 1: "area" is missing.'),
        (OVERLAP, [{"text": "a", "area": "zebra"}], 'answer "overlap", row 1, "area": this must'),
        (LEVELS, [{"volume": "zebra"}], 'answer "levels", row 1, column "volume": this must be'),
        (FIXED, [{"alias": "zebra", "mood": "Low"}], 'answer "fixed": each row must be one of'),
        (FIXED, [{"alias": "Trust", "mood": "Low"}] * 2, 'answer "fixed": each row must be one'),
        (FIXED, [{"mood": "Low"}], 'answer "fixed": each row must be one of'),
        (TABLE, [{"ease": 1}] * (MOST_ROWS + 1), 'answer "table": there are more than 1,000 rows.'),
    ],
)
def test_what_does_not_fit_is_refused_by_place_and_never_quoted(
    prompt: Prompt, value: object, place: str
) -> None:
    with pytest.raises(BadInput) as caught:
        check_value(prompt, value)
    error: BaseException | None = caught.value
    assert str(error).startswith(place)
    while error:  # an exception that hides behind another one keeps its words too
        assert SECRET not in repr(error)
        assert SECRET not in repr(vars(error))
        error = error.__context__


def test_one_megabyte_is_just_allowed() -> None:
    assert check_value(LONG, "x" * LONGEST_ANSWER) == "x" * LONGEST_ANSWER


def test_pasted_text_is_made_fit_to_keep_without_joining_words() -> None:
    assert only_text("one\x0btwo\u2028three\r\nfour\x00\ud800") == "one\ntwo\nthree\nfour"


@given(st.text())
def test_whatever_is_pasted_can_be_kept(text: str) -> None:
    assert check_value(LONG, only_text(text)) == only_text(text)


def test_values_are_made_even() -> None:
    assert check_value(LONG, "a\r\nb\rc\td") == "a\nb\nc\td"
    assert check_value(SHORT, "a\r\nb") == "a b"
    assert check_value(SEVERAL, ["Green", "Red"]) == ["Red", "Green"]
    assert check_value(TABLE, [{"since": "", "alias": " "}, {"ease": 2, "alias": "A"}]) == [
        {"alias": "A", "ease": 2}
    ]
    assert check_value(ACTION, [{"text": "a\nb", "owner": "", "due": ""}, {}]) == [{"text": "a b"}]
    assert check_value(OWN, ["Mine ", "Blue", "Red"]) == ["Red", "Blue", "Mine"]


def test_a_choice_of_the_tool_may_be_longer_than_one_of_ones_own() -> None:
    long = structs.replace(OWN, options=("Red " * 40, " Blue"))
    assert check_value(long, [" Blue", "Red " * 40]) == ["Red " * 40, " Blue"]
    assert check_value(MATCHED, [{"noticed": "Red", "response": " "}]) == []
    assert check_value(
        FIXED, [{"alias": "Trust", "mood": "Low"}, {"alias": "Growth", "mood": ""}]
    ) == [{"alias": "Trust", "mood": "Low"}]


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.kind)
def test_a_full_answer_passes_and_can_be_read(prompt: Prompt) -> None:
    value = sample_answer(prompt)
    assert check_value(prompt, value) == value
    assert not is_empty(prompt, value)
    assert plain_text(blocks(prompt, value))


@pytest.mark.parametrize(
    ("prompt", "value", "expected"),
    [
        (LONG, "One\ntwo\n\n \t\nThree\n", (Paragraph("One\ntwo"), Paragraph("Three"))),
        (LONG, "\n\n  indented", (Paragraph("indented"),)),
        (SHORT, "One line", (Paragraph("One line"),)),
        (SINGLE, "Red", (Paragraph("Red"),)),
        (SEVERAL, ["Red", "Green"], (Bullets(("Red", "Green")),)),
        (SCALE, 4, (Paragraph("4 out of 5, from “Rushed” (1) to “Calm” (5)"),)),
        (DATE, "2026-11-02", (Paragraph("2 November 2026"),)),
        (HOURS, "1", (Paragraph("1 hour"),)),
        (HOURS, "0", (Paragraph("0 hours"),)),
        (HOURS, "4.5", (Paragraph("4.5 hours"),)),
        (
            TIMES,
            [{"what": "Reading", "planned": "100", "had": "0"}],
            (Grid(("What", "Planned", "Had"), (("Reading", "100 hours", "0 hours"),)),),
        ),
        (
            TABLE,
            [{"alias": "A", "ease": 2}, {"load": "High", "since": "2026-11-22"}],
            (
                Grid(
                    ("Alias", "Load", "Ease", "Since"),
                    (("A", "", "2 out of 3", ""), ("", "High", "", "22 November 2026")),
                ),
            ),
        ),
        (
            ACTION,
            [
                {"text": "Shadow two reviews", "owner": "Sam", "due": "2027-01-31"},
                {"text": "Ask again?", "owner": "Sam"},
                {"text": "Rest.", "due": "2027-01-01"},
                {"text": "Nothing else"},
            ],
            (
                Bullets(
                    (
                        "Shadow two reviews. Sam, by 31 January 2027",
                        "Ask again? Sam",
                        "Rest. By 1 January 2027",
                        "Nothing else",
                    )
                ),
            ),
        ),
        (
            THEMES,
            [
                {"text": "Parking", "group": "Later", "count": 1},
                {"text": "Notice", "group": "Soon", "count": 4},
                {"text": "Other"},
            ],
            (
                Paragraph("Soon"),
                Bullets(("Notice (heard 4 times)",)),
                Paragraph("Later"),
                Bullets(("Parking (heard once)",)),
                Bullets(("Other",)),
            ),
        ),
        (
            MATCHED,
            [{"noticed": "Red", "response": "A walk\nMy own"}],
            (Grid(("What was noticed", "What could help"), (("Red", "A walk\nMy own"),)),),
        ),
        (
            OVERLAP,
            [{"text": "Forms", "area": "Do"}, {"text": "Talk", "area": "Both"}],
            (Overlap(("Trained", "Both", "Do"), ((), ("Talk",), ("Forms",))),),
        ),
        (
            LEVELS,
            [{"alias": "A", "mood": "High"}],
            (Levels(("Alias", "Volume", "Mood"), (("A", "", "High"),), ("Low", "High")),),
        ),
    ],
)
def test_answers_read_as_text(prompt: Prompt, value: Any, expected: tuple[Block, ...]) -> None:
    assert blocks(prompt, value) == expected


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        (LONG, ""),
        (LONG, " \n\t\n\n"),
        (SHORT, "  "),
        (SEVERAL, []),
        (TABLE, []),
        (TABLE, [{}, {"alias": " "}]),
        (ACTION, []),
        *((prompt, []) for prompt in (OWN, THEMES, MATCHED, OVERLAP, LEVELS, FIXED)),
    ],
)
def test_nothing_written_is_empty(prompt: Prompt, value: Any) -> None:
    assert is_empty(prompt, value)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("4.50", "4.5"), ("4.0", "4"), ("007", "7"), ("0.00", "0"), ("100", "100"), (".5", None)],
)
def test_hours_are_kept_in_one_way(written: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(BadInput):
            check_value(HOURS, written)
    else:
        assert check_value(HOURS, written) == kept


def test_hours_of_a_column_are_added_without_losing_any() -> None:
    rows: list[TableRow] = [{"planned": "0.1"}, {"planned": "0.2", "had": "0"}, {"what": "Rest"}]
    assert hours_in(TIMES, rows, "planned") == Decimal("0.3")
    assert hours_in(TIMES, rows, "had") == 0
    assert hours_in(TIMES, rows[2:], "had") is None
    assert hours_in(TIMES, None, "had") is None
    assert hours_in(TIMES, rows, "what") is None


def test_bare_text_holds_every_word_that_was_written() -> None:
    content = (Paragraph("One\ntwo"), Bullets(("a", "b")), Grid(("Head",), (("c", ""), ("d", "e"))))
    assert plain_text(content) == "One\ntwo\na\nb\nc\nd; e"
    levels = Levels(("Name", "Load"), (("A", "High"),), ("Low", "High"))
    overlap = Overlap(("Trained", "Both", "Do"), (("x",), (), ("y", "z")))
    assert plain_text((levels, overlap)) == "A; High\nTrained: x\nDo: y\nDo: z"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))) | st.text("ab \t\r\n"))
def test_no_word_of_a_long_text_is_lost(text: str) -> None:
    checked = check_value(LONG, text)
    assert check_value(LONG, checked) == checked
    shown = plain_text(blocks(LONG, checked))
    assert "".join(shown.split()) == "".join(text.split())


CELLS = {
    "alias": st.text("ab \n"),
    "load": st.sampled_from(["", "Low", "High"]),
    "ease": st.integers(1, 3),
    "since": st.just("") | st.dates().map(str),
    "zebra": st.none(),
}


@given(st.lists(st.dictionaries(st.sampled_from(list(CELLS)), st.one_of(*CELLS.values()))))
def test_a_table_is_kept_evenly_or_refused(rows: list[dict[str, Any]]) -> None:
    try:
        checked = check_value(TABLE, rows)
    except BadInput:
        return
    assert check_value(TABLE, checked) == checked
    grids = blocks(TABLE, checked)
    assert is_empty(TABLE, checked) == (checked == [])
    for grid in grids:
        assert isinstance(grid, Grid)
        assert isinstance(checked, list)
        assert len(grid.rows) == len(checked)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(PROMPTS), json_values)
def test_whatever_json_holds_is_kept_or_refused_but_never_a_crash(
    prompt: Prompt, value: object
) -> None:
    try:
        checked = check_value(prompt, value)
    except BadInput:
        return
    plain_text(blocks(prompt, checked))


def test_what_was_agreed_reads_back_as_the_answer_it_was_written_as() -> None:
    rows: list[TableRow] = [
        {"text": "Ring the ward", "owner": "Sam", "due": "2026-12-01"},
        {"text": "Rest"},
    ]
    record = record_of(
        Action(1, "action", "Ring the ward", "Sam", date(2026, 12, 1), ActionState.OPEN),
        Action(2, None, "Book the room", "", None, ActionState.OPEN),
        Action(3, "action", "Rest", "", None, ActionState.DONE),
    )
    assert agreed(record, "action") == rows == check_value(ACTION, rows)
    assert agreed(record, None) == [{"text": "Book the room"}]
    assert agreed(record, "another") == []


def record_of(*actions: Action) -> Record:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    head = RecordHead(
        id=1,
        tool_id="tool",
        title="A tool",
        driver=Driver.GROWTH,
        state=RecordState.DRAFT,
        started=moment,
        updated=moment,
        finished=None,
        person=None,
        review_on=None,
        page="",
        preview="",
    )
    return Record(head, 1, (), actions, ())
