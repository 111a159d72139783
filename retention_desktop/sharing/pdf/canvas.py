"""Pages whose content is tagged: what a screen reader tells, and in which order.

The tags are a tree that is made in the order of reading, before anything is drawn. Drawing only
says where on which page each part of it stands; what is drawn for the eye alone is an artifact.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from reportlab.pdfgen.canvas import Canvas

from retention_desktop.sharing.pdf.fonts import REGULAR
from retention_desktop.sharing.pdf.text import plain

_PAGE_COUNT = "page-count"
_LONGEST_BOOKMARK = 120
_ARTIFACT, _END = "/Artifact BMC", "EMC"


class Mark(NamedTuple):
    """A piece of a page, both counted from 0."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """A part of the document as a screen reader tells it, with the parts and marks within it.

    `tag` is one of PDF's own names, `scope` what a header of a table is for, `bookmark` how the
    part is called in the list of bookmarks, `alt` what is read in place of a picture, and `box`
    where on the page that is.
    """

    tag: str
    scope: str = ""
    bookmark: str = ""
    alt: str = ""
    box: tuple[float, ...] = ()
    content: "list[Element | Mark]" = field(default_factory=list)

    def add(self, tag: str, scope: str = "", bookmark: str = "", alt: str = "") -> "Element":
        """A new last part of this one."""
        added = Element(tag, scope, plain(bookmark), plain(alt))
        self.content.append(added)
        return added


Marked: TypeAlias = list[list[Element]]


class TagCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Pages. `marked` holds the element behind each mark, page by page."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.marked: Marked = [[]]
        self._bookmarks = 0
        self._deepest = -1
        self._count_colour: object = None

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile belongs to the element."""
        here = self.marked[-1]
        mark = Mark(len(self.marked) - 1, len(here))
        here.append(element)
        element.content.append(mark)
        with self._in_place_of_artifact(f"/{element.tag} <</MCID {mark.number}>> BDC"):
            yield

    @contextmanager
    def _in_place_of_artifact(self, literal: str) -> Iterator[None]:
        self.addLiteral(_END)
        self.addLiteral(literal)
        yield
        self.addLiteral(_END)
        self.addLiteral(_ARTIFACT)

    def bookmark(self, element: Element, height: float) -> None:
        """Lists the element, which begins at this height, among the bookmarks."""
        key = f"bookmark-{self._bookmarks}"
        self._bookmarks += 1
        self._deepest = min(int(element.tag[1:]) - 1, self._deepest + 1)
        self.bookmarkHorizontal(key, 0, height)
        title = element.bookmark
        cut = title if len(title) <= _LONGEST_BOOKMARK else f"{title[:_LONGEST_BOOKMARK]}…"
        self.addOutlineEntry(cut, key, self._deepest)

    def draw_page_number(self, left: float, bottom: float, colour: object) -> None:
        """Draws which page of how many this is, for the eye alone."""
        with self._in_place_of_artifact("/Artifact <</Type /Pagination /Subtype /Footer>> BDC"):
            text = f"Page {self.getPageNumber()} of "
            self.setFont(REGULAR.main, 9)
            self.setFillColor(colour)
            self.drawString(left, bottom, text)
            self.saveState()
            self.translate(left + self.stringWidth(text), bottom)
            self.doForm(_PAGE_COUNT)
            self.restoreState()
            self._count_colour = colour

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        """Ends the page. All of it that is not tagged is an artifact."""
        self._code.insert(0, _ARTIFACT)
        self._code.append(_END)
        super().showPage()
        self.marked.append([])

    def save(self) -> None:
        """Ends the document, and with it the count of its pages is known."""
        if self._count_colour is not None:
            self.beginForm(_PAGE_COUNT)
            self.setFont(REGULAR.main, 9)
            self.setFillColor(self._count_colour)
            self.drawString(0, 0, str(self.getPageNumber() - 1))  # the page not begun yet
            self.endForm()
        super().save()
