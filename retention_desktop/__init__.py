"""Retention Desktop: a private, offline workbook for supervision and reflection."""

__version__ = "0.1.0"
