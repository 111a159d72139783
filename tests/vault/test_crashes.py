"""Killed, out of room, or held by another: what was said to be kept is kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from retention_desktop.errors import VaultInUse
from retention_desktop.vault import verify_vault
from tests.vault.conftest import PASSPHRASE, Opener

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and limits file sizes")

SCRIPT = Path(__file__).with_name("other_process.py")


def _start(job: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), job, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=SCRIPT.parents[2],
    )


def _run(job: str, folder: Path) -> list[str]:
    with _start(job, folder) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert err == ""
    return out.splitlines()


def test_nothing_that_was_saved_is_lost_when_killed(folder: Path) -> None:
    said = _run("saving", folder)
    assert len(said) == 10
    assert int(said[-1].removeprefix("kept ")) > 20


def test_one_passphrase_opens_when_killed_while_changing(folder: Path) -> None:
    assert len(_run("changing", folder)) == 6


def test_one_passphrase_opens_whichever_step_is_the_last(folder: Path) -> None:
    said = _run("steps", folder)
    outcomes = [line.split()[-1] for line in said]
    assert len(said) >= 10
    assert outcomes == sorted(outcomes, reverse=True), "old until one step, new from there"
    assert set(outcomes) == {"old", "new"}
    assert said[-1].split()[2] == "done"


def test_a_full_disk_is_said_and_keeps_what_was_saved(folder: Path) -> None:
    said = _run("full", folder)
    assert said[0].startswith("DiskFull after some: The disk took nothing more")
    assert said[1:] == ["kept"]


def test_a_full_disk_keeps_the_passphrase(folder: Path) -> None:
    said = _run("full-keys", folder)
    assert said[0].startswith("DiskFull: There is not enough room on the disk")
    assert said[1:] == ["store.db vault.keys vault.keys.bak vault.lock"]


def test_a_second_program_is_told_who_has_the_vault(folder: Path, opened: Opener) -> None:
    with _start("hold", folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(VaultInUse, match=rf"already open .* \(process {holder.pid} on "):
            opened()
        with pytest.raises(VaultInUse):
            verify_vault(folder, PASSPHRASE)
        holder.communicate()
    assert holder.returncode == 0
    opened()
    (said,) = _run("open", folder)
    assert said.startswith("VaultInUse: This vault is already open")


def test_the_lock_of_a_dead_program_is_no_lock(folder: Path, opened: Opener) -> None:
    with _start("hold", folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        holder.kill()
    assert (folder / "vault.lock").read_text().startswith(f"{holder.pid}\n")
    assert opened().notices == ()
