"""What follows from a diary, counted by itself: what the window is compared with."""

from datetime import date, timedelta

from msgspec import Struct

from retention_desktop.journal.diary import (
    Agreed,
    Ended,
    Kept,
    Looked,
    Met,
    PutOff,
    Reworded,
    Step,
)
from retention_desktop.models.enums import ActionState, Driver, ReviewOutcome


class Action(Struct):
    """What a diary says about something agreed."""

    text: str
    due: date | None
    agreed: date
    person: str | None
    state: ActionState = ActionState.OPEN
    outcome: ReviewOutcome | None = None  # of the last look

    @property
    def tried(self) -> bool:
        kept = self.outcome is ReviewOutcome.KEEP
        return kept or self.state in (ActionState.DONE, ActionState.CHANGED)


class Use(Struct):
    """What a diary says about a finished record."""

    kept: Kept
    review_on: date | None


class Ledger:
    """What follows from the steps of a diary."""

    def __init__(self, steps: list[Step]) -> None:
        self.actions: list[Action] = []
        self.uses: list[Use] = []
        self.people: dict[str, Met] = {}  # as they are known now
        self.known_since: dict[str, date] = {}
        for step in steps:
            self._enter(step)

    def due(self, today: date) -> set[str]:
        """What has come back by this day, as Today calls it."""
        actions = {each.text for each in self.actions if self._waits(each, today)}
        return actions | {
            _title(each.kept)
            for each in self.uses
            if each.review_on is not None and each.review_on <= today
        }

    def days_from(self, today: date) -> list[date]:
        """Each day that lies ahead, as often as something comes back on it."""
        days = [each.due for each in self.actions if each.state is ActionState.OPEN]
        days += [each.review_on for each in self.uses]
        return sorted(day for day in days if day is not None and day >= today)

    def not_met(self, today: date) -> set[str]:
        """Those whom one has not met for longer than agreed."""
        return {
            alias
            for alias, person in self.people.items()
            if person.meet_every is not None
            and max([self.known_since[alias], *self.met(alias)]) + timedelta(days=person.meet_every)
            < today
        }

    def met(self, alias: str) -> list[date]:
        """The days of the finished records with a person."""
        return [use.kept.at.date() for use in self.uses if use.kept.entry.person == alias]

    def count(self, driver: Driver) -> int:
        return sum(use.kept.entry.tool.driver is driver for use in self.uses)

    @staticmethod
    def _waits(action: Action, today: date) -> bool:
        is_open = action.state is ActionState.OPEN
        return is_open and action.due is not None and action.due <= today

    def _enter(self, step: Step) -> None:
        match step:
            case Met():
                self.people[step.alias] = step
                self.known_since.setdefault(step.alias, step.at.date())
            case Kept(entry=entry):
                self.uses.append(Use(step, step.review_on))
                prompts = {prompt.id: prompt for prompt in entry.tool.prompts}
                for prompt_id, value in entry.answers.items():
                    if prompts[prompt_id].kind == "action" and isinstance(value, list):
                        rows = [row for row in value if isinstance(row, dict)]
                        self.actions += [_agreed(row, step) for row in rows]
            case Agreed():
                self.actions.append(Action(step.text, step.due, step.at.date(), step.person))
            case Reworded():
                action = self._open(step.action)
                action.text, action.due = step.text, step.due
            case Ended():
                self._open(step.action).state = step.state
            case PutOff():
                if step.action:
                    self._open(step.action).due = step.until
                else:
                    self._last(step.tool, step.person).review_on = step.until
            case Looked() if step.action:
                self._look(self._open(step.action), step)
            case Looked():
                self._last(step.tool, step.person).review_on = step.next_on

    @staticmethod
    def _look(action: Action, step: Looked) -> None:
        action.outcome = step.outcome
        ends = step.closed or (ActionState.LET_GO if step.outcome is ReviewOutcome.STOP else None)
        if ends is not None:
            action.state = ends
        else:
            action.due = step.next_on

    def _open(self, text: str) -> Action:
        return next(
            each for each in self.actions if each.text == text and each.state is ActionState.OPEN
        )

    def _last(self, tool: str, person: str | None) -> Use:
        uses = [
            each
            for each in self.uses
            if (each.kept.entry.tool.id, each.kept.entry.person) == (tool, person)
        ]
        return uses[-1]


def _agreed(row: dict[str, str | int], step: Kept) -> Action:
    due = date.fromisoformat(str(row["due"])) if "due" in row else None
    return Action(str(row["text"]), due, step.at.date(), step.entry.person)


def _title(kept: Kept) -> str:
    title, person = kept.entry.tool.title, kept.entry.person
    return f"{title} with {person}" if person else title
