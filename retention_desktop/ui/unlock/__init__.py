"""Opening the journal."""
