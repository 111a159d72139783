"""What somebody began to write into a form: kept until it is settled, and never longer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.actions import (
    About,
    add_action,
    change_action,
    change_added_action,
    close_action,
    list_actions,
    remove_action,
    snooze_action,
)
from retention_desktop.journal.begun import begun_about_action, keep_begun, read_begun
from retention_desktop.journal.people import (
    add_person,
    change_person,
    erase_person,
    everything_about,
    list_people,
)
from retention_desktop.journal.records import discard_draft, set_person, start_record
from retention_desktop.journal.reviews import review_action, review_record, snooze_record
from retention_desktop.models.enums import ActionKind, ActionState, Driver, Form, ReviewOutcome
from retention_desktop.models.views import Begun, Changes, Place
from retention_desktop.toolkit.answers import only_text
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW
from .writing import finished

LATER = NOW + timedelta(days=1)
DAY = LATER.date()
WORDS = {"why": "Half a sen, ŵ "}
KNOWN: dict[str, Any] = {
    "new_alias": "Person A",
    "role": "",
    "profession": "",
    "working_pattern": "",
    "meet_every": None,
}


@pytest.fixture
def places(vault: Vault, tool: Tool) -> dict[str, Place]:
    """A form of each kind, begun: about a record (1), its action (1) or its person, or nothing."""
    record_id = finished(vault, tool, NOW, {"text": "Visit"}, person="Person A")
    (action,) = list_actions(vault)
    found = {
        "a review of a record": Place(Form.REVIEW, record_id=record_id),
        "a review of an action": Place(Form.REVIEW, action_id=action.id),
        "an ending": Place(Form.ENDING, action_id=action.id),
        "another date": Place(Form.LATER, action_id=action.id),
        "an edit": Place(Form.EDIT, action_id=action.id),
        "a new action": Place(Form.NEW_ACTION),
        "details": Place(Form.DETAILS, person="Person A"),
        "a new person": Place(Form.NEW_PERSON),
    }
    for name, place in found.items():
        keep_begun(vault, place, {"text": name}, now=NOW)
    return found


def still_begun(vault: Vault, places: dict[str, Place]) -> set[str]:
    return {name for name, place in places.items() if read_begun(vault, place)}


def test_each_form_holds_its_own_words(vault: Vault, places: dict[str, Place]) -> None:
    for name, place in places.items():
        assert read_begun(vault, place) == {"text": name}
    assert read_begun(vault, Place(Form.DETAILS, person="person a")) == {"text": "details"}
    assert read_begun(vault, Place(Form.REVIEW, record_id=2)) == {}


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    words=st.dictionaries(st.sampled_from(["why", "text", "owner"]), st.text().map(only_text)),
    then=st.dictionaries(st.sampled_from(["why", "text"]), st.text().map(only_text)),
)
def test_words_come_back_exactly_as_they_were_typed_last(
    vault: Vault, words: dict[str, str], then: dict[str, str]
) -> None:
    place = Place(Form.NEW_ACTION)
    for held in (words, then):
        assert keep_begun(vault, place, held, now=NOW) == Changes()
        assert read_begun(vault, place) == held


def test_what_is_no_text_is_refused_and_the_rest_stays(vault: Vault) -> None:
    place = Place(Form.NEW_PERSON)
    keep_begun(vault, place, WORDS, now=NOW)
    with pytest.raises(BadInput):
        keep_begun(vault, place, {"why": "half \ud83d"}, now=NOW)
    assert read_begun(vault, place) == WORDS


@pytest.mark.parametrize(
    "place",
    [
        Place(Form.REVIEW, record_id=7),
        Place(Form.ENDING, action_id=7),
        Place(Form.DETAILS, person="Kingfisher"),
    ],
)
def test_words_about_what_is_gone_are_not_kept(vault: Vault, place: Place) -> None:
    with pytest.raises(NotFound) as caught:
        keep_begun(vault, place, WORDS, now=NOW)
    assert "Kingfisher" not in str(caught.value)
    assert read_begun(vault, place) == {}


def test_the_forms_about_an_action_come_with_the_last_written_first(vault: Vault) -> None:
    (action,) = add_action(vault, "Visit", now=NOW).actions
    edit, ending = Place(Form.EDIT, action_id=action), Place(Form.ENDING, action_id=action)
    keep_begun(vault, ending, WORDS, now=LATER)
    keep_begun(vault, edit, {"text": "Visits"}, now=NOW)
    keep_begun(vault, Place(Form.NEW_ACTION), WORDS, now=LATER)
    assert begun_about_action(vault, action) == (
        Begun(ending, WORDS, LATER),
        Begun(edit, {"text": "Visits"}, NOW),
    )


VERBS: dict[str, Callable[..., Changes]] = {
    "a review of a record": partial(
        review_record, record_id=1, outcome=ReviewOutcome.KEEP, now=LATER
    ),
    "a review of an action": partial(
        review_action, action_id=1, outcome=ReviewOutcome.KEEP, now=LATER
    ),
    "an ending": partial(close_action, action_id=1, state=ActionState.DONE, now=LATER),
    "another date": partial(snooze_action, action_id=1, until=DAY),
    "an edit": partial(change_action, action_id=1, text="Visits", owner="", due=None),
    "a new action": partial(add_action, text="Rest", now=LATER),
    "details": partial(change_person, alias="Person A", **KNOWN),
    "a new person": partial(add_person, alias="Person B", now=LATER),
}


@pytest.mark.parametrize("name", VERBS)
def test_the_verb_that_settles_a_form_drops_its_words_and_no_others(
    vault: Vault, places: dict[str, Place], name: str
) -> None:
    VERBS[name](vault)
    assert still_begun(vault, places) == places.keys() - {name}


@pytest.mark.parametrize("name", VERBS)
def test_where_the_verb_fails_the_words_stay(
    vault: Vault, places: dict[str, Place], name: str
) -> None:
    with vault.writing() as connection:
        for table in ("record", "action", "person", "review"):
            for event in ("INSERT", "UPDATE"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER no_{table}_{event} BEFORE {event} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'no'); END"
                )
    with pytest.raises(RuntimeError):
        VERBS[name](vault)
    assert still_begun(vault, places) == places.keys()


def test_putting_off_keeps_a_half_written_review(vault: Vault, places: dict[str, Place]) -> None:
    snooze_record(vault, 1, DAY)
    snooze_action(vault, 1, DAY)
    assert {"a review of a record", "a review of an action"} <= still_begun(vault, places)


def test_words_go_with_what_they_are_about(vault: Vault, tool: Tool) -> None:
    (record_id,) = start_record(vault, tool, now=NOW).records
    (action_id,) = add_action(vault, "Visit", now=NOW).actions
    about_record = Place(Form.REVIEW, record_id=record_id)
    about_action = Place(Form.ENDING, action_id=action_id)
    for place in (about_record, about_action):
        keep_begun(vault, place, WORDS, now=NOW)
    discard_draft(vault, record_id)
    remove_action(vault, action_id)
    assert read_begun(vault, about_record) == read_begun(vault, about_action) == {}


# --- People


def test_all_that_is_begun_about_somebody_is_held_about_them(
    vault: Vault, places: dict[str, Place], tool: Tool
) -> None:
    other = finished(vault, tool, NOW, person="Person B")
    keep_begun(vault, Place(Form.REVIEW, record_id=other), WORDS, now=NOW)
    keep_begun(vault, Place(Form.NEW_ACTION), {"person": " person a "}, now=NOW)
    held = {begun.place for begun in everything_about(vault, "Person A").begun}
    assert held == set(places.values()) - {places["a new person"]}
    assert [begun.words for begun in everything_about(vault, "Person B").begun] == [WORDS]


def test_erasing_somebody_takes_what_is_begun_about_them(
    vault: Vault, places: dict[str, Place]
) -> None:
    erase_person(vault, "Person A")
    assert still_begun(vault, places) == {"a new action", "a new person"}
    keep_begun(vault, places["a new action"], {"person": "PERSON C", "text": "Rest"}, now=NOW)
    add_person(vault, "Person C", now=NOW)
    erase_person(vault, "Person C")
    assert still_begun(vault, places) == set()


def test_a_form_that_names_somebody_names_them_by_their_new_alias(vault: Vault) -> None:
    add_person(vault, "Person A", now=NOW)
    place = Place(Form.NEW_ACTION)
    keep_begun(vault, place, {"text": "Rest", "person": "person a"}, now=NOW)
    change_person(vault, "Person A", **{**KNOWN, "new_alias": "Kingfisher"})
    assert read_begun(vault, place) == {"text": "Rest", "person": "Kingfisher"}


def test_somebody_about_whom_one_is_writing_is_not_forgotten(vault: Vault, tool: Tool) -> None:
    record_id = finished(vault, tool, NOW, person="Person A")
    place = Place(Form.DETAILS, person="Person A")
    keep_begun(vault, place, {"role": "Stud"}, now=NOW)
    set_person(vault, record_id, None, now=NOW)
    assert [each.alias for each in list_people(vault)] == ["Person A"]
    assert read_begun(vault, place) == {"role": "Stud"}


# --- Saying anew what an added action is about


def test_an_action_added_by_hand_can_get_another_kind_person_and_driver(vault: Vault) -> None:
    (action_id,) = add_action(vault, "Visit", now=NOW, person="Person A").actions
    about = About(ActionKind.SUPPORT, " Person B ", Driver.WELLBEING)
    changes = change_added_action(
        vault, action_id, text="Visits", owner="Me", due=DAY, about=about, now=LATER
    )
    assert changes == Changes(actions=(action_id,), people=("Person A", "Person B"))
    (action,) = list_actions(vault)
    assert (action.text, action.owner, action.due) == ("Visits", "Me", DAY)
    assert (action.kind, action.person, action.driver) == (
        ActionKind.SUPPORT,
        "Person B",
        Driver.WELLBEING,
    )
    assert action.created == NOW
    assert [each.alias for each in list_people(vault)] == ["Person B"]
    change_added_action(vault, action_id, text="Visit", owner="", due=None, about=About(), now=NOW)
    (action,) = list_actions(vault)
    assert (action.kind, action.person, action.driver) == (ActionKind.TRY, None, None)
    assert list_people(vault) == ()


def test_an_action_of_a_record_keeps_the_records_person_and_driver(
    vault: Vault, places: dict[str, Place]
) -> None:
    before = list_actions(vault)
    with pytest.raises(BadInput, match="record"):
        change_added_action(
            vault, 1, text="Visits", owner="", due=None, about=About(person="B"), now=NOW
        )
    assert list_actions(vault) == before
    assert still_begun(vault, places) == places.keys()
