import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as DocumentParagraph
from hypothesis import given, settings
from msgspec.structs import replace

from retention_desktop.errors import FileProblem
from retention_desktop.sharing.docx import render_docx, write_docx
from retention_desktop.sharing.plainly import Heading, Piece, lines, one_line, pieces
from retention_desktop.sharing.summary import Summary, all_parts, summarise
from retention_desktop.toolkit.blocks import Bullets, Grid, Overlap, Paragraph

from .hostile import SUMMARIES, TEXTS
from .samples import FULL, summary

TYPICAL = summarise(FULL, tz=UTC)
Told = tuple[str, object]


def told(document: bytes) -> list[Told]:
    """What Word finds in the document: each heading, paragraph, item and table."""
    return list(_told(document))


def _told(document: bytes) -> Iterator[Told]:
    for content in Document(BytesIO(document)).iter_inner_content():
        if isinstance(content, Table):
            yield "table", tuple(tuple(cell.text for cell in row.cells) for row in content.rows)
        elif content.text:
            assert content.style is not None
            yield str(content.style.name).lower(), content.text


def meant(piece: Piece) -> Iterator[Told]:
    """The same as the summary means it."""
    match piece:
        case Heading(level, text):
            yield f"heading {level}", one_line(text)
        case Paragraph(text):
            yield "normal", "\n".join(lines(text))
        case Bullets(items):
            yield from (("list bullet", "\n".join(lines(item))) for item in items)
        case Grid(header, rows):
            yield (
                "table",
                tuple(tuple("\n".join(lines(cell)) for cell in row) for row in (header, *rows)),
            )


def all_meant(*summaries: Summary) -> list[Told]:
    found = (each for made in summaries for piece in pieces(made) for each in meant(piece))
    return [each for each in found if each[1]]


def content(document: bytes) -> bytes:
    """Every byte of the document: the names in the package, and what they hold."""
    with ZipFile(BytesIO(document)) as package:
        return b"\n".join(name.encode() + package.read(name) for name in package.namelist())


def test_the_document_reads_as_what_was_chosen() -> None:
    assert told(render_docx(TYPICAL)) == [
        ("heading 1", "Career conversation"),
        ("normal", "22 November 2026"),
        ("heading 2", "Where am I now?"),
        ("normal", "Settled in."),
        ("normal", "I like the Tŷ Gŵyr team."),
        ("heading 2", "What helps?"),
        ("list bullet", "Time"),
        ("list bullet", "Tea"),
        ("heading 2", "Energy?"),
        ("normal", "4 out of 5, from “none” (1) to “lots” (5)"),
        ("heading 2", "Caseload"),
        ("table", (("Who", "Next step"), ("Family A", "Joint visit"), ("Family B", ""))),
        ("heading 2", "What will you do?"),
        ("list bullet", "Shadow two reviews. Siân, by 31 January 2027"),
        ("heading 2", "What we agreed"),
        ("list bullet", "CANARYAGREED. Siân"),
        ("normal", "Look again on 9 January 2027"),
    ]


def test_a_part_that_was_not_chosen_leaves_no_trace() -> None:
    chosen = content(render_docx(summarise(FULL, all_parts(FULL))))
    default = content(render_docx(TYPICAL))
    for canary in (b"CANARYPRIVATE", b"CANARYACTION", b"hardest?", b"Just for you"):
        assert canary in chosen
        assert canary not in default


def test_each_summary_begins_a_page_of_its_own() -> None:
    made = [summary(Paragraph("a"), title=title) for title in ("One", "Two", "Three")]
    document = render_docx(*made)
    assert told(document) == all_meant(*made)
    paragraphs = Document(BytesIO(document)).paragraphs
    breaks = [each.text for each in paragraphs if each.paragraph_format.page_break_before]
    assert breaks == ["Two", "Three"]


def test_the_header_of_a_table_is_one_and_comes_again_on_each_page() -> None:
    rows = tuple((f"Family {n}", "Joint visit") for n in range(60))
    document = Document(BytesIO(render_docx(summary(Grid(("Who", "Next"), rows)))))
    (table,) = document.tables
    headers = [row.cells[0].text for row in table.rows if row._tr.find(f".//{qn('w:tblHeader')}")
               is not None]  # fmt: skip
    assert headers == ["Who"]
    assert all(run.bold for cell in table.rows[0].cells for run in cell.paragraphs[0].runs)
    assert not any(run.bold for run in table.rows[1].cells[0].paragraphs[0].runs)


def test_tables_one_after_the_other_stay_apart() -> None:
    grid = Grid(("a",), (("b",),))
    document = render_docx(summary(grid, grid))
    assert [kind for kind, _ in told(document)].count("table") == 2


def test_the_document_is_british_english_on_a4_and_knows_its_title() -> None:
    document = Document(BytesIO(render_docx(TYPICAL)))
    languages = {
        element.get(qn("w:val"))
        for part in (document.styles.element, document.settings.element)
        for element in (*part.iter(qn("w:lang")), *part.iter(qn("w:themeFontLang")))
    }
    assert languages == {"en-GB"}
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.core_properties.title == "Career conversation"
    assert document.core_properties.language == "en-GB"


def test_nothing_is_told_of_who_made_it_where_or_when() -> None:
    document = render_docx(TYPICAL)
    with ZipFile(BytesIO(document)) as package:
        names = package.namelist()
        core = package.read("docProps/core.xml").decode()
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r"<(\w+:\w+)[^>]*>([^<]*)</", core) == [
        ("dc:title", "Career conversation"),
        ("dc:language", "en-GB"),
    ]
    assert [name for name in names if name.startswith(("docProps", "customXml"))] == [
        "docProps/core.xml"
    ]
    everything = content(document)
    places = [os.fsencode(path) + b"/" for path in (Path.home(), Path(__file__).parents[2])]
    for telling in (b"python-docx", b"Macintosh", b"thumbnail", *places):
        assert telling not in everything


def test_a_day_that_is_given_is_all_that_is_told() -> None:
    properties = Document(BytesIO(render_docx(TYPICAL, made_on=date(2026, 11, 22)))).core_properties
    assert properties.created == properties.modified
    assert str(properties.created)[:19] == "2026-11-22 00:00:00"


def test_the_same_summary_gives_the_same_bytes_anywhere_and_any_time() -> None:
    script = (
        "import sys; from datetime import UTC;"
        "from retention_desktop.sharing.docx import render_docx;"
        "from retention_desktop.sharing.summary import summarise;"
        "from tests.sharing.samples import FULL;"
        "sys.stdout.buffer.write(render_docx(summarise(FULL, tz=UTC)))"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2], env=elsewhere, check=True, capture_output=True,
    ).stdout  # fmt: skip
    assert render_docx(TYPICAL) == other


@given(SUMMARIES)
@settings(max_examples=15)
def test_every_text_comes_out_as_it_was_written(hostile: Summary) -> None:
    assert told(render_docx(hostile)) == all_meant(hostile)


@pytest.mark.parametrize("start", range(0, len(TEXTS), 16))
def test_no_text_is_taken_for_anything_else(start: int) -> None:
    texts = tuple(text for text in TEXTS[start : start + 16] if text.strip())
    everywhere = replace(
        summary(
            *map(Paragraph, texts),
            Bullets(texts),
            Grid(texts, (texts,)),
            Overlap((texts[0], "b", "c"), (texts, (), ())),
            title=texts[0],
            heading=texts[-1],
        ),
        person=texts[0],
    )
    assert told(render_docx(everywhere)) == all_meant(everywhere)


def test_text_that_runs_from_the_right_does() -> None:
    made = summary(Paragraph("مرحبا بالعالم"), Paragraph("«שלום»"), Paragraph("abc שלום"))
    paragraphs = Document(BytesIO(render_docx(made))).paragraphs
    assert [each.text for each in paragraphs if _runs_from_the_right(each)] == [
        "مرحبا بالعالم",
        "«שלום»",
    ]


def _runs_from_the_right(paragraph: DocumentParagraph) -> bool:
    return paragraph._p.find(f".//{qn('w:bidi')}") is not None


def test_a_long_table_is_whole() -> None:
    rows = tuple((f"Family {n}", "Joint visit", "", "x") for n in range(300))
    assert len(told(render_docx(summary(Grid(("a", "b", "c", "d"), rows))))[-1][1]) == 301  # type: ignore[arg-type]


def test_the_file_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "summary.docx"
    write_docx([TYPICAL], path, made_on=date(2026, 11, 22))
    assert path.read_bytes() == render_docx(TYPICAL, made_on=date(2026, 11, 22))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileProblem):
        write_docx([TYPICAL], tmp_path / "nowhere" / "summary.docx")
