"""A PDF of every kind that leaves the program, and those that are hard to make well."""

from collections.abc import Iterator
from datetime import UTC

from msgspec.structs import replace

from retention_desktop.journal.insights import Became, Insights
from retention_desktop.models.enums import ActionState, Driver
from retention_desktop.sharing.card import Card, CardLine
from retention_desktop.sharing.insights import tell_insights
from retention_desktop.sharing.pdf import render_card, render_pdf
from retention_desktop.sharing.person import summarise_person
from retention_desktop.sharing.summary import Summary, all_parts, summarise
from retention_desktop.toolkit.blocks import (
    Bar,
    Bars,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)

from ..hostile import TEXTS
from ..samples import FULL, summary
from ..test_person import EVERYTHING, TODAY

_INSIGHTS = Insights(
    None,
    {Driver.GROWTH: (1, 2), Driver.BELONGING: (3,)},
    (Became(ActionState.OPEN, False, (1,)), Became(ActionState.DONE, True, (2, 3))),
    {},
    {},
)
SENTENCE = "I have settled into the hospital team and feel trusted with complex discharges. "
SCALE = ("Low", "Medium", "High")
LEVELS = Levels(
    ("Alias", "Volume", "Complexity"),
    (("Family A", "High", "Low"), ("Family B", "Medium", ""), ("Tŷ Gŵyr", "High", "High")),
    SCALE,
)
OVERLAP = Overlap(
    ("What I trained for", "Where they meet", "What I do"),
    (("Law", "Advocacy"), ("Relationships",), ()),
)
BARS = Bars("Drivers", (Bar("Growth", "3 times", (3,)), Bar("Belonging", "not yet", (0,))), 3)
LONG_TABLE = Grid(
    ("Who it is", "Next step"),
    tuple((f"Family {n}", "Joint visit " * (n % 7 + 1)) for n in range(30)),
)
EVERY_BLOCK = summary(
    Paragraph(f"{SENTENCE * 12}\nAnd so on."),
    Bullets(("One", "Two\nlines", SENTENCE * 3)),
    LEVELS,
    OVERLAP,
    BARS,
    LONG_TABLE,
    Grid(tuple(f"Head {n}" for n in range(9)), (tuple(f"cell {n}" for n in range(9)),)),
    Grid(("Who", "What"), ((SENTENCE * 40, "beside"), ("last", "row"))),
)


def kinds() -> Iterator[tuple[str, bytes]]:
    """Each kind of export by its name."""
    yield "record", render_pdf(summarise(FULL, all_parts(FULL), UTC))
    yield "several", render_pdf(*[summarise(FULL, tz=UTC)] * 3, EVERY_BLOCK)
    yield "person", render_pdf(*summarise_person(EVERYTHING, TODAY, UTC))
    yield "insights", render_pdf(tell_insights(_INSIGHTS, []))
    yield "blocks", render_pdf(EVERY_BLOCK)
    yield "empty", render_pdf(summary())
    yield "untitled", render_pdf(summary(OVERLAP, title=" ", heading=""))
    yield (
        "card",
        render_card(Card("Thank you", (CardLine("What I saw", "You stayed.\nAll night."),))),
    )
    yield "long card", render_card(Card("", (CardLine("", SENTENCE * 40),)))


def hostile() -> Iterator[tuple[str, Summary]]:
    """A summary for each text that has been known to break something."""
    for number, text in enumerate(TEXTS):
        yield f"hostile {number}", torn(text)


def torn(text: str) -> Summary:
    """The text in every place that a text can have."""
    made = summary(
        Paragraph(f"{text} and then {text}"),
        Bullets((text, text)),
        Grid((text, "B"), ((text, text),)),
        Levels(("Alias", text), ((text, text),), (text, "High")),
        Overlap((text, text, text), ((text,), (), (text, text))),
        Bars(text, (Bar(text, text, (2,)),), 3),
        title=text,
        heading=text,
    )
    return replace(made, person=text, review=text, agreed=text)


def broken_at(filler: int) -> Summary:
    """Every block, its pages broken elsewhere for each number of lines before it."""
    before = summary(Paragraph("\n".join(f"Line {n}" for n in range(filler)) or "No lines"))
    return replace(EVERY_BLOCK, sections=(*before.sections, *EVERY_BLOCK.sections))
