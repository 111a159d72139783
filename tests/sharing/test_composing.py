from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience
from retention_desktop.models.prompts import Prompt
from retention_desktop.models.views import Record
from retention_desktop.sharing.composing import (
    Reader,
    begin,
    compose,
    from_words,
    parts_for,
    to_words,
)
from retention_desktop.sharing.summary import all_parts, default_parts, summarise
from retention_desktop.toolkit.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
    plain_text,
    with_texts,
    written_texts,
)

from .samples import FULL, answer, record

SECOND = record(
    answer(Prompt("theme", "A theme?"), "CANARYTHEME", Audience.THEMES),
    answer(Prompt("own", "And you?"), "CANARYOWN", Audience.PRIVATE),
    answer(Prompt("told", "For a manager?"), "CANARYMANAGER", Audience.MANAGER),
    answer(Prompt("both", "For both?"), "CANARYBOTH"),
    id=2,
    title="Second look",
)


def told(*summaries: object) -> str:
    return repr(summaries)


def test_to_begin_with_all_that_is_not_private_leaves_and_the_rest_does_not() -> None:
    made = compose(begin([FULL, SECOND]), tz=UTC)

    assert made == (summarise(FULL, tz=UTC), summarise(SECOND, tz=UTC))
    for canary in ("CANARYPRIVATE", "CANARYACTION", "CANARYOWN"):
        assert canary not in told(made)


@pytest.mark.parametrize(
    ("reader", "leaves"),
    [
        (Reader.ANYONE, {"theme", "told", "both"}),
        (Reader.MANAGER, {"theme", "told"}),
        (Reader.OTHER_PERSON, {"theme", "both"}),
        (Reader.THEMES_ONLY, {"theme"}),
        (Reader.REGISTRATION, {"theme", "told", "both"}),
    ],
)
def test_the_reader_decides_what_is_taken_in_to_begin_with(
    reader: Reader, leaves: set[str]
) -> None:
    (made,) = compose(begin([SECOND], reader))

    assert {section.part for section in made.sections} == leaves
    assert made.person is None


@pytest.mark.parametrize("reader", list(Reader))
def test_no_reader_gets_a_private_part_the_person_or_the_later_looks(reader: Reader) -> None:
    private = {each.prompt.id for each in FULL.answers if each.audience is Audience.PRIVATE}

    assert not parts_for(FULL, reader) & (private | {"person", "later-looks"})


def test_a_private_part_leaves_once_it_is_taken_in_by_itself() -> None:
    composition = begin([FULL, SECOND]).choosing(2, "own", taken_in=True)

    assert "CANARYOWN" in told(compose(composition))
    assert "CANARYPRIVATE" not in told(compose(composition))
    assert "CANARYOWN" not in told(compose(composition.choosing(2, "own", taken_in=False)))


def test_records_are_told_in_the_order_that_was_chosen() -> None:
    assert [each.title for each in compose(begin([SECOND, FULL]))] == [
        "Second look",
        "Career conversation",
    ]


def test_other_words_stand_in_the_copy_alone() -> None:
    composition = begin([SECOND]).saying(2, "both", ("Person A agreed",))

    assert "CANARYBOTH" not in told(compose(composition))
    assert "Person A agreed" in told(compose(composition))
    assert composition.records == (SECOND,)
    assert compose(composition.as_written(2, "both")) == (summarise(SECOND),)


def test_what_is_shortened_to_nothing_makes_no_section() -> None:
    composition = begin([FULL]).saying(1, "load", ("", "", ""))

    (made,) = compose(composition)
    assert "load" not in {section.part for section in made.sections}


def test_a_row_of_a_table_can_be_left_out_of_the_copy() -> None:
    (made,) = compose(begin([FULL]).saying(1, "load", ("Person A", "Joint visit", "")))

    (load,) = (section for section in made.sections if section.part == "load")
    assert load.blocks == (Grid(("Who", "Next step"), (("Person A", "Joint visit"),)),)


def test_the_writers_own_words_stand_before_and_after() -> None:
    composition = replace(
        begin([FULL, SECOND]), introduction="For my appraisal.\n\nSince May.", statement="By me."
    )

    first, *told, last = compose(composition)
    assert first.sections[0].blocks == (Paragraph("For my appraisal."), Paragraph("Since May."))
    assert last.sections[-1].blocks == (Paragraph("By me."),)
    assert told == [summarise(FULL), summarise(SECOND)]
    (alone,) = compose(replace(composition, records=(SECOND,)))
    assert (alone.title, alone.when) == (summarise(SECOND).title, summarise(SECOND).when)
    assert [each.part for each in alone.sections][::4] == ["introduction", "statement"]


def test_where_nothing_is_chosen_nothing_leaves() -> None:
    composition = replace(begin([SECOND], Reader.THEMES_ONLY), introduction="CANARYINTRO")

    assert compose(composition.choosing(2, "theme", taken_in=False)) == ()


def test_a_copy_of_another_length_is_refused_without_a_word_of_it() -> None:
    composition = begin([SECOND]).saying(2, "both", ("one", "CANARYTWO"))

    with pytest.raises(BadInput) as refused:
        compose(composition)
    assert "CANARY" not in str(refused.value)


@given(st.data())
def test_a_text_that_is_left_out_or_said_otherwise_is_nowhere(data: st.DataObject) -> None:
    made = _with_canaries()
    parts = sorted(all_parts(made) - {"person", "later-looks", "review", "actions"})
    chosen = data.draw(st.frozensets(st.sampled_from(parts)))
    reworded = data.draw(st.frozensets(st.sampled_from(parts)))
    composition = replace(begin([made]), chosen={1: chosen})
    for section in summarise(made, all_parts(made)).sections:
        if section.part in reworded:
            texts = tuple("other" for _ in written_texts(section.blocks))
            composition = composition.saying(1, section.part, texts)

    leaves = told(compose(composition))
    for part in parts:
        assert (f"CANARY-{part}-" in leaves) == (part in chosen - reworded)


def _with_canaries() -> Record:
    prompts = [Prompt(f"p{number}", "What?") for number in range(5)]
    return record(*(answer(each, f"CANARY-{each.id}-") for each in prompts))


WORDS = st.text("aé \n", min_size=1, max_size=6).filter(str.strip)
CELL = st.one_of(st.just(""), WORDS)


def _tables(columns: int) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    rows = st.tuples(WORDS, *(CELL for _ in range(columns - 1)))
    return st.lists(rows, min_size=1, max_size=3).map(tuple)


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    WORDS.map(Paragraph),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda items: Bullets(tuple(items))),
    _tables(3).map(lambda rows: Grid(("A", "B", "C"), rows)),
    _tables(2).map(lambda rows: Levels(("A", "B"), rows, ("low", "high"))),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda items: Overlap(("x", "y", "z"), (tuple(items), (), tuple(items)))
    ),
    st.just(Bars("", (Bar("x", "once", (1,)),), 1)),
)


@given(st.lists(BLOCKS, max_size=4))
def test_the_texts_put_back_make_the_same_blocks(content: list[Block]) -> None:
    assert with_texts(content, written_texts(content)) == tuple(content)


@given(st.lists(BLOCKS, max_size=4))
def test_all_that_is_written_can_be_said_otherwise(content: list[Block]) -> None:
    changed = with_texts(content, ["X" for _ in written_texts(content)])

    left = "".join(map(plain_text, ([each] for each in changed if not isinstance(each, Bars))))
    assert "a" not in left.replace("x: ", "").replace("z: ", "")
    assert "é" not in left


def test_every_part_of_a_record_can_be_put_back() -> None:
    for section in summarise(FULL, all_parts(FULL)).sections:
        assert with_texts(section.blocks, written_texts(section.blocks)) == section.blocks
    assert default_parts(FULL) == parts_for(FULL, Reader.ANYONE)


# Kept until it is saved


def test_what_is_put_together_comes_back_as_it_was() -> None:
    composition = replace(
        begin([SECOND, FULL], Reader.MANAGER)
        .choosing(2, "own", taken_in=True)
        .saying(1, "load", ("Person A", "Joint visit", "")),
        introduction="For ŵ",
        statement="By me",
    )
    words = to_words(composition, Reader.MANAGER, [FULL, SECOND])

    assert from_words(words, [FULL, SECOND]) == (composition, Reader.MANAGER)


def test_one_that_was_left_out_stays_out() -> None:
    both = begin([FULL, SECOND])
    one = replace(both, records=(SECOND,), chosen={2: both.chosen[2]})

    assert from_words(to_words(one, Reader.ANYONE, [FULL, SECOND]), [FULL, SECOND])[0] == one


def test_where_nothing_was_changed_nothing_is_kept() -> None:
    assert to_words(begin([FULL, SECOND]), Reader.ANYONE, [FULL, SECOND]) == {}
    assert from_words({}, [FULL]) == (begin([FULL]), Reader.ANYONE)


def test_what_is_of_other_records_or_cannot_be_read_gives_the_beginning() -> None:
    words = to_words(begin([FULL]).choosing(1, "where", taken_in=False), Reader.ANYONE, [FULL])

    for broken in (
        words | {"chosen": "[[1"},
        words | {"reader": "everybody"},
        words | {"order": "[9]"},
        {name: word for name, word in words.items() if name != "copies"},
    ):
        assert from_words(broken, [FULL]) == (begin([FULL]), Reader.ANYONE)
    assert from_words(words, [SECOND]) == (begin([SECOND]), Reader.ANYONE)
    assert from_words(words, [FULL, SECOND]) == (begin([FULL, SECOND]), Reader.ANYONE)


def test_other_words_that_no_longer_fit_are_let_go() -> None:
    composition = begin([SECOND]).saying(2, "both", ("one", "two")).saying(2, "told", ("ours",))
    words = to_words(composition, Reader.ANYONE, [SECOND])

    assert from_words(words, [SECOND])[0].copies == {(2, "told"): ("ours",)}
