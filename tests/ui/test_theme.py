"""Colours, sizes and pictures: what can be read, and what is there."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retention_desktop.models.enums import Driver
from retention_desktop.paths import resource
from retention_desktop.ui.theme import DARK, LIGHT, Tokens, theme
from retention_desktop.ui.widgets.buttons import button
from retention_desktop.ui.widgets.focus_ring import _Ring

ROOT = Path(__file__).parents[2]
CODE = "\n".join(
    path.read_text("utf-8") for path in (ROOT / "retention_desktop" / "ui").rglob("*.py")
)
SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
BACKGROUNDS = ("bg", "surface", "rail")


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        channels = (colour.redF(), colour.greenF(), colour.blueF())
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@SCHEMES
@pytest.mark.parametrize("token", ["text", "muted", "accent", "warn", *(d.value for d in Driver)])
def test_words_can_be_read_on_every_background(tokens: Tokens, token: str) -> None:
    names_no_driver = token not in set(Driver)
    for background in BACKGROUNDS if names_no_driver else ("bg", "surface"):
        assert contrast(getattr(tokens, token), getattr(tokens, background)) >= 4.5, background


@SCHEMES
@pytest.mark.parametrize(
    ("words", "background"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("accent", "accent_soft"),
        ("text", "accent_soft"),
        ("text", "hover"),
        ("warn", "warn_soft"),
        ("text", "warn_soft"),
    ],
)
def test_words_can_be_read_where_they_stand(tokens: Tokens, words: str, background: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, background)) >= 4.5


@SCHEMES
def test_edges_of_controls_can_be_seen(tokens: Tokens) -> None:
    for background in ("bg", "surface"):
        assert contrast(tokens.edge, getattr(tokens, background)) >= 3


@SCHEMES
def test_the_focus_can_be_seen_on_every_background(tokens: Tokens) -> None:
    """The ring has two lines, so that one of them stands out wherever it is."""
    inner = tokens.bg if tokens is DARK else tokens.text
    assert contrast(tokens.focus, inner) >= 4.5
    for background in (*BACKGROUNDS, "accent_soft", "hover"):
        behind = getattr(tokens, background)
        assert max(contrast(tokens.focus, behind), contrast(inner, behind)) >= 3


def test_the_focus_is_drawn_in_these_two_colours(qtbot: QtBot, qapp: QApplication) -> None:
    for scheme in ("light", "dark"):
        theme.apply(qapp, scheme=scheme, text_percent=100)
        control = button("Next", "primary")
        control.resize(120, 40)
        ring = _Ring(control)
        qtbot.addWidget(control)
        image = control.grab().toImage()
        drawn = {image.pixelColor(60, y).name().upper() for y in range(6)}
        tokens = theme.tokens
        assert {tokens.focus, tokens.bg if tokens is DARK else tokens.text} <= drawn
        ring.deleteLater()


@SCHEMES
def test_the_drivers_are_told_apart(tokens: Tokens) -> None:
    assert len({getattr(tokens, driver.value) for driver in Driver}) == len(Driver)


@pytest.mark.parametrize("scheme", ["light", "dark", "system"])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_style_sheet_is_whole(qapp: QApplication, scheme: str, percent: int) -> None:
    theme.apply(qapp, scheme=scheme, text_percent=percent)
    sheet = qapp.styleSheet()
    assert re.findall(r"@\w+|\btx\b|\d+tx", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)) == []
    assert f"font-size: {28 * percent // 100}px" in sheet


def test_every_name_in_the_style_sheet_is_a_token() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", resource("style.qss").read_text("utf-8"), flags=re.S)
    assert set(re.findall(r"@(\w+)", sheet)) <= set(Tokens._fields)


def test_every_token_is_used() -> None:
    sheet = resource("style.qss").read_text("utf-8")
    unused = {
        name
        for name in Tokens._fields
        if f"@{name}" not in sheet and f'"{name}"' not in CODE and name not in set(Driver)
    }
    assert unused == set()


def icons() -> set[str]:
    return {path.stem for path in resource("icons").glob("*.svg")}


def test_every_icon_is_used() -> None:
    assert {name for name in icons() if f'"{name}"' not in CODE} == set()


def test_every_icon_that_is_named_is_there() -> None:
    calls = re.findall(
        r"""(?:icon_label|icon_button|with_icon|pixmap|theme\.icon)\(\s*"([a-z0-9-]+)\"""", CODE
    )
    named = set(calls) | set(re.findall(r'icon="([a-z0-9-]+)"', CODE))
    assert len(named) > 10
    assert named - icons() == set()


def test_an_icon_takes_the_colour_and_the_size_that_are_asked_for(qapp: QApplication) -> None:
    theme.apply(qapp, scheme="dark", text_percent=150)
    pixmap = theme.pixmap("lock", "accent", 20)
    assert pixmap.deviceIndependentSize().toSize().width() == 30
    image = pixmap.toImage()
    painted = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert painted == {DARK.accent}
