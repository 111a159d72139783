"""Living a diary once more, through the verbs of this package, each at its own moment.

So all that follows from them is as a person would have got it: samples and demonstrations.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from retention_desktop.errors import NotFound
from retention_desktop.journal.actions import (
    ActionFilter,
    add_action,
    change_action,
    close_action,
    list_actions,
    snooze_action,
)
from retention_desktop.journal.diary import (
    Agreed,
    Began,
    Ended,
    Kept,
    Looked,
    Met,
    PutOff,
    Reworded,
    Step,
)
from retention_desktop.journal.entries import Entry
from retention_desktop.journal.filtering import Filter
from retention_desktop.journal.people import add_person, change_person
from retention_desktop.journal.records import (
    finish_record,
    list_records,
    save_answer,
    save_place,
    set_tags,
    start_record,
)
from retention_desktop.journal.reviews import review_action, review_record, snooze_record
from retention_desktop.models.enums import ActionState, PromptKind, RecordState
from retention_desktop.models.prompts import Prompt, TableRow, Value
from retention_desktop.vault import Vault


def live(
    vault: Vault,
    diary: Iterable[Step],
    *,
    shift: timedelta = timedelta(),
    until: datetime | None = None,
) -> None:
    """Do what a diary says, as far as it took place by `until`.

    All its dates are moved by `shift`, those in answers too. Raises NotFound where an action or a
    record is not there.
    """
    for step in diary:
        at = _on_the_clock(step.at + shift)
        if until is not None and at > until:
            return
        _do(vault, step, at, shift)


def weeks_to(diary: Sequence[Step], today: date) -> timedelta:
    """By how much to move a diary that shall end in the week before `today`, or on it."""
    return timedelta(weeks=(today - diary[-1].at.date()).days // 7)


def _on_the_clock(at: datetime) -> datetime:
    """The moment in UTC at which the clock on the wall says so."""
    return at.astimezone(UTC)


def _do(vault: Vault, step: Step, at: datetime, shift: timedelta) -> None:
    match step:
        case Met():
            add_person(vault, step.alias, now=at)
            change_person(
                vault,
                step.alias,
                new_alias=step.alias,
                role=step.role,
                profession=step.profession,
                working_pattern=step.working_pattern,
                meet_every=step.meet_every,
            )
        case Kept():
            record_id = _write(vault, _moved(step.entry, shift))
            review_on = _later(step.review_on, shift)
            finish_record(
                vault,
                record_id,
                review_on=review_on,
                now=at,
                agreed=step.agreed,
                tool=step.entry.tool,
            )
        case Began():
            save_place(vault, _write(vault, _moved(step.entry, shift)), step.page)
        case Agreed():
            add_action(
                vault,
                step.text,
                now=at,
                kind=step.kind,
                owner=step.owner,
                due=_later(step.due, shift),
                person=step.person,
                driver=step.driver,
            )
        case Reworded():
            action = _action(vault, step.action)
            due = _later(step.due, shift)
            change_action(vault, action, text=step.text, owner=step.owner, due=due)
        case Ended():
            close_action(vault, _action(vault, step.action), step.state, now=at, why=step.why)
        case PutOff(until=until):
            if step.action:
                snooze_action(vault, _action(vault, step.action), until + shift)
            else:
                snooze_record(vault, _last_use(vault, step.tool, step.person), until + shift)
        case Looked():
            _look(vault, step, at, _later(step.next_on, shift))


def _look(vault: Vault, step: Looked, at: datetime, next_on: date | None) -> None:
    if step.action:
        review_action(
            vault,
            _action(vault, step.action),
            step.outcome,
            now=at,
            changed=step.changed,
            for_whom=step.for_whom,
            next_on=next_on,
            closed=step.closed,
        )
    else:
        review_record(
            vault,
            _last_use(vault, step.tool, step.person),
            step.outcome,
            now=at,
            changed=step.changed,
            for_whom=step.for_whom,
            next_on=next_on,
        )


def _write(vault: Vault, entry: Entry) -> int:
    """A draft with all that the entry holds, written from its start to its end; its id."""
    (record_id,) = start_record(vault, entry.tool, now=entry.started, person=entry.person).records
    written = [
        (step, prompt)
        for step in entry.tool.steps
        for prompt in step.prompts
        if prompt.id in entry.answers
    ]
    each_takes = (entry.finished - entry.started) / max(1, len(written))
    for number, (step, prompt) in enumerate(written, 1):
        value, now = entry.answers[prompt.id], entry.started + number * each_takes
        save_answer(vault, record_id, step, prompt, value, now=now)
    if entry.tags:
        set_tags(vault, record_id, entry.tags, now=entry.finished)
    return record_id


def _action(vault: Vault, text: str) -> int:
    """The id of the open action with these words."""
    for action in list_actions(vault, ActionFilter(state=ActionState.OPEN, words=text)):
        if action.text == text:
            return action.id
    raise NotFound("There is no such open action in this journal.")


def _last_use(vault: Vault, tool: str, person: str | None) -> int:
    """The id of the last finished record of a tool with this person, or with nobody."""
    wanted = Filter(tool=tool, state=RecordState.FINISHED, person=person)
    for head in list_records(vault, wanted):
        if head.person == person:
            return head.id
    raise NotFound("There is no such record in this journal.")


def _moved(entry: Entry, shift: timedelta) -> Entry:
    """The entry with its times and all dates in its answers moved."""
    prompts = {prompt.id: prompt for prompt in entry.tool.prompts}
    return replace(
        entry,
        started=_moved_moment(entry.started, shift),
        finished=_moved_moment(entry.finished, shift),
        answers={
            prompt_id: _moved_value(prompts[prompt_id], value, shift)
            for prompt_id, value in entry.answers.items()
        },
    )


def _moved_moment(moment: datetime, shift: timedelta) -> datetime:
    """The same time on the clock on the wall, whether or not it was put forward meanwhile."""
    return _on_the_clock(moment.astimezone().replace(tzinfo=None) + shift)


def _moved_value(prompt: Prompt, value: Value, shift: timedelta) -> Value:
    dated = {column.id for column in prompt.columns if column.kind is PromptKind.DATE}
    if prompt.kind is PromptKind.ACTION:
        dated = {"due"}
    if prompt.kind is PromptKind.DATE and isinstance(value, str):
        return _moved_day(value, shift)
    if not dated or not isinstance(value, list):
        return value
    rows = (row for row in value if isinstance(row, dict))
    return [_moved_row(row, dated, shift) for row in rows]


def _moved_row(row: TableRow, dated: set[str], shift: timedelta) -> TableRow:
    return {
        name: _moved_day(str(cell), shift) if name in dated else cell for name, cell in row.items()
    }


def _moved_day(day: str, shift: timedelta) -> str:
    return (date.fromisoformat(day) + shift).isoformat()


def _later(day: date | None, shift: timedelta) -> date | None:
    return None if day is None else day + shift
