"""Taking a journal in the open format into a vault, beside what is there already.

What is there stays as it is. A record or an action that is there already is not added again; two
that are alike in the file itself stay two.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select, update

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.arriving import Arrivals
from retention_desktop.journal.binned import lying_in, put_in
from retention_desktop.journal.exporting import read_hand_actions, read_records
from retention_desktop.journal.lists import MOST_ITEMS, keep_list, lists_in
from retention_desktop.journal.open_format import (
    Journal,
    OpenBinned,
    OpenHandAction,
    OpenPerson,
    OpenQuestion,
    OpenRecord,
    folded,
)
from retention_desktop.journal.questions import Questions
from retention_desktop.journal.saved import (
    MOST_SEARCHES,
    SAVED_SEARCHES,
    keep_searches,
    searches_in,
)
from retention_desktop.journal.strict_json import named
from retention_desktop.models import tables as t
from retention_desktop.models.views import Changes
from retention_desktop.vault import Vault

_r = t.record.c
_p = t.person.c


class Imported(Struct, frozen=True):
    """What an import did. `were_there` counts the records and actions that were there already."""

    changes: Changes
    records: int
    actions: int
    were_there: int


def import_journal(vault: Vault, journal: Journal) -> Imported:
    """Add a journal that `read_journal` has checked, all of it or nothing.

    People are one where their alias is; what is not known of them yet is filled in. Raises BadInput
    where a list of the vault would become too long.
    """
    with vault.writing() as connection:
        people = _people(connection, journal.people)
        arrivals = Arrivals(connection, journal.questions, people)
        records = _new_records(connection, journal)
        binned = _new_in_bin(connection, journal)
        actions = _new_actions(connection, journal.actions)
        added = Changes(
            records=tuple(map(arrivals.add_record, records)),
            actions=tuple(map(arrivals.add_hand_action, actions)),
            people=tuple(person.alias for person in journal.people),
            lists=tuple(_lists(connection, journal)),
        )
        for person in journal.people:
            arrivals.add_forms(person.begun, person=person.alias)
        arrivals.add_forms(journal.begun)
        arrivals.settle()
        asked = {each.id: each for each in journal.questions}
        for each in binned:
            alias = each.record.person
            put_in(connection, each, asked, None if alias is None else people[folded(alias)])
    all_there = len(journal.records) + len(journal.actions)
    return Imported(added, len(records), len(actions), all_there - len(records) - len(actions))


def _people(connection: Connection, people: Iterable[OpenPerson]) -> dict[str, int]:
    """The ids of these people, who are made known where they are new, by their folded aliases."""
    ids: dict[str, int] = {}
    for person in people:
        an_id = store.person_id(connection, person.alias, now=person.created)
        ids[folded(person.alias)] = an_id
        filled_in = {
            "role": func.coalesce(func.nullif(_p.role, ""), person.role),
            "profession": func.coalesce(func.nullif(_p.profession, ""), person.profession),
            "working_pattern": func.coalesce(
                func.nullif(_p.working_pattern, ""), person.working_pattern
            ),
            "meet_every": func.coalesce(_p.meet_every, person.meet_every),
        }
        connection.execute(update(t.person).where(_p.id == an_id).values(filled_in))
    return ids


def _new_records(connection: Connection, journal: Journal) -> list[OpenRecord]:
    """The records that the vault does not hold yet."""
    known = _known(connection, journal.records)
    identities = _identities(journal.records, journal.questions)
    return [
        record
        for record, identity in zip(journal.records, identities, strict=True)
        if not _take(known, identity)
    ]


def _new_in_bin(connection: Connection, journal: Journal) -> list[OpenBinned]:
    """What the bin of the file holds and the vault does not, neither in its bin nor beside it."""
    records = [each.record for each in journal.bin]
    if not records:
        return []
    known = _known(connection, records)
    questions = Questions()
    there = [each.record for each in lying_in(connection, questions)]
    known.update(_identities(there, questions.all()))
    identities = _identities(records, journal.questions)
    return [
        binned
        for binned, identity in zip(journal.bin, identities, strict=True)
        if not _take(known, identity)
    ]


def _known(connection: Connection, records: Sequence[OpenRecord]) -> Counter[object]:
    """What makes those records of the vault themselves that may be among these."""
    begun = {(record.tool, record.started) for record in records}
    rows = connection.execute(select(_r.id, _r.tool_id, _r.started).order_by(_r.id))
    perhaps = [an_id for an_id, *key in rows if tuple(key) in begun]
    questions = Questions()
    there = tuple(read_records(connection, perhaps, questions))
    return Counter(_identities(there, questions.all()))


def _identities(
    records: Iterable[OpenRecord], questions: Iterable[OpenQuestion]
) -> Iterator[object]:
    """What makes each record itself: its tool, when it was, what was asked and written.

    Of a finished record, none of that ever changes. A draft that was written in is another one.
    """
    asked = {each.id: msgspec.json.encode((each.step, each.asked)) for each in questions}
    for record in records:
        agreed = [(each.prompt, each.text, each.owner, each.due) for each in record.actions]
        whole = sha256()
        for piece in (record.tool, record.started, record.finished):
            whole.update(msgspec.json.encode(piece))
        for answer in record.answers:
            whole.update(asked[answer.question])
            whole.update(msgspec.json.encode((answer.audience, answer.value)))
        whole.update(msgspec.json.encode(agreed if record.finished is None else None))
        yield whole.digest()


def _new_actions(connection: Connection, actions: Sequence[OpenHandAction]) -> list[OpenHandAction]:
    """The actions added by hand that the vault does not hold yet."""
    known: Counter[object] = Counter(
        (each.created, each.text) for each in read_hand_actions(connection)
    )
    return [each for each in actions if not _take(known, (each.created, each.text))]


def _take(known: Counter[object], identity: object) -> bool:
    """Whether one more of these is known; each counts once."""
    if not known[identity]:
        return False
    known[identity] -= 1
    return True


def _lists(connection: Connection, journal: Journal) -> Iterator[str]:
    """Add to the lists and saved searches; the names of those that changed."""
    there = lists_in(connection)
    for name, items in journal.lists.items():
        merged = _merged(there.get(name, ()), items)
        if len(merged) > MOST_ITEMS:
            raise BadInput(
                f"The list {named(name)} would hold more than {MOST_ITEMS} items.",
                "Remove some of its items, then bring the journal in again.",
            )
        if merged != there.get(name, ()):
            keep_list(connection, name, merged)
            yield name
    kept = searches_in(connection)
    taken = {search.name.casefold() for search in kept}
    new = [search for search in journal.searches if search.name.casefold() not in taken]
    if len(kept) + len(new) > MOST_SEARCHES:
        raise BadInput(
            f"There would be more than {MOST_SEARCHES} saved searches.",
            "Remove some, then bring the journal in again.",
        )
    if keep_searches(connection, [*kept, *new]):
        yield SAVED_SEARCHES


def _merged(there: tuple[str, ...], items: tuple[str, ...]) -> tuple[str, ...]:
    merged = {item.casefold(): item for item in reversed((*there, *items))}
    return tuple(dict.fromkeys(merged[item.casefold()] for item in (*there, *items)))
