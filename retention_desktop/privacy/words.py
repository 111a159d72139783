"""What a name looks like, and the many words that only look like one."""

import unicodedata

# A letter of a name; an accent may follow its letter as a sign of its own.
LETTER = r"[\w\u0300-\u036f]"
# Space between the words of a name: a new line begins something else.
SPACE = r"[^\S\n]"
# The scripts whose letters are told apart as capital and small only roughly begin after Ā.
_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-ɏΑ-ΩА-ЯḀ-ỿ]"
_REST = rf"{LETTER}*(?:['’‑-]{LETTER}+)*['’]?"
# A word with a capital: "Khan", "O'Neill", "Llewellyn-Jones", "Prŷs", "Mary's", "Weavers'".
# It begins with a set of letters, which makes a search for it fast; and it never begins within
# a word, or a long word would be read again from each of its letters.
CAPITAL = rf"{_UPPER}(?<![\w\u0300-\u036f'’‑-].){_REST}"
# The same after a title, where it may begin as "d'Souza" does.
SURNAME = rf"(?:[dl]['’])?{_UPPER}{_REST}"


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is easier to read as text."""
    return frozenset(listed.split())


# Words that begin a sentence or stand between names, and are part of none.
FUNCTION_WORDS = word_set(
    """
    a about after again all also am an and another any anyone are as asked at back be because been
    before both but by call called calls came can could day did do does during each either even
    every everyone few first followed for former from get given had has have he her here him his
    how i if in into is it its just last later let like many may met more most moved much my near
    need needs neither next no nobody nor not nothing now of off often on once one only or our out
    over person perhaps please rang same saw say says see several she should since so some someone
    soon spent spoke staff still such than that the their them then there these they this those
    though through to today together told tomorrow too transferred two until up us visit visited
    visits was we went were what when where whether which while who whom whose why will with would
    yes yesterday yet you your
    dr mr mrs ms mx miss prof professor
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february april june july august september october november december
    easter christmas ramadan eid diwali spring summer autumn winter
    """
)

# Words that describe a home, a ward or a job without naming it.
GENERIC_WORDS = word_set(
    """
    academy accident accommodation acute admission admissions adult adults agency ambulance
    annual appointment appointments area art assessment assistant associate attorney bed best
    better big birth board boarding bowel brain british building business busy car care career
    carer carers case cataract central centre certain chief child children childrens church city
    civil clinical college commissioning commons community consultant corner cottage council
    country county court crown daily day delivery digital deaf dementia dental department deputy
    development director discharge district doctor drama driving duty eating elderly elective
    emergency england english evening eye extra family farm field final finance full further
    general good government gp grammar group guest half halfway head health heart high higher
    hip home hospital hot hotel house housing human ill improvement independent infant
    information inner innovation inpatient intensive intermediate junior key kind knee language
    law lead leader leadership learning letter letters level local long low lower magistrates
    main major management manager managers maternity medical medicine meeting mayor mayoress
    mental middle minor mixed model modern music name national neighbouring neurology new news
    night north northern note notes nurse nurses nursery nursing occupational old older open
    opera other outpatient outpatients outreach own paediatric parish park partnership pass
    performance physical placement plan plastic police policy practice practitioner primary
    prison private project public quality quiet reablement recovery reflective registered rehab
    rehabilitation research residential respite restaurant retail review road role round royal
    rural safe safeguarding school secondary section senior service services sheltered short
    side single sister skills small social south southern special specialist standard state
    station stroke student study summer supervision supervisor superior support surgery surgical
    swimming teaching team teams technical temporary tenant theatre therapist therapy town
    training treatment trust uk unit university upper urgent usual various village virtual
    vocational wales ward wards warm welcome wellbeing west western white whole women womens
    work worker workers working workshop young youth excel facebook google microsoft outlook
    powerpoint sharepoint whatsapp word zoom bank black
    """
)

# What has an age and is no person.
THINGS = word_set(
    """
    agreement agreements boiler building buildings bus carpet car cars case charity company
    computer computers contract data equipment flat form forms framework group guidance hoist home
    hospital house it laptop laptops law laws office organisation phone plan plans policies policy
    practice printer problem problems procedure programme project record records report reports
    review rota school service services software system systems team teams template templates
    unit ward wheelchair
    """
)


def plain(text: str) -> str:
    """The text as it is compared: without capitals, accents and a possessive ending."""
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in split if not unicodedata.combining(c)).replace("’", "'")
    return " ".join(text.casefold().split()).removesuffix("'s").removesuffix("'")


def is_ordinary(word: str) -> bool:
    """Whether a word with a capital names nothing by itself."""
    folded = plain(word)
    return folded in FUNCTION_WORDS or folded in GENERIC_WORDS


def is_acronym(word: str) -> bool:
    """Whether it is written in capitals alone, such as NHS."""
    return len(word) > 1 and word.isupper()


def begins_word(text: str, position: int) -> bool:
    """Whether no letter and no digit stands before it."""
    return position == 0 or not text[position - 1].isalnum()


def begins_sentence(text: str, position: int) -> bool:
    """Whether what stands there is the first word of a sentence or of a line."""
    before = text[max(0, position - 8) : position].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?…\n:•"


def in_its_place(suggestion: str, text: str, start: int) -> str:
    """The suggestion with a capital where it begins a sentence."""
    if begins_sentence(text, start) and text[start].isupper():
        return suggestion[0].upper() + suggestion[1:]
    return suggestion
