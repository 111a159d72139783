"""Letters of many scripts: the right ones, in the right places, and never silently none."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

import pdfplumber
import pytest

from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.pdf.joining import joined, turned
from retention_desktop.toolkit.blocks import Paragraph

from ..samples import summary
from .reading import told


class Drawn(NamedTuple):
    text: str
    font: str
    left: float
    right: float


def drawn(text: str) -> list[Drawn]:
    """The characters of a paragraph, in the order in which they are read."""
    with pdfplumber.open(BytesIO(render_pdf(summary(Paragraph(text))))) as opened:
        chars = [each for each in opened.pages[0].chars if round(each["size"]) == 11]
    return [
        Drawn(each["text"], each["fontname"].partition("+")[2], each["x0"], each["x1"])
        for each in chars
        if each["tag"] == "P" and each["text"]
    ][: len(text)]


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Tŷ Gŵyr, ẁ ẃ ẅ Ŵ Ŷ", "AtkinsonHyperlegibleNext-Regular"),
        ("Καλημέρα", "NotoSans-Regular"),
        ("Привет", "NotoSans-Regular"),
        ("Nguyễn", "NotoSans-Regular"),
        ("שלום", "NotoSansHebrew-Regular"),
        ("سلام", "NotoSansArabic-Regular"),
        ("\U0001f600\U0001f98a", "NotoEmoji-Regular"),
    ],
)
def test_a_word_is_drawn_in_one_font_that_has_all_of_it(text: str, font: str) -> None:
    assert {each.font for each in drawn(text) if each.text.strip()} == {font}
    assert text in told(render_pdf(summary(Paragraph(text)))).texts("P")


def test_an_emoji_is_one_wide_glyph() -> None:
    (face,) = (each for each in drawn("\U0001f600") if each.text == "\U0001f600")

    assert face.right - face.left > 11


def test_what_no_font_draws_is_a_box_with_the_true_text_behind_it() -> None:
    boxes = drawn("文字 \U00012000 \ue000")

    assert [each.text for each in boxes] == ["文", "字", " ", "\U00012000", " ", "\ue000"]
    for box in boxes:
        if box.text != " ":
            assert box.font == "NotoEmoji-Regular"
            assert box.right - box.left == pytest.approx(0.6 * 11, abs=0.05)


def test_right_to_left_words_run_so_and_read_as_they_were_written() -> None:
    text = "Ann שלום עולם (12) end"
    found = drawn(text)
    left = {char: next(each.left for each in found if each.text == char) for char in "Aשםע1()e"}

    assert "".join(each.text for each in found) == text
    assert left["A"] < left[")"] < left["1"] < left["("] < left["ע"] < left["ם"] < left["ש"]
    assert left["ש"] < left["e"]


def test_a_right_to_left_phrase_begins_at_the_right_on_each_line() -> None:
    words = ["שלום", "עולם", "ספר", "ילד"] * 12
    found = drawn(" ".join(words))

    assert "".join(each.text for each in found) == " ".join(words)
    rows = [found[at : at + 4] for at in range(0, 40, 5)]
    assert all(word[0].left > word[-1].left for word in rows)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are one
        ("بيت", "\ufe91\ufef4\ufe96"),
        ("بَيت", "\ufe91\u064e\ufef4\ufe96"),  # a mark does not come between
        ("دار", "\ufea9\ufe8d\ufead"),
        ("به", "\ufe91\ufeea"),
        ("ب ب", "\ufe8f \ufe8f"),
        ("abc", "abc"),
    ],
)
def test_arabic_letters_join(text: str, forms: str) -> None:
    assert joined(text) == forms


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("abc 12", []),
        ("aשלום", ["שלום"]),
        ("a שלום, עולם. b", ["שלום, עולם"]),
        ("שלום 12 x", ["שלום 12"]),
        ("שלום (12) x", ["שלום (12)"]),
        ("שלום x עולם", ["שלום", "עולם"]),
    ],
)
def test_what_runs_from_right_to_left(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in turned(text)] == spans


def test_a_no_break_space_holds_and_reads_as_itself() -> None:
    text = "a " * 40 + "\u00a0".join(["held"] * 6)
    found = drawn(text)

    assert "".join(each.text for each in found) == text
    held = [each for each in found if each.text in "held\u00a0"]
    assert [each.left for each in held] == sorted(each.left for each in held)


@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
def test_each_welsh_letter_reads_back(change: Callable[[str], str]) -> None:
    text = change("llanfairpwllgwyngyll ŵŷâêîôûẁỳẃýẅÿ")

    assert text in told(render_pdf(summary(Paragraph(text)))).texts("P")
