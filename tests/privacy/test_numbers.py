"""Numbers with a fixed form are told from the many that identify nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs

from retention_desktop.privacy.checking import find
from retention_desktop.privacy.findings import Kind
from retention_desktop.privacy.numbers import find_numbers


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in find_numbers(text)]


@given(st.from_regex(r"999[0-9]{6}", fullmatch=True), st.sampled_from(["", " ", "-", "\u00a0"]))
def test_a_number_is_an_nhs_number_when_its_last_digit_says_so(start: str, gap: str) -> None:
    for last in "0123456789":
        number = start + last
        text = f"I noted {number[:3]}{gap}{number[3:6]}{gap}{number[6:]} down."
        found = [each for each in find(text) if each.kind is Kind.NHS_NUMBER]
        assert [(each.start, text[each.end :]) for each in found] == (
            [(8, " down.")] if nhs.is_valid(number) else []
        )


@pytest.mark.parametrize("area", ["B", "LS", "WC", "ZE", "BT"])
def test_a_postcode_begins_with_an_area_that_there_is(area: str) -> None:
    assert kinds(f"near {area}1 2AB") == [Kind.POSTCODE]
    assert kinds(f"near {area.lower()}12ab") == [Kind.POSTCODE]


@pytest.mark.parametrize("text", ["XX1 2AB", "QA1 2AB", "LS1 2CV", "LS1 2ABC", "E1 1st", "S1 2nd"])
def test_what_only_looks_like_a_postcode_is_none(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["GB123456A", "NT 12 34 56 B", "DA123456A", "AB123456E", "AB12345C"]
)
def test_what_only_looks_like_a_national_insurance_number_is_none(text: str) -> None:
    assert Kind.NI_NUMBER not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "0830 to 1630",
        "01-02-2026 10:30",
        "01.02.2026 at 0930",
        "0161 496",
        "077009001234567",
        "0046 tickets",
        "+12",
        "£07700900123",
        "2026-11-22 14:02:33",
    ],
)
def test_what_only_has_digits_is_no_telephone_number(text: str) -> None:
    assert Kind.PHONE not in [each.kind for each in find_numbers(text) if each.start == 0]
    assert kinds(text) in ([], [Kind.PHONE]) or text != "£07700900123"


@pytest.mark.parametrize("text", ["a@b", "@name", "x @ y.org", "name@", "me@.org"])
def test_not_every_at_sign_is_an_address(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "case 12",
        "case 2025",
        "ref 14/01/2027",
        "record 2026-03-01",
        "my caseload of 12345",
        "reference to 45678",
        "ISO27001",
        "COVID-19",
        "a case of 3000 hours",
    ],
)
def test_what_only_stands_near_a_case_is_no_case_number(text: str) -> None:
    assert kinds(text) == []
