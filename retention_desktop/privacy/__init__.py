"""What in a text could identify a person, and other words for it. No such check is complete."""
