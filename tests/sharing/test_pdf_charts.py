"""Levels and overlapping areas in the PDF: words first, and the pictures around them."""

import re
import time
from datetime import UTC

import pytest
from msgspec.structs import replace

from retention_desktop.models.enums import PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.pdf.charts import AREA_FILLS, EMPTY, INK, level_fill
from retention_desktop.sharing.summary import summarise
from retention_desktop.toolkit.blocks import Bar, Bars, Block, Levels, Overlap, Paragraph

from .samples import answer, objects, pages, raw, record, summary, words

SCALE = ("Low", "Medium", "High")
LEVELS = Levels(
    ("Alias", "Volume", "Emotional load"),
    (("Worker A", "High", "Low"), ("Worker B", "High", ""), ("", "Medium", "")),
    SCALE,
)
NAMES = ("What I trained for", "Where they meet", "What I do")
MAP = Overlap(NAMES, (("Law", "Advocacy"), ("Relationships",), ()))
HEAD = "A title 22 November 2026 A heading "


def read(*blocks: Block) -> str:
    """All words below the heading."""
    text = words(render_pdf(summary(*blocks)))
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def fills(pdf: bytes) -> list[tuple[float, ...]]:
    """Every colour that something is filled with, in order, to two places."""
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", raw(pdf))
    return [tuple(round(float(part), 2) for part in each) for each in found]


def as_drawn(place: int, places: int) -> tuple[float, ...]:
    return tuple(round(part, 2) for part in level_fill(place, places).rgb())


def test_answers_of_both_kinds_become_their_pictures() -> None:
    volume = Column("volume", "Volume", PromptKind.SINGLE_CHOICE, options=SCALE)
    loads = Prompt("l", "Loads?", PromptKind.LEVELS, columns=(Column("alias", "Alias"), volume))
    areas = Prompt("m", "Map?", PromptKind.OVERLAP, options=NAMES)
    case: TableRow = {"alias": "A", "volume": "High"}
    thing: TableRow = {"text": "Law", "area": NAMES[1]}
    made = record(answer(loads, [case]), answer(areas, [thing]), review_on=None)

    assert words(render_pdf(summarise(made, tz=UTC))) == (
        "Career conversation 22 November 2026 "
        "Loads? Alias Volume A High Volume: Low 0, Medium 0, High 1 1 "
        "Map? What I trained for Nothing here Where they meet Law What I do Nothing here "
        "What I trained for Nothing here Where they meet • Law What I do Nothing here"
    )


# Levels


def test_levels_read_as_a_table_and_then_as_counts_in_words() -> None:
    assert read(LEVELS) == (
        "Alias Volume Emotional load "
        "Worker A High Low Worker B High Medium "
        "Volume: Low 0, Medium 1, High 2 1 2 "
        "Emotional load: Low 1, Medium 0, High 0, not chosen 2 1"
    )


def test_each_word_stands_on_the_fill_of_its_level() -> None:
    drawn = fills(render_pdf(summary(Levels(("Alias", "Volume"), (("A", "Medium"),), SCALE))))

    assert drawn.count(as_drawn(1, 3)) == 2  # in the table and in the bar
    assert as_drawn(0, 3) not in drawn
    assert as_drawn(2, 3) not in drawn


def test_no_number_stands_for_a_case_or_for_all_dimensions() -> None:
    """What is counted is one dimension at a time: as many counts as dimensions, and no more."""
    text = read(LEVELS)

    assert len(re.findall(r"\w: Low \d", text)) == 2
    before_the_counts = text.partition("Volume: Low")[0]
    assert not re.search(r"\d", before_the_counts)


def test_words_can_be_read_on_every_fill() -> None:
    every = [level_fill(place, places) for places in (2, 3, 5) for place in range(places)]
    for fill in (*every, *AREA_FILLS):
        lighter, darker = _luminance(fill.rgb()), _luminance(INK.rgb())
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(rgb: tuple[float, float, float]) -> float:
    """Of a colour, as WCAG 2.2 measures it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_forty_cases_over_several_pages_repeat_the_header() -> None:
    header = ("Alias", "Volume", "Complexity", "Emotional load", "Cognitive load", "Administration")
    rows = tuple(
        (f"Case {n}, a long alias that takes two lines", *("Low", "", "High", "Medium", "Low"))
        for n in range(40)
    )
    made = pages(render_pdf(summary(Levels(header, rows, SCALE))))

    assert len(made) > 2
    everything = " ".join(made)
    assert re.findall(r"Case (\d+),", everything) == [str(n) for n in range(40)]
    for page in made:
        assert page.count("Administration ") + page.count("Administration:") >= 1
        assert ("Case " in page) is page.startswith(("A title", "Alias Volume Complexity"))
    assert "Complexity: Low 0, Medium 0, High 0, not chosen 40" in everything


def test_no_word_of_a_usual_table_is_broken() -> None:
    """Six dimensions, the widest that the tools ask for, fit across the page."""
    header = (
        *("Alias", "Volume", "Complexity", "Emotional load", "Cognitive load"),
        *("Administration and travel", "Made by the system"),
    )
    text = read(Levels(header, (("Worker A", *["Medium"] * 6),), SCALE))

    table = text.partition("Volume: ")[0].split()
    assert sorted(table) == sorted(" ".join(header).split() + ["Worker", "A"] + ["Medium"] * 6)


def test_more_dimensions_than_fit_become_labelled_lines() -> None:
    header = ("Alias", *(f"Dimension{n}" for n in range(14)))
    text = read(Levels(header, (("A", *["Low"] * 14),), SCALE))

    lines = " ".join(f"{name} Low" for name in header[1:])
    assert text.startswith(f"Alias A {lines} Dimension0: Low 1, Medium 0, High 0 1 Dimension1:")


@pytest.mark.parametrize("place", range(0, 40, 5))
def test_an_alias_taller_than_a_page_is_whole_wherever_it_starts(place: int) -> None:
    tall = " ".join(f"word{n}" for n in range(600))
    levels = Levels(LEVELS.header, ((tall, "High", "Low"), ("last", "Low", "")), SCALE)
    everything = " ".join(pages(render_pdf(summary(Paragraph("line\n" * place or "x"), levels))))

    assert re.findall(r"word\d+", everything) == tall.split()
    assert everything.count("Volume: Low 1, Medium 0, High 1") == 1


# Overlap


def test_an_overlap_is_a_picture_with_its_words_and_then_three_lists() -> None:
    picture = "What I trained for Law Advocacy Where they meet Relationships What I do Nothing here"
    lists = (
        "What I trained for • Law • Advocacy Where they meet • Relationships What I do Nothing here"
    )

    assert read(MAP) == f"{picture} {lists}"


def test_the_areas_are_drawn_in_their_three_fills() -> None:
    drawn = fills(render_pdf(summary(MAP)))

    for fill in AREA_FILLS:
        assert tuple(round(part, 2) for part in fill.rgb()) in drawn


def test_a_picture_with_too_much_in_it_says_how_much_and_the_lists_say_what() -> None:
    many = tuple(f"Thing number {n} of many" for n in range(80))
    text = read(Overlap(NAMES, (many, ("one",), ())))

    assert text.startswith(
        "What I trained for 80 things Where they meet 1 thing What I do Nothing here "
        "What I trained for • Thing number 0 of many"
    )
    assert re.findall(r"• Thing number (\d+)", text) == [str(n) for n in range(80)]


def test_names_without_end_leave_the_lists_alone() -> None:
    name = " ".join(f"name{n}" for n in range(2_000))
    text = read(Overlap((name, "Both", "Other"), (("a",), (), ())))

    assert re.findall(r"name\d+", text) == name.split()
    assert text.endswith("• a Both Nothing here Other Nothing here")


# Pages, fonts and texts of any kind


@pytest.mark.parametrize("block", [LEVELS, MAP], ids=["levels", "overlap"])
def test_a_heading_is_never_the_last_thing_on_a_page(block: Block) -> None:
    for lines in range(14, 42, 2):
        first = summary(Paragraph("line\n" * lines)).sections
        then = summary(block, heading="HEADING").sections
        for page in pages(render_pdf(replace(summary(), sections=first + then))):
            assert not re.search(r"HEADING Page \d+ of \d+$", page)


@pytest.mark.parametrize("block", [LEVELS, MAP], ids=["levels", "overlap"])
def test_pictures_bring_no_font_that_is_not_embedded(block: Block) -> None:
    fonts = [each for each in objects(render_pdf(summary(block))) if each.get("/Type") == "/Font"]

    assert fonts
    for font in fonts:
        assert "/FontFile2" in str(font["/FontDescriptor"])


@pytest.mark.parametrize(
    "text",
    [
        "R&D, a<b and a > b",
        "<b>bold</b> <i>",
        "</para><para>",
        '<img src="/etc/hostname"/>',
        '<a href="javascript:alert(1)">press</a>',
        "Ж ŵ ŷ Ω",
    ],
)
def test_markup_is_only_text(text: str) -> None:
    levels = Levels(("Alias", text), ((text, "High"),), SCALE)
    pdf = render_pdf(summary(levels, Overlap((text, "Both", "Other"), ((text,), (), ()))))

    together = "".join(words(pdf).split())
    # In the header, as a case, over its count; as a name and a thing in the picture and the lists.
    assert together.count("".join(text.split())) == 7
    for thing in objects(pdf):
        assert thing.get("/Subtype") not in ("/Image", "/Link")
        assert "/Annots" not in thing


@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 20_000], ids=["prose", "one word"])
def test_a_huge_text_is_whole_and_in_time(text: str) -> None:
    levels = Levels(("Alias", "Volume"), ((text, "High"),), SCALE)
    start = time.monotonic()
    pdf = render_pdf(summary(levels, Overlap(NAMES, ((text,), (), ()))))
    assert time.monotonic() - start < 10

    assert "".join(words(pdf).split()).count("w") >= 2 * text.count("w")


# Bars


def test_each_bar_is_in_words_below_the_name_of_all() -> None:
    bars = (Bar("Growth", "3 times", (3,), (1, 2, 3)), Bar("Belonging", "not yet", (0,)))
    assert read(Bars("Drivers", bars, 3)) == "Drivers Growth: 3 times 3 Belonging: not yet"


def test_a_bar_on_a_scale_is_drawn_in_the_fills_of_its_levels() -> None:
    bar = Bar("May", "Low 1, Medium 0, High 2", (1, 0, 2))
    drawn = fills(render_pdf(summary(Bars("Volume", (bar,), 3, SCALE))))

    assert as_drawn(0, 3) in drawn
    assert as_drawn(1, 3) not in drawn
    assert as_drawn(2, 3) in drawn


def test_a_bar_of_one_piece_stands_in_no_frame_that_it_could_fill() -> None:
    drawn = fills(render_pdf(summary(Bars("", (Bar("Growth", "once", (1,)),), 4))))

    assert drawn.count(as_drawn(0, 1)) == 1
    assert tuple(round(part, 2) for part in EMPTY.rgb()) not in drawn


def test_many_bars_go_over_several_pages_each_with_its_words() -> None:
    bars = tuple(Bar(f"Theme {n}", f"heard {n} times", (n,)) for n in range(1, 91))
    made = pages(render_pdf(summary(Bars("", bars, 90))))

    assert len(made) > 2
    assert re.findall(r"Theme (\d+):", " ".join(made)) == [str(n) for n in range(1, 91)]
