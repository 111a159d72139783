"""A summary on the screen: the same parts in the same order as in the PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from retention_desktop.sharing.summary import Section
from retention_desktop.toolkit.blocks import Bars, Block, Bullets, Grid, Levels, Overlap, Paragraph
from retention_desktop.ui.widgets.bars_view import BarsView
from retention_desktop.ui.widgets.heat_table import HeatTable, LevelBars
from retention_desktop.ui.widgets.overlap_view import OverlapView
from retention_desktop.ui.widgets.page import line
from retention_desktop.ui.widgets.reading import selectable
from retention_desktop.ui.widgets.text import Look, label


def section_view(section: Section, *, look: Look = "reading", chip: str = "") -> QWidget:
    """A part: its heading, beside it perhaps who it is for, and what was written."""
    view = QWidget()
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    head = QHBoxLayout()
    head.addWidget(label(section.heading, "strong" if look == "body" else "section"), 1)
    if chip:
        head.addWidget(label(chip, "chip", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(head)
    for block in section.blocks:
        layout.addWidget(block_view(block, look))
    return view


def block_view(block: Block, look: Look = "reading") -> QWidget:
    """One paragraph, list, table or picture."""
    match block:
        case Paragraph(text):
            return selectable(text, look)
        case Bullets(items):
            return _list_view(items, look)
        case Grid(header, rows):
            return _grid_view(header, rows, look)
        case Levels():
            return _levels_view(block)
        case Overlap(names, items):
            return OverlapView(names, items, look)
        case Bars():
            return BarsView(block)


def _list_view(items: tuple[str, ...], look: Look) -> QWidget:
    view = QWidget()
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for item in items:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label("•", look, wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(selectable(item, look), 1)
        layout.addLayout(row)
    return view


def _grid_view(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], look: Look) -> QWidget:
    """A card for each row: its first cell as the name, then each column that holds something.

    A wide table would have to scroll sideways at 200 % text; a card never does.
    """
    view = QWidget()
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    for row in rows:
        frame = QFrame()
        frame.setObjectName("card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(5)
        inner.addWidget(selectable(row[0] or "–", "strong"))
        if any(row[1:]):
            inner.addWidget(line())
        for name, cell in zip(header[1:], row[1:], strict=True):
            if cell:
                pair = QHBoxLayout()
                pair.setSpacing(14)
                pair.addWidget(label(name, "muted"), 1, Qt.AlignmentFlag.AlignTop)
                pair.addWidget(selectable(cell, look), 2)
                inner.addLayout(pair)
        layout.addWidget(frame)
    return view


def _levels_view(levels: Levels) -> QWidget:
    view = QWidget()
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    layout.addWidget(HeatTable(levels))
    layout.addWidget(LevelBars(levels))
    return view
