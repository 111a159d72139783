import re
import stat
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from retention_desktop.errors import FileProblem
from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Prompt
from retention_desktop.sharing.card import Card, CardLine, card_text, make_card
from retention_desktop.sharing.pdf import write_card
from retention_desktop.sharing.pdf.card import render_card
from retention_desktop.toolkit import definition

from .samples import answer, objects, pages, raw, record

THANKS = record(
    answer(Prompt("seen", "What I appreciated was…"), "You stayed.\n\nAll night."),
    answer(Prompt("impact", "The difference was…"), "They slept."),
    answer(Prompt("kind", "Which?", PromptKind.SINGLE_CHOICE, options=("Care", "Time")), "Care"),
    answer(Prompt("secret", "Only for me?"), "CANARY", Audience.PRIVATE),
    answer(Prompt("more", "What else?"), "MORE"),
)


def test_a_card_holds_its_answers_in_its_own_order_and_no_others() -> None:
    made = make_card(THANKS, definition.Card("Thank you", ("kind", "seen", "missing")))

    assert made == Card(
        "Thank you",
        (
            CardLine("Which?", "Care"),
            CardLine("What I appreciated was…", "You stayed.\nAll night."),
        ),
    )


def test_one_answer_stands_alone() -> None:
    made = make_card(THANKS, definition.Card("Thank you", ("impact",)))

    assert made.lines == (CardLine("", "They slept."),)
    assert card_text(made) == "Thank you\n\nThey slept."


def test_what_is_private_is_never_on_a_card() -> None:
    made = make_card(THANKS, definition.Card("Thank you", ("secret", "impact")))

    assert made.lines == (CardLine("The difference was…", "They slept."),)
    assert make_card(THANKS, definition.Card("Thank you", ("secret",))).lines == ()


def test_the_text_to_paste() -> None:
    made = make_card(THANKS, definition.Card("Thank you", ("seen", "impact")))

    assert card_text(made) == (
        "Thank you\n\n"
        "What I appreciated was…\nYou stayed.\nAll night.\n\n"
        "The difference was…\nThey slept."
    )


def test_a_card_without_answers_has_no_lines() -> None:
    assert make_card(record(), definition.Card("Thank you", ("seen",))).lines == ()


def test_the_pdf_is_one_postcard_that_reads_as_the_card_and_tells_nothing_else() -> None:
    pdf = render_card(make_card(THANKS, definition.Card("Thank you", ("seen", "impact"))))

    assert pages(pdf) == [
        "Thank you What I appreciated was… You stayed. All night. The difference was… They slept."
    ]
    reader = PdfReader(BytesIO(pdf))
    box = reader.pages[0].mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == (148, 105)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Thank you", None)
    assert str(reader.root_object["/Lang"]) == "en-GB"
    for name in (b"Si\xc3\xa2n", "Siân".encode("utf-16-be"), b"CANARY", b"MORE", b"22 November"):
        assert name not in raw(pdf)
    assert pdf == render_card(make_card(THANKS, definition.Card("Thank you", ("seen", "impact"))))


def text_size(pdf: bytes) -> float:
    """The size of the largest words, in points."""
    return max(float(size) for size in re.findall(rb"([\d.]+) Tf", raw(pdf)))


def test_long_answers_shrink_first_and_then_flow_onto_further_cards() -> None:
    def card(words: int) -> bytes:
        text = " ".join(f"word{number}" for number in range(words))
        return render_card(Card("", (CardLine("What I saw was…", text),)))

    short, longer, long = card(8), card(90), card(900)
    assert text_size(short) > text_size(longer) > text_size(long)
    assert [len(pages(each)) for each in (short, longer)] == [1, 1]
    assert len(pages(long)) > 1
    everything = " ".join(pages(long)).split()
    assert everything[-900:] == [f"word{number}" for number in range(900)]


def test_nothing_is_drawn_outside_the_card() -> None:
    text = "\n".join(["word " * 40, "x" * 3000, "ŵ 文 🙂 <b>not bold</b> & more"])
    pdf = render_card(Card("T" * 300, (CardLine("Lead " * 80, text),)))
    places: list[tuple[float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            places.append((cm[4] + tm[4], cm[5] + tm[5]))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=note)
    assert places
    assert all(0 <= x <= 420 and 25 <= y <= 298 for x, y in places)
    assert "<b>not bold</b> & more" in " ".join(pages(pdf))


def test_fonts_are_embedded_even_for_what_is_drawn_as_a_box() -> None:
    pdf = render_card(Card("Ω", (CardLine("Ж", "文"),)))

    assert pages(pdf) == ["Ω Ж 文"]
    fonts = [thing for thing in objects(pdf) if thing.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in str(font["/FontDescriptor"])


def test_a_card_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    card = Card("Thank you", (CardLine("", "You stayed."),))
    target = tmp_path / "card.pdf"
    write_card(card, target)

    assert target.read_bytes() == render_card(card)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(FileProblem):
        write_card(card, tmp_path)
    with pytest.raises(FileProblem):
        write_card(card, tmp_path / "missing" / "card.pdf")
    assert list(tmp_path.iterdir()) == [target]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=40), st.text()), max_size=3))
def test_any_text_makes_a_card(title: str, lines: list[tuple[str, str]]) -> None:
    card = Card(title, tuple(CardLine(lead, text) for lead, text in lines))
    assert render_card(card).startswith(b"%PDF")
    assert card_text(card).startswith(title)
