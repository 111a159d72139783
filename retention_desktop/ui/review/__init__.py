"""The later look at what has come back: keep, adjust or stop."""
