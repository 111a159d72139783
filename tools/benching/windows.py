"""The rows that need a window: each figure comes from a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import which
from typing import TypeAlias

from benching import Seen
from benching.table import Row, in_pairs

_TOOLS = Path(__file__).parents[1]
_LONGEST_S = 90
# Users have their bytecode written, and no debugging. The floors have it that way too.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
} | {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}

Platform: TypeAlias = dict[str, str]  # what to add to the environment
OFFSCREEN: Platform = {}


def bare(what: str, on: Platform = OFFSCREEN) -> Seen:
    """What a process with a bare window has seen."""
    return _seen("benching.bare", what, on=on)


def program(what: str, data_dir: Path, on: Platform = OFFSCREEN) -> Seen:
    """What the program's process has seen."""
    return _seen("benching.inside", what, str(data_dir.absolute()), on=on)


def _seen(module: str, *arguments: str, on: Platform) -> Seen:
    """What one process has seen, with `painted_ms` since its start if it was painted."""
    started = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=_TOOLS,
        env=_ENVIRONMENT | on,
        stdout=subprocess.PIPE,
        timeout=_LONGEST_S,
        check=True,
    )
    seen: Seen = json.loads(done.stdout)
    if "painted_ns" in seen:
        seen["painted_ms"] = (seen["painted_ns"] - started) / 1e6
    return seen


def start(data_dir: Path, runs: int) -> Iterator[Row]:
    """From the start of the process to the unlock screen painted."""
    program("start", data_dir)  # so that all bytecode is written
    bare("start")
    with _platforms() as platforms:
        for name, on in platforms.items():
            yield in_pairs(
                f"start to unlock screen, {name}",
                partial(_painted_ms, partial(program, "start", data_dir, on)),
                partial(_painted_ms, partial(bare, "start", on)),
                runs=runs,
                target=1.15,
                warm_ups=0,
            )


def _painted_ms(process: Callable[[], Seen]) -> float:
    return process()["painted_ms"]


def unlock(data_dir: Path, size: int, runs: int) -> Row:
    """From the passphrase accepted to Today painted, against Argon2id alone."""
    return in_pairs(
        f"unlock to Today, {size:,} records",
        lambda: program("unlock", data_dir)["unlock_ms"],
        lambda: bare("argon2id")["derived_ms"],
        runs=runs,
        target=1.25,
        warm_ups=0,
    )


def pauses(data_dir: Path, size: int, runs: int) -> Iterator[Row]:
    """The longest pause of the UI thread in each thing that a person does."""
    seen = [(program("pauses", data_dir), bare("rest")) for _ in range(runs)]
    floor = tuple(resting["pause_ms"] for _, resting in seen)
    for doing, said in (
        ("start", "start"),
        ("unlock", "unlock"),
        ("journal", "journal"),
        ("search", "search"),
        ("searching", "go to search everywhere"),
        ("everywhere", "search everywhere"),
        ("autosave", "autosave"),
    ):
        subject = tuple(busy[f"{doing}_pause_ms"] for busy, _ in seen)
        name = f"longest pause: {said}, {size:,} records"
        yield Row(name, subject, floor, 16, is_ratio=False)


def memory(data_dir: Path, size: int, runs: int) -> Iterator[Row]:
    """The most memory, unlocked, against that of a bare window."""
    if "lifetime_kib" not in (first := program("unlock", data_dir)):
        return
    seen = [first, *(program("unlock", data_dir) for _ in range(runs - 1))]
    floor = tuple(bare("start")["start_kib"] / 1024 for _ in range(runs))
    for which_one, name in (("unlocked", "once unlocked"), ("lifetime", "with Argon2id's own")):
        subject = tuple(each[f"{which_one}_kib"] / 1024 for each in seen)
        yield Row(f"most memory {name}, {size:,} records", subject, floor, 2, "MiB")


@contextmanager
def _platforms() -> Iterator[dict[str, Platform]]:
    """The ways to have a window here: without a screen, and on a virtual one if there is one."""
    if which("Xvfb") is None:
        yield {"offscreen": OFFSCREEN}
        return
    reading, writing = os.pipe()
    command = f"Xvfb -displayfd {writing} -screen 0 1400x900x24 -nolisten tcp".split()
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            display = told.readline().strip()
        try:
            yield {
                "offscreen": OFFSCREEN,
                "X11": {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"},
            }
        finally:
            server.terminate()
