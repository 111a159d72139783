"""What a journal holds over time, told: counts in words, and bars that say the same."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from retention_desktop.journal.insights import Became, Given, Insights
from retention_desktop.models.enums import (
    ActionState,
    Audience,
    Driver,
    PromptKind,
)
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.sharing.insights import asked_over_time, tell_insights
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.summary import Section
from retention_desktop.toolkit.blocks import Bar, Bars, Levels, Paragraph, plain_text
from retention_desktop.toolkit.definition import (
    Collection,
    Comparison,
    GatheredRows,
    GatheredThemes,
    PlannedAndHad,
    Register,
)

from ..tools import a_tool
from .samples import words

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
NOTHING = Insights(None, {}, (), {}, {})
SCALE = ("A gap", "Mixed", "Strong")
VIEW = Column("view", "As we see it", PromptKind.SINGLE_CHOICE, options=SCALE)
NAME = Column("what", "What")
LOADS = Prompt("loads", "How heavy?", PromptKind.LEVELS, columns=(NAME, VIEW))
FIXED = replace(LOADS, rows=("Trust", "Time"))
AREAS = Prompt(
    "areas", "Which areas?", PromptKind.SEVERAL_CHOICES, options=("Law", "Values"), own_list="mine"
)
HEARD = Prompt(
    "heard", "What came up?", PromptKind.THEMES, groups=("Quick win", "Wider"), counted=True
)
TEXT = Prompt("text", "What else?")
COMPARED = Comparison("Then and now", "Both.", ("loads", "text"))
LISTED = Register("A line each", "All.", ("areas", "text"))
TIMES = Prompt(
    "times",
    "How much time was there?",
    PromptKind.TABLE,
    columns=(
        NAME,
        Column("planned", "Planned", PromptKind.HOURS),
        Column("had", "Had", PromptKind.HOURS),
    ),
)
PLANNED = PlannedAndHad("Time to learn", "Hours.", "times", "planned", "had")
THEMES = GatheredThemes("What we hear", "All themes.", ("heard",))


def given(
    record_id: int,
    prompt: Prompt,
    value: Value,
    *,
    days_ago: int = 0,
    with_person: bool = False,
    audience: Audience = Audience.THEMES,
) -> Given:
    at = NOW - timedelta(days=days_ago)
    return Given(record_id, at, with_person, prompt, audience, value)


def levels(*cells: tuple[str, str]) -> list[TableRow]:
    return [{"what": name, "view": word} for name, word in cells]


def theme(text: str, group: str = "Quick win", **counted: int) -> TableRow:
    return {"text": text, "group": group, **counted}


def told(
    prompt: Prompt,
    collection: Collection,
    *answers: Given,
    with_private: bool = False,
    since: date | None = None,
    lists: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Section, ...]:
    """The sections about one prompt of a tool."""
    tool = a_tool(prompt, TEXT, collections=(collection,))
    found = replace(
        NOTHING, answers={(tool.id, prompt.id): answers}, since=since, lists=lists or {}
    )
    return tell_insights(found, [tool], with_private=with_private, tz=UTC).sections


def bars(section: Section) -> list[Bars]:
    return [block for block in section.blocks if isinstance(block, Bars)]


# What is asked for


def test_what_can_be_told_over_time_follows_from_the_collections() -> None:
    tool = a_tool(LOADS, AREAS, HEARD, TEXT, collections=(COMPARED, LISTED, THEMES))
    plain = replace(a_tool(LOADS, AREAS, HEARD, TEXT), id="plain")

    assert asked_over_time([tool, plain]) == {"a-tool": frozenset({"loads", "areas", "heard"})}


def test_choices_in_rows_count_too_and_levels_in_a_register_do_not() -> None:
    rows = GatheredRows("Below one another", "All.", ("areas",))
    tool = a_tool(LOADS, AREAS, collections=(rows, Register("Lines", "All.", ("loads",))))

    assert asked_over_time([tool]) == {"a-tool": frozenset({"areas"})}


# Drivers, and what became of what was agreed


def test_a_new_journal_tells_nothing() -> None:
    assert tell_insights(NOTHING, [a_tool(LOADS, collections=(COMPARED,))]).sections == ()


def test_the_six_drivers_stand_in_their_order_whatever_the_numbers() -> None:
    found = replace(NOTHING, drivers={Driver.RECOGNITION: (1, 2, 3), Driver.BELONGING: (4,)})

    (section,) = tell_insights(found, []).sections
    (shown,) = bars(section)

    assert [bar.words for bar in shown.bars] == [
        "not in this time",
        "once",
        "not in this time",
        "not in this time",
        "not in this time",
        "3 times",
    ]
    assert shown.bars[0].name == "Leadership and management"
    assert [bar.records for bar in shown.bars][-1] == (1, 2, 3)
    assert shown.longest == 3


def test_what_was_agreed_is_told_as_tried_kept_and_open() -> None:
    found = replace(
        NOTHING,
        became=(
            Became(ActionState.DONE, False, (1, 2)),
            Became(ActionState.CHANGED, True, (3,)),
            Became(ActionState.OPEN, True, (1,)),
            Became(ActionState.OPEN, False, (None, 4)),
            Became(ActionState.LET_GO, False, (5,)),
        ),
    )

    (section,) = tell_insights(found, []).sections
    (shown,) = bars(section)

    assert [(bar.name, bar.words, bar.records) for bar in shown.bars] == [
        ("Agreed", "7 things", (1, 2, 3, 4, 5)),
        ("Tried", "4 things", (1, 2, 3)),
        ("Kept, when looked at again", "2 things", (3, 1)),
        ("Still open", "3 things", (1, 4)),
        ("Let go", "1 thing", (5,)),
    ]
    assert section.blocks[-1] == Paragraph("Added by hand, in no record: 1 thing.")


def test_the_time_it_is_about_is_said() -> None:
    assert tell_insights(NOTHING, []).when == "Everything in this journal"
    since = replace(NOTHING, since=date(2026, 8, 22))
    assert tell_insights(since, []).when == "Since 22 August 2026"


# Levels


def test_levels_of_cases_are_counted_time_after_time_and_no_case_is_named() -> None:
    (section,) = told(
        LOADS,
        COMPARED,
        given(1, LOADS, levels(("Worker A", "Strong"), ("Worker B", "A gap")), days_ago=30),
        given(2, LOADS, levels(("Worker A", "Mixed"), ("Worker C", ""))),
    )

    assert section.heading == "A tool"
    assert section.blocks == (
        Paragraph("How heavy?"),
        Bars(
            "As we see it",
            (
                Bar("23 October 2026", "A gap 1, Mixed 0, Strong 1", (1, 0, 1), (1,)),
                Bar(
                    "22 November 2026", "A gap 0, Mixed 1, Strong 0, not chosen 1", (0, 1, 0), (2,)
                ),
            ),
            2,
            SCALE,
        ),
    )


def test_rows_that_are_always_the_same_stand_beside_one_another() -> None:
    (section,) = told(
        FIXED,
        COMPARED,
        given(1, FIXED, levels(("Trust", "A gap"), ("Time", "Strong")), days_ago=30),
        given(2, FIXED, levels(("Trust", "Mixed"))),
    )

    assert section.blocks[1:] == (
        Levels(
            ("As we see it", "23 October 2026", "22 November 2026"),
            (("Trust", "A gap", "Mixed"), ("Time", "Strong", "")),
            SCALE,
            (1, 2),
        ),
    )


def test_people_are_never_put_side_by_side() -> None:
    (section,) = told(
        FIXED,
        COMPARED,
        given(1, FIXED, levels(("Trust", "A gap")), days_ago=9, with_person=True),
        given(2, FIXED, levels(("Trust", "Mixed"))),
        given(3, FIXED, levels(("Trust", "Strong")), with_person=True),
    )

    (shown,) = (block for block in section.blocks if isinstance(block, Levels))
    assert shown.records == (2,)
    assert "Times with one person are not put beside others here." in plain_text(section.blocks)


def test_only_the_last_times_have_room_and_the_rest_is_named() -> None:
    cells = levels(("Trust", "Mixed"))
    many = [given(number, FIXED, cells, days_ago=40 - number) for number in range(1, 8)]
    (section,) = told(FIXED, COMPARED, *many)
    (shown,) = (block for block in section.blocks if isinstance(block, Levels))
    assert shown.records == (4, 5, 6, 7)
    assert section.blocks[-1] == Paragraph("These are the last 4 of 7 times.")


def test_levels_that_were_worded_otherwise_then_are_not_mixed_in() -> None:
    low_high = replace(VIEW, options=("Low", "High"))
    old = replace(LOADS, columns=(NAME, low_high))
    (section,) = told(
        LOADS,
        COMPARED,
        given(1, old, levels(("A", "High")), days_ago=9),
        given(2, LOADS, levels(("A", "Mixed"))),
    )

    assert [bar.records for bar in bars(section)[0].bars] == [(2,)]


# Choices


def test_every_area_is_told_chosen_or_not_and_ones_own_too() -> None:
    (section,) = told(
        AREAS,
        LISTED,
        given(1, AREAS, ["Law", "Carers' rights"], days_ago=9),
        given(2, AREAS, ["Law"]),
        lists={"mine": ("Trusted assessor",), "other": ("No",)},
    )

    (shown,) = bars(section)
    assert [(bar.name, bar.words, bar.records) for bar in shown.bars] == [
        ("Law", "2 times", (1, 2)),
        ("Values", "not yet", ()),
        ("Trusted assessor", "not yet", ()),
        ("Carers' rights", "once", (1,)),
    ]


def test_in_a_shorter_time_an_area_is_not_said_to_be_never_covered() -> None:
    (section,) = told(AREAS, LISTED, given(1, AREAS, ["Law"]), since=date(2026, 8, 22))
    assert bars(section)[0].bars[1].words == "not in this time"


# Themes


def test_themes_with_the_same_words_are_one_in_their_groups_the_most_heard_first() -> None:
    (section,) = told(
        HEARD,
        THEMES,
        given(1, HEARD, [theme("late  rotas", count=2)], days_ago=9),
        given(
            2,
            HEARD,
            [
                theme("Parking"),
                theme("Late rotas", count=3),
                theme("Pay", "Wider"),
            ],
        ),
    )

    assert section.heading == "What we hear"
    assert bars(section) == [
        Bars(
            "Quick win",
            (
                Bar("Late rotas", "heard 5 times", (5,), (2, 1)),
                Bar("Parking", "heard once", (1,), (2,)),
            ),
            5,
        ),
        Bars("Wider", (Bar("Pay", "heard once", (1,), (2,)),), 5),
    ]


def test_more_themes_than_there_is_room_for_are_counted() -> None:
    rows: list[TableRow] = [{"text": f"Theme {number}"} for number in range(13)]
    (section,) = told(HEARD, THEMES, given(1, HEARD, list(rows)))
    assert len(bars(section)[0].bars) == 10
    assert section.blocks[-1] == Paragraph("The page of the tool holds 3 more.")


# What is private


def test_what_is_private_is_left_out_unless_it_is_asked_for() -> None:
    open_one = given(1, AREAS, ["Law"])
    private = given(2, AREAS, ["Values"], audience=Audience.PRIVATE)

    (shared,) = told(AREAS, LISTED, open_one, private)
    (everything,) = told(AREAS, LISTED, open_one, private, with_private=True)

    assert shared.audience is Audience.THEMES
    assert [bar.pieces for bar in bars(shared)[0].bars] == [(1,), (0,)]
    assert everything.audience is Audience.PRIVATE
    assert [bar.pieces for bar in bars(everything)[0].bars] == [(1,), (1,)]
    assert told(AREAS, LISTED, private) == ()


# The PDF


def test_the_pdf_says_each_bar_in_words() -> None:
    found = replace(
        NOTHING, drivers={Driver.GROWTH: (1, 2)}, became=(Became(ActionState.OPEN, False, (1,)),)
    )

    text = words(render_pdf(tell_insights(found, [])))

    assert "Professional growth and career development: 2 times" in text
    assert "Leadership and management: not in this time" in text
    assert "Still open: 1 thing" in text


# Planned and had


def hours(planned: str, had: str = "") -> list[TableRow]:
    return [{"planned": planned, "had": had} if had else {"planned": planned}]


def test_hours_that_were_planned_stand_beside_those_there_were_time_after_time() -> None:
    only_named: list[TableRow] = [{"what": "Reading"}]
    (section,) = told(
        TIMES,
        PLANNED,
        given(1, TIMES, [*hours("4", "1.5"), *hours("0.5", "1")], days_ago=30),
        given(2, TIMES, only_named, days_ago=20),
        given(3, TIMES, hours("1"), days_ago=1),
    )

    assert section.heading == "Time to learn"
    (shown,) = bars(section)
    assert shown.bars == (
        Bar("23 October 2026, planned", "4.5 hours", (4.5,), (1,)),
        Bar("23 October 2026, had", "2.5 hours", (2.5,), (1,)),
        Bar("21 November 2026, planned", "1 hour", (1,), (3,)),
        Bar("21 November 2026, had", "not written down", (0,), (3,)),
    )
    assert shown.longest == 4.5
    assert "5.5 hours planned, 2.5 hours had" in plain_text(section.blocks)
    made = words(render_pdf(replace(tell_insights(NOTHING, []), sections=(section,))))
    assert "23 October 2026, had: 2.5 hours" in made


def test_hours_with_one_person_are_not_put_beside_others() -> None:
    (section,) = told(
        TIMES,
        PLANNED,
        given(1, TIMES, hours("7", "6"), with_person=True),
        given(2, TIMES, hours("2", "2")),
    )
    assert [bar.records for bar in bars(section)[0].bars] == [(2,), (2,)]
    assert "7" not in plain_text(section.blocks)
    assert "Times with one person" in plain_text(section.blocks)


def test_only_the_latest_times_have_bars_and_all_are_added() -> None:
    many = [given(n, TIMES, hours("2", "1"), days_ago=40 - n) for n in range(14)]
    (section,) = told(TIMES, PLANNED, *many)
    assert len(bars(section)[0].bars) == 24
    assert "These are the last 12 of 14 times." in plain_text(section.blocks)
    assert "28 hours planned, 14 hours had" in plain_text(section.blocks)


def test_hours_that_are_private_are_told_only_where_that_is_asked_for() -> None:
    private = given(1, TIMES, hours("2", "1"), audience=Audience.PRIVATE)
    assert told(TIMES, PLANNED, private) == ()
    (section,) = told(TIMES, PLANNED, private, with_private=True)
    assert section.audience is Audience.PRIVATE
