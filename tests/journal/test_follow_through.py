"""Whatever is done in whatever order, the register, reviews and people fit together."""

import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from retention_desktop.errors import KnownError
from retention_desktop.journal.actions import (
    ActionFilter,
    add_action,
    close_action,
    count_actions,
    list_actions,
    remove_action,
    reopen_action,
    snooze_action,
)
from retention_desktop.journal.people import erase_person, everything_about, list_people, timeline
from retention_desktop.journal.records import (
    discard_draft,
    finish_record,
    get_record,
    list_records,
    set_person,
)
from retention_desktop.journal.reviews import due, review_action, review_record
from retention_desktop.models.enums import ActionState, RecordState, ReviewOutcome
from retention_desktop.vault import open_vault

from .conftest import CHEAP, NOW, PASSPHRASE, make_tool
from .writing import draft

TODAY = NOW.astimezone().date()
TOOL = make_tool()
ALIASES = st.sampled_from(["Person A", "Person B"])
DAYS = st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2))
ENDS = st.sampled_from([ActionState.DONE, ActionState.CHANGED, ActionState.LET_GO])
PLACES = st.integers(0, 4)


def test_the_register_reviews_and_people_fit_together(empty_vault: Path) -> None:
    class Use(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.place = TemporaryDirectory()
            folder = shutil.copytree(empty_vault, Path(self.place.name, "Use.rvault"))
            self.vault = open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)
            self.now = NOW
            self.use_a_tool("Person A", TODAY, is_finished=True)
            self.use_a_tool("Person B", None, is_finished=False)
            self.add("Person B", TODAY)

        def teardown(self) -> None:
            for person in list_people(self.vault):
                held = everything_about(self.vault, person.alias)
                assert {each.head.person for each in held.records} <= {person.alias}
                assert {each.person for each in held.actions} <= {person.alias}
                assert timeline(self.vault, person.alias)
            self.vault.close()
            self.place.cleanup()

        def record(self, place: int) -> int:
            ids = [head.id for head in list_records(self.vault)]
            return ids[place % len(ids)] if ids else 1

        def action(self, place: int) -> int:
            with self.vault.reading() as connection:
                ids = connection.execute(text("SELECT id FROM action")).scalars().all()
            return int(ids[place % len(ids)]) if ids else 1

        def try_to(self, verb: Any, *arguments: Any, **named: Any) -> None:
            """What is refused must change nothing; the invariants look."""
            self.now += timedelta(minutes=1)
            with suppress(KnownError):
                verb(self.vault, *arguments, **named)

        @rule(person=st.none() | ALIASES, day=DAYS, is_finished=st.booleans())
        def use_a_tool(self, person: str | None, day: date | None, is_finished: bool) -> None:
            agreed: dict[str, str | int] = {"text": "Visit"}
            if day is not None:
                agreed["due"] = day.isoformat()
            record_id = draft(self.vault, TOOL, self.now, agreed, {"text": "Rest"}, person=person)
            if is_finished:
                self.try_to(finish_record, record_id, review_on=day, now=self.now)

        @rule(place=PLACES, day=DAYS)
        def finish(self, place: int, day: date | None) -> None:
            self.try_to(finish_record, self.record(place), review_on=day, now=self.now)

        @rule(place=PLACES, alias=st.none() | ALIASES)
        def name(self, place: int, alias: str | None) -> None:
            self.try_to(set_person, self.record(place), alias, now=self.now)

        @rule(place=PLACES)
        def discard(self, place: int) -> None:
            self.try_to(discard_draft, self.record(place))

        @rule(person=st.none() | ALIASES, day=DAYS)
        def add(self, person: str | None, day: date | None) -> None:
            self.try_to(add_action, "By hand", person=person, due=day, now=self.now)

        @rule(place=PLACES, state=ENDS)
        def close(self, place: int, state: ActionState) -> None:
            self.try_to(close_action, self.action(place), state, now=self.now)

        @rule(place=PLACES, verb=st.sampled_from([reopen_action, remove_action]))
        def change_mind(self, place: int, verb: Any) -> None:
            self.try_to(verb, self.action(place))

        @rule(place=PLACES)
        def put_off(self, place: int) -> None:
            self.try_to(snooze_action, self.action(place), TODAY + timedelta(days=1))

        @rule(
            verb=st.sampled_from([review_record, review_action]),
            place=PLACES,
            outcome=st.sampled_from(list(ReviewOutcome)),
            day=DAYS,
        )
        def review(self, verb: Any, place: int, outcome: ReviewOutcome, day: date | None) -> None:
            which = self.record(place) if verb is review_record else self.action(place)
            self.try_to(verb, which, outcome, next_on=day, now=self.now)

        @rule(alias=ALIASES)
        def erase(self, alias: str) -> None:
            self.try_to(erase_person, alias)
            assert alias not in [each.alias for each in list_people(self.vault)]

        @invariant()
        def the_register_is_what_finished_records_and_hands_hold(self) -> None:
            register = list_actions(self.vault)
            heads = {head.id: head for head in list_records(self.vault)}
            assert len(register) == count_actions(self.vault)
            in_records = {each.id for each in register if each.record_id is not None}
            assert in_records == {
                action.id
                for head in heads.values()
                if head.state is RecordState.FINISHED
                for action in get_record(self.vault, head.id).actions
            }
            for each in register:
                assert (each.closed is None) == (each.state is ActionState.OPEN)
                if each.record_id is not None:
                    head = heads[each.record_id]
                    assert (each.person, each.driver) == (head.person, head.driver)

        @invariant()
        def what_is_due_is_open_or_finished_and_has_come(self) -> None:
            open_ones = ActionFilter(state=ActionState.OPEN, due_until=TODAY)
            expected = {(each.id, each.due) for each in list_actions(self.vault, open_ones)}
            waiting = due(self.vault, TODAY)
            found = {(each.action_id, each.on) for each in waiting if each.action_id is not None}
            assert found == expected
            assert {each.record_id for each in waiting if each.action_id is None} == {
                head.id
                for head in list_records(self.vault)
                if head.state is RecordState.FINISHED
                and head.review_on is not None
                and head.review_on <= TODAY
            }

        @invariant()
        def people_are_those_who_are_named(self) -> None:
            named = {head.person for head in list_records(self.vault)}
            named |= {each.person for each in list_actions(self.vault)}
            assert {each.alias for each in list_people(self.vault)} == named - {None}

        @invariant()
        def nothing_belongs_to_what_is_not_there(self) -> None:
            with self.vault.reading() as connection:
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []

    run_state_machine_as_test(
        Use,
        settings=settings(
            max_examples=6,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
