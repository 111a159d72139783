"""The log of what has left the journal."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.disclosures import list_disclosures, note_disclosure
from retention_desktop.journal.people import erase_person, everything_about
from retention_desktop.models import tables as t
from retention_desktop.models.enums import WayOut
from retention_desktop.models.views import Changes, Disclosure
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .conftest import NOW
from .writing import finished


def test_what_left_is_told_at_each_record_the_last_first(vault: Vault, tool: Tool) -> None:
    first, second = (finished(vault, tool, NOW, {"text": "Visit"}) for _ in range(2))
    done = note_disclosure(
        vault,
        WayOut.PDF,
        {first: ["What happened?", "What we agreed"], second: ["In short?"]},
        now=NOW,
        for_whom=" My manager ŵ ",
        sha256="ab12",
        kept_because="It is about me",
    )
    note_disclosure(vault, WayOut.CLIPBOARD, {second: ["All?"]}, now=NOW + timedelta(days=1))

    assert done == Changes(records=(first, second))
    assert list_disclosures(vault, first) == (
        Disclosure(
            1,
            NOW,
            WayOut.PDF,
            "My manager ŵ",
            "ab12",
            "It is about me",
            ("What happened?", "What we agreed"),
        ),
    )
    assert [(each.way, each.parts) for each in list_disclosures(vault, second)] == [
        (WayOut.CLIPBOARD, ("All?",)),
        (WayOut.PDF, ("In short?",)),
    ]


def test_of_a_record_that_is_gone_nothing_is_noted(vault: Vault, tool: Tool) -> None:
    there = finished(vault, tool, NOW, {"text": "Visit"})
    with pytest.raises(NotFound):
        note_disclosure(vault, WayOut.PDF, {there: ["In short?"], 99: ["All?"]}, now=NOW)

    assert list_disclosures(vault, there) == ()


def test_nothing_is_no_disclosure(vault: Vault) -> None:
    with pytest.raises(BadInput):
        note_disclosure(vault, WayOut.PDF, {}, now=NOW)


def test_what_left_about_a_person_is_told_to_them_and_goes_with_them(
    vault: Vault, tool: Tool
) -> None:
    theirs = finished(vault, tool, NOW, {"text": "Visit"}, person="Person A")
    other = finished(vault, tool, NOW, {"text": "Visit"})
    note_disclosure(vault, WayOut.PDF, {theirs: ["All?"]}, now=NOW, for_whom="CANARY")
    note_disclosure(vault, WayOut.PDF, {theirs: ["All?"], other: ["All?"]}, now=NOW)

    assert [each.for_whom for each in everything_about(vault, "Person A").disclosures] == [
        "",
        "CANARY",
    ]
    erase_person(vault, "Person A")
    with vault.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(t.disclosure)) == 1
    assert len(list_disclosures(vault, other)) == 1
