import os
import re
import stat
import subprocess
import sys
import time
from datetime import UTC
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

from retention_desktop.errors import FileProblem, KnownError
from retention_desktop.sharing.pdf import render_pdf, write_pdf
from retention_desktop.sharing.summary import all_parts, summarise
from retention_desktop.toolkit.blocks import Bullets, Grid, Levels, Overlap, Paragraph

from .samples import FULL, objects, pages, raw, summary, words

SENTENCE = "I have settled into the hospital team and feel trusted with complex discharges. "
TYPICAL = summarise(FULL, tz=UTC)


def test_the_pdf_reads_as_what_was_chosen() -> None:
    assert words(render_pdf(TYPICAL)) == (
        "Career conversation 22 November 2026 "
        "Where am I now? Settled in. I like the Tŷ Gŵyr team. "
        "What helps? • Time • Tea "
        "Energy? 4 out of 5, from “none” (1) to “lots” (5) "
        "Caseload Who Next step Family A Joint visit Family B "
        "What will you do? • Shadow two reviews. Siân, by 31 January 2027 "
        "What we agreed • CANARYAGREED. Siân "
        "Look again on 9 January 2027"
    )


def test_that_both_agreed_it_is_in_the_pdf() -> None:
    agreed = replace(summary(Paragraph("Text")), agreed="Read together and agreed on 1 May 2026")

    assert words(render_pdf(agreed)).endswith("Text Read together and agreed on 1 May 2026")


def test_a_part_that_was_not_chosen_leaves_no_trace() -> None:
    chosen = raw(render_pdf(summarise(FULL, all_parts(FULL))))
    default = raw(render_pdf(TYPICAL))

    for canary in (b"CANARYPRIVATE", b"CANARYACTION", b"hardest?", b"Just for you"):
        assert canary in chosen
        assert canary not in default


def test_an_empty_summary_is_still_a_page() -> None:
    assert pages(render_pdf(summary())) == ["A title 22 November 2026 Page 1 of 1"]


# --- The file itself


def test_every_font_is_embedded_and_can_be_read_back() -> None:
    grid = Grid(("Head Ж",), (("cell Ω",), ("",)))
    pdf = render_pdf(summary(Paragraph("Ж 文"), Bullets(("a", "Ω")), grid, title="Ω", heading="Ж"))

    fonts = [thing for thing in objects(pdf) if thing.get("/Type") == "/Font"]
    assert {str(font["/BaseFont"]).partition("+")[2] for font in fonts} == {
        "AtkinsonHyperlegibleNext-Regular",
        "AtkinsonHyperlegibleNext-SemiBold",
        "AtkinsonHyperlegibleNext-Bold",
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoEmoji-Regular",
    }
    for font in fonts:
        assert "/FontFile2" in str(font["/FontDescriptor"])
        assert "/ToUnicode" in font
    assert words(pdf) == "Ω 22 November 2026 Ж Ж 文 • a • Ω Head Ж cell Ω"


def test_nothing_but_the_title_is_told_about_the_file() -> None:
    reader = PdfReader(BytesIO(render_pdf(TYPICAL)))

    told = {key: str(value) for key, value in (reader.metadata or {}).items() if value}
    assert told == {
        "/Title": "Career conversation",
        "/Creator": "Retention Desktop",
        "/Producer": "Retention Desktop",
    }
    about = reader.xmp_metadata
    assert about is not None
    assert (about.dc_title, about.dc_language) == ({"x-default": "Career conversation"}, ["en-GB"])
    assert (about.dc_creator, about.xmp_create_date, about.xmp_modify_date) == ([], None, None)
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert str(reader.root_object["/ViewerPreferences"]) == "{'/DisplayDocTitle': True}"
    bare = raw(render_pdf(TYPICAL))
    assert os.fsencode(Path.home()) + b"/" not in bare
    assert os.fsencode(Path(__file__).parents[2]) not in bare


def test_pages_are_a4() -> None:
    box = PdfReader(BytesIO(render_pdf(TYPICAL))).pages[0].mediabox

    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (210, 297)


def test_the_same_summary_gives_the_same_bytes_anywhere_and_any_time() -> None:
    render_pdf(summary(Paragraph("Something else, ŵ and Ж first")))
    script = (
        "import sys; from datetime import UTC;"
        "from retention_desktop.sharing.pdf import render_pdf;"
        "from retention_desktop.sharing.summary import summarise;"
        "from tests.sharing.samples import FULL;"
        "sys.stdout.buffer.write(render_pdf(summarise(FULL, tz=UTC)))"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2], env=elsewhere, check=True, capture_output=True,
    ).stdout  # fmt: skip

    assert render_pdf(TYPICAL) == other


def test_nothing_large_is_imported_before_the_first_pdf() -> None:
    script = (
        "import sys, retention_desktop.sharing.pdf;"
        "sys.exit(bool({'reportlab', 'pikepdf'} & sys.modules.keys()))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# --- Pages and tables


def test_each_page_says_which_it_is_of_how_many() -> None:
    made = pages(render_pdf(summary(Paragraph(SENTENCE * 120))))

    assert len(made) > 2
    for number, page in enumerate(made, 1):
        assert page.endswith(f"Page {number} of {len(made)}")


def test_a_long_table_repeats_its_header_on_top_of_each_page_only() -> None:
    rows = tuple((f"Family {n}", "Joint visit") for n in range(100))
    made = pages(render_pdf(summary(Grid(("Who it is", "Next step"), rows))))

    assert len(made) > 2
    for page in made:
        assert page.count("Who it is Next step") == 1
    for page in made[1:]:
        assert page.startswith("Who it is Next step Family")
    assert re.findall(r"Family (\d+)", " ".join(made)) == [str(n) for n in range(100)]


@pytest.mark.parametrize("place", range(0, 60, 4))
def test_a_row_taller_than_a_page_is_whole_wherever_it_starts(place: int) -> None:
    tall = " ".join(f"word{n}" for n in range(900))
    rows = ((tall, "beside"), ("last", "row"))
    made = pages(
        render_pdf(summary(Paragraph("\n".join("line" * place)), Grid(("Who it is", "And"), rows)))
    )

    everything = " ".join(made)
    assert re.findall(r"word\d+", everything) == tall.split()
    assert everything.count("beside") == 1
    assert "last row" in everything
    for page in made:
        assert page.count("Who it is") <= 1


def test_a_header_taller_than_a_page_is_whole() -> None:
    tall = " ".join(f"word{n}" for n in range(2_000))
    made = words(render_pdf(summary(Grid((tall, "And"), (("cell", "row"),)))))

    assert re.findall(r"word\d+", made) == tall.split()
    assert made.endswith("cell row")


def test_more_columns_than_fit_become_labelled_lines() -> None:
    header = tuple(f"Head{n}" for n in range(12))
    row = tuple(f"cell{n}" for n in range(12))

    expected = " ".join(f"Head{n} cell{n}" for n in range(12))
    assert words(render_pdf(summary(Grid(header, (row,))))).endswith(expected)


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    table = Grid(("Who", "What"), (("a", "b"),))
    for lines in range(22, 42):
        first = summary(Paragraph("line\n" * lines)).sections
        text = summary(Paragraph("text"), heading="HEADING").sections
        grid = summary(table, heading="HEADING").sections
        for sections in (first + text, first + grid):
            for page in pages(render_pdf(replace(summary(), sections=sections))):
                assert not re.search(r"HEADING Page \d+ of \d+$", page)


# --- Hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "R&D, a<b and a > b",
        "<b>bold</b> <i>",
        "</para><para>",
        "&amp; &#65; &lt;",
        '<img src="/etc/hostname"/>',
        '<img src="http://192.0.2.1/x.png" width="9" height="9"/>',
        '<a href="javascript:alert(1)">press</a>',
        '<link href="file:///etc/passwd">press</link>',
        '<font color="[[[getattr(pow, Attacker)]]]">x</font>',
        "<onDraw name='x' label='y'/> <seq/> <br/> <bullet>x</bullet>",
        "<!-- hidden --> <![CDATA[x]]> <?pi?> <unichar code='65'/>",
        "%PDF-1.4 endstream endobj (((",
    ],
)
def test_markup_is_only_text(text: str) -> None:
    made = summary(
        Paragraph(text), Bullets((text,)), Grid((text,), ((text,),)), title=text, heading=text
    )
    pdf = render_pdf(made)

    together = "".join(words(pdf).split())
    assert together.count("".join(text.split())) == 6
    assert PdfReader(BytesIO(pdf)).metadata["/Title"] == text  # type: ignore[index]
    for thing in objects(pdf):
        assert thing.get("/Subtype") not in ("/Image", "/Link")
        assert "/Annots" not in thing


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("half \ud83d of a \udc00 character", "half of a character"),
        ("right\u202eto\u202cleft \u2066marks\u2069", "righttoleft marks"),
        ("by \u05e9\u05dc\u05d5\u05dd", "by \u05e9\u05dc\u05d5\u05dd"),
        ("thanks \U0001f600 and \u2764\ufe0f", "thanks \U0001f600 and \u2764"),
        ("a letter beyond U+FFFF: \U00010780", "a letter beyond U+FFFF: \U00010780"),
        ("w\u0302 y\u0302 e\u0301", "ŵ ŷ é"),
        ("one\r\ntwo\rthree\u2028four\x0bfive\tsix", "one two three four five six"),
        ("Привет, Καλημέρα", "Привет, Καλημέρα"),
        ("private \ue000 and no \uffff character", "private \ue000 and no \ufffd character"),
    ],
)
def test_what_cannot_be_drawn_is_a_box_or_nothing(text: str, read: str) -> None:
    assert words(render_pdf(summary(Paragraph(text)))).endswith(f"A heading {read}")


def test_a_letter_that_only_exists_with_a_mark_is_set_in_the_font_that_joins_them() -> None:
    fonts = {
        str(thing.get("/BaseFont")) for thing in objects(render_pdf(summary(Paragraph("q\u0302"))))
    }

    assert any(font.endswith("NotoSans-Regular") for font in fonts)


def test_marks_without_end_do_no_harm() -> None:
    render_pdf(summary(Paragraph("a" + "\u0302" * 10_000 + " Ж" + "\u0302" * 10_000)))


@pytest.mark.parametrize("place", ["paragraph", "cell"])
@pytest.mark.parametrize(
    ("text", "counted"),
    [(SENTENCE * 2_500, "hospital"), ("w" * 50_000, "w"), ("aЖ \U0001f600 " * 5_000, "Ж")],
    ids=["prose", "one word", "changing fonts"],
)
def test_a_huge_text_is_whole_and_in_time(text: str, counted: str, place: str) -> None:
    block = Paragraph(text) if place == "paragraph" else Grid(("A", "B"), ((text, "b"),))
    start = time.monotonic()
    pdf = render_pdf(summary(block))
    assert time.monotonic() - start < 10

    assert "".join(words(pdf).split()).count(counted) == text.count(counted)


def test_very_many_lines_are_in_time() -> None:
    start = time.monotonic()
    pdf = render_pdf(summary(Paragraph("x\n" * 10_000)))
    assert time.monotonic() - start < 10

    assert len(PdfReader(BytesIO(pdf)).pages) > 200


# Letters of both fonts; those that read back in another order or composed are tested above.
_LETTERS = st.sampled_from("aZ09 .,;-–“”&<>/'\"ŵŶéß£€½•ΩλЖя\n")


@settings(max_examples=25)
@given(st.text(_LETTERS, max_size=300))
@example("&lt;")
def test_any_text_reads_back_as_it_was_written(text: str) -> None:
    made = summary(Paragraph(text), Bullets((text,)), Grid(("Head",), ((text,),)), heading=text)

    text = "".join(text.split())
    head = "Atitle22November2026"
    expected = f"{head}{text}{text}" + (f"•{text}" if text else "") + f"Head{text}"
    assert "".join(words(render_pdf(made)).split()) == expected


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_at_all_stops_the_pdf(text: str) -> None:
    made = summary(
        Paragraph(text),
        Bullets((text,)),
        Grid((text,), ((text,),)),
        Levels((text, text), ((text, text),), (text, "High")),
        Overlap((text, text, text), ((text,), (), (text, text))),
        title=text,
        heading=text,
    )

    assert pages(render_pdf(made))


# --- Writing the file


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_file_is_private_and_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "My summary ŵ #1 100%.pdf"
    target.write_text("old")
    target.chmod(0o644)

    write_pdf(TYPICAL, target)

    assert target.read_bytes() == render_pdf(TYPICAL)
    assert _names(tmp_path) == [target.name]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def _refused(target: Path) -> KnownError:
    with pytest.raises(FileProblem) as caught:
        write_pdf(TYPICAL, target)
    assert caught.value.next_step
    return caught.value


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "a.pdf"

    assert str(target) in _refused(target).sentence
    assert _names(tmp_path) == []


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.mkdir()

    assert _refused(target).sentence == f"{target} is a folder."
    assert _names(tmp_path) == ["a.pdf"]


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("mine")

    assert str(tmp_path / "plain") in _refused(tmp_path / "plain" / "a.pdf").sentence
    assert (tmp_path / "plain").read_text() == "mine"


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    _refused(tmp_path / ("a" * 300 + ".pdf"))

    assert _names(tmp_path) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in any folder"
)
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert str(tmp_path) in _refused(tmp_path / "a.pdf").sentence
    finally:
        tmp_path.chmod(0o700)


_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from retention_desktop.errors import DiskFull
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import summarise
from tests.sharing.samples import FULL
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_pdf(summarise(FULL), Path(sys.argv[1]))
except DiskFull as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("old")

    said = subprocess.run(
        [sys.executable, "-B", "-c", _ON_A_FULL_DISK, str(target)],
        cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip

    assert str(target) in said
    assert target.read_text() == "old"
    assert _names(tmp_path) == ["a.pdf"]
