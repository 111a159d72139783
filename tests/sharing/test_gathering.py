from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.models.views import Answer, Record
from retention_desktop.sharing.gathering import gather
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.blocks import Bullets, Grid, Levels, Paragraph
from retention_desktop.toolkit.definition import (
    Collection,
    Comparison,
    Fairness,
    GatheredRows,
    GatheredThemes,
    PlannedAndHad,
    Register,
)
from retention_desktop.toolkit.loading import load_toolkit

from .samples import action, answer, record, words

TOOL = replace(load_toolkit().tools[0], title="The tool")
NAME = Prompt("name", "What is the document?", PromptKind.SHORT_TEXT)
DATED = Prompt("dated", "When?", PromptKind.DATE)
THEMES = Prompt("themes", "What came up?", PromptKind.THEMES, counted=True)
GROUPED = Prompt(
    "themes", "What came up?", PromptKind.THEMES, groups=("Quick win", "System issue"), counted=True
)
DO = Prompt("do", "What will you do?", PromptKind.ACTION)
OFFERS = Prompt(
    "offers",
    "What is on offer?",
    PromptKind.TABLE,
    columns=(Column("what", "What"), Column("length", "How long")),
)
INTEREST = Prompt(
    "interest", "Who came forward?", PromptKind.TABLE, columns=(Column("who", "Who"),)
)
MATCHES = Prompt("matches", "Who was matched?", PromptKind.TABLE, columns=(Column("who", "Who"),))
LOADS = Prompt(
    "loads",
    "How heavy?",
    PromptKind.LEVELS,
    columns=(
        Column("case", "Case"),
        Column("volume", "Volume", PromptKind.SINGLE_CHOICE, options=("Low", "High")),
    ),
)
FAIRNESS = Fairness("Fair?", "Who.", "interest/who", "matches/who")


def use(day: int, *answers: Answer, person: str | None = None, **more: object) -> Record:
    """A record that was finished on a day of November 2026."""
    at = datetime(2026, 11, day, 14, tzinfo=UTC)
    head = {"finished": at, "updated": at, "person": person, "review_on": None} | more
    actions = head.pop("actions", ())
    assert isinstance(actions, tuple)
    return record(*answers, actions=actions, **head)


def gathered(collection: Collection, *records: Record, with_private: bool = False) -> Summary:
    """What is gathered from records, the newest first."""
    return gather(records, TOOL, collection, with_private=with_private, tz=UTC)


def row(**cells: str | int) -> TableRow:
    return cells


def rows(*cells: str, column: str = "who") -> list[TableRow]:
    return [{column: cell} for cell in cells]


# --- All kinds


ALL_KINDS: list[Collection] = [
    Register("Documents", "All of them.", ("name",)),
    GatheredThemes("Themes", "All of them.", ("themes",)),
    GatheredRows("Rows", "All of them.", ("offers", "do")),
    FAIRNESS,
    Comparison("Now and then", "Both.", ("name",)),
]


@pytest.mark.parametrize("collection", ALL_KINDS)
def test_over_nothing_there_is_a_title_and_no_section(collection: Collection) -> None:
    for made in (gathered(collection), gathered(collection, use(2), use(1, answer(DATED, "")))):
        assert (made.title, made.sections, made.person) == (collection.title, (), None)
    assert gathered(collection).when == "The tool"


@pytest.mark.parametrize("collection", ALL_KINDS)
def test_the_person_of_a_record_is_nowhere_in_what_is_gathered(collection: Collection) -> None:
    records = [
        use(
            day,
            answer(NAME, f"Letter {day}"),
            answer(THEMES, rows("Rota", column="text")),
            answer(OFFERS, rows("Shadowing", column="what")),
            answer(INTEREST, rows("Sam")),
            person="Siân",
        )
        for day in (9, 8)
    ]
    made = gathered(collection, *records, with_private=True)
    assert made.sections
    assert "Siân" not in repr(made)


@pytest.mark.parametrize("collection", ALL_KINDS)
def test_what_is_private_is_left_out_unless_asked_for(collection: Collection) -> None:
    def private(prompt: Prompt, value: list[TableRow] | str) -> Answer:
        return answer(prompt, value, Audience.PRIVATE)

    records = [
        use(
            day,
            private(NAME, "CANARY"),
            private(THEMES, rows("CANARY", column="text")),
            private(OFFERS, rows("CANARY", column="what")),
            private(INTEREST, rows("CANARY")),
        )
        for day in (9, 8)
    ]
    assert gathered(collection, *records).sections == ()
    everything = gathered(collection, *records, with_private=True)
    assert "CANARY" in repr(everything)
    assert {section.audience for section in everything.sections} == {Audience.PRIVATE}


@pytest.mark.parametrize("collection", ALL_KINDS)
def test_what_is_gathered_can_be_a_pdf(collection: Collection) -> None:
    made = gathered(
        collection,
        *(
            use(
                day,
                answer(NAME, "Letter"),
                answer(THEMES, rows("Rota", column="text")),
                answer(OFFERS, rows("Shadowing", column="what")),
                answer(INTEREST, rows("Sam")),
            )
            for day in (9, 8)
        ),
    )
    read = words(render_pdf(made))
    assert read.startswith(f"{collection.title} The tool, 8 November 2026 to 9 November 2026")
    assert made.sections[0].heading in read


def test_the_days_are_those_of_the_place_and_one_day_is_said_once() -> None:
    late = use(8, answer(NAME, "Letter"), finished=datetime(2026, 11, 8, 23, 30, tzinfo=UTC))
    made = gathered(ALL_KINDS[0], late, use(8, answer(NAME, "Leaflet")))
    assert made.when == "The tool, 8 November 2026"


def test_the_day_of_a_use_of_which_nothing_is_shown_is_not_named() -> None:
    private = use(9, answer(NAME, "Letter", Audience.PRIVATE))
    made = gathered(ALL_KINDS[0], private, use(8, answer(NAME, "Leaflet")))
    assert made.when == "The tool, 8 November 2026"
    assert gathered(ALL_KINDS[0], private).when == "The tool"


def test_answers_of_prompts_that_are_not_asked_for_are_not_there() -> None:
    made = gathered(ALL_KINDS[0], use(8, answer(NAME, "Letter"), answer(DATED, "2026-11-03")))
    assert "3 November 2026" not in repr(made)


# --- Register


def test_a_register_has_a_line_for_each_use_the_newest_first() -> None:
    made = gathered(
        Register("Documents", "All.", ("name", "dated")),
        use(9, answer(NAME, "Letter"), answer(DATED, "2026-11-05"), review_on=date(2027, 2, 9)),
        use(8, answer(DATED, "2026-11-01")),
        use(7, answer(THEMES, rows("Rota", column="text"))),
        use(6, answer(NAME, "Leaflet")),
    )
    (section,) = made.sections
    assert section.heading == "Each time, the newest first"
    assert section.blocks == (
        Grid(
            ("Day", "What is the document?", "When?", "Look again"),
            (
                ("9 November 2026", "Letter", "5 November 2026", "9 February 2027"),
                ("8 November 2026", "", "1 November 2026", ""),
                ("6 November 2026", "Leaflet", "", ""),
            ),
        ),
    )


def test_a_register_takes_the_newest_words_of_a_question_and_drops_one_never_answered() -> None:
    old = Prompt("name", "Which document?", PromptKind.SHORT_TEXT)
    made = gathered(
        Register("Documents", "All.", ("dated", "name")),
        use(9, answer(NAME, "Letter")),
        use(8, answer(old, "Leaflet")),
    )
    (grid,) = made.sections[0].blocks
    assert isinstance(grid, Grid)
    assert grid.header == ("Day", "What is the document?")


def test_a_private_cell_of_a_register_stays_out_and_the_rest_is_shown() -> None:
    mixed = use(9, answer(NAME, "Letter"), answer(DATED, "2026-11-05", Audience.PRIVATE))
    register = Register("Documents", "All.", ("name", "dated"))

    assert gathered(register, mixed).sections[0].blocks == (
        Grid(("Day", "What is the document?"), (("9 November 2026", "Letter"),)),
    )
    assert gathered(register, mixed).sections[0].audience is Audience.SHARED
    assert gathered(register, mixed, with_private=True).sections[0].audience is Audience.PRIVATE


def test_what_was_agreed_can_stand_in_a_register() -> None:
    agreed = use(9, answer(DO, None), actions=(action("Ring", "do"), action("Write")))
    (section,) = gathered(Register("All", "All.", ("do",)), agreed).sections
    assert section.blocks == (
        Grid(("Day", "What will you do?"), (("9 November 2026", "Ring. Siân"),)),
    )


# --- Themes


def theme(text: str, **more: str | int) -> TableRow:
    return {"text": text, **more}


def test_themes_with_the_same_words_are_one_and_their_counts_add_up() -> None:
    made = gathered(
        GatheredThemes("Themes", "All.", ("themes",)),
        use(9, answer(THEMES, [theme("Late rotas", count=2), theme("Parking")])),
        use(8, answer(THEMES, [theme("late  ROTAS"), theme("Kindness", count=4)])),
    )
    (section,) = made.sections
    assert section.heading == "What came up?"
    assert section.blocks == (
        Bullets(("Kindness (heard 4 times)", "Late rotas (heard 3 times)", "Parking")),
    )


def test_themes_stand_in_their_groups_those_of_old_groups_too() -> None:
    old = replace(GROUPED, groups=("Easy", "System issue"))
    made = gathered(
        GatheredThemes("Themes", "All.", ("themes",)),
        use(
            9,
            answer(
                GROUPED,
                [theme("Rotas", group="System issue"), theme("Kettle", group="Quick win")],
            ),
        ),
        use(8, answer(old, [theme("Keys", group="Easy"), theme("rotas", group="System issue")])),
        use(7, answer(old, [theme("Rotas")])),
    )
    assert made.sections[0].blocks == (
        Paragraph("Quick win"),
        Bullets(("Kettle",)),
        Paragraph("System issue"),
        Bullets(("Rotas (heard 2 times)",)),
        Paragraph("Easy"),
        Bullets(("Keys",)),
        Bullets(("Rotas",)),
    )


def test_what_was_no_theme_in_an_older_version_of_the_tool_is_left_out() -> None:
    text = Prompt("themes", "What came up?")
    table = replace(OFFERS, id="themes", columns=(Column("count", "How many"),))
    made = gathered(
        GatheredThemes("Themes", "All.", ("themes",)),
        use(9, answer(table, [row(count="Some")])),
        use(8, answer(THEMES, [theme("Rotas")])),
        use(7, answer(text, "The kettle.")),
    )
    assert [section.blocks for section in made.sections] == [(Bullets(("Rotas",)),)]


def test_each_prompt_of_themes_is_a_part_of_its_own() -> None:
    other = replace(THEMES, id="other", label="What else?")
    made = gathered(
        GatheredThemes("Themes", "All.", ("other", "themes")),
        use(9, answer(THEMES, [theme("Rotas")]), answer(other, [theme("Rotas")])),
    )
    assert [(section.part, section.heading) for section in made.sections] == [
        ("other", "What else?"),
        ("themes", "What came up?"),
    ]


THEME_ROWS = st.lists(
    st.builds(
        theme, st.sampled_from(["Rotas", "rotas", "Pay", "pay ", "Care"]), count=st.integers(1, 9)
    ),
    max_size=4,
)


@given(st.lists(THEME_ROWS, max_size=4))
def test_no_theme_and_no_count_is_lost(uses: list[list[TableRow]]) -> None:
    records = [use(20 - n, answer(THEMES, found)) for n, found in enumerate(uses)]
    made = gathered(GatheredThemes("Themes", "All.", ("themes",)), *records)
    items = [
        item
        for section in made.sections
        for block in section.blocks
        for item in (block.items if isinstance(block, Bullets) else ())
    ]
    heard: dict[str, int] = {}
    for item in items:
        text, _, tail = item.partition(" (heard ")
        assert text.casefold() not in heard
        heard[text.casefold()] = int(tail.removesuffix(" times)")) if tail else 1
    wanted: dict[str, int] = {}
    for each in (each for found in uses for each in found):
        key = str(each["text"]).strip().casefold()
        wanted[key] = wanted.get(key, 0) + int(each["count"])
    assert heard == wanted


# --- Rows


def test_rows_of_a_table_come_below_one_another_with_their_day() -> None:
    made = gathered(
        GatheredRows("Board", "All.", ("offers",)),
        use(9, answer(OFFERS, [row(what="Shadowing", length="A day"), row(what="Lead")])),
        use(8, answer(OFFERS, [row(what="Teach", length="An hour")])),
    )
    (section,) = made.sections
    assert section.heading == "What is on offer?"
    assert section.blocks == (
        Grid(
            ("Day", "What", "How long"),
            (
                ("9 November 2026", "Shadowing", "A day"),
                ("9 November 2026", "Lead", ""),
                ("8 November 2026", "Teach", "An hour"),
            ),
        ),
    )


def test_rows_of_a_table_with_other_columns_keep_theirs() -> None:
    old = replace(OFFERS, columns=(Column("what", "Chance"),))
    made = gathered(
        GatheredRows("Board", "All.", ("offers",)),
        use(9, answer(OFFERS, [row(what="Shadowing", length="A day")])),
        use(8, answer(old, [row(what="Teach")])),
    )
    assert [block.header for block in made.sections[0].blocks if isinstance(block, Grid)] == [
        ("Day", "What", "How long"),
        ("Day", "Chance"),
    ]


def test_levels_are_rows_with_their_words() -> None:
    written = use(9, answer(LOADS, [row(case="A", volume="Low"), row(case="B", volume="High")]))
    day = "9 November 2026"
    rows_of = gathered(GatheredRows("All", "All.", ("loads",)), written)
    assert rows_of.sections[0].blocks == (
        Grid(("Day", "Case", "Volume"), ((day, "A", "Low"), (day, "B", "High"))),
    )
    register = gathered(Register("All", "All.", ("loads",)), written)
    assert register.sections[0].blocks == (
        Grid(("Day", "How heavy?"), ((day, "A; Low\nB; High"),)),
    )


def test_texts_and_actions_are_rows_too() -> None:
    text = Prompt("learned", "What did we learn?")
    made = gathered(
        GatheredRows("All", "All.", ("do", "learned")),
        use(9, answer(text, "One.\n\nTwo.")),
        use(8, answer(DO, None), actions=(action("Ring", "do"), action("Write", "do"))),
    )
    assert [(section.part, section.blocks) for section in made.sections] == [
        (
            "do",
            (
                Grid(
                    ("Day", "What was written"),
                    (
                        ("8 November 2026", "Ring. Siân"),
                        ("8 November 2026", "Write. Siân"),
                    ),
                ),
            ),
        ),
        ("learned", (Grid(("Day", "What was written"), (("9 November 2026", "One.\nTwo."),)),)),
    ]


# --- Planned and had


TIMES = Prompt(
    "times",
    "How much time was there?",
    PromptKind.TABLE,
    columns=(
        Column("what", "What"),
        Column("planned", "Planned", PromptKind.HOURS),
        Column("had", "Had", PromptKind.HOURS),
    ),
)
PLANNED_AND_HAD = PlannedAndHad("Time", "Hours.", "times", "planned", "had")


def test_the_hours_of_each_use_stand_beside_one_another_newest_first() -> None:
    made = gathered(
        PLANNED_AND_HAD,
        use(9, answer(TIMES, [row(planned="4", had="1.5"), row(planned="0.5", had="1")])),
        use(8, answer(replace(TIMES, columns=OFFERS.columns), [row(what="Reading")])),
        use(7, answer(TIMES, [row(what="Reading")])),
        use(6, answer(TIMES, [row(planned="1")]), person="Siân"),
    )
    (section,) = made.sections
    assert section.blocks == (
        Grid(
            ("Day", "Planned", "Had"),
            (
                ("9 November 2026", "4.5 hours", "2.5 hours"),
                ("6 November 2026", "1 hour", ""),
            ),
        ),
    )
    assert "Siân" not in repr(made)
    private = use(9, answer(TIMES, [row(planned="4")], Audience.PRIVATE))
    assert gathered(PLANNED_AND_HAD, private).sections == ()
    (section,) = gathered(PLANNED_AND_HAD, private, with_private=True).sections
    assert section.audience is Audience.PRIVATE


# --- Fairness


def test_those_never_matched_stand_first_and_nobody_is_ranked() -> None:
    made = gathered(
        FAIRNESS,
        use(9, answer(INTEREST, rows("Sam", "Alex", "Bo")), answer(MATCHES, rows("sam"))),
        use(8, answer(INTEREST, rows("Bo", "SAM", "Zoë")), answer(MATCHES, rows("Kim, Sam"))),
    )
    assert [(section.heading, section.blocks) for section in made.sections] == [
        (
            "Not matched yet",
            (Grid(("Who", "Asked"), (("Alex", "once"), ("Bo", "twice"), ("Zoë", "once"))),),
        ),
        (
            "Matched at least once",
            (
                Grid(
                    ("Who", "Asked", "Matched"),
                    (("Kim", "not asked", "once"), ("Sam", "twice", "twice")),
                ),
            ),
        ),
    ]


def test_where_all_were_matched_nobody_is_waiting() -> None:
    made = gathered(FAIRNESS, use(9, answer(INTEREST, rows("Sam")), answer(MATCHES, rows("Sam"))))
    assert [section.heading for section in made.sections] == ["Matched at least once"]


# --- Comparison


def test_the_last_use_stands_beside_the_one_before_under_their_days() -> None:
    old = replace(NAME, label="Which document?")
    made = gathered(
        Comparison("Now and then", "Both.", ("name",)),
        use(9, answer(NAME, "Letter")),
        use(8, answer(old, "Leaflet")),
        use(7, answer(NAME, "Poster")),
    )
    assert [(section.heading, section.blocks) for section in made.sections] == [
        ("What is the document? 9 November 2026", (Paragraph("Letter"),)),
        ("Which document? 8 November 2026", (Paragraph("Leaflet"),)),
    ]
    assert made.when == "The tool, 8 November 2026 to 9 November 2026"


def test_what_was_written_once_alone_is_beside_a_sentence_that_says_so() -> None:
    made = gathered(
        Comparison("Now and then", "Both.", ("name", "dated", "themes")),
        use(9, answer(NAME, "Letter")),
        use(8, answer(DATED, "2026-11-01")),
    )
    assert [(section.heading, section.blocks) for section in made.sections] == [
        ("What is the document? 9 November 2026", (Paragraph("Letter"),)),
        ("What is the document? 8 November 2026", (Paragraph("Nothing was written."),)),
        ("When? 9 November 2026", (Paragraph("Nothing was written."),)),
        ("When? 8 November 2026", (Paragraph("1 November 2026"),)),
    ]


def test_a_comparison_is_of_one_person_and_takes_no_more_records_than_it_needs() -> None:
    taken = []

    def records() -> Iterator[Record]:
        for number, person in enumerate(("A", "B", "A", "A")):
            taken.append(number)
            yield use(20 - number, answer(NAME, f"Letter {number}"), person=person)

    made = gather(records(), TOOL, Comparison("Now and then", "Both.", ("name",)), tz=UTC)
    assert [section.blocks for section in made.sections] == [
        (Paragraph("Letter 0"),),
        (Paragraph("Letter 2"),),
    ]
    assert taken == [0, 1, 2]


def test_levels_stay_levels_when_compared() -> None:
    made = gathered(
        Comparison("Now and then", "Both.", ("loads",)),
        use(9, answer(LOADS, [row(case="A", volume="Low")])),
        use(8, answer(LOADS, [row(case="A", volume="High")])),
    )
    assert [type(block) for section in made.sections for block in section.blocks] == [
        Levels,
        Levels,
    ]


def test_every_collection_that_ships_can_be_gathered() -> None:
    found = [(tool, each) for tool in load_toolkit().tools for each in tool.collections]
    assert found
    for tool, collection in found:
        assert gather([], tool, collection).sections == ()


def test_days_of_records_that_are_old_are_in_order() -> None:
    old = use(1, answer(NAME, "Poster"), finished=datetime(2025, 1, 2, tzinfo=UTC) - timedelta(1))
    made = gathered(ALL_KINDS[0], use(9, answer(NAME, "Letter")), old)
    assert made.when == "The tool, 1 January 2025 to 9 November 2026"
