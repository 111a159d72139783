from msgspec.structs import replace

from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Column, Prompt, TableRow
from retention_desktop.privacy.findings import Kind
from retention_desktop.sharing.composing import begin, compose
from retention_desktop.sharing.identifying import letters_for, look_for, with_instead

from .samples import answer, record

TABLE = Prompt(
    "load", "Caseload", PromptKind.TABLE, columns=(Column("who", "Who"), Column("next", "Next"))
)
ROWS: list[TableRow] = [
    {"who": "Mr Lowe", "next": "Ring 01632 960 123"},
    {"who": "Mrs Khan"},
]
TALK = record(
    answer(Prompt("visit", "What happened?"), "A visit to Mrs Khan.\n\nThe daughter was there."),
    answer(TABLE, ROWS),
    answer(Prompt("own", "And you?"), "Mr Bakshi was tired", Audience.PRIVATE),
)
LETTERS = letters_for([TALK])


def test_what_could_identify_somebody_is_told_in_its_place() -> None:
    found = look_for(begin([TALK]), letters_for([TALK]))

    assert [(each.heading, each.words, each.finding.kind) for each in found] == [
        ("What happened?", "Mrs Khan", Kind.NAME),
        ("Caseload", "Mr Lowe", Kind.NAME),
        ("Caseload", "01632 960 123", Kind.PHONE),
        ("Caseload", "Mrs Khan", Kind.NAME),
    ]
    assert (found[0].before, found[0].after) == ("A visit to", ".")
    assert found[0].finding.suggestion == found[3].finding.suggestion != ""


def test_what_does_not_leave_is_not_looked_at() -> None:
    composition = begin([TALK])
    assert "Mr Bakshi" not in [each.words for each in look_for(composition, LETTERS)]

    taken_in = composition.choosing(1, "own", taken_in=True)
    assert "Mr Bakshi" in [each.words for each in look_for(taken_in, LETTERS)]


def test_other_words_stand_in_the_copy_and_a_name_keeps_its_letter() -> None:
    letters = letters_for([TALK])
    composition = begin([TALK])
    given: dict[str, set[str]] = {}
    while found := look_for(composition, letters):
        given.setdefault(found[0].words, set()).add(found[0].finding.suggestion)
        composition = with_instead(composition, found[0], found[0].finding.suggestion)

    said = repr(compose(composition))
    assert not any(each in said for each in ("Khan", "Lowe", "960 123"))
    assert {len(words) for words in given.values()} == {1}
    assert given["Mrs Khan"] != given["Mr Lowe"]
    assert composition.records == (TALK,)
    assert "The daughter was there." in said


def test_a_letter_that_a_record_already_uses_is_given_to_nobody_else() -> None:
    other = record(answer(Prompt("x", "Who?"), "Person A and Mr Lowe"), id=2)
    (found,) = look_for(begin([other]), letters_for([other]))

    assert found.finding.suggestion == "Person B"


def test_ones_own_words_before_and_after_are_looked_at_too() -> None:
    composition = replace(
        begin([TALK]).choosing(1, "visit", taken_in=False).choosing(1, "load", taken_in=False),
        introduction="With Mrs Khan.",
        statement="By Mr Lowe",
    )
    composition = composition.choosing(1, "own", taken_in=False)
    first, last = look_for(composition, LETTERS)

    composition = with_instead(composition, first, "Person X")
    (last,) = look_for(composition, LETTERS)
    composition = with_instead(composition, last, "me")
    assert (composition.introduction, composition.statement) == ("With Person X.", "By me")


def test_words_of_ones_own_are_found_and_others_left_alone() -> None:
    found = look_for(
        begin([TALK]), LETTERS, own_words=["daughter"], ignored=["mrs khan", "MR LOWE"]
    )

    assert [(each.words, each.finding.kind) for each in found] == [
        ("daughter", Kind.OWN_WORD),
        ("01632 960 123", Kind.PHONE),
    ]


def test_a_letter_that_is_somebodys_alias_is_given_to_nobody_else() -> None:
    (first, *_others) = look_for(begin([TALK]), letters_for([TALK], ["Person A", "Person B"]))

    assert first.finding.suggestion == "Person C"
