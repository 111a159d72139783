"""Soft fills: a little of a colour upon the surface, so that words on it stay readable."""

from __future__ import annotations

from PySide6.QtGui import QColor

from retention_desktop.ui.theme import theme


def tint(token: str, share: float) -> QColor:
    """The surface with a share, from 0 to 1, of a token's colour in it."""
    return mixed(theme.colour("surface"), theme.colour(token), share)


def mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    """The first colour with a share, from 0 to 1, of the second in it."""
    red, green, blue = (
        round(under + (over - under) * share)
        for under, over in (
            (ground.red(), colour.red()),
            (ground.green(), colour.green()),
            (ground.blue(), colour.blue()),
        )
    )
    return QColor(red, green, blue)
