"""The row of the PDF, against bare reportlab with the same words."""

import time
from collections.abc import Callable
from io import BytesIO
from itertools import islice

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from benching.table import Row, in_pairs
from benching.vaults import texts
from retention_desktop.models.enums import Audience
from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit import blocks

_ANSWERS = 7  # of a hundred words each: two pages


def pdf(runs: int) -> Row:
    """A summary of two pages rendered."""
    written = list(islice(texts(0), _ANSWERS))
    summary = Summary(
        title="Career conversation",
        when="22 November 2026",
        person="Person A",
        sections=tuple(
            Section(f"part-{n}", f"What was asked {n}", Audience.SHARED, (blocks.Paragraph(text),))
            for n, text in enumerate(written)
        ),
        review="Look again on 22 February 2027",
    )
    return in_pairs(
        "PDF of two pages",
        lambda: _timed(lambda: render_pdf(summary)),
        lambda: _timed(lambda: _bare_pdf(summary, written)),
        runs=runs,
        target=3,
        warm_ups=3,
    )


def _bare_pdf(summary: Summary, written: list[str]) -> bytes:
    looks = getSampleStyleSheet()
    buffer = BytesIO()
    parts = [
        Paragraph(summary.title, looks["Title"]),
        Paragraph(f"{summary.when}, {summary.person}", looks["Normal"]),
    ]
    for section, text in zip(summary.sections, written, strict=True):
        parts += [Paragraph(section.heading, looks["Heading2"]), Paragraph(text, looks["Normal"])]
    parts.append(Paragraph(summary.review, looks["Normal"]))
    SimpleDocTemplate(buffer).build(parts)
    return buffer.getvalue()


def _timed(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3
