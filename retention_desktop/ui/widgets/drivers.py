"""A driver as people see it: colour, icon and name together, never colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retention_desktop.models.enums import Driver
from retention_desktop.ui.widgets.text import Look, label, with_icon

DRIVER_ICONS: dict[Driver, str] = {
    Driver.LEADERSHIP: "compass",
    Driver.BELONGING: "users",
    Driver.GROWTH: "sprout",
    Driver.WELLBEING: "heart-pulse",
    Driver.FLEXIBILITY: "sliders-horizontal",
    Driver.RECOGNITION: "award",
}

# The published names are long; these fit on a card.
DRIVER_SHORT_NAMES: dict[Driver, str] = {
    Driver.LEADERSHIP: "Leadership and management",
    Driver.BELONGING: "Belonging and inclusion",
    Driver.GROWTH: "Growth and career",
    Driver.WELLBEING: "Wellbeing and safety",
    Driver.FLEXIBILITY: "Flexibility and autonomy",
    Driver.RECOGNITION: "Recognition and value",
}


def driver_label(driver: Driver, look: Look = "small", *, icon_pixels: int = 16) -> QWidget:
    """The driver's icon and short name in its colour."""
    name = label(DRIVER_SHORT_NAMES[driver], look)
    name.setProperty("driver", driver.value)
    return with_icon(DRIVER_ICONS[driver], driver.value, name, pixels=icon_pixels)
