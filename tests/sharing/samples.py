"""A record with an answer of every kind, and the reading of what a PDF holds."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from retention_desktop.models.enums import (
    ActionState,
    Audience,
    Driver,
    PromptKind,
    RecordState,
)
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.models.views import Action, Answer, Record, RecordHead
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit.blocks import Block

HEAD = RecordHead(
    id=1,
    tool_id="career-conversation",
    title="Career conversation",
    driver=Driver.GROWTH,
    state=RecordState.FINISHED,
    started=datetime(2026, 11, 22, 13, 0, tzinfo=UTC),
    updated=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    finished=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    person="Siân",
    review_on=date(2027, 1, 9),
    page="",
    preview="",
)


ROWS: list[TableRow] = [{"who": "Family A", "next": "Joint visit"}, {"who": "Family B"}]


def answer(prompt: Prompt, value: Value | None, audience: Audience = Audience.SHARED) -> Answer:
    return Answer(prompt, "step", "A step", audience, value)


def action(text: str, prompt_id: str | None = None, due: date | None = None) -> Action:
    return Action(1, prompt_id, text, "Siân", due, ActionState.OPEN)


def record(*answers: Answer, actions: tuple[Action, ...] = (), **head: object) -> Record:
    return Record(replace(HEAD, **head), 1, answers, actions, ())


FULL = record(
    answer(Prompt("where", "Where am I now?"), "Settled in.\n\nI like the Tŷ Gŵyr team."),
    answer(Prompt("hardest", "What has been hardest?"), "CANARYPRIVATE", Audience.PRIVATE),
    answer(
        Prompt("helps", "What helps?", PromptKind.SEVERAL_CHOICES, options=("Time", "Tea")),
        ["Time", "Tea"],
    ),
    answer(
        Prompt("energy", "Energy?", PromptKind.SCALE, low="none", high="lots"), 4, Audience.MANAGER
    ),
    answer(
        Prompt(
            "load",
            "Caseload",
            PromptKind.TABLE,
            columns=(Column("who", "Who"), Column("next", "Next step")),
        ),
        ROWS,
    ),
    answer(Prompt("plan", "What will you do?", PromptKind.ACTION), None),
    answer(Prompt("secret-plan", "Just for you?", PromptKind.ACTION), None, Audience.PRIVATE),
    answer(Prompt("empty", "Anything else?"), "  "),
    actions=(
        action("Shadow two reviews", "plan", date(2027, 1, 31)),
        action("CANARYACTION", "secret-plan"),
        action("CANARYAGREED"),
    ),
)


def summary(*blocks: Block, title: str = "A title", heading: str = "A heading") -> Summary:
    section = Section("part", heading, Audience.SHARED, blocks)
    return Summary(title, "22 November 2026", None, (section,) if blocks else (), "")


def pages(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """All words but the page numbers, with single spaces."""
    return " ".join(re.sub(r" ?Page \d+ of \d+$", "", page) for page in pages(pdf))


def objects(pdf: bytes) -> list[DictionaryObject]:
    """Every dictionary in the file, streams too."""
    reader = PdfReader(BytesIO(pdf))
    found = (reader.get_object(number) for number in (*reader.xref[0], *reader.xref_objStm))
    return [thing for thing in found if isinstance(thing, DictionaryObject)]


def raw(pdf: bytes) -> bytes:
    """The file, and after it every stream in it without compression."""
    streams = (thing.get_data() for thing in objects(pdf) if isinstance(thing, StreamObject))
    return b"\n".join([pdf, *streams])
