"""How well the check does on the labelled sentences; `-s` prints the table of the document."""

from functools import cache
from pathlib import Path

import pytest

from retention_desktop.privacy.findings import Kind

from .corpus_reading import Score, Sentence, found_in, read_sentences, scores, together

PARTS = ("tuned", "held-out")
DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy-check.md"

STRUCTURED = (
    Kind.NHS_NUMBER,
    Kind.NI_NUMBER,
    Kind.PHONE,
    Kind.EMAIL,
    Kind.POSTCODE,
    Kind.BIRTH_DATE,
    Kind.CASE_NUMBER,
)


@cache
def sentences(part: str) -> tuple[Sentence, ...]:
    return tuple(read_sentences(part))


@cache
def scored(*parts: str) -> dict[Kind, Score]:
    return scores(sentence for part in parts for sentence in sentences(part))


def table() -> list[str]:
    """The rows of the document, measured now."""
    lines = [
        "| kind | labelled | recall | precision | held out | recall | precision |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    whole, held_out = scored(*PARTS), scored("held-out")
    rows = {f"`{kind}`": (whole[kind], held_out[kind]) for kind in Kind}
    rows["all"] = (together(whole.values()), together(held_out.values()))
    for name, pair in rows.items():
        cells = (f"{each.labelled} | {each.recall:.2f} | {each.precision:.2f}" for each in pair)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def test_there_are_enough_sentences_and_a_third_hold_nothing() -> None:
    every = [sentence for part in PARTS for sentence in sentences(part)]
    assert len(every) >= 300
    assert len({sentence.text for sentence in every}) == len(every)
    assert sum(not sentence.labels for sentence in every) * 3 >= len(every)
    assert len(sentences("held-out")) * 3 >= len(every)
    assert all(scored(*PARTS)[kind].labelled >= 8 for kind in Kind)


@pytest.mark.parametrize("kind", STRUCTURED)
def test_nearly_all_that_has_a_fixed_form_is_found(kind: Kind) -> None:
    assert scored(*PARTS)[kind].recall >= 0.95


def test_most_names_beside_a_title_are_found() -> None:
    assert scored(*PARTS)[Kind.NAME].recall >= 0.8
    assert scored("held-out")[Kind.NAME].recall >= 0.8


@pytest.mark.parametrize("kind", Kind)
def test_what_is_found_of_a_kind_is_mostly_right(kind: Kind) -> None:
    assert scored(*PARTS)[kind].precision >= 0.9
    assert scored(*PARTS)[kind].recall >= 0.9


def test_it_does_as_well_on_sentences_that_nothing_was_adjusted_on() -> None:
    measured = scored("held-out")
    assert together(measured[kind] for kind in STRUCTURED).recall >= 0.95
    assert together(measured.values()).precision >= 0.9


def test_a_sentence_without_a_mark_seldom_raises_anything() -> None:
    unmarked = [each.text for part in PARTS for each in sentences(part) if not each.labels]
    raised = [text for text in unmarked if found_in(text)]
    assert len(raised) <= len(unmarked) * 0.05, raised


def test_the_document_tells_what_is_measured() -> None:
    lines = table()
    print("\n" + "\n".join(lines))  # noqa: T201, with -s this is the report
    assert "\n".join(lines) in DOCUMENT.read_text("utf-8")
