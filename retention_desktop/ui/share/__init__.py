"""Choosing what leaves."""
