"""Tab goes in reading order: the order in which things are laid out, whenever they were made.

Qt goes by when widgets were made, so whatever comes onto a page later would come last, and mending
that one pair at a time (`setTabOrder`) ends in loops where widgets have focus proxies (measured).
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLayout,
    QMainWindow,
    QScrollArea,
    QWidget,
)


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
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[index]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _in_reading_order(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
