"""Everything that is held about one person, for somebody who asks to see it: to read, and as JSON.

Nothing is chosen and nothing left out, whoever it was meant for.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import msgspec

from retention_desktop.models.enums import ActionKind, ActionState, Audience, Form, WayOut
from retention_desktop.models.views import (
    Action,
    ActionHead,
    Everything,
    Record,
)
from retention_desktop.sharing.looks import HEADING, look_blocks
from retention_desktop.sharing.saving import save_file
from retention_desktop.sharing.summary import LOOKS, Section, Summary, all_parts, summarise
from retention_desktop.toolkit.blocks import Bullets, Grid, Paragraph
from retention_desktop.toolkit.wording import long_date

STATE_WORDS = {
    ActionState.OPEN: "Open",
    ActionState.DONE: "Done",
    ActionState.CHANGED: "Changed",
    ActionState.LET_GO: "Let go",
}
KIND_WORDS = {
    ActionKind.TRY: "To try",
    ActionKind.DEVELOPMENT: "Development",
    ActionKind.SUPPORT: "Support",
    ActionKind.ADJUSTMENT: "Adjustment",
    ActionKind.ESCALATION: "Escalation",
}
WAY_WORDS = {
    WayOut.PDF: "PDF",
    WayOut.DOCUMENT: "Document",
    WayOut.MARKDOWN: "Plain text",
    WayOut.CARD: "Card",
    WayOut.PRINT: "Printed",
    WayOut.CLIPBOARD: "Copied",
    WayOut.TRANSFER: "Transfer file",
}
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_INTERVALS = {1: "day", 7: "week", 91: "three months", 182: "six months"}
_INTERVALS |= dict.fromkeys((364, 365, 366), "year")

_FORMS = {
    Form.REVIEW: "A later look",
    Form.ENDING: "How an action ended",
    Form.LATER: "Another date for an action",
    Form.EDIT: "A change to an action",
    Form.NEW_ACTION: "A new action",
    Form.DETAILS: "Details of the person",
    Form.NEW_PERSON: "A new person",
    Form.SUMMARY: "A summary to be shared",
}
_FIELDS = {  # of forms, where somebody types
    "changed": "What changed",
    "for_whom": "For whom",
    "why": "Why",
    "day": "On",
    "text": "Agreed",
    "owner": "Whose",
    "due": "By when",
    "person": "With",
    "alias": "Alias",
    "role": "Role",
    "profession": "Profession",
    "working_pattern": "Working pattern",
    "introduction": "Before it",
    "copies": "In other words",
    "statement": "After it",
}

# Each part is meant for the person who asks, whoever it was written for.
_FOR = Audience.SHARED


def interval_words(days: int) -> str:
    """How often, in words: "every day", "every four weeks", "every six months"."""
    if days in _INTERVALS:
        return f"every {_INTERVALS[days]}"
    count, unit = (days, "days") if days % 7 else (days // 7, "weeks")
    number = _NUMBERS[count - 2] if count - 2 < len(_NUMBERS) else str(count)
    return f"every {number} {unit}"


def held_words(everything: Everything) -> str:
    """What there is, counted: "3 records (1 is a draft), 5 actions and 2 reviews"."""
    records = everything.records
    drafts = sum(record.head.finished is None for record in records)
    in_bin = len(everything.in_bin)
    notes = [
        f"{count} {one if count == 1 else several}"
        for count, one, several in (
            (drafts, "is a draft", "are drafts"),
            (in_bin, "is in the bin", "are in the bin"),
        )
        if count
    ]
    actions = len(everything.actions) + sum(len(each.actions) for each in records)
    reviews = len(everything.reviews) + sum(len(each.reviews) for each in records)
    note = f" ({', '.join(notes)})" if notes else ""
    return (
        f"{_counted(len(records), 'record')}{note}, {_counted(actions, 'action')} "
        f"and {_counted(reviews, 'review')}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def summarise_person(
    everything: Everything, today: date, tz: tzinfo | None = None
) -> tuple[Summary, ...]:
    """Everything as pages to read: who it is about, each record, then what stands in no record.

    Days are those of `tz`, or of this computer.
    """
    person = everything.person
    first = Summary(
        title="Everything held about one person",
        when=f"Gathered on {long_date(today)}",
        person=person.alias,
        sections=tuple(_about(everything, tz)),
        review="",
    )
    return (
        first,
        *(_whole(each, everything.in_bin.get(each.head.id), tz) for each in everything.records),
        *_by_hand(everything, tz),
        *_begun(everything, tz),
        *_left(everything, tz),
    )


def person_json(everything: Everything, today: date) -> bytes:
    """Everything as JSON that a person can read, too: all that the journal keeps, by its names."""
    content = {"gathered": today, "held": everything}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def write_person_json(everything: Everything, today: date, target: Path) -> None:
    """Write that JSON to `target`; raises as `save_file` does."""
    save_file(person_json(everything, today), target)


def _about(everything: Everything, tz: tzinfo | None) -> Iterator[Section]:
    yield Section("person", "Who this is about", _FOR, (Bullets(tuple(_known(everything, tz))),))
    yield Section(
        "held",
        "What follows",
        _FOR,
        (
            Paragraph(
                f"{held_words(everything)}. Each record follows whole, the oldest first, with "
                "private answers and drafts."
            ),
            Paragraph(
                "A journal keeps aliases, not names. Other records may mention this person in "
                "passing; those are not part of this."
            ),
        ),
    )


def _known(everything: Everything, tz: tzinfo | None) -> Iterator[str]:
    person = everything.person
    yield f"Alias: {person.alias}"
    for name, text in (
        ("Role", person.role),
        ("Profession", person.profession),
        ("Working pattern", person.working_pattern),
    ):
        if text:
            yield f"{name}: {text}"
    if person.meet_every is not None:
        yield f"Agreed: to meet {interval_words(person.meet_every)}"
    if person.last_met is not None:
        yield f"Last met on {long_date(person.last_met)}"
    yield f"In this journal since {_day(person.created, tz)}"


def _whole(record: Record, binned: datetime | None, tz: tzinfo | None) -> Summary:
    """Every part of a record, and what became of it since; `binned` if it lies in the bin."""
    summary = summarise(record, all_parts(record), tz)
    later = (
        *_actions("Where each action stands", record.actions, tz),
        *_tags(record.tags),
        *_in_bin(binned, tz),
    )
    return msgspec.structs.replace(summary, sections=(*summary.sections, *later))


def _by_hand(everything: Everything, tz: tzinfo | None) -> Iterator[Summary]:
    """What was agreed outside any record."""
    if not everything.actions:
        return
    texts = {action.id: action.text for action in everything.actions}
    looks = look_blocks(everything.reviews, texts, tz)
    yield Summary(
        title="Agreed outside any record",
        when="",
        person=everything.person.alias,
        sections=(
            *_actions("Where each action stands", everything.actions, tz),
            *([Section(LOOKS, HEADING, _FOR, looks)] if looks else []),
        ),
        review="",
    )


def _begun(everything: Everything, tz: tzinfo | None) -> Iterator[Summary]:
    """What somebody began to write about them, and did not keep yet."""
    titles = {each.head.id: each.head.title for each in everything.records}
    texts = {each.id: each.text for record in everything.records for each in record.actions}
    texts |= {each.id: each.text for each in everything.actions}
    rows = tuple(
        (
            _day(begun.written, tz),
            _FORMS[begun.place.form],
            titles.get(begun.place.record_id or 0) or texts.get(begun.place.action_id or 0, ""),
            "\n".join(f"{_FIELDS[n]}: {w}" for n, w in begun.words.items() if w and n in _FIELDS),
        )
        for begun in everything.begun
    )
    if rows:
        grid = Grid(("Day", "Where", "About", "Words so far"), rows)
        yield Summary(
            title="Begun, and not kept yet",
            when="",
            person=everything.person.alias,
            sections=(Section("begun", "What was begun", _FOR, (grid,)),),
            review="",
        )


def _left(everything: Everything, tz: tzinfo | None) -> Iterator[Summary]:
    """What has left the journal about them, and for whom."""
    rows = tuple(
        (_day(each.at, tz), WAY_WORDS[each.way], each.for_whom, "\n".join(each.parts))
        for each in everything.disclosures
    )
    if rows:
        grid = Grid(("Day", "How", "For whom", "What was in it"), rows)
        yield Summary(
            title="What has left this journal",
            when="",
            person=everything.person.alias,
            sections=(Section("left", "Shared from these records", _FOR, (grid,)),),
            review="",
        )


def _actions(
    heading: str, actions: Iterable[Action | ActionHead], tz: tzinfo | None
) -> Iterator[Section]:
    rows = tuple(
        (
            each.text,
            KIND_WORDS[each.kind],
            each.owner,
            long_date(each.due) if each.due else "",
            _end(each, tz),
        )
        for each in actions
    )
    if rows:
        header = ("Agreed", "Kind", "Whose", "By when", "Now")
        yield Section("states", heading, _FOR, (Grid(header, rows),))


def _end(action: Action | ActionHead, tz: tzinfo | None) -> str:
    closed = f" on {_day(action.closed, tz)}" if action.closed else ""
    why = f": {action.why}" if action.why else ""
    return f"{STATE_WORDS[action.state]}{closed}{why}"


def _tags(tags: tuple[str, ...]) -> Iterator[Section]:
    if tags:
        yield Section("tags", "Tags", _FOR, (Bullets(tags),))


def _in_bin(binned: datetime | None, tz: tzinfo | None) -> Iterator[Section]:
    if binned is not None:
        words = f"Moved to the bin on {_day(binned, tz)}. It stays there for 30 days."
        yield Section("bin", "In the bin", _FOR, (Paragraph(words),))


def _day(moment: datetime, tz: tzinfo | None) -> str:
    return long_date(moment.astimezone(tz).date())
