"""How everything looks: colours, type and space, for light and dark and any text size.

Colours stand here and nowhere else. Sizes are pixels at 100 % text and grow with the person's
choice. The palette carries what Qt's Fusion style can draw; the style sheet adds the rest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QImage,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from retention_desktop.paths import resource

FONT_FAMILY = "Atkinson Hyperlegible Next"
_FONT_FILES = ("Regular", "SemiBold", "Bold")

# Pixels at 100 % text.
TITLE, SECTION, CARD_TITLE, WRITING, BODY, SMALL = 28, 17, 16, 17, 15, 13


class Tokens(NamedTuple):
    """The colours of one scheme. Text on its backgrounds reaches 4.5:1, edges and focus 3:1."""

    bg: str
    rail: str
    surface: str
    text: str
    muted: str
    border: str
    edge: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    hover: str
    focus: str
    warn: str
    warn_soft: str
    leadership: str
    belonging: str
    growth: str
    wellbeing: str
    flexibility: str
    recognition: str


LIGHT = Tokens(
    bg="#F6F4EF",
    rail="#EFECE4",
    surface="#FFFFFF",
    text="#1D2A2E",
    muted="#54636A",
    border="#D9D4C8",
    edge="#7C868B",
    accent="#0E6767",
    on_accent="#FFFFFF",
    accent_hover="#0A5353",
    accent_soft="#E1EFEC",
    hover="#E6E2D7",
    focus="#E0A100",
    warn="#8A4B08",
    warn_soft="#FBEEDC",
    leadership="#2B5C8A",
    belonging="#7C4594",
    growth="#2C7A4B",
    wellbeing="#A8442C",
    flexibility="#8A5A00",
    recognition="#A8345F",
)

DARK = Tokens(
    bg="#14191B",
    rail="#101517",
    surface="#1D2427",
    text="#ECF0F1",
    muted="#A7B3B8",
    border="#334046",
    edge="#78868C",
    accent="#63C6BB",
    on_accent="#0C1F1E",
    accent_hover="#7FD6CC",
    accent_soft="#1C3634",
    hover="#263034",
    focus="#F2C230",
    warn="#F0BE7A",
    warn_soft="#3A2C17",
    leadership="#86B6E3",
    belonging="#CBA0DE",
    growth="#7FCB9C",
    wellbeing="#EFA08A",
    flexibility="#E3B95F",
    recognition="#EE9CBC",
)


class Theme:
    """The look in force: a scheme and a text size. There is one, `theme`."""

    def __init__(self) -> None:
        self.tokens = LIGHT
        self.text_percent = 100
        self._fonts: dict[tuple[int, QFont.Weight], QFont] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    @property
    def is_dark(self) -> bool:
        """Whether the dark scheme is in force."""
        return self.tokens is DARK

    def px(self, pixels: int) -> int:
        """A length in pixels that grows with the text."""
        return round(pixels * self.text_percent / 100)

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name."""
        return QColor(getattr(self.tokens, token))

    def font(self, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The house font at `pixels` (at 100 % text)."""
        key = (pixels, weight)
        if key not in self._fonts:
            self._fonts[key] = QFont(FONT_FAMILY)
            self._fonts[key].setPixelSize(self.px(pixels))
            self._fonts[key].setWeight(weight)
        return self._fonts[key]

    def apply(self, app: QApplication, *, scheme: str, text_percent: int) -> None:
        """Dress the whole application. `scheme` is "light", "dark" or "system"."""
        system_dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.tokens = DARK if scheme == "dark" or (scheme == "system" and system_dark) else LIGHT
        self.text_percent = text_percent
        self._pixmaps.clear()
        self._fonts.clear()
        app.setPalette(self._palette())
        app.setFont(self.font(BODY))
        app.setStyleSheet(self._style_sheet())

    def pixmap(self, icon: str, token: str, pixels: int = 20) -> QPixmap:
        """The Lucide icon `icon`, tinted with a token, `pixels` square at 100 % text."""
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        key = (icon, token, pixels, ratio)
        if key not in self._pixmaps:
            side = round(self.px(pixels) * ratio)
            svg = resource(f"icons/{icon}.svg").read_text("utf-8")
            svg = svg.replace("currentColor", self.colour(token).name())
            svg = svg.replace('width="24"', f'width="{side}"', 1)
            svg = svg.replace('height="24"', f'height="{side}"', 1)
            image = QImage.fromData(svg.encode())
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, icon: str, token: str, pixels: int = 20) -> QIcon:
        """The same as a QIcon; a disabled control shows it in the muted colour."""
        made = QIcon(self.pixmap(icon, token, pixels))
        made.addPixmap(self.pixmap(icon, "muted", pixels), QIcon.Mode.Disabled)
        return made

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for roles, token in (
            ((role.Window,), "bg"),
            ((role.Base, role.Button, role.ToolTipBase), "surface"),
            ((role.AlternateBase,), "bg"),
            ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText), "text"),
            ((role.PlaceholderText,), "muted"),
            ((role.Highlight, role.Accent, role.Link, role.LinkVisited), "accent"),
            ((role.HighlightedText,), "on_accent"),
            ((role.Mid, role.Midlight, role.Dark, role.Light, role.Shadow), "border"),
        ):
            for each in roles:
                palette.setColor(each, self.colour(token))
        for each in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self.colour("muted"))
        return palette

    def _style_sheet(self) -> str:
        sheet = resource("style.qss").read_text("utf-8")
        for name in sorted(Tokens._fields, key=len, reverse=True):
            sheet = sheet.replace(f"@{name}", getattr(self.tokens, name))
        return re.sub(r"(\d+)tx", lambda size: f"{self.px(int(size[1]))}px", sheet)


def load_fonts() -> None:
    """Make the house font known to Qt."""
    for weight in _FONT_FILES:
        file = resource(f"fonts/AtkinsonHyperlegibleNext-{weight}.ttf")
        QFontDatabase.addApplicationFont(str(file))


theme = Theme()
