"""`make bench` still runs: everything is measured once, at a size that takes seconds."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

MEASURED = {
    "start to unlock screen, offscreen": "start",
    "unlock to Today, 20 records": "unlock",
    "autosave, 20 records": "autosave",
    "search rare, 20 records": "search",
    "search common, 20 records": "search",
    "search two words, 20 records": "search",
    "search everywhere, 20 records": "everywhere",
    "Today, 20 records": "today",
    "insights, 20 records": "insights",
    "longest pause: start, 20 records": "pauses",
    "longest pause: unlock, 20 records": "pauses",
    "longest pause: journal, 20 records": "pauses",
    "longest pause: search, 20 records": "pauses",
    "longest pause: go to search everywhere, 20 records": "pauses",
    "longest pause: search everywhere, 20 records": "pauses",
    "longest pause: autosave, 20 records": "pauses",
    "PDF of two pages": "pdf",
    "check of 10,000 words": "privacy",
}
SIDE_BY_SIDE = (
    ("start", "unlock", "memory"),
    ("autosave", "search", "everywhere", "today", "insights", "pauses", "pdf", "privacy"),
)


def test_everything_is_measured_against_its_floor() -> None:
    command = [sys.executable, "tools/bench.py", "--sizes", "20", "--runs", "1"]
    benches = [
        subprocess.Popen(
            command + [f"--only={row}" for row in rows],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rows in SIDE_BY_SIDE
    ]
    printed = [bench.communicate() for bench in benches]
    assert [bench.returncode for bench in benches] == [0, 0], printed
    tables = [out[out.index("subject") :].splitlines() for out, _errors in printed]
    for name, row in MEASURED.items():
        (table,) = (table for table, rows in zip(tables, SIDE_BY_SIDE, strict=True) if row in rows)
        (line,) = (line for line in table if line.startswith(f"{name}  "))
        subject, floor = (
            float(cell.replace(",", "")) for cell in line.removeprefix(name).split()[:2]
        )
        assert subject > 0
        assert floor > 0
        assert line.split()[-2] in {"met", "MISSED"}
