"""A new vault is there whole, or not at all."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retention_desktop.errors import BadInput, FileProblem
from retention_desktop.vault import DEFAULT_KDF, create_vault, keyfile, open_vault, verify_vault
from tests.vault.conftest import FAST, NOW, PASSPHRASE

SCRIPT = Path(__file__).with_name("other_process.py")


def test_a_new_vault_opens_and_is_sound(tmp_path: Path) -> None:
    create_vault(tmp_path / "new.rvault", PASSPHRASE, kdf=FAST, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["new.rvault"]
    assert verify_vault(tmp_path / "new.rvault", PASSPHRASE).problems == ()


def test_two_new_vaults_share_nothing(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        create_vault(tmp_path / name, PASSPHRASE, kdf=FAST, now=NOW)
        files.append(keyfile.parse((tmp_path / name / "vault.keys").read_bytes()).body)
    one, two = files
    assert one.vault_id != two.vault_id
    assert one.db.salt != two.db.salt
    assert one.slots[0].kdf.salt != two.slots[0].kdf.salt


def test_the_usual_cost_is_256_mib(tmp_path: Path) -> None:
    create_vault(tmp_path / "v", PASSPHRASE, now=NOW)
    kdf = keyfile.parse((tmp_path / "v" / "vault.keys").read_bytes()).body.slots[0].kdf
    assert isinstance(kdf, keyfile.Argon2)
    assert kdf.params == DEFAULT_KDF
    assert (kdf.m, kdf.t, kdf.p) == (256 * 1024, 3, 4)


@pytest.mark.parametrize("kind", ["file", "folder", "full folder", "link to nothing"])
def test_what_is_in_the_way_is_left_alone(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "taken"
    match kind:
        case "file":
            place.write_text("mine")
        case "folder":
            place.mkdir()
        case "full folder":
            place.mkdir()
            (place / "mine").touch()
        case _:
            place.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileProblem, match="already something at") as caught:
        create_vault(place, PASSPHRASE, kdf=FAST, now=NOW)
    assert str(place) in caught.value.sentence
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("place", ["no/such/folder/v", "x" * 300, "file/v"])
def test_a_place_that_cannot_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileProblem) as caught:
        create_vault(tmp_path / place, PASSPHRASE, kdf=FAST, now=NOW)
    assert str(tmp_path / place) in caught.value.sentence
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("passphrase", ["", "line\nbreak", "x" * 1025])
def test_a_passphrase_that_cannot_be_makes_nothing(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(BadInput):
        create_vault(tmp_path / "v", passphrase, kdf=FAST, now=NOW)
    assert list(tmp_path.iterdir()) == []


def _run(job: str, folder: Path, *prefix: str) -> list[str]:
    done = subprocess.run(
        [*prefix, sys.executable, str(SCRIPT), job, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="limits file sizes")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    said = _run("full-new", tmp_path / "v")
    assert len(said) == 2
    for line in said:
        assert line.startswith(f"DiskFull: There is not enough room on the disk: {tmp_path / 'v'} ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_kill_leaves_nothing_or_a_whole_vault(tmp_path: Path) -> None:
    said = _run("killed-new", tmp_path / "v")
    assert said[-1] == "whole"
    assert said[:-1] == ["nothing"] * (len(said) - 1)
    assert len(said) > 3
    open_vault(tmp_path / "v", PASSPHRASE, kdf_floor=FAST).close()


SETPRIV = shutil.which("setpriv")


@pytest.mark.skipif(SETPRIV is None, reason="setpriv takes root's power to write anywhere")
def test_a_read_only_place_is_said(tmp_path: Path, template: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    shutil.copytree(template, here / "old")
    (here / "old").chmod(0o500)
    here.chmod(0o500)
    powerless = (str(SETPRIV), "--bounding-set=-all", "--inh-caps=-all")
    try:
        (made,) = _run("new", here / "v", *powerless)
        (opened,) = _run("open", here / "old", *powerless)
    finally:
        here.chmod(0o700)
        (here / "old").chmod(0o700)
    assert made.startswith(f"FileProblem: {here / 'v'} could not be made: this place is read-only")
    assert opened.startswith("FileProblem: ")
    assert str(here / "old") in opened
    assert [path.name for path in here.iterdir()] == ["old"]
