"""The choices for this computer: the file they are kept in, and the screen."""
