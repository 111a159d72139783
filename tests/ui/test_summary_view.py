"""A summary on the screen: each block is readable at any width, size of text and scheme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retention_desktop.models.enums import Audience
from retention_desktop.sharing.summary import Section
from retention_desktop.toolkit.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)
from retention_desktop.ui.theme import Tokens, theme
from retention_desktop.ui.widgets.heat_table import HeatTable, LevelLabel, level_fill
from retention_desktop.ui.widgets.overlap_view import OverlapView, area_fills
from retention_desktop.ui.widgets.summary_view import section_view

from .test_theme import SCHEMES, contrast

SCALE = ("Low", "Medium", "High")
HOSTILE = '<img src="file:///canary.png"><b>bold</b> &amp; ' + 90 * "x"
LEVELS = Levels(
    ("Alias", "Volume", "Feeling"),
    (("Worker A", "High", "Low"), (HOSTILE, "", "Medium"), ("", "Low", "")),
    SCALE,
)
OVERLAP = Overlap(
    ("What I trained for", "Where they meet", "What I do"),
    (("Law", "Advocacy"), (), ("A line of many words " * 6,)),
)
BLOCKS = (
    Paragraph(HOSTILE),
    Bullets(("One", HOSTILE)),
    Grid(("Who", "What"), (("A", HOSTILE),)),
    LEVELS,
    OVERLAP,
    Overlap(OVERLAP.names, ((HOSTILE,), ("Both",), ())),
    Bars(HOSTILE, (Bar(HOSTILE, "heard once", (1,)), Bar("Pay", "not yet", (0,))), 1),
)


class Reader:
    """Somebody who reads one part."""

    def __init__(self, qtbot: QtBot, *blocks: Block) -> None:
        self._qtbot = qtbot
        self.view = section_view(Section("part", "Heading", Audience.SHARED, blocks))
        self.page = QScrollArea()
        self.page.setWidgetResizable(True)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.addWidget(self.view)
        layout.addStretch(1)
        self.page.setWidget(content)
        qtbot.addWidget(self.page)
        self.page.show()

    def widen(self, width: int) -> None:
        self.page.resize(width, 800)
        self._qtbot.wait(5)

    @property
    def labels(self) -> list[QLabel]:
        found = (each for each in self.view.findChildren(QLabel) if each.isVisible())
        return [each for each in found if each.text()]

    @property
    def texts(self) -> list[str]:
        return [each.text().replace("\u200b", "") for each in self.labels]

    def one(self, kind: type[HeatTable] | type[OverlapView]) -> QWidget:
        (found,) = self.view.findChildren(kind)
        return found


@pytest.fixture(params=[100, 200])
def percent(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[int]:
    """The dress of the window, at two sizes of text."""
    before = qapp.styleSheet(), qapp.font(), qapp.palette()
    size: int = request.param
    theme.apply(qapp, scheme="light", text_percent=size)
    yield size
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])


@pytest.mark.parametrize("width", [340, 700, 960])
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_no_word_is_cut_and_nothing_scrolls_sideways(
    percent: int, qtbot: QtBot, block: Block, width: int
) -> None:
    reader = Reader(qtbot, block)
    reader.widen(max(width, 3 * percent + 40))
    assert reader.page.horizontalScrollBar().maximum() == 0
    for each in reader.labels:
        words = each.text().replace("\u200b", " ").split()
        widest = max(map(each.fontMetrics().horizontalAdvance, words))
        assert each.contentsRect().width() + 1 >= widest, each.text()
        assert each.height() >= each.heightForWidth(each.width()), each.text()


@pytest.mark.parametrize("width", [340, 960])
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_what_was_written_is_shown_as_it_was_written(
    qtbot: QtBot, block: Block, width: int
) -> None:
    reader = Reader(qtbot, block)
    reader.widen(width)
    shown = reader.texts
    match block:
        case Levels(_, rows):
            cells = [cell for row in rows for cell in row]
        case Overlap(names, items):
            cells = [*names, *(text for area in items for text in area)]
        case Grid(_, rows):
            cells = [cell for row in rows for cell in row]
        case Bullets(items):
            cells = list(items)
        case Paragraph(text):
            cells = [text]
        case Bars(name, bars):
            cells = [name, *(f"{bar.name}: {bar.words}" for bar in bars)]
    for each in filter(None, cells):
        assert shown.count(each) == cells.count(each), each


def test_levels_are_a_table_of_words_with_room_and_cards_without(qtbot: QtBot) -> None:
    reader = Reader(qtbot, Levels(LEVELS.header, (("A", "High", "Low"), ("B", "", "")), SCALE))
    reader.widen(900)
    assert reader.texts[1:10] == ["Alias", "Volume", "Feeling", "A", "High", "Low", "B", "–", "–"]
    reader.widen(240)
    assert reader.texts[1:11] == [
        *("A", "Volume", "High", "Feeling", "Low"),
        *("B", "Volume", "–", "Feeling", "–"),
    ]
    reader.widen(900)
    assert reader.texts[1:4] == ["Alias", "Volume", "Feeling"]
    assert reader.texts[-2:] == [
        "Volume: Low 0, Medium 0, High 1, not chosen 1",
        "Feeling: Low 1, Medium 0, High 0, not chosen 1",
    ]


def test_a_screen_reader_hears_with_each_level_whose_it_is_and_of_what(qtbot: QtBot) -> None:
    reader = Reader(qtbot, LEVELS)
    for width in (1600, 300):
        reader.widen(width)
        levels = [each for each in reader.labels if isinstance(each, LevelLabel)]
        assert [each.accessibleName() for each in levels] == [
            "Worker A, Volume: High",
            "Worker A, Feeling: Low",
            f"{HOSTILE}, Volume: not chosen",
            f"{HOSTILE}, Feeling: Medium",
            "–, Volume: Low",
            "–, Feeling: not chosen",
        ]


def test_each_level_has_its_own_fill_and_none_has_none(qtbot: QtBot) -> None:
    reader = Reader(qtbot, LEVELS)
    reader.widen(1600)
    seen = {}
    for each in reader.view.findChildren(LevelLabel):
        if each.isVisible():
            seen[each.text()] = each.grab().toImage().pixelColor(5, each.height() // 2).name()
    assert len(seen) == 4
    assert len(set(seen.values())) == 4
    assert seen["High"] == level_fill(2, 3).name()


def test_the_three_lists_read_in_order_whether_drawn_or_not(qtbot: QtBot) -> None:
    reader = Reader(qtbot, Overlap(("One", "Both", "Other"), (("a", "b"), (), ("c",))))
    expected = ["Heading", "One", "a", "b", "Both", "Nothing here", "Other", "c"]
    view = reader.one(OverlapView)
    assert isinstance(view, OverlapView)
    for width, drawn in ((800, True), (300, False), (800, True)):
        reader.widen(width)
        assert view.is_drawn is drawn
        assert reader.texts == expected


def test_the_middle_of_the_drawing_belongs_to_both_areas(qtbot: QtBot) -> None:
    reader = Reader(qtbot, Overlap(("One", "Both", "Other"), (("a",), ("b",), ("c",))))
    reader.widen(800)
    view = reader.one(OverlapView)
    picture, bottom = view.grab().toImage(), view.height() - 8
    sixth = view.width() // 6
    colours = [picture.pixelColor(place * sixth, bottom).name() for place in (1, 3, 5)]
    assert colours == [fill.name() for fill in area_fills()]


@SCHEMES
def test_words_can_be_read_on_every_fill(tokens: Tokens) -> None:
    theme.tokens = tokens
    for places in (2, 3, 4, 5):
        for place in range(places):
            assert contrast(tokens.text, level_fill(place, places).name()) >= 4.5
    for fill in area_fills():
        for words in (tokens.text, tokens.muted):
            assert contrast(words, fill.name()) >= 4.5
