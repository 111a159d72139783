"""Names beside a title, beside a word for kin, or after "called"."""

import re
from collections.abc import Iterator

from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.words import (
    CAPITAL,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    LETTER,
    SPACE,
    SURNAME,
    begins_word,
    is_acronym,
    is_ordinary,
    plain,
    word_set,
)

_PARTICLE = (
    r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|al|el|bin|binti|ibn|ben|ap|ab|ferch|ó|ní"
    r"|st|ter|ten)\b"
)
_SURE = r"Mrs?|MRS?|Ms|Mx|Drs?|DR|Prof|Professor|Cllr|Councillor|Revd?|Reverend"
_OTHER = (
    r"Miss|MISS|Sister|Nurse|Matron|Father|Fr|Mother|Pastor|Canon|Imam|Rabbi|Sir|Lady|Lord|Dame"
    r"|Judge|Inspector|Sergeant|Sgt|PC|Aunt|Auntie|Aunty|Uncle|Madam"
)
_TITLE = rf"(?:{_SURE}|{_OTHER})\b\.?"
_SURE_TITLE = re.compile(rf"(?:{_SURE})\b")
_SURNAMES = frozenset({"day", "friday", "march", "may", "more", "spring", "summer", "winter"})
_TITLED = re.compile(
    rf"(?P<title>{_TITLE}(?:(?:{SPACE}{{1,2}}(?:and|&|or){SPACE}{{1,2}}|/){_TITLE})?)"
    rf"(?:{SPACE}{{1,2}}|\n|(?<=\.))"
    rf"(?P<name>(?:{_PARTICLE}[\s-]){{0,3}}{SURNAME}"
    rf"(?:(?:(?<=\s[A-Z])\.)?{SPACE}(?:{_PARTICLE}{SPACE}){{0,2}}{SURNAME}){{0,3}})"
)
_LOWER = re.compile(
    rf"(?:mr\sand\smrs|mrs?|dr|cllr|prof)\b\.?\s{{1,2}}(?P<name>(?:{_PARTICLE}\s){{0,2}}"
    rf"[^\W\d_]{LETTER}*(?:['’-]{LETTER}+)*)"
)
_NOT_AFTER_LOWER = word_set(
    "agrees agreed asks asked did do feels felt knows left needed rang says thinks told wants"
    " wanted went wrote who"
)
_KIN = (
    "daughter|son|wife|husband|brother|sister|mother|father|mum|dad|niece|nephew|aunt|uncle|twin"
    "|grandson|granddaughter|grandmother|grandfather|grandma|grandpa|grandad|nan|gran|cousin"
)
_FAMILY = re.compile(
    # Ignoring the case here would make the search four times as slow.
    rf"(?:{_KIN}|{'|'.join(map(str.capitalize, _KIN.split('|')))}"
    r"|partner|friend|neighbour|colleague|carer)(?:-in-law)?,?\s"
    rf"(?:(?:who\s)?(?:is\s)?(?:called|named)\s)?(?P<name>{CAPITAL}(?:{SPACE}{CAPITAL})?)"
)
_CALLED = re.compile(
    r"(?:name\s(?:is|was)|(?:man|woman|lady|gentleman|girl|boy|person|somebody|someone|resident"
    r"|client|nurse|worker|doctor|neighbour)\s(?:called|named|known\sas))"
    rf"\s(?P<name>{CAPITAL}(?:{SPACE}{CAPITAL})?)"
)
_WORD = re.compile(r"\S+")


def find_names(text: str) -> Iterator[Finding]:
    """Names of people. What to say instead needs all texts that belong together: see `Letters`."""
    yield from _titled(text)
    for match in _LOWER.finditer(text):
        last = plain(match["name"].split()[-1])
        is_name = last not in FUNCTION_WORDS | GENERIC_WORDS | _NOT_AFTER_LOWER
        if is_name and begins_word(text, match.start()):
            yield Finding(Kind.NAME, match.start(), _without_ending(text, match.end()))
    for pattern in (_FAMILY, _CALLED):
        for match in pattern.finditer(text):
            start = match.start("name")
            end = _end_of_name(text, start, match.end())
            if end and begins_word(text, match.start()) and not is_acronym(text[start:end]):
                yield Finding(Kind.NAME, start, end)


def _titled(text: str) -> Iterator[Finding]:
    position = 0
    while match := _TITLED.search(text, position):
        is_sure = _SURE_TITLE.match(match["title"]) is not None
        end = _end_of_name(text, *match.span("name"), after_title=is_sure)
        if end and begins_word(text, match.start()):
            yield Finding(Kind.NAME, match.start(), end)
        # What was no part of the name may be the next title: "Mrs Khan's GP Dr Lee".
        position = end or match.end("title")


def _end_of_name(text: str, start: int, end: int, *, after_title: bool = False) -> int:
    """Where the name ends; 0 when it begins with a word that is none.

    After a title such as "Mrs" a word is a name even if it is ordinary elsewhere: "Mrs Young".
    """
    name_end = 0
    for word in _WORD.finditer(text, start, end):
        if after_title and not name_end:
            is_name = _is_initial(word.group()) or (
                plain(word.group()) not in FUNCTION_WORDS - _SURNAMES
            )
        else:
            is_name = not is_ordinary(word.group())
        if not is_name or (name_end and is_acronym(word.group().strip("."))):
            break
        name_end = word.end()
        if word.group().endswith(("'s", "’s")):
            break
    return _without_ending(text, name_end) if name_end else 0


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _without_ending(text: str, end: int) -> int:
    """The end of a name without its full stop, its "’s" or its apostrophe."""
    while text[end - 1] == ".":
        end -= 1
    if text[end - 2 : end] in {"'s", "’s"}:
        return end - 2
    return end - 1 if text[end - 1] in "'’" else end
