"""What the journal's screens say of a search, of days, and of why records belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.queries import Doubt, Meaning, Unclear
from retention_desktop.journal.related import Related
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.drivers import DRIVER_SHORT_NAMES


def meaning_words(meaning: Meaning, titles: Mapping[str, str], only: str) -> str:
    """How a search was understood, in sentences; "" where plain words are all there is.

    `only` is the sentence that takes the {parts} which narrow it.
    """
    if meaning.wanted is None:
        said = [_("These words exclude one another, so nothing can fit.")]
    else:
        parts = ", ".join(_narrowing_parts(meaning.wanted, titles))
        said = [only.format(parts=parts)] if parts else []
    said += map(unclear_words, meaning.unclear)
    return " ".join(said)


def unclear_words(unclear: Unclear) -> str:
    """Why something that was typed does not narrow the search."""
    typed = f"{unclear.key}:{unclear.value}"
    if unclear.doubt is Doubt.NO_SUCH_KEY:
        sentence = _("We look for “{typed}” as it stands; it does not narrow the search.")
    elif unclear.doubt is Doubt.SEVERAL:
        sentence = _("More than one fits “{typed}”. Write on, or choose one.")
    elif unclear.doubt is Doubt.NO_DAY:
        sentence = _("“{typed}” names no day. Write 2026-11-01, 2026-11 or last month.")
    elif unclear.doubt is Doubt.EMPTY:
        sentence = _("Write on directly after “{typed}”, or choose from the list.")
    else:
        sentence = _(
            "Nothing in your journal fits “{typed}”, so it narrows nothing. "
            'Put a name of several words in quotation marks, as in {key}:"two words".'
        )
    return sentence.format(typed=typed, key=unclear.key)


def _narrowing_parts(wanted: Filter, titles: Mapping[str, str]) -> Iterator[str]:
    if wanted.person is not None:
        yield _("with {person}").format(person=wanted.person)
    if wanted.tool is not None:
        yield _("made with “{title}”").format(title=titles.get(wanted.tool, wanted.tool))
    if wanted.driver is not None:
        yield _("about “{name}”").format(name=DRIVER_SHORT_NAMES[wanted.driver])
    for tag in wanted.tags:
        yield _("with the tag “{tag}”").format(tag=tag)
    if wanted.since is not None:
        yield _("from {day}").format(day=long_date(wanted.since))
    if wanted.until is not None:
        yield _("until {day}").format(day=long_date(wanted.until))


def month_name(day: date) -> str:
    """ "November 2026"."""
    return long_date(day).partition(" ")[2]


def month_words(month: date, days: Mapping[date, int]) -> str:
    """What was written when in a month: "Written in November 2026 on the days 3, 8 and 20."."""
    name = month_name(month)
    numbers = [str(day.day) for day in sorted(days)]
    if not numbers:
        return _("Nothing was written in {month}.").format(month=name)
    count = sum(days.values())
    if count == 1:
        return _("1 record in {month}, on day {day}.").format(month=name, day=numbers[0])
    if len(numbers) == 1:
        return _("{count} records in {month}, all on day {day}.").format(
            count=count, month=name, day=numbers[0]
        )
    return _("{count} records in {month}, on the days {days}.").format(
        count=count, month=name, days=_listed(numbers)
    )


def day_words(day: date, count: int) -> str:
    """One day of the calendar, for a screen reader: "3 November 2026, 2 records"."""
    if not count:
        return _("{day}, nothing written").format(day=long_date(day))
    if count == 1:
        return _("{day}, 1 record").format(day=long_date(day))
    return _("{day}, {count} records").format(day=long_date(day), count=count)


def why_related(related: Related) -> str:
    """What two records share."""
    parts = []
    if related.tags:
        parts.append(_("Same tags: {tags}").format(tags=", ".join(related.tags)))
    if related.words:
        words = ", ".join(f"“{word}”" for word in related.words)
        parts.append(_("Both mention {words}").format(words=words))
    return ". ".join(parts) or _("Same driver")


def _listed(texts: Sequence[str]) -> str:
    return _("{first} and {last}").format(first=", ".join(texts[:-1]), last=texts[-1])
