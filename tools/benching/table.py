"""What was measured, and the table of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One row: what was measured, and its floor of the same run, pair by pair.

    Without a floor, `target` is in the unit of the subject; with one it is a ratio.
    """

    name: str
    subject: tuple[float, ...]
    floor: tuple[float, ...]
    target: float
    unit: str = "ms"
    is_ratio: bool = True

    @property
    def ratios(self) -> list[float]:
        """The ratio of each pair."""
        return [ours / bare for ours, bare in zip(self.subject, self.floor, strict=True)]

    @property
    def least_ratio(self) -> float:
        """The ratio of the two best times: what is left when the machine was undisturbed."""
        return min(self.subject) / min(self.floor)

    @property
    def is_met(self) -> bool:
        """Whether the median is within the target."""
        return median(self.ratios if self.is_ratio else self.subject) <= self.target

    def cells(self) -> list[str]:
        """The row as text."""
        return [
            self.name,
            f"{median(self.subject):,.2f}",
            f"{median(self.floor):,.2f}",
            self.unit,
            f"{median(self.ratios):.2f}" if self.is_ratio else "",
            f"{self.least_ratio:.2f}" if self.is_ratio else "",
            f"{self.target:g}" if self.is_ratio else f"{self.target:g} {self.unit}",
            "met" if self.is_met else "MISSED",
            str(len(self.subject)),
        ]


HEAD = ["row", "subject", "floor", "unit", "ratio", "least", "target", "", "runs"]
_IS_TEXT = {0, 3, 7}


def in_pairs(
    name: str,
    subject: Callable[[], float],
    floor: Callable[[], float],
    *,
    runs: int,
    target: float,
    unit: str = "ms",
    warm_ups: int = 1,
) -> Row:
    """Measure both by turns, floor first, so that what the machine does meets both alike."""
    pairs = [(floor(), subject()) for _ in range(warm_ups + runs)][warm_ups:]
    bare, ours = zip(*pairs, strict=True)
    return Row(name, ours, bare, target, unit)


def table(rows: Iterable[Row]) -> str:
    """All rows, aligned."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_aligned(line, widths) for line in lines)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.ljust(width) if place in _IS_TEXT else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join(cells).rstrip()
