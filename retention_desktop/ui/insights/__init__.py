"""What was written over time, counted for oneself, and the records behind each figure."""
