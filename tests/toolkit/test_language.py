"""Wording that may confuse or leave somebody out is pointed out in its place, and never judged."""

import re
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop import paths
from retention_desktop.toolkit.language import (
    LONGEST_SENTENCE,
    Finding,
    WordingKind,
    find_wording,
)
from retention_desktop.toolkit.loading import load_toolkit

LISTED = tomllib.loads(paths.resource("words/language.toml").read_text("utf-8"))
TERMS = [term for hints in LISTED.values() for term in hints]
HINTS = [hint for hints in LISTED.values() for hint in hints.values()]

OUR_TOOLS = (
    *("post-incident-debrief", "offload-and-unblock", "why-i-stay", "appreciative-inquiry"),
    *("support-after-racism", "good-enough-for-someone-i-love", "sharing-good-practice"),
    *("private-reflection", "quick-note"),
)


def marked(text: str, *own_words: str) -> list[tuple[WordingKind, str]]:
    found = find_wording(text, own_words)
    return [(finding.kind, text[finding.start : finding.end]) for finding in found]


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("Every client has a plan.", WordingKind.JARGON, "client"),
        ("We signposted her to a group.", WordingKind.JARGON, "signposted"),
        ("He is a Wheelchair-bound man.", WordingKind.DEFICIT, "Wheelchair-bound"),
        ("She suffers from dementia.", WordingKind.DEFICIT, "suffers from"),
        ("He was NON-COMPLIANT again.", WordingKind.DEFICIT, "NON-COMPLIANT"),
        ("There was challenging behaviour.", WordingKind.DEFICIT, "challenging behaviour"),
        ("Her mother is frail.", WordingKind.DEFICIT, "frail"),
        ("The chairman spoke.", WordingKind.GENDERED, "chairman"),
        ("We lack manpower.", WordingKind.GENDERED, "manpower"),
        ("The writer says what he/she means.", WordingKind.GENDERED, "he/she"),
        ("An old boys’ network.", WordingKind.GENDERED, "old boys’ network"),
    ],
)
def test_wording_is_found_with_its_kind(text: str, kind: WordingKind, phrase: str) -> None:
    assert marked(text) == [(kind, phrase)]


@pytest.mark.parametrize("form", ["utilise", "utilises", "utilised", "utilising", "Utilise"])
def test_a_word_is_found_with_its_endings(form: str) -> None:
    assert marked(f"We {form} it.") == [(WordingKind.JARGON, form)]


@pytest.mark.parametrize("phrase", ["service user’s", "service users", "service\nuser"])
def test_a_term_of_two_words_is_found_however_it_is_written(phrase: str) -> None:
    assert marked(f"The {phrase} plan.") == [(WordingKind.JARGON, phrase)]


@pytest.mark.parametrize(
    "text",
    [
        "An elegant clientele.",  # not "client": whole words only
        "It is good service. User guides are here.",  # a sentence ends between the words
        "We talked about frailer days, the frailest.",
        "",
        "A plain day with plain words.",
    ],
)
def test_plain_wording_is_left_alone(text: str) -> None:
    assert marked(text) == []


def test_the_longer_term_wins_and_nothing_lies_inside_another() -> None:
    assert marked("A dementia sufferer with a support package.") == [
        (WordingKind.DEFICIT, "sufferer"),
        (WordingKind.JARGON, "support package"),
    ]
    assert marked("The elderly were there.") == [(WordingKind.DEFICIT, "The elderly")]


def test_places_stand_in_the_order_of_the_text_with_a_hint() -> None:
    assert find_wording("Prior to that, the chairman left.") == (
        Finding(0, 8, WordingKind.JARGON, "Perhaps “before”."),
        Finding(19, 27, WordingKind.GENDERED, "Perhaps “chair”."),
    )


def test_a_sentence_over_25_words_is_long() -> None:
    enough, long = " ".join(["word"] * LONGEST_SENTENCE), " ".join(["word"] * 26)
    assert LONGEST_SENTENCE == 25
    assert marked(f"{enough}. {enough}!") == []
    assert marked(f"Short one. {long}. Short one.") == [(WordingKind.LONG_SENTENCE, long)]
    assert marked(f"{enough} (see 3.5 of it)?") != []


@pytest.mark.parametrize("between", [".\n", "\n", "? ", "… ", ".” "])
def test_sentences_and_lines_end_a_count(between: str) -> None:
    assert marked(between.join([" ".join(["word"] * 20)] * 3)) == []


def test_in_a_long_sentence_its_terms_are_still_pointed_out() -> None:
    before, after = " ".join(["word"] * 8), " ".join(["word"] * 20)
    assert marked(f"{before} stakeholders {after}.") == [
        (WordingKind.JARGON, "stakeholders"),
        (WordingKind.LONG_SENTENCE, after),
    ]


def test_words_of_ones_own_are_found_as_they_are_written() -> None:
    text = "The Hub and the quick chat, the hubs."
    assert marked(text, "hub", "Quick Chat") == [
        (WordingKind.OWN, "Hub"),
        (WordingKind.OWN, "quick chat"),
    ]


def test_a_word_that_is_on_both_lists_keeps_its_plainer_wording() -> None:
    assert find_wording("A client.", ["client"]) == find_wording("A client.")


def test_the_list_is_long_enough_and_has_three_kinds() -> None:
    assert set(LISTED) == {"jargon", "deficit", "gendered"}
    assert len(TERMS) >= 150
    assert all(len(hints) >= 50 for hints in LISTED.values())


def test_each_term_is_found_where_it_stands() -> None:
    plain = [term.replace("*", "") for term in TERMS]
    lost = [term for term in plain if term not in [p for _, p in marked(f"And {term}, too.")]]
    assert lost == []


def test_every_hint_suggests_and_none_judges() -> None:
    verbs = ("Describe", "Leave", "Name", "Perhaps", "Say", "Use", "Write")
    for hint in HINTS:
        assert hint.startswith(verbs)
        assert hint.endswith((".", "?"))
        assert len(hint.split()) <= 20
        assert not re.search(r"\b(wrong|bad|never|must not use|avoid|should)\b|!", hint)


def test_no_hint_suggests_what_the_list_points_out() -> None:
    assert [hint for hint in HINTS if find_wording(hint)] == []


@pytest.mark.parametrize("tool_id", OUR_TOOLS)
def test_our_own_words_follow_the_list(tool_id: str) -> None:
    tool = load_toolkit().tool(tool_id)
    shown = [tool.purpose, tool.when, tool.closing, tool.audience]
    for step in tool.steps:
        shown += [step.title, step.text]
        for prompt in step.prompts:
            shown += [prompt.label, prompt.help, *prompt.options]
    assert [marked(text) for text in shown if marked(text)] == []


pieces = st.sampled_from(
    ["client", "service", "user", " ", "-", "/", "’s", "'", ". ", "\n", "he", "or", "she", "ſ", "İ"]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=60).map("".join))


@given(texts, st.lists(texts, max_size=4))
def test_places_lie_in_the_text_and_never_overlap(text: str, own_words: list[str]) -> None:
    end = 0
    for finding in find_wording(text, own_words):
        assert end <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip()
        end = finding.end


@pytest.mark.parametrize(
    "piece", ["client ", "service ", "service-", "a'", "\u2019", ". ", "he or ", "\n", "?!", "a@"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    find_wording("")  # the list is read once
    start = time.process_time()
    find_wording(text, ["service " * 7, "he"])
    assert time.process_time() - start < 1
