"""What somebody types to find records: plain words, and a few that narrow, such as tag:team."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from retention_desktop.journal.filtering import ALL, EARLIEST, Filter, narrowed
from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.wording import DRIVER_NAMES

T = TypeVar("T")


class Key(StrEnum):
    """The words that narrow, as they are typed before a colon."""

    PERSON = "person"
    TOOL = "tool"
    DRIVER = "driver"
    TAG = "tag"
    BEFORE = "before"
    AFTER = "after"


DAY_KEYS = (Key.BEFORE, Key.AFTER)

# Beside these, a day is a date such as 2026-11-01 or 1/11/2026, a month 2026-11 or a year 2026.
PERIODS = (
    "today",
    "yesterday",
    "this week",
    "last week",
    "this month",
    "last month",
    "this year",
    "last year",
)


class Term(Struct, frozen=True):
    """One word that narrows: `tag:team`. The value is "" where nothing follows the colon."""

    key: Key
    value: str


class Query(Struct, frozen=True):
    """What was typed, taken apart: what narrows, and the words to look for, each in their order.

    `goes_on` where the last word may still grow, because nothing stands after it.
    """

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    goes_on: bool = False


class Known(Struct, frozen=True):
    """What there is to name: tools as (id, title), people by alias, tags."""

    tools: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


_NOTHING = Known()


class Doubt(StrEnum):
    """Why something that was typed does not narrow."""

    NO_SUCH_KEY = "no such key"  # a word such as `colour:red`, which is looked for as it stands
    EMPTY = "empty"  # nothing follows the colon
    UNKNOWN = "unknown"  # nothing is called so
    SEVERAL = "several"  # more than one thing begins so
    NO_DAY = "no day"  # it names no day, month or year


class Unclear(Struct, frozen=True):
    """Something that was typed and does not narrow: the word before its colon, and what follows."""

    doubt: Doubt
    key: str
    value: str


class Meaning(Struct, frozen=True):
    """What a query asks for: `wanted` is None where its parts exclude one another."""

    wanted: Filter | None
    words: tuple[str, ...]
    unclear: tuple[Unclear, ...]


_KEYS = "|".join(Key)
_PIECE = re.compile(
    rf"""
    (?P<day_key>{"|".join(DAY_KEYS)}):(?P<period>(?:this|last)\s+(?:week|month|year))(?!\S)
    | (?P<key>{_KEYS}):(?:"(?P<quoted>(?:[^"]|"")*)(?:"|\Z)|(?P<plain>\S*))
    | (?P<word>\S+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"\S+")
_NEEDS_NO_QUOTES = re.compile(r"(?!(?:this|last)\Z)[\w/-]+", re.IGNORECASE)
_LIKE_A_TERM = re.compile(r"([^\W\d_]{2,}):(\S*)")


def parse_query(text: str, known: Known = _NOTHING) -> Query:
    """What was typed, taken apart. Every text is a query; what it holds is judged later.

    A name of several words that is known needs no quotation marks.
    """
    terms: list[Term] = []
    words: list[str] = []
    goes_on = False
    place = 0
    while piece := _PIECE.search(text, place):
        place = piece.end()
        goes_on = piece["word"] is not None and place == len(text)
        if piece["word"] is not None:
            words.append(piece["word"])
            continue
        term = _term(piece)
        if piece["plain"]:
            place = _end_of_name(text, piece.start("plain"), _names(term.key, known)) or place
            term = Term(term.key, " ".join(text[piece.start("plain") : place].split()))
        terms.append(term)
    return Query(tuple(terms), tuple(words), goes_on)


def print_query(query: Query) -> str:
    """The query as text that `parse_query` reads as the same query."""
    text = " ".join((*map(print_term, query.terms), *query.words))
    return f"{text} " if query.words and not query.goes_on else text


def print_term(term: Term) -> str:
    """The term as it is typed, with quotation marks where it needs them."""
    if _NEEDS_NO_QUOTES.fullmatch(term.value):
        return f"{term.key}:{term.value}"
    doubled = term.value.replace('"', '""')
    return f'{term.key}:"{doubled}"'


def understand(query: Query, known: Known, today: date) -> Meaning:
    """What the query asks for, among what is known; what is not clear narrows nothing."""
    wanted: Filter | None = ALL
    unclear: list[Unclear] = []
    for term in query.terms:
        found = _filter_of(term, known, today)
        if isinstance(found, Doubt):
            unclear.append(Unclear(found, term.key, term.value))
        elif wanted is not None:
            wanted = narrowed(wanted, found)
    likes = filter(None, map(_LIKE_A_TERM.fullmatch, query.words))
    unclear += (Unclear(Doubt.NO_SUCH_KEY, like[1], like[2]) for like in likes)
    return Meaning(wanted, query.words, tuple(unclear))


def read_period(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of what was typed: a day, week, month or year; None if none."""
    text = " ".join(text.lower().split())
    if text in ("today", "yesterday"):
        day = today - timedelta(days=text == "yesterday")
        return day, day
    if found := re.fullmatch("(this|last) (week|month|year)", text):
        return _around(today, found[2], before=found[1] == "last")
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _days(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return _days(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text):
        return _days(int(found[1]), int(found[2]) if found[2] else None)
    return None


def _term(piece: re.Match[str]) -> Term:
    key = Key((piece["key"] or piece["day_key"]).lower())
    if piece["quoted"] is not None:
        value = piece["quoted"].replace('""', '"')
    else:
        value = piece["plain"] or piece["period"] or ""
    return Term(key, " ".join(value.split()))


def _end_of_name(text: str, start: int, names: Iterable[str]) -> int | None:
    """Where the longest of the names ends that the words from here on spell out, if one does."""
    words = list(_WORD.finditer(text, start))
    typed = [word[0].casefold() for word in words]
    spelt = (name.casefold().split() for name in names)
    longest = max((len(each) for each in spelt if each == typed[: len(each)]), default=0)
    return words[longest - 1].end() if longest else None


def _names(key: Key, known: Known) -> tuple[str, ...]:
    match key:
        case Key.PERSON:
            return known.people
        case Key.TOOL:
            return tuple(title for _tool_id, title in known.tools)
        case Key.TAG:
            return known.tags
    return ()


def _filter_of(term: Term, known: Known, today: date) -> Filter | Doubt:
    if not term.value:
        return Doubt.EMPTY
    match term.key:
        case Key.PERSON:
            return _one(term.value, known.people, str, lambda alias: Filter(person=alias))
        case Key.TAG:
            return _one(term.value, known.tags, str, lambda tag: Filter(tags=(tag,)))
        case Key.TOOL:
            return _one(
                term.value, known.tools, lambda tool: tool[1], lambda tool: Filter(tool=tool[0])
            )
        case Key.DRIVER:
            by_value = next((each for each in Driver if each == term.value.lower()), None)
            if by_value is not None:
                return Filter(driver=by_value)
            return _one(
                term.value,
                Driver,
                lambda driver: DRIVER_NAMES[driver].name,
                lambda driver: Filter(driver=driver),
            )
        case Key.BEFORE | Key.AFTER:
            period = read_period(term.value, today)
            if period is None:
                return Doubt.NO_DAY
            first, last = period
            if term.key is Key.BEFORE:
                return Filter(until=first - timedelta(days=1))
            return Filter(since=last + timedelta(days=1))


def _one(
    value: str,
    among: Iterable[T],
    name_of: Callable[[T], str],
    filter_of: Callable[[T], Filter],
) -> Filter | Doubt:
    """The one that is called so, or whose name alone begins so."""
    wanted = value.casefold()
    names = [(name_of(each).casefold(), each) for each in among]
    for fitting in (
        [each for name, each in names if name == wanted],
        [each for name, each in names if name.startswith(wanted)],
        [each for name, each in names if f" {wanted}" in name],
    ):
        if len(fitting) == 1:
            return filter_of(fitting[0])
        if fitting:
            return Doubt.SEVERAL
    return Doubt.UNKNOWN


def _around(today: date, unit: str, *, before: bool) -> tuple[date, date]:
    """The week, month or year that today is in, or the one before it."""
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * before)
        return first, first + timedelta(days=6)
    if unit == "year":
        return date(today.year - before, 1, 1), date(today.year - before, 12, 31)
    inside = today.replace(day=1) - timedelta(days=before)
    first = inside.replace(day=1)
    return first, _next_month(first) - timedelta(days=1)


def _days(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date] | None:
    """The days of a year, of a month or of a day, where there are such; records have none else."""
    if not EARLIEST.year <= year < 3000:
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return first, date(year, 12, 31)
    return first, first if day is not None else _next_month(first) - timedelta(days=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
