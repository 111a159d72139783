"""What is waiting and what to start with."""
