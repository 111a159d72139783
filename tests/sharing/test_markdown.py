import stat
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from retention_desktop.errors import FileProblem
from retention_desktop.sharing.markdown import render_markdown, write_markdown
from retention_desktop.sharing.plainly import Heading, Piece, lines, one_line, pieces
from retention_desktop.sharing.summary import Summary, all_parts, summarise
from retention_desktop.toolkit.blocks import Bullets, Grid, Overlap, Paragraph

from .hostile import SUMMARIES, TEXTS
from .samples import FULL, summary

READER = MarkdownIt("commonmark").enable("table")
Told = tuple[str, object]


def test_the_text_reads_as_what_was_chosen() -> None:
    assert render_markdown(summarise(FULL, tz=UTC)) == (
        "# Career conversation\n\n"
        "22 November 2026\n\n"
        "## Where am I now?\n\n"
        "Settled in.\n\n"
        "I like the Tŷ Gŵyr team.\n\n"
        "## What helps?\n\n"
        "- Time\n- Tea\n\n"
        "## Energy?\n\n"
        "4 out of 5, from “none” (1) to “lots” (5)\n\n"
        "## Caseload\n\n"
        "| Who | Next step |\n| --- | --- |\n| Family A | Joint visit |\n| Family B |  |\n\n"
        "## What will you do?\n\n"
        "- Shadow two reviews. Siân, by 31 January 2027\n\n"
        "## What we agreed\n\n"
        "- CANARYAGREED. Siân\n\n"
        "Look again on 9 January 2027\n"
    )


def test_several_summaries_are_one_text() -> None:
    one = summary(Paragraph("First"), title="One")
    other = summary(Paragraph("Second"), title="Other")
    assert render_markdown(one, other) == render_markdown(one) + "\n" + render_markdown(other)


def test_a_part_that_was_not_chosen_leaves_no_trace() -> None:
    chosen = render_markdown(summarise(FULL, all_parts(FULL)))
    default = render_markdown(summarise(FULL))
    for canary in ("CANARYPRIVATE", "CANARYACTION", "hardest?", "Just for you", "Siân\n"):
        assert canary in chosen + "Siân\n"
        assert canary not in default.replace("CANARYAGREED. Siân\n", "")


def test_two_lists_stay_two() -> None:
    text = render_markdown(summary(Bullets(("a",)), Bullets(("b",)), Bullets(("c",))))
    assert text.endswith("- a\n\n* b\n\n- c\n")


def told(text: str) -> Iterator[Told]:
    """What a reader of Markdown makes of it: each heading, paragraph, list and table."""
    tokens = iter(READER.parse(text))
    for token in tokens:
        match token.type:
            case "heading_open":
                yield f"heading {token.tag[1]}", inline(next(tokens))
            case "paragraph_open":
                yield "paragraph", inline(next(tokens))
            case "bullet_list_open":
                items = list(until(tokens, "bullet_list_close"))
                assert [each.type for each in items if each.nesting == 1] == [
                    "list_item_open", "paragraph_open",
                ] * sum(each.type == "inline" for each in items)  # fmt: skip
                yield "list", tuple(inline(each) for each in items if each.type == "inline")
            case "table_open":
                cells = list(until(tokens, "table_close"))
                rows: list[list[str]] = []
                for each in cells:
                    if each.type == "tr_open":
                        rows.append([])
                    elif each.type == "inline":
                        rows[-1].append(inline(each))
                yield "table", tuple(map(tuple, rows))
            case "heading_close" | "paragraph_close":
                pass
            case other:
                raise AssertionError(other)


def until(tokens: Iterator[Token], end: str) -> Iterator[Token]:
    for token in tokens:
        if token.type == end:
            return
        yield token


def inline(token: Token) -> str:
    """The words of a line, of which nothing is markup but its breaks."""
    found = []
    for child in token.children or ():
        is_break = child.type == "hardbreak" or child.content == "<br>"
        assert is_break or child.type in ("text", "text_special"), child.type
        found.append("\n" if is_break else child.content)
    return "".join(found)


def meant(piece: Piece) -> Told | None:
    """The same as the summary means it."""
    match piece:
        case Heading(level, text):
            return f"heading {level}", one_line(text)
        case Paragraph(text):
            return ("paragraph", "\n".join(lines(text))) if lines(text) else None
        case Bullets(items):
            return "list", tuple("\n".join(lines(item)) for item in items)
        case Grid(header, rows):
            return "table", tuple(
                tuple("\n".join(lines(cell)) for cell in row) for row in (header, *rows)
            )


@given(SUMMARIES)
@settings(max_examples=150)
def test_every_text_comes_out_as_it_was_written(hostile: Summary) -> None:
    expected = [found for piece in pieces(hostile) if (found := meant(piece))]
    assert list(told(render_markdown(hostile))) == expected


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()])
def test_no_text_is_taken_for_markup(text: str) -> None:
    everywhere = replace(
        summary(
            Paragraph(text),
            Bullets((text, text)),
            Grid((text, "b"), (("a", text),)),
            Overlap((text, "b", "c"), ((text,), (), ())),
            title=text,
            heading=text,
        ),
        person=text,
        review=text,
    )
    expected = [found for piece in pieces(everywhere) if (found := meant(piece))]
    assert list(told(render_markdown(everywhere))) == expected


def test_the_file_is_private_utf_8_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    made = summary(Paragraph("half \ud83d, ŵ 🦊"))
    write_markdown([made], path)
    assert path.read_text("utf-8") == render_markdown(made)
    assert "half \N{REPLACEMENT CHARACTER}, ŵ 🦊" in render_markdown(made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileProblem):
        write_markdown([made], tmp_path / "nowhere" / "summary.md")
