"""The people that records are about or with, and what one holds about each."""
