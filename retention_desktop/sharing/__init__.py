"""What leaves: the chosen parts of a record, and the file they are written to."""
