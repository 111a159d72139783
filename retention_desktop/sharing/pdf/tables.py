"""Tables: tagged row by row, and cut so that every row has room on some page."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from reportlab.lib.colors import white
from reportlab.platypus import Flowable, HRFlowable, Table

from retention_desktop.sharing.pdf.canvas import Element
from retention_desktop.sharing.pdf.charts import level_fill
from retention_desktop.sharing.pdf.document import paragraphs
from retention_desktop.sharing.pdf.fonts import REGULAR, SEMIBOLD
from retention_desktop.sharing.pdf.page import HEIGHT, WIDTH
from retention_desktop.sharing.pdf.words import ACCENT, LINE, MUTED, Style, widest_word
from retention_desktop.toolkit import blocks

TALLEST_ROW: float = HEIGHT / 3  # a taller one is cut into several
_NARROWEST_COLUMN = 65
_MOST_COLUMNS = int(WIDTH / _NARROWEST_COLUMN)
_GUTTER = 10
_LEVEL_COLUMN = 80  # where there is room
_NARROWEST_NAME = 80

COLUMN_HEAD = Style(SEMIBOLD, 9.5, 13, MUTED)
CELL = Style(REGULAR, 10, 14.5)
_LEVEL_HEAD = Style(SEMIBOLD, 8.5, 11.5, MUTED, centred=True)
_LEVEL = Style(REGULAR, 10, 14.5, centred=True)


def grid(block: blocks.Grid, within: Element) -> Iterator[Flowable]:
    """The table; labelled lines where it has more columns than the page has room for."""
    if len(block.header) <= _MOST_COLUMNS:
        yield _table(block.header, block.rows, _column_widths(block), within)
    else:
        yield from _labelled_lines(block.header, block.rows, within)


def levels(block: blocks.Levels, within: Element) -> Iterator[Flowable]:
    """The table, each word of its scale on its fill; labelled lines where it finds no room."""
    if widths := level_widths(block):
        yield _table(block.header, block.rows, widths, within, block.scale)
    else:
        yield from _labelled_lines(block.header, block.rows, within)


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    within: Element,
    scale: Sequence[str] = (),
) -> Table:
    """A table. With a `scale`, the first cell of a row is its header and the others are of it."""
    whole = within.add("Table")
    styles = (COLUMN_HEAD, _LEVEL_HEAD if scale else COLUMN_HEAD)
    head = _fitting_rows(_cells(header, styles, whole.add("TR"), ("Column", "Column")), widths)
    data = [*head]
    look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR.main),  # else Helvetica, which is not embedded
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), _GUTTER),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, 0), 4),
        ("BOTTOMPADDING", (0, len(head) - 1), (-1, len(head) - 1), 5),
        ("LINEBELOW", (0, len(head) - 1), (-1, len(head) - 1), 1, ACCENT),
    ]
    if scale:
        look += [
            ("LEFTPADDING", (1, 0), (-1, -1), _GUTTER / 2),
            ("RIGHTPADDING", (1, 0), (-1, -1), _GUTTER / 2),
            ("VALIGN", (0, 0), (-1, len(head) - 1), "BOTTOM"),
            ("VALIGN", (1, len(head)), (-1, -1), "MIDDLE"),
            ("LINEBEFORE", (1, len(head)), (-1, -1), 2, white),
        ]
    styles, scopes = (CELL, _LEVEL if scale else CELL), ("Row" if scale else "", "")
    for row in rows:
        first = len(data)
        data += _fitting_rows(_cells(row, styles, whole.add("TR"), scopes), widths)
        last = len(data) - 1
        look += [
            ("TOPPADDING", (0, first), (-1, first), 6),
            ("BOTTOMPADDING", (0, last), (-1, last), 7),
            ("LINEBELOW", (0, last), (-1, last), 0.5, LINE),
        ]
        look += [
            ("BACKGROUND", (place, first), (place, last), level_fill(scale.index(word), len(scale)))
            for place, word in enumerate(row)
            if place and word in scale
        ]
    return Table(data, widths, repeatRows=1 if len(head) == 1 else 0, style=look)


def _cells(
    texts: Sequence[str], styles: tuple[Style, Style], row: Element, scopes: tuple[str, str]
) -> list[list[Flowable]]:
    """The cells of a row. What has a scope is the header of its column or row."""
    made = []
    for place, text in enumerate(texts):
        scope = scopes[bool(place)]
        cell = row.add("TH" if scope else "TD", scope)
        made.append(list(paragraphs(text, styles[bool(place)], cell)))
    return made


def _column_widths(block: blocks.Grid) -> list[float]:
    """Wider for columns with longer texts, up to a point, and never too narrow to read."""
    words = [max(text.split(), key=len, default="") for text in block.header]  # one may wrap
    columns = zip(words, *block.rows, strict=True)
    wanted = [min(max(map(len, column)), 80) or 1 for column in columns]
    spare = WIDTH - _NARROWEST_COLUMN * len(words)
    return [_NARROWEST_COLUMN + spare * wish / sum(wanted) for wish in wanted]


def level_widths(block: blocks.Levels) -> list[float]:
    """Widths in which no word of the header or the scale is cut; [] if there are none."""
    needed = [
        _GUTTER + 2 + max(widest_word(head, _LEVEL_HEAD), *_widest(block.scale, _LEVEL))
        for head in block.header[1:]
    ]
    wished = [max(_LEVEL_COLUMN, width) for width in needed]
    for widths in (wished, needed):
        name = WIDTH - sum(widths)
        if name >= _NARROWEST_NAME:
            return [name, *widths]
    return []


def _widest(texts: Iterable[str], style: Style) -> list[float]:
    return [widest_word(text, style) for text in texts] or [0]


def _fitting_rows(
    cells: list[list[Flowable]], widths: Sequence[float]
) -> list[Sequence[list[Flowable]]]:
    """The row as it is, or cut into rows where it is too tall to be placed on any page.

    reportlab can split a row itself, but then repeats the header in the middle of a page.
    """
    placed = [(cell, width - _GUTTER) for cell, width in zip(cells, widths, strict=True)]
    height = max(sum(part.wrap(width, HEIGHT)[1] for part in cell) for cell, width in placed)
    if height <= TALLEST_ROW:
        return [cells]
    columns = [[[piece] for part in cell for piece in _cut(part, width)] for cell, width in placed]
    return list(zip_longest(*columns, fillvalue=[]))


def _cut(part: Flowable, width: float) -> Iterator[Flowable]:
    while part.wrap(width, HEIGHT)[1] > TALLEST_ROW:
        piece, part = part.split(width, TALLEST_ROW)
        yield piece
    yield part


def _labelled_lines(
    header: Sequence[str], rows: Sequence[Sequence[str]], within: Element
) -> Iterator[Flowable]:
    for row in rows:
        for label, text in zip(header, row, strict=True):
            yield from paragraphs(label, COLUMN_HEAD, within)
            yield from paragraphs(text, CELL, within)
        yield HRFlowable(width="100%", thickness=0.5, color=LINE, spaceBefore=6, spaceAfter=6)
