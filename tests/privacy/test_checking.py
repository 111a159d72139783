"""What could identify a person is found in its place, once, with other words that fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.privacy.checking import find, replace
from retention_desktop.privacy.findings import Detail, Finding, Kind
from retention_desktop.privacy.letters import Letters

from .corpus_reading import OWN_WORDS, read_sentences

SENTENCES = [sentence.text for part in ("tuned", "held-out") for sentence in read_sentences(part)]


def replaced(text: str, *own_words: str) -> str:
    """The text after each suggestion has been taken."""
    found = find(text, own_words=own_words)
    return replace(text, {each: each.suggestion for each in found if each.suggestion})


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in find(text)]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("I saw an 82-year-old woman.", "I saw an older woman."),
        ("A 76-year-old asked me why.", "An older person asked me why."),
        ("Eighty-two years old, she left.", "In later life, she left."),
        ("a fıve or ſix year old", "a fıve or ſix year old"),
        ("a 19 year old care leaver", "a younger care leaver"),
        ("He is 51 and tired.", "He is in midlife and tired."),
        ("She is 82 years old.", "She is in later life."),
        ("An old friend, aged 84, sat there.", "An old friend, in later life, sat there."),
        ("Aged 16, she left.", "In the teenage years, she left."),
        ("the baby is 6 months old", "the baby is in infancy"),
        ("It was her 90th birthday.", "It was her birthday."),
        ("He turned 80 in May.", "He had a birthday in May."),
        ("DOB 03/04/1941.", "DOB [date of birth]."),
        ("He was born in 1936.", "He was born in [date of birth]."),
        ("Mrs Khan's carer rang.", "Person A's carer rang."),
        ("Mr and Mrs Khan rang.", "Person A and their partner rang."),
        ("Her son David rang.", "Her son Person A rang."),
        ("She is on the Willow Ward.", "She is on the ward."),
        ("I like Elm House and Oak Lodge.", "I like a care home and a care home."),
        ("Rosewood House rang.", "A care home rang."),
        ("The Willows care home is full.", "A care home is full."),
        ("He went to St Mary's Hospital.", "He went to a hospital."),
        ("Post goes to Flat 2, 9 Marlowe Street.", "Post goes to [address]."),
        ("NHS number 999 819 3036", "NHS number [NHS number]"),
        ("ring 07700 900123 ext 4 now", "ring [phone number] now"),
        ("case no 123456 is open", "case no [reference number] is open"),
    ],
)
def test_a_suggestion_fits_into_its_sentence(text: str, better: str) -> None:
    assert replaced(text) == better


@pytest.mark.parametrize(
    ("age", "stage"),
    [
        (1, "in infancy"),
        (2, "in childhood"),
        (12, "in childhood"),
        (13, "in the teenage years"),
        (17, "in the teenage years"),
        (18, "in early adulthood"),
        (39, "in early adulthood"),
        (40, "in midlife"),
        (64, "in midlife"),
        (65, "in later life"),
        (119, "in later life"),
    ],
)
def test_an_age_becomes_a_stage_of_life(age: int, stage: str) -> None:
    assert replaced(f"She is {age}.") == f"She is {stage}."


def test_one_surname_has_one_letter_wherever_it_stands() -> None:
    text = "Mrs Khan met Dr Shah. Ms KHAN thanked Mr Shah, and Mrs Müller thanked Mrs Muller."
    assert replaced(text) == (
        "Person A met Person B. Person A thanked Person B, and Person C thanked Person C."
    )


def test_texts_that_belong_together_share_their_letters() -> None:
    texts = ("Mr Bell rang.", "Mrs Khan and Mr Bell spoke.")
    letters = Letters(texts)
    suggested = [[each.suggestion for each in find(text, letters=letters)] for text in texts]
    assert suggested == [["Person A"], ["Person B", "Person A"]]


def test_a_letter_that_stands_for_somebody_already_is_not_given_again() -> None:
    assert replaced("Person A knows Mrs Khan.") == "Person A knows Person B."


def test_a_name_keeps_its_letter_after_it_was_replaced_once() -> None:
    text = "Mrs Khan rang. Mrs Khan cried."
    letters = Letters((text,))
    first = find(text, letters=letters)[0]
    after = replace(text, {first: first.suggestion})
    assert [each.suggestion for each in find(after, letters=letters)] == ["Person A"]


def test_letters_go_on_after_z() -> None:
    letters = Letters(())
    given_out = [letters.instead_of(f"Mrs Name{number}") for number in range(54)]
    assert given_out[25:28] == ["Person Z", "Person AA", "Person AB"]
    assert given_out[51:] == ["Person AZ", "Person BA", "Person BB"]


def test_own_words_are_found_whole_whatever_their_capitals_and_accents() -> None:
    own = ("Siân", "Team Kestrel", "  ", "O'Dowd")
    for text in ("SIAN rang", "sian’s idea", "team  kestrel", "Team. Kestrel", "O’Dowd", "Siân"):
        assert [each.kind for each in find(text, own_words=own)] == [Kind.OWN_WORD], text
    for text in ("Sianed", "team of Kestrels", "team, kestrel", "kestrel team"):
        assert find(text, own_words=own) == (), text
    assert replaced("I asked Siân’s team.", *own) == "I asked [left out]’s team."


def test_an_accent_that_follows_its_letter_makes_no_difference() -> None:
    text = unicodedata.normalize("NFD", "Mrs Siân Prŷs and Siân")
    found = find(text, own_words=("Siân",))
    assert [text[each.start : each.end] for each in found] == [
        unicodedata.normalize("NFD", "Mrs Siân Prŷs"),
        unicodedata.normalize("NFD", "Siân"),
    ]


def test_what_is_ignored_is_found_nowhere() -> None:
    text = "Mrs Khan moved to Willow Ward. mrs  khan liked willow ward."
    assert find(text, ignored=("MRS KHAN", "willow ward")) == ()
    assert [each.kind for each in find(text, ignored=("Willow Ward",))] == [Kind.NAME] * 2


def test_of_two_findings_in_one_place_the_longer_is_told() -> None:
    text = "Flat 14, Aldergate House"
    assert find(text) == (Finding(Kind.ADDRESS, 0, len(text), "[address]"),)
    assert kinds("Mrs Ward") == [Kind.NAME]
    assert kinds("patient 999 819 3036") == [Kind.NHS_NUMBER]


def test_details_that_meet_in_one_paragraph_are_named() -> None:
    text = "A quiet day.\n  He is 84, has dementia and lives in Ilkley. \nHer son rang."
    (whole, age) = find(text)
    assert whole.kind is Kind.INDIRECT
    assert whole.details == (Detail.AGE, Detail.CONDITION, Detail.PLACE)
    assert whole.suggestion == ""
    assert text[whole.start : whole.end] == "He is 84, has dementia and lives in Ilkley."
    assert age.kind is Kind.AGE


def test_details_in_different_paragraphs_do_not_meet() -> None:
    assert Kind.INDIRECT not in kinds("He is 84.\nHe has dementia.\nHe lives in Ilkley.")


def test_only_what_was_chosen_is_replaced() -> None:
    text = "Mrs Khan is at LS6 3AB."
    name, postcode = find(text)
    assert replace(text, {postcode: "a street nearby"}) == "Mrs Khan is at a street nearby."
    assert replace(text, {postcode: "home", name: "She"}) == "She is at home."
    assert replace(text, {}) == text


def test_findings_that_overlap_cannot_be_replaced_together() -> None:
    text = "He is 84, has dementia and lives in Ilkley."
    with pytest.raises(ValueError, match="overlap"):
        replace(text, dict.fromkeys(find(text), "x"))


def test_nothing_is_left_once_every_suggestion_is_taken() -> None:
    for text in SENTENCES:
        after = replaced(text, *OWN_WORDS)
        left = {each.kind for each in find(after, own_words=OWN_WORDS)}
        assert left <= {Kind.INDIRECT}, after


@given(
    st.lists(st.sampled_from(SENTENCES) | st.text(max_size=20), max_size=8),
    st.sampled_from(["\n", " ", ""]),
)
def test_findings_are_in_order_and_apart_in_any_text(parts: list[str], join: str) -> None:
    text = join.join(parts)
    end = 0
    for each in find(text, own_words=OWN_WORDS):
        assert 0 <= each.start < each.end <= len(text)
        if each.kind is not Kind.INDIRECT:
            assert each.start >= end
            assert each.suggestion
            end = each.end


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Mr Khan's GP Dr Lee rang Mrs Wu.", "Person A's GP Person B rang Person C."),
        ("She saw Dr Lee. Mrs Wu did not.", "She saw Person A. Person B did not."),
        ("Mrs\nKhan rang", "Person A rang"),
        ("Willow\nWard round notes", "Willow\nWard round notes"),
        ("Kirkdale Hospital's ward 4", "A hospital's ward"),
        ("He's 82yrs, she is 79F.", "He's in later life, she is in later life."),
        ("aged 7 months", "in infancy"),
        ("12 The Avenue and 2 Church St.", "[address] and [address]."),
        (
            "She lives in Cherry Tree Court, not Crown Court.",
            "She lives in [address], not Crown Court.",
        ),
        ("Her name is Brenda Jones.", "Her name is Person A."),
    ],
)
def test_findings_stand_close_together_without_hiding_each_other(text: str, better: str) -> None:
    assert replaced(text) == better
