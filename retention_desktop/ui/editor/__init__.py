"""Editing a tool: its outline, a form for each part, and what people will see."""
