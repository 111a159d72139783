"""Summaries as a Word document (DOCX), for forms that must be edited.

Import this late: what it needs takes as long to load as the window takes to start.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocumentParagraph

from retention_desktop.sharing.plainly import Heading, Piece, lines, one_line, pieces
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.blocks import Bullets, Grid, Paragraph

_LANGUAGE = "en-GB"
_SIDE, _TOP = Mm(25), Mm(22)
_CORE = "docProps/core.xml"
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
# What python-docx's empty document brings that says something of somebody else, or nothing.
_NOT_WANTED = ("/thumbnail", "/extended-properties", "/stylesWithEffects", "/customXml")


def render_docx(*summaries: Summary, made_on: date | None = None) -> bytes:
    """The summaries as one document, each from a new page; the first gives its title.

    It says nothing of who made it, where, or when, but for `made_on`. The same bytes for the same
    summaries and day.
    """
    document = _new_document()
    for number, summary in enumerate(summaries):
        first = len(document.paragraphs)
        for piece in pieces(summary):
            _add(document, piece)
        document.paragraphs[first].paragraph_format.page_break_before = number > 0 or None
    saved = BytesIO()
    document.save(saved)
    return _packed(saved, _core(one_line(summaries[0].title), made_on))


def write_docx(summaries: Iterable[Summary], target: Path, made_on: date | None = None) -> None:
    """Write the summaries to `target`, readable by its owner alone.

    What was there is replaced. Raises DiskFull or FileProblem; then it is still there.
    """
    save_file(render_docx(*summaries, made_on=made_on), target)


def _new_document() -> DocumentObject:
    document = Document()
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_NOT_WANTED)]:
            rels.pop(key)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = _SIDE
    page.top_margin = page.bottom_margin = _TOP
    for element in (document.styles.element, document.settings.element):
        for language in (*element.iter(qn("w:lang")), *element.iter(qn("w:themeFontLang"))):
            language.set(qn("w:val"), _LANGUAGE)
    return document


def _add(document: DocumentObject, piece: Piece) -> None:
    match piece:
        case Heading(level, text):
            _turn(document.add_heading(one_line(text), level))
        case Paragraph(text):
            if words := "\n".join(lines(text)):
                _turn(document.add_paragraph(words))
        case Bullets(items):
            for item in items:
                _turn(document.add_paragraph("\n".join(lines(item)), "List Bullet"))
        case Grid(header, rows):
            _add_table(document, header, rows)


def _add_table(
    document: DocumentObject, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    table = document.add_table(0, len(header), "Table Grid")
    for row in (header, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            (paragraph,) = cell.paragraphs
            paragraph.add_run("\n".join(lines(text))).bold = True if row is header else None
            _turn(paragraph)
    # A screen reader tells a column by such a row, and each page begins with it.
    first = document.element.body.tbl_lst[-1].tr_lst[0]
    first.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()  # else the next table would be one with it


def _turn(paragraph: DocumentParagraph) -> None:
    """Let a paragraph run from the right where its first letter does."""
    strong = (unicodedata.bidirectional(char) for char in paragraph.text)
    if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L":
        properties = paragraph.paragraph_format.element.get_or_add_pPr()
        properties.append(OxmlElement("w:bidi"))


def _core(title: str, made_on: date | None) -> bytes:
    moment = f"{made_on}T00:00:00Z" if made_on else ""
    days = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
        if moment
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<cp:coreProperties {_NAMESPACES}><dc:title>{escape(title)}</dc:title>"
        f"<dc:language>{_LANGUAGE}</dc:language>{days}</cp:coreProperties>"
    ).encode()


def _packed(saved: BytesIO, core: bytes) -> bytes:
    """The same files in a package of no moment, with these properties."""
    packed = BytesIO()
    with ZipFile(saved) as before, ZipFile(packed, "w") as after:
        for name in before.namelist():
            info = ZipInfo(name)  # 1 January 1980
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            after.writestr(info, core if name == _CORE else before.read(name))
    return packed.getvalue()
