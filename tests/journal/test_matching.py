"""Texts and the words of a search, judged as the index of records judges them."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retention_desktop.journal.matching import (
    Findable,
    Wanted,
    find_in,
    folded,
    holds,
    marked,
    near,
    wanted_words,
)
from retention_desktop.journal.search import search_records
from retention_desktop.toolkit.definition import Tool
from retention_desktop.vault import Vault

from .test_search import write

# Letters, accents of their own, signs, and digits of other scripts.
_texts = st.text(alphabet="aAbéÉŵY\u0301-'’_ .,19½\n%*\"", max_size=20)


def found_in(text: str, query: str, *, as_you_type: bool = False) -> bool:
    return holds(folded(text), wanted_words(query, as_you_type=as_you_type))


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("", ""),
        ("A short text with an ", "A short text with an "),
        ("Weekday evenings are for those whom we call at home, about an ", "…at home, about an "),
        ("x" * 60, "…" + "x" * 20),
    ],
)
def test_what_was_found_is_near_the_beginning(before: str, shown: str) -> None:
    rest = (("otter", True), (" by the river", False))
    pieces = near(((before, False), *rest) if before else rest)
    assert "".join(text for text, _found in pieces) == f"{shown}otter by the river"
    assert pieces[-2:] == rest


def test_all_words_in_any_order_and_whole() -> None:
    assert found_in("The rota, on Mondays", "mondays ROTA")
    assert not found_in("The rota, on Mondays", "monday rota")
    assert found_in("The rota, on Mondays", "rota mon", as_you_type=True)
    assert not found_in("The rota, on Mondays", "mon ", as_you_type=True)


def test_nothing_holds_what_is_no_word() -> None:
    assert not found_in("A text", "")
    assert not found_in("A text - and more", "-")
    assert found_in("A text - and more", "- text")


def test_the_best_are_those_that_are_called_so() -> None:
    shelf = [
        Findable(name, folded(name), folded(f"{name} {text}"))
        for name, text in (("First", "about change"), ("Change", "as it is"), ("Other", ""))
    ]
    assert find_in(shelf, Wanted(("chan",), begins=True)) == ("Change", "First")


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Try the tŷ, by TY", "ty", "Try the [tŷ], by [TY]"),
        ("An e-mail to e", "e-mail", "An [e]-[mail] to e"),
        ("Hope, hopes\nand hoping", "and hop", "[Hope], [hopes] [and] [hoping]"),
        ("Nothing here", "else", "Nothing here"),
    ],
)
def test_what_was_found_is_marked(text: str, query: str, shown: str) -> None:
    pieces = marked(text, wanted_words(query, as_you_type=True))
    assert "".join(f"[{piece}]" if found else piece for piece, found in pieces) == shown


@given(_texts, _texts)
def test_marks_leave_the_text_as_it_is_and_stand_where_it_is_found(text: str, query: str) -> None:
    wanted = wanted_words(query, as_you_type=True)
    pieces = marked(text, wanted)
    assert "".join(piece for piece, _found in pieces) == " ".join(text.split())
    if holds(folded(text), wanted):
        assert any(found for _piece, found in pieces)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_texts, query=_texts, as_you_type=st.booleans())
@example(text="e mail", query="e-mail", as_you_type=False)
@example(text="cafe\u0301s", query="café", as_you_type=True)
@example(text="a_b", query="b", as_you_type=False)
def test_the_index_of_records_judges_alike(
    vault: Vault, tool: Tool, text: str, query: str, as_you_type: bool
) -> None:
    record_id = write(vault, tool, text)
    ids = {hit.head.id for hit in search_records(vault, query, as_you_type=as_you_type, limit=999)}
    both = f"{tool.title} {text}"
    assert (record_id in ids) == found_in(both, query, as_you_type=as_you_type)
