"""The program is killed in the middle of a sentence."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from retention_desktop.journal.begun import read_begun
from retention_desktop.journal.records import get_record, list_drafts
from retention_desktop.models.enums import Form
from retention_desktop.models.views import Place
from retention_desktop.vault import open_vault
from tests.journeys.sudden_end import TYPED
from tests.ui.conftest import NAME
from tests.ui.samples import answers_in
from tests.ui.user import CHEAP, PASSPHRASE

ROOT = Path(__file__).parents[2]


def type_and_be_killed(folder: Path, place: str) -> None:
    command = [sys.executable, "-m", "tests.journeys.sudden_end", str(folder), place]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "typed\n"
        finally:
            process.kill()


def test_what_was_on_the_screen_for_a_second_is_there_again(
    empty_vault: Path, data_dir: Path
) -> None:
    shutil.copytree(empty_vault, data_dir / NAME)
    type_and_be_killed(data_dir, "a tool")
    with closing(open_vault(data_dir / NAME, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        (head,) = list_drafts(vault)
        assert answers_in(get_record(vault, head.id)) == {"going-well": TYPED}
        assert head.page == "start-with-what-goes-well/going-well"


def test_what_was_half_written_in_a_form_is_there_again(empty_vault: Path, data_dir: Path) -> None:
    shutil.copytree(empty_vault, data_dir / NAME)
    type_and_be_killed(data_dir, "agreed")
    with closing(open_vault(data_dir / NAME, PASSPHRASE, kdf_floor=CHEAP)) as vault:
        assert read_begun(vault, Place(Form.NEW_ACTION))["text"] == TYPED
