"""Being led through a tool, a page at a time."""
