from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience, PromptKind, RecordState, ReviewOutcome
from retention_desktop.models.prompts import Prompt
from retention_desktop.models.views import Review
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.summary import all_parts, default_parts, summarise
from retention_desktop.toolkit.blocks import Bullets, Grid, Paragraph

from .samples import FULL, action, answer, record, words


def test_without_a_choice_everything_but_the_private_parts_is_in_it() -> None:
    made = summarise(FULL, tz=UTC)

    assert made.title == "Career conversation"
    assert made.when == "22 November 2026"
    assert made.person is None
    assert summarise(FULL, ["person"]).person == "Siân"
    assert made.review == "Look again on 9 January 2027"
    assert [(each.part, each.heading, each.audience, each.blocks) for each in made.sections] == [
        (
            "where",
            "Where am I now?",
            Audience.SHARED,
            (Paragraph("Settled in."), Paragraph("I like the Tŷ Gŵyr team.")),
        ),
        ("helps", "What helps?", Audience.SHARED, (Bullets(("Time", "Tea")),)),
        (
            "energy",
            "Energy?",
            Audience.MANAGER,
            (Paragraph("4 out of 5, from “none” (1) to “lots” (5)"),),
        ),
        (
            "load",
            "Caseload",
            Audience.SHARED,
            (Grid(("Who", "Next step"), (("Family A", "Joint visit"), ("Family B", ""))),),
        ),
        (
            "plan",
            "What will you do?",
            Audience.SHARED,
            (Bullets(("Shadow two reviews. Siân, by 31 January 2027",)),),
        ),
        ("actions", "What we agreed", Audience.SHARED, (Bullets(("CANARYAGREED. Siân",)),)),
    ]


def test_every_part_is_there_when_all_are_chosen_and_empty_ones_make_no_section() -> None:
    made = summarise(FULL, all_parts(FULL))

    assert [section.part for section in made.sections] == [
        "where", "hardest", "helps", "energy", "load", "plan", "secret-plan", "actions",
    ]  # fmt: skip
    assert "CANARYPRIVATE" in repr(made)
    assert "CANARYACTION" in repr(made)


@pytest.mark.parametrize(
    "part", sorted(all_parts(FULL) - {"empty", "later-looks", "person", "review"})
)
def test_one_part_alone_brings_only_itself(part: str) -> None:
    made = summarise(FULL, {part})

    assert [section.part for section in made.sections] == [part]
    assert made.review == ""
    for canary, home in [
        ("CANARYPRIVATE", "hardest"),
        ("CANARYACTION", "secret-plan"),
        ("CANARYAGREED", "actions"),
    ]:
        assert (canary in repr(made)) == (part == home)


def test_nothing_chosen_is_a_title_and_a_day() -> None:
    made = summarise(FULL, [])

    assert made.sections == ()
    assert made.review == ""


def test_the_review_date_can_be_chosen_alone() -> None:
    made = summarise(FULL, ["review"])

    assert made.sections == ()
    assert made.review == "Look again on 9 January 2027"


def test_without_a_review_date_nothing_is_said_of_it() -> None:
    assert summarise(record(review_on=None)).review == ""


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        summarise(FULL, ["where", "hardset"])

    assert caught.value.sentence == "This record has no part “hardset”."
    for part in ("actions", "hardest", "review", "where"):
        assert part in caught.value.next_step
    assert "CANARY" not in str(caught.value)


def test_the_default_is_what_is_not_private() -> None:
    private = {"hardest", "secret-plan", "later-looks", "person"}
    assert default_parts(FULL) == all_parts(FULL) - private


def test_a_private_prompt_that_is_called_actions_stays_private() -> None:
    private = answer(
        Prompt("actions", "What will you try?", PromptKind.ACTION), None, Audience.PRIVATE
    )
    mine = record(private, actions=(action("CANARYACTION", "actions"),))

    assert "actions" not in default_parts(mine)
    assert "CANARYACTION" not in repr(summarise(mine))


def test_the_audience_of_the_answer_counts_not_that_of_the_prompt() -> None:
    opened = answer(Prompt("a", "A?", audience=Audience.PRIVATE), "yes", Audience.SHARED)
    closed = answer(Prompt("b", "B?", audience=Audience.SHARED), "no", Audience.PRIVATE)

    assert [section.part for section in summarise(record(opened, closed)).sections] == ["a"]


@pytest.mark.parametrize(
    ("hours", "day"), [(0, "31 December 2026"), (1, "1 January 2027"), (-8, "31 December 2026")]
)
def test_the_day_is_that_of_the_place(hours: int, day: str) -> None:
    late = record(finished=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert summarise(late, tz=timezone(timedelta(hours=hours))).when == day


def test_a_draft_says_so() -> None:
    draft = record(state=RecordState.DRAFT, finished=None)

    assert summarise(draft, tz=UTC).when == "Started 22 November 2026, not finished yet"


LOOKS = (
    Review(
        1,
        1,
        None,
        date(2026, 12, 1),
        datetime(2026, 12, 1, 23, 30, tzinfo=UTC),
        ReviewOutcome.ADJUST,
        "CANARYCHANGED",
        "The team",
        date(2027, 1, 9),
    ),
    Review(
        2,
        None,
        7,
        date(2026, 12, 2),
        datetime(2026, 12, 2, 9, 0, tzinfo=UTC),
        ReviewOutcome.KEEP,
        "",
        "",
        None,
    ),
)
LOOKED_AT = replace(
    FULL, actions=(replace(action("CANARYACTION", "secret-plan"), id=7),), reviews=LOOKS
)


def test_later_looks_are_a_part_that_leaves_only_where_it_is_chosen() -> None:
    assert "CANARYCHANGED" not in repr(summarise(LOOKED_AT))
    for parts, about in (
        (["later-looks"], "Something agreed"),
        (["later-looks", "secret-plan"], "CANARYACTION"),
    ):
        looks = summarise(LOOKED_AT, parts, UTC).sections[-1]
        assert (looks.heading, looks.audience) == ("Looked at again", Audience.PRIVATE)
        (table,) = looks.blocks
        assert isinstance(table, Grid)
        assert table.header == ("Day", "About", "Outcome", "What changed")
        adjusted = "Adjust, next on 9 January 2027"
        assert table.rows == (
            ("1 December 2026", "The record", adjusted, "CANARYCHANGED\nFor whom: The team"),
            ("2 December 2026", about, "Keep", ""),
        )
    there = timezone(timedelta(hours=1))
    assert "2 December 2026" in repr(summarise(LOOKED_AT, ["later-looks"], there).sections[-1])


def test_what_no_later_look_says_has_no_column() -> None:
    kept = replace(LOOKED_AT, reviews=(replace(LOOKS[1], action_id=None, record_id=1),))
    (looks,) = summarise(kept, ["later-looks"], UTC).sections
    assert looks.blocks == (Grid(("Day", "Outcome"), (("2 December 2026", "Keep"),)),)


def test_the_later_looks_stand_in_the_pdf() -> None:
    assert "CANARYCHANGED" in words(render_pdf(summarise(LOOKED_AT, all_parts(LOOKED_AT))))
    assert "CANARYCHANGED" not in words(render_pdf(summarise(LOOKED_AT)))


def test_that_both_agreed_it_is_said_with_the_day() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert summarise(FULL, tz=UTC).agreed == ""
    agreed = replace(FULL, agreed=late)
    assert summarise(agreed, tz=UTC).agreed == "Read together and agreed on 22 November 2026"
    there = timezone(timedelta(hours=1))
    assert summarise(agreed, [], tz=there).agreed.endswith("23 November 2026")
