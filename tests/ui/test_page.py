"""The frame of a screen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from retention_desktop.ui.widgets.page import Page


@pytest.mark.parametrize("height", [50, 3000])
@pytest.mark.parametrize("width", [500, 1280])
def test_what_scrolls_stands_in_line_with_the_footer(qtbot: QtBot, width: int, height: int) -> None:
    page = Page("Longer than the window, or not")
    content = QWidget()
    content.setFixedHeight(height)
    page.column.addWidget(content)
    back, on = QPushButton("Back"), QPushButton("Next")
    page.set_footer(back, on)
    qtbot.addWidget(page)
    page.resize(width, 600)
    page.show()
    qtbot.wait(1)
    assert page.scroller.verticalScrollBar().isVisible() == (height > 600)
    assert content.mapTo(page, QPoint()).x() == back.mapTo(page, QPoint()).x()
    right = content.mapTo(page, QPoint(content.width(), 0)).x()
    assert right == on.mapTo(page, QPoint(on.width(), 0)).x()
