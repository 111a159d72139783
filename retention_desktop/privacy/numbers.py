"""Numbers and addresses with a fixed form: NHS, National Insurance, post, telephone, e-mail, case.

Every expression here looks at each character a bounded number of times, whatever the text.
"""

import re
from collections.abc import Iterator

from stdnum.gb import nhs

from retention_desktop.privacy.findings import Finding, Kind
from retention_desktop.privacy.words import word_set

_GAP = r"[ \t\u00a0\u2009\u202f\u2010-\u2013-]"

_NHS = re.compile(
    rf"[0-9]{{3}}(?<![0-9]{{4}}){_GAP}{{0,3}}[0-9]{{3}}{_GAP}{{0,3}}[0-9]{{4}}(?![0-9])"
)
# Scotland and Northern Ireland have numbers of the same form under other names.
_NHS_LABEL = re.compile(
    r"\b(?:NHS|CHI|H&C)(?:\s{1,2}(?:number|no|num))?\W{0,4}(?:(?:is|was)\W{1,2})?\Z",
    re.IGNORECASE,
)

_NI = re.compile(
    r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]"
    rf"(?:{_GAP}?[0-9]{{2}}){{3}}{_GAP}?[A-Da-d](?![A-Za-z0-9])"
)
_NEVER_NI = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:([A-Za-z]{1,2})[0-9][0-9A-Za-z]?\s{0,2}"
    r"[0-9]([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})|BFPO\s?[0-9]{1,4})(?![A-Za-z0-9])"
)
_AREAS = word_set(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
    EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL
    LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM
    SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """
)
_ORDINALS = frozenset({"st", "nd", "rd", "th"})

_JOIN = r"[ \t\u00a0().\u2010-\u2013-]{0,3}"
_EXTENSION = r"(?:,?\s{0,2}(?:[Ee]xt(?:n|ension)?\.?|x)\s{0,2}[0-9]{1,6}(?![0-9]))?"
_ABROAD = re.compile(
    rf"(?:\+|00(?<![\w+.,/-]00))[1-9](?:{_JOIN}[0-9]){{8,13}}(?![0-9]){_EXTENSION}"
)
_INLAND = re.compile(
    rf"0(?<![\w+.,/-]0)([1-357-9][0-9](?:{_JOIN}[0-9]){{7,8}})(?![0-9]){_EXTENSION}"
)
_USUAL_LENGTH = 10  # after the 0
_SHORTER = ("1", "800", "500")  # these may have one digit less
_LOCAL_PHONE = re.compile(
    r"(?:Tel|tel|Telephone|telephone|Phone|phone|Mobile|mobile|Landline|landline|Fax|fax)\b\.?"
    r"(?:\s{1,2}(?:number|no)\b)?\.?[\s:]{1,3}(?:is\s)?([0-9]{3}[ -]?[0-9]{3,5})(?![0-9])"
)

_EMAIL = re.compile(r"(?<![\w.+-])\w[\w.+'’-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")

_NUMBERED = re.compile(
    r"(?<![\w/-])(?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9]{1,14}(?:[/-][A-Za-z0-9]{1,14}){0,4}(?![\w/-])"
)
_CASE_LABEL = re.compile(
    r"\b(?:(?:our|your|my|the)\s)?(?:case|client|file|person|patient|record|referral|incident"
    r"|complaint|crime|safeguarding|hospital|registration|membership|LAS|AIS|LL|MRN|mosaic"
    r"|liquid\s?logic|care\s?first|care\s?director|framework-?i|systm\s?one|rio|emis|paris|eclipse"
    r"|datix|ulysses|NMC|HCPC|SWE|pin|ref(?:erence)?|(?P<any>number|no|id))"
    r"(?P<said>(?:\.?\s{0,2}\b(?:case|file|record|ref(?:erence)?|number|num|no|id|pin)\b){0,2})"
    r"(?P<mark>[\s.:#=(–-]{1,4})(?:(?:is|was)\s{1,2})?\Z",
    re.IGNORECASE,
)
_CASE_ALONE = re.compile(r"[A-Z]{2,4}[-/][0-9A-Z/-]+|[A-Z]{1,3}[0-9]{6,9}")
_DATE = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_LABEL_LENGTH = 40


def find_numbers(text: str) -> Iterator[Finding]:
    """Numbers that belong to one person or place, and e-mail addresses."""
    yield from _nhs_numbers(text)
    yield from _ni_numbers(text)
    yield from _postcodes(text)
    yield from _phones(text)
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Finding(Kind.EMAIL, *match.span(), "[e-mail address]")
    yield from _case_numbers(text)


def _nhs_numbers(text: str) -> Iterator[Finding]:
    for match in _NHS.finditer(text):
        digits = _digits(match.group())
        # With its name before it, a number was meant even when a digit is wrong.
        if nhs.is_valid(digits) or _NHS_LABEL.search(_before(text, match.start())):
            yield Finding(Kind.NHS_NUMBER, *match.span(), "[NHS number]")


def _ni_numbers(text: str) -> Iterator[Finding]:
    for match in _NI.finditer(text):
        if match.group()[:2].upper() not in _NEVER_NI:
            yield Finding(Kind.NI_NUMBER, *match.span(), "[National Insurance number]")


def _postcodes(text: str) -> Iterator[Finding]:
    for match in _POSTCODE.finditer(text):
        area, last = match.groups()
        if area is None or (area.upper() in _AREAS and last not in _ORDINALS):
            yield Finding(Kind.POSTCODE, *match.span(), "[postcode]")


def _phones(text: str) -> Iterator[Finding]:
    for match in _ABROAD.finditer(text):
        yield Finding(Kind.PHONE, *match.span(), "[phone number]")
    for match in _INLAND.finditer(text):
        number = _digits(match[1])
        if len(number) == _USUAL_LENGTH or number.startswith(_SHORTER):
            opened = ")" in match.group() and text[match.start() - 1 : match.start()] == "("
            yield Finding(Kind.PHONE, match.start() - opened, match.end(), "[phone number]")
    for match in _LOCAL_PHONE.finditer(text):
        yield Finding(Kind.PHONE, *match.span(1), "[phone number]")


def _case_numbers(text: str) -> Iterator[Finding]:
    for match in _NUMBERED.finditer(text):
        number = match.group()
        digits = len(_digits(number))
        if digits < 4 or _DATE.fullmatch(number):
            continue
        label = _CASE_LABEL.search(_before(text, match.start()))
        if label:
            is_said = bool(label["said"]) or label["mark"].strip(" .")
            is_one = digits > (5 if label["any"] else 4) or (is_said and not label["any"])
        else:
            is_one = digits > 4 and _CASE_ALONE.fullmatch(number) is not None
        if is_one:
            yield Finding(Kind.CASE_NUMBER, *match.span(), "[reference number]")


def _digits(text: str) -> str:
    return "".join(c for c in text if "0" <= c <= "9")


def _before(text: str, position: int) -> str:
    return text[max(0, position - _LABEL_LENGTH) : position]
