"""Everything held about a person: what stands in the PDF and in the JSON, with nothing left out."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from retention_desktop.errors import FileProblem
from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Driver,
    Form,
    RecordState,
    ReviewOutcome,
    WayOut,
)
from retention_desktop.models.prompts import Prompt
from retention_desktop.models.views import (
    Action,
    ActionHead,
    Begun,
    Disclosure,
    Everything,
    Person,
    Place,
    Review,
)
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.person import (
    held_words,
    interval_words,
    person_json,
    summarise_person,
    write_person_json,
)
from retention_desktop.toolkit.blocks import Grid
from retention_desktop.toolkit.wording import long_date

from .samples import FULL, answer, pages, record, words

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
KESTREL = Person(
    alias="Kestrel",
    role="Practitioner",
    profession="Social worker",
    working_pattern="Tuesday to Thursday, ŵ",
    meet_every=28,
    created=datetime(2026, 5, 3, 9, 0, tzinfo=UTC),
    last_met=TODAY,
    next_meeting=date(2026, 12, 20),
)
ACTION = ActionHead(
    id=9,
    text="Ask about the course",
    owner="Me",
    due=date(2026, 12, 1),
    kind=ActionKind.DEVELOPMENT,
    state=ActionState.CHANGED,
    why="It is full",
    created=AT,
    closed=AT,
    record_id=None,
    title="",
    person="Kestrel",
    driver=Driver.GROWTH,
)


def review(action_id: int | None, record_id: int | None, changed: str) -> Review:
    kept = ReviewOutcome.KEEP
    return Review(1, record_id, action_id, TODAY, AT, kept, changed, "The team", date(2027, 1, 9))


WITH_REVIEWS = replace(
    FULL,
    actions=(Action(1, "plan", "Shadow two reviews", "Siân", None, ActionState.LET_GO, why="Ill"),),
    tags=("induction",),
    reviews=(review(1, None, "She has shadowed one"), review(None, 1, "The rota is fairer")),
)
DRAFT = record(
    answer(Prompt("going", "How is it going?"), "CANARYDRAFT"),
    id=2,
    state=RecordState.DRAFT,
    finished=None,
    review_on=None,
)
EVERYTHING = Everything(
    KESTREL, (WITH_REVIEWS, DRAFT), (ACTION,), (review(9, None, "A place came up"),)
)
NOTHING = Everything(
    replace(KESTREL, role="", profession="", working_pattern="", meet_every=None, last_met=None),
    (),
    (),
    (),
)


def test_what_is_begun_about_them_comes_last() -> None:
    ending = Begun(
        Place(Form.ENDING, action_id=9), {"state": "done", "why": "Half a senten, ŵ"}, AT
    )
    details = Begun(
        Place(Form.DETAILS, person="Kestrel"),
        {"alias": "Kestrel", "role": "", "meet_every": ""},
        AT,
    )
    held = replace(EVERYTHING, begun=(ending, details))
    *_others, last = summarise_person(held, TODAY, UTC)
    made = words(render_pdf(last))
    for said in (
        "Begun, and not kept yet",
        "22 November 2026",
        "How an action ended",
        "Ask about the course",
        "Why: Half a senten, ŵ",
        "Details of the person",
        "Alias: Kestrel",
    ):
        assert said in made
    assert "Role:" not in made
    begun = json.loads(person_json(held, TODAY))["held"]["begun"]
    assert [each["words"] for each in begun] == [ending.words, details.words]
    assert begun[0]["place"] == {
        "form": "ending",
        "record_id": None,
        "action_id": 9,
        "person": None,
    }


def test_the_pdf_holds_all_that_is_kept_private_answers_and_drafts_too() -> None:
    made = words(render_pdf(*summarise_person(EVERYTHING, TODAY, UTC)))
    for said in (
        "Everything held about one person",
        "Gathered on 22 November 2026 · Kestrel",
        "Role: Practitioner",
        "Profession: Social worker",
        "Working pattern: Tuesday to Thursday, ŵ",
        "Agreed: to meet every four weeks",
        "In this journal since 3 May 2026",
        "2 records (1 is a draft), 2 actions and 3 reviews.",
        "CANARYPRIVATE",
        "CANARYDRAFT",
        "Started 22 November 2026, not finished yet",
        "Shadow two reviews",
        "Let go: Ill",
        "She has shadowed one",
        "The rota is fairer",
        "The team",
        "induction",
        "Ask about the course",
        "Development",
        "Changed on 22 November 2026: It is full",
        "A place came up",
    ):
        assert said in made
    for said in ("She has shadowed one", "The rota is fairer", "A place came up"):
        assert made.count(said) == 1


def test_each_record_begins_on_a_page_of_its_own() -> None:
    made = pages(render_pdf(*summarise_person(EVERYTHING, TODAY, UTC)))
    titles = ("Everything held", "Career conversation", "Career conversation", "Agreed outside")
    starts = [page for page in made if page.startswith(titles)]
    assert [page.split()[0] for page in starts] == ["Everything", "Career", "Career", "Agreed"]
    assert made[-1].endswith(f"Page {len(made)} of {len(made)}")


def test_of_somebody_about_whom_nothing_was_written_there_is_one_page() -> None:
    (page,) = pages(render_pdf(*summarise_person(NOTHING, TODAY, UTC)))
    assert "0 records, 0 actions and 0 reviews." in page
    for absent in ("Role", "Profession", "Working pattern", "Agreed", "Last met"):
        assert absent not in page


def test_the_json_holds_all_that_is_kept_by_its_names() -> None:
    made = json.loads(person_json(EVERYTHING, TODAY))
    assert made["gathered"] == "2026-11-22"
    held = made["held"]
    assert held["person"] == {
        "alias": "Kestrel",
        "role": "Practitioner",
        "profession": "Social worker",
        "working_pattern": "Tuesday to Thursday, ŵ",
        "meet_every": 28,
        "created": "2026-05-03T09:00:00Z",
        "last_met": "2026-11-22",
        "next_meeting": "2026-12-20",
    }
    first, second = held["records"]
    asked = {each["prompt"]["label"]: each["value"] for each in first["answers"]}
    assert asked["What has been hardest?"] == "CANARYPRIVATE"
    assert first["tags"] == ["induction"]
    assert first["actions"][0]["why"] == "Ill"
    assert [each["changed"] for each in first["reviews"]] == [
        "She has shadowed one",
        "The rota is fairer",
    ]
    assert second["head"]["state"] == "draft"
    assert held["actions"][0]["text"] == "Ask about the course"
    assert held["reviews"][0]["changed"] == "A place came up"


def test_the_json_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_person_json(EVERYTHING, TODAY, tmp_path / "held.json")
    assert (tmp_path / "held.json").read_bytes() == person_json(EVERYTHING, TODAY)
    with pytest.raises(FileProblem, match="is a folder"):
        write_person_json(EVERYTHING, TODAY, tmp_path)
    with pytest.raises(FileProblem, match="its folder is not there"):
        write_person_json(EVERYTHING, TODAY, tmp_path / "missing" / "held.json")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "every day"),
        (2, "every two days"),
        (7, "every week"),
        (14, "every two weeks"),
        (28, "every four weeks"),
        (42, "every six weeks"),
        (45, "every 45 days"),
        (70, "every ten weeks"),
        (77, "every 11 weeks"),
        (91, "every three months"),
        (182, "every six months"),
        (365, "every year"),
        (366, "every year"),
    ],
)
def test_how_often_is_said_in_words(days: int, said: str) -> None:
    assert interval_words(days) == said


def test_what_is_held_is_counted() -> None:
    assert held_words(EVERYTHING) == "2 records (1 is a draft), 2 actions and 3 reviews"
    binned = replace(EVERYTHING, in_bin={EVERYTHING.records[0].head.id: AT})
    assert held_words(binned).startswith("2 records (1 is a draft, 1 is in the bin), ")
    finished = Everything(KESTREL, (FULL,), (), ())
    assert held_words(finished) == "1 record, 3 actions and 0 reviews"


def test_what_has_left_is_told_with_whom_it_was_for() -> None:
    left = Disclosure(1, AT, WayOut.PDF, "My manager", "ab" * 32, "", ("What helps?", "Caseload"))
    held = Everything(KESTREL, (FULL,), (), (), disclosures=(left,))

    told = summarise_person(held, TODAY, tz=UTC)[-1]
    assert told.title == "What has left this journal"
    (section,) = told.sections
    assert section.blocks == (
        Grid(
            ("Day", "How", "For whom", "What was in it"),
            ((long_date(AT.date()), "PDF", "My manager", "What helps?\nCaseload"),),
        ),
    )


def test_what_lies_in_the_bin_says_so() -> None:
    held = Everything(KESTREL, (FULL,), (), (), in_bin={FULL.head.id: AT})
    sentence = "Moved to the bin on 22 November 2026. It stays there for 30 days."
    assert sentence in words(render_pdf(*summarise_person(held, TODAY, UTC)))
    assert str(FULL.head.id) in json.loads(person_json(held, TODAY))["held"]["in_bin"]
    beside = replace(held, in_bin={})
    assert sentence not in words(render_pdf(*summarise_person(beside, TODAY, UTC)))
