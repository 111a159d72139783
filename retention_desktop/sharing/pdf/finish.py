"""The last touches to a PDF: its tree of tags, what it says about itself, and its password."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import (
    Array,
    Dictionary,
    Encryption,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Permissions,
    String,
)

from retention_desktop.errors import BadInput
from retention_desktop.sharing.pdf.canvas import Element, Mark, Marked

LANGUAGE = "en-GB"
_MAKER = "Retention Desktop"
_LONGEST_PASSWORD = 127  # bytes, as PDF has it


def finish(
    drawn: bytes, root: Element, marked: Marked, title: str, made_on: date | None, password: str
) -> bytes:
    """The bytes of the PDF; the same for the same, unless there is a password.

    Without a day, the file says nothing of when it was made. Raises BadInput for a password that
    is too long for a PDF.
    """
    _level_headings(root)
    with Pdf.open(BytesIO(drawn)) as pdf:
        _tag(pdf, root, marked)
        _tell(pdf, title, made_on)
        target = BytesIO()
        pdf.save(
            target,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=not password,
            encryption=_encryption(password) if password else False,
        )
    return target.getvalue()


def _level_headings(root: Element) -> None:
    """Makes each heading at most one level deeper than the one before, as readers expect."""
    level = 0
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in {"H1", "H2", "H3"}:
            level = min(int(element.tag[1:]), level + 1)
            element.tag = f"H{level}"
        waiting += [part for part in reversed(element.content) if isinstance(part, Element)]


def _tag(pdf: Pdf, root: Element, marked: Marked) -> None:
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made: dict[int, Object] = {}
    pages = [page.obj for page in pdf.pages]
    tree.K = _structure(pdf, root, tree, pages, made)
    numbers = Array()
    for number, page in enumerate(pages):
        page.StructParents = number
        page.Tabs = Name.S
        numbers.append(number)
        numbers.append(pdf.make_indirect(Array(made[id(each)] for each in marked[number])))
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _structure(
    pdf: Pdf, element: Element, parent: Object, pages: Sequence[Object], made: dict[int, Object]
) -> Object:
    """The element and all within it, each noted in `made`."""
    marks = [part for part in element.content if isinstance(part, Mark)]
    home = marks[0].page if marks else None
    shape = made[id(element)] = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent)
    )
    if home is not None:
        shape.Pg = pages[home]
    if element.scope:
        shape.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    if element.alt:
        shape.Alt = String(element.alt)
    if element.box:
        shape.A = Dictionary(
            O=Name.Layout, Placement=Name.Block, BBox=Array(round(each, 2) for each in element.box)
        )
    within = Array()
    for part in element.content:
        if isinstance(part, Element):
            within.append(_structure(pdf, part, shape, pages, made))
        elif part.page == home:
            within.append(part.number)
        else:
            within.append(Dictionary(Type=Name.MCR, Pg=pages[part.page], MCID=part.number))
    if len(within):
        shape.K = within
    return shape


def _tell(pdf: Pdf, title: str, made_on: date | None) -> None:
    del pdf.trailer.Info
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = _MAKER
    day = ""
    if made_on:
        pdf.docinfo["/CreationDate"] = f"D:{made_on:%Y%m%d}000000Z"
        day = f"<xmp:CreateDate>{made_on.isoformat()}T00:00:00Z</xmp:CreateDate>"
    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Metadata = pdf.make_stream(
        _ABOUT.format(title=escape(title), maker=_MAKER, day=day, language=LANGUAGE).encode(),
        Type=Name.Metadata,
        Subtype=Name.XML,
    )


_ABOUT = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{maker}</pdf:Producer><xmp:CreatorTool>{maker}</xmp:CreatorTool>{day}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _encryption(password: str) -> Encryption:
    """AES-256, as PDF 2.0 has it: whoever knows the password may do everything with the file."""
    normal = unicodedata.normalize("NFKC", password)
    if len(normal.encode()) > _LONGEST_PASSWORD:
        raise BadInput("This password is too long for a PDF.", "Choose one of up to 100 letters.")
    return Encryption(
        user=normal, owner=normal, R=6, aes=True, allow=Permissions(modify_assembly=True)
    )
