"""How a line of text becomes rows, and where it may be cut."""

import pytest

from retention_desktop.sharing.pdf.fonts import REGULAR
from retention_desktop.sharing.pdf.text import Setting
from retention_desktop.sharing.pdf.words import Style, Words

STYLE = Style(REGULAR, 10, 15)


def rows(words: Words) -> int:
    return round(words.wrap(200, 0)[1] / 15)


@pytest.mark.parametrize(
    ("count", "room", "parts"),
    [
        (5, 5, [5]),
        (5, 3, [3, 2]),
        (5, 4, [3, 2]),  # no row stands alone on the next page
        (5, 1, []),  # nor on this one
        (3, 2, [2, 1]),  # unless there are too few
        (2, 1, [1, 1]),
        (1, 0, []),
        (5, 0, []),
    ],
)
def test_a_paragraph_is_cut_so_that_no_row_stands_alone(
    count: int, room: int, parts: list[int]
) -> None:
    words = Words(Setting(" ".join(["w" * 18] * count), REGULAR), STYLE, None)

    assert rows(words) == count
    assert [rows(part) for part in words.split(200, room * 15)] == parts


def test_a_word_that_just_fits_is_not_cut() -> None:
    line = Setting("caseload", REGULAR)
    width = sum(line.widths) / 100

    assert Words(line, STYLE, None).wrap(width, 0)[1] == 15
    assert Words(line, STYLE, None).wrap(width - 0.01, 0)[1] == 30


def test_a_mark_stays_with_its_letter_where_a_word_is_cut() -> None:
    line = Setting("q\u0302" * 40, REGULAR)
    width = sum(line.widths[:8]) / 100

    assert line.widths[1] == 0
    assert Words(line, STYLE, None).wrap(width, 0)[1] == 15 * 10
