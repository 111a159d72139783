"""Dates of birth and exact ages, with a stage of life to say instead of an age.

A stage is said without "he" or "she", so that it fits whoever is meant.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.words import (
    THINGS,
    begins_word,
    in_its_place,
    is_acronym,
    is_ordinary,
    word_set,
)


class Stage(NamedTuple):
    """A stage of life as it stands before a noun, as a noun, and after "is"."""

    before_noun: str
    noun: str
    phrase: str


_BABY = Stage("baby", "baby", "in infancy")
_STAGES = (
    (2, _BABY),
    (13, Stage("young", "child", "in childhood")),
    (18, Stage("teenage", "teenager", "in the teenage years")),
    (40, Stage("younger", "younger adult", "in early adulthood")),
    (65, Stage("middle-aged", "middle-aged person", "in midlife")),
    (999, Stage("older", "older person", "in later life")),
)

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    *(f"{start}teen" for start in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate([*_UNITS, *_TEENS], 1)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}


def _any_of(words: Iterable[str]) -> str:
    """An expression for one of the words, which may begin with a capital.

    Ignoring the case would also take letters that only look alike, such as a dotless i.
    """
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words)


_IN_WORDS = (
    rf"(?:{_any_of(_TENS)})(?:[ -](?:{_any_of(_UNITS)})\b)?|{_any_of(_TEENS)}|{_any_of(_UNITS)}"
)
_AGE_REST = r"(?:(?<=1)[01][0-9]|[0-9]?)(?![0-9])"  # after the first digit
_AGE = rf"[1-9]{_AGE_REST}"
_SAID_AGE = rf"(?:{_AGE}|(?:{_IN_WORDS})\b)"

_MONTH = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?"
    r"|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\b\.?"
)
_YEAR = r"(?:18|19|20)[0-9]{2}(?![0-9])"
_DATE = (
    rf"(?:{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
    r"|[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{2,4}(?![0-9])"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?"
    rf"|{_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9])(?:,?\s{_YEAR})?)"
)
_BIRTH = re.compile(
    r"(?:(?P<born>born|Born|BORN)|(?:date|Date|DATE)\s[Oo][Ff]\s[Bb](?:irth|IRTH)"
    r"|(?:d|D)\.?\s?[Oo]\.?\s?[Bb]\b\.?|birthday|Birthday|birth\s?date|Birth\s?date)"
    r"[\s:=(,–-]{1,4}(?:(?:is|was|falls|on|in|the)\s){0,3}(?:[A-Z][a-z]{1,20},?\s(?:in|on)\s)?"
    rf"(?P<date>{_DATE}|[0-9]{{6}}(?:[0-9]{{2}})?(?![0-9])|(?:(?:about|around|circa)\s)?{_YEAR})"
)
_NOT_SOMEBODY = re.compile(r"\b([A-Za-z]+)\s(?:is|was|are|were)\s\Z")

# "an 82-year-old", "82 yo", "87 years old", "6 months old"; the number is looked for before it.
_OLD = re.compile(
    r"(?:(?:year|Year|yr|Yr|month|Month|week|Week)(?P<many>s?)[\s-](?:olds?|of\sage)"
    r"|yo|y/o|YO|Y/O)\b"
)
_AGE_BEFORE = re.compile(rf"(?:\b(?P<article>[Aa]n?)\s)?\b(?P<age>{_SAID_AGE})[\s-]{{0,2}}\Z")
# "aged 82", "at the age of 82"
_AGED = re.compile(
    rf"[Aa](?:ge|GE)(?:[Dd]\b|\b(?:\sof\b)?)[\s:]{{1,3}}(?P<age>{_SAID_AGE})"
    rf"(?:\sand\s{_AGE}(?!\s?[%A-Za-z])|\s(?P<unit>y(?:ea)?r|month|week)s?(?:\sold)?\b)?"
)
_AT_THE = re.compile(r"(?:\b[Aa]t\s)?(?:\b[Tt]he\s)?\Z")
_AGED_RANGE = re.compile(
    r"\s?(?:[+–-]|(?:to|plus)\b|(?:and|or)\s(?:over|above|older|up|under|below|younger|more)\b)"
)
_LIMIT_BEFORE = re.compile(
    r"\b(?:over|under|above|below|until|till|from|after|before|between|by)\s\Z", re.IGNORECASE
)

_NEAR = 60  # so many characters before a number tell whether it is an age

_KIN = (
    r"(?:daughter|son|wife|husband|brother|sister|mother|father|mum|dad|partner|niece|nephew|aunt"
    r"|uncle|grand(?:son|daughter|mother|father)|nan|gran|twin|cousin|neighbour|friend|carer|lady"
    r"|woman|man|gentleman|girl|boy|widow|widower|client|patient|pt|resident|tenant|person)"
)
# What may follow an age that stands alone, as in "she is 82 and tired"; "82 cases" is no age.
_ALONE = (
    r"(?=\s?(?:[,;:)!?…]|\.(?![0-9])|\Z|\n|[–—]"
    r"|\s(?:and|but|now|with|who|when|in|on|next|this|so|today|or|yet|then|while)"
    r"\b))"
)
# "he is 82", "they are 88 and 86", "she's 82yrs"
_UNIT = r"(?P<unit>\s?(?:y(?:ea)?rs?(?=\s?(?:[,.;)!?\n]|and\b|\Z))|[MF]\b))?"
_BARE = re.compile(rf"[1-9](?<![\w£$€.,/:+-].){_AGE_REST}{_UNIT}{_ALONE}")
_IS_BEFORE = re.compile(
    r"(?:\b(?:is|was|are|were|am|will\sbe|would\sbe)|['’](?:s|re|m|ll\sbe))"
    r"\s(?:(?:now|only|nearly|almost|about|just|already|still|over)\s)?\Z",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\b(?:he|she|they|who|I|person\s[A-Z]|(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s{{1,2}}[^\s.,;]{{1,30}}"
    rf"|someone|somebody|{_KIN})\s?\Z",
    re.IGNORECASE,
)
_TURNED = re.compile(rf"(?P<verb>[Tt]urn(?:ed|s|ing)?)\s{_SAID_AGE}{_ALONE}")
_WHO_TURNED = re.compile(
    r"\b([^\W\d_]{1,30})\s(?:(?:just|only|recently|has|had|have|will)\s){0,2}\Z"
)
_BIRTHDAYS = {
    "turn": "have a birthday",
    "turned": "had a birthday",
    "turns": "has a birthday",
    "turning": "having a birthday",
}
_BIRTHDAY = re.compile(r"[Bb]irthday\b")
_ORDINAL_BEFORE = re.compile(
    r"\b(?:[0-9]{1,3}(?:st|nd|rd|th)|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth"
    r"|hundredth|eighteenth|sixteenth)\s\Z",
    re.IGNORECASE,
)
# As in "her husband, 79, lifts her" or "Joan (82) does".
_ASIDE_BEFORE = re.compile(r"\b([^\W\d_]{1,30})(\s\((?:[MF][,/\s]\s?)?|,\s)\Z")
_CLOSED_ASIDE = re.compile(r"(?:[,/\s]\s?[MF])?\)")
_KIN_WORD = re.compile(_KIN)
_GROWN = 16  # a name in brackets with a lower number is more likely a list than a child

# What follows an age that stands for a noun: "an 82-year-old who".
_CLOSED = word_set(
    """
    and as at because but by came can could did does for from had has he her his if in is it living
    on or said says she so than that the to was were when where who whose will with would
    """
)
_NEXT_WORDS = re.compile(r"\s([^\W\d_]+)(?:[\s-]([^\W\d_]+))?")


def find_ages(text: str) -> Iterator[Finding]:
    """Dates of birth, birthdays, and ages that are a number."""
    for match in _BIRTH.finditer(text):
        is_of_a_thing = match["born"] and _is_of_a_thing(text, match.start())
        if begins_word(text, match.start()) and not is_of_a_thing:
            yield Finding(Kind.BIRTH_DATE, *match.span("date"), "[date of birth]")
    yield from _years_old(text)
    yield from _aged(text)
    yield from _bare(text)
    for match in _TURNED.finditer(text):
        who = _WHO_TURNED.search(_before(text, match.start()))
        if who and who[1].lower() not in THINGS:
            yield _age(text, *match.span(), _BIRTHDAYS[match["verb"].lower()])
    for match in _BIRTHDAY.finditer(text):
        if ordinal := _ORDINAL_BEFORE.search(_before(text, match.start())):
            yield _age(text, match.start() - len(ordinal.group()), match.end(), match.group())


def _years_old(text: str) -> Iterator[Finding]:
    for match in _OLD.finditer(text):
        number = _AGE_BEFORE.search(_before(text, match.start()))
        if not number:
            continue
        start = match.start() - len(number.group())
        following = _NEXT_WORDS.match(text, match.end())
        next_words = [word.lower() for word in following.groups() if word] if following else []
        if THINGS.intersection(next_words) or _is_of_a_thing(text, start):
            continue
        stage = _stage(number["age"]) if match.group()[0] in "Yy" else _BABY
        stands_before_noun = _is_noun_ahead(next_words)
        is_told = _IS_BEFORE.search(_before(text, start)) is not None
        if not number["article"] and (is_told or match["many"]) and not stands_before_noun:
            words = stage.phrase
        else:
            words = stage.before_noun if stands_before_noun else stage.noun
            if number["article"]:
                words = f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
        yield _age(text, start, match.end(), words)


def _is_noun_ahead(next_words: list[str]) -> bool:
    """Whether the words after an age say who has it: "82-year-old woman", "76-year-old asked"."""
    if any(_KIN_WORD.fullmatch(word) for word in next_words):
        return True
    return bool(next_words) and next_words[0] not in _CLOSED and not next_words[0].endswith("ed")


def _aged(text: str) -> Iterator[Finding]:
    for match in _AGED.finditer(text):
        if not begins_word(text, match.start()):
            continue
        before = _before(text, match.start())
        at_the = _AT_THE.search(before)
        start = match.start() - len(at_the.group() if at_the else "")
        if not (_AGED_RANGE.match(text, match.end()) or _LIMIT_BEFORE.search(_before(text, start))):
            stage = _stage(match["age"]) if match["unit"] in {None, "yr", "year"} else _BABY
            yield _age(text, start, match.end(), stage.phrase)


def _bare(text: str) -> Iterator[Finding]:
    """Numbers that are ages because of the words before them."""
    last_end = 0  # of an age, which "and" may join to the next
    for match in _BARE.finditer(text):
        before = _before(text, match.start())
        is_joined = last_end > 0 and text[last_end : match.start()] == " and "
        if is_joined or _says_an_age(before) or _is_aside(text, before, match):
            last_end = match.end()
            yield _age(text, *match.span(), _stage(_number(match)).phrase)


def _number(bare: re.Match[str]) -> str:
    return bare.group().removesuffix(bare["unit"] or "")


def _says_an_age(before: str) -> bool:
    verb = _IS_BEFORE.search(before)
    return verb is not None and _SOMEBODY.search(before[: verb.start()]) is not None


def _is_aside(text: str, before: str, number: re.Match[str]) -> bool:
    aside = _ASIDE_BEFORE.search(before)
    if not aside or ("(" in aside[2] and not _CLOSED_ASIDE.match(text, number.end())):
        return False
    if "(" not in aside[2] and text[number.end() : number.end() + 1] not in ",;).":
        return False
    return _may_have_an_age(aside[1], int(_number(number)))


def _age(text: str, start: int, end: int, suggestion: str) -> Finding:
    return Finding(Kind.AGE, start, end, in_its_place(suggestion, text, start))


def _stage(age: str) -> Stage:
    if age.isdecimal():
        years = int(age)
    else:
        years = sum(_VALUES[word] for word in re.split(r"[\s-]", age.lower()))
    return next(stage for below, stage in _STAGES if years < below)


def _is_of_a_thing(text: str, start: int) -> bool:
    subject = _NOT_SOMEBODY.search(_before(text, start))
    return subject is not None and subject[1].lower() in THINGS


def _may_have_an_age(who: str, age: int) -> bool:
    if _KIN_WORD.fullmatch(who):
        return True
    return who[0].isupper() and age >= _GROWN and not (is_ordinary(who) or is_acronym(who))


def _before(text: str, position: int) -> str:
    return text[max(0, position - _NEAR) : position]
