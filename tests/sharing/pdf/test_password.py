import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from retention_desktop.errors import BadInput
from retention_desktop.sharing.card import Card, CardLine
from retention_desktop.sharing.pdf import render_card, render_pdf, write_card, write_pdf
from retention_desktop.toolkit.blocks import Paragraph

from ..samples import summary
from .reading import told

MADE = summary(Paragraph("CANARY that nobody else may read"), title="CANARY title")
PASSWORD = "Tŷ Ŵyr £5"


def test_it_opens_with_its_password_alone() -> None:
    pdf = render_pdf(MADE, password=PASSWORD)

    reader = PdfReader(BytesIO(pdf))
    assert reader.is_encrypted
    for wrong in ("", "Ty Wyr £5", PASSWORD + " "):
        assert not reader.decrypt(wrong)
    assert reader.decrypt(PASSWORD)
    assert "CANARY" in reader.pages[0].extract_text()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(pdf))


def test_it_is_aes_256_and_whoever_opens_it_may_do_everything() -> None:
    with pikepdf.open(BytesIO(render_pdf(MADE, password=PASSWORD)), password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert str(opened.encryption.stream_method) == "EncryptionMethod.aesv3"
        assert all(opened.allow)


def test_nothing_of_it_can_be_read_without_the_password() -> None:
    pdf = render_pdf(MADE, password=PASSWORD)

    for name in (b"CANARY", "CANARY".encode("utf-16-be"), b"Retention Desktop", b"dc:title"):
        assert name not in pdf


def test_a_screen_reader_is_told_the_same() -> None:
    assert told(render_pdf(MADE, password=PASSWORD), PASSWORD) == told(render_pdf(MADE))


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="needs pdfinfo of poppler")
def test_poppler_opens_it_with_its_password_alone(tmp_path: Path) -> None:
    write_pdf(MADE, tmp_path / "a.pdf", password=PASSWORD)

    def ask(password: str) -> subprocess.CompletedProcess[str]:
        command = ["pdfinfo", "-upw", password, str(tmp_path / "a.pdf")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "algorithm:AES-256" in ask(PASSWORD).stdout
    assert "Tagged:          yes" in ask(PASSWORD).stdout
    assert ask("wrong").returncode != 0


def test_a_card_can_have_one_too(tmp_path: Path) -> None:
    write_card(Card("", (CardLine("", "Thanks"),)), tmp_path / "a.pdf", password=PASSWORD)

    assert PdfReader(tmp_path / "a.pdf", password=PASSWORD).pages[0].extract_text() == "Thanks"


def test_a_password_longer_than_a_pdf_can_have_is_refused() -> None:
    assert PdfReader(BytesIO(render_pdf(MADE, password="ŵ" * 63))).decrypt("ŵ" * 63)
    with pytest.raises(BadInput) as caught:
        render_pdf(MADE, password="ŵ" * 64)
    assert "ŵ" not in f"{caught.value} {caught.value.next_step}"


# The day


def test_a_day_is_told_where_it_is_given_and_the_bytes_are_the_same_for_the_same_day() -> None:
    made = render_pdf(MADE, made_on=date(2026, 11, 22))

    assert made == render_pdf(MADE, made_on=date(2026, 11, 22))
    assert made != render_pdf(MADE)
    reader = PdfReader(BytesIO(made))
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]) == "D:20261122000000Z"
    assert reader.xmp_metadata is not None
    assert str(reader.xmp_metadata.xmp_create_date)[:10] == "2026-11-22"


def test_a_card_has_its_day_too() -> None:
    reader = PdfReader(BytesIO(render_card(Card("", ()), made_on=date(2026, 11, 22))))

    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]) == "D:20261122000000Z"
