from retention_desktop.sharing.plainly import Heading, lines, one_line, pieces
from retention_desktop.toolkit.blocks import (
    Bar,
    Bars,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)

from .samples import summary


def test_drawings_are_told_in_words() -> None:
    made = summary(
        Levels(("Family", "Risk"), (("A", "High"), ("B", "")), ("Low", "High")),
        Overlap(("Mine", "Both", "Yours"), (("Visits",), (), ("Forms", "Calls"))),
        Bars("Heard", (Bar("Time", "twice", (2,)), Bar("Tea", "once", (1,))), 2),
        Bars("", (Bar("Trust", "once", (1,)),), 1),
    )
    assert list(pieces(made)) == [
        Heading(1, "A title"),
        Paragraph("22 November 2026"),
        Heading(2, "A heading"),
        Grid(("Family", "Risk"), (("A", "High"), ("B", ""))),
        Bullets(("Risk: Low 0, High 1, not chosen 1",)),
        Heading(3, "Mine"),
        Bullets(("Visits",)),
        Heading(3, "Both"),
        Paragraph("Nothing here"),
        Heading(3, "Yours"),
        Bullets(("Forms", "Calls")),
        Heading(3, "Heard"),
        Bullets(("Time: twice", "Tea: once")),
        Bullets(("Trust: once",)),
    ]


def test_lines_are_those_with_words_and_what_is_no_text_is_seen() -> None:
    assert lines("a\r\n\n b \x00\u2028\ud800c\t") == ["a", " b \ufffd", "\ufffdc\t"]
    assert one_line("a\nb") == "a b"
