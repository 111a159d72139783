"""Searches that are kept under a name."""

from datetime import date

import pytest

from retention_desktop.errors import BadInput, NotFound
from retention_desktop.journal.lists import own_lists
from retention_desktop.journal.saved import (
    MOST_SEARCHES,
    SAVED_SEARCHES,
    SavedSearch,
    remove_search,
    rename_search,
    save_search,
    saved_searches,
)
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.models.views import Changes
from retention_desktop.vault import Vault

FULL = SavedSearch(
    "My talks",
    'otters person:"Person A"',
    "career-conversation",
    Driver.GROWTH,
    RecordState.FINISHED,
    "team",
    30,
    date(2026, 9, 1),
    date(2026, 9, 30),
)
OTHER = SavedSearch("drafts", state=RecordState.DRAFT)


def test_what_was_saved_comes_back_in_the_order_of_the_alphabet(vault: Vault) -> None:
    assert saved_searches(vault) == ()
    assert save_search(vault, FULL) == Changes(lists=(SAVED_SEARCHES,))
    save_search(vault, OTHER)
    assert saved_searches(vault) == (OTHER, FULL)
    assert own_lists(vault) == {}


def test_the_same_name_is_saved_in_place_whatever_the_capitals(vault: Vault) -> None:
    save_search(vault, FULL)
    again = SavedSearch(" my TALKS ", "otters")
    save_search(vault, again)
    assert saved_searches(vault) == (SavedSearch("my TALKS", "otters"),)
    assert save_search(vault, again) == Changes()


def test_a_search_can_be_renamed_and_removed(vault: Vault) -> None:
    save_search(vault, FULL)
    save_search(vault, OTHER)
    rename_search(vault, "drafts", "Drafts")
    rename_search(vault, "My talks", "Talks")
    assert [each.name for each in saved_searches(vault)] == ["Drafts", "Talks"]
    with pytest.raises(BadInput, match="has this name"):
        rename_search(vault, "Talks", "DRAFTS")
    with pytest.raises(NotFound):
        rename_search(vault, "My talks", "Other")
    assert remove_search(vault, "Talks") == Changes(lists=(SAVED_SEARCHES,))
    assert remove_search(vault, "Talks") == Changes()
    assert [each.name for each in saved_searches(vault)] == ["Drafts"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines"])
def test_a_name_is_one_short_line(vault: Vault, name: str) -> None:
    with pytest.raises(BadInput, match="A name must be"):
        save_search(vault, SavedSearch(name))
    assert saved_searches(vault) == ()


def test_there_is_an_end_to_them(vault: Vault) -> None:
    for number in range(MOST_SEARCHES):
        save_search(vault, SavedSearch(f"Search {number}"))
    with pytest.raises(BadInput, match="50 searches"):
        save_search(vault, SavedSearch("One more"))
    save_search(vault, SavedSearch("search 7", "otters"))
    assert len(saved_searches(vault)) == MOST_SEARCHES
