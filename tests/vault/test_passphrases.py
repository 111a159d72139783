"""Passphrases that people choose, and the ones that are made for them."""

import time

import pytest

from retention_desktop.errors import BadInput
from retention_desktop.paths import resource
from retention_desktop.vault import generate_passphrase, judge_passphrase
from retention_desktop.vault.passphrases import to_bytes


def test_the_list_has_all_the_words_and_says_whose_they_are() -> None:
    words = resource("words/eff-large-wordlist.txt").read_text().split()
    assert len(set(words)) == 7776
    assert "Creative Commons Attribution" in resource("words/LICENSE.txt").read_text()


def test_a_made_passphrase_passes_and_is_never_the_same() -> None:
    made = [generate_passphrase() for _ in range(50)]
    assert len(set(made)) == 50
    assert all(len(passphrase.split(" ")) == 6 for passphrase in made)
    assert all(judge_passphrase(passphrase).ok for passphrase in made)
    assert len(generate_passphrase(words=8).split(" ")) == 8


@pytest.mark.parametrize(
    "text",
    [
        "short",
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "sommer2026sommer",
        "Passw0rd!Passw0rd!",
        "correct horse battery staple",
        "Correct-Horse, battery; STAPLE 26",
        "c0rrect h0rse b@ttery st@ple",
        "To be, or not to be: that is the question!",
        "supervision reflection",
        "Reflective Practice 2026!",
        "Hen wlad fy nhadau",
        " " * 40,
        "🙂" * 20,
        "tab\tin the middle of it all",
        "half a \ud800 character in it",
        "",
    ],
)
def test_what_could_be_guessed_is_refused_in_a_sentence(text: str) -> None:
    judgement = judge_passphrase(text)
    assert not judgement.ok
    assert judgement.level <= 2
    assert judgement.sentence.endswith(".")
    assert text == "" or text not in judgement.sentence


@pytest.mark.parametrize(
    "text",
    [
        "otter lantern ŵyl basket",
        "my aunt keeps 3 blue herons",
        "vK7#qpZ2!mTw9@xL",
        "почему утки летят над крышей",
        "x9" + "plum quartz wombat " * 20,
    ],
)
def test_what_is_hard_to_guess_is_taken(text: str) -> None:
    judgement = judge_passphrase(text)
    assert judgement.ok
    assert judgement.level >= 3


def test_it_says_how_many_characters_are_missing() -> None:
    assert judge_passphrase("plum quartz wo").sentence == "1 more character is needed."
    assert judge_passphrase("plum").sentence == "11 more characters are needed."


def test_a_thousand_characters_are_judged_at_once() -> None:
    text = generate_passphrase(words=100)
    judge_passphrase(text)
    start = time.perf_counter()
    assert judge_passphrase(text).ok
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("café", "cafe\u0301"), ("½ cup", "1⁄2 cup"), ("ﬁsh", "fish"), ("Å", "\u212b")],
)
def test_two_ways_to_type_the_same_are_the_same(one: str, other: str) -> None:
    assert to_bytes(one) == to_bytes(other)


def test_nothing_is_trimmed_or_folded() -> None:
    assert len({bytes(to_bytes(text)) for text in ("a", "A", " a", "a ", "a  ")}) == 5
    assert len(to_bytes("ŵ" * 300)) == 600


@pytest.mark.parametrize("text", ["", "a\x00b", "a\nb", "a\x1fb", "\ud800", "x" * 1025])
def test_what_no_vault_can_have_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        to_bytes(text)
