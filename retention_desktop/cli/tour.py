"""The main job from end to end in a temporary vault: to be looked at (tour), and as a check."""

import tempfile
from argparse import Namespace
from contextlib import closing
from datetime import datetime
from pathlib import Path

from retention_desktop.cli import Context
from retention_desktop.cli.layout import say
from retention_desktop.errors import KnownError
from retention_desktop.journal.adding import add_records
from retention_desktop.journal.entries import Entry, read_entries
from retention_desktop.journal.records import (
    finish_record,
    get_record,
    save_answer,
    save_place,
    set_person,
    set_tags,
    start_record,
)
from retention_desktop.journal.search import search_records
from retention_desktop.paths import VAULT_SUFFIX, resource
from retention_desktop.sharing.pdf import write_pdf
from retention_desktop.sharing.summary import summarise
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.run import Run, review_date
from retention_desktop.vault import Vault, create_vault, open_vault
from retention_desktop.vault.passphrases import generate_passphrase
from retention_desktop.vault.verifying import verify_vault

_SAMPLE = "career-conversation.json"
_OTHERS = "autumn.json"


def tour(_options: Namespace, context: Context) -> None:
    """Do the main job with sample records, and say where the results are."""
    folder = Path(tempfile.mkdtemp(prefix="retention-desktop-tour-"))
    vault_folder = folder / f"Tour{VAULT_SUFFIX}"
    pdf = folder / "career-conversation.pdf"
    picture = folder / "main-window.png"
    passphrase = generate_passphrase()
    toolkit = load_toolkit()

    say("Making a vault with a generated passphrase.")
    create_vault(vault_folder, passphrase, kdf=context.kdf, now=context.now())
    with closing(open_vault(vault_folder, passphrase, kdf_floor=context.kdf_floor)) as vault:
        say("Adding some sample records, and filling in a career conversation.")
        samples = read_entries(resource("samples") / _OTHERS, toolkit)
        add_records(vault, samples, now=context.now())
        _write(vault, samples[0], context.now(), pages=3)  # a draft, to be continued
        record_id = _fill_in(vault, _sample(toolkit), context.now())
        say("Saving its PDF: the parts that are not private.")
        write_pdf(summarise(get_record(vault, record_id)), pdf)
    say("Drawing the main window.", "")
    context.draw_window(vault_folder, passphrase, picture)

    say(
        f"The vault:      {vault_folder}",
        f"Its passphrase: {passphrase}",
        f"The PDF:        {pdf}",
        f"The picture:    {picture}",
        "",
        "Everything in it is made up. Delete the folder when you have seen it:",
        f"  {folder}",
    )


def check_self(_options: Namespace, context: Context) -> None:
    """Do the main job once, look at every result, and leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="retention-desktop-self-test-") as name:
        folder = Path(name)
        vault_folder = folder / f"Self-test{VAULT_SUFFIX}"
        pdf, picture = folder / "summary.pdf", folder / "main-window.png"
        passphrase = generate_passphrase()
        create_vault(vault_folder, passphrase, kdf=context.kdf, now=context.now())
        with closing(open_vault(vault_folder, passphrase, kdf_floor=context.kdf_floor)) as vault:
            record_id = _fill_in(vault, _sample(load_toolkit()), context.now())
            record = get_record(vault, record_id)
            words = " ".join(record.head.preview.split()[:3])
            found = [hit.head.id for hit in search_records(vault, words)]
        _require(found == [record_id], "the search")
        write_pdf(summarise(record), pdf)
        _require(pdf.read_bytes().startswith(b"%PDF-"), "the PDF")
        _require(not verify_vault(vault_folder, passphrase).problems, "the check of the vault")
        context.draw_window(vault_folder, passphrase, picture)
        _require(picture.read_bytes().startswith(b"\x89PNG"), "the picture of the window")
    say("self-test passed")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise KnownError(f"The self-test failed: {what} is not as it should be.", "Install again.")


def _sample(toolkit: Toolkit) -> Entry:
    (entry,) = read_entries(resource("samples") / _SAMPLE, toolkit)
    return entry


def _fill_in(vault: Vault, sample: Entry, now: datetime) -> int:
    """Write all of a sample and finish it; the id of the record."""
    record_id = _write(vault, sample, now)
    set_person(vault, record_id, sample.person, now=now)
    set_tags(vault, record_id, sample.tags, now=now)
    review_on = review_date(sample.tool.follow_up, now.date())
    finish_record(vault, record_id, review_on=review_on, now=now, tool=sample.tool)
    return record_id


def _write(vault: Vault, sample: Entry, now: datetime, *, pages: int | None = None) -> int:
    """Go from page to page of the tool as somebody at the window does; the id of the draft."""
    (record_id,) = start_record(vault, sample.tool, now=now).records
    for page in Run(sample.tool, {}).pages[:pages]:
        save_place(vault, record_id, page.key)
        if page.step and page.prompt:
            answer = sample.answers.get(page.prompt.id)
            save_answer(vault, record_id, page.step, page.prompt, answer, now=now)
    return record_id
