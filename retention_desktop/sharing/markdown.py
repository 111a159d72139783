"""Summaries as plain Markdown: CommonMark, with the tables of GitHub. No word of them is markup."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from retention_desktop.sharing.plainly import Heading, Piece, lines, one_line, pieces
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import Summary
from retention_desktop.toolkit.blocks import Bullets, Grid, Paragraph

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#&~$]")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


def render_markdown(*summaries: Summary) -> str:
    """The summaries as one text. The same text for the same summaries."""
    found = [piece for summary in summaries for piece in pieces(summary)]
    blocks: list[str] = []
    for before, piece in zip([None, *found], found, strict=False):
        # Two lists that follow one another would be one, but for their signs.
        is_second = isinstance(before, Bullets) and not blocks[-1].startswith("*")
        if text := "\n".join(_lines(piece, "*" if is_second else "-")):
            blocks.append(text)
    return "\n\n".join(blocks) + "\n"


def write_markdown(summaries: Iterable[Summary], target: Path) -> None:
    """Write the summaries to `target` as UTF-8, readable by its owner alone.

    What was there is replaced. Raises DiskFull or FileProblem; then it is still there.
    """
    save_file(render_markdown(*summaries).encode(), target)


def _lines(piece: Piece, bullet: str) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield f"{'#' * level} {_inline(one_line(text))}"
        case Paragraph(text):
            yield from _broken(text)
        case Bullets(items):
            for item in items:
                for number, line in enumerate(_broken(item)):
                    yield f"{' ' if number else bullet} {line}"
        case Grid(header, rows):
            yield _row(header)
            yield f"|{' --- |' * len(header)}"
            yield from map(_row, rows)


def _broken(text: str) -> list[str]:
    """Lines that stay lines: each but the last ends in a break."""
    return "\\\n".join(map(_inline, lines(text))).split("\n") if lines(text) else []


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return "<br>".join(_inline(line, bar="&#124;") for line in lines(text))


def _inline(line: str, bar: str = "|") -> str:
    """One line, in which every sign stands for itself; `bar` is how the one between cells does."""
    text = _MARKUP.sub(r"\\\g<0>", line).replace("|", bar)
    if not text:
        return ""
    if text[0] in "-+=:|":
        text = f"\\{text}"
    elif number := _NUMBER.match(text):
        text = f"{number[0]}\\{text[number.end() :]}"
    # Space at either end of a line would be lost, or make code of it.
    if text[0].isspace():
        text = f"&#{ord(text[0])};{text[1:]}"
    if text[-1].isspace():
        text = f"{text[:-1]}&#{ord(text[-1])};"
    return text
