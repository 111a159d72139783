"""Choosing which tools to see, bringing others in, and passing them on."""
