"""Putting records that come from elsewhere straight into the tables, with their search rows.

The verbs, one by one, would take minutes for the journal of years.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, TableClause, insert, select

from retention_desktop.journal import store
from retention_desktop.journal.open_format import (
    OpenAction,
    OpenBegun,
    OpenDisclosure,
    OpenHandAction,
    OpenQuestion,
    OpenRecord,
    OpenReview,
    folded,
)
from retention_desktop.models import tables as t
from retention_desktop.models.enums import PromptKind, RecordState
from retention_desktop.toolkit.blocks import plain_text
from retention_desktop.toolkit.reading import blocks

_MOST_WAITING = 5_000  # rows
_RUNNING_TEXT = (PromptKind.LONG_TEXT, PromptKind.SHORT_TEXT)


class Arrivals:
    """Adds what it is given. Rows whose ids nobody needs wait until many can go in together.

    `people` are ids by folded aliases, of all who are named.
    """

    def __init__(
        self, connection: Connection, questions: Iterable[OpenQuestion], people: Mapping[str, int]
    ) -> None:
        self._connection = connection
        self._questions = {each.id: each for each in questions}
        self._asked = {an_id: store.to_text(each.asked) for an_id, each in self._questions.items()}
        self._people = people
        tags = connection.execute(select(t.tag.c.id, t.tag.c.name))
        self._tags: dict[str, int] = {folded(name): an_id for an_id, name in tags}
        self._disclosures: dict[tuple[object, ...], int] = {}
        self._waiting: dict[TableClause, list[dict[str, Any]]] = {}

    def add_record(self, record: OpenRecord) -> int:
        """Add a record with all that belongs to it; its id."""
        read = tuple(self._read(record))
        actions = tuple(_in_places(record.actions))
        record_id = store.inserted(
            self._connection,
            t.record,
            {
                "tool_id": record.tool,
                "tool_version": record.tool_version,
                "title": record.title,
                "driver": record.driver,
                "state": RecordState.FINISHED if record.finished else RecordState.DRAFT,
                "started": record.started,
                "updated": record.updated,
                "finished": record.finished,
                "agreed": record.agreed,
                "person_id": self._person(record.person),
                "review_on": record.review_on,
                "page": record.page,
                "preview": _preview(read, record.actions),
            },
        )
        self._add_answers(record_id, record)
        for position, action in actions:
            place = {"position": position, "prompt_id": action.prompt, "record_id": record_id}
            of_record = {"driver": record.driver, "person_id": self._person(record.person)}
            self._add_action(action, **place, **of_record)
        self._add_reviews(record.reviews, record_id=record_id)
        self._add_forms(record.begun, record_id=record_id)
        for tag in record.tags:
            self._wait(t.record_tag, record_id=record_id, tag_id=self._tag(tag))
        self._add_disclosures(record_id, record.disclosures)
        by_place = [action for _, action in sorted(actions, key=_place)]
        body = _body(record, [text for _, text in read], by_place)
        self._wait(t.record_search, rowid=record_id, title=record.title, body=body)
        return record_id

    def add_hand_action(self, action: OpenHandAction) -> int:
        """Add what was agreed outside any record; its id."""
        person = self._person(action.person)
        return self._add_action(action, position=0, driver=action.driver, person_id=person)

    def add_forms(self, forms: Iterable[OpenBegun], person: str | None = None) -> None:
        """Add what was begun about a person, or nothing; a form that is begun already stays."""
        person_id = self._person(person)
        column = t.begun.c
        there = select(column.form).where(
            column.person_id.is_not_distinct_from(person_id),
            column.record_id.is_(None),
            column.action_id.is_(None),
        )
        taken = set(self._connection.execute(there).scalars())
        self._add_forms([each for each in forms if each.form not in taken], person_id=person_id)

    def settle(self) -> None:
        """Put in all rows that wait."""
        for table, rows in self._waiting.items():
            # A record that has a tag twice has it once.
            statement = insert(table)
            self._connection.execute(
                statement.prefix_with("OR IGNORE") if table is t.record_tag else statement, rows
            )
        self._waiting = {}

    def _read(self, record: OpenRecord) -> Iterator[tuple[bool, str]]:
        """Each answer as it reads, and whether it is running text; actions stand elsewhere."""
        for answer in record.answers:
            prompt = self._questions[answer.question].asked
            if answer.value is not None and prompt.kind is not PromptKind.ACTION:
                is_text = prompt.kind in _RUNNING_TEXT
                yield is_text, plain_text(blocks(prompt, answer.value))

    def _add_answers(self, record_id: int, record: OpenRecord) -> None:
        for position, answer in enumerate(record.answers):
            question = self._questions[answer.question]
            self._wait(
                t.answer,
                record_id=record_id,
                prompt_id=question.asked.id,
                position=position,
                step_id=question.step,
                step_title=question.step_title,
                audience=answer.audience,
                asked=self._asked[answer.question],
                value=None if answer.value is None else store.to_text(answer.value),
            )

    def _add_action(self, action: OpenAction | OpenHandAction, **columns: object) -> int:
        action_id = store.inserted(
            self._connection,
            t.action,
            {
                "text": action.text,
                "owner": action.owner,
                "due": action.due,
                "kind": action.kind,
                "state": action.state,
                "why": action.why,
                "created": action.created,
                "closed": action.closed,
                **columns,
            },
        )
        self._add_reviews(action.reviews, action_id=action_id)
        self._add_forms(action.begun, action_id=action_id)
        return action_id

    def _add_reviews(
        self,
        reviews: Iterable[OpenReview],
        *,
        record_id: int | None = None,
        action_id: int | None = None,
    ) -> None:
        for review in reviews:
            self._wait(
                t.review,
                record_id=record_id,
                action_id=action_id,
                on=review.on,
                done=review.done,
                outcome=review.outcome,
                changed=review.changed,
                for_whom=review.for_whom,
                next_on=review.next_on,
            )

    def _add_disclosures(self, record_id: int, disclosures: Iterable[OpenDisclosure]) -> None:
        times: Counter[tuple[object, ...]] = Counter()
        for each in disclosures:
            columns = {
                "at": each.at,
                "way": each.way,
                "for_whom": each.for_whom,
                "sha256": each.sha256,
                "kept_because": each.kept_because,
            }
            key = tuple(columns.values())
            times[key] += 1
            disclosure = self._disclosures.get((*key, times[key]))
            if disclosure is None:
                disclosure = store.inserted(self._connection, t.disclosure, columns)
                self._disclosures[*key, times[key]] = disclosure
            parts = msgspec.json.encode(each.parts).decode()
            self._wait(t.disclosed, disclosure_id=disclosure, record_id=record_id, parts=parts)

    def _add_forms(
        self,
        forms: Iterable[OpenBegun],
        *,
        record_id: int | None = None,
        action_id: int | None = None,
        person_id: int | None = None,
    ) -> None:
        for form in forms:
            self._wait(
                t.begun,
                record_id=record_id,
                action_id=action_id,
                person_id=person_id,
                form=form.form,
                words=msgspec.json.encode(form.words).decode(),
                written=form.written,
            )

    def _wait(self, table: TableClause, **row: object) -> None:
        rows = self._waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= _MOST_WAITING:
            self.settle()

    def _person(self, alias: str | None) -> int | None:
        return None if alias is None else self._people[folded(alias)]

    def _tag(self, name: str) -> int:
        known = self._tags.get(folded(name))
        if known is None:
            known = store.inserted(self._connection, t.tag, {"name": name})
            self._tags[folded(name)] = known
        return known


def _in_places(actions: Iterable[OpenAction]) -> Iterator[tuple[int, OpenAction]]:
    """Each action with its place, from 0, among those under its prompt."""
    places: Counter[str | None] = Counter()
    for action in actions:
        yield places[action.prompt], action
        places[action.prompt] += 1


def _place(placed: tuple[int, OpenAction]) -> int:
    return placed[0]


def _preview(read: tuple[tuple[bool, str], ...], actions: tuple[OpenAction, ...]) -> str:
    """The first words, on one line: of running text before all else, of what was agreed at last."""
    # `sorted` keeps the order of those that are alike.
    first = next((text for _, text in sorted(read, key=_is_no_text)), "")
    first = first or next((action.text for action in actions), "")
    return store.preview_of(first)


def _is_no_text(piece: tuple[bool, str]) -> bool:
    return not piece[0]


def _body(record: OpenRecord, read: Iterable[str], actions: Iterable[OpenAction]) -> str:
    """What a search finds a record by, besides its title."""
    reviews = [*record.reviews, *(review for each in record.actions for review in each.reviews)]
    pieces = [
        *read,
        *(f"{each.text} {each.owner} {each.why}" for each in actions),
        *(f"{each.changed} {each.for_whom}" for each in sorted(reviews, key=_done)),
        record.person,
        *sorted(record.tags, key=folded),
    ]
    return "\n".join(filter(None, pieces))


def _done(review: OpenReview) -> datetime:
    return review.done
