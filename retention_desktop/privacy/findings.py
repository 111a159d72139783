"""What the check tells: where something stands that could identify a person, and other words."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What was found. Where two kinds fit the same words, the one that stands first here wins."""

    NHS_NUMBER = "nhs-number"
    NI_NUMBER = "ni-number"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth-date"
    NAME = "name"
    AGE = "age"
    ADDRESS = "address"
    HOSPITAL = "hospital"
    WARD = "ward"
    SURGERY = "surgery"
    SCHOOL = "school"
    HOME = "home"
    CASE_NUMBER = "case-number"
    OWN_WORD = "own-word"
    INDIRECT = "indirect"


class Detail(StrEnum):
    """What alone points to nobody, and together with others might."""

    AGE = "age"
    CONDITION = "condition"
    PLACE = "place"
    ETHNICITY = "ethnicity"
    FAMILY = "family"
    WORK = "work"


class Finding(Struct, frozen=True):
    """A place in a text, from `start` up to `end`, what it is, and what could stand there instead.

    An indirect finding is a whole paragraph. It has no suggestion, and names the details that meet.
    """

    kind: Kind
    start: int
    end: int
    suggestion: str = ""
    details: tuple[Detail, ...] = ()
