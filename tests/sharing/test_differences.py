from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from retention_desktop.models.enums import Audience, PromptKind, ReviewOutcome
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.models.views import Record, Review
from retention_desktop.sharing.differences import Difference, differences

from .samples import FULL, HEAD, action, answer, record

PRINCIPLES = Prompt("principles", "What are our principles?")


def written(text: str) -> Record:
    return record(answer(PRINCIPLES, text))


def test_a_record_does_not_differ_from_itself() -> None:
    assert differences(FULL, FULL) == ()


def test_a_later_look_at_a_version_is_no_difference() -> None:
    looked = Review(
        1, 1, None, HEAD.review_on or date.max, HEAD.updated, ReviewOutcome.KEEP, "More", "", None
    )
    assert differences(replace(FULL, reviews=(looked,)), FULL) == ()


def test_lines_that_are_new_and_lines_that_have_gone() -> None:
    before = written("Start between 8 and 10.\nTell the team.\nNo meetings on Friday.")
    after = written("Start between 8 and 10.\nTell the team by noon.\nNo meetings on Friday.")

    assert differences(before, after) == (
        Difference(
            "principles",
            "What are our principles?",
            ("Tell the team by noon.",),
            ("Tell the team.",),
        ),
    )


def test_a_part_that_was_answered_once_alone_is_all_new_or_all_gone() -> None:
    fixed = Prompt("fixed", "What is fixed?")
    one, two = record(answer(PRINCIPLES, "Trust")), record(answer(fixed, "Core hours"))

    assert differences(one, two) == (
        Difference("fixed", "What is fixed?", ("Core hours",), ()),
        Difference("principles", "What are our principles?", (), ("Trust",)),
    )


def test_a_question_that_was_reworded_is_no_difference_and_the_new_words_are_shown() -> None:
    reworded = Prompt("principles", "Which principles do we hold?")
    before, same = written("Trust"), record(answer(reworded, "Trust"))
    assert differences(before, same) == ()
    (changed,) = differences(before, record(answer(reworded, "Care")))
    assert changed.heading == "Which principles do we hold?"


def test_who_an_answer_is_for_and_blank_lines_make_no_difference() -> None:
    private = record(answer(PRINCIPLES, "Trust\n\n\nCare  ", Audience.PRIVATE))
    assert differences(private, written("Trust\n\nCare")) == ()


def test_a_row_of_a_table_that_changed_is_shown_alone() -> None:
    parts = Prompt(
        "parts",
        "What is fixed?",
        PromptKind.TABLE,
        columns=(Column("what", "What"), Column("how", "How")),
    )
    before: list[TableRow] = [{"what": "Start", "how": "Fixed"}, {"what": "Place"}]
    after: list[TableRow] = [{"what": "Start", "how": "Negotiable"}, {"what": "Place"}]

    (changed,) = differences(record(answer(parts, before)), record(answer(parts, after)))
    assert (changed.added, changed.removed) == (("Start; Negotiable",), ("Start; Fixed",))


def test_a_level_that_rose_and_an_area_that_changed_are_differences() -> None:
    levels = Prompt(
        "loads",
        "How heavy?",
        PromptKind.LEVELS,
        columns=(
            Column("case", "Case"),
            Column("volume", "Volume", PromptKind.SINGLE_CHOICE, options=("Low", "High")),
        ),
    )
    overlap = Prompt("map", "Where?", PromptKind.OVERLAP, options=("Trained", "Both", "Do"))

    def written(volume: str, area: str) -> Record:
        loads: list[TableRow] = [{"case": "A", "volume": volume}]
        areas: list[TableRow] = [{"text": "Listening", "area": area}]
        return record(answer(levels, loads), answer(overlap, areas))

    found = differences(written("Low", "Trained"), written("High", "Both"))
    assert [(each.added, each.removed) for each in found] == [
        (("A; High",), ("A; Low",)),
        (("Both: Listening",), ("Trained: Listening",)),
    ]


def test_what_was_agreed_outside_any_prompt_counts() -> None:
    (changed,) = differences(record(actions=(action("Ring"),)), record(actions=(action("Write"),)))
    assert (changed.added, changed.removed) == (("Write. Siân",), ("Ring. Siân",))


LINES = st.lists(st.sampled_from(["Trust", "Care", "Time", "Rest"]), max_size=6)


@given(LINES, LINES)
def test_with_the_removed_lines_out_and_the_added_lines_in_one_becomes_the_other(
    old: list[str], new: list[str]
) -> None:
    found = differences(written("\n".join(old)), written("\n".join(new)))
    added = [line for each in found for line in each.added]
    removed = [line for each in found for line in each.removed]
    assert sorted(old + added) == sorted(new + removed)
    assert bool(found) == (old != new)
