"""The chosen parts of a record, ready to be shown or written. The one derivation of a record."""

from collections.abc import Collection
from datetime import datetime, tzinfo

from msgspec import Struct

from retention_desktop.errors import BadInput
from retention_desktop.models.enums import Audience, PromptKind, RecordState
from retention_desktop.models.prompts import Prompt
from retention_desktop.models.views import Answer, Record, RecordHead
from retention_desktop.sharing.looks import HEADING, look_blocks
from retention_desktop.toolkit.blocks import Block
from retention_desktop.toolkit.reading import agreed, blocks
from retention_desktop.toolkit.wording import long_date, quoted

ACTIONS = "actions"
REVIEW = "review"
PERSON = "person"
LOOKS = "later-looks"

# What was agreed outside any prompt reads like an answer, under this heading.
_AGREED = Prompt(ACTIONS, "What we agreed", PromptKind.ACTION, audience=Audience.SHARED)


class Section(Struct, frozen=True):
    """One part: what was asked, and what was written there. `part` is its id when choosing."""

    part: str
    heading: str
    audience: Audience
    blocks: tuple[Block, ...]


class Summary(Struct, frozen=True):
    """What leaves, and nothing else. `person` is an alias.

    `review` and `agreed` are sentences, or "": when to look again, and when those who were there
    agreed it.
    """

    title: str
    when: str
    person: str | None
    sections: tuple[Section, ...]
    review: str
    agreed: str = ""


def all_parts(record: Record) -> frozenset[str]:
    """Every part of `record` that can be chosen.

    These are its prompts, and "actions", "later-looks" (the reviews of it and of its actions),
    "review" (when to look again) and "person".
    """
    prompts = {answer.prompt.id for answer in record.answers}
    return frozenset(prompts | {ACTIONS, LOOKS, REVIEW, PERSON})


def default_parts(record: Record) -> frozenset[str]:
    """Every part of `record` that was not written as private.

    Whom it was with stays private, and so do the later looks.
    """
    private = {answer.prompt.id for answer in record.answers if answer.audience is Audience.PRIVATE}
    return all_parts(record) - private - {LOOKS, PERSON}


def summarise(
    record: Record, parts: Collection[str] | None = None, tz: tzinfo | None = None
) -> Summary:
    """Exactly the chosen `parts` of `record`, in its order; parts left empty make no section.

    Without `parts`, everything that is not private. The day is that of `tz`, or of this computer.
    The later looks name what was agreed only where that is chosen, too.
    Raises BadInput for a part the record does not have.
    """
    chosen = default_parts(record) if parts is None else frozenset(parts)
    if unknown := chosen - all_parts(record):
        raise BadInput(
            f"This record has no part {quoted(min(unknown))}.",
            f"Its parts are: {', '.join(sorted(all_parts(record)))}.",
        )
    sections = [_section(answer, record) for answer in record.answers if answer.prompt.id in chosen]
    if ACTIONS in chosen:
        shown = blocks(_AGREED, agreed(record, None))
        sections.append(Section(ACTIONS, _AGREED.label, _AGREED.audience, shown))
    if LOOKS in chosen:
        named = {
            each.id: each.text for each in record.actions if (each.prompt_id or ACTIONS) in chosen
        }
        looks = look_blocks(record.reviews, named, tz)
        sections.append(Section(LOOKS, HEADING, Audience.PRIVATE, looks))
    review_on = record.head.review_on if REVIEW in chosen else None
    return Summary(
        title=record.head.title,
        when=_when(record.head, tz),
        person=record.head.person if PERSON in chosen else None,
        sections=tuple(section for section in sections if section.blocks),
        review=f"Look again on {long_date(review_on)}" if review_on else "",
        agreed=f"Read together and agreed on {_day(record.agreed, tz)}" if record.agreed else "",
    )


def _section(answer: Answer, record: Record) -> Section:
    prompt = answer.prompt
    value = agreed(record, prompt.id) if answer.value is None else answer.value
    return Section(prompt.id, prompt.label, answer.audience, blocks(prompt, value))


def _when(head: RecordHead, tz: tzinfo | None) -> str:
    if head.state is RecordState.DRAFT or head.finished is None:
        return f"Started {_day(head.started, tz)}, not finished yet"
    return _day(head.finished, tz)


def _day(moment: datetime, tz: tzinfo | None) -> str:
    return long_date(moment.astimezone(tz).date())
