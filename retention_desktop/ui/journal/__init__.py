"""Everything that was written: list, search, reading."""
