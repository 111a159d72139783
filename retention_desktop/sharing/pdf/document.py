"""What every PDF of ours has in common: its look, its story of words, and how it becomes a file."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import NamedTuple

from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate

from retention_desktop.sharing.pdf.canvas import Element, TagCanvas
from retention_desktop.sharing.pdf.finish import LANGUAGE, finish
from retention_desktop.sharing.pdf.fonts import REGULAR, letters
from retention_desktop.sharing.pdf.text import Setting, lines, plain
from retention_desktop.sharing.pdf.words import Style, Words

_UNTITLED = "Untitled"


class Story(NamedTuple):
    """What is drawn, in reading order, and its tags."""

    parts: list[Flowable]
    root: Element


def heading(text: str, style: Style, within: Element, level: int) -> Iterator[Words]:
    """The text as a heading that is listed among the bookmarks; nothing where it is blank."""
    if line := plain(text):
        element = within.add(f"H{level}", bookmark=line)
        yield Words(Setting(line, style.typeface), style, element)


def paragraphs(text: str, style: Style, within: Element | None, tag: str = "P") -> Iterator[Words]:
    """Each line of the text as a paragraph, or as what else the tag says.

    Without `within`, they belong to the picture that draws them.
    """
    for line in lines(text):
        element = within.add(tag) if within else None
        yield Words(Setting(line, style.typeface), style, element)


def bullets(items: tuple[str, ...], style: Style, within: Element) -> Iterator[Words]:
    """The items that hold words as a list; the bullet stands before the first line of each."""
    written = [found for found in (list(lines(item)) for item in items) if found]
    if not written:
        return
    whole = within.add("L")
    for found in written:
        item = whole.add("LI")
        label: Element | None = item.add("Lbl")
        body = item.add("LBody")
        for line in found:
            yield Words(Setting(line, style.typeface), style, body.add("P"), label)
            label = None


def made_pdf(
    story: Story,
    template: PageTemplate,
    page: tuple[float, float],
    title: str,
    made_on: date | None,
    password: str,
) -> bytes:
    """The bytes of the PDF. It holds no author, path, time of making or name of a machine."""
    letters(REGULAR.main)  # loads the font that each page begins with
    buffer = BytesIO()
    title = plain(title) or _UNTITLED
    document = BaseDocTemplate(
        buffer,
        pagesize=page,
        title=title,
        lang=LANGUAGE,
        invariant=1,
        pageCompression=0,  # all is compressed at the end
        initialFontName=REGULAR.main,  # else every page names a Helvetica that is not embedded
    )
    document.addPageTemplates(template)
    document.build(story.parts, canvasmaker=TagCanvas)
    return finish(buffer.getvalue(), story.root, document.canv.marked, title, made_on, password)
