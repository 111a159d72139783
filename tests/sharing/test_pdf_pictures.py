"""The pages of a PDF as pictures, drawn by the engine of a browser."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.pdf.pictures import draw_pages, page_shapes
from retention_desktop.sharing.summary import summarise

from .samples import FULL

PDF = render_pdf(summarise(FULL), summarise(FULL, ["where"]))
WHITE = b"\xff\xff\xff"


def test_each_page_has_its_shape() -> None:
    assert [round(shape, 3) for shape in page_shapes(PDF)] == [1.414, 1.414]


def test_a_page_is_drawn_as_wide_as_asked_with_ink_on_white() -> None:
    (first,) = draw_pages(PDF, [0], 333)

    assert first.width == 333
    assert len(first.rgb) == 3 * first.width * first.height
    assert first.rgb.startswith(WHITE)
    points = {first.rgb[at : at + 3] for at in range(0, len(first.rgb), 3)}
    assert len(points) > 10
    assert "Settled in." in first.text


def test_only_the_pages_that_are_asked_for_are_drawn() -> None:
    (second,) = draw_pages(PDF, [1], 200)

    assert "Settled in." in second.text
    assert "Family A" not in second.text


def test_several_at_once_do_not_get_in_each_others_way() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(partial(draw_pages, PDF, width=150), [[0], [1], [0], [1]] * 3))

    assert drawn[0] == drawn[2] == drawn[4]
    assert drawn[1] == drawn[3] == drawn[5]
