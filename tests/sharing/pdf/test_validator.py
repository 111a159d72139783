"""Every kind of PDF before veraPDF, which knows the rules of PDF/UA-1.

`make test` shows it some of each; `make test-pdf` every hostile text and every place for a page to
end. veraPDF stands in a folder beside this one, and needs Java.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from retention_desktop.sharing.pdf import render_pdf

from ..hostile import TEXTS
from .kinds import EVERY_BLOCK, broken_at, hostile, kinds, torn

CHECK = Path(__file__).parents[3].parent / "shared" / "tools" / "pdfua" / "check"
EVERY_PLACE = range(70)

pytestmark = [
    pytest.mark.skipif(not CHECK.is_file(), reason="needs ../shared/tools/pdfua"),
    pytest.mark.skipif(not shutil.which("java"), reason="needs Java, for veraPDF"),
    pytest.mark.timeout(900),  # its first use fetches veraPDF
]
thorough = pytest.mark.skipif(
    "RETENTION_LONG" not in os.environ, reason="make test-pdf shows veraPDF all of them"
)


def faults(pdfs: Iterable[tuple[str, bytes]], folder: Path, password: str = "") -> list[str]:
    """What veraPDF finds wrong with the PDFs; it is started once for all."""
    paths = []
    for name, pdf in pdfs:
        paths.append(folder / f"{name}.pdf")
        paths[-1].write_bytes(pdf)
    told = subprocess.run(
        [CHECK, "ua1", *paths],
        env={**os.environ, "PDF_PASSWORD": password} if password else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode == 2:
        pytest.skip(told.stderr)
    lines = told.stdout.splitlines()
    if not lines and "RETENTION_LONG" not in os.environ:
        pytest.skip("veraPDF could not be fetched, or does not start here")
    judged = [line for line in lines if line.startswith(("PASS", "FAIL", "ERROR"))]
    assert len(judged) == len(paths), told.stderr
    return [line for line in lines if not line.startswith("PASS")]


def test_every_kind_of_pdf_is_accessible(tmp_path: Path) -> None:
    some = [
        ("all hostile", render_pdf(torn(" ".join(TEXTS)))),
        ("broken", render_pdf(broken_at(23))),
    ]

    assert faults([*kinds(), *some], tmp_path) == []


@thorough
def test_hostile_texts_are(tmp_path: Path) -> None:
    assert faults(((name, render_pdf(made)) for name, made in hostile()), tmp_path) == []


@thorough
def test_they_are_wherever_a_page_ends(tmp_path: Path) -> None:
    pdfs = ((f"broken {place}", render_pdf(broken_at(place))) for place in EVERY_PLACE)

    assert faults(pdfs, tmp_path) == []


@thorough
def test_one_with_a_password_is(tmp_path: Path) -> None:
    secret = "Tŷ Ŵyr"

    assert faults([("locked", render_pdf(EVERY_BLOCK, password=secret))], tmp_path, secret) == []
