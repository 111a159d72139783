"""Small pieces of wording that a screen, a summary and an error all say in the same way."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from retention_desktop.models.enums import Driver

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class DriverNames(Struct, frozen=True):
    """The two published names of a driver: as one of the six, and as the heading over its tools."""

    name: str
    heading: str


DRIVER_NAMES = {
    Driver.LEADERSHIP: DriverNames(
        "Leadership and management", "Leadership and organisational culture"
    ),
    Driver.BELONGING: DriverNames("Belonging and inclusion", "Belonging and professional identity"),
    Driver.GROWTH: DriverNames(
        "Professional growth and career development", "Professional growth and career development"
    ),
    Driver.WELLBEING: DriverNames(
        "Wellbeing and psychological safety", "Wellbeing and sustainable workload"
    ),
    Driver.FLEXIBILITY: DriverNames("Flexibility and autonomy", "Flexibility and trust"),
    Driver.RECOGNITION: DriverNames(
        "Recognition and feeling valued", "Recognition and feeling valued"
    ),
}


def long_date(day: date) -> str:
    """The date in words, such as "22 November 2026", whatever the computer's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def hours_words(hours: Decimal) -> str:
    """An amount of time in hours, such as "1 hour" or "4.5 hours"."""
    return "1 hour" if hours == 1 else f"{hours.normalize():f} hours"


def action_line(text: str, owner: str = "", due: date | None = None) -> str:
    """An agreed action as one line: "Shadow two reviews. Sam, by 31 January 2027"."""
    text, owner = text.strip(), owner.strip()
    if owner and due:
        tail = f"{owner}, by {long_date(due)}"
    else:
        tail = owner or (f"By {long_date(due)}" if due else "")
    if not tail:
        return text
    stop = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{text}{stop} {tail[0].upper()}{tail[1:]}"


def quoted(text: str) -> str:
    """The text in quotation marks, short and on one line, fit to stand in a sentence."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    return f"“{plain}”"
