"""The commands as a person types them, on a vault that costs little to open."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from retention_desktop import cli, paths
from retention_desktop.vault import KdfParams, create_vault

PASSPHRASE = "otter lantern ŵyl basket violin"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
CHEAP = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)

RECORD: dict[str, Any] = {
    "tool": "career-conversation",
    "started": "2026-11-20T13:00:00Z",
    "finished": "2026-11-20T14:02:00Z",
    "person": "Person A",
    "answers": {
        "going-well": "The joint visits with the hospital <b>team</b> & ŵ",
        "development-action": [
            {"text": "Shadow two reviews", "owner": "Person A", "due": "2027-01-31"}
        ],
    },
    "actions": [{"text": "Book the room", "owner": "Sam", "due": None}],
    "tags": ["supervision"],
}


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


def draw_nothing(vault: Path, passphrase: str, target: Path) -> None:
    """Write the shortest file that passes for a picture; real pictures are the window's tests."""
    target.write_bytes(b"\x89PNG\r\n\x1a\n")


CONTEXT = cli.Context(draw_window=draw_nothing, now=lambda: NOW, kdf=CHEAP, kdf_floor=CHEAP)

Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command; `typed` is what stands on standard input, the passphrase unless said."""
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "own data")

    def command(*words: object, typed: str | bytes = f"{PASSPHRASE}\n") -> Done:
        content = typed.encode() if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        capsys.readouterr()
        code = cli.main([str(word) for word in words], CONTEXT)
        return Done(code, *capsys.readouterr())

    return command


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Runs a command that must be refused; the one line that says why."""

    def command(*words: object, **how: Any) -> str:
        done = run(*words, **how)
        assert done.code == 2
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert done.err.startswith("retention-desktop: ")
        return done.err

    return command


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new vault; copied, because making one costs more than a test."""
    folder = tmp_path_factory.mktemp("vaults") / "Empty.rvault"
    create_vault(folder, PASSPHRASE, kdf=CHEAP, now=NOW)
    return folder


@pytest.fixture
def vault(empty_vault: Path, tmp_path: Path) -> Path:
    """An empty vault, in a folder with an awkward name."""
    return shutil.copytree(empty_vault, tmp_path / "my vault #1?.rvault")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[object], Path]:
    """Writes a JSON file for `add`."""

    def json_file(content: object) -> Path:
        path = tmp_path / "records.json"
        path.write_text(json.dumps(content), "utf-8")
        return path

    return json_file


@pytest.fixture
def filled(vault: Path, run: Run, write: Callable[[object], Path]) -> Path:
    """A vault with two records: RECORD, and a leadership reflection of the day after."""
    other = {
        "tool": "leadership-reflection",
        "started": "2026-11-21T09:00:00Z",
        "finished": "2026-11-21T09:10:00Z",
        "answers": {"visible": "At the duty desk, on a hard day in hospital"},
    }
    done = run("add", vault, write([RECORD, other]), "--passphrase-file", "-")
    assert (done.code, done.out) == (0, "1\n2\n"), done.err
    return vault
