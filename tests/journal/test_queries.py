"""What somebody types to find records, taken apart and understood."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retention_desktop.journal.filtering import ALL, Filter, narrowed
from retention_desktop.journal.queries import (
    Doubt,
    Key,
    Known,
    Query,
    Term,
    Unclear,
    parse_query,
    print_query,
    read_period,
    understand,
)
from retention_desktop.models.enums import Driver

TODAY = date(2026, 11, 22)  # a Sunday
KNOWN = Known(
    tools=(
        ("career-conversation", "Career conversation"),
        ("team-charter", "Team charter"),
        ("team-check", "Team check"),
    ),
    people=("Person A", "Person AB", "Kestrel"),
    tags=("team", "Rota changes"),
)
_like_queries = st.lists(
    st.sampled_from(
        [
            *(f"{key}:" for key in Key),
            "last",
            "this",
            "month",
            "otter",
            "Rota changes",
            '"',
            '""',
            " ",
            "\n",
            "a:b",
        ]
    )
    | st.text(max_size=4)
).map("".join)


def wanted(text: str) -> Filter | None:
    meaning = understand(parse_query(text, KNOWN), KNOWN, TODAY)
    assert meaning.unclear == ()
    return meaning.wanted


def unclear(text: str) -> Unclear:
    (found,) = understand(parse_query(text, KNOWN), KNOWN, TODAY).unclear
    return found


def test_words_and_what_narrows_are_told_apart() -> None:
    query = parse_query('otters person:"Person A" by the TAG:team river after:last month')
    assert query == Query(
        (Term(Key.PERSON, "Person A"), Term(Key.TAG, "team"), Term(Key.AFTER, "last month")),
        ("otters", "by", "the", "river"),
    )


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("otter", True),
        ("otter ", False),
        ("otter tag:a", False),
        ("tag:a otter", True),
        ("", False),
    ],
)
def test_the_last_word_may_still_grow_while_nothing_follows_it(text: str, goes_on: bool) -> None:
    assert parse_query(text).goes_on is goes_on


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('tag:"Rota changes"', "Rota changes"),
        ('tag:"Rota chan', "Rota chan"),  # still being typed
        ('tag:"a ""b"" c"', 'a "b" c'),
        ("tag:10:30", "10:30"),
        ("tag:", ""),
        ("tag: team", ""),
    ],
)
def test_a_value_of_several_words_stands_in_quotation_marks(text: str, value: str) -> None:
    assert parse_query(text).terms == (Term(Key.TAG, value),)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("person:Person A", "Person A", ()),
        ("person:person  ab the river", "person ab", ("the", "river")),
        ("otters tag:ROTA changes", "ROTA changes", ("otters",)),
        ("tag:team changes", "team", ("changes",)),
        ("tool:Team charter otters", "Team charter", ("otters",)),
        ("tag:Rota changesx", "Rota", ("changesx",)),
        ("person:Team charter", "Team", ("charter",)),
        ("person: Person A", "", ("Person", "A")),
    ],
)
def test_a_name_that_is_known_needs_no_quotation_marks(
    text: str, value: str, words: tuple[str, ...]
) -> None:
    query = parse_query(text, KNOWN)
    assert [term.value for term in query.terms] == [value]
    assert query.words == words


def test_of_names_that_begin_alike_the_longest_is_meant() -> None:
    known = Known(people=("Person", "Person A", "Person A of nights"))
    for name in known.people:
        (term,) = parse_query(f"person:{name} tag:x", known).terms[:1]
        assert term == Term(Key.PERSON, name)


@given(_like_queries)
@example('tag:"a"last after:last month')
@example("month after:last")
@example("tag:\x1fx")
@example("after:last\u2028month\x85")
def test_every_text_is_a_query_that_can_be_printed_and_read_again(text: str) -> None:
    query = parse_query(text)
    assert parse_query(print_query(query)) == query
    understand(query, KNOWN, TODAY)
    known = parse_query(text, KNOWN)
    assert parse_query(print_query(Query(known.terms)), KNOWN).terms == known.terms


@given(
    st.lists(st.builds(Term, st.sampled_from(Key), st.text().map(lambda s: " ".join(s.split())))),
    st.text(),
)
def test_every_value_can_be_typed(terms: list[Term], words: str) -> None:
    free = tuple(word for word in words.split() if ":" not in word)
    query = Query(tuple(terms), free, goes_on=bool(free))
    assert parse_query(print_query(query)) == query


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("otter", ALL),
        ("tool:career", Filter(tool="career-conversation")),
        ('tool:"team charter"', Filter(tool="team-charter")),
        ("tool:charter", Filter(tool="team-charter")),
        ('person:"person a"', Filter(person="Person A")),
        ("person:kes", Filter(person="Kestrel")),
        ("tag:rota tag:team", Filter(tags=("Rota changes", "team"))),
        ("driver:growth", Filter(driver=Driver.GROWTH)),
        ("driver:professional", Filter(driver=Driver.GROWTH)),
        ("before:2026-11-01", Filter(until=date(2026, 10, 31))),
        ("after:1/11/2026", Filter(since=date(2026, 11, 2))),
        ("after:2025", Filter(since=date(2026, 1, 1))),
        ("after:last month", Filter(since=date(2026, 11, 1))),
        (
            "after:2026-02 before:2026-04",
            Filter(since=date(2026, 3, 1), until=date(2026, 3, 31)),
        ),
    ],
)
def test_what_narrows(text: str, meant: Filter) -> None:
    assert wanted(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "tool:career tool:charter",
        "driver:growth driver:wellbeing",
        'person:kestrel person:"Person A"',
        "before:2026 after:2026",
    ],
)
def test_what_excludes_itself_asks_for_nothing(text: str) -> None:
    assert understand(parse_query(text), KNOWN, TODAY).wanted is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tool:otter", Unclear(Doubt.UNKNOWN, "tool", "otter")),
        ("tool:team", Unclear(Doubt.SEVERAL, "tool", "team")),
        ("person:person", Unclear(Doubt.SEVERAL, "person", "person")),
        ("tag:", Unclear(Doubt.EMPTY, "tag", "")),
        ("before:soon", Unclear(Doubt.NO_DAY, "before", "soon")),
        ("after:2026-02-30", Unclear(Doubt.NO_DAY, "after", "2026-02-30")),
        ("after:0000", Unclear(Doubt.NO_DAY, "after", "0000")),
        ("colour:red", Unclear(Doubt.NO_SUCH_KEY, "colour", "red")),
    ],
)
def test_what_is_not_clear_narrows_nothing_and_is_told(text: str, found: Unclear) -> None:
    assert unclear(text) == found
    assert understand(parse_query(text), KNOWN, TODAY).wanted == ALL


def test_a_time_of_day_is_a_word_like_others() -> None:
    meaning = understand(parse_query("10:30 visit"), KNOWN, TODAY)
    assert meaning.words == ("10:30", "visit")
    assert meaning.unclear == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", TODAY, TODAY),
        ("Yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("this week", date(2026, 11, 16), TODAY),
        ("last week", date(2026, 11, 9), date(2026, 11, 15)),
        ("this month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last  month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_have_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert read_period(text, TODAY) == (first, last)


@given(st.dates(date(1972, 1, 1), date(2999, 12, 31)))
def test_a_month_ends_where_the_next_begins_on_every_day(today: date) -> None:
    this, before = read_period("this month", today), read_period("last month", today)
    assert this is not None
    assert before is not None
    assert this[0] <= today <= this[1]
    assert before[1].toordinal() + 1 == this[0].toordinal()


def test_two_filters_together_want_what_both_want() -> None:
    one = Filter(driver=Driver.GROWTH, since=date(2026, 1, 1), tags=("a",))
    other = Filter(since=date(2026, 2, 1), until=date(2026, 3, 1), tags=("b", "a"))
    both = Filter(
        driver=Driver.GROWTH, since=date(2026, 2, 1), until=date(2026, 3, 1), tags=("a", "b")
    )
    assert narrowed(one, other) == both
    assert narrowed(both, Filter(driver=Driver.WELLBEING)) is None
    assert narrowed(both, Filter(since=date(2026, 3, 2))) is None
    assert narrowed(ALL, both) == narrowed(both, ALL) == both
