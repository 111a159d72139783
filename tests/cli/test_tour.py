import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from retention_desktop import cli
from retention_desktop.journal.entries import read_entries
from retention_desktop.journal.records import get_record, list_records
from retention_desktop.models.enums import Driver, RecordState
from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.vault import open_vault

from .conftest import CHEAP, CONTEXT, Run


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_samples_cover_every_driver() -> None:
    toolkit = load_toolkit()
    names = ("autumn", "career-conversation")
    files = [resource(f"samples/{name}.json") for name in names]
    entries = [entry for file in files for entry in read_entries(file, toolkit)]
    assert {entry.tool.driver for entry in entries} == set(Driver)
    assert len(entries) >= 12


def test_the_tour_leaves_a_vault_a_pdf_and_a_picture_and_says_where(
    temporary: Path, run: Run
) -> None:
    done = run("tour")
    assert (done.code, done.err) == (0, "")
    (folder,) = temporary.iterdir()
    told = {
        name: Path(path) for name, path in re.findall(r"The (vault|PDF|picture): +(.+)", done.out)
    }
    assert told["picture"].read_bytes().startswith(b"\x89PNG")
    text = "".join(page.extract_text() for page in PdfReader(told["PDF"]).pages)
    assert "Career conversation" in text
    assert "Shadow two review meetings" in text
    assert told["vault"].parent == folder
    (passphrase,) = re.findall("Its passphrase: (.+)", done.out)
    vault = open_vault(told["vault"], passphrase, kdf_floor=CHEAP)
    try:
        heads = list_records(vault)
        career = next(head for head in heads if head.tool_id == "career-conversation")
        record = get_record(vault, career.id)
    finally:
        vault.close()
    assert [head.state for head in heads].count(RecordState.DRAFT) == 1
    assert len(record.answers) == len(load_toolkit().tool("career-conversation").prompts)
    assert record.head.person == "Person A"
    assert record.head.review_on is not None


def test_the_self_test_passes_and_leaves_nothing(temporary: Path, run: Run) -> None:
    done = run("self-test")
    assert (done.code, done.out, done.err) == (0, "self-test passed\n", "")
    assert list(temporary.iterdir()) == []


def test_a_self_test_that_fails_says_what_and_leaves_nothing(
    temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw_badly(_vault: Path, _passphrase: str, target: Path) -> None:
        target.write_bytes(b"no picture")

    context = cli.Context(draw_window=draw_badly, now=CONTEXT.now, kdf=CHEAP, kdf_floor=CHEAP)
    assert cli.main(["self-test"], context) == 2
    shown = capsys.readouterr()
    assert "the picture of the window" in shown.err
    assert shown.out == ""
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_tour_takes_the_place_of_the_window(tmp_path: Path) -> None:
    """The one test here with the real cost of a passphrase and a real picture."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "retention_desktop"],
        env={**environment, "TMPDIR": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("There is no display here")
    (picture,) = tmp_path.glob("*/main-window.png")
    assert picture.stat().st_size > 10_000
