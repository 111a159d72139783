"""Measure speed and memory, each figure against a floor of the same run: `make bench`.

docs/benchmarks.md says what each row means and how it is measured.
"""

import os
import platform
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benching import checks, journals, pdfs, windows
from benching.table import Row, table
from benching.vaults import filled_vault

ROWS = (
    "start",
    "unlock",
    "autosave",
    "search",
    "everywhere",
    "today",
    "insights",
    "pauses",
    "pdf",
    "privacy",
    "memory",
)
SIZES = (1_000, 10_000, 100_000)
_FLAT = 1.25  # what does not grow with the records stays within this, given a noisy machine
_QUICK = 9  # times as many runs where one takes milliseconds


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="records, such as 1000,10000")
    parser.add_argument("--only", action="append", choices=ROWS, metavar="ROW", help=f"{ROWS}")
    parser.add_argument("--runs", type=int, default=9, help="pairs for each row")
    parser.add_argument("--keep", type=Path, help="a folder in which the vaults are kept")
    chosen = parser.parse_args()
    rows = []
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        vaults = {size: filled_vault(chosen.keep or scratch, size) for size in chosen.sizes}
        for row in measured(chosen.only or ROWS, vaults, chosen.runs, scratch):
            print(row.name, flush=True)
            rows.append(row)
    cores, system = os.cpu_count(), platform.system()
    print(f"\n{cores} cores, {system}, Python {platform.python_version()}\n\n{table(rows)}")


def measured(
    only: tuple[str, ...], vaults: dict[int, Path], runs: int, scratch: Path
) -> Iterator[Row]:
    """The rows, one by one as they are measured."""
    smallest, largest = min(vaults), max(vaults)
    if "start" in only:
        yield from windows.start(vaults[smallest], runs)
    if "unlock" in only:
        rows = [windows.unlock(data_dir, size, runs) for size, data_dir in vaults.items()]
        yield from with_growth("unlock to Today", rows)
    if "autosave" in only:
        rows = [
            journals.autosave(data_dir, size, runs * _QUICK, scratch)
            for size, data_dir in vaults.items()
        ]
        yield from with_growth("autosave", rows)
    if "search" in only:
        yield from journals.search(vaults[largest], largest, runs * _QUICK)
    if "everywhere" in only:
        rows = [
            journals.everywhere(data_dir, size, runs * _QUICK) for size, data_dir in vaults.items()
        ]
        yield from with_growth("search everywhere", rows)
    if "today" in only:
        rows = [journals.today(data_dir, size, runs * _QUICK) for size, data_dir in vaults.items()]
        yield from with_growth("Today", rows)
    if "insights" in only:
        rows = [journals.insights(data_dir, size, runs) for size, data_dir in vaults.items()]
        yield from with_growth("insights", rows)
    if "pauses" in only:
        yield from windows.pauses(vaults[largest], largest, runs)
    if "pdf" in only:
        yield pdfs.pdf(runs * _QUICK)
    if "privacy" in only:
        yield checks.privacy(runs * _QUICK)
    if "memory" in only:
        size = 10_000 if 10_000 in vaults else largest
        yield from windows.memory(vaults[size], size, runs)


def with_growth(name: str, rows: list[Row]) -> Iterator[Row]:
    """The rows of the same thing at each size, and how its ratio grows from first to last."""
    yield from rows
    if len(rows) > 1:
        most, least = tuple(rows[-1].ratios), tuple(rows[0].ratios)
        yield Row(f"{name}: largest against smallest", most, least, _FLAT, "times")


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(size) for size in text.split(",")))


if __name__ == "__main__":
    main()
