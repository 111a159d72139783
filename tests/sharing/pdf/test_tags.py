"""What a screen reader is told: all that was written, exactly, in its order, as what it is."""

import time
from io import BytesIO

import pikepdf
import pytest
from hypothesis import example, given, settings
from msgspec.structs import replace

from retention_desktop.sharing.card import Card, CardLine
from retention_desktop.sharing.pdf import render_card, render_pdf
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.blocks import Bar, Bars, Bullets, Grid, Levels, Overlap, Paragraph

from ..hostile import SUMMARIES, TEXTS
from ..samples import summary
from . import expected
from .kinds import BARS, EVERY_BLOCK, LEVELS, LONG_TABLE, OVERLAP, SENTENCE, broken_at, torn
from .reading import Told, told


def read(summary: Summary) -> expected.Rows:
    """The rows as `expected.rows` names them, and without what only a picture shows."""
    return rows_of(told(render_pdf(summary)))


def rows_of(told: Told) -> expected.Rows:
    found = []
    for row in told.rows:
        tag = row.path.split("/")[-1]
        if tag != "Figure":
            found.append(("H" if tag[0] == "H" else tag, row.text))
    return found


# The text


@settings(max_examples=25)
@given(SUMMARIES)
@example(torn("".join(TEXTS)))
@example(summary(Levels(("Alias", "w" * 500), (("a", "Low"),), ("Low",))))
def test_any_text_is_told_exactly_as_it_was_written_and_in_its_order(made: Summary) -> None:
    assert read(made) == expected.rows(made)


@pytest.mark.parametrize("filler", range(0, 70, 7))
def test_no_word_is_lost_or_told_twice_wherever_a_page_ends(filler: int) -> None:
    made = broken_at(filler)

    assert read(made) == expected.rows(made)


def test_a_word_that_is_cut_at_the_end_of_a_line_stays_one_and_two_stay_two() -> None:
    text = f"{'w' * 300} {SENTENCE * 30}" + "x" * 9_000

    assert told(render_pdf(summary(Paragraph(text)))).texts("P")[1] == text


def test_page_numbers_and_repeated_headers_are_for_the_eye_alone() -> None:
    found = told(render_pdf(summary(LONG_TABLE)))

    assert found.artifacts[0] == "Page 1 of "
    assert len(found.artifacts) > 1
    for number, artifact in enumerate(found.artifacts[1:], 2):
        assert artifact == f"Who it isNext stepPage {number} of "


# The parts


def test_headings_step_down_one_level_at_a_time() -> None:
    headings = [row for row in told(render_pdf(summary(BARS, OVERLAP))).rows if "/H" in row.path]

    assert [(row.path, row.text) for row in headings] == [
        ("Document/H1", "A title"),
        ("Document/H2", "A heading"),
        ("Document/H3", "Drivers"),
        ("Document/H3", "What I trained for"),
        ("Document/H3", "Where they meet"),
        ("Document/H3", "What I do"),
    ]


def test_without_a_title_the_next_heading_is_the_first() -> None:
    found = told(render_pdf(summary(BARS, title="", heading="\n")))

    assert found.texts("H1") == ["Drivers"]


def test_a_list_is_a_list_of_items_with_bullets_and_bodies() -> None:
    found = told(render_pdf(summary(Bullets(("One", "Two\nlines", " ")))))

    assert [row for row in found.rows if "/L/" in row.path] == [
        ("Document/L/LI/Lbl", "•"),
        ("Document/L/LI/LBody/P", "One"),
        ("Document/L/LI/Lbl", "•"),
        ("Document/L/LI/LBody/P", "Two"),
        ("Document/L/LI/LBody/P", "lines"),
    ]


def test_a_list_in_which_nothing_is_written_is_none() -> None:
    assert told(render_pdf(summary(Bullets((" ", "\n"))))).of("L") == []


def test_each_column_of_a_table_has_its_header() -> None:
    found = told(render_pdf(summary(Grid(("Who", "What"), (("a", "b"), ("c", ""))))))

    assert [said["Scope"] for said in found.of("TH")] == ["Column", "Column"]
    assert [len(found.of(tag)) for tag in ("Table", "TR", "TD")] == [1, 3, 4]


def test_in_a_table_of_levels_each_row_has_one_too() -> None:
    found = told(render_pdf(summary(LEVELS)))

    assert [said["Scope"] for said in found.of("TH")] == ["Column"] * 3 + ["Row"] * 3
    assert len(found.of("TD")) == 6


def test_a_row_that_is_cut_over_pages_is_still_one() -> None:
    tall = " ".join(f"word{n}" for n in range(900))
    found = told(render_pdf(summary(Grid(("Who", "What"), ((tall, "beside"),)))))

    assert (len(found.of("TR")), len(found.of("TD"))) == (2, 2)
    assert tall in found.texts("P")


def test_a_picture_says_in_words_what_it_shows_and_where_it_is() -> None:
    bar = Bar("Growth", "3 times", (3,))
    overlap, drawn = told(render_pdf(summary(OVERLAP, Bars("", (bar,), 3)))).of("Figure")

    assert overlap["alt"] == (
        "Two areas that overlap: What I trained for, and What I do. "
        "Where they overlap: Where they meet. The lists that follow say what is in each."
    )
    assert drawn["alt"] == "Bar: 3 times"
    for picture in (overlap, drawn):
        assert isinstance(picture["BBox"], list)
        left, bottom, right, top = picture["BBox"]
        assert 70 < left < right < 525
        assert 70 < bottom < top < 800


def test_a_card_is_told_in_its_order() -> None:
    card = Card("Thank you", (CardLine("What I saw", "You stayed.\nAll night."),))

    assert [tuple(row) for row in told(render_card(card)).rows] == [
        ("Document/H1", "Thank you"),
        ("Document/P", "What I saw"),
        ("Document/P", "You stayed."),
        ("Document/P", "All night."),
    ]


# The document


def bookmarks(pdf: bytes) -> list[tuple[str, list[str]]]:
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        return [(each.title, [child.title for child in each.children]) for each in outline.root]


def test_bookmarks_lead_to_each_title_and_heading() -> None:
    second = replace(summary(BARS, heading="Another"), title="Second ŵ")

    assert bookmarks(render_pdf(EVERY_BLOCK, second)) == [
        ("A title", ["A heading"]),
        ("Second ŵ", ["Another"]),
    ]


def test_a_bookmark_has_an_end() -> None:
    ((title, _),) = bookmarks(render_pdf(summary(title="word " * 500)))

    assert len(title) < 130
    assert title.endswith("…")


def test_the_file_says_its_language_and_title_and_that_it_is_tagged() -> None:
    with pikepdf.open(BytesIO(render_pdf(summary(title="Caseload & <review> ŵ")))) as opened:
        root = opened.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert all(str(page.obj.Tabs) == "/S" for page in opened.pages)
        with opened.open_metadata() as about:
            assert about["dc:title"] == "Caseload & <review> ŵ"
            assert about["pdfuaid:part"] == "1"


# Size


def test_fifty_pages_are_made_in_three_seconds() -> None:
    page = summary(Paragraph(SENTENCE * 6), BARS, Bullets(("one", "two")), LEVELS)
    start = time.monotonic()
    pdf = render_pdf(*[page] * 50)
    assert time.monotonic() - start < 3

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 50


def test_a_picture_without_words_in_it_is_no_fault() -> None:
    assert told(render_pdf(summary(Overlap(("a", "b", "c"), (("",), (), ()))))).of("Figure")
