"""Details that meet in one paragraph and together could point to a person."""

import re
from collections.abc import Iterable, Iterator

from retention_desktop.privacy.findings import Detail, Finding, Kind
from retention_desktop.privacy.words import CAPITAL, is_acronym, is_ordinary

MEETING = 3  # so many kinds of detail in one paragraph are pointed out

_LOWER = {
    Detail.AGE: "teens twenties thirties forties fifties sixties seventies eighties nineties"
    " centenarian",
    Detail.CONDITION: """
        adhd aids alcoholic alzheimer amputee anorexia aphasia arthritis asthma autism autistic
        bipolar blind bulimia cancer copd crohn deaf dementia depression diabetes diabetic disabled
        emphysema epilepsy epileptic fibrosis glaucoma haemophilia hepatitis hiv huntington
        leukaemia lupus lymphoma neurone paraplegic parkinson psychosis ptsd schizophrenia
        schizophrenic sclerosis sickle stroke tetraplegic thalassaemia tumour ulcer
    """,
    Detail.ETHNICITY: "asylum muslim refugee",
    Detail.FAMILY: """
        aunt brother brothers cousin dad daughter daughters father grandchildren granddaughter
        grandfather grandmother grandson grandsons husband mother mum nephew nephews niece nieces
        sister sisters son sons stepdaughter stepson triplet triplets twin twins uncle widow
        widowed widower wife
    """,
    Detail.WORK: "former formerly retired",
}
_CAPITAL = {
    Detail.CONDITION: "Down Korsakoff Lewy MS MND",
    Detail.ETHNICITY: """
        Afghan African Albanian Arab Arabic Asian Bangladeshi Bengali Black Bosnian Buddhist
        Bulgarian Caribbean Catholic Chinese Congolese Cypriot Czech Egyptian Eritrean Ethiopian
        Farsi Filipino French German Ghanaian Greek Gujarati Gypsy Hindu Hungarian Indian Iranian
        Iraqi Irish Italian Jamaican Japanese Jewish Kenyan Korean Kosovan Kurdish Latvian
        Lithuanian Malaysian Mirpuri Moroccan Muslim Nepali Nigerian Pakistani Polish Portuguese
        Punjabi Rastafarian Roma Romani Romanian Russian Sikh Slovak Somali Spanish Sudanese
        Sylheti Syrian Tamil Thai Traveller Turkish Ugandan Ukrainian Urdu Vietnamese Yemeni
        Zimbabwean
    """,
}
_DETAILS = {
    form: detail
    for detail, words in _LOWER.items()
    for word in words.split()
    for form in (word, word.capitalize(), word.upper())
} | {word: detail for detail, words in _CAPITAL.items() for word in words.split()}

_FORMS = frozenset(_DETAILS)

_FOUND = {
    Kind.AGE: Detail.AGE,
    Kind.BIRTH_DATE: Detail.AGE,
    Kind.ADDRESS: Detail.PLACE,
    Kind.POSTCODE: Detail.PLACE,
    Kind.HOME: Detail.PLACE,
    Kind.SCHOOL: Detail.PLACE,
}
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(rf"\b(?:in|from|near|to|outside)\s({CAPITAL})")
_PARAGRAPH = re.compile(r"[^\n]+")


def find_meetings(text: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """A finding for each paragraph in which details meet. `found` is what was found already."""
    known = [(each.start, _FOUND[each.kind]) for each in found if each.kind in _FOUND]
    place = 0
    for paragraph in _PARAGRAPH.finditer(text):
        words = paragraph.group()
        details = {_DETAILS[word] for word in _FORMS.intersection(_WORD.findall(words))}
        if _names_a_place(words):
            details.add(Detail.PLACE)
        while place < len(known) and known[place][0] < paragraph.end():
            details.add(known[place][1])
            place += 1
        if len(details) >= MEETING:
            start = paragraph.end() - len(words.lstrip())
            end = paragraph.start() + len(words.rstrip())
            yield Finding(
                Kind.INDIRECT, start, end, details=tuple(filter(details.__contains__, Detail))
            )


def _names_a_place(words: str) -> bool:
    return any(
        not (name in _FORMS or is_ordinary(name) or is_acronym(name))
        for name in _PLACE.findall(words)
    )
