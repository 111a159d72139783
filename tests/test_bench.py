"""`make bench` still runs: everything is measured once, at a size that takes seconds."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

MEASURED = (
    "start to unlock screen, offscreen",
    "unlock to Today, 20 records",
    "autosave, 20 records",
    "search rare, 20 records",
    "search common, 20 records",
    "search two words, 20 records",
    "longest pause: start, 20 records",
    "longest pause: unlock, 20 records",
    "longest pause: journal, 20 records",
    "longest pause: search, 20 records",
    "longest pause: autosave, 20 records",
    "PDF of two pages",
)


def test_everything_is_measured_against_its_floor() -> None:
    command = [sys.executable, "tools/bench.py", "--sizes", "20", "--runs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    table = done.stdout[done.stdout.index("subject") :]
    for row in MEASURED:
        (line,) = (line for line in table.splitlines() if line.startswith(f"{row}  "))
        subject, floor = (
            float(cell.replace(",", "")) for cell in line.removeprefix(row).split()[:2]
        )
        assert subject > 0
        assert floor > 0
        assert line.split()[-2] in {"met", "MISSED"}
