"""Street addresses, and homes, wards, schools, hospitals and surgeries by their name.

A name is a run of words with capitals, and what follows tells what it names: "Willow" "Ward",
"Rosewood House" "care home".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.words import (
    CAPITAL,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    SPACE,
    begins_sentence,
    begins_word,
    in_its_place,
    is_acronym,
    is_ordinary,
    plain,
    word_set,
)

_ENDINGS = {
    Kind.HOME: {
        "a care home": "care home,nursing home,residential home,rest home,care centre,house,lodge"
        ",manor,grange",
        "a day centre": "day centre",
        "a hospice": "hospice",
    },
    Kind.WARD: {"the ward": "ward,unit", "the wards": "wards"},
    Kind.SCHOOL: {
        "a school": "school,academy,primary school,infant school,junior school,high school"
        ",grammar school,secondary school,special school",
        "a college": "college,sixth form",
        "a university": "university",
        "a nursery": "nursery",
    },
    Kind.HOSPITAL: {"a hospital": "hospital,infirmary,general"},
    Kind.SURGERY: {
        "a GP surgery": "surgery,medical centre,health centre,medical practice,group practice"
        ",gp practice,family practice",
        "a dental surgery": "dental practice,dental surgery",
    },
    Kind.ADDRESS: {"[address]": "road,rd,street,avenue,ave,lane,close,crescent,terrace"},
}
# By the words that say what a place is.
_PLACES = {
    tuple(ending.split()): (kind, words)
    for kind, groups in _ENDINGS.items()
    for words, endings in groups.items()
    for ending in endings.split(",")
}
_LONGEST_ENDING = max(map(len, _PLACES))
# These are places only where somebody is: "she lives in Cherry Tree Court".
_WHERE_SOMEBODY_IS = word_set("court drive gardens grove heights mews rise view villas")
_SOMEBODY_IS = re.compile(r"\b(?:in|at|to|from|into|near|on)\s\Z", re.IGNORECASE)
# With a number before it these end an address, the first of them after any word.
_SURE_STREETS = word_set("road rd street st avenue ave lane ln close crescent cres terrace")
_STREETS = word_set(
    """
    road rd street st avenue ave lane ln close crescent cres terrace drive dr way court place
    gardens grove walk row square mews hill park rise view green parade gate croft yard wharf
    fields meadow meadows villas cottages house mansions buildings heights vale
    """
)

_LINK = rf"(?:(?:and|&|of|on|upon|le){SPACE})?"
_TAIL = (
    r"(?:(?:care|nursing|residential|rest)\shome|(?:care|day|medical|health)\scentre|hospice|wards?"
    r"|hospital|infirmary|surgery|(?:(?:primary|infant|junior|high|grammar|secondary|special)\s)?"
    r"school|academy|college|university|nursery|(?:medical|group|gp|dental)\spractice)\b"
)
_RUN = re.compile(
    rf"{CAPITAL}(?:(?:(?:(?<=\bSt)\.)?{SPACE}{_LINK}{CAPITAL}){{1,5}}(?:{SPACE}{_TAIL})?"
    rf"|{SPACE}{_TAIL})"
)
_WORD = re.compile(r"\S+")

_WARD_NUMBER = re.compile(
    r"[Ww]ard\s(?:[0-9]{1,3}[A-Za-z]?|[A-Z][0-9]{1,3}|[A-HJ-Z](?!['’]|\s[A-Z][a-z]))\b"
)
_UNIVERSITY = re.compile(rf"University\sof\s(?:the\s)?({CAPITAL})(?:{SPACE}{CAPITAL})?")

_NUMBER = r"[0-9]{1,4}[A-Za-z]?(?:\s?[/–-]\s?[0-9]{1,4}[A-Za-z]?)?,?\s{1,2}"
_NAME = rf"(?P<name>{CAPITAL}(?:{SPACE}{CAPITAL}){{1,4}})"
_STREET_NUMBER = re.compile(
    r"[0-9](?<![\w£$€.,/:-][0-9])[0-9]{0,3}(?:[A-Za-z]\b)?"
    rf"(?:\s?[/–-]\s?[0-9]{{1,4}}[A-Za-z]?)?,?\s{{1,2}}{_NAME}"
)
_FLAT = re.compile(
    r"(?:Flat|flat|Apartment|apartment|Apt|apt)\.?\s?[0-9]{1,4}[A-Za-z]?,?\s{1,2}"
    rf"(?:{_NUMBER})?{_NAME}"
)
_LOWER_STREET = re.compile(
    r"[0-9](?<![\w£$€.,/:-][0-9])[0-9]{0,3}[a-z]?\s"
    r"(?:([a-z]{3,20})\s(?:road|street|lane|close)|((?:[a-z]{3,20}\s){1,2})"
    r"(?:avenue|crescent|terrace))\b"
)
_NO_STREETS = frozenset({"busy", "mile", "minute", "open", "quiet", "very", "way", "year"})


def find_places(text: str) -> Iterator[Finding]:
    """Addresses and the names of places."""
    yield from _addresses(text)
    for match in _RUN.finditer(text):
        for words in _apart(list(_WORD.finditer(text, *match.span()))):
            if found := _named_place(text, words):
                yield found
    for match in _WARD_NUMBER.finditer(text):
        if begins_word(text, match.start()):
            yield _finding(Kind.WARD, text, *match.span(), "the ward")
    for match in _UNIVERSITY.finditer(text):
        if not is_ordinary(match[1]):
            yield _finding(Kind.SCHOOL, text, *match.span(), "a university")


def _apart(words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The words, divided after a place: "Elm House and Oak Lodge", "Kirkdale Hospital's ward"."""
    first = 0
    for number in range(1, len(words) - 1):
        if (plain(words[number].group()),) in _PLACES and (
            words[number].group().endswith(("'s", "’s"))
            or words[number + 1].group() in {"and", "&"}
        ):
            yield words[first : number + 1]
            first = number + 1
    yield words[first:]


def _named_place(text: str, words: list[re.Match[str]]) -> Finding | None:
    """What a run of words names, if they say so; the last words first."""
    folded = [plain(word.group()) for word in words]
    for after in range(len(words), 1, -1):
        for length in range(min(_LONGEST_ENDING, after - 1), 0, -1):
            place = _PLACES.get(tuple(folded[after - length : after]))
            if place is None and folded[after - length] in _WHERE_SOMEBODY_IS:
                before = text[max(0, words[0].start() - 6) : words[0].start()]
                place = (Kind.ADDRESS, "[address]") if _SOMEBODY_IS.search(before) else None
            if place is None:
                continue
            first = _first_of_name(text, words)
            name = words[first : after - length]
            if not _is_name(name) or _is_owner(name, words[after - length]):
                continue
            kind, suggestion = place
            return _finding(kind, text, words[first].start(), words[after - 1].end(), suggestion)
    return None


def _first_of_name(text: str, words: list[re.Match[str]]) -> int:
    """The first word that is not only there because a sentence begins: "Visited Willow Ward"."""
    first = 0
    while first < len(words) - 1 and plain(words[first].group()) in FUNCTION_WORDS:
        first += 1
    if (
        first == 0
        and len(words) > 2
        and words[0].group().endswith(("ed", "ing"))
        and begins_sentence(text, words[0].start())
    ):
        return 1
    return first


def _is_name(words: list[re.Match[str]]) -> bool:
    return any(not (is_ordinary(word.group()) or is_acronym(word.group())) for word in words)


def _is_owner(name: list[re.Match[str]], place: re.Match[str]) -> bool:
    """Whether it only says whose place it is: "Leeds's hospital"."""
    return len(name) == 1 and name[0].group()[-2:] in {"'s", "’s"} and place.group().islower()


def _addresses(text: str) -> Iterator[Finding]:
    for pattern in (_STREET_NUMBER, _FLAT):
        for match in pattern.finditer(text):
            if not begins_word(text, match.start()):
                continue
            words = list(_WORD.finditer(text, *match.span("name")))
            for before, word in reversed(list(pairwise(words))):
                ending = plain(word.group())
                has_the = before.group() == "The"  # "12 The Green"
                if ending in _STREETS and (has_the or plain(before.group()) not in FUNCTION_WORDS):
                    if has_the or _is_street(words[: words.index(word)], ending):
                        yield _finding(Kind.ADDRESS, text, match.start(), word.end(), "[address]")
                    break
    for match in _LOWER_STREET.finditer(text):
        names = (match[1] or match[2]).split()
        if not (FUNCTION_WORDS | GENERIC_WORDS | _NO_STREETS).intersection(names):
            yield _finding(Kind.ADDRESS, text, *match.span(), "[address]")


def _is_street(name: list[re.Match[str]], ending: str) -> bool:
    return ending in _SURE_STREETS or _is_name(name)


def _finding(kind: Kind, text: str, start: int, end: int, suggestion: str) -> Finding:
    if text[end - 2 : end] in {"'s", "’s"}:
        end -= 2
    elif text[end - 1] in "'’":
        end -= 1
    # "the Willow Ward" becomes "the ward", and "the Beeches care home" becomes "a care home".
    if kind is not Kind.ADDRESS and text[max(0, start - 4) : start].lower() == "the ":
        start -= 4
    if text[max(0, start - 3) : start] in {"'s ", "’s "}:  # "the hospital's ward"
        suggestion = suggestion.removeprefix("the ").removeprefix("a ")
    return Finding(kind, start, end, in_its_place(suggestion, text, start))
