from hypothesis import given
from hypothesis import strategies as st

from retention_desktop.sharing.levels import LevelCount, level_counts, shade
from retention_desktop.toolkit.blocks import Levels

SCALE = ("Low", "Medium", "High")


def test_each_dimension_is_counted_for_itself() -> None:
    levels = Levels(
        ("Alias", "Volume", "Feeling"),
        (("A", "High", ""), ("B", "High", "Low"), ("", "Low", "Medium")),
        SCALE,
    )

    assert level_counts(levels) == (
        LevelCount("Volume", (1, 0, 2), "Low 1, Medium 0, High 2"),
        LevelCount("Feeling", (1, 1, 0), "Low 1, Medium 1, High 0, not chosen 1"),
    )


def test_an_alias_that_reads_like_a_level_is_not_counted() -> None:
    (count,) = level_counts(Levels(("Alias", "Volume"), (("High", "Low"),), SCALE))

    assert count.counts == (1, 0, 0)


@given(st.lists(st.sampled_from(("", *SCALE))))
def test_every_case_is_counted_once(column: list[str]) -> None:
    rows = tuple(("case", word) for word in column)
    (count,) = level_counts(Levels(("Alias", "Volume"), rows, SCALE))

    assert sum(count.counts) + column.count("") == len(column)
    assert ("not chosen" in count.words) is ("" in column)


def test_higher_levels_are_deeper() -> None:
    for places in (2, 3, 5):
        shades = [shade(place, places) for place in range(places)]
        assert shades == sorted(set(shades))
        assert 0 < shades[0] < shades[-1] < 0.5
    assert 0 < shade(0, 1) < 0.5
