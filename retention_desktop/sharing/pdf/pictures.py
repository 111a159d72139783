"""The pages of a PDF as pictures, so that one sees exactly what will leave."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_one_at_a_time = Lock()  # pdfium can do one thing at a time in a process


class PagePicture(Struct, frozen=True):
    """One page: three bytes for each point, red, green, blue, row by row; and what it says."""

    width: int
    height: int
    rgb: bytes
    text: str


def page_shapes(pdf: bytes) -> tuple[float, ...]:
    """How high each page is for its width."""
    with _opened(pdf) as document:
        sizes = (document.get_page_size(number) for number in range(len(document)))
        return tuple(height / width for width, height in sizes)


def draw_pages(pdf: bytes, numbers: Sequence[int], width: int) -> tuple[PagePicture, ...]:
    """These pages, counted from 0, each so many points wide."""
    with _opened(pdf) as document:
        return tuple(_draw(document, number, width) for number in numbers)


@contextmanager
def _opened(pdf: bytes) -> Iterator["PdfDocument"]:
    from pypdfium2 import PdfDocument  # its library is loaded with the first picture

    with _one_at_a_time, PdfDocument(pdf) as document:
        yield document


def _draw(document: "PdfDocument", number: int, width: int) -> PagePicture:
    page = document[number]
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
    row = bitmap.width * bitmap.n_channels
    lines = memoryview(bitmap.buffer).cast("B")
    rgb = b"".join(
        lines[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )
    text = page.get_textpage()
    words = text.get_text_bounded()
    picture = PagePicture(bitmap.width, bitmap.height, rgb, " ".join(words.split()))
    text.close()
    bitmap.close()
    page.close()
    return picture
