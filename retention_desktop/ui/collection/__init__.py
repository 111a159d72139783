"""What all uses of a tool hold together, on one page."""
