"""Help: the keys, and what the program promises."""
