import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_desktop.errors import BadInput
from retention_desktop.journal.lists import (
    MOST_ITEMS,
    add_to_list,
    own_lists,
    remove_from_list,
)
from retention_desktop.models.views import Changes
from retention_desktop.toolkit.answers import LONGEST_CHOICE
from retention_desktop.vault import Vault

from .test_records import count_rows


def test_what_was_added_stands_in_its_list_in_order(vault: Vault) -> None:
    assert own_lists(vault) == {}
    assert add_to_list(vault, "reasons", "  Travel time ") == Changes(lists=("reasons",))
    add_to_list(vault, "reasons", "Rota changes ŵ")
    add_to_list(vault, "signs", "Quieter than usual")

    assert own_lists(vault) == {
        "reasons": ("Travel time", "Rota changes ŵ"),
        "signs": ("Quieter than usual",),
    }


def test_the_same_item_is_kept_once_whatever_its_capitals(vault: Vault) -> None:
    add_to_list(vault, "reasons", "Travel time")

    assert add_to_list(vault, "reasons", "TRAVEL TIME") == Changes()
    assert own_lists(vault) == {"reasons": ("Travel time",)}


def test_an_item_can_be_forgotten(vault: Vault) -> None:
    add_to_list(vault, "reasons", "Travel time")
    add_to_list(vault, "reasons", "Pay")

    assert remove_from_list(vault, "reasons", "Travel time") == Changes(lists=("reasons",))
    assert remove_from_list(vault, "reasons", "Travel time") == Changes()
    assert remove_from_list(vault, "unknown", "Pay") == Changes()
    assert own_lists(vault) == {"reasons": ("Pay",)}


@pytest.mark.parametrize(
    "item",
    ["", "   ", "x" * (LONGEST_CHOICE + 1), "two\nlines", "nul\0", "half \ud800", "a\u2028b"],
)
def test_an_item_that_is_no_short_line_is_refused_without_repeating_it(
    vault: Vault, item: str
) -> None:
    with pytest.raises(BadInput, match="1 to 120 characters") as caught:
        add_to_list(vault, "reasons", item)
    assert not item.strip() or item not in str(caught.value)
    assert own_lists(vault) == {}


def test_a_full_list_says_so_and_keeps_what_it_has(vault: Vault) -> None:
    for number in range(MOST_ITEMS):
        add_to_list(vault, "reasons", f"Reason {number}")
    with pytest.raises(BadInput, match="200 items"):
        add_to_list(vault, "reasons", "One more")

    assert add_to_list(vault, "reasons", "reason 7") == Changes()
    assert len(own_lists(vault)["reasons"]) == MOST_ITEMS
    add_to_list(vault, "others", "There is room in another list")


def test_a_list_is_no_fact_about_the_vault(vault: Vault) -> None:
    before = count_rows(vault, "vault_meta")
    add_to_list(vault, "vault_id", "x")

    assert count_rows(vault, "vault_meta") == before + 1
    assert own_lists(vault) == {"vault_id": ("x",)}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]),
            min_size=1,
            max_size=LONGEST_CHOICE,
        ),
        unique_by=str.casefold,
        max_size=5,
    )
)
def test_whatever_is_added_comes_back(vault: Vault, items: list[str]) -> None:
    name = f"list-{len(own_lists(vault))}"
    for item in items:
        add_to_list(vault, name, item)
    assert own_lists(vault).get(name, ()) == tuple(items)
