"""The small pieces of wording that everything shares."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.wording import DRIVER_NAMES, long_date, quoted


def test_dates_are_written_out() -> None:
    assert long_date(date(2026, 11, 2)) == "2 November 2026"
    assert [long_date(date(2026, month, 1)).split()[1][:3] for month in (1, 5, 9, 12)] == [
        *("Jan", "May", "Sep", "Dec")
    ]


def test_every_driver_carries_both_published_names() -> None:
    assert set(DRIVER_NAMES) == set(Driver)
    assert DRIVER_NAMES[Driver.FLEXIBILITY].name == "Flexibility and autonomy"
    assert DRIVER_NAMES[Driver.FLEXIBILITY].heading == "Flexibility and trust"


@given(st.text())
def test_quoted_text_fits_on_one_line(text: str) -> None:
    shown = quoted(text)
    assert shown.isprintable()
    assert len(shown) <= 62
    shown.encode()
