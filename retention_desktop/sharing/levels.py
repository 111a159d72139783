"""What a picture of levels shows: for each dimension, how many cases stand at each level.

Each dimension is counted for itself. There is no total over dimensions, and no order of cases.
"""

from msgspec import Struct

from retention_desktop.toolkit.blocks import Bar, Bars, Levels

_PALEST, _DEEPEST = 0.10, 0.46


class LevelCount(Struct, frozen=True):
    """How many cases of one dimension stand at each level of the scale, from the lowest."""

    name: str
    counts: tuple[int, ...]
    words: str


def level_counts(levels: Levels) -> tuple[LevelCount, ...]:
    """A count for each dimension, in the order of the table; cells left empty are named too."""
    found = []
    for place, name in enumerate(levels.header[1:], 1):
        column = [row[place] for row in levels.rows]
        counts = tuple(column.count(word) for word in levels.scale)
        words = [f"{word} {count}" for word, count in zip(levels.scale, counts, strict=True)]
        if empty := column.count(""):
            words.append(f"not chosen {empty}")
        found.append(LevelCount(name, counts, ", ".join(words)))
    return tuple(found)


def level_bars(levels: Levels) -> Bars:
    """The counts as bars; each leads to its record where the dimensions are records."""
    counts = level_counts(levels)
    records = ((each,) for each in levels.records) if levels.records else ((),) * len(counts)
    bars = tuple(
        Bar(each.name, each.words, each.counts, behind)
        for each, behind in zip(counts, records, strict=True)
    )
    return Bars(levels.header[0], bars, len(levels.rows), levels.scale)


def shade(place: int, places: int) -> float:
    """How much of its colour the fill of a level takes, from 0 to 1; words on it stay readable.

    One that stands for itself, on no scale, is the deepest.
    """
    return _DEEPEST if places == 1 else _PALEST + (_DEEPEST - _PALEST) * place / (places - 1)
