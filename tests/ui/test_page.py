"""The frame of a screen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from retention_desktop.ui.widgets.page import Page
from retention_desktop.ui.widgets.text import label


@pytest.mark.parametrize("words", [5, 3000])
@pytest.mark.parametrize("width", [500, 1280])
def test_what_scrolls_stands_in_line_with_the_footer(qtbot: QtBot, width: int, words: int) -> None:
    page = Page("Longer than the window, or not")
    page.column.addWidget(label("Word " * words))
    back, on = QPushButton("Back"), QPushButton("Next")
    page.set_footer(back, on)
    qtbot.addWidget(page)
    page.resize(width, 600)
    page.show()
    bar = page.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.isVisible() == (words > 5))
    left = page.heading.mapTo(page, QPoint()).x()
    assert abs(left - back.mapTo(page, QPoint()).x()) <= 1  # the sides are shared out by stretch
    right = page.heading.mapTo(page, QPoint(page.heading.width(), 0)).x()
    assert abs(right - on.mapTo(page, QPoint(on.width(), 0)).x()) <= 1
