"""Tab goes in reading order: the order in which things are laid out, whenever they were made.

Qt goes by when widgets were made, so whatever comes onto a page later would come last, and mending
that one pair at a time (`setTabOrder`) ends in loops where widgets have focus proxies (measured).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QScrollArea, QWidget


def next_stop(root: QWidget, current: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab goes from `current` inside `root`, round at the ends; None if nowhere."""
    places = [each for each in _in_reading_order(root) if each is current or _is_stop(each)]
    if not places or places == [current]:
        return None
    if current not in places:
        return places[0 if forward else -1]
    return places[(places.index(current) + (1 if forward else -1)) % len(places)]


def _is_stop(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.focusProxy() is None and widget.isEnabled() and _leads(widget)


def _leads(widget: QWidget) -> bool:
    """Of several choices, Tab stops at the one that is chosen, else at the first."""
    if not isinstance(widget, QAbstractButton) or not widget.autoExclusive():
        return True
    parent = widget.parentWidget()
    siblings = parent.children() if parent is not None else [widget]
    group = [
        each for each in siblings if isinstance(each, QAbstractButton) and each.autoExclusive()
    ]
    return widget is next((each for each in group if each.isChecked()), group[0])


def _in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, QMainWindow):
        inside: QWidget | None = widget.centralWidget()
    elif isinstance(widget, QScrollArea):
        inside = widget.widget()
    else:
        inside = None
    if inside is not None:
        yield from _in_reading_order(inside)
    elif widget.layout() is not None:
        # Not by the items of the layout: what `itemAt` gives outlives the layout in PySide, and
        # ends the process when a page goes (measured).
        children = [each for each in widget.children() if isinstance(each, QWidget)]
        laid_out = [each for each in children if not each.isWindow()]
        for each in sorted(laid_out, key=cmp_to_key(_where)):
            yield from _in_reading_order(each)


def _where(one: QWidget, other: QWidget) -> int:
    """Below zero if `one` is read first: it ends above the other, or stands to the left of it."""
    here, there = one.geometry(), other.geometry()
    if here.bottom() < there.top():
        return -1
    if there.bottom() < here.top():
        return 1
    return here.left() - there.left()
