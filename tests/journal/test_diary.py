"""Diaries: read strictly, and lived through the verbs at their own moments."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.actions import list_actions
from retention_desktop.journal.diary import Began, Kept, Step, read_diary
from retention_desktop.journal.living import live, weeks_to
from retention_desktop.journal.people import get_person
from retention_desktop.journal.records import get_record, list_drafts, list_records
from retention_desktop.journal.reviews import due, list_reviews
from retention_desktop.models.enums import ActionState, Driver, ReviewOutcome
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.vault import Vault, open_vault

from .conftest import CHEAP, PASSPHRASE

SECRET = "kestrel"
END = date(2026, 11, 22)
KEPT: dict[str, Any] = {
    "did": "kept",
    "at": "2026-10-24T10:30:00",
    "started": "2026-10-24T10:00:00",
    "tool": "every-kind",
    "person": "Person A",
    "answers": {
        "happened": SECRET,
        "agreed": [
            {"text": "Ring the ward", "owner": "Me", "due": "2026-10-30"},
            {"text": "Rest"},
        ],
        "when": "2026-10-26",
    },
    "tags": ["ward"],
    "review-on": "2026-11-07",
    "agreed": True,
}
MET = {
    "did": "met",
    "at": "2026-10-20T09:00:00",
    "alias": "Person A",
    "role": "Social worker",
    "meet-every": 28,
}
DIARY: list[dict[str, Any]] = [
    MET,
    KEPT,
    {
        "did": "agreed",
        "at": "2026-10-24T11:00:00",
        "text": "Book a room",
        "kind": "support",
        "driver": "growth",
        "due": "2026-10-25",
    },
    {
        "did": "reworded",
        "at": "2026-10-24T11:05:00",
        "action": "Book a room",
        "text": "Book the quiet room",
        "due": "2026-10-26",
    },
    {"did": "put-off", "at": "2026-10-26T09:00:00", "action": "Rest", "until": "2026-11-02"},
    {
        "did": "ended",
        "at": "2026-10-27T09:00:00",
        "action": "Book the quiet room",
        "state": "changed",
        "why": "It is booked for all weeks.",
    },
    {
        "did": "looked",
        "at": "2026-10-30T16:00:00",
        "action": "Ring the ward",
        "outcome": "adjust",
        "changed": "We ring each other.",
        "for-whom": "The ward",
        "next-on": "2026-11-30",
    },
    {
        "did": "looked",
        "at": "2026-11-07T12:00:00",
        "tool": "every-kind",
        "person": "Person A",
        "outcome": "keep",
        "changed": "It is calmer.",
        "next-on": "2026-12-07",
    },
    {"did": "looked", "at": "2026-11-08T12:00:00", "action": "Rest", "outcome": "stop"},
    {
        "did": "began",
        "at": "2026-11-20T17:10:00",
        "started": "2026-11-20T17:00:00",
        "tool": "other",
        "answers": {"short": "To be continued"},
        "page": "first/one",
    },
]


def read(tmp_path: Path, toolkit: Toolkit, content: object) -> tuple[Step, ...]:
    path = tmp_path / "diary.json"
    path.write_text(json.dumps(content), "utf-8")
    return read_diary(path, toolkit)


def at(text: str) -> datetime:
    """The moment at which the clock on the wall says this."""
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"did": "dreamt"}, ", did: this is not what may stand here."),
        ({"did": "met"}, ": the field “at” is missing."),
        ({**MET, "weight": SECRET}, ": there is a field that does not belong here."),
        ({**MET, "meet-every": SECRET}, ", meet-every: this is not what may stand here."),
        ({**MET, "at": SECRET}, ", at: this is not what may stand here."),
        ({**MET, "at": "2026-10-20T09:00:00Z"}, ", at: this must be a time without an offset."),
        ({**KEPT, "weight": SECRET}, ": there is no field “weight”; the fields are"),
        ({**KEPT, "tool": SECRET}, ", tool: there is no tool"),
        ({**KEPT, "finished": "2026-10-24"}, ": the field “at” says when it was finished"),
        ({**KEPT, "review-on": SECRET}, ": this is not what may stand here."),
        ({**KEPT, "agreed": SECRET}, ": this is not what may stand here."),
        ({**KEPT, "actions": [{"text": SECRET}]}, ", actions: what was agreed stands under"),
        ({**KEPT, "started": "2026-10-25"}, ", finished: the end is before the start."),
        ({**DIARY[-1], "page": SECRET}, ", page: the tool “other” has no such page."),
        ({**DIARY[-1], "page": [SECRET]}, ", page: the tool “other” has no such page."),
        ({**MET, "at": "2026-10-19T09:00:00"}, ", at: this is before the one above it."),
        ({**DIARY[4], "action": SECRET}, ": no action that is open by then has these words."),
        ({**DIARY[6], "action": SECRET}, ": no action that is open by then has these words."),
        ({**DIARY[6], "tool": "every-kind"}, ": name either an action or a tool."),
        ({**DIARY[7], "person": SECRET}, ": by then, this tool was not used with this person."),
        (7, ": this must be an object with named fields."),
    ],
)
def test_every_fault_has_its_place_and_never_what_was_written(
    tmp_path: Path, toolkit: Toolkit, change: Any, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, toolkit, [MET, change])
    sentence = str(caught.value)
    assert sentence.startswith(f"{tmp_path / 'diary.json'}, record 2{said}")
    assert SECRET not in sentence.replace(f"“{SECRET}”", "")  # the id of a tool may be said


@pytest.mark.parametrize(
    "again",
    [
        {"did": "agreed", "at": "2026-11-21T09:00:00", "text": "Ring the ward"},
        {**KEPT, "at": "2026-11-21T09:00:00"},
    ],
)
def test_two_open_actions_with_the_same_words_are_refused(
    tmp_path: Path, toolkit: Toolkit, again: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="record 11: an action with these words is open already"):
        read(tmp_path, toolkit, [*DIARY, again])


def test_what_has_ended_cannot_be_looked_at(tmp_path: Path, toolkit: Toolkit) -> None:
    again = {**DIARY[8], "at": "2026-11-21T09:00:00"}
    with pytest.raises(BadInput, match="record 11: no action that is open by then"):
        read(tmp_path, toolkit, [*DIARY, again])


def test_a_diary_is_a_list(tmp_path: Path, toolkit: Toolkit) -> None:
    with pytest.raises(BadInput, match="a diary must be a list"):
        read(tmp_path, toolkit, MET)
    assert read(tmp_path, toolkit, []) == ()


def test_each_thing_is_done_at_its_moment(tmp_path: Path, toolkit: Toolkit, vault: Vault) -> None:
    live(vault, read(tmp_path, toolkit, DIARY))
    person = get_person(vault, "Person A")
    assert (person.role, person.meet_every) == ("Social worker", 28)
    assert person.created == at("2026-10-20T09:00")

    (head,) = list_records(vault)[1:]
    record = get_record(vault, head.id)
    assert (head.started, head.finished) == (at("2026-10-24T10:00"), at("2026-10-24T10:30"))
    assert record.agreed == at("2026-10-24T10:30")
    assert record.tags == ("ward",)
    assert head.review_on == date(2026, 12, 7)
    assert [answer.prompt.id for answer in record.answers] == ["happened", "agreed", "when"]

    ring, room, rest = (
        sorted(list_actions(vault), key=lambda each: each.id)[:1]
        + sorted(list_actions(vault), key=lambda each: each.text)[:1]
        + [each for each in list_actions(vault) if each.text == "Rest"]
    )
    assert (ring.text, ring.state, ring.due) == (
        "Ring the ward", ActionState.OPEN, date(2026, 11, 30),
    )  # fmt: skip
    assert (room.text, room.state, room.why) == (
        "Book the quiet room", ActionState.CHANGED, "It is booked for all weeks.",
    )  # fmt: skip
    assert (room.closed, room.driver) == (at("2026-10-27T09:00"), Driver.GROWTH)
    assert (rest.state, rest.closed) == (ActionState.LET_GO, at("2026-11-08T12:00"))

    looks = list_reviews(vault, head.id)
    assert [(each.on, each.done, each.outcome, each.next_on) for each in looks] == [
        (date(2026, 10, 30), at("2026-10-30T16:00"), ReviewOutcome.ADJUST, date(2026, 11, 30)),
        (date(2026, 11, 7), at("2026-11-07T12:00"), ReviewOutcome.KEEP, date(2026, 12, 7)),
        (date(2026, 11, 2), at("2026-11-08T12:00"), ReviewOutcome.STOP, None),
    ]
    assert looks[0].for_whom == "The ward"

    (draft,) = list_drafts(vault)
    assert (draft.page, draft.preview) == ("first/one", "To be continued")
    assert (draft.started, draft.updated) == (at("2026-11-20T17:00"), at("2026-11-20T17:10"))


def test_it_stops_at_a_moment_and_goes_on_from_there(
    tmp_path: Path, toolkit: Toolkit, vault: Vault
) -> None:
    diary = read(tmp_path, toolkit, DIARY)
    live(vault, diary, until=at("2026-10-24T10:30"))
    assert {each.text for each in list_actions(vault)} == {"Ring the ward", "Rest"}
    live(vault, diary[2:])
    assert len(list_actions(vault)) == 3


def test_what_is_not_there_is_an_error(tmp_path: Path, toolkit: Toolkit, vault: Vault) -> None:
    diary = read(tmp_path, toolkit, DIARY)
    with pytest.raises(NotFound, match="no such open action"):
        live(vault, diary[3:4])
    with pytest.raises(NotFound, match="no such record"):
        live(vault, diary[7:8])


def test_all_dates_move_by_whole_weeks_and_the_hours_stay(
    tmp_path: Path, toolkit: Toolkit, vault: Vault, in_zone: Callable[[str], None]
) -> None:
    in_zone("Europe/London")  # between the two, the clocks go back
    diary = read(tmp_path, toolkit, DIARY)
    live(vault, diary, shift=timedelta(weeks=1))
    (head,) = list_records(vault)[1:]
    assert head.finished == datetime(2026, 10, 31, 10, 30, tzinfo=UTC)
    assert diary[1].at == datetime(2026, 10, 24, 10, 30)  # noqa: DTZ001 - on the wall
    answers = {each.prompt.id: each.value for each in get_record(vault, head.id).answers}
    assert answers["when"] == "2026-11-02"
    assert answers["agreed"] == [
        {"text": "Ring the ward", "owner": "Me", "due": "2026-11-06"},
        {"text": "Rest"},
    ]
    assert head.review_on == date(2026, 12, 14)
    assert {each.due for each in list_actions(vault)} == {
        date(2026, 12, 7),  # looked at, with a next day
        date(2026, 11, 2),  # said otherwise, then changed
        date(2026, 11, 9),  # put off, then let go
    }


@pytest.mark.parametrize(
    ("today", "weeks"),
    [(END, 0), (END + timedelta(6), 0), (END + timedelta(7), 1), (END - timedelta(1), -1)],
)
def test_a_diary_is_moved_to_end_in_the_last_seven_days(
    tmp_path: Path, toolkit: Toolkit, today: date, weeks: int
) -> None:
    last = {"did": "met", "at": "2026-11-22T09:00:00", "alias": "Person B"}
    diary = read(tmp_path, toolkit, [*DIARY, last])
    assert weeks_to(diary, today) == timedelta(weeks=weeks)


# The two that come with the program


@pytest.fixture(scope="module", params=["manager", "practitioner"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def shipped(name: str) -> tuple[Step, ...]:
    return read_diary(resource(f"samples/{name}.json"), load_toolkit())


@pytest.fixture(scope="module")
def lived(
    shipped: tuple[Step, ...], empty_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Vault]:
    """The journal of these six months, to be read."""
    folder = shutil.copytree(empty_vault, tmp_path_factory.mktemp("lived") / "Lived.rvault")
    with closing(open_vault(folder, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        live(vault, shipped)
        yield vault


def test_six_months_touch_all_that_the_window_shows(
    shipped: tuple[Step, ...], lived: Vault
) -> None:
    kept = [step for step in shipped if isinstance(step, Kept)]
    assert len(kept) >= 35
    assert {step.entry.tool.driver for step in kept} == set(Driver)
    assert shipped[-1].at.date() - shipped[0].at.date() > timedelta(days=170)
    assert sum(isinstance(step, Began) for step in shipped) == len(list_drafts(lived)) == 2
    actions = list_actions(lived, limit=1_000)
    assert {each.state for each in actions} == set(ActionState)
    waiting = due(lived, END)
    assert any(each.on < END for each in waiting)
    assert any(each.on == END for each in waiting)
    assert len(waiting) <= 5


def test_nothing_is_looked_at_before_its_day(lived: Vault) -> None:
    """What has a day is looked at on it or a little later; so it reads as somebody's own."""
    for head in list_records(lived, limit=1_000):
        for look in list_reviews(lived, head.id):
            assert timedelta() <= look.done.date() - look.on <= timedelta(days=14), head.title


def test_moved_to_another_year_it_is_the_same_journal(
    shipped: tuple[Step, ...], lived: Vault, empty_vault: Path, tmp_path: Path
) -> None:
    weeks = timedelta(weeks=30)
    other = shutil.copytree(empty_vault, tmp_path / "Other.rvault")
    with closing(open_vault(other, PASSPHRASE, kdf_floor=CHEAP)) as moved:
        live(moved, shipped, shift=weeks)
        for here, there in zip(
            list_actions(lived, limit=1_000), list_actions(moved, limit=1_000), strict=True
        ):
            assert here.text == there.text
            assert there.due == (here.due + weeks if here.due else None)
        assert [each.action_id for each in due(moved, END + weeks)] == [
            each.action_id for each in due(lived, END)
        ]


def test_no_month_is_named_so_it_can_be_moved(name: str) -> None:
    words = resource(f"samples/{name}.json").read_text("utf-8").casefold()
    months = [f"{date(2026, month, 1):%B}".casefold() for month in range(1, 13) if month != 5]
    seasons = ["christmas", "spring", "summer", "autumn", "winter", "new year"]
    assert [word for word in [*months, *seasons] if f"{word} " in words or f"{word}." in words] == (
        []
    )
