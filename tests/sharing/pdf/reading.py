"""Reading a PDF as a screen reader does: by its tags, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

import pikepdf


class Row(NamedTuple):
    """A part that holds text of its own: the tags that lead to it, and the text."""

    path: str
    text: str


@dataclass
class Told:
    """What a PDF tells. `artifacts` are what is drawn for the eye alone, page by page."""

    rows: list[Row] = field(default_factory=list)
    attributes: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    artifacts: list[str] = field(default_factory=list)

    def texts(self, tag: str) -> list[str]:
        return [row.text for row in self.rows if row.path.split("/")[-1] == tag]

    def of(self, tag: str) -> list[dict[str, object]]:
        """What each part with the tag says about itself."""
        return [said for found, said in self.attributes if found == tag]


def told(pdf: bytes, password: str = "") -> Told:
    """What the PDF tells. Fails where the tree of tags and the pages do not agree."""
    result = Told()
    with pikepdf.open(BytesIO(pdf), password=password) as opened:
        pages = [page.obj.objgen for page in opened.pages]
        marked = [_marked(page) for page in opened.pages]
        result.artifacts = [texts.pop(None, "") for texts in marked]
        owners: list[dict[int, pikepdf.Object]] = [{} for _ in pages]
        tree = opened.Root.StructTreeRoot
        _walk(tree.K, "", result, pages, marked, owners)
        assert [set(texts) for texts in marked] == [set(found) for found in owners]
        numbers = list(tree.ParentTree.Nums)
        listed = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page, found in zip(opened.pages, owners, strict=True):
            parents = listed[int(page.obj.StructParents)]
            assert [each.objgen for each in parents] == [found[n].objgen for n in sorted(found)]
    return result


def _walk(
    element: pikepdf.Object,
    path: str,
    result: Told,
    pages: list[tuple[int, int]],
    marked: list[dict[int | None, str]],
    owners: list[dict[int, pikepdf.Object]],
) -> None:
    tag = str(element.S)[1:]
    path = f"{path}/{tag}".lstrip("/")
    said: dict[str, object] = {"text": "", "alt": str(element.get("/Alt", ""))}
    for key, value in element.get("/A", pikepdf.Dictionary()).items():
        said[key[1:]] = list(map(float, value)) if key == "/BBox" else str(value)[1:]
    result.attributes.append((tag, said))
    text, holds_text = "", False
    for part in element.get("/K", []):
        page, number = element.get("/Pg"), part
        if isinstance(part, pikepdf.Dictionary):
            if part.get("/Type") != "/MCR":
                _walk(part, path, result, pages, marked, owners)
                continue
            page, number = part.Pg, part.MCID
        assert page is not None
        place = pages.index(page.objgen)
        assert int(number) not in owners[place]
        owners[place][int(number)] = element
        text += marked[place][int(number)]
        holds_text = True
    said["text"] = text
    if holds_text:
        result.rows.append(Row(path, text))


def _marked(page: pikepdf.Page) -> dict[int | None, str]:
    """The text behind each mark of the page; behind None what is an artifact."""
    fonts = {name: _readings(font) for name, font in page.Resources.Font.items()}
    texts: dict[int | None, str] = {}
    stack: list[int | None] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BMC":
                assert not stack
                assert str(operands[0]) == "/Artifact"
                stack.append(None)
            case "BDC":
                assert not stack
                number = operands[1].get("/MCID")
                assert number is not None or str(operands[0]) == "/Artifact"
                stack.append(None if number is None else int(number))
                texts.setdefault(stack[-1], "")
            case "EMC":
                stack.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj":
                assert stack, "what is drawn is neither tagged nor an artifact"
                read = "".join(font[code] for code in bytes(operands[0]))
                texts[stack[-1]] = texts.get(stack[-1], "") + read
            case "re" | "f" | "S" | "B" | "l" | "c":
                assert stack, "what is drawn is neither tagged nor an artifact"
    assert not stack
    return texts


def _readings(font: pikepdf.Object) -> dict[int, str]:
    """What each code of the font reads back as."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    return dict(_pairs(table))


def _pairs(table: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"(\d+) beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        lines = block[1].splitlines()
        assert len(lines) == int(block[0]) <= 100
        for line in lines:
            code, text = re.fullmatch(r"<(..)> <((?:....)+)>", line).groups()  # type: ignore[union-attr]
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")
