"""The A4 page of a summary, in points."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

SIDE, TOP, BOTTOM = 26 * mm, 24 * mm, 28 * mm
WIDTH = A4[0] - 2 * SIDE
HEIGHT = A4[1] - TOP - BOTTOM
